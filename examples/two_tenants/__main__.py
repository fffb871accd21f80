"""One program, two tenants: that of the stack's configuration, and a partner's by a provider of its own."""

import pulumi
import pulumi_asgardeo_bijira as wso2

config = pulumi.Config()

partner = wso2.Provider(
    "partner",
    asgardeo=wso2.AsgardeoSettingsArgs(
        organization="partner",
        client_id=config.get("partnerClientId"),
        client_secret=config.get_secret("partnerClientSecret"),
    ),
    bijira=wso2.BijiraSettingsArgs(
        organization_id="2f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e22",
        client_id=config.get("partnerBijiraClientId"),
        client_secret=config.get_secret("partnerBijiraClientSecret"),
    ),
)

for name, opts in (("own", None), ("partner", pulumi.ResourceOptions(provider=partner))):
    orders = wso2.SecuredApi(
        name,
        opts,
        identifier="https://api.example.com/orders",
        scopes=[wso2.ApiScopeArgs(name="orders:read")],
        subscriptions=[wso2.SubscriptionArgs(api_name="Orders API", api_version="1.0.0")],
    )
    pulumi.export(f"{name}ClientId", orders.client_id)
    pulumi.export(f"{name}ClientSecret", orders.client_secret)
