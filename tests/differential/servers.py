"""The two that are asked: a real API Portal at an address, and a stand-in of this process."""

from __future__ import annotations

import http.client
import json
import time
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, urlsplit

from asgardeo_bijira_sandbox.api_portal.models import NOBODY, ROLES, Portal
from asgardeo_bijira_sandbox.tokens import SigningKey

from .exchange import BASE, Answer, Call

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

__all__ = ("RealPortal", "Refused", "Server", "StandIn")

_APIS = ("/apis", "/mcp-servers")
_OWNERS = ("alice", "bob", "carol")
#: How a caller's claims differ from those of the administrator Alice; None leaves a claim out.
#: Besides there are those who have nothing but one right: `scope dp:api:read`, `roles ap_admin`.
_CLAIMS: dict[str, dict[str, Any]] = {
    "alice": {},
    "bob": {"sub": "bob@example.com"},
    "carol": {"sub": "carol@example.com", "roles": ["ap_subscriber"]},
    "ended": {"exp": 1},
    "viewer": {"roles": ["ap_viewer"]},
    "homeless": {"org_handle": None, "org_name": None},
    "foreign": {"org_handle": "nope", "org_name": "nope"},
}


#: What a portal is cleared of, by the words for it.
_CLEARED = {
    "applications": "/applications",
    "subscriptions": "/subscriptions",
    "APIs": "/apis",
    "MCP servers": "/mcp-servers",
    "plans": "/subscription-plans",
    "key managers": "/key-managers",
    "webhook subscribers": "/webhook-subscribers",
    "views": "/views",
    "labels": "/labels",
}


class Refused(Exception):
    """A portal that cannot be, or must not be, compared with another; the message says why in one line."""


class Server(Protocol):
    """Somebody who answers."""

    def clear(self) -> None:
        """Be as on the first day, but without plans."""

    def expect(self, ids: list[str]) -> None:
        """Take these for the ids of what the next call makes."""

    def answer(self, call: Call) -> Answer:
        """Answer a call."""


class _Address:
    """A portal at an address, whose callers' tokens a key signs."""

    def __init__(self, url: str, key: SigningKey) -> None:
        self._netloc, self._key, self._issuer = urlsplit(url).netloc, key, f"{url}/oauth2/token"
        self._tokens: dict[str, str] = {}

    def answer(self, call: Call) -> Answer:
        """Answer a call. Each has a connection of its own, for some are cut."""
        connection = http.client.HTTPConnection(self._netloc, timeout=30)
        headers = {**call.headers, **self._authorization(call.caller)}
        connection.request(call.method, f"{BASE}{call.path}{'?' if call.query else ''}{call.query}", call.body, headers)
        answer = connection.getresponse()
        found = Answer.of(answer.status, {name.lower(): one for name, one in answer.getheaders()}, answer.read())
        connection.close()
        return found

    def _renew(self) -> None:
        """Name the organisation, and have one view and one label, all by Alice. The last view cannot be deleted."""
        names = {"id": "default", "displayName": "Default", "idpRefId": "default", "configuration": {}}
        self._write("PUT", "/organizations/default", names)
        self._write("PUT", "/views/passing", {"displayName": "passing"})
        for path in ("/views", "/labels"):
            self._delete_listed(path, but="passing")
        self._write("POST", "/labels", {"id": "default", "displayName": "default"})
        self._write("POST", "/views", {"id": "default", "labels": ["default"]})
        self._delete("/views", "passing")

    def _write(self, method: str, path: str, body: Any) -> None:
        headers = {"Content-Type": "application/json"}
        self.answer(Call("", "alice", method, path, headers=headers, body=json.dumps(body).encode()))

    def _delete_listed(self, path: str, caller: str = "alice", name: str = "id", but: str = "") -> None:
        while ids := [row[name] for row in self._list(path, caller) if row[name] != but]:
            answers = [self._delete(path, one, caller) for one in ids]
            if all(answer.status >= 400 for answer in answers):
                raise Refused(f"{self._netloc} does not let {path}/{ids[0]} be deleted: {_said(answers[0])}")

    def _list(self, path: str, caller: str) -> list[dict[str, Any]]:
        query = {"/subscription-plans": "", **dict.fromkeys(_APIS, "tags=%2C&limit=100")}.get(path, "limit=100")
        answer = self.answer(Call("", caller, "GET", path, query))
        if answer.status != 200:
            raise Refused(f"{self._netloc} does not let {caller} list {path} with that key: {_said(answer)}")
        found: list[dict[str, Any]] = answer.body["list"]
        return found

    def _delete(self, path: str, id_: str, caller: str = "alice") -> Answer:
        return self.answer(Call("", caller, "DELETE", f"{path}/{quote(id_, safe='')}"))

    def _authorization(self, caller: str) -> dict[str, str]:
        if caller == "nobody":
            return {}
        if caller not in self._tokens:
            claims: dict[str, Any] = {"sub": "alice@example.com", "org_handle": "default", "roles": ["ap_admin"]}
            claims |= {"iss": self._issuer, "org_name": "default", "exp": int(time.time()) + 36000}
            kind, _, right = caller.partition(" ")
            claims |= {"roles": [], kind: right if kind == "scope" else [right]} if right else _CLAIMS[caller]
            scopes = (scope for role in claims["roles"] for scope in sorted(ROLES.get(role, ())))
            claims.setdefault("scope", " ".join(scopes))
            self._tokens[caller] = self._key.issue({name: one for name, one in claims.items() if one is not None})
        return {"Authorization": f"Bearer {self._tokens[caller]}"}


