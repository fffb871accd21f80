"""What is shown of requests and answers has no secret in it, whatever it is called where it stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from asgardeo_bijira_sandbox.masking import masked, masked_headers

from tests.sandbox.portal_lives import lived
from tests.sandbox.test_api_portal_apis import form

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

HIDDEN, SHOWN = "5ecret", "in sight"


@pytest.mark.parametrize(
    "document",
    [
        {"consumerSecret": HIDDEN, "client-secret": HIDDEN, "api_key": HIDDEN, "tokenType": SHOWN},
        {"properties": [{"key": "ClientSecret", "value": HIDDEN}, {"key": "ClientId", "value": SHOWN}]},
        {
            "Operations": [
                {"op": "replace", "path": "urn:ietf:params:scim:schemas:core:2.0:User:password", "value": HIDDEN}
            ]
        },
        {"id": "one", "key": HIDDEN, "expiresAt": None, "status": SHOWN},
        {"key": SHOWN, "displayName": "Client Id", "isConfidential": True},
        {"accessToken": {"type": SHOWN}},
    ],
)
def test_documents(document: Any) -> None:
    """All that is a secret is hidden, and nothing else."""
    shown = json.dumps(masked(document))
    assert HIDDEN not in shown
    assert (SHOWN in shown) == (SHOWN in json.dumps(document))


def test_headers() -> None:
    """By which somebody signs in."""
    headers = dict.fromkeys(("authorization", "api-key", "x-api-key", "test-key", "cookie"), f"Bearer {HIDDEN}")
    shown = masked_headers({**headers, "accept": SHOWN})
    assert HIDDEN not in str(shown)
    assert shown["accept"] == SHOWN


def test_keys_of_apis(sandbox: Sandbox) -> None:
    """They are answered once, and stand neither in the ledger nor in the store."""
    steps: list[Any] = [
        ("POST /apis", form(id="weather"), 201, None),
        ("POST /apis/weather/api-keys/generate", {"id": "one"}, 201, {"id": "one"}),
        ("POST /apis/weather/api-keys/regenerate", {"keyId": "one"}, 200, {"id": "one"}),
    ]
    assert lived(sandbox, steps) == []
    keys = [one.response_body["key"] for one in sandbox.ledger if "/api-keys/" in one.path]
    assert keys == ["***", "***"]
    assert '"key":' not in httpx.get(f"{sandbox.url}/_sandbox/store").text
