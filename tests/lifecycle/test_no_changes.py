"""A program of many resources of which none has changed: an engine only asks for checks and comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

    from tests.support.host import Life

ID = "3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e"
ORGANIZATION = {"organization": "sandbox"}
#: What is declared of each kind and what the state holds besides.
KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "Api": ({"identifier": "urn:{n}", "name": "{n}", "scopes": [{"name": "{n}:read"}]}, ORGANIZATION),
    "Application": (
        {"name": "{n}", "authorizedApis": [{"apiId": f"{ID}{{n}}", "scopes": ["{n}:read"]}]},
        {**ORGANIZATION, "clientId": "client-{n}", "clientSecret": "secret-of-{n}"},
    ),
    "Role": ({"name": "{n}", "permissions": ["{n}:read"]}, ORGANIZATION),
    "ApplicationClient": (
        {"applicationName": "{n}", "clientId": "client-{n}", "subscriptions": [{"apiName": "{n}", "apiVersion": "1"}]},
        {"keyMappingId": "{n}"},
    ),
}
EACH = 100


def numbered(value: Any, number: int) -> Any:
    """The value of the one with this number."""
    if isinstance(value, dict):
        return {key: numbered(item, number) for key, item in value.items()}
    if isinstance(value, list):
        return [numbered(item, number) for item in value]
    return value.format(n=number)


def test_four_hundred_resources_that_have_not_changed_send_nothing(
    life: Callable[[str], Life], sandbox: Sandbox
) -> None:
    """No request, and no token for one."""
    for kind, (declared, outputs) in KINDS.items():
        for number in range(1000, 1000 + EACH):
            one = life(kind)
            one.id = f"{ID}{number}" + ("/Asgardeo/PRODUCTION" if kind == "ApplicationClient" else "")
            one.inputs, failures = one.check(numbered(declared, number))
            assert not failures
            one.outputs = {**one.inputs, **numbered(outputs, number)}
            assert one.preview(numbered(declared, number)) == "same"
    assert sandbox.ledger.since(0) == ()
