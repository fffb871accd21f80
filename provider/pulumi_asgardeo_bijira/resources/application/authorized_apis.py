"""The APIs that an application may call: one authorization for each, with its policy and its scopes."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import islice
from typing import Any

from ...clients.asgardeo import ApiResources, Applications, Asgardeo, AuthorizationChanges, AuthorizedApi
from ...transport import AlreadyExists, ApiProblem, Conflict, OutcomeUnknown, Problem
from ..api.handler import scope_key
from ..handler import warn
from ..idempotency import create_once
from ..newer import refused_by_older
from ..ownership import Key
from ..property_maps import properties_of
from ..refusals import few, found_out
from ..schema import IsUnknown, PropertyMap
from .authorized_api import AuthorizedApi as DeclaredApi

__all__ = ("authorize", "authorized_apis", "change_authorized_apis", "keys_of", "scopes_to_authorize")

#: Refusals that say: the authorizations are not what the state says.
_NO_API, _NO_SCOPE, _NO_TYPE = "APP-60507", "APP-60508", "APP-60519"
_STALE = frozenset({_NO_SCOPE, "APP-60510", _NO_TYPE})
_SCOPES, _TYPES = "scopes", "authorizationDetailsTypes"
#: By the refusal, in which list the API lacks something, what tells it apart there, and what it is.
_LISTS = {_NO_SCOPE: (_SCOPES, "name", "scope"), _NO_TYPE: (_TYPES, "type", "type of authorization details")}
#: How many APIs are looked at to name some.
_LOOKED_AT = 50
#: How the names of the scopes of the system's own APIs begin.
_OF_SYSTEM = ("internal_", "console:")


def authorized_apis(
    applications: Applications, id: str, declared: list[PropertyMap] | None = None
) -> list[PropertyMap]:
    """The authorizations of an application, as it is shown. What the server does not know of shows as it is declared,
    and a line says so."""
    found = [properties_of(one) for one in applications.authorized_apis(id)]
    wanted = {one.get("apiId"): one for one in declared or []}
    for one in found:
        types = wanted.get(one["apiId"], {}).get(_TYPES)
        if types and _TYPES not in one:
            warn(f"Asgardeo does not show `authorization_details_types` of the application {id}: it may be older")
            one[_TYPES] = types
    return sorted(found, key=lambda authorized: str(authorized["apiId"]))


def keys_of(location: str, declared: Any, unknown: IsUnknown) -> list[Key]:
    """By what the APIs and scopes are known in this process that an application is declared to be authorized for."""
    keys: list[Key] = []
    for row in declared if isinstance(declared, list) else []:
        if unknown(row) or unknown(row.get("apiId")) or not isinstance(row.get("apiId"), str):
            continue
        scopes = row.get("scopes") if isinstance(row.get("scopes"), list) else []
        names = [name for name in scopes if isinstance(name, str) and not unknown(name)]
        keys += [(location, "Api", row["apiId"]), *(scope_key(location, row["apiId"], name) for name in names)]
    return keys


def scopes_to_authorize(declared: Any, unknown: IsUnknown) -> Iterator[str]:
    """The management scopes that declared authorizations take: the system's own APIs want another than all others."""
    if declared is None:
        return
    are_system = [_is_system(row, unknown) for row in declared] if isinstance(declared, list) else []
    if any(are_system):
        yield "internal_application_internal_api_update"
    if not are_system or not all(are_system):
        yield "internal_application_business_api_update"


def _is_system(row: Any, unknown: IsUnknown) -> bool:
    """Whether an API is the system's own, as the names of its scopes tell: no other API's scope can have such a one."""
    names = [] if unknown(row) or unknown(row.get("scopes")) else row.get("scopes") or []
    return any(isinstance(name, str) and name.startswith(_OF_SYSTEM) for name in names)


def _live_one(applications: Applications, id: str, api_id: str) -> PropertyMap | None:
    return next((one for one in authorized_apis(applications, id) if one["apiId"] == api_id), None)


