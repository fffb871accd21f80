"""The store: everything that exists on both platforms, as one value that can be saved, loaded, shown and compared."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from .api_portal.models import SCOPES as PORTAL_SCOPES
from .api_portal.models import PortalServer
from .asgardeo.management import MANAGEMENT_SCOPES
from .asgardeo.models import Tenant
from .bijira.models import SCOPES, Organization
from .masking import masked
from .tokens import SigningKey, generated_key, loaded_key

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ("BadState", "Store", "left_behind")

_PASSING = {"tokens", "spent_assertions", "pushed_requests", "authorizations", "codes", "consents"}
_NOT_SHOWN: dict[str, Any] = {"signing_keys": True, "asgardeo": {"__all__": _PASSING}}


_ORGANIZATION = re.compile(r"[A-Za-z0-9][\w.-]{0,99}", re.ASCII)
_ADDRESS = re.compile(r"https?://[^/\s\"\\\\]+")


class BadState(Exception):
    """A state file that cannot be read; the message says what to do."""


class Store(BaseModel):
    """What exists. `asgardeo` is keyed by organisation name, `bijira` by organisation uuid, `api_portal` by handle."""

    base_url: str
    open_organizations: bool = True
    asgardeo: dict[str, Tenant] = {}
    bijira: dict[str, Organization] = {}
    api_portal: PortalServer = Field(default_factory=PortalServer)
    signing_keys: dict[str, str] = {}

    def tenant(self, name: str) -> Tenant | None:
        """An Asgardeo organisation; where they are open, one of a good name begins when it is first asked for."""
        if name not in self.asgardeo and self.open_organizations and _ORGANIZATION.fullmatch(name):
            self.asgardeo[name] = Tenant(name=name)
        return self.asgardeo.get(name)

    def withheld(self) -> dict[str, list[str]]:
        """What there is and the management client may not have, by the organisation; in a store that an older sandbox
        has saved, what that one did not know. Whoever asks for it is answered 403."""
        held = [
            (f"Asgardeo's {name}", MANAGEMENT_SCOPES, tenant.management_scopes)
            for name, tenant in self.asgardeo.items()
        ]
        held += [(f"Bijira's {one.handle}", SCOPES, one.management_scopes) for one in self.bijira.values()]
        held += [
            (f"the API Portal's {name}", PORTAL_SCOPES, portal.management_scopes)
            for name, portal in self.api_portal.organizations.items()
        ]
        return {owner: lacking for owner, known, has in held if (lacking := [one for one in known if one not in has])}

    def signing_key(self, owner: str) -> SigningKey:
        """The key that an owner (an Asgardeo organisation as `asgardeo/<name>`, or `bijira`) signs tokens with."""
        if owner not in self.signing_keys:
            self.signing_keys[owner] = generated_key(owner).pem
        return loaded_key(self.signing_keys[owner])

    def save(self, path: Path) -> None:
        """Write the store to a file that only its owner can read; the file is replaced at once or not at all."""
        beside = path.with_name(f"{path.name}.{os.getpid()}.new")
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(self.model_dump_json(indent=1))
        beside.replace(path)

    @classmethod
    def load(cls, path: Path, base_url: str) -> Store:
        """Read a saved store; its addresses become those of the server that loads it."""
        try:
            text = path.read_text(encoding="utf-8")
            found = json.loads(text)
            former = found.get("base_url") if isinstance(found, dict) else None
            if not isinstance(former, str) or not _ADDRESS.fullmatch(former):
                raise ValueError
            store = cls.model_validate_json(text.replace(former, base_url))
            for pem in store.signing_keys.values():
                loaded_key(pem)
        except OSError as problem:
            raise BadState(f"{path} cannot be read: {problem.strerror}. Name another file with --state") from None
        except (ValueError, RecursionError):
            raise BadState(f"{path} is no state of a sandbox's. Name another file with --state") from None
        return store

    def before_a_write(self) -> Store:
        """A copy to answer stale reads from: the objects as they are now, the tokens always the current ones."""
        copy = self.model_copy(deep=True)
        for name, tenant in self.asgardeo.items():
            copy.asgardeo[name].tokens = tenant.tokens
            copy.asgardeo[name].authorizations = tenant.authorizations
        return copy

    def snapshot(self) -> dict[str, Any]:
        """Everything that exists, secrets masked, without what comes and goes by itself (tokens, keys)."""
        shown: dict[str, Any] = masked(self.model_dump(mode="json", exclude=_NOT_SHOWN))
        return shown


def left_behind(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What differs between two snapshots: `asgardeo/sandbox/applications/<id>: orders-m2m is still there`.

    An organisation that has begun in between is measured by what each begins with.
    """
    begun = {name: Tenant(name=name) for name in after["asgardeo"] if name not in before["asgardeo"]}
    fresh = Store(base_url="", asgardeo=begun).snapshot()["asgardeo"]
    was, now = _objects({**before, "asgardeo": {**fresh, **before["asgardeo"]}}), _objects(after)
    lines = [f"{path}: {_title(now[path])} is still there" for path in now if path not in was]
    lines += [f"{path}: {_title(was[path])} is gone" for path in was if path not in now]
    lines += [f"{path}: {_title(was[path])} was changed" for path in was if path in now and was[path] != now[path]]
    return sorted(lines)


def _objects(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Every object by its path: the entries of the collections of each organisation."""
    portals = snapshot["api_portal"]["organizations"]
    return {
        f"{platform}/{organization}/{collection}/{key}": entry
        for platform, organizations in (
            ("asgardeo", snapshot["asgardeo"]),
            ("bijira", snapshot["bijira"]),
            ("api-portal", portals),
        )
        for organization, content in organizations.items()
        for collection, entries in content.items()
        if isinstance(entries, dict)
        for key, entry in entries.items()
    }


def _title(entry: Any) -> str:
    names = (entry.get(key) for key in ("name", "username", "display_name")) if isinstance(entry, dict) else ()
    return str(next(filter(None, names), "an object"))
