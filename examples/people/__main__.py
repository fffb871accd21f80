"""The guide for people: the members of a group open the API, signed in by a browser or with a password."""

import pulumi
import pulumi_asgardeo_bijira as wso2

api = wso2.AsgardeoApi(
    "orders",
    identifier="https://api.example.com/orders",
    scopes=[
        wso2.ApiScopeArgs(name="orders:read", display_name="Read orders"),
        wso2.ApiScopeArgs(name="orders:write", display_name="Place orders"),
    ],
)

application = wso2.AsgardeoApplication(
    "orders-web",
    application_type="web",
    grant_types=["authorization_code", "refresh_token", "password"],
    callback_urls=["https://app.example.com/callback"],
    allowed_audience="APPLICATION",
    authorized_apis=[wso2.AuthorizedApiArgs(api_id=api.id, scopes=["orders:read", "orders:write"])],
)

wso2.AsgardeoRole(
    "orders-reader",
    application_id=application.id,
    permissions=["orders:read"],
    groups=[wso2.get_group(name="staff").id],
)

wso2.BijiraApplicationClient(
    "orders-web",
    client_id=application.client_id,
    subscriptions=[wso2.SubscriptionArgs(api_name="Orders API", api_version="1.0.0")],
)

pulumi.export("tokenEndpoint", application.token_endpoint)
pulumi.export("clientId", application.client_id)
pulumi.export("clientSecret", application.client_secret)
pulumi.export("scope", "orders:read orders:write")
pulumi.export("apiUrl", "https://gateway.example.com/orders/1.0.0/orders")
