"""What holds between the inputs of an application: what the platform would refuse, or drop without a word.

Each rule is about what is declared. What is not declared may have been set by hand, so nothing is concluded from it but
where a creation leaves no doubt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...clients.asgardeo import packed_callbacks
from ...transport import is_loopback
from .certificate import Certificate
from .oidc import PRIVATE_KEY_JWT, Encryption, IdToken, RequestObject, RequestObjectEncryption, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..schema import IsUnknown, Violation
    from .oidc import CibaAuthenticationRequest

__all__ = (
    "CIBA",
    "callbacks",
    "certificate",
    "ciba",
    "encryptions",
    "fapi",
    "in_the_clear",
    "needs_certificate",
    "pairwise",
)

CIBA = "urn:openid:params:grant-type:ciba"
#: What an application's callbacks have room for, all of them in one expression.
_LONGEST_CALLBACKS = 2048
#: The host of an address that may do without TLS within an expression: one, or several in parentheses.
_UNENCRYPTED = re.compile(
    r"\bhttp(?:s\?|\(s\)\?|\[s\]\?|\|https)?\)?://(\([^()]*\)|\[[0-9a-fA-F:]+\]|[^/:?#|()\s]+)", re.IGNORECASE
)
_FAPI_BINDINGS, _FAPI_METHODS = ("certificate", "DPoP"), (PRIVATE_KEY_JWT, "tls_client_auth")


def callbacks(urls: list[str] | None) -> Iterator[Violation]:
    """They are one expression for the server."""
    if not isinstance(urls, list):
        return
    if len(urls) > 1 and any(isinstance(url, str) and url.startswith("regexp=") for url in urls):
        yield "callback_urls", "has an entry that begins with regexp=, which must then be the only one"
    if all(isinstance(url, str) for url in urls):
        length = sum(len(stored) for stored in packed_callbacks(urls))
        if length > _LONGEST_CALLBACKS:
            yield (
                "callback_urls",
                f"is too long: written as one expression it has {length} characters, and Asgardeo has room for "
                f"{_LONGEST_CALLBACKS}; name fewer, or one entry that begins with regexp=",
            )


def in_the_clear(urls: object) -> Iterator[str]:
    """The callbacks to which a code goes unencrypted over a network."""
    for url in urls if isinstance(urls, list) else ():
        if isinstance(url, str) and not all(map(is_loopback, _unencrypted(url))):
            yield url


def _unencrypted(callback: str) -> list[str]:
    """The addresses of a callback that begin with http, or may."""
    if not callback.startswith("regexp="):
        return [callback] if callback.lower().startswith("http:") else []
    found = _UNENCRYPTED.findall(callback.replace("\\", ""))
    return [f"http://{host}" for hosts in found for host in hosts.strip("()").split("|")]


def ciba(declared: CibaAuthenticationRequest | None, grants: set[str], *, are_known: bool) -> Iterator[Violation]:
    """The grant and its settings go together."""
    if CIBA in grants and declared is None:
        yield "ciba_authentication_request", f"is required for the grant {CIBA}"
    if CIBA not in grants and declared is not None and are_known:
        yield "ciba_authentication_request", f"is dropped by Asgardeo without the grant {CIBA}, add it to `grant_types`"


def fapi(
    binding: str | None,
    method: str | None,
    encrypted: list[tuple[str, Encryption | RequestObjectEncryption]],
    unknown: IsUnknown,
) -> Iterator[Violation]:
    """What the profiles want of what is declared."""
    if isinstance(binding, str) and not unknown(binding) and binding not in _FAPI_BINDINGS:
        yield "access_token.binding_type", f"must be {' or '.join(_FAPI_BINDINGS)} where `is_fapi_application` is true"
    if isinstance(method, str) and not unknown(method) and method not in _FAPI_METHODS:
        path = "client_authentication.token_endpoint_auth_method"
        yield path, f"must be {' or '.join(_FAPI_METHODS)} where `is_fapi_application` is true"
    for path, encryption in encrypted:
        if encryption.algorithm == "RSA1_5":
            yield f"{path}.algorithm", "must be another than RSA1_5 where `is_fapi_application` is true"


def pairwise(subject: Subject | None, urls: list[str] | None) -> Iterator[Violation]:
    """The server splits the one expression that several callbacks are, and fails on what is escaped in it."""
    if not isinstance(subject, Subject) or subject.subject_type != "pairwise":
        return
    if isinstance(urls, list) and len(urls) > 1 and subject.sector_identifier_uri is None:
        yield (
            "subject.sector_identifier_uri",
            "is required for the `subject_type` pairwise with several `callback_urls`",
        )


def certificate(declared: Certificate | None, reason: str) -> Iterator[Violation]:
    """One that is cleared serves nothing."""
    if reason and isinstance(declared, Certificate) and declared.value == "":
        yield "certificate.value", f"is empty, but {reason} needs a certificate"


def needs_certificate(method: str | None, encrypted: list[tuple[str, Encryption | RequestObjectEncryption]]) -> str:
    """What cannot work without a certificate; empty where nothing is."""
    if method in _FAPI_METHODS:
        return f"`client_authentication.token_endpoint_auth_method` {method}"
    for path, encryption in encrypted:
        if isinstance(encryption, Encryption) and encryption.enabled is True:
            return f"`{path}.enabled`"
    return ""


def encryptions(
    id_token: IdToken | None, request: RequestObject | None
) -> Iterator[tuple[str, Encryption | RequestObjectEncryption]]:
    """Where something is declared of encryption."""
    if isinstance(id_token, IdToken) and isinstance(id_token.encryption, Encryption):
        yield "id_token.encryption", id_token.encryption
    if isinstance(request, RequestObject) and isinstance(request.encryption, RequestObjectEncryption):
        yield "request_object.encryption", request.encryption
