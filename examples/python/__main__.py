"""Secure an API: scopes and an application in Asgardeo, its client and a subscription in Bijira."""

import asgardeo_bijira as wso2
import pulumi

config = pulumi.Config()

api = wso2.AsgardeoApi(
    "orders",
    identifier=config.require("identifier"),
    name="Orders API",
    scopes=[
        {"name": "orders:read", "display_name": "Read orders"},
        {"name": "orders:write", "display_name": "Place orders"},
    ],
)

application = wso2.AsgardeoApplication(
    "orders-client",
    application_type="m2m",
    authorized_apis=[{"api_id": api.id, "policy": "RBAC", "scopes": ["orders:read", "orders:write"]}],
)

client = wso2.BijiraApplicationClient(
    "orders-client",
    client_id=application.client_id,
    subscriptions=[
        {"api_name": config.require("apiName"), "api_version": config.require("apiVersion"), "plan": "Gold"},
    ],
)

pulumi.export("tokenEndpoint", application.token_endpoint)
pulumi.export("clientId", application.client_id)
pulumi.export("clientSecret", application.client_secret)
pulumi.export("apiUrl", config.require("apiUrl"))
pulumi.export("scope", "orders:read orders:write")
