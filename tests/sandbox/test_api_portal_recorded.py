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
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import pytest
from asgardeo_bijira_sandbox import Sandbox
from asgardeo_bijira_sandbox.api_portal.models import Portal

from tests.differential.exchange import BASE, BOUNDARY, multipart, new_ids, timeless
from tests.differential.token_endpoint import token_endpoint
from tests.sandbox.api_portal_callers import AUDIENCE, headers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

RECORDED = Path(__file__).parents[1] / "data" / "api-portal-exchanges.jsonl"
AGREEING = 732
ORGANIZATION, SECOND = "52253bfb-a3aa-4100-be86-4f0fcb35c112", "53e6fc21-ec4f-4186-92f4-6ee94c44341a"
TOKEN_ENDPOINT = "127.0.0.1:9555"  # noqa: S105 - where the recording had one

#: What does not agree, by case, and why.
DIFFERENT: dict[str, str] = {
    **dict.fromkeys(
        (
            "webhook.events_show_the_uuid",
            "webhook.event_detail",
            "webhook.events",
        ),
        "events are not served",
    ),
    **dict.fromkeys(
        ("http.path.without_portal_prefix", "http.path.devportal_v2", "http.path.health"),
        "outside of /api-portal the sandbox serves the other platforms",
    ),
    "http.after_deep_json_is_it_alive": "the real server had fallen over",
}

_RUN = re.compile(r"<([A-Za-z])\*(\d+)>")


@pytest.fixture
def place_of_tokens() -> Iterator[str]:
    """The place of a token endpoint of this machine."""
    with token_endpoint() as place:
        yield place


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
    place_of_tokens: str, record_property: Callable[[str, object], None]
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
            portal.given_ids = new_ids(exchange["answer"], seen)
            place = (TOKEN_ENDPOINT, place_of_tokens)
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
    return BOUNDARY, multipart(body["form"])


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
    if timeless(found) != timeless(wanted):
        return f"{timeless(found)} and not {timeless(wanted)}"
    is_fixed = bool(body) and timeless(found) == found and TOKEN_ENDPOINT not in body.decode()
    if is_fixed and exchange.get("etag") and headers["etag"] != exchange["etag"]:
        return f"the tag of {body!r}"
    return None


def _difference_of_cut(wanted: dict[str, Any], body: bytes) -> str | None:
    """Of a long answer its length and its beginning are known."""
    found = json.loads(body)
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":")) if wanted.get("compact") else json.dumps(found)
    if len(text) != wanted["$cut"]:
        return f"{len(text)} characters and not {wanted['$cut']}"
    if timeless(text[: len(wanted["head"])]) != timeless(wanted["head"]):
        return f"begins {text[:300]}"
    return None
