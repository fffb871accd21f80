"""A program whose parts are functions, so that test_clients.py can try them without engine and platforms."""

import pulumi
from clients import service

orders = service("orders", "1.0.0", ["orders:read"])

pulumi.export("clientId", orders.client_id)
pulumi.export("clientSecret", orders.client_secret)
