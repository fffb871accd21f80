"""What no server should answer, and some proxy does: bounded, and one line."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from pulumi_asgardeo_bijira.transport import (
    ApiProblem,
    ApiProfile,
    ClientSecret,
    ConfigurationProblem,
    Connection,
    Document,
    FetchedToken,
    GivenToken,
    InvalidInput,
    Items,
    NotAnApiAnswer,
    OutcomeUnknown,
    Problem,
    Unreachable,
    operation,
)

from tests.transport.fakes import FakeClock, Server, connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

JSON = {"Content-Type": "application/json"}


class Thing(Document):
    """What is asked for here."""

    id: str
    rows: Items[str] = []


@pytest.fixture
def clock() -> FakeClock:
    """Time."""
    return FakeClock()


def body(text: str | bytes, *headers: tuple[bytes, bytes]) -> httpx.Response:
    """An answer of just these bytes, with status 200."""
    content = text.encode() if isinstance(text, str) else text
    return httpx.Response(200, content=content, headers=[(b"Content-Type", b"application/json"), *headers])


BODIES: dict[str, bytes] = {
    "deep": b'{"id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep object": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "half character": b'{"id": "\\ud800"}',
    "no number": b'{"id": "a", "x": NaN}',
    "endless number": b'{"id": "a", "x": 1e999}',
    "huge number": b'{"id": ' + b"9" * 5000 + b"}",
    "another charset": b'{"id": "\xff\xfe"}',
    "nothing": b"",
    "blank": b" ",
    "many rows": b'{"id": "a", "rows": [' + b"0," * 20_000 + b"0]}",
    "number": b'{"id": 5}',
}


@pytest.mark.parametrize("status", [200, 400, 401, 404, 409, 500])
@pytest.mark.parametrize("named", BODIES)
def test_a_hostile_body_is_one_line(named: str, status: int, clock: FakeClock) -> None:
    """As an answer and as an error."""
    answer = httpx.Response(status, content=BODIES[named], headers=JSON)
    with pytest.raises(Problem, match=r"^Platform: look: "):
        connect(Server(answer), clock).request_json("GET", "/x", Thing, doing="look")


@pytest.mark.parametrize(
    "body",
    [
        {"errors": 5},
        {"errors": [5, None, {"message": {}}]},
        {"errors": {"message": "m"}},
        {"code": [], "message": {}, "description": 1.5, "traceId": True},
        {"error": {"code": 1}, "error_description": [[]]},
        [],
        5,
    ],
)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 500])
def test_an_error_of_any_shape_is_one_line(body: Any, status: int, clock: FakeClock) -> None:
    """With the status, whatever else can be read of it."""
    with pytest.raises(Problem, match=str(status)):
        connect(Server(httpx.Response(status, json=body)), clock).call("DELETE", "/x", doing="remove")


@pytest.mark.parametrize("shape", ["message", "code", "traceId", "errors", "text"])
def test_an_error_is_cut(shape: str, clock: FakeClock) -> None:
    """A page of it is nobody's line."""
    long = "x" * 1_100_000
    answers = {
        "errors": httpx.Response(400, json={"errors": [{"message": "x" * 10}] * 100_000}),
        "text": httpx.Response(400, text=long),
    }
    with pytest.raises(ApiProblem) as caught:
        connect(Server(answers.get(shape) or httpx.Response(400, json={shape: long})), clock).call(
            "DELETE", "/x", doing="remove"
        )
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("charset", ["idna", "punycode", "hex", "base64", "nonsense", "utf-16", "\x00", '"'])
@pytest.mark.parametrize("status", [200, 400, 404])
def test_an_odd_charset_is_no_reason_to_fail_otherwise(charset: str, status: int, clock: FakeClock) -> None:
    """Some codecs raise what no text does."""
    kind = f"text/html; charset={charset}".encode()
    answer = httpx.Response(status, content=b"<html>\xff.a..b", headers=[(b"Content-Type", kind)])
    with pytest.raises(Problem, match=r"^Platform: look: "):
        connect(Server(answer), clock).request_json("GET", "/x", Thing, doing="look")


@pytest.mark.parametrize(
    "location", [b"http://[", b"//", b"http://\xff", b"http://x:99999999/", b"a" * 70_000, b"http://xn--/", b"\x00"]
)
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_an_odd_redirect_is_one_line(location: bytes, status: int, clock: FakeClock) -> None:
    """It is not followed, so it need not lead anywhere."""
    answer = httpx.Response(status, headers=[(b"Location", location)])
    with pytest.raises(NotAnApiAnswer, match=f"answered {status}"):
        connect(Server(answer), clock).request_json("POST", "/x", Thing, doing="make it")


