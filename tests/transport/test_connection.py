"""Where a connection leads, whom it trusts and what it says of itself."""

from __future__ import annotations

import http.server
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import trustme
from pulumi_asgardeo_bijira.transport import (
    SANDBOX_VARIABLE,
    ApiProfile,
    ConfigurationProblem,
    Connection,
    Document,
    Unreachable,
    user_agent,
)

from tests.transport.fakes import FakeClock, Server, connect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def clock() -> FakeClock:
    """Time."""
    return FakeClock()


@pytest.mark.parametrize(
    "url",
    [
        "http://platform.example.com",
        "http://127.0.0.1.example.com",
        "http://127.0.0.1@example.com",
        "http://localhost:pass@example.com/127.0.0.1",
        "HTTP://example.com",
        "example.com",
        "",
    ],
)
def test_plain_http_to_another_machine_is_refused(url: str) -> None:
    """Secrets travel in these requests, whatever the address tries to look like."""
    with pytest.raises(
        ConfigurationProblem, match=r"plain http; that is for this machine|is not an https address"
    ) as no:
        Connection(url, ApiProfile("Platform"))
    assert not url or url not in str(no.value), "it may hold a password"


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://localhost:1/t/x", "http://[::1]:1"])
def test_plain_http_is_for_this_machine(url: str) -> None:
    """A sandbox needs no certificate."""
    connection = Connection(url + "/", ApiProfile("Platform"))
    assert connection.base_url == url
    connection.close()


@pytest.mark.parametrize(("url", "outcome"), [("https://api.asgardeo.io", False), ("http://127.0.0.1:8000/t/x", True)])
def test_a_sandbox_shuts_every_other_host_out(url: str, outcome: bool) -> None:
    """A rehearsal that reaches a real platform is none."""
    code = f"from pulumi_asgardeo_bijira.transport import *; Connection({url!r}, ApiProfile('Platform'))"
    environment = {**os.environ, "ASGARDEO_BIJIRA_SANDBOX": "http://127.0.0.1:8000"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == outcome
    assert outcome or "is not in the sandbox http://127.0.0.1:8000" in done.stderr


@contextmanager
def serving(context: ssl.SSLContext) -> Iterator[str]:
    """The address of a server that speaks TLS and answers every GET with an empty object."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the base class calls it so
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"https://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """An authority that no system trusts."""
    return trustme.CA()


@pytest.fixture(scope="module")
def url(authority: trustme.CA) -> Iterator[str]:
    """A server with a certificate of that authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with serving(context) as address:
        yield address


def bundle(authority: trustme.CA, folder: Path) -> str:
    """The authority's PEM file."""
    path = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def test_an_authority_can_be_named(url: str, authority: trustme.CA, tmp_path: Path) -> None:
    """Over real TLS, as a company's proxy needs it."""
    connection = Connection(url, ApiProfile("Platform"), ca_bundle=bundle(authority, tmp_path))
    assert connection.request_json("GET", "/", Document, doing="look") == Document()
    connection.close()


@pytest.mark.parametrize("named", [False, True])
def test_a_certificate_of_another_authority_is_refused_at_once(
    named: bool, url: str, tmp_path: Path, clock: FakeClock
) -> None:
    """Waiting makes it no better, and there is no switch that turns this off."""
    other = bundle(trustme.CA(), tmp_path) if named else None
    connection = Connection(url, ApiProfile("Platform"), ca_bundle=other, clock=clock)
    with pytest.raises(Unreachable, match=r"the certificate of https://127\.0\.0\.1:\d+ is not trusted .*Set caBundle"):
        connection.call("GET", "/", doing="look")
    assert not clock.slept
    connection.close()


def test_a_bundle_that_cannot_be_read_is_a_setting_to_correct(tmp_path: Path) -> None:
    """Whether there is no such file or no certificate in it."""
    (tmp_path / "empty.pem").write_text("no certificate")
    for name in ("none.pem", "empty.pem"):
        with pytest.raises(ConfigurationProblem, match=rf"caBundle .*{name} cannot be read as a PEM file: .*\w{{5}}"):
            Connection("https://127.0.0.1", ApiProfile("Platform"), ca_bundle=str(tmp_path / name)).call(
                "GET", "/", doing="look"
            )


def test_every_request_says_who_sends_it(clock: FakeClock) -> None:
    """Support of the platforms asks for it."""
    server = Server(200)
    connect(server, clock).call("GET", "/x", doing="try")
    assert server.requests[0].headers["User-Agent"] == user_agent()
    assert re.fullmatch(r"pulumi-asgardeo-bijira/\S+ pulumi/\S+ python/\S+", user_agent())


def test_a_request_carries_what_the_settings_add_to_every_one(clock: FakeClock) -> None:
    """Bijira wants the organisation in each query, and gateways in between a header."""
    server = Server(200)
    connection = connect(server, clock, params={"organizationId": "o"}, headers={"X-Key": "k"})
    connection.call("POST", "/x", doing="try", json={"a": 1}, params={"limit": 5}, headers={"If-Match": "e"})
    request = server.requests[0]
    assert str(request.url) == "https://platform.example.com/api/x?organizationId=o&limit=5"
    assert (request.headers["X-Key"], request.headers["If-Match"]) == ("k", "e")
    assert request.headers["Accept"] == "application/json"
    assert request.content.replace(b" ", b"") == b'{"a":1}'
    assert "Authorization" not in request.headers


def test_no_cookie_is_kept(clock: FakeClock) -> None:
    """A portal begins a browser's session with every request; a token is all that counts here."""
    server = Server(httpx.Response(200, json={}, headers={"Set-Cookie": "connect.sid=abc; Path=/"}))
    connection = connect(server, clock)
    for _ in range(2):
        connection.call("GET", "/x", doing="look")
    assert [request.headers.get("Cookie") for request in server.requests] == [None, None]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_no_proxy_sees_what_is_for_this_machine(host: str) -> None:
    """A rehearsal's credentials are plain there."""
    with socket.create_server(("127.0.0.1", 0)) as proxy, socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://{host}:{closed.getsockname()[1]}"
        named = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
        environment = {key: value for key, value in os.environ.items() if key.lower() != "no_proxy"}
        environment |= {key: named for name in names for key in (name, name.lower())}
        code = "from pulumi_asgardeo_bijira.transport import *; "
        code += f"Connection({url!r}, ApiProfile('P')).call('GET', '', doing='look')"
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
        )
        assert "Unreachable: P: look: no connection to" in done.stderr
        proxy.setblocking(False)
        with pytest.raises(BlockingIOError):
            proxy.accept()


