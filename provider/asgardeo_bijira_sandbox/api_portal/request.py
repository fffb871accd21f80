"""One call of the API Portal, from its bytes to a handler, refused in the order in which the server looks at it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from inspect import isawaitable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from .callers import Caller, caller_of
from .exceptions import BASE, PREFIX, Refused, Reply, invalid, no_application, page, security, unhandled
from .parsing import MOST, Form, parsed_form, parsed_json
from .validation import PAGING, check_query

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Receive, Scope, Send

    from ..store import Store
    from .models import Application, Portal
    from .validation import Schema

    Handler = Callable[["Call"], Reply | Awaitable[Reply]]

__all__ = ("PAGING", "Call", "Door", "Operation")

_MOST_OF_A_HEAD = 16 * 1024
_BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Operation:
    """A method and path: who may call it, what it takes, and what answers.

    `admin` counts where the server goes by roles, `scopes` where it goes by scopes. `body` is checked where the body is
    JSON; a form is not. Where `needs_body`, a request must say what its body is.
    """

    method: str
    path: str
    handler: Handler
    scopes: tuple[str, ...] = ()
    admin: bool = False
    query: tuple[str, ...] = ()
    body: Schema | None = None
    takes: tuple[str, ...] = ()
    needs_body: bool = True

    @property
    def segments(self) -> list[str]:
        """The parts of the path."""
        return self.path.strip("/").split("/")


@dataclass(frozen=True)
class Call:
    """A call that may be made."""

    store: Store
    caller: Caller
    parts: dict[str, str]
    query: dict[str, str | int]
    json: Any
    form: Form | None

    @property
    def portal(self) -> Portal:
        """The organisation that the token names."""
        return self.caller.portal

    def part(self, name: str) -> str:
        """A part of the path."""
        return self.parts[name]

    def body(self) -> dict[str, Any]:
        """The body's members, of JSON or of a form."""
        return dict(self.form.fields) if self.form else dict(self.json or {})

    def own(self, refusal: Callable[[], Refused] = no_application) -> Application:
        """An application of the caller's; those of others do not exist for it."""
        found = self.portal.applications.get(self.part("applicationId"))
        if found is None or found.owner != self.caller.subject:
            raise refusal()
        return found

    def page(self, rows: list[dict[str, Any]]) -> Reply:
        """A page of a list; one without paging is one page."""
        limit, offset = int(self.query.get("limit", 20)), int(self.query.get("offset", 0))
        shown = rows[offset : offset + limit] if "limit" in self.query else rows
        paging = {"limit": limit, "offset": offset, "total": len(rows)}
        return Reply(200, {"count": len(shown), "list": shown, "pagination": paging})


@dataclass(frozen=True)
class _Named:
    """What the ledger calls a path."""

    path: str


class Door:
    """The ASGI application below `/api-portal`."""

    def __init__(self, store: Callable[[Scope], Store], operations: tuple[Operation, ...]) -> None:
        self._store = store
        self.operations = operations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        body = await request.body()
        try:
            reply = await self._answered(request, scope, body)
        except Refused as refusal:
            reply = refusal.reply
        condition = request.headers.get("if-none-match", "")
        await reply.response(request.method, condition)(scope, receive, send)

    async def _answered(self, request: Request, scope: Scope, body: bytes) -> Reply:
        raw = str((scope.get("raw_path") or scope["path"].encode()).decode("latin-1").partition("?")[0])
        query = scope["query_string"].decode("latin-1")
        if len(raw) + len(query) + sum(len(name) + len(value) for name, value in scope["headers"]) > _MOST_OF_A_HEAD:
            return Reply(431)
        below = raw.removeprefix(PREFIX)
        if below == "/health":
            return Reply(200, {"status": "ok"})
        json = parsed_json(request.headers, body)
        if not below.lower().startswith(f"{BASE}/"):
            raise page(404)
        store = self._store(scope)
        caller = caller_of(store, request.headers.get("authorization", ""))
        operation, parts = self._found(request.method, below)
        scope["route"] = _Named(f"{PREFIX}{BASE}{operation.path}")
        if caller is None:
            raise security(401, operation.path)
        if not caller.may(operation.scopes, admin=operation.admin):
            raise security(403, operation.path)
        form = _form(operation, request.headers.get("content-type"), body, below)
        checked = check_query(query, operation.query)
        if operation.body and form is None and (json is not None or operation.needs_body):
            operation.body.check(json if json is not None else {})
        done = operation.handler(Call(store, caller, parts, checked, json, form))
        return await done if isawaitable(done) else done

    def _found(self, method: str, below: str) -> tuple[Operation, dict[str, str]]:
        here = []
        for operation in self.operations:
            parts = _matched(operation.segments, below)
            if parts is not None:
                here.append((operation, parts))
        for operation, parts in here:
            if operation.method == method:
                return operation, parts
        if here:
            raise unhandled(405, below, f"{method} method not allowed")
        raise page(404)


def _matched(template: list[str], below: str) -> dict[str, str] | None:
    given = below[len(BASE) + 1 :].removesuffix("/").split("/")
    if len(given) != len(template):
        return None
    parts = {}
    for wanted, segment in zip(template, given, strict=True):
        if not wanted.startswith("{"):
            if wanted.lower() != segment.lower():
                return None
            continue
        if not segment:
            return None
        parts[wanted.strip("{}")] = _unquoted(segment, below)
    return parts


def _unquoted(segment: str, path: str) -> str:
    try:
        if _BROKEN.search(segment):
            raise invalid(path, "malformed uri'")
        return unquote_to_bytes(segment).decode()
    except UnicodeDecodeError:
        raise invalid(path, "malformed uri'") from None


def _form(operation: Operation, content_type: str | None, body: bytes, path: str) -> Form | None:
    """The form of a request that brings one; a content type that the operation does not take is refused."""
    if not operation.takes or (not body and content_type is None and not operation.needs_body):
        return None
    kind = (content_type or "undefined").partition(";")[0].strip()
    if kind not in operation.takes:
        named = re.sub(r"\{(\w+)\}", r":\1", operation.path)
        raise unhandled(415, f"{PREFIX}{BASE}{named}", f"unsupported media type {content_type or 'undefined'}")
    if kind != "multipart/form-data":
        return None
    form = parsed_form(content_type or "", body)
    if form is None:
        raise unhandled(400, path, "multipart file(s) required")
    if any(len(text) > MOST for text in form.files.values()):
        raise unhandled(413, path, "File too large")
    return form
