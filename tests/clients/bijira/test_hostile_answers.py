"""What no back end documents is no answer, whatever it is: one line, nothing done, nothing gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from pulumi_asgardeo_bijira.clients.bijira import ApiPortal, Bijira, DevPortal, KeyManagerAdmin
from pulumi_asgardeo_bijira.settings import Settings
from pulumi_asgardeo_bijira.transport import NotAnApiAnswer, NotFound, OutcomeUnknown, Problem
from pulumi_asgardeo_bijira.transport.network import NETWORK

from tests.clients.bijira.answers import HOSTILE, METHODS, NOT_MISSING, SECRET, Answer, Method, mutated

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "chp_the-token-that-signs-in"  # noqa: S105  # made up
#: Mappings cannot be read in the portal, and its subscriptions are not an application's.
SENDS_NOTHING = {
    "api-portal": {
        "mappings",
        "subscribe",
        "subscriptions",
        "listed_subscriptions",
        "change_plan",
        "unsubscribe",
        "offered_api",
        "throttling_policies",
        "application_attributes",
    },
    "admin": {"validate", "wrong_name"},
    "portal-admin": {"validate", "wrong_name"},
}
EACH = pytest.mark.parametrize("method", METHODS, ids=str)


class Server:
    """Gives its answers one after the other; the last one stands for all that follow."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer."""
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        headers = {"Content-Type": answer.kind} if answer.content else {}
        return httpx.Response(answer.status, headers=headers, content=answer.content)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server in place of all others."""
    found = Server()
    NETWORK.substitute(lambda _: httpx.MockTransport(found))
    yield found
    NETWORK.substitute(None)


@pytest.fixture(scope="module")
def clients(server: Server) -> dict[str, Any]:
    """The back ends, none of which asks for a token."""
    base = {"bijira:accessToken": TOKEN}
    address = "https://apim.example.com/api/am/devportal/v3"
    devportal = DevPortal(Settings({**base, "bijira:baseUrl": address}, {}).bijira)
    portal_address = "https://portal.example.com/api-portal/api/v0.9"
    portal_config = {**base, "bijira:backend": "api-portal", "bijira:baseUrl": portal_address}
    portal = ApiPortal(Settings(portal_config, {}).bijira)
    return {
        "devportal": devportal,
        "admin": devportal.key_manager_admin,
        "api-portal": portal,
        "portal-admin": portal.key_manager_admin,
    }


def outcome(clients: dict[str, Any], server: Server, method: Method, *answers: Answer) -> Any:
    """What comes of it, a `Problem` too; nothing else may come out."""
    server.answers, server.requests = list(answers), []
    try:
        return method.call(clients[method.back_end])
    except Problem as problem:
        line = str(problem)
        assert "\n" not in line
        assert len(line) < 1500
        assert SECRET not in line
        assert TOKEN not in line
        return problem


def before(method: Method, request: int) -> tuple[Answer, ...]:
    """What the requests before this one are answered."""
    return method.answers[:request]


@pytest.mark.parametrize("back_end", ["devportal", "admin", "api-portal", "portal-admin"])
def test_no_method_is_left_out(clients: dict[str, Any], server: Server, back_end: str) -> None:
    """Whatever a back end has is thrown at, but for what sends nothing there."""
    protocol = KeyManagerAdmin if back_end.endswith("admin") else Bijira
    names = {name for name, value in vars(protocol).items() if callable(value) and not name.startswith("_")}
    tried = {method.name for method in METHODS if method.back_end == back_end}
    assert names - tried == SENDS_NOTHING.get(back_end, set())


@EACH
def test_documented_answers_are_taken(clients: dict[str, Any], server: Server, method: Method) -> None:
    """So that the other tests show what they say."""
    found = outcome(clients, server, method, *method.answers)
    assert not isinstance(found, Problem), found
    assert found is not False
    assert len(server.requests) == len(method.answers)
    writing = {n for n, request in enumerate(server.requests) if request.method != "GET"}
    assert writing == method.writes


@EACH
def test_an_undocumented_success_is_none(clients: dict[str, Any], server: Server, method: Method) -> None:
    """To a read it is no answer, to a write a lost one: nobody knows whether that was carried out."""
    for request in range(len(method.answers)):
        for hostile in HOSTILE:
            said = hostile.content or request not in method.silent or hostile.status != method.answers[request].status
            if not said:
                continue
            found = outcome(clients, server, method, *before(method, request), hostile)
            wanted = OutcomeUnknown if request in method.writes else NotAnApiAnswer
            assert isinstance(found, Problem if hostile.status == 302 else wanted), (request, hostile, found)


@EACH
def test_whatever_stands_in_an_answer_only_a_problem_comes_out(
    clients: dict[str, Any], server: Server, method: Method
) -> None:
    """Every value at every depth as every other type, and missing."""
    for request, answer in enumerate(method.answers):
        for body in mutated(answer.body):
            found = outcome(clients, server, method, *before(method, request), Answer(answer.status, body), answer)
            assert not isinstance(found, NotFound), body


@EACH
def test_no_other_404_counts_as_gone(clients: dict[str, Any], server: Server, method: Method) -> None:
    """Nor is it nothing to delete, nor `None`: what a refresh drops is made again."""
    for request in range(len(method.answers)):
        for other in NOT_MISSING:
            found = outcome(clients, server, method, *before(method, request), other)
            assert isinstance(found, Problem), (other, found)
            assert not isinstance(found, NotFound), (other, found)


@EACH
def test_the_documented_404_counts_as_gone(clients: dict[str, Any], server: Server, method: Method) -> None:
    """Nothing there to read or delete; and to what needs it, the documented line."""
    for request, missing in enumerate(method.missing):
        if missing is None:
            continue
        found = outcome(clients, server, method, *before(method, request), missing)
        assert found in (None, False) or isinstance(found, NotFound), found


def test_what_another_endpoint_says_of_its_objects_is_not_this_ones(clients: dict[str, Any], server: Server) -> None:
    """A 404 that names another kind of object comes from elsewhere."""
    named = {str(method): method for method in METHODS}
    for one, other in (
        ("devportal-application", "devportal-subscribe"),
        ("devportal-mappings", "devportal-subscribe"),
        ("devportal-unsubscribe", "devportal-unmap"),
        ("devportal-delete_application", "devportal-unsubscribe"),
        ("api-portal-application", "api-portal-has_key_manager"),
        ("api-portal-delete_application", "api-portal-unmap"),
        ("portal-admin-get", "api-portal-application"),
        ("admin-delete", "devportal-application"),
    ):
        missing = named[other].missing[0]
        assert missing
        found = outcome(clients, server, named[one], missing)
        assert isinstance(found, Problem), (one, other)
        assert not isinstance(found, NotFound), (one, other)


@EACH
def test_what_must_not_be_printed_is_not_whoever_echoes_it(
    clients: dict[str, Any], server: Server, method: Method
) -> None:
    """A page that shows the request, a refusal that quotes it, an answer that has it in place of something else."""
    sent = SECRET if str(method) in ("devportal-map_client", "admin-create") else "nothing secret"
    text = f"you sent {sent} with {TOKEN}"
    echoes = (
        Answer(200, raw=f"<html>{text}</html>", kind="text/html"),
        Answer(200, {"list": text, "id": [text], "applicationId": [text], "keyMappingId": [text]}),
        Answer(400, {"code": 900, "message": text, "description": text}),
        Answer(404, raw=text, kind="text/plain"),
        Answer(409, {"code": text, "message": text, "errors": [{"message": text}]}),
    )
    for echo in echoes:
        assert isinstance(outcome(clients, server, method, echo), Problem)
