"""The management application of every organisation, and the scopes that it may have."""

from __future__ import annotations

__all__ = ("MANAGEMENT_CLIENT", "MANAGEMENT_SCOPES", "MANAGEMENT_SECRET")

MANAGEMENT_CLIENT = "sandbox-management"
MANAGEMENT_SECRET = "sandbox-secret"  # noqa: S105 - published, and worth nothing outside of a sandbox

MANAGEMENT_SCOPES = (
    *(f"internal_api_resource_{verb}" for verb in ("create", "view", "update", "delete")),
    *(f"internal_application_mgt_{verb}" for verb in ("create", "view", "update", "delete")),
    "internal_application_mgt_client_secret_create",
    "internal_application_mgt_client_secret_view",
    "internal_application_business_api_update",
    "internal_application_internal_api_update",
    "internal_application_script_update",
    *(f"internal_role_mgt_{verb}" for verb in ("create", "view", "update", "delete")),
    *(f"internal_role_mgt_meta_{verb}" for verb in ("create", "update")),
    *(f"internal_role_mgt_{part}_update" for part in ("permissions", "users", "groups")),
    *(f"internal_user_mgt_{verb}" for verb in ("create", "list", "view", "update", "delete")),
    *(f"internal_group_mgt_{verb}" for verb in ("create", "view", "update", "delete")),
    "internal_bulk_resource_create",
    *(f"internal_dcr_{verb}" for verb in ("create", "view", "update", "delete")),
    "internal_organization_admin",
    *(f"internal_organization_{verb}" for verb in ("create", "view", "update", "delete")),
    *(f"internal_shared_application_{verb}" for verb in ("create", "view", "delete")),
    *(f"internal_idp_{verb}" for verb in ("create", "view", "update", "delete")),
    "internal_authenticator_view",
    *(f"internal_oidc_scope_mgt_{verb}" for verb in ("create", "view", "update", "delete")),
    *(f"internal_claim_meta_{verb}" for verb in ("create", "view", "update", "delete")),
    *(f"internal_org_application_mgt_{verb}" for verb in ("create", "view", "update", "delete")),
    "internal_org_application_mgt_client_secret_create",
    "internal_org_application_mgt_client_secret_view",
    "internal_org_application_business_api_update",
    "internal_org_application_internal_api_update",
    "internal_org_application_script_update",
    "internal_org_api_resource_view",
)
