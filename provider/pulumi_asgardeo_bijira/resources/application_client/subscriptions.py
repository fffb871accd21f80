"""Subscriptions of a client: declared by the API's id or by its name and version, each kept in its form."""

from collections.abc import Container, Iterable
from functools import partial
from typing import Any

from ...clients.bijira import Application, Bijira, Subscription
from ...transport import AlreadyExists, ApiProblem, InvalidInput, NotFound, together
from ..bursts import listed
from ..handler import warn
from ..idempotency import Created, create_once, undoing
from ..published_apis import no_published_api
from ..schema import IsUnknown, PropertyMap
from .offers import named_api, naming_plans, offered

__all__ = (
    "api_ids_of",
    "change_subscriptions",
    "in_declared_form",
    "listed_subscriptions",
    "resolve",
    "subscribe",
    "unsettled_ids",
    "unsubscribe_others",
)


def subscribe(
    bijira: Bijira, application_id: str, api_id: str, plan: str, *, adopt: bool, new: bool = False
) -> Created[Subscription]:
    """Subscribe, once; with `adopt` also where there is a subscription, which then gets the plan. What a `new`
    application has was not there before."""

    def look_up() -> Subscription | None:
        return next((one for one in bijira.subscriptions(application_id) if one.api.id == api_id), None)

    def take_over(found: Subscription) -> Subscription:
        return found if found.plan == plan else _change_plan(bijira, found.id, application_id, api_id, plan)

    def send() -> Subscription:
        with naming_plans(bijira, api_id, plan):
            return bijira.subscribe(application_id, api_id, plan)

    made = create_once(
        send,
        look_up,
        what=f"the subscription of the application {application_id} to the API {api_id}",
        is_ours=lambda found: found.plan == plan,
        was_there=lambda _: False if new else None,
        taken=lambda found: AlreadyExists(
            f"is subscribed to the API {api_id} already, with the plan {found.plan}",
            subject=f"Bijira: the application {application_id}",
            action="Another stack may own it. Only where nobody manages it, set adopt to true to take the subscription "
            "over, or remove it there",
        ),
        adopt=take_over if adopt else None,
    )
    _warn_if_pending(bijira, made.value)
    return made


class _PlanPending(InvalidInput):
    """A plan cannot change, because somebody has to approve something before."""


def _change_plan(bijira: Bijira, subscription_id: str, application_id: str, api_id: str, plan: str) -> Subscription:
    try:
        changed_one = bijira.change_plan(subscription_id, application_id, api_id, plan)
    except ApiProblem as refusal:
        if refusal.status != 400:
            raise
        found = next((one for one in bijira.subscriptions(application_id) if one.api.id == api_id), None)
        if found is None:  # the server says the same 400 of one that is gone
            raise NotFound.like(refusal) from None
        if not found.is_pending:
            raise
        raise _PlanPending(
            f"{_waiting(found)}, and until then its plan cannot become {plan}",
            subject=_named(found),
            action=f"{bijira.guidance.to_approve}; run it again then",
        ) from None
    if changed_one.plan != plan and not changed_one.is_pending:
        api = bijira.offered_api(api_id)
        there = f": {offered(api.plans)}" if api and api.plans else ""
        raise InvalidInput(
            f"still has the plan {changed_one.plan}: the API does not offer {plan}",
            subject=f"Bijira: the subscription to {named_api(api) if api else f'the API {api_id}'}",
            action=f"Set `plan` to one that it offers{there}",
        )
    return changed_one


def _named(one: Subscription) -> str:
    return f"Bijira: the subscription {one.id} to {one.api.name or one.api.id}"


def _waiting(one: Subscription) -> str:
    """What waits, behind the subscription's name."""
    change = f" of its change from the plan {one.plan_in_force} to {one.plan}" if one.plan_is_pending else ""
    return f"waits for approval{change} ({one.status})"


def _warn_if_pending(bijira: Bijira, one: Subscription) -> None:
    if one.is_pending:
        until = "" if one.plan_is_pending else "; until then calls are refused"
        warn(f"{_named(one)} {_waiting(one)}. {bijira.guidance.to_approve}{until}")
    elif one.status not in ("", "UNBLOCKED"):
        warn(f"{_named(one)} has the status {one.status}: calls are refused")


