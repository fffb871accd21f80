"""Kinds of text that an application declares: what the platform would refuse or change is refused before."""

import difflib
import re
import typing
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator

from ..field_types import if_text
from ..schema import PASSING_UNKNOWNS, Name, Text, like

__all__ = ("ApplicationName", "Callback", "ClaimUri", "GrantType", "HttpsUrl", "Origin", "Trimmed", "Url")

GrantTypeName = Literal[
    "authorization_code",
    "client_credentials",
    "implicit",
    "password",
    "refresh_token",
    "account_switch",
    "iwa:ntlm",
    "organization_switch",
    "urn:ietf:params:oauth:grant-type:device_code",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "urn:ietf:params:oauth:grant-type:saml2-bearer",
    "urn:ietf:params:oauth:grant-type:token-exchange",
    "urn:openid:params:grant-type:ciba",
]
GRANT_TYPES: tuple[str, ...] = typing.get_args(GrantTypeName)


def _split(url: str) -> tuple[str, str, str, str, str]:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ValueError("is not a URL") from None
    return parts.scheme, parts.netloc, parts.path, parts.query, parts.fragment


def _callback(url: str) -> str:
    _trimmed(url)
    if url.startswith("regexp="):
        return url
    if re.match(r"https?://[^/]*:[^/0-9:\]]", url):
        raise ValueError(
            "has no number for a port. Any port of 127.0.0.1 and [::1] counts where none is written, as in "
            "http://127.0.0.1/callback; for localhost write regexp=http://localhost:[0-9]+/callback"
        )
    scheme, netloc, path, query, fragment = _split(url)
    if not scheme or not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme) or not (netloc or path or query):
        raise ValueError(
            "is not an absolute URL such as https://app.example.com/callback or com.example.app://callback"
        )
    if scheme in ("http", "https") and not netloc:
        raise ValueError("has no host, write it as https://app.example.com/callback")
    if fragment or url.endswith("#"):
        raise ValueError("has a fragment, remove # and what follows")
    if re.search(r"\s", url):
        raise ValueError("contains whitespace, encode it as %20")
    return url


def _origin(url: str) -> str:
    scheme, netloc, path, query, fragment = _split(url)
    if scheme not in ("http", "https") or not netloc or path or query or fragment or "*" in url or "@" in netloc:
        raise ValueError("is not an origin: write scheme, host and port alone, as in https://app.example.com")
    return url


def _trimmed(text: str) -> str:
    """The platform trims it, so what is declared would never be what is there."""
    if text != text.strip():
        raise ValueError("begins or ends with whitespace, remove it")
    return text


def _absolute_or_empty(url: str) -> str:
    _trimmed(url)
    if url and not all(_split(url)[:2]):
        raise ValueError("is not an absolute URL such as https://app.example.com; an empty text clears it")
    return url


def _grant(name: object) -> object:
    if isinstance(name, str) and name not in GRANT_TYPES:
        near = difflib.get_close_matches(name, GRANT_TYPES, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(GRANT_TYPES)}"
        raise ValueError(f"is not a grant type, {hint}")
    return name


def _https_or_empty(url: str) -> str:
    if _absolute_or_empty(url) and _split(url)[0] != "https":
        raise ValueError("must begin with https://")
    return url


_NAME = re.compile(r"[a-zA-Z0-9 ._+()-]+")
_RESERVED = ("Console", "My Account", "wso2carbon-local-sp")


def _application_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("may contain letters (a to z), digits, spaces and . _ - + ( ) only; choose another name")
    if name in _RESERVED:
        raise ValueError("is an application of the platform's own; choose another name")
    return name


ApplicationName = Annotated[Name, if_text(_application_name), like("orders-web", "orders-app")]
GrantType = Annotated[GrantTypeName, BeforeValidator(_grant), PASSING_UNKNOWNS]
Callback = Annotated[Text, if_text(_callback), like("https://app.example.com/callback", "com.example.app://callback")]
Origin = Annotated[Name, if_text(_origin), like("https://app.example.com", "http://localhost:3000")]
ClaimUri = Annotated[Name, like("http://wso2.org/claims/emailaddress", "http://wso2.org/claims/username")]
Trimmed = Annotated[Text, if_text(_trimmed)]
Url = Annotated[Text, if_text(_absolute_or_empty), like("https://app.example.com", "https://shop.example.com")]
HttpsUrl = Annotated[Text, if_text(_https_or_empty)]
