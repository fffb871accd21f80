"""Seeding: makes what a scenario describes, in the store that a sandbox starts with.

Ids follow from names, so that they are the same in every run; Asgardeo's are made up, as the platform does.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from pydantic import ValidationError

from .api_portal import models as api_portal
from .asgardeo.applications.lookup import new_application
from .asgardeo.applications.oidc_bodies import OidcBody
from .asgardeo.applications.oidc_settings import new_client
from .asgardeo.identity_providers.models import FederatedAuthenticator, IdentityProvider
from .asgardeo.models import ApiResource, Application, AuthorizedApi, Group, Role, Scope, Tenant, User
from .asgardeo.roles.permissions import checked_permissions
from .bijira.models import ENVIRONMENTS, RESIDENT, KeyManager, Operation, Organization, PersonalToken, PublishedApi
from .files import NotYaml, read_yaml
from .refusals import first_mistake
from .scenario import IdentityProviderSeed, Scenario
from .store import Store
from .web.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .scenario import (
        ApiSeed,
        ApplicationSeed,
        GroupSeed,
        KeyManagerSeed,
        OrganizationSeed,
        PublishedApiSeed,
        RoleSeed,
        TenantSeed,
    )

__all__ = ("BadScenario", "load_scenario", "seed_organization", "seed_portal", "seed_store", "seed_tenant")

_EXTERNAL_GRANTS = ["authorization_code", "client_credentials", "password", "refresh_token"]


class BadScenario(Exception):
    """A scenario file that cannot be read; the message says where."""


def load_scenario(path: Path) -> Scenario:
    """Read a scenario file, and try whether it can be seeded."""
    try:
        content = read_yaml(path)
        scenario = Scenario.model_validate({} if content is None else content)
        seed_store(scenario, "http://127.0.0.1")
    except OSError as problem:
        raise BadScenario(f"{path}: {problem.strerror}") from None
    except ValidationError as problem:
        raise BadScenario(f"{path}: {first_mistake(problem, 'the file')}") from None
    except NotYaml as problem:
        raise BadScenario(f"{path} is not valid YAML: {problem}") from None
    except ApiError as problem:
        raise BadScenario(f"{path}: {problem.body.get('description') or problem.body['detail']}") from None
    except ValueError as problem:
        raise BadScenario(f"{path}: {problem}") from None
    return scenario


def seed_store(scenario: Scenario, base_url: str) -> Store:
    """A store in which these things exist, served at this address."""
    _check_unique("asgardeo", [one.organization for one in scenario.asgardeo])
    _check_unique("bijira", [one.uuid for one in scenario.bijira])
    _check_unique("bijira", [one.handle for one in scenario.bijira])
    return Store(
        base_url=base_url,
        open_organizations=scenario.open_organizations,
        asgardeo={one.organization: seed_tenant(one) for one in scenario.asgardeo},
        bijira={one.uuid: seed_organization(one, base_url) for one in scenario.bijira},
        api_portal=api_portal.PortalServer(
            by_scopes=scenario.portal_by_scopes,
            organizations={one.handle: seed_portal(one, base_url) for one in scenario.bijira},
        ),
    )


def _check_unique(platform: str, names: list[str]) -> None:
    duplicate = next((name for name in names if names.count(name) > 1), None)
    if duplicate is not None:
        raise ValueError(f"{platform}: duplicate organization {duplicate}")


def seed_tenant(seed: TenantSeed) -> Tenant:
    """An organisation of Asgardeo."""
    tenant = Tenant(
        name=seed.organization,
        api_limit=seed.api_limit,
        application_limit=seed.application_limit,
        strict_organization_paths=seed.strict_organization_paths,
        role_approval=seed.role_approval,
        absent_role_breaks_deletion=seed.absent_role_breaks_deletion,
        roles_listed_whole=seed.roles_listed_whole,
        behaviour=seed.behaviour,
    )
    if seed.management_scopes is not None:
        tenant.management_scopes = list(seed.management_scopes)
    if seed.management_certificate is not None:
        tenant.management_certificate = seed.management_certificate.model_dump()
        tenant.management_may_reuse_assertions = seed.management_may_reuse_assertions
    for user in (User(**one.model_dump()) for one in seed.users):
        tenant.users[user.id] = user
    for provider in _providers(seed):
        tenant.identity_providers[provider.id] = provider
    for group in (_group(tenant, one) for one in seed.groups):
        tenant.groups[group.id] = group
    for api in (_api_resource(tenant, one) for one in seed.apis):
        tenant.apis[api.id] = api
    for one in seed.applications:  # one after the other: a client id must be free
        application = _application(tenant, one)
        tenant.applications[application.id] = application
    for role in (_role(tenant, one) for one in seed.roles):
        tenant.roles[role.id] = role
    return tenant


def _group(tenant: Tenant, seed: GroupSeed) -> Group:
    users = {user.username: user.id for user in tenant.users.values()}
    members = _ids(f"the group {seed.name}", "users", seed.members, users)
    providers = {one.name: one.id for one in tenant.identity_providers.values()}
    return Group(name=seed.name, members=members, identity_provider=providers.get(seed.identity_provider or ""))


def _providers(seed: TenantSeed) -> Iterator[IdentityProvider]:
    """Those that the scenario has, and those that it only names as a group's."""
    named = {one.name: one for one in seed.identity_providers}
    of_groups = dict.fromkeys(one.identity_provider for one in seed.groups if one.identity_provider)
    for one in ({name: IdentityProviderSeed(name=name) for name in of_groups} | named).values():
        made = FederatedAuthenticator(name=one.authenticator, enabled=True, properties=dict(one.properties))
        kept = one.model_dump(include={"name", "description", "enabled"})
        ids = {} if one.id is None else {"id": one.id}
        yield IdentityProvider(authenticators=[made], default_authenticator=made.name, **kept, **ids)


