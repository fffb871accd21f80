# Generated from the declarations by make generate: change those, not this.
"""Closed sets of texts."""

from __future__ import annotations

from typing import Literal

__all__ = (
    "AccessTokenType",
    "AllowedAudience",
    "ApplicationType",
    "AsgardeoRoleWarnings",
    "AsgardeoStrictSettings",
    "AuthorizedApiPolicy",
    "BijiraBackend",
    "BijiraGrantType",
    "BijiraStrictSettings",
    "CertificateType",
    "ClaimsDialect",
    "FapiProfile",
    "GrantType",
    "HybridFlowResponseType",
    "KeyType",
    "ResourceType",
    "SubjectSubjectType",
)

ResourceType = Literal["BUSINESS", "MCP"]

ApplicationType = Literal["m2m", "web", "spa", "mobile", "standard"]

GrantType = Literal[
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

AccessTokenType = Literal["JWT", "Default"]

CertificateType = Literal["JWKS", "PEM"]

HybridFlowResponseType = Literal["code token", "code id_token", "code id_token token"]

FapiProfile = Literal["FAPI1_ADVANCED", "FAPI2_SECURITY"]

SubjectSubjectType = Literal["pairwise", "public"]

AllowedAudience = Literal["APPLICATION", "ORGANIZATION"]

ClaimsDialect = Literal["LOCAL", "CUSTOM"]

AuthorizedApiPolicy = Literal["RBAC", "No Policy"]

KeyType = Literal["PRODUCTION", "SANDBOX"]

AsgardeoRoleWarnings = Literal["on", "off"]

AsgardeoStrictSettings = Literal["on", "off"]

BijiraGrantType = Literal["client_credentials", "password", "token_exchange"]

BijiraBackend = Literal["devportal", "api-portal"]

BijiraStrictSettings = Literal["on", "off"]
