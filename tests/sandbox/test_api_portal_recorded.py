"""The API Portal's stand-in held to what the real server answered, exchange by exchange.

Each recorded request is sent again in its turn; status, content type, body and tag must be those of the recording. Only
times and subscription tokens are compared by their form. Ids that the server made up are handed to the stand-in, so
that what is sorted by them is in the same order.
"""

from __future__ import annotations

import base64
import http.client
import json
import re
import threading
import time
import uuid
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import pytest
from asgardeo_bijira_sandbox import Sandbox
from asgardeo_bijira_sandbox.api_portal.models import Portal

from tests.sandbox.api_portal_callers import AUDIENCE, headers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

RECORDED = Path(__file__).parents[1] / "data" / "api-portal-exchanges.jsonl"
AGREEING = 725
BASE = "/api-portal/api/v0.9"
ORGANIZATION, SECOND = "52253bfb-a3aa-4100-be86-4f0fcb35c112", "53e6fc21-ec4f-4186-92f4-6ee94c44341a"
TOKEN_ENDPOINT = "127.0.0.1:9555"  # noqa: S105 - where the recording had one

#: What does not agree, by case, and why.
DIFFERENT: dict[str, str] = {
    **dict.fromkeys(
        (
            "role.subscriber.webhook_events",
            "webhook.events_show_the_uuid",
            "webhook.event_detail",
            "webhook.events",
            "webhook.subscribers",
        ),
        "webhooks are not served",
    ),
    **dict.fromkeys(
        (
            "apikey.generate",
            "apikey.generate_minimal",
            "apikey.associate",
            "apikey.associate_unknown_app",
            "apikey.list_of_api",
            "apikey.list_of_application",
        ),
        "API keys are not served, an application has none",
    ),
    **dict.fromkeys(
        ("http.path.without_portal_prefix", "http.path.devportal_v2", "http.path.health"),
        "outside of /api-portal the sandbox serves the other platforms",
    ),
    "http.after_deep_json_is_it_alive": "the real server had fallen over",
}

_SECONDS, _MILLISECONDS = r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d", r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
_TIME = re.compile(f"(?P<seconds>{_SECONDS})|(?P<milliseconds>{_MILLISECONDS})")
_SECRET = re.compile(r"[0-9a-f]{64}")
_RUN = re.compile(r"<([A-Za-z])\*(\d+)>")


class _TokenEndpoint(BaseHTTPRequestHandler):
    """A token endpoint whose answer the client's secret chooses, as the recording's was."""

    _ANSWERS: dict[str, tuple[int, dict[str, Any]]] = {
        "good": (200, {"access_token": "eyJ.fake.token", "expires_in": 3600, "scope": "default"}),
        "noscope": (200, {"access_token": "opaque-1", "expires_in": 86400}),
        "minimal": (200, {"access_token": "opaque-2"}),
        "notoken": (200, {}),
        "grant": (400, {"error": "unauthorized_client"}),
        "limit": (429, {}),
        "boom": (500, {}),
        "slow": (200, {}),
    }

    def do_POST(self) -> None:
        """Answer by the secret; an unknown one is refused."""
        self.rfile.read(int(self.headers["Content-Length"]))
        secret = base64.b64decode(self.headers["Authorization"].split()[1]).decode().partition(":")[2]
        if secret == "slow":  # noqa: S105
            time.sleep(5.5)
        status, answer = self._ANSWERS.get(secret, (401, {"error": "invalid_client"}))
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError):  # whoever asked has not waited
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on stderr."""


@pytest.fixture
def token_endpoint() -> Iterator[str]:
    """The place of a token endpoint of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _TokenEndpoint) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def restarted(sandbox: Sandbox, number: int, former: dict[str, Portal]) -> None:
    """What was done to the server between exchanges: set up for another organisation, and for an identity provider."""
    server = sandbox.store.api_portal
    if number in (0, 752, 765):
        handle, uuid_ = ("second", SECOND) if number == 752 else ("default", ORGANIZATION)
        former |= server.organizations
        portal = former.get(handle) or Portal(uuid=uuid_, handle=handle, display_name=handle.capitalize())
        server.organizations = {handle: portal}
    if number == 769:
        server.by_scopes, server.audience = True, AUDIENCE


def test_the_stand_in_answers_as_the_real_server_did(
    token_endpoint: str, record_property: Callable[[str, object], None]
) -> None:
    """Whoever works against the sandbox works against the portal."""
    exchanges = [json.loads(line) for line in RECORDED.read_text().splitlines()]
    seen: set[str] = set()
    former: dict[str, Portal] = {}
    tags: dict[str, str] = {}
    differing: dict[str, str] = {}
    with Sandbox() as sandbox:
        sandbox.store.api_portal.organizations.clear()
        connection = http.client.HTTPConnection(urlsplit(sandbox.url).netloc)
        for exchange in exchanges:
            restarted(sandbox, exchange["n"], former)
            portal = next(iter(sandbox.store.api_portal.organizations.values()))
            portal.given_ids = _new_ids(exchange["answer"], seen)
            place = (TOKEN_ENDPOINT, token_endpoint)
            headers = headers_of(sandbox.store, exchange["caller"])
            answered = _sent(connection, exchange, headers, tags, place)
            why = _difference(exchange, (*answered[:2], answered[2].replace(*_bytes(reversed(place)))))
            if exchange.get("etag") and answered[1].get("etag"):
                tags[str(exchange["etag"])] = answered[1]["etag"]
            if why:
                differing[exchange["case"]] = why
        connection.close()
    agreeing = len(exchanges) - len(differing)
    record_property("line", f"API Portal: {agreeing} of {len(exchanges)} recorded exchanges agree; these do not:")
    for reason in dict.fromkeys(DIFFERENT.get(case, why) for case, why in differing.items()):
        cases = ", ".join(case for case, why in differing.items() if DIFFERENT.get(case, why) == reason)
        record_property("line", f"  {cases}: {reason}")
    unlisted = {case: why for case, why in differing.items() if case not in DIFFERENT}
    assert not unlisted, "\n".join(f"{case}: {why}" for case, why in unlisted.items())
    assert set(DIFFERENT) == set(differing), "these agree now: take them off the list"
    assert agreeing >= AGREEING


