"""${DESCRIPTION}"""

import pulumi
import pulumi_asgardeo_bijira as wso2

config = pulumi.Config()

orders = wso2.SecuredApi(
    f"orders-{pulumi.get_stack()}",
    identifier=config.require("identifier"),
    scopes=[wso2.ApiScopeArgs(name="orders:read"), wso2.ApiScopeArgs(name="orders:write")],
    subscriptions=[
        wso2.SubscriptionArgs(
            api_name=config.require("apiName"), api_version=config.require("apiVersion"), plan=config.require("plan")
        )
    ],
)

pulumi.export("tokenEndpoint", orders.token_endpoint)
pulumi.export("clientId", orders.client_id)
pulumi.export("clientSecret", orders.client_secret)
pulumi.export("scope", orders.scope)
pulumi.export("apiUrl", config.require("apiUrl"))