def authorize(asgardeo: Asgardeo, id: str, wanted: PropertyMap) -> None:
    """Authorize an API for an application that is new, so whatever is found after a lost answer is ours."""
    applications = asgardeo.applications

    def send() -> PropertyMap:
        with _naming(asgardeo.api_resources, wanted), _told_of_older(wanted):
            applications.authorize(id, _authorization(wanted))
        return wanted

    create_once(
        send,
        lambda: _live_one(applications, id, wanted["apiId"]),
        what=f"the authorization of the API {wanted['apiId']}",
        is_ours=lambda _: True,
        was_there=lambda _: False,
        taken=lambda _: AlreadyExists(
            "is authorized already", subject=f"Asgardeo: the API {wanted['apiId']}", action="Run pulumi up again"
        ),
    )


def change_authorized_apis(asgardeo: Asgardeo, id: str, old: list[PropertyMap] | None, new: list[PropertyMap]) -> None:
    """From the old to the new; what was not managed until now is read first, since a declared list is the whole."""
    applications = asgardeo.applications
    before = {one["apiId"]: one for one in old or []}
    after = {one["apiId"]: one for one in new}
    newly = [
        api_id
        for api_id in before.keys() & after.keys()
        if {_SCOPES, _TYPES} & (after[api_id].keys() - before[api_id].keys())
    ]
    if old is None or newly:
        before = {one["apiId"]: one for one in authorized_apis(applications, id)}
    for api_id in sorted(before.keys() | after.keys()):
        if before.get(api_id) == after.get(api_id):
            continue
        with _naming(asgardeo.api_resources, after.get(api_id, {"apiId": api_id})):
            _reconcile_or_reread(applications, id, before.get(api_id), after.get(api_id), api_id)


def _reconcile_or_reread(
    applications: Applications, id: str, old: PropertyMap | None, new: PropertyMap | None, api_id: str
) -> None:
    """Where the platform's truth turns out to be another than the state's, from what there is."""
    try:
        _reconcile(applications, id, old, new)
    except (OutcomeUnknown, ApiProblem) as failure:
        if isinstance(failure, ApiProblem) and not isinstance(failure, Conflict) and failure.code not in _STALE:
            raise
        _reconcile(applications, id, _live_one(applications, id, api_id), new)


def _reconcile(applications: Applications, id: str, old: PropertyMap | None, new: PropertyMap | None) -> None:
    """One authorization from the old to the new; a policy cannot be changed, so it is made again."""
    if old and (new is None or old["policy"] != new["policy"]):
        applications.revoke(id, old["apiId"])
        old = None
    if new is None:
        return
    if old is None:
        with _told_of_older(new):
            applications.authorize(id, _authorization(new))
        return
    changes = _changes(_SCOPES, "Scopes", old, new) | _changes(_TYPES, "AuthorizationDetailsTypes", old, new)
    if changes:
        with _told_of_older(new):
            applications.change_authorization(id, new["apiId"], AuthorizationChanges.model_validate(changes))


def _changes(key: str, what: str, old: PropertyMap, new: PropertyMap) -> PropertyMap:
    have = set(old.get(key, []))
    want = set(new.get(key, have))
    return {f"added{what}": sorted(want - have), f"removed{what}": sorted(have - want)} if have != want else {}


def _authorization(declared: PropertyMap) -> AuthorizedApi:
    return AuthorizedApi.model_validate({"scopes": [], **declared})


def _told_of_older(declared: PropertyMap) -> AbstractContextManager[None]:
    return refused_by_older(DeclaredApi, declared, f"Asgardeo: the authorization of the API {declared['apiId']}")


def _naming(apis: ApiResources, wanted: PropertyMap) -> AbstractContextManager[None]:
    """Everything inside authorizes an API: where there is no such API, or it lacks a scope or a type of authorization
    details, the line names which, and what there is."""

    def why(refusal: ApiProblem) -> Problem | None:
        if refusal.code == _NO_API:
            there = few(f"{row.identifier or row.name} (id {row.id})" for row in islice(apis.all(), _LOOKED_AT))
            cause = f"there is no API with the id {wanted['apiId']}. There are: {there}"
            return type(refusal).like(refusal, cause=cause)
        list_, key, what = _LISTS.get(refusal.code, ("", "", ""))
        api = apis.get(wanted["apiId"]) if list_ in wanted else None
        if api is None:
            return None
        defined = {one[key] for one in properties_of(api).get(list_, [])}
        lacking = ", ".join(sorted(set(wanted[list_]) - defined))
        cause = f"the API {api.identifier} has no {what} {lacking}. It has: {few(defined)}"
        return type(refusal).like(refusal, cause=cause) if lacking else None

    return found_out(why)
