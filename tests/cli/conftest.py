"""Both ends of the guide for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox import Sandbox
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.cli.shop import Shop
from tests.support.host import Host, Life

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def shop() -> Iterator[Shop]:
    """An API, an application for people and machines, a role of the group staff, a client with a subscription."""
    with Sandbox() as sandbox, Host({}, {SANDBOX_VARIABLE: sandbox.url}) as host:
        api, application, role, client = (
            Life(host, kind, sandbox) for kind in ("Api", "Application", "Role", "ApplicationClient")
        )
        scopes = [{"name": "orders:read"}, {"name": "orders:write"}]
        api.up({"identifier": "https://orders", "name": "Orders", "scopes": scopes})
        application.up(
            {
                "name": "shop",
                "applicationType": "standard",
                "grantTypes": ["client_credentials", "password"],
                "allowedAudience": "APPLICATION",
                "authorizedApis": [{"apiId": api.id, "scopes": ["orders:read"]}],
            }
        )
        group = next(iter(sandbox.store.asgardeo["sandbox"].groups))
        role.up({"name": "reader", "applicationId": application.id, "permissions": ["orders:read"], "groups": [group]})
        subscription = {"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Gold"}
        client.up(
            {"applicationName": "Shop", "clientId": application.outputs["clientId"], "subscriptions": [subscription]}
        )
        yield Shop(sandbox, application.outputs["clientId"])
