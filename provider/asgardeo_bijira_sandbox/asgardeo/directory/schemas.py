"""What SCIM knows of a user: the attributes of each schema, as `/Schemas` shows them and as bodies are read by them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..models import SYSTEM_SCHEMA

__all__ = ("CORE", "ENTERPRISE", "SCHEMAS", "USER", "Attribute", "Schema")

CORE = "urn:ietf:params:scim:schemas:core:2.0"
USER = f"{CORE}:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

Kind = Literal["STRING", "BOOLEAN", "INTEGER", "REFERENCE", "DATE_TIME", "BINARY", "COMPLEX"]


@dataclass(frozen=True)
class Attribute:
    """An attribute; one with parts is an object, `many` are a list. What is `closed` only the server sets."""

    name: str
    kind: Kind = "STRING"
    many: bool = False
    closed: bool = False
    parts: tuple[Attribute, ...] = ()
    required: bool = False
    hidden: bool = False

    @property
    def title(self) -> str:
        """Its name in words."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.name).capitalize()

    def part(self, name: str) -> Attribute | None:
        """The part of this name, in any case."""
        return next((one for one in self.parts if one.name.lower() == name.lower()), None)


@dataclass(frozen=True)
class Schema:
    """A schema by its URI."""

    uri: str
    name: str
    attributes: tuple[Attribute, ...]

    @cached_property
    def as_attribute(self) -> Attribute:
        """An extension as a member of a user."""
        return Attribute(self.uri, "COMPLEX", parts=self.attributes)


def _texts(names: str, *, closed: bool = False) -> tuple[Attribute, ...]:
    return tuple(Attribute(name, closed=closed) for name in names.split())


def _flags(names: str) -> tuple[Attribute, ...]:
    return tuple(Attribute(name, "BOOLEAN") for name in names.split())


def _numbers(names: str) -> tuple[Attribute, ...]:
    return tuple(Attribute(name, "INTEGER") for name in names.split())


def _whole(name: str, parts: str, *, many: bool = False, closed: bool = False) -> Attribute:
    known = {"primary": "BOOLEAN", "$ref": "REFERENCE"}
    found = tuple(Attribute(one, known.get(one, "STRING"), closed=closed) for one in parts.split())  # type: ignore[arg-type]  # the kinds above
    return Attribute(name, "COMPLEX", many=many, closed=closed, parts=found)


_LISTED = "value display type primary"

_USER = (
    Attribute("userName", required=True),
    _whole("name", "familyName givenName middleName honorificPrefix honorificSuffix formatted"),
    *_texts("displayName nickName profileUrl title userType preferredLanguage locale timezone"),
    Attribute("active", "BOOLEAN"),
    Attribute("password", hidden=True),
    *(_whole(name, _LISTED, many=True) for name in ("emails", "phoneNumbers", "ims", "photos")),
    _whole("addresses", "formatted streetAddress locality region postalCode country type primary", many=True),
    _whole("groups", "value $ref display type", many=True, closed=True),
    _whole("entitlements", _LISTED, many=True),
    _whole("roles", "value $ref display audienceValue audienceDisplay audienceType", many=True, closed=True),
    _whole("x509Certificates", _LISTED, many=True),
)
_ENTERPRISE = (
    *_texts("employeeNumber costCenter organization division department"),
    _whole("manager", "value $ref displayName"),
)
_SYSTEM = (
    *_flags(
        "askPassword verifyEmail verifyMobile accountLocked accountDisabled emailVerified phoneVerified "
        "emailOTPDisabled smsOTPDisabled forcePasswordReset isLiteUser tenantAdminAskPassword"
    ),
    *_numbers(
        "failedEmailOTPAttempts failedLoginAttempts failedLoginAttemptsBeforeSuccess failedLoginLockoutCount "
        "failedPasswordRecoveryAttempts failedSMSOTPAttempts failedTOTPAttempts failedBackupCodeAttempts"
    ),
    *_texts(
        "country dateOfBirth preferredChannel preferredMFAOption unlockTime pendingMobileNumber userSourceId "
        "totpEnabled backupCodeEnabled enabledAuthenticators"
    ),
    *(
        Attribute(name, many=True)
        for name in ("emailAddresses", "verifiedEmailAddresses", "mobileNumbers", "verifiedMobileNumbers")
    ),
    _whole("pendingEmails", "value type", many=True),
    *_texts(
        "accountState lockedReason lastLoginTime lastLogonTime lastPasswordUpdateTime oneTimePassword managedOrg "
        "passwordExpiryTime sharedType",
        closed=True,
    ),
    Attribute("isReadOnlyUser", "BOOLEAN", closed=True),
)
_EVERY = (
    Attribute("id", closed=True),
    Attribute("externalId"),
    Attribute(
        "meta",
        "COMPLEX",
        closed=True,
        parts=(
            *_texts("resourceType location version", closed=True),
            *(Attribute(name, "DATE_TIME", closed=True) for name in ("created", "lastModified")),
        ),
    ),
)

#: In the order in which they are listed.
SCHEMAS = (
    Schema(CORE, "Core", _EVERY),
    Schema(USER, "User", _USER),
    Schema(ENTERPRISE, "EnterpriseUser", _ENTERPRISE),
    Schema(SYSTEM_SCHEMA, "System", _SYSTEM),
)