@pytest.mark.parametrize(
    "wait",
    ["inf", "nan", "-5", "1e5", "9" * 5000, "Mon, 99 Foo 99999 99:99:99 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "\xb2"],
)
def test_an_odd_wait_is_our_own(wait: str, clock: FakeClock) -> None:
    """Bounded, and with an answer in the end."""
    busy = httpx.Response(429, headers=[(b"Retry-After", wait.encode("latin-1"))])
    assert connect(Server(busy, 200), clock).call("POST", "/x", doing="try").status_code == 200
    assert all(0 <= seconds <= 20 for seconds in clock.slept)


@pytest.mark.parametrize(
    "cookie", [b"a=b; expires=Mon, 99 Foo 99999 99:99:99 GMT", b"\xff=\xfe", b"=;;;=", b"a" * 100_000]
)
def test_an_odd_header_of_no_use_is_not_read(cookie: bytes, clock: FakeClock) -> None:
    """Nobody here keeps cookies."""
    answer = body('{"id": "a"}', (b"Set-Cookie", cookie), (b"Link", b"\xff"))
    assert connect(Server(answer), clock).request_json("GET", "/x", Thing, doing="look").id == "a"


TOKENS: dict[str, bool] = {
    '{"access_token": "t", "expires_in": 1e999}': False,
    '{"access_token": "t", "expires_in": NaN}': False,
    '{"access_token": "t", "expires_in": "nan"}': False,
    '{"access_token": "t", "expires_in": []}': False,
    '{"access_token": "t", "expires_in": true}': False,
    '{"access_token": "t", "scope": 5}': False,
    '{"access_token": "t", "scope": ["a"]}': False,
    '{"access_token": "t\\n"}': False,
    '{"access_token": "\\u00fc"}': False,
    '{"access_token": "a b"}': False,
    '{"access_token": 5}': False,
    '{"access_token": "\\ud800"}': False,
    "[" * 100_000: False,
    "": False,
    "null": False,
    '{"access_token": "t", "expires_in": -1}': True,
    '{"access_token": "t", "expires_in": ' + "9" * 4000 + "}": True,
    '{"access_token": "t", "expires_in": "inf"}': True,
    '{"access_token": "t", "expires_in": "3600", "scope": null}': True,
}


@pytest.mark.parametrize(("text", "good"), TOKENS.items())
def test_a_token_is_read_as_strictly_as_the_rest(text: str, good: bool, clock: FakeClock) -> None:
    """One that no header can carry is none, and an end that nobody can count to is a day."""
    server = Server(200)
    tokens = FetchedToken(connect(Server(body(text)), clock), ClientSecret("c", "s"), scopes=(), clock=clock)
    connection = connect(server, clock, tokens=tokens)
    if good:
        connection.call("GET", "/x", doing="look")
        assert server.bearers == ["t"]
    else:
        with pytest.raises(NotAnApiAnswer, match="fetch a token for the client c"):
            connection.call("GET", "/x", doing="look")


@pytest.mark.parametrize("token", ["a\nb", "ü", "a b"])
def test_a_given_token_that_no_header_can_carry_is_refused(token: str) -> None:
    """Unprinted."""
    with pytest.raises(ConfigurationProblem) as caught:
        GivenToken(token)
    assert token not in str(caught.value)


def test_a_path_that_is_too_long_for_an_address_is_one_line(clock: FakeClock) -> None:
    """Whatever it was made of."""
    with pytest.raises(InvalidInput, match="no address"):
        connect(Server(200), clock).call("GET", "/" + "x" * 70_000, doing="look")


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_a_bomb_is_not_unpacked(verb: str, clock: FakeClock) -> None:
    """Half a megabyte of nothing, which was half a gigabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(512)) + packer.flush()
    answer = httpx.Response(200, stream=httpx.ByteStream(bomb), headers={"Content-Encoding": "gzip", **JSON})
    kind = NotAnApiAnswer if verb == "GET" else OutcomeUnknown
    tracemalloc.start()
    try:
        with pytest.raises(kind, match="larger than 16 MiB"):
            connect(Server(each=lambda _: answer), clock).request_json(verb, "/x", Thing, doing="try")
        assert tracemalloc.get_traced_memory()[1] < 100 << 20
    finally:
        tracemalloc.stop()


def test_what_a_proxy_has_packed_is_unpacked(clock: FakeClock) -> None:
    """Though nobody asked it to."""
    packed = gzip.compress(b'{"id": "a"}')

    def answering(content: bytes, encoding: str) -> Server:
        headers = {"Content-Encoding": encoding, **JSON}
        return Server(each=lambda _: httpx.Response(200, stream=httpx.ByteStream(content), headers=headers))

    assert connect(answering(packed, "gzip"), clock).request_json("GET", "/x", Thing, doing="look").id == "a"
    for content, encoding in ((packed[:-4], "gzip"), (b"no zip", "deflate"), (packed, "br"), (packed, "gzip, gzip")):
        with pytest.raises(NotAnApiAnswer, match="the answer is damaged"):
            connect(answering(content, encoding), clock).request_json("GET", "/x", Thing, doing="look")


@contextmanager
def answering_with(send: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """The address of a server that does this to each connection until it is over."""
    over = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection:
            try:
                connection.recv(65536)
                send(connection, over)
            except OSError:  # the other side has had enough
                return

    def accept() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threads.append(threading.Thread(target=serve, args=(connection,)))
            threads[-1].start()

    threads: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        acceptor = threading.Thread(target=accept)
        acceptor.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
    for thread in (acceptor, *threads):
        thread.join()


def endless_hints(connection: socket.socket, over: threading.Event) -> None:
    """One early hint after the other, and never an answer."""
    while not over.is_set():
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")


def dripping_headers(connection: socket.socket, over: threading.Event) -> None:
    """A header of which a letter comes now and then."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while not over.wait(0.05):
        connection.sendall(b"x")


def dripping_sizes(connection: socket.socket, over: threading.Event) -> None:
    """A body whose first piece never begins."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;")
    while not over.wait(0.05):
        connection.sendall(b"x")


@pytest.mark.parametrize("send", [endless_hints, dripping_headers, dripping_sizes])
def test_what_never_becomes_an_answer_ends_with_the_requests_time(
    send: Callable[[socket.socket, threading.Event], None],
) -> None:
    """Though something arrives all the time, so that no time-out between two bytes sees it."""
    with answering_with(send) as url:
        connection = Connection(url, ApiProfile("Platform"))
        began = time.monotonic()
        with operation(0.5), pytest.raises(OutcomeUnknown, match="ReadTimeout"):
            connection.call("POST", "/x", doing="make it")
        connection.close()
    assert time.monotonic() - began < 20


def closed_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.mark.parametrize("verb", ["GET", "POST", "DELETE"])
def test_a_refused_connection_fails_at_once(verb: str, clock: FakeClock) -> None:
    """Nobody listens there, and waiting for it was half a minute of silence for each address."""
    connection = Connection(f"http://127.0.0.1:{closed_port()}", ApiProfile("Platform"), clock=clock)
    with pytest.raises(Unreachable, match="no connection to"):
        connection.call(verb, "/x", doing="look")
    assert sum(clock.slept) < 1
    connection.close()


def test_a_token_endpoint_that_refuses_connections_fails_the_operation_at_once(clock: FakeClock) -> None:
    """The same where signing in is but the first step of something else."""
    endpoint = Connection(f"http://127.0.0.1:{closed_port()}/token", ApiProfile("Platform"), clock=clock)
    tokens = FetchedToken(endpoint, ClientSecret("c", "s"), scopes=(), clock=clock)
    with pytest.raises(Unreachable, match="fetch a token for the client c"):
        connect(Server(200), clock, tokens=tokens).call("GET", "/x", doing="look")
    assert sum(clock.slept) < 1
    endpoint.close()


@pytest.mark.parametrize("value", ["\u00fc", "a\nb", "a\x00b"])
def test_a_header_that_cannot_be_sent_is_one_line(value: str, clock: FakeClock) -> None:
    """At once, and never called a lost answer."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        connection = Connection(f"http://127.0.0.1:{listener.getsockname()[1]}", ApiProfile("Platform"), clock=clock)
        with pytest.raises(InvalidInput, match="a header or token holds characters that cannot be sent"):
            connection.call("GET", "", doing="look", headers={"X-Key": value})
        assert not clock.slept
        connection.close()
