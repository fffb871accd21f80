"""The bodies that the validator knows, as JSON schemas. Violations are reported in the order of their keywords."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .validation import Schema

_TEXT: Schema = {"type": "string"}


def _object(properties: Schema, *required: str, others: bool = True) -> Schema:
    return {
        "type": "object",
        "required": list(required),
        "additionalProperties": others,
        "properties": properties,
    }


def form(*texts: str, needed: str = "") -> Schema:
    """A form, whose fields and files of these names may each come once."""
    return _object(dict.fromkeys(texts, _TEXT), *([needed] if needed else []))


APPLICATION = _object({"displayName": _TEXT, "id": _TEXT, "description": _TEXT}, "displayName", "description")
_KEY_MANAGER = {
    "displayName": _TEXT,
    "id": _TEXT,
    "enabled": {"type": "boolean"},
    "tokenEndpoint": {"type": "string", "format": "uri"},
}
NEW_KEY_MANAGER = _object(_KEY_MANAGER, "displayName", "tokenEndpoint", others=False)
KEY_MANAGER = _object(_KEY_MANAGER, others=False)
KEYS = _object(
    {"keyManager": _TEXT, "type": {"type": "string", "enum": ["PRODUCTION", "SANDBOX"]}, "consumerKey": _TEXT},
    "keyManager",
    "consumerKey",
    others=False,
)
TOKEN = _object(
    {"consumerSecret": _TEXT, "scopes": {"type": "array", "items": _TEXT}, "validityPeriod": {"type": "integer"}},
    "consumerSecret",
)
_LIMIT = _object(
    {
        "limitType": {"type": "string", "enum": ["REQUEST_COUNT", "EVENT_COUNT", "BANDWIDTH", "TOTAL_TOKEN_COUNT"]},
        "limitCount": {"type": "integer"},
        "timeUnit": {"type": ["string", "null"], "enum": ["MINUTE", "HOUR", "DAY", "MONTH", None]},
        "timeAmount": {"type": "integer"},
    },
    "limitCount",
)
_PLAN = _object(
    {
        "id": _TEXT,
        "refId": _TEXT,
        "displayName": _TEXT,
        "description": _TEXT,
        "limits": {"type": "array", "items": _LIMIT},
    },
    "displayName",
)
PLANS: Schema = {"oneOf": [_PLAN, {"type": "array", "minItems": 1, "items": _PLAN}]}
NEW_SUBSCRIPTION = _object(
    {"artifactId": _TEXT, "subscriptionPlanId": _TEXT}, "artifactId", "subscriptionPlanId", others=False
)
CHANGED_SUBSCRIPTION = _object({"status": {"type": "string", "enum": ["ACTIVE", "INACTIVE"]}}, "status", others=False)
CHANGED_PLAN = _object({"artifactId": _TEXT, "planId": _TEXT}, "planId", others=False)
_ORGANIZATION: Schema = {
    "displayName": _TEXT,
    "businessOwner": _TEXT,
    "businessOwnerContact": _TEXT,
    "businessOwnerEmail": {"type": "string", "format": "email"},
    "id": _TEXT,
    "idpRefId": _TEXT,
    "cpRefId": {"type": ["string", "null"]},
    "configuration": {"type": "object"},
}
NEW_ORGANIZATION = _object(_ORGANIZATION, "displayName", "id", "idpRefId", others=False)
ORGANIZATION = _object(_ORGANIZATION, "displayName", "id", "idpRefId")
_VIEW = {"id": _TEXT, "displayName": _TEXT, "labels": {"type": "array", "items": _TEXT}}
NEW_VIEW = _object(_VIEW, "id", others=False)
VIEW = _object(_VIEW, others=False)
_EXPIRY: Schema = {"oneOf": [{"type": "string", "format": "date-time"}, {"type": "number"}]}
_KEY_ID = {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]{0,127}$"}
NEW_API_KEY = _object(
    {"id": _KEY_ID, "displayName": _TEXT, "subscriptionId": _TEXT, "appId": _TEXT, "expiresAt": _EXPIRY}, others=False
)
RENEWED_API_KEY = _object({"keyId": _TEXT, "expiresAt": _EXPIRY}, "keyId", others=False)
API_KEY = _object({"keyId": _TEXT}, "keyId", others=False)
API_KEY_OF_APPLICATION = _object({"keyId": _TEXT, "appId": _TEXT}, "keyId", "appId", others=False)
WEBHOOK_SUBSCRIBER = _object(
    {
        "id": _TEXT,
        "displayName": _TEXT,
        "targetUrl": {"type": "string", "format": "uri"},
        "secret": _TEXT,
        "events": {"type": "array", "items": _TEXT},
        "enabled": {"type": "boolean"},
        "timeoutMs": {"type": "integer"},
    },
    "displayName",
    "targetUrl",
    others=False,
)
LABEL = _object({"id": _TEXT, "displayName": _TEXT}, "id", "displayName", others=False)
