"""Makes the organisation that a scenario describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .applications.lookup import new_application
from .applications.oidc_bodies import OidcBody
from .applications.oidc_settings import new_client
from .models import ApiResource, Application, AuthorizedApi, Scope, Tenant, User

if TYPE_CHECKING:
    from ..scenario import ApiSeed, ApplicationSeed, TenantSeed

__all__ = ("tenant",)


def tenant(seed: TenantSeed) -> Tenant:
    """The organisation of a scenario."""
    made = Tenant(
        name=seed.organization,
        api_limit=seed.api_limit,
        application_limit=seed.application_limit,
        strict_organization_paths=seed.strict_organization_paths,
    )
    if seed.management_scopes is not None:
        made.management_scopes = list(seed.management_scopes)
    if seed.management_certificate is not None:
        made.management_certificate = seed.management_certificate.model_dump()
        made.management_may_reuse_assertions = seed.management_may_reuse_assertions
    for user in seed.users:
        grown = User(username=user.username, password=user.password, permissions=list(user.permissions))
        made.users[grown.id] = grown
    for api in seed.apis:
        planted = _api(made, api)
        made.apis[planted.id] = planted
    for application in seed.applications:
        grown_up = _application(made, application)
        made.applications[grown_up.id] = grown_up
    return made


def _application(tenant: Tenant, seed: ApplicationSeed) -> Application:
    settings = {
        "clientId": seed.client_id,
        "clientSecret": seed.client_secret,
        "grantTypes": seed.grant_types,
        "callbackURLs": seed.callback_urls,
        "accessToken": {"type": seed.access_token_type},
    }
    made = new_application(seed.name)
    made.shared = seed.shared
    made.template_id = seed.template_id
    made.oidc = new_client(tenant, OidcBody.model_validate(settings))
    by_identifier = {api.identifier: api for api in tenant.apis.values()}
    for authorized in seed.authorized_apis:
        api = by_identifier.get(authorized.identifier)
        if api is None:
            raise ValueError(
                f"the application {seed.name} is authorized for the API {authorized.identifier}, which is not among "
                "the apis of its organisation"
            )
        scopes = [scope.id for scope in api.scopes if scope.name in authorized.scopes]
        made.authorized[api.id] = AuthorizedApi(policy=authorized.policy.upper(), scopes=scopes)
    return made


def _api(tenant: Tenant, seed: ApiSeed) -> ApiResource:
    return ApiResource(
        number=tenant.next_number(),
        name=seed.name,
        identifier=seed.identifier,
        description=seed.description,
        requires_authorization=seed.requires_authorization,
        scopes=[
            Scope(name=scope.name, display_name=scope.display_name or scope.name, description=scope.description)
            for scope in seed.scopes
        ],
    )
