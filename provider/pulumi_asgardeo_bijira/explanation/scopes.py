"""The scopes: which API has each, and whether the application is authorized for it, under which policy."""

from collections.abc import Generator

from ..clients.asgardeo import Application, Asgardeo, AuthorizedApi
from ..oauth import OPENID_SCOPES
from .link import Link, Question

__all__ = ("scope_links",)


def scope_links(
    asgardeo: Asgardeo, application: Application, question: Question
) -> Generator[Link, None, list[AuthorizedApi]]:
    """Each scope that is asked for, and the APIs that the application is authorized for."""
    authorized = asgardeo.applications.authorized_apis(application.id)
    scopes = question.scopes or tuple(dict.fromkeys(scope for one in authorized for scope in one.scopes))
    if not scopes:
        yield Link(
            "scopes",
            False,
            f"the application {application.name} is authorized for no API's scope",
            "Declare `authorized_apis` of its AsgardeoApplication",
        )
    for scope in scopes:
        name, holder = f"scope {scope}", next((one for one in authorized if scope in one.scopes), None)
        if holder is not None:
            yield Link(name, True, f"authorized, of the API {_named(asgardeo, holder.api_id)}, policy {holder.policy}")
        elif scope in OPENID_SCOPES:
            yield Link(name, True, "of OpenID Connect, no API's")
        else:
            yield _unauthorized(asgardeo, application, name, scope)
    return authorized


def _named(asgardeo: Asgardeo, api_id: str) -> str:
    api = asgardeo.api_resources.get(api_id)
    return f"{api.identifier} (id {api_id})" if api else api_id


def _unauthorized(asgardeo: Asgardeo, application: Application, name: str, scope: str) -> Link:
    """A scope is given once in an organisation, and no list of scopes names their APIs."""
    every = (asgardeo.api_resources.get(row.id) for row in asgardeo.api_resources.all())
    api = next((api for api in every if api and any(one.name == scope for one in api.scopes)), None)
    if api is None:
        return Link(name, False, "no API of the organisation has it", "Declare it in scopes of an AsgardeoApi")
    return Link(
        name,
        False,
        f"the API {api.identifier} (id {api.id}) has it, and {application.name} is not authorized for it",
        "Add it to `authorized_apis` of its AsgardeoApplication",
    )
