"""What the settings of each platform have in common: two names, problems, methods of authentication."""

import json
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from ..naming import camel
from ..transport import ConfigurationProblem, RateLimit, is_loopback, wrong_address

__all__ = ("PLACEHOLDER", "SWITCH", "Default", "SettingGroup", "is_text", "setting", "strict")

#: Stands for an encrypted value of a stack that nobody has opened: a sandbox does not need it.
PLACEHOLDER = "rehearsal-placeholder"

SWITCH = ("on", "off")

#: No key and no token is so large; a device that never ends is.
_LARGEST_FILE = 1 << 20

#: Names of which Pulumi's CLI refuses a value that looks random, or long enough, unless it is told what it is.
_SOUNDS_SECRET = re.compile("pass|pwd|secret|token")


class Default(str):
    """A default value, distinct from the same text that somebody has set."""


def setting(
    text: str, *, secret: bool = False, default: Any = None, choices: Collection[str] = (), number: bool = False
) -> Any:
    """One setting: what it means, whether it is a secret, its default, the only values if there are few, and whether a
    program gives a number for it. All are texts once they are here."""
    metadata = {"doc": text, "secret": secret, "choices": tuple(choices), "number": number}
    return field(default=default, repr=not secret, metadata=metadata)


def strict() -> Any:
    """The setting that makes errors of what a preview would warn of."""
    return setting(
        "`on` or `off`: whether a preview fails, and does not only warn, where a setting of the platform is missing or "
        "wrong.",
        default="off",
        choices=SWITCH,
    )


