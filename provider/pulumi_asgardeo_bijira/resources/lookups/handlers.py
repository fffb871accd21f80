"""Finding what exists by what people call it: exactly one, or the line that says what there is instead."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from ...clients.asgardeo import MemberRow
from ...naming import worded
from ...scope_log import are_asked_for, record_scopes
from ...transport import Gone, InvalidInput, Missing, Problem, operation
from ..field_types import check_asgardeo_id
from ..key_manager.selection import choose
from ..platforms import Platforms
from ..property_maps import properties_of
from ..published_apis import no_published_api
from ..schema import PropertyMap

__all__ = ("LOOK_UPS", "LOOK_UP_SCOPES", "look_up")

#: How many to name where the one that was meant is not there.
_FEW = 10


def _api(platforms: Platforms, identifier: str) -> PropertyMap:
    """The API in Asgardeo with this identifier."""
    apis = platforms.asgardeo.api_resources
    rows = apis.find("identifier", identifier)
    found = apis.get(rows[0].id) if rows else None
    if found is None:
        raise Gone(
            f"has no API with the identifier {identifier}",
            subject="Asgardeo",
            action="Check it, and `asgardeo:organization`",
        )
    return properties_of(found)


def _application(platforms: Platforms, name: str) -> PropertyMap:
    """The application in Asgardeo with this name."""
    applications = platforms.asgardeo.applications
    row = applications.find(name)
    found = applications.get(row.id) if row else None
    if found is None:
        raise Gone(
            f"has no application named {name}", subject="Asgardeo", action="Check the name, and `asgardeo:organization`"
        )
    endpoints = platforms.asgardeo.endpoints
    return {
        "id": found.id,
        "name": name,
        "description": found.description,
        "clientId": found.client_id,
        "issuer": endpoints.issuer,
        "tokenEndpoint": endpoints.token_endpoint,
        "jwksEndpoint": endpoints.jwks_endpoint,
    }


def _key_manager(platforms: Platforms, name: str | None = None) -> PropertyMap:
    """The key manager with this name or id, else the one of the settings, else the only enabled external one."""
    found = choose(platforms.bijira, name or platforms.settings.bijira.key_manager)
    return {
        "id": found.id,
        "name": found.name,
        "tokenEndpoint": found.token_endpoint,
        "revokeEndpoint": found.revoke_endpoint,
        "availableGrantTypes": found.available_grant_types,
    }


def _bijira_api(platforms: Platforms, name: str, version: str) -> PropertyMap:
    """The published API with this name and version."""
    near = platforms.bijira.search_apis(name)
    exact = [one for one in near if (one.name, one.version) == (name, version)]
    if len(exact) == 1:
        return {"id": exact[0].id, "name": name, "version": version}
    if exact:
        ids = ", ".join(one.id for one in exact)
        raise InvalidInput(
            f"has several APIs {name} with the version {version}: {ids}", subject="Bijira", action="Use the id of one"
        )
    raise no_published_api(name, version, near)


def _role(platforms: Platforms, name: str, application_id: str | None = None) -> PropertyMap:
    """The role of this name, among those of an application or of the organisation."""
    roles = platforms.asgardeo.roles
    if application_id is not None:
        check_asgardeo_id(application_id)
    found = roles.find(name, application_id)
    if found is None:
        there = {row.name: row for row in roles.of(application_id)}
        near = difflib.get_close_matches(name, there, n=_FEW, cutoff=0)
        whose = f"The application {application_id}" if application_id else "The organisation"
        raise _none("role", name, near, subject=whose)
    return {"id": found.id, "name": found.name}


def _group(platforms: Platforms, name: str) -> PropertyMap:
    """The group of this name."""
    groups = platforms.asgardeo.groups
    found = _only("group", name, groups.named(name), groups.like)
    return {"id": found.id, "name": found.name}


def _user(platforms: Platforms, username: str) -> PropertyMap:
    """The user of this name."""
    users = platforms.asgardeo.users
    found = _only("user", username, users.named(username), users.like)
    return {"id": found.id, "username": found.name}


def _only(
    kind: Literal["group", "user"], name: str, found: list[MemberRow], like: Callable[[str], list[MemberRow]]
) -> MemberRow:
    """The one that there is."""
    if not found:
        near = [row.name for row in like(name)]
        raise _none(kind, name, near, subject="Asgardeo", missing=Missing(kind, name))
    if len(found) > 1:
        there = ", ".join(f"{row.name} (id {row.id})" for row in found)
        raise InvalidInput(
            f"has several {kind}s named {name}: {there}",
            subject="Asgardeo",
            action="Give the name with its user store, as it stands there",
        )
    return found[0]


def _none(kind: str, name: str, near: Sequence[str], *, subject: str, missing: Missing | None = None) -> Gone:
    there = f". There are: {', '.join(near)}" if near else ""
    return Gone(
        f"has no {kind} named {name}{there}",
        subject=subject,
        action="Check the name, and `asgardeo:organization`",
        missing=missing,
    )


#: By the name of the function, as programs in every language know it.
LOOK_UPS: Mapping[str, Callable[..., PropertyMap]] = {
    "getApi": _api,
    "getApplication": _application,
    "getBijiraApi": _bijira_api,
    "getGroup": _group,
    "getKeyManager": _key_manager,
    "getRole": _role,
    "getUser": _user,
}

#: The platform that each asks, and the management scopes that it takes there.
LOOK_UP_SCOPES: Mapping[str, Callable[[Platforms], tuple[str, tuple[str, ...]]]] = {
    "getApi": lambda _: ("asgardeo", ("internal_api_resource_view",)),
    "getApplication": lambda _: ("asgardeo", ("internal_application_mgt_view",)),
    "getBijiraApi": lambda platforms: ("bijira", (platforms.bijira.scopes.apis,)),
    "getGroup": lambda _: ("asgardeo", ("internal_group_mgt_view",)),
    "getKeyManager": lambda platforms: ("bijira", (platforms.bijira.scopes.key_managers,)),
    "getRole": lambda _: ("asgardeo", ("internal_role_mgt_view",)),
    "getUser": lambda _: ("asgardeo", ("internal_user_mgt_list",)),
}


def look_up(function: str, platforms: Platforms, arguments: Mapping[str, Any]) -> PropertyMap:
    """What exists by what people call it. Whoever previews the program to learn what scopes it takes is told, also
    where there is nothing."""
    try:
        with operation():
            found = LOOK_UPS[function](platforms, **arguments)
    except Problem:
        _tell_scopes(function, platforms, found=False)
        raise
    _tell_scopes(function, platforms, found=True)
    return found


def _tell_scopes(function: str, platforms: Platforms, *, found: bool) -> None:
    if are_asked_for():
        platform, scopes = LOOK_UP_SCOPES[function](platforms)
        elsewhere = platforms.settings.are_explicit
        record_scopes(worded(f"`{function}`"), platform, scopes, found=found, elsewhere=elsewhere)
