# Generated from the declarations by make generate: change those, not this.
"""What look-ups find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = (
    "ApiResult",
    "ApplicationResult",
    "BijiraApiResult",
    "GroupResult",
    "KeyManagerResult",
    "RoleResult",
    "ScopeResult",
    "UserResult",
)


@dataclass(frozen=True)
class ScopeResult:
    """A scope of an API."""

    name: str
    """Name of the scope, as tokens carry it."""

    display_name: str
    """Name that people see."""

    description: str
    """What the scope allows."""


@dataclass(frozen=True)
class ApiResult:
    """An API in Asgardeo."""

    id: str
    """Id of the API resource."""

    identifier: str
    """Identifier of the API."""

    name: str
    """Name of the API."""

    description: str
    """What the API is for."""

    requires_authorization: bool
    """Whether the scopes are granted under the policy `RBAC` alone, by which people need a role."""

    scopes: Sequence[ScopeResult]
    """The scopes of the API."""


@dataclass(frozen=True)
class ApplicationResult:
    """An application in Asgardeo, without its secret."""

    id: str
    """Id of the application."""

    name: str
    """Name of the application."""

    description: str
    """What the application is for."""

    client_id: str
    """OAuth 2.0 client id."""

    issuer: str
    """Issuer of its tokens."""

    token_endpoint: str
    """URL that tokens are fetched from."""

    jwks_endpoint: str
    """URL of the keys that tokens are verified with."""


@dataclass(frozen=True)
class RoleResult:
    """A role in Asgardeo."""

    id: str
    """Id of the role."""

    name: str
    """Name of the role."""


@dataclass(frozen=True)
class GroupResult:
    """A group in Asgardeo."""

    id: str
    """Id of the group."""

    name: str
    """Name of the group, with its user store."""


@dataclass(frozen=True)
class UserResult:
    """A user in Asgardeo."""

    id: str
    """Id of the user."""

    username: str
    """Username, with its user store."""


@dataclass(frozen=True)
class KeyManagerResult:
    """A key manager in Bijira."""

    id: str
    """Id of the key manager."""

    name: str
    """Name of the key manager."""

    token_endpoint: str
    """URL that tokens are fetched from."""

    revoke_endpoint: str
    """URL that tokens are revoked at."""

    available_grant_types: Sequence[str]
    """Grants that the key manager offers."""


@dataclass(frozen=True)
class BijiraApiResult:
    """A published API in Bijira."""

    id: str
    """Id of the API."""

    name: str
    """Name of the API."""

    version: str
    """Version of the API."""