def is_text(value: str) -> bool:
    """Whether a text can be written as UTF-8: what a variable holds may have been anything else."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True)
class SettingGroup:
    """Settings of one platform; a field `client_id` is the key `clientId` of its namespace.

    Some settings belong to some methods of authentication and to no other. Two of them that have none in common
    contradict each other.
    """

    namespace: ClassVar[str]
    #: The settings that are an address of a server, to which something secret goes.
    addresses: ClassVar[tuple[str, ...]] = ("base_url",)
    #: The methods of authentication, the usual one first, each with what is said of it.
    auth_methods: ClassVar[Mapping[str, str]]
    #: The settings that choose among them: the methods that each can be part of.
    choosing: ClassVar[Mapping[str, frozenset[str]]]

    #: Whether the platform counts each family of endpoints for itself.
    counts_families: ClassVar[bool] = False

    #: The settings that belong to an address, and to an organisation there: elsewhere they mean nothing.
    of_address: ClassVar[tuple[str, ...]] = ("base_url", "ca_bundle")
    of_organization: ClassVar[tuple[str, ...]] = ()

    #: Whether they are an explicit provider's.
    explicit: bool = field(default=False, repr=False)
    #: Why an explicit provider is not given all of the stack's config; empty where it is.
    withheld: str = field(default="", repr=False)

    client_id: str | None = setting("Client id to sign in with.")
    client_secret: str | None = setting("The client's secret.", secret=True)

    @classmethod
    def declared(cls) -> tuple[Field[Any], ...]:
        """The settings as they are declared above."""
        return tuple(one for one in fields(cls) if one.metadata)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The settings' names in Python."""
        return tuple(f.name for f in cls.declared())

    @classmethod
    @cache
    def secret_names(cls) -> tuple[str, ...]:
        """Of these those whose values must never be shown."""
        return tuple(f.name for f in cls.declared() if f.metadata["secret"])

    @classmethod
    def key(cls, name: str) -> str:
        """A setting's key in the stack's config: `asgardeo:clientId`."""
        return f"{cls.namespace}:{camel(name)}"

    @classmethod
    def named(cls, name: str) -> str:
        """The same as a message says it."""
        return f"`{cls.key(name)}`"

    @classmethod
    def variable(cls, name: str) -> str:
        """A setting's environment variable: `ASGARDEO_CLIENT_ID`."""
        return f"{cls.namespace}_{name}".upper()

    @classmethod
    def auth_methods_of(cls, name: str, value: str) -> frozenset[str]:
        """The methods of authentication that a setting of this value can be part of; one that has no say fits all."""
        return cls.choosing.get(name, frozenset(cls.auth_methods))

    @classmethod
    def merged(cls, weak: Mapping[str, str], strong: Mapping[str, str]) -> dict[str, str]:
        """The strong source's settings, and of the weak one's those that these neither replace nor contradict."""
        kept = {
            name: value
            for name, value in weak.items()
            if all(cls.auth_methods_of(name, value) & cls.auth_methods_of(other, strong[other]) for other in strong)
        }
        return {**kept, **strong}

    @classmethod
    def place(cls, values: Mapping[str, str]) -> tuple[object, object]:
        """The address and the organisation that settings lead to."""
        found = {name: values.get(name, getattr(cls, name)) for name in (*cls.addresses, *cls.of_organization)}
        addresses = [str(found.pop(name) or "").rstrip("/").lower() for name in cls.addresses]
        return addresses, [str(value or "").lower() for value in found.values()]

    @classmethod
    def inherited(
        cls, stack: Mapping[str, str], default: Mapping[str, str], own: Mapping[str, str]
    ) -> tuple[dict[str, str], str]:
        """What an explicit provider with settings of its own takes of the stack's, and why not all of it. `default` is
        what holds where there is no such provider.

        What signs in goes to no other place than the stack's, and is never one part of two clients. What belongs to an
        address stays with that.
        """
        there, here = cls.place(default), cls.place(cls.merged(default, own))
        signing = next(base for base in cls.__mro__ if "auth_methods" in vars(base)).names()  # type: ignore[attr-defined]
        taken_out: set[str] = set()
        why = ""
        if there[0] != here[0]:
            taken_out, why = {*signing, *cls.of_address, *cls.of_organization}, "leads to another address"
        elif there[1] != here[1]:
            taken_out, why = {*signing, *cls.of_organization}, "leads to another organisation"
        elif default.get("client_id", own.get("client_id")) != own.get("client_id", default.get("client_id")):
            taken_out, why = {*signing} - {"client_id"}, "signs in as another client"
        kept = {name: value for name, value in stack.items() if name not in taken_out}
        return kept, why if len(kept) < len(stack) else ""

    @classmethod
    def refuse_sealed(cls, values: Mapping[str, str]) -> None:
        """Raise the line about what is encrypted in the stack and not opened: it is set, and would be used."""
        names = [name for name, value in values.items() if value == PLACEHOLDER]
        if names:
            variables = " and ".join(f"{cls.variable(name)}=…" for name in names)
            raise ConfigurationProblem(
                f"{'are' if len(names) > 1 else 'is'} encrypted in the stack and cannot be opened here",
                subject=" and ".join(map(cls.named, names)),
                action=f"Set the variable{'s' if len(names) > 1 else ''} {variables}",
            )

    @property
    def auth_method(self) -> str:
        """The method that the settings choose; two at once are a problem that names both."""
        chosen = {name: str(getattr(self, name)) for name in self.names() if getattr(self, name)}
        left, names = frozenset(self.auth_methods), list(chosen)
        for index, name in enumerate(names):
            fits = self.auth_methods_of(name, chosen[name])
            rival = next((one for one in names[:index] if not self.auth_methods_of(one, chosen[one]) & fits), None)
            if rival:
                raise self._contradiction(rival, name)
            left &= fits
        return next(method for method in self.auth_methods if method in left)

    def looks(self) -> Iterator[Callable[[], object]]:
        """What is looked at beforehand, each of which raises what is wrong with it. No file is read for it."""
        yield lambda: self.rate_limit
        yield lambda: self.is_on("strict_settings")

    def faults(self) -> tuple[str, ...]:
        """The lines about what is missing or wrong, or contradicts another, as far as the settings alone tell it."""
        found = []
        for look in self.looks():
            try:
                look()
            except ConfigurationProblem as problem:
                found.append(str(problem))
        return tuple(dict.fromkeys(found))

    def is_on(self, name: str) -> bool:
        """Whether a switch is on."""
        value = getattr(self, name)
        if value not in SWITCH:
            raise self.wrong(name, f"is neither {' nor '.join(SWITCH)}")
        return bool(value == "on")

    def client(self) -> str:
        """The client id that signs in."""
        if not self.client_id:
            raise self.missing("client_id", self.or_another_auth_method())
        return self.client_id

    def or_another_auth_method(self) -> str:
        """For the line about a missing client id or secret: what else could be set, unless one is."""
        if any(getattr(self, name) for name in self.choosing):
            return ""
        *most, last = (self.named(name) for name in self.choosing if name != "client_secret")
        return f" (nor is {', '.join(most)} or {last})"

    @property
    def rate_limit(self) -> RateLimit:
        """What is sent in a minute; to an address of this machine without a limit, unless one is set."""
        name = "requests_per_minute"
        number = str(getattr(self, name))
        if not re.fullmatch("[0-9]{1,6}", number):
            raise self.wrong(name, "is no whole number, such as 200, or 0 for no limit")
        is_free = self.is_default(name) and is_loopback(str(getattr(self, self.addresses[0])))
        return RateLimit(0 if is_free else int(number), self.counts_families, self.named(name))

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that must never be shown."""
        values = (getattr(self, name) for name in self.secret_names())
        return tuple(str(value) for value in values if value)

    def how_to_set(self, name: str) -> str:
        """How to set a setting: in the config, or as a variable; for an explicit provider, on that, which stands above
        the variable."""
        if self.explicit:
            return f"give it to the explicit provider, or leave it out there and set {self.variable(name)}=…"
        return f"pulumi config set {self.option(name)}{self.named(name)} …, or {self.variable(name)}=…"

    @classmethod
    def option(cls, name: str) -> str:
        """What `pulumi config set` must be told: that it is a secret, or that what looks like one is none."""
        if name in cls.secret_names():
            return "--secret "
        return "--plaintext " if _SOUNDS_SECRET.search(name) else ""

    @classmethod
    def how_to_switch_off(cls, name: str) -> str:
        """The same for one that is on or off."""
        return f"pulumi config set {cls.named(name)} off, or {cls.variable(name)}=off"

    @classmethod
    def how_to_remove(cls, name: str) -> str:
        """The same, to remove it."""
        return f"pulumi config rm {cls.named(name)} (or unset {cls.variable(name)})"

    def missing(self, name: str, why: str = "") -> ConfigurationProblem:
        """The line that says how to set what is not set."""
        if not self.explicit:
            return self.wrong(name, f"is not set{why}")
        rest = (
            f"; the stack's is not taken, since the provider {self.withheld}" if self.withheld else ", nor in the stack"
        )
        return self.wrong(
            name, f"is not set{why}: neither on the explicit provider, nor in {self.variable(name)}{rest}"
        )

    def wrong(self, name: str, why: str) -> ConfigurationProblem:
        """The line that says what is wrong with a setting."""
        return ConfigurationProblem(why, subject=self.named(name), action=f"Set it: {self.how_to_set(name)}")

    def token_text(self, name: str) -> str:
        """A token that a setting holds: it goes into a header or a form as it is."""
        return self._one_token(name, str(getattr(self, name)), "is")

    def token_in_file(self, name: str) -> str:
        """The token in the file that a setting names, as the file is now."""
        return self._one_token(name, self.file_text(name), f"names {getattr(self, name)}, which is")

    def file_text(self, name: str) -> str:
        """What the file that a setting names holds now."""
        path = str(getattr(self, name))
        try:
            with Path(os.path.expanduser(path)).open("rb") as file:
                found = file.read(_LARGEST_FILE + 1)
        except OSError as problem:
            raise self.wrong(name, f"names {path}, which cannot be read: {problem.strerror}") from None
        except ValueError:  # a path that no system has
            raise self.wrong(name, "names no file") from None
        if len(found) > _LARGEST_FILE:
            raise self.wrong(name, f"names {path}, which is larger than {_LARGEST_FILE >> 10} KiB")
        try:
            return found.decode()
        except UnicodeDecodeError:
            raise self.wrong(name, f"names {path}, which is no text") from None

    def json_object(self, name: str) -> dict[str, str]:
        """A setting that is a JSON object of strings; left out, it is empty."""
        text = getattr(self, name)
        if not text:
            return {}
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
            raise self.wrong(name, "is not a JSON object of strings")
        if any(not is_text(part) for pair in found.items() for part in pair):
            raise self.wrong(name, "has half a character, which cannot be sent")
        return dict(found)

    def check_texts(self) -> None:
        """Raise the line about a value that is no text, or that has what no setting of one line has."""
        of_lines = {*self.secret_names()} | {"extra_query", "extra_headers"}
        for name in self.names():
            value = str(getattr(self, name) or "")
            if not is_text(value):
                raise self.wrong(name, "is no text in UTF-8")
            if name not in of_lines | {"extra_token_params"} and not value.isprintable():
                raise self.wrong(name, "has a control character or a line break, remove it")

    def is_default(self, name: str) -> bool:
        """Whether nobody has set it."""
        return isinstance(getattr(self, name), Default)

    def _one_token(self, name: str, text: str, subject: str) -> str:
        token = text.strip()
        if not token.isascii() or not token.isprintable() or " " in token or not token:
            raise self.wrong(name, f"{subject} {'not one token' if token else 'empty'}")
        return token

    def _contradiction(self, one: str, other: str) -> ConfigurationProblem:
        return ConfigurationProblem(
            "are two ways of signing in, and only one can be used",
            subject=f"{self.named(one)} and {self.named(other)}",
            action=f"Remove one: {self.how_to_remove(one)}, or {self.how_to_remove(other)}",
        )

    def _address(self, name: str) -> str:
        url = str(getattr(self, name)).rstrip("/")
        if wrong := wrong_address(url):
            raise self.wrong(name, wrong)
        return url