class RealPortal(_Address):
    """A real one. What was made in it is deleted again, so it should be nobody's."""

    def __init__(self, url: str, pem: str) -> None:
        super().__init__(url, SigningKey(pem))
        self._unlisted: set[tuple[str, str]] = set()

    def clear(self) -> None:
        """Delete all that there is. What is not enabled, or in no view, is not listed: that was taken note of."""
        for caller in _OWNERS:
            self._delete_listed("/subscriptions", caller, "subscriptionId")
            self._delete_listed("/applications", caller)
        for path, one in self._unlisted:
            self._delete(path, one)
        self._unlisted.clear()
        for path in (*_APIS, "/subscription-plans", "/key-managers", "/webhook-subscribers"):
            self._delete_listed(path)
        self._renew()

    def begin(self, *, wipe: bool) -> str:
        """The id of the organisation that it serves, as plans show it; `wipe` allows to delete what it holds."""
        held = [f"{what}: {count}" for what, path in _CLEARED.items() if (count := self._held(path))]
        if held and not wipe:
            raise Refused(f"{self._netloc} is not empty ({', '.join(held)}), and all of it would be deleted")
        plan = b'{"id":"seen","displayName":"seen"}'
        headers = {"Content-Type": "application/json"}
        return str(
            self.answer(Call("", "alice", "PUT", "/subscription-plans", headers=headers, body=plan)).body["orgId"]
        )

    def _held(self, path: str) -> int:
        """How much there is that a new portal does not have."""
        callers = _OWNERS if path in ("/applications", "/subscriptions") else ("alice",)
        rows = [row for caller in callers for row in self._list(path, caller)]
        return sum(row.get("createdBy") != NOBODY and row.get("id") != "default" for row in rows)

    def expect(self, ids: list[str]) -> None:
        """It makes up its own."""

    def answer(self, call: Call) -> Answer:
        """Answer a call."""
        found = super().answer(call)
        for path in ("/apis", "/key-managers"):
            if path in call.path.lower() and isinstance(found.body, dict) and found.status < 300:
                self._unlisted.add((path, str(found.body.get("id"))))
        return found


class StandIn(_Address):
    """The sandbox of this process; `fault` changes each portal that it begins with."""

    def __init__(
        self, sandbox: Sandbox, organization: str, fault: Callable[[Portal], None] = lambda portal: None
    ) -> None:
        super().__init__(sandbox.url, sandbox.store.signing_key("bijira"))
        self._server, self._organization, self._fault = sandbox.store.api_portal, organization, fault

    def clear(self) -> None:
        """Have a new organisation."""
        portal = Portal(uuid=self._organization, handle="default", display_name="Default", plans={})
        self._fault(portal)
        self._server.organizations = {"default": portal}
        self._renew()

    def expect(self, ids: list[str]) -> None:
        """Take these ids before making up any."""
        self._server.organizations["default"].given_ids = ids


def _said(answer: Answer) -> str:
    return f"{answer.status} {answer.body.get('message', '') if isinstance(answer.body, dict) else answer.body}".strip()
