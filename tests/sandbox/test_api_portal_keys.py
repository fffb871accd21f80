"""Keys of APIs, and who is told of events, as a real API Portal answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.portal_lives import Step, lived
from tests.sandbox.test_api_portal_apis import form

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

KEYS, KEY = "/apis/weather/api-keys", {"keyId": "one"}
NOT_MADE = "Failed to generate API key"
NO_KEY, NO_API, NO_APPLICATION = "API key not found", "API not found", "Application not found"
APPLICATION = {"id": "app", "displayName": "App", "description": ""}
SUBSCRIBER: dict[str, Any] = {"id": "a", "displayName": "A", "targetUrl": "https://a.example/hook"}
BEGIN: list[Step] = [
    ("POST /apis", form(id="weather"), 201, None),
    ("POST /applications", APPLICATION, 201, None),
]


def made(id_: str, **more: Any) -> Step:
    """A key that is made."""
    return (f"POST {KEYS}/generate", {"id": id_, **more}, 201, {"id": id_, "status": "ACTIVE"})


LIVES: dict[str, list[Step]] = {
    "keys are made": [
        *BEGIN,
        made("one", displayName="  One ", appId="app", expiresAt="2030-01-01T02:00:00+02:00"),
        made("two", expiresAt=1_900_000_000, subscriptionId=""),
        (f"POST {KEYS}/generate", {"expiresAt": 1.9e12}, 201, {"expiresAt": "2030-03-17T17:46:40.000Z"}),
        (f"POST {KEYS}/generate", {"id": "one"}, 409, NOT_MADE),
        (f"POST {KEYS}/generate", {"id": "-one"}, 400, 'must match pattern "^[a-z0-9][a-z0-9_-]{0,127}$"'),
        (f"POST {KEYS}/generate", {"expiresAt": -1}, 400, NOT_MADE),
        (f"POST {KEYS}/generate", {"expiresAt": "2200-01-01T00:00:00Z"}, 400, NOT_MADE),
        (f"POST {KEYS}/generate", {"expiresAt": "2030-01-01"}, 400, 'must match format "date-time"'),
        (f"POST {KEYS}/generate", {"appId": " "}, 400, "appId must be a non-empty string"),
        (f"POST {KEYS}/generate", {"appId": "none"}, 404, NO_APPLICATION),
        (f"POST {KEYS}/generate", {"subscriptionId": "none"}, 500, NOT_MADE),
        ("POST /apis/none/api-keys/generate", {"appId": "none"}, 404, NO_API),
        ("PUT /apis/weather", form(status=""), 200, None),
        (f"POST {KEYS}/generate", {"id": "three"}, 404, NOT_MADE),
    ],
    "keys are listed": [
        *BEGIN,
        made("one", appId="app"),
        made("two"),
        (f"GET {KEYS}", None, 200, ["two", "one"]),
        (f"GET {KEYS}?appId=app", None, 200, ["one"]),
        (f"GET {KEYS}?appId=none", None, 404, NO_APPLICATION),
        ("GET /apis/none/api-keys", None, 404, NO_API),
        ("GET /api-keys", None, 200, ["two", "one"]),
        ("GET /applications/app/api-keys", None, 200, ["one"]),
        ("GET /applications/none/api-keys", None, 404, NO_APPLICATION),
    ],
    "keys are used": [
        *BEGIN,
        made("one"),
        (f"POST {KEYS}/associate", {**KEY, "appId": "app"}, 200, {"application": {"id": "app", "displayName": "App"}}),
        ("GET /applications/app/api-keys", None, 200, ["one"]),
        (f"POST {KEYS}/associate", {**KEY, "appId": " "}, 400, "appId is required"),
        (f"POST {KEYS}/associate", {**KEY, "appId": "none"}, 404, NO_APPLICATION),
        (f"POST {KEYS}/dissociate", KEY, 204, None),
        ("GET /applications/app/api-keys", None, 200, []),
        (f"POST {KEYS}/dissociate", {"keyId": " "}, 400, "keyId is required"),
        (f"POST {KEYS}/dissociate", {"keyId": "none"}, 404, NO_KEY),
        (f"POST {KEYS}/regenerate", KEY, 200, {"id": "one", "expiresAt": None, "createdBy": "(missing)"}),
        (f"POST {KEYS}/regenerate", {**KEY, "expiresAt": 5}, 200, {"expiresAt": "1970-01-01T00:00:05.000Z"}),
        (f"POST {KEYS}/regenerate", {**KEY, "expiresAt": -5}, 400, "Failed to regenerate API key"),
        (f"POST {KEYS}/associate", {**KEY, "appId": "app"}, 200, None),
        ("DELETE /applications/app", None, 200, None),
        ("DELETE /apis/weather", None, 409, "API has active keys."),
        (f"POST {KEYS}/revoke", KEY, 204, None),
        (f"POST {KEYS}/revoke", KEY, 409, "Failed to revoke API key"),
        (f"POST {KEYS}/regenerate", KEY, 409, "Failed to regenerate API key"),
        (f"POST {KEYS}/dissociate", KEY, 204, None),
        (f"GET {KEYS}", None, 200, ["one"]),
        ("DELETE /apis/weather", None, 500, "Internal Server Error"),
    ],
    "webhook subscribers": [
        ("POST /webhook-subscribers", SUBSCRIBER, 201, {"enabled": True, "timeoutMs": 5000, "createdAt": "(missing)"}),
        ("POST /webhook-subscribers", SUBSCRIBER, 409, None),
        ("POST /webhook-subscribers", {**SUBSCRIBER, "displayName": ""}, 400, "Missing required fields: displayName"),
        ("POST /webhook-subscribers", {**SUBSCRIBER, "targetUrl": "x"}, 400, 'must match format "uri"'),
        ("POST /webhook-subscribers", {**SUBSCRIBER, "id": "Z", "secret": "s"}, 201, {"hasSecret": True}),
        ("GET /webhook-subscribers", None, 200, ["Z", "a"]),
        (
            "PUT /webhook-subscribers/a",
            {**SUBSCRIBER, "id": "b", "displayName": "", "events": ["api.*"], "enabled": False, "timeoutMs": 0},
            200,
            {"id": "b", "displayName": "A", "events": ["api.*"], "enabled": False, "timeoutMs": 5000},
        ),
        ("PUT /webhook-subscribers/b", SUBSCRIBER, 200, {"id": "a", "enabled": True, "events": ["api.*"]}),
        ("PUT /webhook-subscribers/a", {**SUBSCRIBER, "id": "Z"}, 409, None),
        ("GET /webhook-subscribers/b", None, 404, "Webhook subscriber not found"),
        ("DELETE /webhook-subscribers/a", None, 204, None),
        ("DELETE /webhook-subscribers/a", None, 404, "Webhook subscriber not found"),
    ],
}


@pytest.mark.parametrize("life", LIVES)
def test_the_portal_answers_as_the_real_one_did(sandbox: Sandbox, life: str) -> None:
    """Each step after the other."""
    assert lived(sandbox, LIVES[life]) == []
