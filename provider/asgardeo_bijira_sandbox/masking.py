"""Hides secrets in JSON documents, forms and queries, so that ledgers and snapshots can be shown to anybody.

A secret is known by the name that carries it, whatever the spelling (`clientSecret`, `client_secret`), be the name a
member's own or that of a property or path whose `value` stands beside it. Only plain values are hidden: `accessToken`
is a token in one document and a group of settings in another. `key` is a secret in what has an end, elsewhere a name.
"""

import re
from collections.abc import Mapping
from typing import Any

__all__ = ("MASK", "masked", "masked_headers")

MASK = "***"

#: What a redirect passes on in its query.
_PASSED_ON = re.compile(r"([?&](?:code|sessionDataKey|sessionDataKeyConsent)=)[^&#]+")
_SECRET_NAMES = frozenset(
    {
        "accesstoken",
        "assertion",
        "authorization",
        "clientassertion",
        "clientsecret",
        "codeverifier",
        "consumersecret",
        "cookie",
        "idtoken",
        "password",
        "privatekey",
        "refreshtoken",
        "revoketoken",
        "secret",
        "sessiondatakey",
        "sessiondatakeyconsent",
        "setcookie",
        "subjecttoken",
        "subscriptionkey",
        "subscriptiontoken",
        "testkey",
        "token",
    }
)


def masked(value: Any, name: str = "") -> Any:
    """The same document, its secrets replaced."""
    if isinstance(value, Mapping):
        told = value.get("key", value.get("path"))
        meant = {"value": told.rpartition(":")[2]} if isinstance(told, str) else {}
        meant |= {"key": "apiKey"} if "expiresAt" in value else {}
        return {key: masked(item, meant.get(key, str(key))) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [masked(item, name) for item in value]
    if value is not None and not isinstance(value, bool) and _is_secret(name):
        return MASK
    return value


def masked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The same headers, their secrets replaced; of an authorization its scheme stays, of a redirect its address."""
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    shown = {"authorization": f"{scheme} {MASK}"} if credentials else {}
    if "location" in headers:
        shown["location"] = _PASSED_ON.sub(rf"\1{MASK}", headers["location"])
    return {**masked(headers), **shown}


def _is_secret(name: str) -> bool:
    plain = name.replace("_", "").replace("-", "").lower()
    return plain in _SECRET_NAMES or plain.endswith(("secret", "password", "apikey"))
