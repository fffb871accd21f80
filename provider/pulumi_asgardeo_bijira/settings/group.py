"""What the settings of each platform have in common: two names, what is said of a wrong one, ways of signing in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from ..http import ConfigurationProblem, is_loopback
from ..naming import camel

__all__ = ("SettingGroup", "setting")


def setting(text: str, *, secret: bool = False, default: Any = None) -> Any:
    """One setting: what it means, whether it is a secret, its default."""
    return field(default=default, repr=not secret, metadata={"doc": text, "secret": secret})


@dataclass(frozen=True)
class SettingGroup:
    """Settings of one platform; a field `client_id` is the key `clientId` of its namespace.

    Some settings belong to some ways of signing in and to no other. Two of them that have no way in common contradict
    each other.
    """

    namespace: ClassVar[str]
    #: The ways of signing in, the usual one first, each with what is said of it.
    ways: ClassVar[Mapping[str, str]]
    #: The settings that choose among them: the ways that each can be part of.
    choosing: ClassVar[Mapping[str, frozenset[str]]]

    client_id: str | None = setting("Client id to sign in with.")
    client_secret: str | None = setting("Its secret.", secret=True)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The settings' names in Python."""
        return tuple(f.name for f in fields(cls))

    @classmethod
    def key(cls, name: str) -> str:
        """A setting's key in the stack's config: `asgardeo:clientId`."""
        return f"{cls.namespace}:{camel(name)}"

    @classmethod
    def variable(cls, name: str) -> str:
        """A setting's environment variable: `ASGARDEO_CLIENT_ID`."""
        return f"{cls.namespace}_{name}".upper()

    @classmethod
    def ways_of(cls, name: str, value: str) -> frozenset[str]:
        """The ways of signing in that a setting of this value can be part of; one that has no say fits all."""
        return cls.choosing.get(name, frozenset(cls.ways))

    @classmethod
    def merged(cls, weak: Mapping[str, str], strong: Mapping[str, str]) -> dict[str, str]:
        """The strong source's settings, and of the weak one's those that these neither replace nor contradict."""
        kept = {
            name: value
            for name, value in weak.items()
            if all(cls.ways_of(name, value) & cls.ways_of(other, strong[other]) for other in strong)
        }
        return {**kept, **strong}

    @property
    def way(self) -> str:
        """The way of signing in that the settings choose; two at once are a line that names both."""
        chosen = {name: str(getattr(self, name)) for name in self.names() if getattr(self, name)}
        left, told = frozenset(self.ways), list(chosen)
        for place, name in enumerate(told):
            fits = self.ways_of(name, chosen[name])
            rival = next((one for one in told[:place] if not self.ways_of(one, chosen[one]) & fits), None)
            if rival:
                raise self._contradiction(rival, name)
            left &= fits
        return next(way for way in self.ways if way in left)

    def client(self) -> str:
        """The client id that signs in."""
        if not self.client_id:
            raise self.missing("client_id", self.nor_in_another_way())
        return self.client_id

    def nor_in_another_way(self) -> str:
        """For the line about a missing client id or secret: what else could be set, unless a way is chosen already."""
        if any(getattr(self, name) for name in self.choosing):
            return ""
        *most, last = (self.key(name) for name in self.choosing if name != "client_secret")
        return f" (nor is {', '.join(most)} or {last})"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that must never be shown."""
        values = (getattr(self, f.name) for f in fields(self) if f.metadata["secret"])
        return tuple(str(value) for value in values if value)

    def how_to_set(self, name: str) -> str:
        """Both ways to set a setting."""
        secret = any(f.name == name and f.metadata["secret"] for f in fields(self))
        return f"pulumi config set {'--secret ' if secret else ''}{self.key(name)} …, or {self.variable(name)}=…"

    def missing(self, name: str, why: str = "") -> ConfigurationProblem:
        """The line that says how to set what is not set."""
        return ConfigurationProblem(f"{self.key(name)} is not set{why}. Set it: {self.how_to_set(name)}")

    def wrong(self, name: str, why: str) -> ConfigurationProblem:
        """The line that says what is wrong with a setting."""
        return ConfigurationProblem(f"{self.key(name)} {why}. Set it: {self.how_to_set(name)}")

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
            return Path(path).expanduser().read_text(encoding="utf-8")
        except OSError as problem:
            raise self.wrong(name, f"names {path}, which cannot be read: {problem.strerror}") from None
        except UnicodeDecodeError:
            raise self.wrong(name, f"names {path}, which is no text") from None

    def json_object(self, name: str) -> dict[str, str]:
        """A setting that is a JSON object of strings; left out, it is empty."""
        text = getattr(self, name)
        if not text:
            return {}
        try:
            found = json.loads(text)
        except ValueError:
            found = None
        if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
            raise self.wrong(name, "is not a JSON object of strings")
        return dict(found)

    def _one_token(self, name: str, text: str, subject: str) -> str:
        token = text.strip()
        if not token.isascii() or not token.isprintable() or " " in token or not token:
            raise self.wrong(name, f"{subject} {'not one token' if token else 'empty'}")
        return token

    def _contradiction(self, one: str, other: str) -> ConfigurationProblem:
        def removal(name: str) -> str:
            return f"pulumi config rm {self.key(name)} (or unset {self.variable(name)})"

        return ConfigurationProblem(
            f"{self.key(one)} and {self.key(other)} are two ways of signing in, and only one can be used. "
            f"Remove one: {removal(one)}, or {removal(other)}"
        )

    def _address(self, name: str) -> str:
        url = str(getattr(self, name)).rstrip("/")
        parts = urlsplit(url)
        if (
            parts.scheme not in ("https", "http")
            or not parts.hostname
            or parts.query
            or parts.fragment
            or parts.username
        ):
            raise self.wrong(name, "is not an https address without user, query and fragment")
        if parts.scheme == "http" and not is_loopback(url):
            raise self.wrong(name, "is plain http; that is for this machine only, use https")
        return url
