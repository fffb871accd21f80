"""What the user configures: stack config and environment variables become typed settings.

Each setting has two names, `asgardeo:clientId` in the stack's config and `ASGARDEO_CLIENT_ID` in the environment. The
arguments of an explicit provider come first, then the environment (an empty variable counts as unset), then the stack's
config: `destroy` and `refresh` run on the config that the last `up` stored, and the environment is what repairs that.
One variable stands above all: `ASGARDEO_BIJIRA_SANDBOX=<loopback address>` replaces every address and every credential.

A platform is signed in to by one method, which the settings choose by being there: a client secret, a private key, an
access token and so on. Two methods in one source are an error that names both. Between two sources the stronger one
decides: a pipeline that sets `ASGARDEO_ACCESS_TOKEN` signs in with that, and `asgardeo:clientSecret` of the stack's
config, which would contradict it, counts as not there, today at `up` and next year at `destroy`. What contradicts
nothing stays: a client id and a key id from the config go with a private key from the environment. But where an
explicit provider leads to a place of its own, nothing that signs in there comes from the stack, nor anything else that
belongs to the stack's.

Nothing is judged before a platform is used: a program that touches one platform needs no settings of the other. A
preview warns of what is missing or wrong for those that the program has resources of, or fails with `strictSettings`.
"""

import difflib
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from urllib.parse import urlsplit

from ..transport import SANDBOX_VARIABLE, ConfigurationProblem, is_loopback, origin, wrong_address
from .group import PLACEHOLDER, SettingGroup
from .platforms import AsgardeoSettings, BijiraSettings

__all__ = (
    "EXPLICIT_MARKER",
    "PLACEHOLDER",
    "SANDBOX_VARIABLE",
    "SETTING_GROUPS",
    "STACK_PREFIX",
    "AsgardeoSettings",
    "BijiraSettings",
    "Settings",
    "all_keys",
    "no_setting",
    "sandbox_environment",
)

#: Written into the config of an explicit provider instance, whose arguments stand above the environment.
EXPLICIT_MARKER = "asgardeo:explicitProvider"

#: Before each key of the stack's config that an explicit provider is given, for what it does not say itself.
STACK_PREFIX = "stack."

#: Set beside SANDBOX_VARIABLE, to the same address, by a command that serves the sandbox itself: there it is meant that
#: the sandbox stands for whatever the settings lead to.
_SANDBOX_OF_COMMAND = "ASGARDEO_BIJIRA_SANDBOX_OF_COMMAND"

SANDBOX_ORGANIZATION = "sandbox"
SANDBOX_ORGANIZATION_ID = "8f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e10"
SANDBOX_CLIENT_ID = "sandbox-management"
SANDBOX_API_PORTAL = "/api-portal/api/v0.9"
SANDBOX_CLIENT_SECRET = "sandbox-secret"  # noqa: S105  # the sandbox's well-known client, good for nothing else

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
        given = {key: value for key, value in config.items() if value}
        self._stack = {key.removeprefix(STACK_PREFIX): given[key] for key in given if key.startswith(STACK_PREFIX)}
        self._config = {key: value for key, value in given.items() if not key.startswith(STACK_PREFIX)}
        self._environment = {key: value for key, value in environment.items() if value}
        self._explicit = EXPLICIT_MARKER in config
        self._faults: dict[str, tuple[str, ...]] = {}

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
        found = AsgardeoSettings(self._explicit, self._withheld(AsgardeoSettings), **values)
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
        found = BijiraSettings(self._explicit, self._withheld(BijiraSettings), **values)
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

    def faults(self, platform: str) -> tuple[str, ...]:
        """What is missing or wrong of a platform's settings, as a preview can say it; in a sandbox nothing is."""
        if platform not in self._faults:
            try:
                found = () if self.sandbox else self._group(platform).faults()
            except ConfigurationProblem as problem:
                found = (str(problem),)
            self._faults[platform] = found
        return self._faults[platform]

    def are_strict(self, platform: str) -> bool:
        """Whether that is an error even in a preview."""
        group = next(one for one in SETTING_GROUPS if one.namespace == platform)
        return self._values(group).get("strict_settings") == "on"

    def _group(self, platform: str) -> SettingGroup:
        return self.asgardeo if platform == AsgardeoSettings.namespace else self.bijira

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
        own, variables = self._of(group, self._config), self._variables(group)
        if self._explicit:
            stack, _ = self._inherited(group)
            found = group.merged(group.merged(stack, variables), own)
        else:
            found = group.merged(own, variables)
        return {name: value for name, value in found.items() if value != PLACEHOLDER or not self.sandbox}

    def _inherited(self, group: type[SettingGroup]) -> tuple[dict[str, str], str]:
        """What an explicit provider takes of the stack's config, and why not all of it."""
        stack, own = self._of(group, self._stack), self._of(group, self._config)
        return group.inherited(stack, group.merged(stack, self._variables(group)), own)

    def _withheld(self, group: type[SettingGroup]) -> str:
        return self._inherited(group)[1] if self._explicit else ""

    @staticmethod
    def _of(group: type[SettingGroup], config: Mapping[str, str]) -> dict[str, str]:
        return {name: config[group.key(name)] for name in group.names() if group.key(name) in config}

    def _variables(self, group: type[SettingGroup]) -> dict[str, str]:
        variables = {name: group.variable(name) for name in group.names()}
        return {name: self._environment[one] for name, one in variables.items() if one in self._environment}

    @staticmethod
    def _refuse_unknown(config: Iterable[str]) -> None:
        known = all_keys()
        for key in sorted(config):
            if key.partition(":")[0] not in ("asgardeo", "bijira") or key in known:
                continue
            raise no_setting(key, key, known)
