"""A single-page application: it signs people in with PKCE and holds no secret."""

import pulumi
import pulumi_asgardeo_bijira as wso2

orders = wso2.AsgardeoApi(
    "orders",
    identifier="https://api.example.com/orders",
    scopes=[wso2.ApiScopeArgs(name="orders:read", display_name="Read orders")],
)

shop = wso2.AsgardeoApplication(
    "shop",
    application_type="spa",
    callback_urls=["https://shop.example.com/callback", "http://localhost:5173/callback"],
    allowed_origins=["https://shop.example.com", "http://localhost:5173"],
    logout_return_url="https://shop.example.com",
    pkce=wso2.PkceArgs(mandatory=True, support_plain_transform_algorithm=False),
    refresh_token=wso2.RefreshTokenArgs(expiry_in_seconds=86400, renew_refresh_token=True),
    allowed_audience="APPLICATION",
    authorized_apis=[wso2.AuthorizedApiArgs(api_id=orders.id, scopes=["orders:read"])],
)

wso2.AsgardeoRole(
    "customer",
    application_id=shop.id,
    permissions=["orders:read"],
    groups=[wso2.get_group(name="staff").id],
)

wso2.BijiraApplicationClient(
    "shop",
    client_id=shop.client_id,
    subscriptions=[wso2.SubscriptionArgs(api_name="Orders API", api_version="1.0.0", plan="Gold")],
)

pulumi.export("tokenEndpoint", shop.token_endpoint)
pulumi.export("clientId", shop.client_id)
pulumi.export("scope", "openid orders:read")
pulumi.export("apiUrl", "https://gateway.example.com/orders/1.0.0/orders")
