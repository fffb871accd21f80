"""Documents as Asgardeo shows them, from what a test says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_asgardeo_bijira.clients.asgardeo import Application, Oidc

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ("SOME_ID", "shown_application", "shown_oidc")

SOME_ID = "3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10"


def shown_application(wire: Mapping[str, Any]) -> Application:
    """An application with this in it."""
    return Application.model_validate({"id": SOME_ID, "name": "A", **wire})


def shown_oidc(wire: Mapping[str, Any]) -> Oidc:
    """An OIDC part with this in it."""
    return Oidc.model_validate({"clientId": "client", **wire})
