"""What the one transport promises, with time and the network in hand."""

from __future__ import annotations

import base64
import http.server
import os
import re
import ssl
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import trustme
from pulumi_asgardeo_bijira import http as package
from pulumi_asgardeo_bijira.http import (
    ApiProblem,
    ClientCredentials,
    ConfigurationProblem,
    Conflict,
    Connection,
    DeadlineExceeded,
    Dialect,
    MissingScope,
    NotAnApiAnswer,
    NotFound,
    OutcomeUnknown,
    Problem,
    Redactor,
    TokenRefused,
    Unreachable,
    errors,
    operation,
    user_agent,
)

from tests.http.fakes import FakeClock, Server, connect

if TYPE_CHECKING:
    from pathlib import Path

BUSY = httpx.Response(503, json={"code": 503, "message": "busy"})
LIMITED = httpx.Response(429, json={"code": 429, "message": "slow down"})
REFUSED = httpx.ConnectError("refused")
RESET = httpx.ReadError("reset")


@pytest.fixture
def clock() -> FakeClock:
    """Time."""
    return FakeClock()


@pytest.mark.parametrize(
    ("verb", "trouble", "sent"),
    [
        ("GET", 500, 2),
        ("GET", 502, 2),
        ("GET", RESET, 2),
        ("GET", REFUSED, 2),
        ("GET", 429, 2),
        ("PUT", 503, 2),
        ("PUT", 500, 1),
        ("PUT", RESET, 2),
        ("DELETE", 504, 2),
        ("DELETE", 500, 1),
        ("POST", 429, 2),
        ("POST", REFUSED, 2),
        ("POST", 503, 1),
        ("POST", 500, 1),
        ("POST", RESET, 1),
        ("PATCH", 502, 1),
        ("PATCH", RESET, 1),
        ("GET", 400, 1),
        ("GET", 403, 1),
    ],
)
def test_what_is_repeated_depends_on_verb_and_trouble(verb: str, trouble: Any, sent: int, clock: FakeClock) -> None:
    """Whatever could be done twice by repeating it is sent once."""
    server = Server(trouble, 200)
    connection = connect(server, clock)
    if sent == 2:
        assert connection.call(verb, "/x", doing="try").status_code == 200
        assert 0 < sum(clock.slept) <= 20
    else:
        with pytest.raises(Problem):
            connection.call(verb, "/x", doing="try")
    assert len(server.requests) == sent


@pytest.mark.parametrize("verb", ["POST", "PATCH"])
@pytest.mark.parametrize("trouble", [500, 503, RESET])
def test_a_write_whose_answer_is_lost_says_that_nobody_knows(verb: str, trouble: Any, clock: FakeClock) -> None:
    """Whoever sent it can then look for what it made."""
    with pytest.raises(OutcomeUnknown):
        connect(Server(trouble), clock).call(verb, "/x", doing="make it")


def test_a_platform_that_says_how_long_to_wait_is_waited_for_so_long(clock: FakeClock) -> None:
    """Not shorter, and not repeated in between."""
    server = Server(httpx.Response(429, headers={"Retry-After": "40"}), 200)
    connect(server, clock).call("POST", "/x", doing="try")
    assert clock.slept == [40]


def test_a_wait_beyond_the_deadline_ends_the_operation_at_once(clock: FakeClock) -> None:
    """An hour from now is not within two minutes."""
    server = Server(httpx.Response(429, headers={"Retry-After": "3600"}))
    with pytest.raises(Problem, match="3600"):
        connect(server, clock).call("GET", "/x", doing="try")
    assert not clock.slept


def test_all_requests_of_an_operation_share_one_deadline(clock: FakeClock) -> None:
    """A platform that stays busy is given up after it, with what it said."""
    connection = connect(Server(BUSY), clock)
    start = clock.now
    with operation(clock=clock):
        with pytest.raises(DeadlineExceeded, match="503"):
            connection.call("GET", "/x", doing="try")
        assert clock.now - start <= 120
        clock.now = start + 121
        with pytest.raises(DeadlineExceeded):
            connection.call("GET", "/x", doing="try")


