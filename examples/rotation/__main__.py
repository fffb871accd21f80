"""A client secret that the first `pulumi up` of each month rotates, and no other: a pipeline runs one by schedule."""

from datetime import UTC, datetime

import pulumi
import pulumi_asgardeo_bijira as wso2

# Any text: each new one rotates once. `pulumi config set rotation …` rotates at any other time.
month = pulumi.Config().get("rotation") or f"{datetime.now(UTC):%Y-%m}"

service = wso2.AsgardeoApplication("orders-service", secret_rotation=month)

pulumi.export("rotated", month)
pulumi.export("clientId", service.client_id)
pulumi.export(
    "clientSecret", service.client_secret
)  # a secret output: hand it to the vault of whoever signs in with it
