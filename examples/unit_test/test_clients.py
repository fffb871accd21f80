"""Unit tests of the program: `pytest`, with Pulumi's mocks in place of engine and platforms."""

from typing import Any

import pulumi
import pytest


class Mocks(pulumi.runtime.Mocks):
    """Answers for the engine, and remembers what was declared."""

    def __init__(self) -> None:
        self.declared: dict[str, dict[str, Any]] = {}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """Take a resource for made."""
        self.declared[f"{args.typ.rpartition(':')[2]} {args.name}"] = dict(args.inputs)
        return f"{args.name}-id", {**args.inputs, "clientId": f"client-of-{args.name}"}

    def call(self, args: pulumi.runtime.MockCallArgs) -> dict[str, Any]:
        """Answer a look-up."""
        assert args.token.endswith(":getBijiraApi")
        return {"id": f"id of {args.args['name']} {args.args['version']}"}


@pytest.fixture
def mocks() -> Mocks:
    """In place of the engine; set before the program is imported."""
    found = Mocks()
    pulumi.runtime.set_mocks(found)
    return found


@pulumi.runtime.test
def test_a_service_is_known_to_the_gateway_by_its_own_client(mocks: Mocks) -> pulumi.Output[None]:
    """And has short tokens, and no unlimited plan."""
    from clients import service

    def check(client_id: str) -> None:
        assert client_id == "client-of-orders-service"
        assert mocks.declared["Application orders-service"]["authorizedApis"] == [
            {"apiId": "orders-id", "scopes": ["orders:read"]}
        ]
        assert mocks.declared["Application orders-service"]["accessToken"] == {
            "applicationAccessTokenExpiryInSeconds": 900
        }

    return service("orders", "1.0.0", ["orders:read"]).client_id.apply(check)
