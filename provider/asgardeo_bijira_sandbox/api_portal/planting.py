"""Makes the portal of an organisation that a scenario describes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from .models import SCOPES, Api, KeyManager, Portal, slug

if TYPE_CHECKING:
    from ..scenario import OrganizationSeed

__all__ = ("portal",)


def portal(seed: OrganizationSeed, base_url: str) -> Portal:
    """The same key managers and APIs as at the other door, under handles; ids are the same in every run."""
    made = Portal(
        uuid=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{seed.uuid} portal")),
        handle=seed.handle,
        display_name=seed.handle.capitalize(),
        roles=list(seed.portal_roles),
    )
    if seed.management_scopes is not None:
        made.management_scopes = [scope for scope in SCOPES if scope in seed.management_scopes]
    for one in seed.key_managers:
        handle = slug(one.name) or "key-manager"
        endpoint = f"{base_url}/t/{one.asgardeo_organization}/oauth2/token"
        made.key_managers[handle] = KeyManager(
            uid=handle, id=handle, display_name=one.name, token_endpoint=one.issuer or endpoint, enabled=one.enabled
        )
    for published in seed.apis:
        handle = f"{slug(published.name)}-{published.version}"
        made.apis[handle] = Api(
            id=handle, name=published.name, version=published.version, plans=list(published.portal_plans)
        )
    return made
