"""The settings of each platform, and what follows from them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..transport import origin
from .auth import AsgardeoAuth, BijiraAuth
from .group import SWITCH, Default, setting, strict

__all__ = ("AsgardeoSettings", "BijiraSettings")

_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class AsgardeoSettings(AsgardeoAuth):
    """Where Asgardeo is and how to sign in to it."""

    namespace = "asgardeo"
    counts_families = True
    of_organization = ("organization",)

    organization: str | None = setting("Name of the organisation, as in the console's address.")
    base_url: str = setting("Address of the platform, by region.", default=Default("https://api.asgardeo.io"))
    ca_bundle: str | None = setting("PEM file of the authority to trust instead of the system's.")
    requests_per_minute: str = setting(
        "How many requests a minute are sent to each family of endpoints (`/api/server`, `/scim2`, `/oauth2`), by all "
        "programs of a user on one machine together; 0: no limit but what the platform announces or refuses. To an "
        "address of this machine there is no limit unless one is set.",
        default=Default("200"),
        number=True,
    )
    role_warnings: str = setting(
        "`on` or `off`: whether a preview warns of people who would get no scope for want of a role, and of roles that "
        "a change deletes.",
        default="on",
        choices=SWITCH,
    )
    strict_settings: str = strict()

    def looks(self) -> Iterator[Callable[[], object]]:
        """The same of Asgardeo."""
        yield lambda: self.tenant_url
        yield self.look_at_signing_in
        yield lambda: self.warns_of_roles
        yield from super().looks()

    @classmethod
    def merged(cls, weak: Mapping[str, str], strong: Mapping[str, str]) -> dict[str, str]:
        """The same, where the address may name the organisation: the stronger source says which it is."""
        found = super().merged(weak, strong)
        if "organization" not in strong and "/t/" in strong.get("base_url", ""):
            found.pop("organization", None)
        if "organization" in strong and "base_url" not in strong and "base_url" in weak:
            found["base_url"] = weak["base_url"].partition("/t/")[0]
        return found

    @classmethod
    def place(cls, values: Mapping[str, str]) -> tuple[object, object]:
        """The same, wherever the organisation was written."""
        url, _, in_path = values.get("base_url", cls.base_url).rstrip("/").partition("/t/")
        return url.lower(), values.get("organization") or in_path

    @property
    def warns_of_roles(self) -> bool:
        """Whether a preview warns of roles that are missing or go."""
        return self.is_on("role_warnings")

    @cached_property
    def tenant_url(self) -> str:
        """`<address>/t/<organisation>`, wherever the organisation was written."""
        url, _, in_path = self._address("base_url").partition("/t/")
        named = self.organization or in_path
        if not named:
            raise self.missing("organization")
        if in_path and in_path != named:
            raise self.wrong("organization", f"is {named} but `asgardeo:baseUrl` ends in /t/{in_path}: they must agree")
        if not re.fullmatch(r"[A-Za-z0-9._-]+", named):
            raise self.wrong("organization", "may hold letters, digits, dots, hyphens and underscores only")
        return f"{url}/t/{named}"

    def tenant_url_of(self, organization: str) -> str:
        """The same for any organisation of this region."""
        return f"{self._address('base_url').partition('/t/')[0]}/t/{organization}"

    @property
    def organization_name(self) -> str:
        """The organisation that `tenant_url` leads to."""
        return self.tenant_url.rpartition("/")[2]


BACKENDS = ("devportal", "api-portal")
SCOPES = {
    "devportal": "apim:subscribe apim:app_manage apim:sub_manage",
    "api-portal": (
        "dp:application:manage dp:application_key:manage dp:application_key:revoke dp:key_manager:read dp:api:read"
    ),
}


@dataclass(frozen=True)
class BijiraSettings(BijiraAuth):
    """Where Bijira, or a self-hosted API Manager, is and how to sign in to it."""

    namespace = "bijira"
    addresses = ("base_url", "admin_base_url", "token_url")
    of_address = (*addresses, "ca_bundle")
    of_organization = ("organization_id", "org_handle", "extra_query", "extra_headers")

    backend: str = setting("`devportal` or `api-portal`.", default="devportal", choices=BACKENDS)
    base_url: str = setting(
        "Address of the developer-portal API; one ending in /v2 needs `bijira:organizationId`, /v3 does not. An API "
        "Portal has no default address.",
        default=Default("https://sts.choreo.dev/api/am/devportal/v2"),
    )
    admin_base_url: str | None = setting(
        "Address of the admin API of a self-hosted API Manager, for key managers. Default: `/api/am/admin/v4` on the "
        "host of `bijira:baseUrl`, where that ends in /v3."
    )
    organization_id: str | None = setting("UUID of the organisation, from the console's settings.")
    organization_param: str = setting("Query parameter that carries `bijira:organizationId`.", default="organizationId")
    extra_query: str | None = setting("JSON object of further query parameters on every request.")
    extra_headers: str | None = setting("JSON object of further headers on every request.")
    key_manager: str | None = setting("Name or id of the external key manager for resources that name none.")
    key_manager_query: str | None = setting("devPortalAppEnv of the key-manager list; `prod` on /v2, unset elsewhere.")
    ca_bundle: str | None = setting("PEM file of the authority to trust instead of the system's.")
    requests_per_minute: str = setting(
        "How many requests a minute are sent to the platform, by all programs of a user on one machine together; 0: no "
        "limit but what the platform announces or refuses.",
        default=Default("0"),
        number=True,
    )
    strict_settings: str = strict()

    def looks(self) -> Iterator[Callable[[], object]]:
        """The same of Bijira."""
        yield lambda: self.portal_url
        yield lambda: self.query
        yield lambda: self.headers
        yield lambda: self.admin_url
        yield lambda: self.auth_method == "access_token" or self.token_address
        yield self.look_at_signing_in
        yield from super().looks()

    @cached_property
    def portal_url(self) -> str:
        """The developer portal's address, checked."""
        if self.backend not in BACKENDS:
            raise self.wrong("backend", f"is neither {' nor '.join(BACKENDS)}")
        self._needs_address("base_url", "https://<host>:9543/api-portal/api/v0.9")
        return self._address("base_url")

    @cached_property
    def admin_url(self) -> str | None:
        """The admin API's address, checked; None where there is no such API."""
        if self.admin_base_url:
            return self._address("admin_base_url")
        host, found, _ = self.portal_url.partition("/api/am/devportal/v3")
        return f"{host}/api/am/admin/v4" if found else None

    @property
    def asked_scopes(self) -> str:
        """The scopes that a token is asked for."""
        return self.scopes or SCOPES[self.backend]

    @property
    def token_address(self) -> str:
        """The token endpoint, checked."""
        self._needs_address("token_url", "the token endpoint that the portal trusts (or `bijira:accessToken` is set)")
        return self._address("token_url")

    def _needs_address(self, name: str, example: str) -> None:
        """The default addresses are those of Bijira's own cloud. An API Portal is somebody's own server, and beside an
        address of the user's own a default one would have the credentials of that sent to the cloud."""
        if not self.is_default(name):
            return
        if self.backend == "api-portal":
            raise self.missing(name, f", and backend api-portal has no default: it is {example}")
        cloud = origin(str(getattr(self, name)))
        for other in self.addresses:
            value = getattr(self, other)
            if not value or origin(self._address(other)) == cloud:
                continue
            if other != "token_url" or self.auth_method != "access_token":  # a token that was given needs no endpoint
                raise self.missing(
                    name,
                    f", and {self.named(other)} leads to a host of your own: what signs in there would be sent to "
                    f"{cloud[1] if cloud else 'the default host'}",
                )

    @cached_property
    def query(self) -> dict[str, str]:
        """What every request's query carries: the organisation, and what the user adds."""
        found = self.json_object("extra_query")
        if self.organization_id:
            if not _UUID.fullmatch(self.organization_id):
                raise self.wrong("organization_id", "is not a UUID (the console shows it under Settings, Organization)")
            found[self.organization_param] = self.organization_id
        elif self.portal_url.endswith("/v2"):
            raise self.missing("organization_id", ", and an address that ends in /v2 needs it")
        return found

    @property
    def headers(self) -> dict[str, str]:
        """Further headers on every request."""
        found = self.json_object("extra_headers")
        for name, value in found.items():
            if not _HEADER_NAME.fullmatch(name) or not value.isascii() or not value.isprintable():
                raise self.wrong("extra_headers", "has a name or a value that no header can have")
        return found

    @property
    def key_manager_environment(self) -> str | None:
        """devPortalAppEnv of the key-manager list."""
        return self.key_manager_query or ("prod" if self.portal_url.endswith("/v2") else None)
