"""What the platform itself owns in every organisation: its management APIs, its portals and its roles.

They are shown like any other, and nobody may change them. They follow from the organisation's name, so they are no
state.
"""

from __future__ import annotations

import uuid
from functools import cache

from .models import ApiResource, Role, Scope

__all__ = (
    "PORTALS",
    "RESTRICTED_SCOPE_PREFIXES",
    "SIGN_IN_SCOPE",
    "portal_id",
    "system_apis",
    "system_roles",
)

#: What every user may have, whatever the roles.
SIGN_IN_SCOPE = "internal_login"
RESTRICTED_SCOPE_PREFIXES = ("internal", "console:")
PORTALS = ("Console", "My Account")

_ALL = ("create", "view", "update", "delete")

# path below the tenant, name, the stem of its scopes, their verbs
_MANAGEMENT_APIS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "/api/server/v1/applications",
        "Application Management API",
        "application",
        (
            *(f"mgt_{verb}" for verb in (*_ALL, "client_secret_create", "client_secret_view")),
            "business_api_update",
            "internal_api_update",
            "script_update",
        ),
    ),
    ("/api/server/v1/api-resources", "API Resource Management API", "api_resource", _ALL),
    ("/api/server/v1/identity-providers", "Identity Provider Management API", "idp", _ALL),
    ("/api/server/v1/authenticators", "Authenticators API", "authenticator", ("view",)),
    ("/api/server/v1/claim-dialects", "Claim Management API", "claim_meta", _ALL),
    ("/api/server/v1/oidc/scopes", "OIDC Scope Management API", "oidc_scope_mgt", _ALL),
    ("/api/server/v1/email/template-types", "Email Templates API", "email_mgt", _ALL),
    ("/api/server/v1/identity-governance", "Identity Governance API", "governance", ("view", "update")),
    ("/api/server/v1/organizations", "Organization Management API", "organization", _ALL),
    ("/api/server/v1/organization-configs", "Organization Configuration API", "organization_config", _ALL),
    ("/api/server/v1/userstores", "User Store Management API", "userstore", _ALL),
    ("/api/server/v1/keystores", "Key Store Management API", "keystore", _ALL),
    ("/api/server/v1/branding-preference", "Branding Preference API", "branding_preference", ("update",)),
    ("/api/server/v1/notification-senders", "Notification Sender API", "notification_senders", _ALL),
    ("/api/server/v1/secrets", "Secret Management API", "secret_mgt", _ALL),
    ("/api/server/v1/validation-rules", "Input Validation API", "input_validation", ("view", "update")),
    ("/api/server/v1/script-libraries", "Script Libraries API", "functional_lib", _ALL),
    ("/api/server/v1/configs", "Server Configuration API", "config", ("view", "update")),
    ("/api/server/v1/cors/origins", "CORS Configuration API", "cors_origins", ("view", "update")),
    ("/api/server/v1/extensions", "Extension Management API", "extensions", ("view",)),
    ("/api/server/v1/actions", "Action Management API", "action_mgt", _ALL),
    ("/api/server/v1/workflows", "Workflow API", "workflow", _ALL),
    ("/api/server/v1/workflow-instances", "Workflow Instance API", "workflow_instance", ("view", "delete")),
    ("/api/server/v1/approvals", "Approval API", "approval_task", ("view", "update")),
    ("/api/server/v1/guests", "Guest API", "guest_mgt", ("invite_add", "invite_list", "invite_delete")),
    ("/api/server/v1/flow", "Flow Management API", "flow_mgt", ("view", "update")),
    ("/api/server/v1/rules", "Rule Management API", "rule_mgt", ("view",)),
    ("/api/server/v1/webhooks", "Webhook API", "webhook", _ALL),
    ("/api/server/v1/vc/credential-configurations", "Verifiable Credential API", "vc_config", _ALL),
    ("/api/server/v1/admin-advisory", "Admin Advisory API", "admin_advisory", ("view", "update")),
    ("/api/server/v1/remote-fetch", "Remote Fetch API", "remote_fetch", _ALL),
    ("/api/server/v1/tenants", "Tenant Management API", "tenant", ("list",)),
    ("/api/identity/oauth2/dcr/v1.1", "OAuth DCR API", "dcr", _ALL),
    ("/api/identity/oauth2/v1.0/scopes", "OAuth Scope API", "oauth_scope", _ALL),
    ("/api/identity/consent-mgt/v1.0", "Consent Management API", "consent_mgt", _ALL),
    ("/api/identity/recovery/v0.9", "Account Recovery API", "recovery", ("view", "create")),
    ("/api/identity/user/v1.0", "Self Registration API", "identity_mgt", _ALL),
    (
        "/api/identity/config-mgt/v1.0",
        "Configuration Management API",
        "config_mgt",
        ("add", "list", "update", "delete"),
    ),
    ("/api/users/v1/me/sessions", "Session API", "session", ("view", "delete")),
    ("/api/users/v1/me/export", "User Export API", "user_export", ("view",)),
    ("/api/users/v2/me/approval-tasks", "User Approval API", "user_approval", ("view", "update")),
    ("/api/users/v1/offline-invite-link", "Offline User Onboarding API", "offline_invite", ("create",)),
    ("/api/event-configurations/v1", "Event Configuration API", "event_configuration", ("view", "update")),
    ("/api/asgardeo-guest/v1", "Asgardeo Guest API", "asgardeo_guest", ("view", "create")),
    ("/api/onboarding/v1", "Onboarding API", "onboarding", ("view", "update")),
    ("/api/billing/v1", "Billing API", "billing", ("view", "update")),
    ("/api/logs/v1", "Logs API", "logs", ("view",)),
    ("/api/insights/v1", "Insights API", "insights", ("view",)),
    ("/scim2/Users", "SCIM2 Users API", "user_mgt", ("create", "list", "view", "update", "delete")),
    ("/scim2/Groups", "SCIM2 Groups API", "group_mgt", _ALL),
    (
        "/scim2/v2/Roles",
        "SCIM2 Roles V2 API",
        "role_mgt",
        (*_ALL, "permissions_update", "users_update", "groups_update"),
    ),
    ("/scim2/v3/Roles", "SCIM2 Roles V3 API", "role_mgt_meta", ("create", "update")),
    ("/scim2/Bulk", "SCIM2 Bulk API", "bulk_resource", ("create",)),
    ("/scim2/Schemas", "SCIM2 Schemas API", "scim_schema", ("view",)),
    ("/oauth2/introspect", "OAuth Introspection API", "oauth_introspect", ("view",)),
)


