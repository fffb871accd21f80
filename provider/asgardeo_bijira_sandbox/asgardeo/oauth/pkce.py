"""Proof key for code exchange (RFC 7636): which challenges a client may send, and which verifiers answer them."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from ..exceptions import oauth_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .sessions import AuthorizationRequest

__all__ = ("METHODS", "check_verifier", "refusal_of_challenge")

METHODS = ("S256", "plain")
_VERIFIER = re.compile(r"[\w\-.~]{43,128}", re.ASCII)
_HASH_LENGTH = 43


def refusal_of_challenge(settings: Mapping[str, Any], challenge: str | None, method: str | None) -> str | None:
    """What is wrong with a challenge, or with there being none, for a client with these settings."""
    if settings["mandatory"] and (challenge is None or not _is_challenge(challenge, method)):
        return (
            "PKCE is mandatory for this application. PKCE Challenge is not provided or is not upto RFC 7636 "
            "specification."
        )
    if challenge is None:
        return None
    if method not in (None, *METHODS):
        return "Unsupported PKCE Challenge Method"
    if method != "S256" and not settings["supportPlainTransformAlgorithm"]:
        return 'This application does not support "plain" transformation algorithm.'
    return None if _is_challenge(challenge, method) else "Code challenge used is not up to RFC 7636 specifications."


def check_verifier(settings: Mapping[str, Any], request: AuthorizationRequest, verifier: str) -> None:
    """Refuse a verifier that does not answer the challenge of the request."""
    if request.challenge is None and not settings["mandatory"]:
        return
    if not verifier.strip():
        raise oauth_error("invalid_grant", _missing(settings))
    if not _VERIFIER.fullmatch(verifier):
        raise oauth_error("invalid_grant", "Code verifier used is not up to RFC 7636 specifications.")
    if request.challenge_method != "S256" and not settings["supportPlainTransformAlgorithm"]:
        raise oauth_error("invalid_grant", "This application does not allow 'plain' transformation algorithm.")
    answer = _hashed(verifier) if request.challenge_method == "S256" else verifier
    if not compare_digest(answer.encode(), (request.challenge or "").encode()):
        raise oauth_error("invalid_grant", "PKCE validation failed")


def _missing(settings: Mapping[str, Any]) -> str:
    if settings["mandatory"]:
        return "No PKCE code verifier found.PKCE is mandatory for this oAuth 2.0 application."
    return (
        "Empty PKCE code_verifier sent. This authorization code requires a PKCE verification to obtain an access token."
    )


def _is_challenge(challenge: str, method: str | None) -> bool:
    if method == "S256":
        return len(challenge.strip()) == _HASH_LENGTH
    return method in (None, "plain") and _VERIFIER.fullmatch(challenge) is not None


def _hashed(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