def _new_ids(answer: Any, seen: set[str]) -> list[str]:
    """The ids in an answer that the server made up for it."""
    if not isinstance(answer, dict):
        return []
    found = [str(answer[key]) for key in ("id", "keyMappingId", "subscriptionId") if key in answer]
    new = [one for one in found if one not in seen and _is_uuid(one)]
    seen.update(new)
    return new


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _expanded(value: Any, place: tuple[str, str] = ("", "")) -> Any:
    """With runs of a letter written out, and the token endpoint where it is this time."""
    if isinstance(value, str):
        return _RUN.sub(lambda run: run[1] * int(run[2]), value).replace(*place)
    if isinstance(value, dict):
        return {key: _expanded(item, place) for key, item in value.items()}
    return [_expanded(item, place) for item in value] if isinstance(value, list) else value


def _sent(
    connection: http.client.HTTPConnection,
    exchange: dict[str, Any],
    headers: dict[str, str],
    tags: dict[str, str],
    place: tuple[str, str],
) -> tuple[int, dict[str, str], bytes]:
    query = exchange.get("query", "")
    query = (
        query
        if isinstance(query, str)
        else urlencode([tuple(pair) for pair in query] if isinstance(query, list) else query)
    )
    path = _expanded(exchange["path"], place).replace("~", BASE, 1)
    content_type, body = _body(_expanded(exchange.get("body"), place))
    given = {name: value for name, value in exchange.get("headers", {}).items() if name != "cookie"}
    if "if-none-match" in given:
        given["if-none-match"] = tags[given["if-none-match"]]
    headers = {**headers, **({"content-type": content_type} if content_type else {}), **given}
    connection.request(exchange["method"], f"{path}?{query}" if query else path, body, headers)
    answer = connection.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def _body(body: dict[str, Any] | None) -> tuple[str | None, bytes | None]:
    if body is None:
        return None, None
    if "json" in body:
        return None, json.dumps(body["json"]).encode()
    if "text" in body:
        return None, body["text"].encode()
    if "bytes" in body:
        return None, base64.b64decode(body["bytes"])
    parts = []
    for name, value in body["form"].items():
        plain = isinstance(value, str)
        more = "" if plain else f'; filename="{value["filename"]}"\r\nContent-Type: {value["type"]}'
        content = value if plain else value["content"]
        parts.append(f'--boundary\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{content}\r\n')
    return "multipart/form-data; boundary=boundary", ("".join(parts) + "--boundary--\r\n").encode()


def _bytes(texts: Iterable[str]) -> tuple[bytes, bytes]:
    first, second = (text.encode() for text in texts)
    return first, second


def _difference(exchange: dict[str, Any], answered: tuple[int, dict[str, str], bytes]) -> str | None:
    """What is not as it was recorded."""
    status, headers, body = answered
    if status != exchange["status"]:
        return f"{status} and not {exchange['status']}, {body[:200]!r}"
    kind = headers.get("content-type", "").partition(";")[0]
    if kind != exchange["type"]:
        return f"{kind} and not {exchange['type']}"
    if bool(exchange.get("etag")) != ("etag" in headers):
        return "a tag" if "etag" in headers else "no tag"
    wanted = _expanded(exchange["answer"])
    if isinstance(wanted, dict) and "$page" in wanted:
        return None
    if isinstance(wanted, dict) and "$cut" in wanted:
        return _difference_of_cut(wanted, body)
    found = json.loads(body) if body and kind == "application/json" else body.decode() or None
    if _timeless(found) != _timeless(wanted):
        return f"{_timeless(found)} and not {_timeless(wanted)}"
    is_fixed = bool(body) and _timeless(found) == found and TOKEN_ENDPOINT not in body.decode()
    if is_fixed and exchange.get("etag") and headers["etag"] != exchange["etag"]:
        return f"the tag of {body!r}"
    return None


def _difference_of_cut(wanted: dict[str, Any], body: bytes) -> str | None:
    """Of a long answer its length and its beginning are known."""
    found = json.loads(body)
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":")) if wanted.get("compact") else json.dumps(found)
    if len(text) != wanted["$cut"]:
        return f"{len(text)} characters and not {wanted['$cut']}"
    if _timeless(text[: len(wanted["head"])]) != _timeless(wanted["head"]):
        return f"begins {text[:300]}"
    return None


def _timeless(value: Any) -> Any:
    if isinstance(value, str):
        return _SECRET.sub("(a token)", _TIME.sub(lambda found: f"(a time in {found.lastgroup})", value))
    if isinstance(value, dict):
        return {key: _timeless(item) for key, item in value.items()}
    return [_timeless(item) for item in value] if isinstance(value, list) else value