def _role(tenant: Tenant, seed: RoleSeed) -> Role:
    what = f"the role {seed.name}"
    users = {user.username: user.id for user in tenant.users.values()}
    groups = {group.name: group.id for group in tenant.groups.values()}
    role = Role(
        name=seed.name,
        audience_type="organization",
        audience=tenant.id,
        users=_ids(what, "users", seed.users, users),
        groups=_ids(what, "groups", seed.groups, groups),
    )
    if seed.application is not None:
        own = {
            one.name: one.id
            for one in tenant.applications.values()
            if one.associated_roles["allowedAudience"] == "APPLICATION"
        }
        where = "applications with allowedAudience APPLICATION"
        role.audience_type, role.audience = "application", _ids(what, where, [seed.application], own)[0]
    role.permissions = checked_permissions(tenant, role, seed.permissions)
    return role


def _ids(what: str, where: str, names: list[str], known: dict[str, str]) -> list[str]:
    missing = next((name for name in names if name not in known), None)
    if missing is not None:
        raise ValueError(f"{what} names {missing}, which is not among the {where} in its organisation")
    return [known[name] for name in dict.fromkeys(names)]


def _api_resource(tenant: Tenant, seed: ApiSeed) -> ApiResource:
    scopes = [
        Scope(name=scope.name, display_name=scope.display_name or scope.name, description=scope.description)
        for scope in seed.scopes
    ]
    return ApiResource(number=tenant.next_number(), scopes=scopes, **seed.model_dump(exclude={"scopes"}))