def tokens(clock: FakeClock, server: Server, **details: Any) -> ClientCredentials:
    """A token source at a token endpoint."""
    endpoint = connect(server, clock, dialect=Dialect("Platform"), redactor=details.pop("redactor", None))
    return ClientCredentials(endpoint, "client", "s3cr3t/+", scopes=("a", "b"), clock=clock, **details)


def issued(token: str, **more: Any) -> httpx.Response:
    """What a token endpoint answers."""
    return httpx.Response(200, json={"access_token": token, "expires_in": 3600, "scope": "a b", **more})


def test_four_threads_fetch_one_token(clock: FakeClock) -> None:
    """The provider's process runs four operations at a time."""
    endpoint = Server(issued("t1"))
    connection = connect(Server(200), clock, tokens=tokens(clock, endpoint))
    threads = [threading.Thread(target=lambda: connection.call("GET", "/x", doing="try")) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(endpoint.requests) == 1


def test_a_token_is_renewed_before_it_ends_and_once_when_it_is_refused(clock: FakeClock) -> None:
    """On a clock that no correction of the time of day moves."""
    endpoint = Server(issued("t1"), issued("t2"), issued("t3"))
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["Authorization"])
        return httpx.Response(401 if request.headers["Authorization"] == "Bearer t2" else 200, json={})

    connection = connect(Server(each=answer), clock, tokens=tokens(clock, endpoint))
    connection.call("GET", "/x", doing="try")
    clock.now += 3541
    connection.call("GET", "/x", doing="try")
    assert seen == ["Bearer t1", "Bearer t2", "Bearer t3"]
    with pytest.raises(ApiProblem, match="401"):
        connect(Server(401), clock, tokens=tokens(clock, Server(issued("t4")))).call("GET", "/x", doing="try")


def test_a_missing_scope_is_told_before_anything_is_sent(clock: FakeClock) -> None:
    """With where to grant it."""
    server = Server(200)
    dialect = Dialect("Platform", advice=lambda _, scope: f"Grant {scope} in the console")
    connection = connect(server, clock, dialect=dialect, tokens=tokens(clock, Server(issued("t"))))
    with pytest.raises(MissingScope, match=r"lacks the scope c\. Grant c in the console"):
        connection.call("GET", "/x", doing="try", scope="c")
    assert not server.requests


def test_a_refused_sign_in_is_one_line_without_the_secret(clock: FakeClock) -> None:
    """Whatever the token endpoint repeats of what it was sent."""
    redactor = Redactor("s3cr3t/+")
    spelt = ["s3cr3t/+", "s3cr3t%2F%2B", base64.b64encode(b"s3cr3t/+").decode()]
    answer = httpx.Response(401, json={"error": "invalid_client", "error_description": f"no: {' '.join(spelt)}\nsorry"})
    with pytest.raises(TokenRefused) as caught:
        tokens(clock, Server(answer), redactor=redactor).token()
    text = str(caught.value)
    assert "invalid_client" in text
    assert "\n" not in text
    assert not [secret for secret in spelt if secret in text]
    assert "s3cr3t" not in repr(redactor)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<html>sign in</html>", headers={"Content-Type": "text/html"}),
        httpx.Response(200, json=["a", "list"]),
        httpx.Response(404, text="<html>no such page</html>", headers={"Content-Type": "text/html"}),
        httpx.Response(302, headers={"Location": "https://elsewhere.example.com"}),
    ],
)
def test_what_is_no_answer_of_the_api_is_called_so(answer: httpx.Response, clock: FakeClock) -> None:
    """A captive portal, a proxy or a wrong address must not look like an object that is gone."""
    server = Server(answer)
    connection = connect(server, clock)
    with pytest.raises(NotAnApiAnswer, match="Check baseUrl"):
        connection.document(connection.call("GET", "/x", doing="look"), "look")
    assert len(server.requests) == 1


