"""Shapes of Asgardeo's answers that a client written from the description counts on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx


def test_the_encryption_of_request_objects_cannot_be_switched_off(asgardeo: httpx.Client, application: str) -> None:
    """It has an algorithm and a method alone; what else is sent for it is an unknown member."""
    path = f"/applications/{application}/inbound-protocols/oidc"
    document = asgardeo.get(path).json()
    del document["state"]
    assert set(document["requestObject"]["encryption"]) == {"algorithm", "method"}
    document["requestObject"]["encryption"]["enabled"] = False
    refused = asgardeo.put(path, json=document)
    assert (refused.status_code, refused.json()["code"]) == (400, "UE-10000")
