"""What the code flow keeps between its steps: who waits to sign in, and the codes that were given out."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

__all__ = ("AuthorizationCode", "AuthorizationRequest", "PushedRequest")


class AuthorizationRequest(BaseModel):
    """What a client asked for while its user signs in and consents; its key in the tenant is a session data key."""

    client_id: str
    redirect_uri: str
    scopes: list[str] = []
    state: str | None = None
    nonce: str | None = None
    challenge: str | None = None
    challenge_method: str | None = None
    #: Who has signed in.
    user: str | None = None
    #: What the user's roles leave of the scopes. It is decided at the sign-in, and not again when the code is used.
    granted: list[str] = []
    #: Whether the user has yet to consent.
    consenting: bool = False


class AuthorizationCode(BaseModel):
    """What a code stands for. Of its two ends one revokes tokens: it was used, and then presented again."""

    request: AuthorizationRequest
    expires_at: float
    state: Literal["ACTIVE", "INACTIVE", "REVOKED"] = "ACTIVE"


class PushedRequest(BaseModel):
    """A request that a client sent beforehand, as a form; its key in the tenant is the end of its name."""

    form: dict[str, str]
    expires_at: float
