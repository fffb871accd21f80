"""What the user configures: stack config and environment variables become typed settings.

Each setting has two names, `asgardeo:clientId` in the stack's config and `ASGARDEO_CLIENT_ID` in the environment. The
arguments of an explicit provider come first, then the environment (an empty variable counts as unset), then the stack's
config: `destroy` and `refresh` run on the config that the last `up` stored, and the environment is what repairs that.
One variable stands above all: `ASGARDEO_BIJIRA_SANDBOX=<loopback address>` replaces every address and every credential.

A platform is signed in to by one method, which the settings choose by being there: a client secret, a private key, an
access token and so on. Two methods in one source are an error that names both. Between two sources the stronger one
decides: a pipeline that sets `ASGARDEO_ACCESS_TOKEN` signs in with that, and `asgardeo:clientSecret` of the stack's
config, which would contradict it, counts as not there, today at `up` and next year at `destroy`. What contradicts
nothing stays: a client id and a key id from the config go with a private key from the environment.

Nothing is judged before it is used: a program that touches one platform needs no settings of the other.
"""

import difflib
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from ..transport import SANDBOX_VARIABLE, ConfigurationProblem, is_loopback, origin, wrong_address
from .auth import AsgardeoAuth, BijiraAuth
from .group import PLACEHOLDER, Default, SettingGroup, setting

__all__ = (
    "EXPLICIT_MARKER",
    "PLACEHOLDER",
    "SANDBOX_VARIABLE",
    "SETTING_GROUPS",
    "AsgardeoSettings",
    "BijiraSettings",
    "Settings",
    "all_keys",
    "no_setting",
    "sandbox_environment",
)

#: Written into the config of an explicit provider instance, whose arguments stand above the environment.
EXPLICIT_MARKER = "asgardeo:explicitProvider"

#: Set beside SANDBOX_VARIABLE, to the same address, by a command that serves the sandbox itself: there it is meant that
#: the sandbox stands for whatever the settings lead to.
_SANDBOX_OF_COMMAND = "ASGARDEO_BIJIRA_SANDBOX_OF_COMMAND"

SANDBOX_ORGANIZATION = "sandbox"
SANDBOX_ORGANIZATION_ID = "8f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e10"
SANDBOX_CLIENT_ID = "sandbox-management"
SANDBOX_API_PORTAL = "/api-portal/api/v0.9"
SANDBOX_CLIENT_SECRET = "sandbox-secret"  # noqa: S105  # the sandbox's well-known client, good for nothing else

_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


SWITCH = ("on", "off")


@dataclass(frozen=True)
class AsgardeoSettings(AsgardeoAuth):
    """Where Asgardeo is and how to sign in to it."""

    namespace = "asgardeo"
    counts_families = True

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

    @property
    def warns_of_roles(self) -> bool:
        """Whether a preview warns of roles that are missing or go."""
        if self.role_warnings not in SWITCH:
            raise self.wrong("role_warnings", f"is neither {' nor '.join(SWITCH)}")
        return self.role_warnings == "on"

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


#: The settings of each platform.
SETTING_GROUPS: tuple[type[SettingGroup], ...] = (AsgardeoSettings, BijiraSettings)


def all_keys() -> frozenset[str]:
    """Every key of the stack's config that is a setting of this package."""
    return frozenset({group.key(name) for group in SETTING_GROUPS for name in group.names()} | {EXPLICIT_MARKER})


def no_setting(key: str, name: str, known: Iterable[str], *, or_else: str = "") -> ConfigurationProblem:
    """The line about a key of the config that is no setting, with the known one that its name is like."""
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.4)
    hint = f"Did you mean `{near[0]}`? " if near else ""
    return ConfigurationProblem(
        "is not a setting", subject=key, action=f"{hint}Remove it: pulumi config rm {key}{or_else}"
    )


def sandbox_environment(url: str) -> dict[str, str]:
    """The variables with which a command has its own sandbox stand for whatever the settings lead to."""
    return {SANDBOX_VARIABLE: url, _SANDBOX_OF_COMMAND: url}


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


