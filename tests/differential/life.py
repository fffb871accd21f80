"""The life of a portal, request by request, from a seed: right ones for the most part, and every kind of wrong one."""

from __future__ import annotations

import gzip
import re
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .api_bodies import QUERIES
from .exchange import Call
from .mutations import damaged, mutated
from .operations import ODD_IDS, OPERATIONS, Operation, World

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from .exchange import Answer

__all__ = ("CALLERS", "Life")

#: Those who call, and how often each does.
CALLERS = {
    "alice": 80,
    "bob": 12,
    "carol": 10,
    "nobody": 1,
    "ended": 1,
    "viewer": 1,
    "homeless": 1,
    "foreign": 1,
}
_NUMBERS = (
    *("", "1", "2", "0", "-1", "100", "101", "20", "1e1", "1E1", "1.0", "1.5", "%201", "1%20", "%2B1", "+1", "0x10"),
    *("01", "abc", "true", "null", "%00", "1,2", "%5B1%5D", "-", ".", "1e400", "%D9%A1", "9" * 16, "9" * 20),
)
_TEXTS = ("Gold", "x", "", "a%20b", "a+b", "a,b", "%22", "a%26b", "Wetter", "%zz", "%ff", "x" * 300)
_UNKNOWN = ("organizationId=x", "name=x", "expand", "LIMIT=1", "limit%5B%5D=1", "_=1", "constructor=1", "&&", "=")
_TYPES = (
    "text/plain",
    "application/xml",
    "application/yaml",
    "application/json; charset=utf-8",
    "Application/JSON",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/merge-patch+json",
    "",
)
_BODIES = (
    b"",
    b"{",
    b"[]",
    b"5",
    b'"x"',
    b"null",
    b"\xff\xfe",
    b"{}",
    b"a: 1",
    b"a=1&b=2",
    b'{"a":1}{"b":2}',
    b'{"a":NaN}',
)
_HEADERS: tuple[dict[str, str], ...] = (
    {"Content-Encoding": "gzip"},
    {"Content-Encoding": "identity"},
    {"Content-Encoding": "br"},
    {"Content-Encoding": "x"},
    {"If-None-Match": "*"},
    {"Accept": "text/html"},
    {"Accept": "application/xml"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Expect": "x"},
    {"Content-Type": "application/json; charset=utf-16"},
    {"Content-Type": "application/json; charset=latin1"},
    {"Content-Type": "application/json;;"},
    {"Content-Type": "multipart/form-data; boundary=other"},
    {"Content-Type": 'multipart/form-data; boundary="boundary"'},
    {"Content-Type": "multipart/form-data; boundary="},
    {"Content-Type": "multipart/form-data; charset=x; boundary=boundary"},
    {"X-Long": "x" * 20000},
)
_PACKED: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "deflate": zlib.compress, "GZIP": gzip.compress}
_METHODS = ("PATCH", "HEAD", "OPTIONS", "TRACE", "PUT", "POST", "DELETE", "GET", "QUERY")
_PLACE = re.compile(r"\{([a-z ]+)\}")
#: What may be there without an answer that told of it.
_KNOWN = {"organization": ("default",), "view": ("default", "one", "two"), "label": ("default", "one", "two")}
_ID_NAMES = ("id", "keyMappingId", "subscriptionId")