def _application(tenant: Tenant, seed: ApplicationSeed) -> Application:
    settings = {
        "clientId": seed.client_id,
        "clientSecret": seed.client_secret,
        "grantTypes": seed.grant_types,
        "callbackURLs": seed.callback_urls,
        "accessToken": {"type": seed.access_token_type},
    }
    application = new_application(seed.name)
    application.shared = seed.shared
    application.template_id = seed.template_id
    application.associated_roles = {**application.associated_roles, "allowedAudience": seed.allowed_audience}
    application.oidc = new_client(tenant, OidcBody.model_validate(settings))
    by_identifier = {api.identifier: api for api in tenant.apis.values()}
    for authorized in seed.authorized_apis:
        api = by_identifier.get(authorized.identifier)
        if api is None:
            raise ValueError(
                f"the application {seed.name} is authorized for the API {authorized.identifier}, which is not among "
                "the apis of its organisation"
            )
        known = {scope.name: scope.id for scope in api.scopes}
        scopes = _ids(f"the application {seed.name}", f"scopes of {api.identifier}", authorized.scopes, known)
        application.authorized[api.id] = AuthorizedApi(policy=authorized.policy.upper(), scopes=scopes)
    return application


def seed_organization(seed: OrganizationSeed, base_url: str) -> Organization:
    """An organisation of Bijira's control plane, served at this address."""
    organization = Organization(uuid=seed.uuid, handle=seed.handle, **seed.behaviour.model_dump())
    if seed.management_scopes is not None:
        organization.management_scopes = list(seed.management_scopes)
    organization.personal_tokens = [
        PersonalToken(token=one.token, subject=one.user, scopes=one.scopes) for one in seed.personal_tokens
    ]
    for manager in (*_resident(seed, base_url), *(_key_manager(seed, one, base_url) for one in seed.key_managers)):
        organization.key_managers[manager.id] = manager
    for api in (_published_api(seed, one) for one in seed.apis):
        organization.apis[api.id] = api
    return organization


def _resident(seed: OrganizationSeed, base_url: str) -> Iterator[KeyManager]:
    """The platform's own key manager, unless the organisation has none."""
    if seed.resident_key_manager != "absent":
        yield KeyManager(
            id=_stable(seed, RESIDENT),
            name=RESIDENT,
            type="default",
            issuer=f"{base_url}/oauth2/token",
            token_endpoint=f"{base_url}/oauth2/token",
            revoke_endpoint=f"{base_url}/oauth2/revoke",
            token_type="DIRECT",  # noqa: S106 - a kind of token
            grant_types=["client_credentials", "refresh_token"],
            portal_environments=list(ENVIRONMENTS) if seed.resident_key_manager == "selected" else [],
        )


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
        portal_environments=list(seed.portal_environments),
        not_operational_for=seed.not_operational_for,
    )


def _published_api(organization: OrganizationSeed, seed: PublishedApiSeed) -> PublishedApi:
    return PublishedApi(
        id=seed.id or _stable(organization, f"{seed.name} {seed.version}"),
        operations=[Operation(method=one.method.upper(), path=one.path, scopes=one.scopes) for one in seed.resources],
        **seed.model_dump(exclude={"id", "resources", "portal_plans"}),
    )


def seed_portal(seed: OrganizationSeed, base_url: str) -> api_portal.Portal:
    """An organisation of the API Portal: the same key managers and APIs as in the control plane, under handles."""
    portal = api_portal.Portal(
        uuid=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{seed.uuid} portal")),
        handle=seed.handle,
        display_name=seed.handle.capitalize(),
        roles=list(seed.portal_roles),
    )
    if seed.management_scopes is not None:
        portal.management_scopes = [scope for scope in api_portal.SCOPES if scope in seed.management_scopes]
    for one in seed.key_managers:
        handle = api_portal.slug(one.name) or "key-manager"
        endpoint = one.issuer or f"{base_url}/t/{one.asgardeo_organization}/oauth2/token"
        portal.key_managers[handle] = api_portal.KeyManager(
            uid=handle, id=handle, display_name=one.name, token_endpoint=endpoint, enabled=one.enabled
        )
    for published in seed.apis:
        handle = f"{api_portal.slug(published.name)}-{published.version}"
        portal.apis[handle] = api_portal.Api(
            id=handle, name=published.name, version=published.version, plans=list(published.portal_plans)
        )
    return portal


def _stable(organization: OrganizationSeed, name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{organization.uuid} {name}"))
