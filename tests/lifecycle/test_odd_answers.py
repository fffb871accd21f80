"""Answers that are no errors and not what was asked for either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault, left_behind
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.lifecycle.settled import settled
from tests.support.host import Host, Life, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

PropertyMap = dict[str, Any]
INPUTS: dict[str, PropertyMap] = {
    "Api": {"identifier": "urn:a", "name": "A", "scopes": [{"name": "a:1"}]},
    "Application": {"name": "orders", "logoutReturnUrl": "https://a.example.com"},
    "ApplicationClient": {
        "applicationName": "orders",
        "clientId": "client-1",
        "subscriptions": [{"apiName": "Orders API", "apiVersion": "1.0.0"}],
    },
    "Role": {"name": "reader", "permissions": [], "users": []},
}
EACH = pytest.mark.parametrize("kind", sorted(INPUTS))
BODIES: tuple[Any, ...] = ({}, [], {"list": None}, {"list": [{}]}, "text")


@EACH
@pytest.mark.parametrize("body", BODIES, ids=str)
def test_whatever_is_answered_to_a_creation_a_failure_is_one_line(
    life: Callable[[str], Life], sandbox: Sandbox, kind: str, body: Any
) -> None:
    """Which names what was asked for, and is no inside of ours."""
    one = life(kind)
    one.up(INPUTS[kind])
    number = sum(one.requests.values())
    one.destroy()
    pristine = sandbox.store.model_copy(deep=True)
    for call in range(1, number + 1):
        sandbox.faults.add(Fault(kind="fail", call=call, status=200, body=body))
        line = ""
        try:
            one.up(INPUTS[kind])
            assert one.outputs.keys() >= ({"clientId", "clientSecret"} if kind == "Application" else set())
        except Refused as refused:
            line = str(refused)
        sandbox.faults.clear()
        assert "\n" not in line
        assert not line or line.startswith(("NotAnApiAnswer: ", "OutcomeUnknown: ", "InvalidInput: ", "Gone: ")), (
            call,
            line,
        )
        one.id, one.inputs, one.outputs = "", {}, {}
        sandbox.store.asgardeo.update(pristine.model_copy(deep=True).asgardeo)
        sandbox.store.bijira.update(pristine.model_copy(deep=True).bijira)


@EACH
@pytest.mark.parametrize("body", BODIES, ids=str)
def test_whatever_is_answered_to_a_refresh_nothing_is_gone(
    life: Callable[[str], Life], sandbox: Sandbox, kind: str, body: Any
) -> None:
    """Only the documented answer says that: an object that dropped out of the state would be made again."""
    one = life(kind)
    one.up(INPUTS[kind])
    one.refresh()
    number, state = sum(one.requests.values()), (one.id, one.inputs, one.outputs)
    for call in range(1, number + 1):
        sandbox.faults.add(Fault(kind="fail", call=call, status=200, body=body))
        line = ""
        try:
            assert one.refresh() in ("same", "update")
        except Refused as refused:
            line = str(refused)
        sandbox.faults.clear()
        assert not line or line.startswith("NotAnApiAnswer: "), (call, line)
        one.id, one.inputs, one.outputs = state
    settled(one, INPUTS[kind])


ON_PORTAL: dict[str, PropertyMap] = {
    "KeyManager": {"name": "acme", "organization": "acme"},
    "ApplicationClient": {"applicationName": "orders", "clientId": "client-1", "keyManager": "Asgardeo"},
}
#: 404s of a gateway, of a server without such an address, and of something else.
NOT_MISSING: tuple[Any, ...] = (
    {"message": "no Route matched with those values"},
    {
        "code": "404",
        "type": "Status report",
        "message": "Runtime Error",
        "description": "No matching resource found for given API Request",
    },
    {},
    "<html>Not Found</html>",
)


def stays(one: Life, inputs: PropertyMap, body: Any) -> None:
    """Neither a refresh nor a deletion takes this 404 for a missing object."""
    one.up(inputs)
    for match in ("GET", "DELETE"):
        one.sandbox.faults.add(Fault(kind="fail", match=match, times=0, status=404, body=body))
    with pytest.raises(Refused, match=r"^(ApiProblem|NotAnApiAnswer): .*404.*[Cc]heck"):
        one.refresh()
    with pytest.raises(Refused, match=r"^(ApiProblem|NotAnApiAnswer): .*404.*[Cc]heck"):
        one.destroy()
    one.sandbox.faults.clear()
    settled(one, inputs)


@pytest.mark.parametrize("body", NOT_MISSING, ids=str)
def test_a_404_that_does_not_name_the_object_drops_nothing_in_bijira(life: Callable[[str], Life], body: Any) -> None:
    """A refresh that dropped it would have it made again, a deletion that counted would leave everything behind."""
    stays(life("ApplicationClient"), INPUTS["ApplicationClient"], body)


@pytest.mark.parametrize("body", NOT_MISSING, ids=str)
def test_a_404_that_does_not_name_the_object_drops_nothing_in_the_portal(sandbox: Sandbox, body: Any) -> None:
    """The same there, also of a key manager."""
    with Host({"bijira:backend": "api-portal"}, {SANDBOX_VARIABLE: sandbox.url}) as host:
        for kind, inputs in ON_PORTAL.items():
            stays(Life(host, kind, sandbox), inputs, body)


def test_an_absent_list_of_bijira_is_no_empty_list(life: Callable[[str], Life], sandbox: Sandbox) -> None:
    """A refresh would drop the client id or the subscriptions, and up make them again."""
    one, inputs = life("ApplicationClient"), INPUTS["ApplicationClient"]
    one.up(inputs)
    absent: tuple[Any, ...] = ({}, None, {"list": None}, {"list": {}}, {"list": [{}]}, {"list": [5]}, [])
    for match in ("GET .*/(oauth-keys|keys)$", "GET .*/subscriptions"):
        for body in absent:
            sandbox.faults.add(Fault(kind="fail", match=match, times=0, status=200, body=body))
            with pytest.raises(Refused, match=r"^NotAnApiAnswer: "):
                one.refresh()
            sandbox.faults.clear()
    settled(one, inputs)


def test_an_application_that_the_server_does_not_know_of_yet_is_waited_for(
    life: Callable[[str], Life], sandbox: Sandbox
) -> None:
    """A reader behind the writer must not make an application without a client id."""
    one = life("Application")
    sandbox.faults.add(Fault(kind="stale", match="GET .*/inbound-protocols/oidc", times=2))
    one.up({"name": "orders"})
    assert one.outputs["clientId"]
    assert one.outputs["clientSecret"]
    assert one.sent.count("GET /applications/{id}/inbound-protocols/oidc") == 3
    sandbox.faults.clear()
    settled(one, {"name": "orders"})


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@EACH
def test_a_creation_that_a_server_fails_to_carry_out_is_made_once(
    life: Callable[[str], Life], sandbox: Sandbox, kind: str, status: int
) -> None:
    """Nobody knows whether it was; so it is looked up, and then sent again."""
    before = sandbox.store.snapshot()
    one = life(kind)
    for match in {"POST .*/(api-resources|applications)$", "POST .*/map-keys$", "POST .*/subscriptions$"}:
        sandbox.faults.add(Fault(kind="fail", match=match, status=status))
    one.up(INPUTS[kind])
    sandbox.faults.clear()
    settled(one, INPUTS[kind])
    one.destroy()
    assert left_behind(before, sandbox.store.snapshot()) == []


def test_what_cannot_be_taken_back_is_named_and_can_be_adopted(life: Callable[[str], Life], sandbox: Sandbox) -> None:
    """Both causes and the id in one line; the next up with adopt=True finishes."""
    one = life("Application")
    sandbox.faults.add(Fault(kind="fail", match="GET .*/oidc", status=403, body={"code": "X", "description": "first"}))
    sandbox.faults.add(Fault(kind="fail", match="DELETE .*", status=403, body={"code": "Y", "description": "second"}))
    with pytest.raises(Refused) as refused:
        one.up({"name": "orders"})
    (made,) = sandbox.store.asgardeo["sandbox"].applications.values()
    line = str(refused.value)
    assert "\n" not in line
    assert [text for text in ("first", "second", made.id, "adopt it") if text not in line] == []
    sandbox.faults.clear()
    one.up({"name": "orders", "adopt": True})
    assert one.id == made.id
    settled(one, {"name": "orders", "adopt": True})


def test_a_right_that_is_missing_half_way_takes_back_what_was_made(
    life: Callable[[str], Life], sandbox: Sandbox
) -> None:
    """The second of two authorizations is refused: the line names the scopes, and nothing is left."""
    apis = []
    for name in "ab":
        api = life("Api")
        api.up({"identifier": f"urn:{name}", "name": name, "scopes": [{"name": f"{name}:1"}]})
        apis.append({"apiId": api.id, "scopes": [f"{name}:1"]})
    before = sandbox.store.snapshot()
    body = {"code": "APP-60520", "message": "Forbidden", "description": "Operation is not permitted."}
    sandbox.faults.add(Fault(kind="fail", match="POST .*/authorized-apis", after=1, status=403, body=body))
    with pytest.raises(Refused, match="internal_application_business_api_update"):
        life("Application").up({"name": "orders", "authorizedApis": apis})
    assert left_behind(before, sandbox.store.snapshot()) == []


def test_a_secret_that_was_rotated_by_hand_shows_after_a_refresh(life: Callable[[str], Life], sandbox: Sandbox) -> None:
    """And the next up has nothing to do for it."""
    one = life("Application")
    one.up({"name": "orders"})
    stored = sandbox.store.asgardeo["sandbox"].applications[one.id].oidc
    assert stored
    stored.client_secret = "by-hand"  # noqa: S105  # made up
    assert one.refresh() == "update"
    assert one.outputs["clientSecret"] == "by-hand"
    settled(one, {"name": "orders"})


def test_a_rotation_whose_answer_is_lost_is_not_made_twice(life: Callable[[str], Life], sandbox: Sandbox) -> None:
    """The secret itself tells that there is a new one."""
    one = life("Application")
    one.up({"name": "orders", "secretRotation": "1"})
    first = one.outputs["clientSecret"]
    sandbox.faults.add(Fault(kind="lose", match="POST .*/regenerate-secret"))
    one.up({"name": "orders", "secretRotation": "2"})
    assert one.sent.count("POST /applications/{id}/inbound-protocols/oidc/regenerate-secret") == 1
    assert one.outputs["clientSecret"] != first
    settled(one, {"name": "orders", "secretRotation": "2"})


@EACH
def test_what_is_gone_is_deleted_twice_and_updated_never(life: Callable[[str], Life], kind: str) -> None:
    """Deleting it succeeds, changing it names the next command."""
    one, other = life(kind), life(kind)
    one.up(INPUTS[kind])
    other.id, other.inputs, other.outputs = one.id, one.inputs, one.outputs
    one.destroy()
    changed = {"ApplicationClient": {"description": "x"}}.get(kind, {"name": "Other"})
    with pytest.raises(Refused, match="pulumi refresh"):
        other.up({**INPUTS[kind], **changed})
    other.destroy()
    assert other.id == ""


@EACH
def test_a_destroy_that_may_not_keeps_the_object_and_says_so(
    life: Callable[[str], Life], sandbox: Sandbox, kind: str
) -> None:
    """The rights of the management application were taken away."""
    one = life(kind)
    one.up(INPUTS[kind])
    before = sandbox.store.snapshot()
    sandbox.faults.add(Fault(kind="fail", match="DELETE", status=403, times=0, body={"code": "Z", "description": "no"}))
    with pytest.raises(Refused) as refused:
        one.destroy()
    assert "\n" not in str(refused.value)
    assert one.id
    assert sandbox.store.snapshot() == before
