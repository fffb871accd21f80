"""Objects under known ids, put back before every generated request, so that it meets something that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asgardeo_bijira_sandbox.asgardeo.applications.lookup import new_application
from asgardeo_bijira_sandbox.asgardeo.applications.oidc_bodies import OidcBody
from asgardeo_bijira_sandbox.asgardeo.applications.oidc_settings import checked_settings
from asgardeo_bijira_sandbox.asgardeo.claims.models import ClaimChanges
from asgardeo_bijira_sandbox.asgardeo.identity_providers.models import FederatedAuthenticator, IdentityProvider
from asgardeo_bijira_sandbox.asgardeo.models import ApiResource, AuthorizedApi, Group, Oidc, Role, Scope, User, now
from asgardeo_bijira_sandbox.asgardeo.organizations.models import Organization
from asgardeo_bijira_sandbox.bijira.models import Application, KeyMapping, PublishedApi, Subscription

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Store

__all__ = ("ABSENT", "STANDING", "put_back")

_API, _APPLICATION = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
_MAPPING, _SUBSCRIPTION = "33333333-3333-4333-8333-333333333333", "44444444-4444-4444-8444-444444444444"
_SCOPE, _OF_SCIM = "55555555-5555-4555-8555-555555555555", "66666666-6666-4666-8666-666666666666"

_OIDC, _OIDC_ID = "OpenIDConnectAuthenticator", "T3BlbklEQ29ubmVjdEF1dGhlbnRpY2F0b3I"

#: What the parameters of paths are filled with.
STANDING = {
    "apiId": _API,
    "apiResourceId": _API,
    "claim-id": "dXJuOnM",
    "dialect-id": "dXJuOnM",
    "applicationId": _APPLICATION,
    "authenticator-id": "QmFzaWNBdXRoZW50aWNhdG9y",
    "federated-authenticator-id": _OIDC_ID,
    "id": _OF_SCIM,
    "identity-provider-id": _OF_SCIM,
    "keyMappingId": _MAPPING,
    "keyType": "PRODUCTION",
    "organization-id": _OF_SCIM,
    "shared-organization-id": _OF_SCIM,
    "template-id": _OF_SCIM,
    "policyId": "Gold",
    "policyLevel": "subscription",
    "scopeId": _SCOPE,
    "scopeName": "standing:read",
    "subscriptionId": _SUBSCRIPTION,
}
#: What is filled in where nothing stands, or nothing shall be met.
ABSENT = "00000000-0000-4000-8000-000000000000"


def put_back(store: Store) -> None:
    """Make the objects again, as they were, and nothing else besides."""
    tenant = store.asgardeo["sandbox"]
    scopes = [Scope(id=_SCOPE, name="standing:read", display_name="standing:read")]
    tenant.apis = {_API: ApiResource(id=_API, number=10_000, name="s", identifier="urn:s", scopes=scopes)}
    settings = checked_settings(OidcBody(grantTypes=["client_credentials"]))
    oidc = Oidc(client_id="standing", client_secret=_SCOPE, settings=settings)
    authorized = {_API: AuthorizedApi(policy="RBAC", scopes=[_SCOPE])}
    tenant.applications = {
        _APPLICATION: new_application("s").model_copy(
            update={"id": _APPLICATION, "oidc": oidc, "authorized": authorized, "shared_with": {_OF_SCIM: _API}}
        )
    }
    tenant.users = {_OF_SCIM: User(id=_OF_SCIM, username="standing", password=_OF_SCIM)}
    signing_in = [FederatedAuthenticator(name=_OIDC, enabled=True, properties={"ClientId": "s"})]
    tenant.identity_providers = {_OF_SCIM: IdentityProvider(id=_OF_SCIM, name="s", authenticators=signing_in)}
    kept = {"number": 1, "handle": "s", "parent": tenant.id, "created": now(), "modified": now()}
    tenant.organizations = {_OF_SCIM: Organization(id=_OF_SCIM, name="s", **kept)}
    local = {"displayName": "s", "description": "", "attributeMapping": [], "properties": []}
    named = {"urn:s": {"mappedLocalClaimURI": "urn:s", "properties": []}}
    tenant.claims = ClaimChanges(local={"urn:s": local}, dialects={"urn:s": named})
    tenant.application_templates = {_OF_SCIM: {"name": "s", "application": {"name": "s"}}}
    tenant.groups = {_OF_SCIM: Group(id=_OF_SCIM, name="standing", members=[_OF_SCIM])}
    held = {"permissions": [_SCOPE], "users": [_OF_SCIM], "groups": [_OF_SCIM]}
    role = Role(id=_OF_SCIM, name="s", audience_type="organization", audience=tenant.id, **held)
    tenant.roles = {_OF_SCIM: role}
    organization = next(iter(store.bijira.values()))
    manager = organization.key_manager("Asgardeo")
    assert manager
    mapping = KeyMapping(id=_MAPPING, client_id="standing", key_manager=manager.id, key_type="PRODUCTION")
    owned: dict[str, Any] = {"owner": "sandbox-management", "throttling_policy": "Unlimited"}
    organization.apis[_API] = PublishedApi(id=_API, name="Standing API", version="1.0.0", context="/standing/1.0.0")
    organization.applications = {
        _APPLICATION: Application(id=_APPLICATION, name="s", mappings={_MAPPING: mapping}, **owned)
    }
    organization.subscriptions = {
        _SUBSCRIPTION: Subscription(id=_SUBSCRIPTION, application_id=_APPLICATION, api_id=_API, plan="Gold")
    }