@cache
def system_apis(organization: str) -> tuple[ApiResource, ...]:
    """The management APIs of an organisation, each also for the organisations below it."""
    apis: list[ApiResource] = []
    for kind, below, prefix in (("TENANT", "", "internal_"), ("ORGANIZATION", "/o", "internal_org_")):
        for path, name, stem, verbs in _MANAGEMENT_APIS:
            identifier = below + path
            api = ApiResource(
                id=_stable(organization, identifier),
                number=len(apis) + 1,
                name=name,
                identifier=identifier,
                type=kind,
                scopes=[_scope(organization, f"{prefix}{stem}_{verb}") for verb in verbs],
            )
            apis.append(api)
    return tuple(apis)


@cache
def system_roles(organization: str, id: str) -> tuple[Role, ...]:
    """The roles that every organisation has, by its name and its id, and that nobody may change."""
    own = (("organization", id, name) for name in ("admin", "everyone", "system"))
    portal = ("application", portal_id(organization, "Console"), "Administrator")
    return tuple(
        Role.model_validate(
            {
                "id": _stable(organization, f"role {name}"),
                "name": name,
                "audience_type": kind,
                "audience": audience,
                "system": True,
            }
        )
        for kind, audience, name in (*own, portal)
    )


def portal_id(organization: str, name: str) -> str:
    """The id of one of the platform's own applications."""
    return _stable(organization, f"portal {name}")


def _scope(organization: str, name: str) -> Scope:
    return Scope(id=_stable(organization, f"scope {name}"), name=name, display_name=name)


def _stable(organization: str, name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{organization} {name}"))
