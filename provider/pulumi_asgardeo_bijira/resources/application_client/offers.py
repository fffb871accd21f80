"""Why a plan, an API or a throttling policy is refused, and which there are: one more request after a refusal."""

from collections.abc import Iterable
from contextlib import AbstractContextManager

from ...clients.bijira import Bijira, OfferedApi
from ...transport import ApiProblem, Problem
from ..refusals import few, found_out
from ..schema import PropertyMap

__all__ = ("named_api", "naming_application", "naming_plans", "offered")

#: Refusals that a name of something that is not there can meet.
_OF_A_NAME = frozenset({400, 403, 404})


def naming_plans(bijira: Bijira, api_id: str, plan: str) -> AbstractContextManager[None]:
    """Everything inside subscribes to the API with that plan."""

    def why(refusal: ApiProblem) -> Problem | None:
        if refusal.status not in _OF_A_NAME:
            return None
        api = bijira.offered_api(api_id)
        if api is None:
            there = few(f"{one.name} {one.version} (id {one.id})" for one in bijira.search_apis(""))
            return type(refusal).like(
                refusal,
                cause=f"no API with the id {api_id} is published. There are: {there}",
                action="Check `api_id`, or name the API by `api_name` and `api_version`",
            )
        if plan in api.plans or not api.plans:
            return None
        return type(refusal).like(
            refusal,
            cause=f"{named_api(api)} does not offer the plan {plan}",
            action=f"Set `plan` to one that it offers: {offered(api.plans)}",
        )

    return found_out(why)


def naming_application(bijira: Bijira, inputs: PropertyMap) -> AbstractContextManager[None]:
    """Everything inside makes an application or changes it to these inputs: the throttling policy may not be there, or
    the server may require attributes."""

    def why(refusal: ApiProblem) -> Problem | None:
        if refusal.status not in _OF_A_NAME:
            return None
        return _no_policy(bijira, inputs, refusal) or _lacks_attributes(bijira, inputs, refusal)

    return found_out(why)


def _no_policy(bijira: Bijira, inputs: PropertyMap, refusal: ApiProblem) -> Problem | None:
    policy = inputs.get("throttlingPolicy")
    there = bijira.throttling_policies() if policy and bijira.can.has_policies else []
    if policy in there or not there:
        return None
    return type(refusal).like(
        refusal,
        cause=f"there is no throttling policy {policy}",
        action=f"Set `throttling_policy` to one of: {offered(there)}",
    )


def _lacks_attributes(bijira: Bijira, inputs: PropertyMap, refusal: ApiProblem) -> Problem | None:
    attributes = bijira.application_attributes() if bijira.can.has_attributes else []
    required, declared = {one.name for one in attributes if one.required}, inputs.get("attributes", {})
    cleared = {name for name, value in declared.items() if not value}
    lacking = ", ".join(sorted(required & cleared or required - declared.keys()))
    if not lacking:
        return None
    return type(refusal).like(
        refusal,
        cause=f"the server requires attributes of every application, and these are missing: {lacking}",
        action="Declare them in attributes",
    )


def named_api(api: OfferedApi) -> str:
    """What a line calls an API."""
    return f"the API {api.name} {api.version}"


def offered(names: Iterable[str]) -> str:
    """In the order in which the platform has them: from the most to the least, as a rule."""
    return ", ".join(dict.fromkeys(names))
