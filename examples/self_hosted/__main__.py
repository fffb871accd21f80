"""A self-hosted API Manager: the program makes the key manager too, and secures an API under it."""

import pulumi
import pulumi_asgardeo_bijira as wso2

orders = wso2.AsgardeoApi(
    "orders",
    identifier="https://api.example.com/orders",
    scopes=[wso2.ApiScopeArgs(name="orders:read")],
)
service = wso2.AsgardeoApplication(
    "orders-service",
    authorized_apis=[wso2.AuthorizedApiArgs(api_id=orders.id, scopes=["orders:read"])],
)

# The connector signs in to Asgardeo with the client of an application that you made for it.
config = pulumi.Config()
asgardeo = wso2.BijiraKeyManager(
    "asgardeo",
    endpoints=wso2.KeyManagerEndpointsArgs(token_endpoint=service.token_endpoint),
    connector=[
        wso2.ConnectorSettingArgs(name="mgmt_client_id", value=config.get("connectorClientId") or "unset"),
        wso2.ConnectorSettingArgs(
            name="mgmt_client_secret", value=config.get_secret("connectorClientSecret") or "unset"
        ),
    ],
)
wso2.BijiraApplicationClient(
    "orders-service",
    client_id=service.client_id,
    key_manager=asgardeo.id,
    subscriptions=[wso2.SubscriptionArgs(api_name="Orders API", api_version="1.0.0", plan="Gold")],
)

pulumi.export("tokenEndpoint", service.token_endpoint)
pulumi.export("clientId", service.client_id)
pulumi.export("clientSecret", service.client_secret)
pulumi.export("scope", "orders:read")
pulumi.export("apiUrl", "https://am.example.com:8243/orders/1.0.0/orders")
