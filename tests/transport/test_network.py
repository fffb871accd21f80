"""The connections of a process: shared by all who go the same way, kept alive for a while, as many as are needed."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest
from pulumi_asgardeo_bijira.transport import ApiProfile, Connection, Document, OutcomeUnknown
from pulumi_asgardeo_bijira.transport.route import KEPT_SECONDS, Route, open_transport, trusted_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 20.0
#: After so long a server closes a connection that idles, if it is one of the impatient (Node, uvicorn).
SHORTEST_KEPT_BY_SERVERS = 5.0


class Said(Document):
    """An answer."""


class Server(ThreadingHTTPServer):
    """A server that knows its connections."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, before: Callable[[], object] = lambda: None, *, closes: bool = False) -> None:
        self.before, self.closes = before, closes
        self.opened, self.requests = 0, 0
        self.closed = threading.Semaphore(0)
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """Answers `{}`, and where its server closes, closes without a word of it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server
    counting: ClassVar = threading.Lock()

    def setup(self) -> None:
        """A connection is opened."""
        with self.counting:
            self.server.opened += 1
        super().setup()

    def do_POST(self) -> None:
        """Answer."""
        self.rfile.read(int(self.headers["Content-Length"]))
        with self.counting:
            self.server.requests += 1
        self.server.before()
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
        self.wfile.flush()
        self.close_connection = self.server.closes

    def finish(self) -> None:
        """The connection is given up."""
        super().finish()
        self.server.shutdown_request(self.request)
        self.server.closed.release()


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """While it listens."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A connection of this process's network."""
    connection = Connection(url, ApiProfile("Platform"))
    try:
        yield connection
    finally:
        connection.close()


def post(connection: Connection) -> None:
    """Make something."""
    connection.request_json("POST", "/things", Said, json={}, doing="make a thing")


def test_what_goes_to_one_host_shares_its_connections() -> None:
    """As an organisation's API and its sign-in do; what is closed with the last of them is all."""
    with serving(Server()) as server:
        with connected(f"{server.url}/one") as one:
            with connected(f"{server.url}/other") as other:
                post(one)
                post(other)
            post(one)
            assert server.opened == 1
            assert not server.closed.acquire(blocking=False)
        assert server.closed.acquire(timeout=PATIENCE)


def test_there_are_as_many_as_there_are_requests_on_their_way() -> None:
    """Each is answered only when all have arrived; the next ones open none."""
    many = 48
    barrier = threading.Barrier(many)
    with serving(Server(lambda: barrier.wait(PATIENCE))) as server, connected(server.url) as connection:
        for _ in range(2):
            callers = [threading.Thread(target=post, args=(connection,)) for _ in range(many)]
            for caller in callers:
                caller.start()
            for caller in callers:
                caller.join()
        assert (server.requests, server.opened) == (2 * many, many)


def test_what_the_server_has_closed_meanwhile_loses_no_answer() -> None:
    """A creation, which may not be sent twice: the connection is looked at before it is used."""
    with serving(Server(closes=True)) as server, connected(server.url) as connection:
        for number in range(1, 4):
            post(connection)
            assert server.closed.acquire(timeout=PATIENCE)
            assert (server.requests, server.opened) == (number, number)


def test_what_the_server_closes_in_the_middle_is_a_lost_answer() -> None:
    """On a connection that was used before, too: it may have been carried out."""

    class Leaves(Exception):
        pass

    def leave_the_second() -> None:
        if server.requests == 2:
            raise Leaves

    server = Server(leave_the_second)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # it is meant to
    with serving(server), connected(server.url) as connection:
        post(connection)
        with pytest.raises(OutcomeUnknown, match="the answer was lost"):
            post(connection)
        assert (server.requests, server.opened) == (2, 1)


def test_an_idle_connection_is_given_up_before_a_server_does() -> None:
    """Otherwise a request can cross with the end of its connection."""
    assert SHORTEST_KEPT_BY_SERVERS / 2 < KEPT_SECONDS < SHORTEST_KEPT_BY_SERVERS - 1


def test_what_is_trusted_is_read_once_and_only_where_it_is_needed() -> None:
    """Reading the authorities takes longer than many a request; to this machine nothing is encrypted."""
    trusted_by.cache_clear()
    with connected("http://127.0.0.1:9"):
        assert trusted_by.cache_info().misses == 0
    for url in ("https://one.example.com", "https://other.example.com", "https://one.example.com/path"):
        open_transport(Route.leading_to(url, None)).close()
    assert (trusted_by.cache_info().misses, trusted_by.cache_info().hits) == (1, 2)


def test_a_route_shows_no_password() -> None:
    """A proxy's is in its address."""
    assert "hunter2" not in repr(Route(None, None, "http://ada:hunter2@proxy:1", "HTTPS_PROXY"))


def test_a_process_that_ends_closes_its_connections() -> None:
    """Nobody closes the platforms of a provider's process. What is registered first is called last."""
    code = """if True:
        import atexit, gc, socket, sys
        is_open = lambda one: isinstance(one, socket.socket) and one.fileno() != -1
        atexit.register(lambda: print([one for one in gc.get_objects() if is_open(one)]))
        from pulumi_asgardeo_bijira.transport import ApiProfile, Connection, Document
        kept = Connection(sys.argv[1], ApiProfile("Platform"))
        kept.request_json("POST", "/things", Document, json={}, doing="make a thing")
    """
    with serving(Server()) as server:
        command = [sys.executable, "-X", "dev", "-c", code, server.url]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, "[]\n", "")
        assert server.requests == 1
