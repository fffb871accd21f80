"""Every endpoint of an organisation. A path with a fixed name stands before one that takes any name in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..web import routes as web
from .api_resources import authorization_details as details
from .api_resources import collections, scopes
from .api_resources import handlers as api_resources
from .applications import authorized_apis, inbound_protocols, listing, login_flows, metadata, oidc, sharing, templates
from .applications import handlers as applications
from .applications.transfer import handlers as transfer
from .claims import handlers as claims
from .claims import scopes as oidc_scopes
from .directory import bulk, discovery, groups, users
from .elsewhere import Elsewhere
from .identity_providers import authenticators, meta, parts
from .identity_providers import handlers as identity_providers
from .oauth import handlers as oauth
from .oauth import login
from .oauth.authorization import authorize
from .oauth.authorization_requests import push
from .organizations import handlers as organizations
from .registration import handlers as registration
from .request import DCR, SCIM, TENANT, OAuthRoute, ScimRoute
from .request import ManagementRoute as Route
from .roles import handlers as roles
from .roles import newer as newer_roles
from .system import SIGN_IN_SCOPE

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

__all__ = ("routes",)


def _scopes(stem: str) -> list[tuple[str]]:
    """The scopes to create, view, update and delete."""
    return [(f"{stem}_{verb}",) for verb in ("create", "view", "update", "delete")]


_OAUTH = (
    OAuthRoute("POST", "/oauth2/token", oauth.token),
    OAuthRoute("GET", "/oauth2/token/.well-known/openid-configuration", oauth.discovery),
    OAuthRoute("GET", "/oauth2/jwks", oauth.jwks),
    OAuthRoute("POST", "/oauth2/introspect", oauth.introspect),
    OAuthRoute("POST", "/oauth2/revoke", oauth.revoke),
    OAuthRoute("GET|POST", "/oauth2/authorize", authorize),
    OAuthRoute("POST", "/oauth2/par", push),
    OAuthRoute("GET|POST", "/oauth2/userinfo", oauth.userinfo),
    OAuthRoute("GET", "/authenticationendpoint/login.do", login.login),
    OAuthRoute("GET", "/authenticationendpoint/oauth2_authz.do", login.consent),
    OAuthRoute("GET", "/authenticationendpoint/oauth2_consent.do", login.consent),
    OAuthRoute("GET", "/authenticationendpoint/oauth2_error.do", login.failure),
    OAuthRoute("GET", "/authenticationendpoint/retry.do", login.retry),
    OAuthRoute("POST", "/commonauth", login.common_auth),
)

_CREATE, _VIEW, _UPDATE, _DELETE = _scopes("internal_api_resource")
_API = "/api-resources/{id}"
_TYPES, _TYPE = f"{_API}/authorization-details-types", f"{_API}/authorization-details-types/{{type}}"
_SCOPE, _SCOPE_BY_ID = f"{_API}/scopes/{{name}}", f"{_API}/scopes/id/{{scope}}"
#: APIs can be read, but not changed, by the path of an organisation below the tenant.
_API_RESOURCES = (
    Route("GET", "/api-resources", api_resources.listed, _VIEW),
    Route("POST", "/api-resources", api_resources.create, _CREATE),
    Route("GET", _API, api_resources.read, _VIEW),
    Route("PATCH", _API, api_resources.update, _UPDATE, TENANT),
    Route("DELETE", _API, api_resources.delete, _DELETE, TENANT),
    Route("GET", f"{_API}/scopes", scopes.listed, _VIEW),
    Route("PUT", f"{_API}/scopes", scopes.replace, _UPDATE, TENANT),
    Route("PATCH", _SCOPE_BY_ID, scopes.update_by_id, _UPDATE, TENANT),
    Route("DELETE", _SCOPE_BY_ID, scopes.delete_by_id, _DELETE, TENANT),
    Route("PATCH", _SCOPE, scopes.update, _UPDATE, TENANT),
    Route("DELETE", _SCOPE, scopes.delete, _DELETE, TENANT),
    Route("GET", "/scopes", scopes.every, _VIEW),
    Route("GET", "/meta/api-resource-collections", collections.listed, _VIEW),
    Route("GET", "/meta/api-resource-collections/{id}", collections.read, _VIEW),
    Route("GET", _TYPES, details.listed, _VIEW),
    Route("PUT", _TYPES, details.add, _UPDATE, TENANT),
    Route("GET", _TYPE, details.read, _VIEW),
    Route("PATCH", _TYPE, details.update, _UPDATE, TENANT),
    Route("DELETE", _TYPE, details.delete, _DELETE, TENANT),
    Route("GET", "/authorization-details-types", details.every, _VIEW),
    Route("HEAD", "/authorization-details-types", details.exists, _VIEW, produces=()),
)

_CREATE, _VIEW, _UPDATE, _DELETE = _scopes("internal_application_mgt")
_META, _FLOW = "/applications/meta", "/applications/loginflow"
_TEMPLATES, _TEMPLATE = "/applications/templates", "/applications/templates/{template}"
#: What may be written into an application, and the one that stands for the organisation.
_METADATA = (
    Route("GET", f"{_META}/inbound-protocols", metadata.protocols, _VIEW),
    Route("GET", f"{_META}/inbound-protocols/saml", metadata.saml, _VIEW),
    Route("GET", f"{_META}/inbound-protocols/oidc", metadata.oidc, _VIEW),
    Route("GET", f"{_META}/inbound-protocols/ws-trust", metadata.ws_trust, _VIEW),
    Route("GET", f"{_META}/inbound-protocols/{{protocol}}", metadata.custom, _VIEW),
    Route("GET", f"{_META}/adaptive-auth-templates", metadata.adaptive_templates, _VIEW),
    Route("GET", f"{_META}/groups", metadata.groups, _VIEW),
    Route("GET", "/applications/resident", applications.resident, _VIEW),
    Route("PUT", "/applications/resident", applications.update_resident, _UPDATE),
    Route("POST", f"{_FLOW}/generate", login_flows.generate, _UPDATE),
    Route("GET", f"{_FLOW}/status/{{operation}}", login_flows.status, _UPDATE),
    Route("GET", f"{_FLOW}/result/{{operation}}", login_flows.result, _UPDATE),
    Route("GET", _TEMPLATES, templates.listed, _VIEW),
    Route("POST", _TEMPLATES, templates.create, _CREATE),
    Route("GET", _TEMPLATE, templates.read, _VIEW),
    Route("PUT", _TEMPLATE, templates.update, _UPDATE),
    Route("DELETE", _TEMPLATE, templates.delete, _DELETE),
)

_FILES = ("multipart/form-data",)
_APPLICATION = "/applications/{id}"
_AUTHORIZED = f"{_APPLICATION}/authorized-apis"
_APPLICATIONS = (
    Route("GET", "/applications", listing.listed, _VIEW),
    Route("POST", "/applications", applications.create, _CREATE),
    Route("GET", _APPLICATION, applications.read, _VIEW),
    Route("PATCH", _APPLICATION, applications.update, _UPDATE),
    Route("DELETE", _APPLICATION, applications.delete, _DELETE),
    Route("GET", _AUTHORIZED, authorized_apis.listed, _VIEW),
    Route("POST", _AUTHORIZED, authorized_apis.add, _UPDATE),
    Route("PATCH", f"{_AUTHORIZED}/{{apiId}}", authorized_apis.update, _UPDATE),
    Route("DELETE", f"{_AUTHORIZED}/{{apiId}}", authorized_apis.remove, _UPDATE),
    Route("GET", f"{_APPLICATION}/authenticators", applications.authenticators, _VIEW),
    Route("GET", f"{_APPLICATION}/export", transfer.export, _VIEW, produces=transfer.AS_XML),
    Route("GET", f"{_APPLICATION}/exportFile", transfer.export_file, _VIEW, produces=transfer.AS_FILE),
    Route("POST", "/applications/import", transfer.create, _CREATE, accepts=_FILES),
    Route("PUT", "/applications/import", transfer.update, _UPDATE, accepts=_FILES),
    Route("PUT", f"{_APPLICATION}/owner", applications.update_owner, ("internal_organization_admin",)),
    Route("PUT", f"{_APPLICATION}/authenticationSequence/script", applications.update_script, _UPDATE),
)

_SHARE, _SEE, _UNSHARE = ((f"internal_shared_application_{verb}",) for verb in ("create", "view", "delete"))
#: The first ones stand before an application whose id they might be.
_SHARING = (
    Route("POST", "/applications/share", sharing.share_with_some, _SHARE),
    Route("PATCH", "/applications/share", sharing.update, _SHARE),
    Route("POST", "/applications/share-with-all", sharing.share_with_all, _SHARE),
    Route("POST", "/applications/unshare", sharing.unshare_from_some, _UNSHARE),
    Route("POST", "/applications/unshare-with-all", sharing.unshare_from_all, _UNSHARE),
    Route("POST", f"{_APPLICATION}/share", sharing.share, _SHARE),
    Route("GET", f"{_APPLICATION}/share", sharing.organizations, _SEE),
    Route("DELETE", f"{_APPLICATION}/share/{{organization}}", sharing.unshare, _UNSHARE),
    Route("GET", f"{_APPLICATION}/shared-apps", sharing.applications, _SEE),
    Route("DELETE", f"{_APPLICATION}/shared-apps", sharing.unshare_all, _UNSHARE),
)

_INBOUND = f"{_APPLICATION}/inbound-protocols"
_OIDC, _OTHER = f"{_INBOUND}/oidc", f"{_INBOUND}/{{protocol}}"
_NEW_SECRET = ("internal_application_mgt_client_secret_create",)
_PROTOCOLS = (
    Route("GET", f"{_INBOUND}/", inbound_protocols.listed, _VIEW),
    Route("GET", _OIDC, oidc.read, _VIEW),
    Route("PUT", _OIDC, oidc.update, _UPDATE),
    Route("DELETE", _OIDC, oidc.delete, _DELETE),
    Route("POST", f"{_OIDC}/regenerate-secret", oidc.regenerate, _NEW_SECRET),
    Route("POST", f"{_OIDC}/revoke", oidc.revoke, _CREATE),
    Route("GET", _OTHER, inbound_protocols.read, _VIEW),
    Route("PUT", _OTHER, inbound_protocols.update, _UPDATE),
    Route("DELETE", _OTHER, inbound_protocols.delete, _DELETE),
)

_CREATE, _VIEW, _UPDATE, _DELETE = _scopes("internal_organization")
_ORGANIZATION = "/organizations/{id}"
_ORGANIZATIONS = (
    Route("GET", "/organizations/self", organizations.own, _VIEW),
    Route("GET", "/organizations", organizations.listed, _VIEW),
    Route("POST", "/organizations", organizations.create, _CREATE),
    Route("POST", "/organizations/check-name", organizations.check_name, _VIEW),
    Route("POST", "/organizations/check-handle", organizations.check_handle, _VIEW),
    Route("GET", _ORGANIZATION, organizations.read, _VIEW),
    Route("PUT", _ORGANIZATION, organizations.replace, _UPDATE),
    Route("PATCH", _ORGANIZATION, organizations.update, _UPDATE),
    Route("DELETE", _ORGANIZATION, organizations.delete, _DELETE),
)

_CREATE, _VIEW, _UPDATE, _DELETE = _scopes("internal_idp")
_SIGNING_IN = ("internal_authenticator_view",)
_IDPS, _IDP = "/identity-providers", "/identity-providers/{id}"
_FEDERATED = f"{_IDP}/federated-authenticators"
_META_FEDERATED, _META_CONNECTORS = (
    f"{_IDPS}/meta/{of}" for of in ("federated-authenticators", "outbound-provisioning-connectors")
)
_IDENTITY_PROVIDERS = (
    Route("GET", "/authenticators", authenticators.listed, _SIGNING_IN),
    Route("GET", "/authenticators/meta/tags", authenticators.tags, _SIGNING_IN),
    Route("GET", "/authenticators/{id}/connected-apps", authenticators.connected, _SIGNING_IN),
    Route("GET", _IDPS, identity_providers.listed, _VIEW),
    Route("POST", _IDPS, identity_providers.create, _CREATE),
    Route("GET", _META_FEDERATED, meta.authenticators, _VIEW),
    Route("GET", f"{_META_FEDERATED}/{{authenticator}}", meta.authenticator, _VIEW),
    Route("GET", _META_CONNECTORS, meta.connectors, _VIEW),
    Route("GET", f"{_META_CONNECTORS}/{{connector}}", meta.connector, _VIEW),
    Route("GET", f"{_IDPS}/templates", identity_providers.templates, _VIEW),
    Route("GET", _IDP, identity_providers.read, _VIEW),
    Route("PATCH", _IDP, identity_providers.update, _UPDATE),
    Route("DELETE", _IDP, identity_providers.delete, _DELETE),
    Route("GET", f"{_IDP}/connected-apps", identity_providers.connected, _VIEW),
    Route("GET", _FEDERATED, parts.reading("authenticators"), _VIEW),
    Route("PUT", _FEDERATED, parts.update_authenticators, _UPDATE),
    Route("GET", f"{_FEDERATED}/{{authenticator}}", parts.authenticator, _VIEW),
    Route("PUT", f"{_FEDERATED}/{{authenticator}}", parts.update_authenticator, _UPDATE),
    Route("GET", f"{_IDP}/claims", parts.reading("claims"), _VIEW),
    Route("PUT", f"{_IDP}/claims", parts.writing("claims"), _UPDATE),
    Route("GET", f"{_IDP}/roles", parts.reading("roles"), _VIEW),
    Route("PUT", f"{_IDP}/roles", parts.writing("roles"), _UPDATE),
    Route("GET", f"{_IDP}/groups", parts.reading("groups"), _VIEW),
    Route("PUT", f"{_IDP}/groups", parts.update_groups, _UPDATE),
    Route("GET", f"{_IDP}/provisioning", parts.reading("provisioning"), _VIEW),
    Route("GET", f"{_IDP}/provisioning/jit", parts.reading("jit"), _VIEW),
    Route("PUT", f"{_IDP}/provisioning/jit", parts.writing("jit"), _UPDATE),
    Route("GET", f"{_IDP}/provisioning/outbound-connectors", parts.reading("connectors"), _VIEW),
    Route("GET", f"{_IDP}/implicit-association", parts.reading("association"), _VIEW),
    Route("PUT", f"{_IDP}/implicit-association", parts.writing("association"), _UPDATE),
)

_CREATE, _VIEW, _UPDATE, _DELETE = _scopes("internal_oidc_scope_mgt")
_OIDC_SCOPES = (
    Route("GET", "/oidc/scopes", oidc_scopes.listed, _VIEW),
    Route("POST", "/oidc/scopes", oidc_scopes.create, _CREATE),
    Route("GET", "/oidc/scopes/{id}", oidc_scopes.read, _VIEW),
    Route("PUT", "/oidc/scopes/{id}", oidc_scopes.update, _UPDATE),
    Route("DELETE", "/oidc/scopes/{id}", oidc_scopes.delete, _DELETE),
)

_CREATE, _VIEW, _UPDATE, _DELETE = _scopes("internal_claim_meta")
_DIALECT = "/claim-dialects/{id}"
_LOCAL_CLAIMS, _CLAIMS_OF = "/claim-dialects/local/claims", f"{_DIALECT}/claims"
_CLAIMS = (
    Route("GET", "/claim-dialects", claims.listed, _VIEW),
    Route("POST", "/claim-dialects", claims.create, _CREATE),
    Route("GET", _LOCAL_CLAIMS, claims.local, _VIEW),
    Route("POST", _LOCAL_CLAIMS, claims.create_local, _CREATE),
    Route("GET", f"{_LOCAL_CLAIMS}/{{claim}}", claims.read_local, _VIEW),
    Route("PUT", f"{_LOCAL_CLAIMS}/{{claim}}", claims.update_local, _UPDATE),
    Route("DELETE", f"{_LOCAL_CLAIMS}/{{claim}}", claims.delete_local, _DELETE),
    Route("GET", _DIALECT, claims.read, _VIEW),
    Route("PUT", _DIALECT, claims.rename, _UPDATE),
    Route("DELETE", _DIALECT, claims.delete, _DELETE),
    Route("GET", _CLAIMS_OF, claims.claims, _VIEW),
    Route("POST", _CLAIMS_OF, claims.create_claim, _CREATE),
    Route("GET", f"{_CLAIMS_OF}/{{claim}}", claims.claim, _VIEW),
    Route("PUT", f"{_CLAIMS_OF}/{{claim}}", claims.update_claim, _UPDATE),
    Route("DELETE", f"{_CLAIMS_OF}/{{claim}}", claims.delete_claim, _DELETE),
)

_CREATE, _VIEW, _UPDATE, _DELETE = _scopes("internal_dcr")
_REGISTRATION = (
    Route("GET", "/register", registration.by_name, _VIEW, DCR),
    Route("POST", "/register", registration.create, _CREATE, DCR),
    Route("GET", "/register/{client}", registration.read, _VIEW, DCR),
    Route("PUT", "/register/{client}", registration.update, _UPDATE, DCR),
    Route("DELETE", "/register/{client}", registration.delete, _DELETE, DCR),
)

_CREATE, _VIEW, _UPDATE, _DELETE = _scopes("internal_role_mgt")
_ROLE = "/v2/Roles/{id}"
_ROLES = (
    ScimRoute("GET", "/v2/Roles", roles.list_by_query, _VIEW),
    ScimRoute("POST", "/v2/Roles", roles.create, _CREATE),
    ScimRoute("POST", "/v2/Roles/.search", roles.list_by_body, _VIEW),
    ScimRoute("GET", _ROLE, roles.read_one, _VIEW),
    ScimRoute("PUT", _ROLE, roles.replace, _UPDATE),
    ScimRoute("PATCH", _ROLE, roles.update, _UPDATE),
    ScimRoute("DELETE", _ROLE, roles.delete, _DELETE),
)
_NEWER_ROLE = "/v3/Roles/{id}"
_META_CREATE, _META_UPDATE = ((f"internal_role_mgt_meta_{verb}",) for verb in ("create", "update"))
_USERS_UPDATE, _GROUPS_UPDATE = ((f"internal_role_mgt_{part}_update",) for part in ("users", "groups"))
_NEWER_ROLES = (
    ScimRoute("GET", "/v3/Roles", roles.list_by_query, _VIEW),
    ScimRoute("POST", "/v3/Roles", newer_roles.create, _META_CREATE),
    ScimRoute("POST", "/v3/Roles/.search", roles.list_by_body, _VIEW),
    ScimRoute("GET", _NEWER_ROLE, roles.read_one, _VIEW),
    ScimRoute("PUT", _NEWER_ROLE, newer_roles.replace, _META_UPDATE),
    ScimRoute("PATCH", _NEWER_ROLE, newer_roles.update, _META_UPDATE),
    ScimRoute("DELETE", _NEWER_ROLE, roles.delete, _DELETE),
    ScimRoute("PUT", f"{_NEWER_ROLE}/Users", newer_roles.replacing("users"), _USERS_UPDATE),
    ScimRoute("PATCH", f"{_NEWER_ROLE}/Users", newer_roles.updating("users"), _USERS_UPDATE),
    ScimRoute("PUT", f"{_NEWER_ROLE}/Groups", newer_roles.replacing("groups"), _GROUPS_UPDATE),
    ScimRoute("PATCH", f"{_NEWER_ROLE}/Groups", newer_roles.updating("groups"), _GROUPS_UPDATE),
)

_CREATE, _VIEW, _UPDATE, _DELETE = _scopes("internal_user_mgt")
_LIST, _SIGNED_IN = ("internal_user_mgt_list",), (SIGN_IN_SCOPE,)
_USER, _GROUP = "/Users/{id}", "/Groups/{id}"
_USERS = (
    ScimRoute("GET", "/Users", users.list_by_query, _LIST),
    ScimRoute("POST", "/Users", users.create, _CREATE),
    ScimRoute("POST", "/Users/.search", users.list_by_body, _LIST),
    ScimRoute("GET", _USER, users.read_one, _VIEW),
    ScimRoute("PUT", _USER, users.replace, _UPDATE),
    ScimRoute("PATCH", _USER, users.update, _UPDATE),
    ScimRoute("DELETE", _USER, users.delete, _DELETE),
    ScimRoute("GET", "/Me", users.read_mine, _SIGNED_IN),
    ScimRoute("PUT", "/Me", users.replace_mine, _SIGNED_IN),
    ScimRoute("PATCH", "/Me", users.update_mine, _SIGNED_IN),
    ScimRoute("POST", "/Bulk", bulk.process, ("internal_bulk_resource_create",)),
)

_CREATE, _VIEW, _UPDATE, _DELETE = _scopes("internal_group_mgt")
_GROUPS = (
    ScimRoute("GET", "/Groups", groups.list_by_query, _VIEW),
    ScimRoute("POST", "/Groups", groups.create, _CREATE),
    ScimRoute("POST", "/Groups/.search", groups.list_by_body, _VIEW),
    ScimRoute("GET", _GROUP, groups.read_one, _VIEW),
    ScimRoute("PUT", _GROUP, groups.replace, _UPDATE),
    ScimRoute("PATCH", _GROUP, groups.update, _UPDATE),
    ScimRoute("DELETE", _GROUP, groups.delete, _DELETE),
)

#: What SCIM tells of itself, to anybody or to whoever has a token.
_DISCOVERY = (
    OAuthRoute("GET", "/ServiceProviderConfig", discovery.config, bases=SCIM),
    OAuthRoute("GET", "/ResourceTypes", discovery.resource_types, bases=SCIM),
    ScimRoute("GET|HEAD", "/Schemas", discovery.schemas),
    ScimRoute("GET|HEAD", "/Schemas/{id}", discovery.schema),
)


def routes() -> list[BaseRoute]:
    """Every endpoint; the last one answers for what an organisation does not have."""
    tables = (_OAUTH, _API_RESOURCES, _METADATA, _SHARING, _APPLICATIONS, _PROTOCOLS, _ORGANIZATIONS, _CLAIMS)
    served = web.mounted(
        *tables, _OIDC_SCOPES, _REGISTRATION, _ROLES, _NEWER_ROLES, _IDENTITY_PROVIDERS, _USERS, _GROUPS, _DISCOVERY
    )
    return [*served, *web.mounted([web.Route("*", "/t/{rest:path}", Elsewhere(served).answer)])]