def test_an_answer_that_never_ends_is_cut_off(clock: FakeClock) -> None:
    """Memory is not the platform's to fill."""
    with pytest.raises(NotAnApiAnswer, match="larger than 16 MiB"):
        connect(Server(httpx.Response(200, content=b"x" * (17 << 20))), clock).call("GET", "/x", doing="look")


def test_gone_forbidden_and_conflict_are_three_things(clock: FakeClock) -> None:
    """Only a documented "not found" is one; the code and the trace id are shown."""
    dialect = Dialect("Platform", is_not_found=lambda refusal: refusal.code == "X-1")
    body = {"code": "X-1", "description": "nothing here", "traceId": "trace-1"}
    with pytest.raises(NotFound, match=r"Platform: look: 404 X-1 nothing here \(trace id trace-1\)"):
        connect(Server(httpx.Response(404, json=body)), clock, dialect=dialect).call("GET", "/x", doing="look")
    with pytest.raises(ApiProblem) as other:
        connect(Server(httpx.Response(404, json={"code": "X-2"})), clock, dialect=dialect).call(
            "GET", "/", doing="look"
        )
    assert not isinstance(other.value, NotFound)
    with pytest.raises(Conflict):
        connect(Server(httpx.Response(409, json={"code": "X-3"})), clock).call("POST", "/x", doing="make")
    with pytest.raises(Unreachable, match="Check baseUrl"):
        connect(Server(httpx.ConnectError("no route")), clock).call("GET", "/x", doing="look")


def test_plain_http_is_for_this_machine_only() -> None:
    """Secrets travel in these requests."""
    with pytest.raises(ConfigurationProblem, match="not an https address"):
        Connection("http://platform.example.com", Dialect("Platform"))
    Connection("http://127.0.0.1:1", Dialect("Platform")).close()


@pytest.mark.parametrize(("url", "outcome"), [("https://api.asgardeo.io", False), ("http://127.0.0.1:8000/t/x", True)])
def test_a_sandbox_shuts_every_other_host_out(url: str, outcome: bool) -> None:
    """A rehearsal that reaches a real platform is none."""
    code = f"from pulumi_asgardeo_bijira.http import *; Connection({url!r}, Dialect('Platform'))"
    environment = {**os.environ, "ASGARDEO_BIJIRA_SANDBOX": "http://127.0.0.1:8000"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == outcome
    assert outcome or "is not in the sandbox http://127.0.0.1:8000" in done.stderr


def test_certificates_are_verified_and_an_authority_can_be_named(tmp_path: Path) -> None:
    """Over real TLS: refused without the authority's file, served with it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)

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
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"https://127.0.0.1:{server.server_address[1]}"
        untrusting = Connection(url, Dialect("Platform"), clock=FakeClock())
        with pytest.raises(Unreachable, match="Set caBundle to the PEM file"):
            untrusting.call("GET", "/", doing="look")
        untrusting.close()
        bundle = tmp_path / "ca.pem"
        authority.cert_pem.write_to_path(str(bundle))
        trusting = Connection(url, Dialect("Platform"), ca_bundle=str(bundle))
        assert trusting.call("GET", "/", doing="look").status_code == 200
        trusting.close()
        server.shutdown()
    with pytest.raises(ConfigurationProblem, match="cannot be read as a PEM file"):
        Connection(url, Dialect("Platform"), ca_bundle=str(tmp_path / "none.pem"))


def test_every_request_says_who_sends_it(clock: FakeClock) -> None:
    """Support of the platforms asks for it."""
    server = Server(200)
    connect(server, clock).call("GET", "/x", doing="try")
    assert server.requests[0].headers["User-Agent"] == user_agent()
    assert re.fullmatch(r"pulumi-asgardeo-bijira/\S+ pulumi/\S+ python/\S+", user_agent())


def test_the_drawing_of_the_errors_is_the_family() -> None:
    """Whoever catches one reads it there."""
    drawn = set(re.findall(r"^[│├└─ ]*([A-Z]\w+)", errors.__doc__ or "", re.MULTILINE)) - {"Everything"}
    classes = {name for name in errors.__all__ if issubclass(getattr(errors, name), Problem)}
    assert drawn == classes
    assert classes <= set(package.__all__)