def _without_plan(item: PropertyMap) -> list[Any]:
    return [item.get(key) for key in ("apiId", "apiName", "apiVersion")]


def _name_and_version(item: PropertyMap) -> str:
    return f"{item['apiName']}/{item['apiVersion']}"


def resolve(
    bijira: Bijira, items: Iterable[PropertyMap], stored: dict[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The plan for each API id, and the API id for each name; a name that is not stored is looked up."""
    items = list(items)
    names = [_name_and_version(item) for item in items if "apiId" not in item]
    unknown = [item for item in items if "apiId" not in item and _name_and_version(item) not in stored]
    looked_up = together(*(partial(_published, bijira, item["apiName"], item["apiVersion"]) for item in unknown))
    found = stored | dict(zip(map(_name_and_version, unknown), looked_up, strict=True))
    plans: dict[str, str] = {}
    for item in items:
        api_id = item.get("apiId") or found[_name_and_version(item)]
        if api_id in plans:
            raise InvalidInput(
                f"has the API {api_id} twice, by id and by name", subject="subscriptions", action="Remove one"
            )
        plans[api_id] = item["plan"]
    return plans, {name: found[name] for name in names}


def _published(bijira: Bijira, name: str, version: str) -> str:
    """The id of a published API."""
    api = bijira.find_api(name, version)
    if api is None:
        raise no_published_api(name, version, bijira.search_apis(name))
    return api.id


def change_subscriptions(bijira: Bijira, application_id: str, old: PropertyMap, new: PropertyMap) -> PropertyMap:
    """One request for each subscription that is new, gone or on another plan: all that go at once, then all others.
    Returns the outputs that follow."""
    stored, owned = old.get("apiIds", {}), "applicationName" in new
    after, api_ids = resolve(bijira, new["subscriptions"], stored)
    before, ids = _managed(bijira, application_id, old, after, owned=owned)
    adopt = owned or new.get("adopt") is True
    with undoing() as undo:

        def brought_about(api_id: str, plan: str) -> str | _PlanPending:
            try:
                if api_id in ids:
                    return _replan(bijira, ids[api_id], application_id, api_id, before[api_id], plan)
            except _PlanPending as problem:
                return problem
            except NotFound:
                pass
            made = subscribe(bijira, application_id, api_id, plan, adopt=adopt)
            if not owned and not made.adopted:  # the state of a failed update knows nothing of it
                undo.push(f"the subscription {made.value.id}", partial(bijira.unsubscribe, made.value.id))
            return made.value.id

        together(*(partial(bijira.unsubscribe, ids[api_id]) for api_id in sorted(ids.keys() - after.keys())))
        differing = {api_id: plan for api_id, plan in after.items() if api_id not in ids or before[api_id] != plan}
        found = together(*(partial(brought_about, api_id, plan) for api_id, plan in differing.items()))
        if waiting := [one for one in found if isinstance(one, _PlanPending)]:
            said = "; ".join(f"{one.subject} {one.cause}" for one in waiting)
            raise InvalidInput(said, action=waiting[0].action)
    now = ids | {api_id: str(one) for api_id, one in zip(differing, found, strict=True)}
    return {"subscriptionIds": {api_id: now[api_id] for api_id in after}, "apiIds": api_ids}


def unsettled_ids(old: PropertyMap, new: PropertyMap, unknown: IsUnknown) -> set[str]:
    """Which of the two outputs a change of the subscriptions computes anew: not where their plans alone change."""
    rows, stored = new["subscriptions"], old.get("apiIds", {})
    if unknown(rows) or any(unknown(row) or any(map(unknown, _without_plan(row))) for row in rows):
        return {"subscriptionIds", "apiIds"}
    names = {_name_and_version(row) for row in rows if "apiId" not in row}
    ids = {row.get("apiId") or stored.get(_name_and_version(row)) for row in rows}
    others = {"subscriptionIds"} if ids != old.get("subscriptionIds", {}).keys() else set()
    return others | ({"apiIds"} if names != stored.keys() else set())


def _managed(
    bijira: Bijira, application_id: str, old: PropertyMap, after: Container[str], *, owned: bool
) -> tuple[dict[str, str], dict[str, str]]:
    """The plan and the id of each subscription that is ours to change."""
    stored, remembered = old.get("apiIds", {}), old.get("subscriptionIds", {})
    if "subscriptions" in old:
        before, _ = resolve(bijira, (one for one in old["subscriptions"] if _is_resolved(one, stored)), stored)
        return before, {api_id: found for api_id, found in remembered.items() if api_id in before}
    if owned:  # not managed until now, and a declared list is the whole list
        live = bijira.subscriptions(application_id)
        return {one.api.id: one.plan for one in live}, {one.api.id: one.id for one in live}
    # Not managed for a while: what we made then is still ours, on whatever plan.
    return dict.fromkeys(remembered, ""), {key: remembered[key] for key in remembered if key in after}


def _replan(bijira: Bijira, id: str, application_id: str, api_id: str, former: str, plan: str) -> str:
    """Change the plan of a subscription that is managed already. A server that takes a change while another one waits
    tells so by the plan that is still in force."""
    changed_one = _change_plan(bijira, id, application_id, api_id, plan)
    _warn_if_pending(bijira, changed_one)
    if changed_one.plan_is_pending and former not in ("", changed_one.plan_in_force):
        warn(
            f"Bijira: the subscription {id}: a change to the plan {former} that was asked for before may wait too. "
            "Have that one rejected"
        )
    return changed_one.id


def unsubscribe_others(bijira: Bijira, application_id: str, declared: Container[str]) -> None:
    """End the subscriptions of an application of ours to any API but these: a declared list is the whole list."""
    for one in bijira.subscriptions(application_id):
        if one.api.id not in declared:
            bijira.unsubscribe(one.id)


def listed_subscriptions(bijira: Bijira, application: Application, declared: PropertyMap) -> list[Subscription] | None:
    """The subscriptions of an application as the lists of those to its APIs show them in a burst; None where there may
    be others that are to be seen, or one that such a list does not show whole."""
    api_ids = declared.get("subscriptionIds", {})
    rows = [
        listed(f"subscriptions to {api_id}", application.id, partial(bijira.listed_subscriptions, api_id))
        for api_id in api_ids
    ]
    is_attached = "applicationId" in declared
    found = [row for row in rows if row and not row.plan_is_pending and (row.is_checked or is_attached)]
    are_all = is_attached or application.subscription_count == len(found)
    return found if are_all and len(found) == len(rows) == len(declared["subscriptions"]) else None


def _is_resolved(item: PropertyMap, stored: dict[str, str]) -> bool:
    return "apiId" in item or _name_and_version(item) in stored


def in_declared_form(live: list[Subscription], properties: PropertyMap) -> tuple[list[PropertyMap], list[Subscription]]:
    """Each subscription as it was declared; an undeclared one by its API's id, where the application is ours."""
    declared = properties.get("subscriptions", [])
    named = {_name_and_version(item) for item in declared if "apiName" in item}
    by_id = {item["apiId"] for item in declared if "apiId" in item}
    ids = {api_id: title for title, api_id in properties.get("apiIds", {}).items()}
    items, shown = [], []
    for one in live:
        title = ids.get(one.api.id, f"{one.api.name}/{one.api.version}")
        if title in named:
            name, _, version = title.rpartition("/")
            items.append({"apiName": name, "apiVersion": version, "plan": one.plan})
        elif one.api.id in by_id or "applicationId" not in properties:
            items.append({"apiId": one.api.id, "plan": one.plan})
        else:
            continue
        shown.append(one)
    return items, shown


def api_ids_of(shown: list[Subscription], properties: PropertyMap) -> dict[str, str]:
    """The API id for each subscription that is declared by name."""
    stored = properties.get("apiIds", {})
    present = {one.api.id for one in shown}
    kept = {title: api_id for title, api_id in stored.items() if api_id in present}
    named = {_name_and_version(item) for item in properties.get("subscriptions", []) if "apiName" in item}
    live = {f"{one.api.name}/{one.api.version}": one.api.id for one in shown}
    return {title: api_id for title, api_id in live.items() if title in named} | kept
