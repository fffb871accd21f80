"""Settings that lead to a sandbox by its addresses, as real platforms are reached: nothing stands for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.keys import certified_key

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

__all__ = ("MANAGEMENT", "addresses", "asgardeo_endpoint", "register")

MANAGEMENT = "sandbox-management"


def asgardeo_endpoint(sandbox: Sandbox) -> str:
    """The token endpoint of the organisation `sandbox`."""
    return f"{sandbox.url}/t/sandbox/oauth2/token"


def addresses(sandbox: Sandbox) -> dict[str, str]:
    """Variables for everything but the secrets."""
    return {
        "ASGARDEO_BASE_URL": sandbox.url,
        "ASGARDEO_ORGANIZATION": "sandbox",
        "ASGARDEO_CLIENT_ID": MANAGEMENT,
        "BIJIRA_BASE_URL": f"{sandbox.url}/api/am/devportal/v2",
        "BIJIRA_TOKEN_URL": f"{sandbox.url}/oauth2/token",
        "BIJIRA_ORGANIZATION_ID": next(iter(sandbox.store.bijira)),
        "BIJIRA_CLIENT_ID": MANAGEMENT,
    }


def register(sandbox: Sandbox, certificate: dict[str, str] | None = None) -> None:
    """From now on Asgardeo takes the management client's key alone."""
    found = certificate or {"type": "PEM", "value": certified_key()[1]}
    sandbox.store.asgardeo["sandbox"].management_certificate = found
