"""The whole way in one resource."""

import pulumi
import pulumi_asgardeo_bijira as wso2

orders = wso2.SecuredApi(
    "orders",
    identifier="https://api.example.com/orders",
    scopes=[wso2.ApiScopeArgs(name="orders:read", display_name="Read orders")],
    subscriptions=[wso2.SubscriptionArgs(api_name="Orders API", api_version="1.0.0")],
)

pulumi.export("tokenEndpoint", orders.token_endpoint)
pulumi.export("clientId", orders.client_id)
pulumi.export("clientSecret", orders.client_secret)
pulumi.export("scope", orders.scope)
pulumi.export("apiUrl", "https://gateway.example.com/orders/1.0.0/orders")
