"""Finding what exists by what people call it: exactly one, or the line that says what there is instead."""

from collections.abc import Callable, Mapping

from ...transport import Gone, InvalidInput
from ..key_manager.selection import choose
from ..platforms import Platforms
from ..property_maps import properties_of
from ..published_apis import no_published_api
from ..schema import PropertyMap

__all__ = ("LOOK_UPS", "LOOK_UP_SCOPES")


def _api(platforms: Platforms, identifier: str) -> PropertyMap:
    """The API in Asgardeo with this identifier."""
    apis = platforms.asgardeo.api_resources
    rows = apis.find("identifier", identifier)
    found = apis.get(rows[0].id) if rows else None
    if found is None:
        raise Gone(
            f"has no API with the identifier {identifier}",
            subject="Asgardeo",
            action="Check it, and asgardeo:organization",
        )
    return properties_of(found)


def _application(platforms: Platforms, name: str) -> PropertyMap:
    """The application in Asgardeo with this name."""
    applications = platforms.asgardeo.applications
    row = applications.find(name)
    found = applications.get(row.id) if row else None
    if found is None:
        raise Gone(
            f"has no application named {name}", subject="Asgardeo", action="Check the name, and asgardeo:organization"
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
    there = ", ".join(f"{one.name} {one.version}" for one in near) or "none of that name"
    raise no_published_api(name, version, f". There are: {there}")


#: By the name of the function, as programs in every language know it.
LOOK_UPS: Mapping[str, Callable[..., PropertyMap]] = {
    "getApi": _api,
    "getApplication": _application,
    "getBijiraApi": _bijira_api,
    "getKeyManager": _key_manager,
}

#: The platform that each asks, and the management scopes that it takes there.
LOOK_UP_SCOPES: Mapping[str, Callable[[Platforms], tuple[str, tuple[str, ...]]]] = {
    "getApi": lambda _: ("asgardeo", ("internal_api_resource_view",)),
    "getApplication": lambda _: ("asgardeo", ("internal_application_mgt_view",)),
    "getBijiraApi": lambda platforms: ("bijira", (platforms.bijira.scopes.apis,)),
    "getKeyManager": lambda platforms: ("bijira", (platforms.bijira.scopes.key_managers,)),
}
