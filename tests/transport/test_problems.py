"""Every failure is one line that says what to do, holds no secret and has a place in the family."""

from __future__ import annotations

import base64
import logging
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_asgardeo_bijira import transport as package
from pulumi_asgardeo_bijira.transport import (
    Advice,
    ApiProblem,
    ApiProfile,
    ClientSecret,
    Conflict,
    Document,
    ErrorBody,
    FetchedToken,
    Gone,
    HttpProblem,
    NotAnApiAnswer,
    NotFound,
    OutcomeUnknown,
    Problem,
    Redactor,
    TokenRefused,
    Unreachable,
    redactor_with,
)
from pulumi_asgardeo_bijira.transport import problems as errors

from tests.transport.fakes import FakeClock, Server, connect

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "hunter2/+ &="  # noqa: S105  # made up
NASTY = "first\nsecond\r\n\tthird\x1b[31m\x00\u2028end"
FAMILY = [cls for name in errors.__all__ if issubclass(cls := getattr(errors, name), Problem)]
HTML = {"Content-Type": "text/html"}


@pytest.fixture
def clock() -> FakeClock:
    """Time."""
    return FakeClock()


def failing(server: Server, clock: FakeClock, verb: str = "POST", **details: Any) -> Problem:
    """What a request to the server fails with."""
    connection = connect(server, clock, **details)
    with pytest.raises(Problem) as caught:
        connection.request_json(verb, "/x", Document, doing="make it")
    return caught.value


FAILURES: dict[str, Callable[[str], httpx.Response | Exception]] = {
    "json": lambda text: httpx.Response(400, json={"code": text, "description": text, "traceId": text}),
    "forbidden": lambda text: httpx.Response(403, json={"error_message": text}),
    "busy": lambda text: httpx.Response(503, json={"message": text}),
    "several": lambda text: httpx.Response(400, json={"errors": [{"message": text}, {"message": text}]}),
    "text": lambda text: httpx.Response(400, text=text),
    "page": lambda text: httpx.Response(200, text=f"<html>{text}", headers=HTML),
    "lost page": lambda text: httpx.Response(404, text=f"<html>{text}", headers=HTML),
    "no connection": httpx.ConnectError,
    "reset": httpx.ReadError,
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_is_one_line_whatever_the_platform_says(failure: str, clock: FakeClock) -> None:
    """The engine shows one line for a resource; a page or a colour code would break it."""
    found = failing(Server(FAILURES[failure](NASTY)), clock)
    assert str(found).isprintable(), str(found)
    assert str(found).startswith("Platform: make it: ")
    assert found.__context__ is None or found.__suppress_context__, "httpx's own error holds the request and its token"


@pytest.mark.parametrize("spelling", ["plain", "quoted", "base64"])
@pytest.mark.parametrize("failure", FAILURES)
def test_a_secret_is_in_no_failure(failure: str, spelling: str, clock: FakeClock) -> None:
    """However it got into what the platform says."""
    spelt = {
        "plain": SECRET,
        "quoted": quote(SECRET, safe=""),
        "base64": base64.b64encode(SECRET.encode()).decode(),
    }[spelling]
    found = failing(Server(FAILURES[failure](f"no: {spelt}.")), clock, redactor=Redactor(SECRET))
    assert spelt not in str(found)
    assert spelt not in repr(found)


@pytest.mark.parametrize("failure", ["text", "page"])
def test_a_secret_that_a_quotation_cuts_in_half_is_not_shown_either(failure: str, clock: FakeClock) -> None:
    """Half a secret is most of one."""
    found = failing(Server(FAILURES[failure]("x" * 70 + SECRET)), clock, redactor=Redactor(SECRET))
    assert "xhu" not in str(found)


def test_the_header_that_a_client_signs_in_with_is_a_secret(clock: FakeClock) -> None:
    """A proxy that shows the request that it refuses shows that header."""

    def echo(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400, text=request.headers["Authorization"])

    endpoint = connect(Server(each=echo), clock, redactor=Redactor(SECRET))
    tokens = FetchedToken(endpoint, ClientSecret("client", SECRET), scopes=(), clock=clock)
    with pytest.raises(Problem) as caught:
        tokens.token()
    assert base64.b64encode(f"client:{SECRET}".encode()).decode() not in str(caught.value)


def test_a_token_is_a_secret_from_the_moment_it_is_there(clock: FakeClock) -> None:
    """It opens everything that its client may do."""

    def echo(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400, json={"description": f"refused {request.headers['Authorization']}"})

    redactor = Redactor()
    issued = httpx.Response(200, json={"access_token": "issued-token", "expires_in": 60})
    endpoint = connect(Server(issued), clock, redactor=redactor)
    tokens = FetchedToken(endpoint, ClientSecret("client", SECRET), scopes=(), clock=clock)
    assert "issued-token" not in str(failing(Server(each=echo), clock, tokens=tokens, redactor=redactor))


def test_nothing_that_is_logged_holds_a_secret(clock: FakeClock, caplog: pytest.LogCaptureFixture) -> None:
    """Debug output is what people paste into tickets."""
    with caplog.at_level(logging.DEBUG, "pulumi_asgardeo_bijira"):
        endpoint = connect(Server(httpx.Response(200, json={"access_token": "issued-token"})), clock)
        tokens = FetchedToken(endpoint, ClientSecret("client", SECRET), scopes=(), clock=clock)
        connection = connect(Server(503, 200), clock, tokens=tokens)
        connection.call("GET", "/x", doing="look", params={"hidden": SECRET})
    assert "GET /api/x: 200" in caplog.text
    assert SECRET not in caplog.text
    assert quote(SECRET, safe="") not in caplog.text
    assert "issued-token" not in caplog.text


@given(st.text(min_size=4, max_size=12), st.text(max_size=20), st.text(max_size=20))
def test_a_redactor_leaves_nothing_of_a_secret(secret: str, before: str, after: str) -> None:
    """Whatever it is made of and stands between, except for what the blank itself consists of."""
    redactor = Redactor(secret, None, "")
    for spelling in (secret, quote(secret, safe=""), base64.b64encode(secret.encode()).decode()):
        shown = redactor(f"{before} {spelling} {after}")
        assert "[secret]" in shown
        assert spelling not in shown.replace("[secret]", "")
    assert secret not in repr(redactor).replace("Redactor([secret])", "")


@pytest.mark.parametrize("failure", ["json", "forbidden", "busy", "several", "text", "page", "lost page"])
def test_names_that_a_platform_quotes_keep_its_spelling(failure: str, clock: FakeClock) -> None:
    """They are its own, and no reader of a program has another for them."""
    found = failing(Server(FAILURES[failure]("no field `fooBar`")), clock)
    assert "no field 'fooBar'" in str(found)


def test_a_text_too_short_to_be_a_secret_is_left_alone() -> None:
    """To blank every `id` would blank half of each message."""
    assert Redactor("id")("the id") == "the id"


def test_one_redactor_knows_what_both_platforms_must_not_show() -> None:
    """The secret of one may turn up in an answer of the other's."""
    assert redactor_with("of-asgardeo") is redactor_with("of-bijira")
    assert redactor_with()("of-asgardeo of-bijira") == "[secret] [secret]"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<html>sign in</html>", headers=HTML),
        httpx.Response(200, json=["a", "list"]),
        httpx.Response(200, text="true"),
        httpx.Response(404, text="<html>no such page</html>", headers=HTML),
        httpx.Response(404),
    ],
)
def test_what_is_no_answer_of_the_api_is_called_so(answer: httpx.Response, clock: FakeClock) -> None:
    """A captive portal, a proxy or a wrong address must not look like an object that is gone."""
    server = Server(answer)
    found = failing(server, clock, "GET")
    assert isinstance(found, NotAnApiAnswer)
    said = r"(answered (200|404) with .*|: the answer is not as documented .*)\. Check baseUrl"
    assert re.search(rf"https://platform\.example\.com/api ?{said}", str(found))
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_a_redirect_is_not_followed(verb: str, status: int, clock: FakeClock) -> None:
    """Credentials go to no other host than the one that the settings name."""
    server = Server(httpx.Response(status, headers={"Location": "https://elsewhere.example.com"}))
    found = failing(server, clock, verb)
    assert isinstance(found, NotAnApiAnswer)
    assert [request.url.host for request in server.requests] == ["platform.example.com"]


