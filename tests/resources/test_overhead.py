"""What an operation without I/O costs, counted in calls of functions: times would differ from run to run."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Any

import pytest
from pulumi.dynamic import Config, ConfigureRequest
from pulumi_asgardeo_bijira.dynamic import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

ID = "3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10"
SETTINGS = {
    "asgardeo:organization": "acme",
    "bijira:baseUrl": "https://apim.acme.com/api/am/devportal/v3",
    "bijira:organizationId": "8f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e10",
}
SCOPES = [{"name": f"orders:{number}", "displayName": f"Orders {number}"} for number in range(4)]
AUTHORIZED = {"apiId": ID, "policy": "RBAC", "scopes": ["orders:0", "orders:1"]}
SUBSCRIBED = {"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Gold"}
#: A resource of each kind, beside its outputs.
BAGS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "Api": ({"name": "orders", "identifier": "urn:orders", "requiresAuthorization": True, "scopes": SCOPES}, {}),
    "Application": (
        {"name": "orders", "applicationType": "m2m", "accessToken": {"type": "JWT"}, "authorizedApis": [AUTHORIZED]},
        {"clientId": "abc", "clientSecret": "hunter2"},
    ),
    "Role": ({"name": "orders", "permissions": ["orders:0"], "users": [ID]}, {}),
    "KeyManager": ({"name": "orders", "organization": "acme"}, {}),
    "ApplicationClient": (
        {"applicationName": "orders", "clientId": "abc", "keyManager": "wso2", "subscriptions": [SUBSCRIBED]},
        {"keyMappingId": "5", "subscriptionIds": {"7": "8"}},
    ),
}
#: More than an operation takes, and less than where the settings are read and judged in each.
MOST = 2700


def calls(operation: Callable[[], object]) -> int:
    """How many functions it calls."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    gc.disable()  # which may call functions of others at any time
    sys.setprofile(note)
    try:
        operation()
    finally:
        sys.setprofile(None)
        gc.enable()
    return count


@pytest.mark.parametrize("kind", BAGS)
def test_a_check_and_a_diff_are_few_calls_however_many_there_were_before(kind: str) -> None:
    """An engine calls both for each resource of a program, one after the other."""
    provider = load(kind)
    provider.configure(ConfigureRequest(Config(SETTINGS, "trial")))
    inputs, outputs = BAGS[kind]
    after = "/wso2/PRODUCTION" if kind == "ApplicationClient" else ""

    def operate(number: int) -> None:
        checked = provider.check(inputs, inputs)
        assert not checked.failures
        diff = provider.diff(f"{ID[:-4]}{1000 + number}{after}", {**checked.inputs, **outputs}, checked.inputs)
        assert not diff.replaces

    operate(0)
    found = [calls(lambda number=number: operate(number)) for number in range(1, 100)]  # type: ignore[misc]
    assert max(found) == min(found)
    assert found[0] < MOST
