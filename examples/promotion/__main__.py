"""The same program for every stage: what differs is configured, and the stage is a part of the names."""

import pulumi
import pulumi_asgardeo_bijira as wso2

stage = pulumi.get_stack()
config = pulumi.Config()

# An organisation of Asgardeo for each stage, one of Bijira for all: there the names would meet.
orders = wso2.SecuredApi(
    f"orders-{stage}",
    identifier="https://api.example.com/orders",
    scopes=[wso2.ApiScopeArgs(name="orders:read")],
    subscriptions=[wso2.SubscriptionArgs(api_name="Orders API", api_version="1.0.0", plan=config.require("plan"))],
)

pulumi.export("tokenEndpoint", orders.token_endpoint)
pulumi.export("clientId", orders.client_id)
pulumi.export("clientSecret", orders.client_secret)
pulumi.export("scope", orders.scope)
pulumi.export("apiUrl", f"{config.require('gateway')}/orders/1.0.0/orders")
