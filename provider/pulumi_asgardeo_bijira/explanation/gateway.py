"""Bijira: the key manager that trusts the organisation, the application that the client id stands for, its
subscriptions."""

from collections.abc import Generator, Iterator
from functools import partial

from ..clients.bijira import Application, Bijira, KeyManager, KeyMapping, Subscription
from ..resources import Platforms
from ..resources.key_manager.selection import hides_key_managers
from ..transport import ApiProblem, together
from .link import Link, Question

__all__ = ("gateway_links",)

_UNUSABLE = {
    "BLOCKED": "is blocked",
    "PROD_ONLY_BLOCKED": "is blocked for production",
    "REJECTED": "was rejected",
    "ON_HOLD": "waits for approval",
}


def gateway_links(platforms: Platforms, question: Question) -> Generator[Link, None, None]:
    """What the gateway goes by."""
    bijira = platforms.bijira
    managers = yield from _key_managers(bijira, platforms.asgardeo.endpoints.token_endpoint)
    if not bijira.can.reads_mappings:
        yield Link(
            "key mapping",
            None,
            f"the {bijira.guidance.platform} shows no client ids, so whether {question.client_id} is mapped cannot be "
            "seen",
            "A BijiraApplicationClient with adopt set to true maps it, whatever there was",
        )
    else:
        yield from _mapped(bijira, question, managers)
    if not bijira.can.ties_subscriptions:
        yield Link("subscription", None, f"the {bijira.guidance.platform} ties it to a user and not to the client")


def _key_managers(bijira: Bijira, token_endpoint: str) -> Generator[Link, None, list[KeyManager]]:
    """Those that lead to the organisation; of several each serves."""
    try:
        every = bijira.key_managers()
    except ApiProblem as refusal:
        if not hides_key_managers(bijira, refusal):
            raise
        yield Link("key manager", None, "this token may not list key managers")
        return []
    ours = [one for one in every if one.token_endpoint == token_endpoint]
    names = ", ".join(one.name for one in ours)
    if any(one.enabled for one in ours):
        yield Link("key manager", True, f"{names} has the gateway trust the organisation's tokens")
    elif ours:
        yield Link(
            "key manager", False, f"{names} leads to the organisation and is disabled", bijira.guidance.to_enable
        )
    else:
        there = ", ".join(one.name for one in every if not one.is_internal) or "none"
        text = f"none leads to {token_endpoint} (there are: {there})"
        yield Link("key manager", False, text, bijira.guidance.to_add)
    return ours


def _mapped(bijira: Bijira, question: Question, managers: list[KeyManager]) -> Iterator[Link]:
    found = list(_mappings(bijira, question.client_id))
    if not found:
        yield Link(
            "key mapping",
            False,
            f"no application that this token sees carries the client id {question.client_id}",
            "Declare a BijiraApplicationClient with it, by the client of `bijira:clientId` that made the application",
        )
    for application, mapping in found:
        said = f"the application {application.name} (id {application.id}) carries it under {mapping.key_manager} "
        said += f"as {mapping.key_type}"
        if not managers or any(manager.is_called(mapping.key_manager) for manager in managers):
            yield Link("key mapping", True, said)
        else:
            names = ", ".join(one.name for one in managers)
            text = f"{said}, and that does not lead to the organisation"
            yield Link("key mapping", False, text, f"Set `key_manager` to {names} on its BijiraApplicationClient")
        if bijira.can.ties_subscriptions:
            yield from _subscribed(bijira, question, application, mapping)


def _mappings(bijira: Bijira, client_id: str) -> Iterator[tuple[Application, KeyMapping]]:
    """Where the client id stands; no address finds that, so all applications are looked through."""
    applications = bijira.applications()
    every = together(*(partial(bijira.mappings, application.id) for application in applications))
    for application, mappings in zip(applications, every, strict=True):
        yield from ((application, mapping) for mapping in mappings if mapping.client_id == client_id)


def _subscribed(bijira: Bijira, question: Question, application: Application, mapping: KeyMapping) -> Iterator[Link]:
    name, _, version = question.api.partition(":")
    every = bijira.subscriptions(application.id)
    wanted = [one for one in every if name in ("", one.api.name, one.api.id) and version in ("", one.api.version)]
    for one in wanted:
        yield _subscription(one, mapping, bijira.guidance.to_approve)
    if not wanted:
        there = ", ".join(f"{one.api.name} {one.api.version}" for one in every) or "none"
        yield Link(
            "subscription",
            False,
            f"the application {application.name} has none{f' to {question.api} (it has: {there})' if name else ''}",
            f"Add {question.api if name else 'the API'} to subscriptions of its BijiraApplicationClient",
        )


def _subscription(one: Subscription, mapping: KeyMapping, to_approve: str) -> Link:
    called = f"{one.api.name} {one.api.version}".strip() or one.api.id
    why = _UNUSABLE.get(one.status)
    if why:
        return Link("subscription", False, f"to {called} {why}", to_approve if one.is_pending else "Have it unblocked")
    said = f"to {called}, plan {one.plan_in_force}; an API that is not deployed as {mapping.key_type} refuses it still"
    return Link("subscription", True, said)
