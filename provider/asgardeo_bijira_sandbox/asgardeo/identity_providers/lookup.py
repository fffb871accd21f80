"""The identity providers of an organisation: who is there, who uses them, and what is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exceptions import application_error
from ..models import Group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..models import Application, Tenant
    from ..request import TenantRequest
    from .models import IdentityProvider

__all__ = (
    "applications_with",
    "check_name_is_free",
    "forget",
    "groups_of",
    "known_provider",
    "provider_named",
    "set_groups",
)

#: The name of the one that stands for organisations below.
_RESERVED = "SSO"


def known_provider(request: TenantRequest) -> IdentityProvider:
    """The provider of the path."""
    id_ = request.param("id")
    found = request.tenant.identity_providers.get(id_)
    if found is None:
        text = f"Unable to find a resource matching the provided identity provider identifier {id_}."
        raise application_error(404, "IDP-60002", "Resource not found.", text)
    return found


def provider_named(tenant: Tenant, name: str) -> IdentityProvider | None:
    """The provider of this name."""
    return next((one for one in tenant.identity_providers.values() if one.name == name), None)


def check_name_is_free(tenant: Tenant, name: str, besides: IdentityProvider | None = None) -> None:
    """Names are unique."""
    if name == _RESERVED:
        text = f"The Connection with name {name} is a system reserved name."
        raise application_error(400, "IDP-65002", "Unable to add identity provider.", text)
    if provider_named(tenant, name) not in (None, besides):
        raise application_error(409, "IDP-60001", f"Identity Provider with the name: {name} already exists.")


def groups_of(tenant: Tenant, provider: IdentityProvider) -> list[Group]:
    """The groups that a provider tells of."""
    return [group for group in tenant.groups.values() if group.identity_provider == provider.id]


def set_groups(tenant: Tenant, provider: IdentityProvider, names: Iterable[str]) -> None:
    """The groups that it shall tell of: one of a name that is there stays the same."""
    wanted = dict.fromkeys(name for name in names if name.strip())
    known = {group.name: group for group in groups_of(tenant, provider)}
    for name in known.keys() - wanted.keys():
        tenant.forget_group(known[name].id)
    for name in wanted:
        if name not in known:
            group = Group(name=name, identity_provider=provider.id)
            tenant.groups[group.id] = group


def applications_with(tenant: Tenant, idp: str, authenticator: str | None = None) -> list[Application]:
    """The applications whose users may sign in at a provider, or there in one way."""
    return [
        application
        for application in tenant.applications.values()
        if any(
            option["idp"] == idp and authenticator in (None, option["authenticator"])
            for step in application.authentication["steps"]
            for option in step["options"]
        )
    ]


def forget(tenant: Tenant, provider: IdentityProvider) -> None:
    """Delete a provider, and with it its groups and its place in the steps of applications."""
    for application in applications_with(tenant, provider.name):
        kept = [
            {**step, "options": [option for option in step["options"] if option["idp"] != provider.name]}
            for step in application.authentication["steps"]
        ]
        application.authentication["steps"] = [step for step in kept if step["options"]]
    set_groups(tenant, provider, ())
    del tenant.identity_providers[provider.id]
