"""Every class that this version has, on each back end, as a stack of it was brought up."""

import pulumi
import pulumi_asgardeo_bijira as wso2

EMAIL, USERNAME = "http://wso2.org/claims/emailaddress", "http://wso2.org/claims/username"
PAYMENT = {"type": "payment", "name": "Payment", "description": "A payment.", "json_schema": '{"type": "object"}'}

api = wso2.AsgardeoApi(
    "api",
    identifier="https://api.example.com/orders",
    name="Orders",
    description="Orders of customers.",
    scopes=[{"name": "orders:read", "description": "Read them."}, {"name": "orders:write", "display_name": "Write"}],
    authorization_details_types=[PAYMENT],
)
wso2.AsgardeoApi("open-api", identifier="urn:open", requires_authorization=False)
service = wso2.AsgardeoApplication(
    "service",
    description="Places orders.",
    access_token={"application_access_token_expiry_in_seconds": 900, "enable_jwt_scope_as_array": False},
    client_authentication={"token_endpoint_auth_method": "client_secret_basic"},
    authorized_apis=[{"api_id": api.id, "scopes": ["orders:read", "orders:write"]}],
    secret_rotation="2026-01",
)
web = wso2.AsgardeoApplication(
    "web",
    application_type="web",
    access_url="https://app.example.com",
    image_url="https://app.example.com/logo.png",
    logout_return_url="https://app.example.com/bye",
    callback_urls=["https://app.example.com/callback", "https://app.example.com/other"],
    allowed_origins=["https://app.example.com"],
    allowed_audience="APPLICATION",
    pkce={"mandatory": True, "support_plain_transform_algorithm": False},
    refresh_token={"expiry_in_seconds": 3600, "renew_refresh_token": True},
    id_token={"expiry_in_seconds": 600, "audience": ["https://api.example.com"]},
    logout={"back_channel_logout_url": "https://app.example.com/logout"},
    hybrid_flow={"enable": True, "response_type": ["code id_token"]},
    subject={"subject_type": "public"},
    claims={"requested_claims": [{"claim": EMAIL, "mandatory": True}], "subject": {"claim": USERNAME}},
    advanced={"skip_login_consent": True, "skip_logout_consent": True},
    authorized_apis=[{"api_id": api.id, "policy": "RBAC", "scopes": ["orders:read"]}],
)
wso2.AsgardeoApplication(
    "browser", application_type="spa", callback_urls=["https://spa.example.com"], authorized_apis=[]
)
batch = wso2.AsgardeoApplication(
    "batch",
    application_type="standard",
    grant_types=["client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
    client_authentication={"token_endpoint_auth_method": "private_key_jwt"},
    certificate={"type": "JWKS", "value": "https://batch.example.com/jwks"},
    enabled=False,
)
wso2.AsgardeoRole(
    "reader", application_id=web.id, permissions=["orders:read"], groups=[wso2.get_group(name="staff").id]
)
wso2.AsgardeoRole(
    "operator",
    pulumi.ResourceOptions(depends_on=api),
    permissions=["orders:write"],
    users=[wso2.get_user(username="sandbox-guest").id],
)
wso2.BijiraApplicationClient(
    "service",
    client_id=service.client_id,
    application_name="Order service",
    key_manager="Asgardeo",
    description="Places orders.",
    subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0", "plan": "Gold"}],
)
shared = wso2.BijiraApplicationClient("web", client_id=web.client_id, key_manager="Asgardeo", subscriptions=[])
wso2.BijiraApplicationClient(
    "attached",
    client_id=batch.client_id,
    application_id=shared.application_id,
    key_manager="Asgardeo",
    key_type="SANDBOX",
)
wso2.SecuredApi(
    "invoices",
    identifier="https://api.example.com/invoices",
    scopes=[{"name": "invoices:read"}],
    application_type="web",
    callback_urls=["https://invoices.example.com/callback"],
    key_manager="Asgardeo",
    subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0", "plan": "Bronze"}],
    roles=[{"name": "reader", "permissions": ["invoices:read"]}],
)

hosted = wso2.Provider("hosted", bijira={"base_url": "https://am.example.com:9443/api/am/devportal/v3"})
on_hosted = pulumi.ResourceOptions(provider=hosted)
manager = wso2.BijiraKeyManager(
    "hosted",
    on_hosted,
    name="acme",
    description="Tokens of acme.",
    organization="acme",
    connector=[{"name": "mgmt_client_id", "value": "x"}, {"name": "mgmt_client_secret", "value": "sandbox-dummy"}],
    available_grant_types=["client_credentials"],
)
wso2.BijiraApplicationClient(
    "hosted", on_hosted, client_id=service.client_id, application_name="Hosted", key_manager=manager.id
)

portal = wso2.Provider("portal", bijira={"backend": "api-portal", "client_secret": "sandbox-dummy"})
on_portal = pulumi.ResourceOptions(provider=portal)
wso2.BijiraKeyManager("portal", on_portal, name="on-portal", organization="acme", enabled=True)
wso2.BijiraApplicationClient(
    "portal", on_portal, client_id=service.client_id, application_name="Portal", key_manager="Asgardeo"
)

pulumi.export("clientId", service.client_id)
pulumi.export("clientSecret", service.client_secret)
