"""The recorder: stands before every endpoint, lets faults strike and writes the ledger.

An answer is held back until it is in the ledger, so that a client that has its answer also finds it there.
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from .masking import MASK
from .web.bodies import Malformed, form_of, json_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from starlette.applications import Starlette
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from .faults import Fault, Faults, Struck
    from .ledger import Ledger, Platform
    from .store import Store

__all__ = ("ABORT", "Recorder")

ABORT = "asgardeo_bijira_sandbox.abort"
"""The key in a request's scope under which the server puts a function that cuts the connection."""

_TOKEN = re.compile(r"^(/t/[^/]+(/o)?)?/oauth2/token$")
_PREFIXES = re.compile(r"^(/t/\{org\}(/o)?(/api/server/v1)?|/api/am/devportal/v[23]|/api-portal/api/v0\.9)(?=/)")
_CAPTIVE_PORTAL = b"<!doctype html><html><head><title>Sign in to the network</title></head><body>Sign in</body></html>"


class Recorder:
    """Middleware between the server and the endpoints."""

    def __init__(
        self, inner: ASGIApp, *, app: Starlette, ledger: Ledger, faults: Faults, changed: Callable[[Store], None]
    ) -> None:
        self._inner = inner
        self._app = app
        self._ledger = ledger
        self._faults = faults
        self._changed = changed
        self._before: Store | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["path"].startswith("/_sandbox/"):
            await self._inner(scope, receive, send)
            return
        body = await _body(receive)
        platform, path = _platform(scope["path"]), _raw_path(scope)
        struck = self._faults.strike(platform, scope["method"], path)
        struck = await struck.gathered()
        await _held_up(struck.seconds("slow"))
        instead = _instead(struck.decides) if struck.decides else None
        refused = instead if struck.decides and not struck.decides.committed else None
        handled = refused or await self._carried_out(struck, scope, body)
        self._write_down(struck, scope, platform, path, body, handled)
        await _held_up(struck.seconds("slow_after"))
        if struck.decides and struck.decides.kind in ("reset", "lose"):
            await _lose(scope, receive)
            return
        for message in _announcing(struck, instead or _damaged(struck.decides, handled)):
            await send(message)

    async def _carried_out(self, struck: Struck, scope: Scope, body: bytes) -> list[Message]:
        if scope["method"] in ("GET", "HEAD"):
            return await self._handled(scope, body, stale=struck.stale)
        if self._faults.armed("stale") and _platform(scope["path"]) != "token":
            self._before = self._app.state.store.before_a_write()
        messages = await self._handled(scope, body)
        self._changed(self._app.state.store)
        return messages

    async def _handled(self, scope: Scope, body: bytes, stale: bool = False) -> list[Message]:
        messages: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            messages.append(message)

        current = self._app.state.store
        if stale and self._before is not None:
            self._app.state.store = self._before
        try:
            await self._inner(scope, receive, send)
        finally:
            self._app.state.store = current
        return messages

    def _write_down(
        self, struck: Struck, scope: Scope, platform: Platform, path: str, body: bytes, messages: list[Message]
    ) -> None:
        start, *parts = messages
        headers = _headers(scope["headers"])
        self._ledger.append(
            platform=platform,
            method=scope["method"],
            path=path,
            route=_PREFIXES.sub("", str(getattr(scope.get("route"), "path", scope["path"]))),
            status=start["status"],
            query=_single(parse_qs(scope["query_string"].decode(), keep_blank_values=True)),
            request_body=_readable(body, headers.get("content-type", "")),
            response_body=_readable(b"".join(part.get("body", b"") for part in parts)),
            fault=struck.named,
            client=headers.get("user-agent", ""),
            request_headers=headers,
            response_headers=_headers(start["headers"]),
        )


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in raw}


def _platform(path: str) -> Platform:
    if _TOKEN.match(path):
        return "token"
    if path.startswith("/t/"):
        return "asgardeo"
    return "bijira" if path.startswith(("/api/am/", "/api-portal/", "/oauth2/")) else "gateway"


def _raw_path(scope: Scope) -> str:
    raw = scope.get("raw_path") or scope["path"].encode()
    return str(raw.decode("latin-1").partition("?")[0])


async def _body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _held_up(seconds: float) -> None:
    if seconds:
        await asyncio.sleep(seconds)


async def _lose(scope: Scope, receive: Receive) -> None:
    """Cut the connection, and wait until the server has seen that it is."""
    scope[ABORT]()
    while (await receive())["type"] != "http.disconnect":
        pass


def _instead(fault: Fault) -> list[Message] | None:
    """What is answered in place of the endpoint's own answer."""
    match fault.kind:
        case "html":
            return _messages(200, {"content-type": "text/html"}, _CAPTIVE_PORTAL)
        case "reset":
            return _messages(503, {}, b"")
        case "fail" | "rate_limit" | "gather":
            return _refusal(fault)
    return None


def _announcing(struck: Struck, messages: list[Message]) -> list[Message]:
    """The answer, with what the rate limits have to say."""
    start, *parts = messages
    raw = [(name.lower().encode(), value.encode()) for name, value in struck.announced.items()]
    return [{**start, "headers": [*start["headers"], *raw]}, *parts]


def _damaged(fault: Fault | None, messages: list[Message]) -> list[Message]:
    """The endpoint's own answer; with half of its body, or with another one, where a fault has it so."""
    if fault is None or fault.kind not in ("half", "body"):
        return messages
    start, *parts = messages
    whole = b"".join(part.get("body", b"") for part in parts)
    body = whole[: len(whole) // 2] if fault.kind == "half" else fault.text.encode()
    status = 200 if start["status"] == 204 and body else start["status"]
    headers = {**_headers(start["headers"]), "content-type": "application/json"}
    return _messages(status, {name: value for name, value in headers.items() if name != "content-length"}, body)


def _refusal(fault: Fault) -> list[Message]:
    status = 429 if fault.kind == "rate_limit" and fault.status == 500 else fault.status
    if fault.body is None:
        return _messages(status, fault.headers, b"")
    if isinstance(fault.body, str):
        return _messages(status, {"content-type": "text/plain", **fault.headers}, fault.body.encode())
    return _messages(status, {"content-type": "application/json", **fault.headers}, json.dumps(fault.body).encode())


def _messages(status: int, headers: dict[str, str], body: bytes) -> list[Message]:
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    raw.append((b"content-length", str(len(body)).encode()))
    return [
        {"type": "http.response.start", "status": status, "headers": raw},
        {"type": "http.response.body", "body": body},
    ]


def _single(fields: dict[str, list[str]]) -> dict[str, Any]:
    """The fields of a form or a query; `code` is a secret there, and in JSON that of an error."""
    single = {name: values[0] if len(values) == 1 else values for name, values in fields.items()}
    return {**single, "code": MASK} if "code" in single else single


def _readable(body: bytes, content_type: str = "") -> Any:
    """A body as JSON, be it JSON or a form; nothing else is kept."""
    if not body:
        return None
    if "x-www-form-urlencoded" in content_type:
        return _single(form_of(body))
    try:
        return json_of(body)
    except Malformed:
        return None
