"""Makes the organisation that a scenario describes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from .models import KeyManager, Operation, Organization, PublishedApi

if TYPE_CHECKING:
    from ..scenario import KeyManagerSeed, OrganizationSeed, PublishedApiSeed

__all__ = ("organization",)

_EXTERNAL_GRANTS = ["authorization_code", "client_credentials", "password", "refresh_token"]


def organization(seed: OrganizationSeed, base_url: str) -> Organization:
    """The organisation of a scenario, served at this address; ids are the same in every run."""
    made = Organization(uuid=seed.uuid, handle=seed.handle, **seed.behaviour.model_dump())
    if seed.management_scopes is not None:
        made.management_scopes = list(seed.management_scopes)
    resident = KeyManager(
        id=_stable(seed, "Resident Key Manager"),
        name="Resident Key Manager",
        type="default",
        token_endpoint=f"{base_url}/oauth2/token",
        revoke_endpoint=f"{base_url}/oauth2/revoke",
        token_type="DIRECT",  # noqa: S106 - a kind of token
        grant_types=["client_credentials", "refresh_token"],
    )
    for manager in [resident, *(_key_manager(seed, one, base_url) for one in seed.key_managers)]:
        made.key_managers[manager.id] = manager
    for api in (_api(seed, one) for one in seed.apis):
        made.apis[api.id] = api
    return made


def _key_manager(organization: OrganizationSeed, seed: KeyManagerSeed, base_url: str) -> KeyManager:
    address = f"{base_url}/t/{seed.asgardeo_organization}/oauth2"
    return KeyManager(
        id=seed.id or _stable(organization, seed.name),
        name=seed.name,
        issuer=seed.issuer or f"{address}/token",
        token_endpoint=f"{address}/token",
        revoke_endpoint=f"{address}/revoke",
        enabled=seed.enabled,
        grant_types=_EXTERNAL_GRANTS,
        not_operational_for=seed.not_operational_for,
    )


def _api(organization: OrganizationSeed, seed: PublishedApiSeed) -> PublishedApi:
    return PublishedApi(
        id=seed.id or _stable(organization, f"{seed.name} {seed.version}"),
        name=seed.name,
        version=seed.version,
        context=seed.context,
        deployment_type=seed.deployment_type,
        operations=[Operation(method=one.method.upper(), path=one.path, scopes=one.scopes) for one in seed.resources],
        plans=list(seed.plans),
        not_found_for=seed.not_found_for,
    )


def _stable(organization: OrganizationSeed, name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{organization.uuid} {name}"))
