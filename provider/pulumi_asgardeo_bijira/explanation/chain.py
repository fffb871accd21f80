"""The whole chain, from Asgardeo's end to Bijira's."""

from collections.abc import Iterator

from ..clients.asgardeo import AuthorizedApi
from ..resources import Platforms
from .application import application_links
from .gateway import gateway_links
from .link import Link, Question, tried
from .people import people_links
from .scopes import scope_links

__all__ = ("explain",)


def explain(platforms: Platforms, question: Question) -> Iterator[Link]:
    """Each link, in the order in which a token meets them; one that breaks hides none of the other platform's."""
    application = yield from tried("application", lambda: application_links(platforms.asgardeo, question))
    if application is not None:
        authorized = yield from tried("scopes", lambda: scope_links(platforms.asgardeo, application, question))
        if question.username:
            scopes = _of_roles(authorized or [], question)
            yield from tried("roles", lambda: people_links(platforms.asgardeo, application, question.username, scopes))
    yield from tried("gateway", lambda: gateway_links(platforms, question), may_be_unset=True)


def _of_roles(authorized: list[AuthorizedApi], question: Question) -> list[str]:
    """The scopes that are asked for and that a role has to permit."""
    every = [scope for one in authorized if one.policy == "RBAC" for scope in one.scopes]
    return [scope for scope in every if scope in question.scopes or not question.scopes]
