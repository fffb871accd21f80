"""A tenant that has an API and an application already: the one is looked up, the other taken over."""

import pulumi
import pulumi_asgardeo_bijira as wso2

# Looked up: it stays whose it is, and this program changes nothing of it.
orders = wso2.get_api(identifier="https://api.example.com/orders")
published = wso2.get_bijira_api(name="Orders API", version="1.0.0")

# Taken over, with what is declared here; what is not declared stays as it is. A destroy leaves it in Asgardeo.
batch = wso2.AsgardeoApplication(
    "batch",
    pulumi.ResourceOptions(retain_on_delete=True),
    name="Nightly batch",
    adopt=True,
    authorized_apis=[wso2.AuthorizedApiArgs(api_id=orders.id, scopes=["orders:read"])],
)

# New, beside them.
wso2.BijiraApplicationClient(
    "batch",
    client_id=batch.client_id,
    application_name="Nightly batch",
    subscriptions=[wso2.SubscriptionArgs(api_id=published.id, plan="Gold")],
)

pulumi.export("tokenEndpoint", batch.token_endpoint)
pulumi.export("clientId", batch.client_id)
pulumi.export("clientSecret", batch.client_secret)
pulumi.export("scope", "orders:read")
pulumi.export("apiUrl", "https://gateway.example.com/orders/1.0.0/orders")
