"""Which claims, dialects and scopes of OpenID Connect an organisation has: those of the start, with its changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .data import EXTERNAL_CLAIMS, LOCAL_CLAIMS, LOCAL_DIALECT, OIDC_DIALECT, OIDC_SCOPE_CLAIMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models import Tenant

__all__ = ("dialects", "external_claims", "local_claims", "oidc_claims", "oidc_scopes")


def local_claims(tenant: Tenant) -> dict[str, dict[str, Any]]:
    """The organisation's own claims by their URIs."""
    return {uri: _local(uri, title) for uri, title in LOCAL_CLAIMS.items()} | tenant.claims.local


def dialects(tenant: Tenant) -> list[str]:
    """The dialects that claims are named in, the local one first."""
    return list(dict.fromkeys([LOCAL_DIALECT, *EXTERNAL_CLAIMS, *tenant.claims.dialects]))


def external_claims(tenant: Tenant, dialect: str) -> dict[str, dict[str, Any]]:
    """The claims of a dialect by their names."""
    start = {name: {"mappedLocalClaimURI": uri} for name, uri in EXTERNAL_CLAIMS.get(dialect, {}).items()}
    return _left(start | tenant.claims.dialects.get(dialect, {}))


def oidc_claims(tenant: Tenant) -> dict[str, dict[str, Any]]:
    """The claims of OpenID Connect by their names."""
    return external_claims(tenant, OIDC_DIALECT)


def oidc_scopes(tenant: Tenant) -> dict[str, dict[str, Any]]:
    """The scopes of OpenID Connect by their names."""
    start = {
        name: {"displayName": title, "description": "", "claims": list(names)}
        for name, (title, names) in OIDC_SCOPE_CLAIMS.items()
    }
    return _left(start | tenant.claims.scopes)


def _left(found: Mapping[str, dict[str, Any] | None]) -> dict[str, dict[str, Any]]:
    return {name: kept for name, kept in found.items() if kept is not None}


def _local(uri: str, title: str) -> dict[str, Any]:
    mapped = [{"mappedAttribute": uri.rpartition("/")[2], "userstore": "DEFAULT"}]
    return {
        "description": title,
        "displayOrder": 0,
        "displayName": title,
        "readOnly": False,
        "regEx": "",
        "required": False,
        "supportedByDefault": False,
        "attributeMapping": mapped,
        "properties": [],
    }