class Life:
    """Makes calls, and learns from what is answered what there is to call about."""

    def __init__(
        self,
        random: Random,
        token_endpoint: str,
        operations: tuple[Operation, ...] = OPERATIONS,
        callers: dict[str, int] = CALLERS,
    ) -> None:
        self.world = World(random, token_endpoint, {kind: dict.fromkeys(ids, "alice") for kind, ids in _KNOWN.items()})
        self._random, self._operations, self._callers = random, operations, callers
        self._begun = [one for one in operations if one.makes and one.method == "POST" and "{" not in one.path]

    def call(self) -> Call:
        """The next one; things are made before anything is done with them."""
        random = self._random
        while self._begun:
            operation = self._begun[0]
            if self.world.ids(operation.makes) or random.random() < 0.1:
                self._begun.pop(0)
                continue
            return self._made(operation, spoiled=False)
        (operation,) = random.choices(self._operations, [one.weight for one in self._operations])
        return self._made(operation, spoiled=random.random() < 0.5)

    def learn(self, call: Call, answer: Answer) -> None:
        """Take note of what was made."""
        operation = next(one for one in self._operations if str(one) == call.operation)
        if operation.makes and answer.status in (200, 201) and isinstance(answer.body, dict):
            for name in _ID_NAMES:
                if isinstance(answer.body.get(name), str):
                    self.world.known.setdefault(operation.makes, {})[answer.body[name]] = call.caller

    def _made(self, operation: Operation, *, spoiled: bool) -> Call:
        random = self._random
        path, caller = self._path(operation.path)
        if random.random() < 0.25:
            (caller,) = random.choices(list(self._callers), list(self._callers.values()))
        headers, body = {}, None
        if operation.bodies:
            one = random.choice(operation.bodies)
            tree = one.right(self.world)
            for _ in range(random.choice((1, 1, 1, 2)) if spoiled and random.random() < 0.8 else 0):
                tree = mutated(random, tree)
            kind, body = one.encode(tree)
            headers = {"Content-Type": kind}
        call = Call(str(operation), caller, operation.method, path, self._query(operation), headers, body)
        return self._odd(call) if spoiled and random.random() < 0.25 else call

    def _path(self, template: str) -> tuple[str, str]:
        """With ids in place of their names, and who made the first of them."""
        callers: list[str] = []

        def chosen(found: re.Match[str]) -> str:
            known = self.world.known.get(found[1], {})
            if not known or self._random.random() < 0.06:
                return self._random.choice(ODD_IDS)
            id_ = self._random.choice(list(known))
            callers.append(known[id_])
            return quote(id_, safe="")

        path = _PLACE.sub(chosen, template)
        return path, callers[0] if callers else "alice"

    def _query(self, operation: Operation) -> str:
        random = self._random
        chance = 0.6 if operation.queries else 0.02
        if random.random() > chance:
            return ""
        pairs = [f"{name}={self._value(name)}" for name in operation.queries if random.random() < 0.6]
        if random.random() < 0.1:
            pairs.append(random.choice((*_UNKNOWN, *pairs)))
        return "&".join(pairs)

    def _value(self, name: str) -> str:
        if name in ("limit", "offset"):
            return self._random.choice(("1", "2", "0", *_NUMBERS))
        kind = {"artifactId": "api", "view": "view", "name": "plan", "appId": "application"}.get(name)
        ids = self.world.ids(kind) if kind else ()
        return self._random.choice((*_TEXTS, *QUERIES.get(name, ()), *(quote(one, safe="") for one in ids)))

    def _other_path(self, path: str) -> str:
        at = self._random.randrange(1, len(path))
        inserted = self._random.choice(("/", ".", "..", "%2F", "%2e", ";x", "x", "%20", "%00", "//", "%C3%BC"))
        return self._random.choice(
            (f"{path}/", path.upper(), f"{path}/x", f"/{path}", f"{path[:at]}{inserted}{path[at:]}")
        )

    def _packed(self, call: Call) -> dict[str, Any]:
        """The body compressed, or in another encoding, and said to be so."""
        body, how = call.body or b"", self._random.choice((*_PACKED, "utf-16", "utf-16le", "utf-32", "iso-8859-1"))
        if how in _PACKED:
            return {"body": _PACKED[how](body), "headers": {**call.headers, "Content-Encoding": how}}
        text = body.decode("utf-8", "replace").encode(how, "replace")
        return {"body": text, "headers": {"Content-Type": f"application/json; charset={how}"}}

    def _odd(self, call: Call) -> Call:
        """The call with its body, its type, its method or the spelling of its path wrong."""
        random = self._random
        change: dict[str, Any] = random.choice(
            (
                {"method": random.choice(_METHODS)},
                {"path": self._other_path(call.path)},
                {"headers": {"Content-Type": random.choice(_TYPES)} if call.body is not None else {}},
                {"headers": {**call.headers, **random.choice(_HEADERS)}},
                {"body": damaged(random, call.body) if call.body else None},
                {"body": random.choice(_BODIES)},
                {"body": None, "headers": {}},
                self._packed(call),
            )
        )
        return replace(call, **change)