class Settings:
    """Everything configured, as found; judged when it is used."""

    def __init__(self, config: Mapping[str, str], environment: Mapping[str, str]) -> None:
        self._config = {key: value for key, value in config.items() if value}
        self._environment = {key: value for key, value in environment.items() if value}
        self._explicit = EXPLICIT_MARKER in config

    def __repr__(self) -> str:
        return f"Settings({', '.join(sorted(self._config))})"

    @cached_property
    def identity(self) -> str:
        """Equal for settings that lead to the same platforms with the same credentials; tells nothing of them."""
        values = [self._values(group) for group in SETTING_GROUPS]
        return hashlib.sha256(json.dumps([values, self.sandbox], sort_keys=True).encode()).hexdigest()

    @property
    def are_explicit(self) -> bool:
        """Whether they are those of an explicit provider."""
        return self._explicit

    @cached_property
    def sandbox(self) -> str | None:
        """The sandbox's address, where one replaces everything."""
        address = self._environment.get(SANDBOX_VARIABLE)
        if not address:
            return None
        wrong = wrong_address(address)
        if wrong or not is_loopback(address):
            what = "is not on this machine" if origin(address) and not is_loopback(address) else wrong
            raise ConfigurationProblem(
                what, subject=SANDBOX_VARIABLE, action="Unset it, or start a sandbox: asgardeo-bijira sandbox"
            )
        return address.rstrip("/")

    @property
    def about_sandbox(self) -> str:
        """The line that says that a sandbox stands for the platforms; empty where none does."""
        address = self._environment.get(SANDBOX_VARIABLE)
        if not address or wrong_address(address) or not is_loopback(address):  # what is wrong is told where it is used
            return ""
        return f"{SANDBOX_VARIABLE} is set: the sandbox at {address} stands for Asgardeo and Bijira"

    @cached_property
    def asgardeo(self) -> AsgardeoSettings:
        """Asgardeo's settings."""
        values = self._values(AsgardeoSettings)
        self._refuse_unknown(self._config)
        if self.sandbox:
            self._refuse_other_hosts(AsgardeoSettings, values)
            in_path = values.get("base_url", "").partition("/t/")[2]
            values = {
                "organization": values.get("organization") or in_path or SANDBOX_ORGANIZATION,
                "base_url": self.sandbox,
                "client_id": SANDBOX_CLIENT_ID,
                "client_secret": SANDBOX_CLIENT_SECRET,
                **{key: values[key] for key in ("role_warnings", "requests_per_minute") if key in values},
            }
        AsgardeoSettings.refuse_sealed(values)
        found = AsgardeoSettings(explicit=self._explicit, **values)
        found.check_texts()
        return found

    @cached_property
    def bijira(self) -> BijiraSettings:
        """Bijira's settings."""
        values = self._values(BijiraSettings)
        self._refuse_unknown(self._config)
        if self.sandbox:
            self._refuse_other_hosts(BijiraSettings, values)
            values = self._bijira_in(self.sandbox, values)
        BijiraSettings.refuse_sealed(values)
        found = BijiraSettings(explicit=self._explicit, **values)
        found.check_texts()
        return found

    @staticmethod
    def _bijira_in(sandbox: str, values: Mapping[str, str]) -> dict[str, str]:
        """What leads to the same back end in the sandbox."""
        path = _path(values.get("base_url", BijiraSettings.base_url))
        if values.get("backend") == "api-portal":
            path = SANDBOX_API_PORTAL
        kept: dict[str, str] = {
            key: values[key]
            for key in ("backend", "organization_id", "key_manager", "key_manager_query", "requests_per_minute")
            if key in values
        }
        if "admin_base_url" in values:
            kept["admin_base_url"] = sandbox + _path(values["admin_base_url"])
        return {
            **({"organization_id": SANDBOX_ORGANIZATION_ID} if path.endswith("/v2") else {}),
            **kept,
            "base_url": sandbox + path,
            "token_url": f"{sandbox}/oauth2/token",
            "client_id": SANDBOX_CLIENT_ID,
            "client_secret": SANDBOX_CLIENT_SECRET,
        }

    @cached_property
    def contradictions(self) -> dict[str, str]:
        """What is wrong with a sandbox that is to stand for each platform, which even a preview has to say."""
        return {group.namespace: self._contradiction(group) for group in SETTING_GROUPS}

    def _contradiction(self, group: type[SettingGroup]) -> str:
        try:
            self._refuse_other_hosts(group, self._values(group))
        except ConfigurationProblem as problem:
            return str(problem)
        return ""

    def _refuse_other_hosts(self, group: type[SettingGroup], values: Mapping[str, str]) -> None:
        """Two places at once are an error, unless a command has its sandbox stand for the other one on purpose."""
        if not self.sandbox or self._environment.get(_SANDBOX_OF_COMMAND) == self._environment.get(SANDBOX_VARIABLE):
            return
        for name in group.addresses:
            if name in values and origin(values[name]) != origin(self.sandbox):
                raise ConfigurationProblem(
                    f"has the sandbox at {self.sandbox} stand for both platforms, and {group.named(name)} leads to "
                    "another host",
                    subject=SANDBOX_VARIABLE,
                    action=f"Unset {SANDBOX_VARIABLE}, or remove the other: {group.how_to_remove(name)}, or run the "
                    "command by asgardeo-bijira sandbox -- …",
                )

    def _values(self, group: type[SettingGroup]) -> dict[str, str]:
        stored = {name: self._config[group.key(name)] for name in group.names() if group.key(name) in self._config}
        variables = {name: group.variable(name) for name in group.names()}
        set_ = {
            name: self._environment[variable] for name, variable in variables.items() if variable in self._environment
        }
        weak, strong = (set_, stored) if self._explicit else (stored, set_)
        found = group.merged(weak, strong)
        return {name: value for name, value in found.items() if value != PLACEHOLDER or not self.sandbox}

    @staticmethod
    def _refuse_unknown(config: Iterable[str]) -> None:
        known = all_keys()
        for key in sorted(config):
            if key.partition(":")[0] not in ("asgardeo", "bijira") or key in known:
                continue
            raise no_setting(key, key, known)
