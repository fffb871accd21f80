"""The types of application: what each brings along."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ("CODE", "CREDENTIALS", "TYPES", "ApplicationType")

CODE = "authorization_code"
CREDENTIALS = "client_credentials"
_BROWSER_GRANTS = [CODE, "refresh_token"]
_PUBLIC: Mapping[str, Any] = {
    "grantTypes": _BROWSER_GRANTS,
    "publicClient": True,
    "pkce": {"mandatory": True, "supportPlainTransformAlgorithm": False},
}


@dataclass(frozen=True)
class ApplicationType:
    """A type of application: the template that the console shows it with, and what goes into the POST alone."""

    template: str
    defaults: Mapping[str, Any] = field(default_factory=dict)


TYPES: Mapping[str, ApplicationType] = {
    "m2m": ApplicationType("m2m-application", {"grantTypes": [CREDENTIALS]}),
    "web": ApplicationType("b9c5e11e-fc78-484b-9bec-015d247561b8", {"grantTypes": _BROWSER_GRANTS}),
    "spa": ApplicationType("6a90e4b0-fbff-42d7-bfde-1efd98f07cd7", _PUBLIC),
    "mobile": ApplicationType("mobile-application", _PUBLIC),
    "standard": ApplicationType("custom-application-oidc"),
}