@pytest.mark.parametrize("body", [b"", b" \n"])
def test_a_success_that_is_documented_without_a_body_has_none(body: bytes, clock: FakeClock) -> None:
    """Many a POST and DELETE answers so."""
    connection = connect(Server(httpx.Response(200, content=body)), clock)
    connection.send("POST", "/x", ok=(200,), doing="make it")
    connection.delete("/x", ok=(200,), doing="remove it")


def test_an_answer_that_never_ends_is_cut_off(clock: FakeClock) -> None:
    """Memory is not the platform's to fill."""
    server = Server(httpx.Response(200, content=b"x" * (17 << 20)))
    found = failing(server, clock, "GET")
    assert isinstance(found, NotAnApiAnswer)
    assert "larger than 16 MiB" in str(found)
    assert len(server.requests) == 1


def test_an_answer_that_is_damaged_is_not_called_too_large(clock: FakeClock) -> None:
    """Whoever reads it looks for a large answer otherwise."""
    damaged = httpx.Response(200, stream=httpx.ByteStream(b"no zip"), headers={"Content-Encoding": "gzip"})
    assert "larger" not in str(failing(Server(each=lambda _: damaged), clock, "GET"))


def test_gone_forbidden_and_conflict_are_three_things(clock: FakeClock) -> None:
    """Only a documented "not found" is one; the code and the trace id are shown."""

    def meeting(status: int, **body: str) -> Problem:
        connection = connect(Server(httpx.Response(status, json=body)), clock)
        with pytest.raises(Problem) as caught:
            connection.call("POST", "/x", doing="make it", not_found=lambda refusal: refusal.code == "X-1")
        return caught.value

    gone = meeting(404, code="X-1", description="nothing here", traceId="trace-1")
    assert str(gone).startswith("Platform: make it: 404 X-1 nothing here (trace id trace-1). ")
    assert type(gone) is NotFound
    assert type(meeting(404, code="X-2")) is ApiProblem
    assert type(meeting(403, code="X-1")) is ApiProblem
    assert type(failing(Server(httpx.Response(404, json={"code": "X-1"})), clock)) is ApiProblem
    assert type(meeting(409, code="X-3")) is Conflict
    assert type(meeting(501, code="X-4")) is ApiProblem
    assert type(meeting(500, code="X-1")) is OutcomeUnknown
    assert type(failing(Server(httpx.ConnectError("no route")), clock)) is Unreachable


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (401, "Check clientId and clientSecret, or the accessToken"),
        (403, "Grant the management application what this request needs"),
        (400, "Correct the value and run it again"),
        (501, "Run it again; if it stays, ask the platform's support"),
    ],
)
def test_every_refusal_says_what_to_do_next(status: int, advice: str, clock: FakeClock) -> None:
    """And what the platform knows better comes instead of it."""
    refused = httpx.Response(status, json={"code": "X-1"})
    assert str(failing(Server(refused), clock)).endswith(f"X-1. {advice}")
    profile = ApiProfile("Platform", advice=lambda refusal, _: f"Look up {refusal.code}")
    assert str(failing(Server(refused), clock, profile=profile)).endswith("X-1. Look up X-1")