def test_a_proxy_that_is_none_is_a_setting_to_correct() -> None:
    """Unprinted, for it may hold a password."""
    code = (
        "from pulumi_asgardeo_bijira.transport import *\n"
        "Connection('https://platform.example.com', ApiProfile('P')).call('GET', '/', doing='look')"
    )
    for proxy in ("nonsense://user:pass-word@host", "http://user:pass-word@host:port"):
        environment = {**os.environ, "HTTPS_PROXY": proxy, "https_proxy": proxy, "NO_PROXY": "", "no_proxy": ""}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
        )
        assert "ConfigurationProblem: HTTPS_PROXY is not the address of a proxy" in done.stderr
        assert "pass-word" not in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "url",
    [
        "https://[::1",
        "https://[fe80::1%lo",
        "https://x]",
        "https://x:99999",
        "https://x:0",
        "https://x:port",
        "https://a..b",
        f"https://{'a' * 64}.com",
        f"https://{'a.' * 130}com",
        "https://x\n.com",
        "https://x y",
        "https://x\\@y",
        "https://x\x00",
        "https://",
        "https:///path",
        "file:///etc/passwd",
        "https://xn--\u2100.com",
        "https://:hunter2@x",
        "https://ada:hunter2@x",
        "https://hunter2@x",
        "https://@x",
    ],
)
def test_what_is_no_address_is_one_line_that_does_not_repeat_it(url: str) -> None:
    """Whatever a typing error leaves, and what may hold a password."""
    with pytest.raises(ConfigurationProblem, match=r"^the address of Platform (is|has) ") as wrong:
        Connection(url, ApiProfile("Platform"))
    assert "hunter2" not in str(wrong.value)


ROUTES = """
import httpx  # which takes longer than the operation has
from pulumi_asgardeo_bijira.transport import Connection, ApiProfile, Problem, operation
try:
    connection = Connection({url!r}, ApiProfile("Platform"), ca_bundle={bundle!r})
    with operation(0.5):  # no time to try again
        connection.call("GET", "/", doing="look")
except Problem as problem:
    print(problem)
"""


def on_its_way(url: str, bundle: str | None = None, **environment: str) -> str:
    """What a request in a process with these variables fails with."""
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    done = subprocess.run(
        [sys.executable, "-c", ROUTES.format(url=url, bundle=bundle)],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert "hunter2" not in done.stdout
    (line,) = done.stdout.splitlines()
    return line


@pytest.mark.parametrize(
    "proxy",
    ["garbage", "ftp://x:1", "http://x:99999", "http://[::1", "http://ada:hunter2@:1", "http://x y:1", "socks5://x:1"],
)
def test_what_is_no_proxy_is_one_line_that_names_the_variable(proxy: str) -> None:
    """A pipeline's variables are somebody else's, and may hold a password."""
    assert on_its_way("https://platform.example.com", HTTPS_PROXY=proxy).startswith("HTTPS_PROXY is ")


def test_what_is_no_authority_is_one_line(tmp_path: Path) -> None:
    """A folder, a file of something else, an empty one, none at all, and the same by the usual variable."""
    (tmp_path / "key.pem").write_text("no certificate")
    (tmp_path / "empty.pem").touch()
    for path, reason in (
        (tmp_path, "Is a directory|holds no certificate"),
        (tmp_path / "key.pem", "holds no certificate in PEM form"),
        (tmp_path / "empty.pem", "holds no certificate in PEM form"),
        (tmp_path / "none", "No such file"),
    ):
        assert re.search(rf"caBundle .* cannot be read as a PEM file: .*({reason})", on_its_way("https://x", str(path)))
    assert "Check SSL_CERT_FILE" in on_its_way("https://x", SSL_CERT_FILE=str(tmp_path / "key.pem"))
    assert "holds no certificate" in on_its_way("https://x", "a\0b")


def test_a_sandbox_that_has_ended_is_told_by_the_variable_that_names_it() -> None:
    """Who exported it yesterday has forgotten it."""
    found = on_its_way("http://127.0.0.1:9/t/x", **{SANDBOX_VARIABLE: "http://127.0.0.1:9"})
    assert f"{SANDBOX_VARIABLE} names a sandbox there, which has ended: start it again" in found