@pytest.mark.parametrize(
    ("status", "code", "advice"),
    [
        (400, "X-1", "Look up X-1"),
        (403, "X-1", "Look up X-1"),
        (403, "X-2", "Grant it"),
        (400, "X-2", "Check the address"),
        (503, "X-2", ""),
        (503, "X-1", "Look up X-1"),
    ],
)
def test_advice_goes_by_code_then_by_status_then_by_whose_fault_it_is(status: int, code: str, advice: str) -> None:
    """What a busy platform cannot do is no fault of the request's."""
    table = Advice({"X-1": "Look up X-1"}, {403: "Grant it"}, otherwise="Check the address")
    assert table(ErrorBody(status, code)) == advice


@pytest.mark.parametrize("kind", FAMILY)
def test_every_error_folds_its_text_into_one_line(kind: type[Problem]) -> None:
    """Whoever raises it, and whichever part of it has the line break."""
    folded, joint = "first second third [31m end", ": " if issubclass(kind, HttpProblem) else " "
    found = kind(NASTY, subject=NASTY, action=NASTY, code=NASTY, trace_id=NASTY)
    assert str(found) == f"{folded}{joint}{folded} {folded} (trace id {folded}). {folded}"


def test_a_problem_is_data_and_one_line_made_of_it() -> None:
    """A person reads the line; a program reads the fields and never the line."""
    said = ErrorBody(409, "APP-60006", "It is there.", "trace-1")
    found = Conflict.answered(said, subject="Asgardeo: create the API orders", action="Choose another name")
    assert (found.subject, found.cause, found.action) == (
        "Asgardeo: create the API orders",
        "It is there.",
        "Choose another name",
    )
    assert (found.status, found.code, found.trace_id) == (409, "APP-60006", "trace-1")
    line = "Asgardeo: create the API orders: 409 APP-60006 It is there. (trace id trace-1). Choose another name"
    assert str(found) == line
    assert str(TokenRefused.like(found)) == line
    assert type(TokenRefused.like(found)) is TokenRefused


def test_a_problem_keeps_the_words_of_the_one_that_led_to_it() -> None:
    """What was lost first is as much to be known as what could not be found afterwards."""
    lost = OutcomeUnknown("the answer was lost", subject="Asgardeo: create the API orders", action="Run it again")
    found = Gone("is not there", subject="The API orders", action="Run pulumi up again", after=lost)
    assert str(found) == f"{lost} | The API orders is not there. Run pulumi up again"
    assert found.after is lost
    assert str(Gone("", action="Run pulumi refresh", after=lost)) == f"{lost} | Run pulumi refresh"


def test_a_code_that_repeats_the_status_is_shown_once() -> None:
    """API Manager does so where it has no code of its own."""
    assert str(ApiProblem("no", status=404, code="404", action="Look")) == "404 no. Look"


def test_the_drawing_of_the_errors_is_the_family() -> None:
    """Whoever catches one reads there what comes with it."""
    drawn: dict[str, str] = {}
    above: list[str] = []
    for bars, name in re.findall(r"^((?:[│ ]   )*(?:[├└]── )?)([A-Z]\w+)  +", errors.__doc__ or "", re.MULTILINE):
        depth = len(bars) // 4
        above[depth:] = [name]
        drawn[name] = above[depth - 1] if depth else "Exception"
    assert drawn == {cls.__name__: cls.__bases__[0].__name__ for cls in FAMILY}
    assert set(errors.__all__) <= set(package.__all__)
