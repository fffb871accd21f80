"""The sandbox as a server: its ledger, its faults, its state file."""

from __future__ import annotations

import json
import socket
import stat
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from asgardeo_bijira_sandbox import BadScenario, Fault, Sandbox, left_behind, load_scenario

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


def test_every_request_is_in_the_ledger_by_the_time_it_is_answered(
    sandbox: Sandbox, asgardeo: httpx.Client, api: dict[str, Any]
) -> None:
    """Route and path, bodies, and no secret."""
    asgardeo.get(f"/api-resources/{api['id']}")
    first, post, get = sandbox.ledger
    assert (first.platform, first.route, first.request_body["client_secret"]) == ("token", "/oauth2/token", "***")
    assert first.response_body["access_token"] == "***"  # noqa: S105
    assert (post.method, post.status, post.request_body["identifier"]) == ("POST", 201, "urn:orders")
    assert (get.route, get.path) == ("/api-resources/{id}", f"/t/sandbox/api/server/v1/api-resources/{api['id']}")
    assert sandbox.ledger.counts() == {"asgardeo": 2, "bijira": 0, "token": 1, "gateway": 0}
    shown = httpx.get(f"{sandbox.url}/_sandbox/ledger", params={"after": 2}).json()
    assert [exchange["number"] for exchange in shown["exchanges"]] == [3]
    assert "sandbox-secret" not in json.dumps([exchange.as_json() for exchange in sandbox.ledger])
    assert get.request_headers["authorization"] == "Bearer ***", "how somebody signed in shows, with what does not"
    assert get.response_headers["content-type"] == "application/json"


def test_whoever_is_told_of_the_address_is_heard() -> None:
    """The command prints it before it serves, and a script goes on from there."""
    sandbox = Sandbox()
    with socket.create_connection(("127.0.0.1", int(sandbox.url.rpartition(":")[2]))), sandbox:
        assert httpx.get(f"{sandbox.url}/_sandbox/health").status_code == 200


def test_a_chosen_call_fails_without_being_carried_out(sandbox: Sandbox, asgardeo: httpx.Client) -> None:
    """The k-th from now on, and only that one."""
    sandbox.faults.add(Fault(kind="fail", call=2, status=503, body={"code": "X"}, headers={"Retry-After": "1"}))
    answers = [asgardeo.post("/api-resources", json={"name": "a", "identifier": f"urn:{n}"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [201, 503, 201]
    assert answers[1].headers["Retry-After"] == "1"
    assert len(sandbox.store.asgardeo["sandbox"].apis) == 2


def test_an_answer_is_lost_after_what_was_asked_for_has_been_done(sandbox: Sandbox, asgardeo: httpx.Client) -> None:
    """The client sees a broken connection and not a byte."""
    sandbox.faults.add(Fault(kind="lose", match="POST .*/api-resources"))
    with pytest.raises(httpx.TransportError):
        asgardeo.post("/api-resources", json={"name": "a", "identifier": "urn:a"})
    assert len(sandbox.store.asgardeo["sandbox"].apis) == 1
    assert list(sandbox.ledger)[-1].fault == "lose"


def test_a_connection_is_cut_before_anything_is_done(sandbox: Sandbox, asgardeo: httpx.Client) -> None:
    """To the client it looks like a lost answer."""
    sandbox.faults.add(Fault(kind="reset", match="POST .*/api-resources"))
    with pytest.raises(httpx.TransportError):
        asgardeo.post("/api-resources", json={"name": "a", "identifier": "urn:a"})
    assert not sandbox.store.asgardeo["sandbox"].apis


@pytest.mark.parametrize(
    ("fault", "status", "shown"),
    [
        (Fault(kind="half"), 201, None),
        (Fault(kind="body"), 201, ""),
        (Fault(kind="body", text="null"), 201, "null"),
        (Fault(kind="html", committed=True), 200, None),
        (Fault(kind="fail", committed=True, status=502), 502, ""),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else "",
)
def test_an_answer_is_damaged_after_what_was_asked_for_has_been_done(
    sandbox: Sandbox, asgardeo: httpx.Client, fault: Fault, status: int, shown: str | None
) -> None:
    """Half a body, another one, none, or another status."""
    sandbox.faults.add(fault)
    answer = asgardeo.post("/api-resources", json={"name": "a", "identifier": "urn:a"})
    assert len(sandbox.store.asgardeo["sandbox"].apis) == 1
    assert answer.status_code == status
    assert shown is None or answer.text == shown


def test_other_troubles_can_be_switched_on_over_http(sandbox: Sandbox, asgardeo: httpx.Client) -> None:
    """For whoever runs the sandbox as a process of its own."""
    control = f"{sandbox.url}/_sandbox/faults"
    assert httpx.post(control, json={"kind": "html"}).status_code == 201
    assert asgardeo.get("/applications").headers["Content-Type"] == "text/html"
    httpx.post(control, json={"kind": "slow", "seconds": 0.2})
    began = time.monotonic()
    asgardeo.get("/applications")
    assert time.monotonic() - began >= 0.2
    httpx.post(control, json={"kind": "rate_limit", "limit": 2, "headers": {"Retry-After": "30"}})
    answers = [asgardeo.get("/applications") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "30"
    assert httpx.delete(control).status_code == 204
    assert asgardeo.get("/applications").status_code == 200
    for wrong in (
        {"kind": "nonsense"},
        {"kind": "fail", "match": "("},
        {"kind": "fail", "status": 99},
        {"kind": "fail", "headers": {"X": "a\nb"}},
        {"kind": "fail", "headers": {"X:": "a"}},
        {"kind": "slow", "seconds": -1},
    ):
        assert httpx.post(control, json=wrong).status_code == 400, wrong


def test_a_stale_answer_is_from_before_the_last_write(
    sandbox: Sandbox, asgardeo: httpx.Client, api: dict[str, Any]
) -> None:
    """As a replica answers that has not caught up."""
    sandbox.faults.add(Fault(kind="stale", match="GET"))
    asgardeo.patch(f"/api-resources/{api['id']}", json={"name": "New"})
    names = [asgardeo.get(f"/api-resources/{api['id']}").json()["name"] for _ in range(2)]
    assert names == ["Orders", "New"]


def test_the_store_outlives_the_process_in_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    """Under another address, with the same objects."""
    path = tmp_path / "state.json"
    with Sandbox(state_file=path) as first:
        first.store.tenant("acme")
        token = httpx.post(
            f"{first.url}/t/acme/oauth2/token",
            data={"grant_type": "client_credentials", "scope": "SYSTEM"},
            auth=("sandbox-management", "sandbox-secret"),
        ).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        base = f"{first.url}/t/acme/api/server/v1"
        made = httpx.post(f"{base}/api-resources", json={"name": "a", "identifier": "urn:a"}, headers=headers)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with Sandbox(state_file=path) as second:
        assert made.json()["id"] in second.store.asgardeo["acme"].apis
        manager = next(iter(second.store.bijira.values())).key_manager("Asgardeo")
        assert manager
        assert (manager.issuer or "").startswith(second.url)
        assert left_behind(first.store.snapshot(), first.store.snapshot()) == []


def test_what_is_left_behind_is_named(sandbox: Sandbox, application: str) -> None:
    """With where it lies."""
    now = sandbox.store.snapshot()
    sandbox.store.asgardeo["sandbox"].applications[application].enabled = False
    line = f"asgardeo/sandbox/applications/{application}: app was changed"
    assert left_behind(now, sandbox.store.snapshot()) == [line]


def test_a_scenario_that_cannot_be_read_says_where(tmp_path: Path) -> None:
    """In one line."""
    path = tmp_path / "scenario.yaml"
    path.write_text("bijira:\n  - apis:\n      - nmae: x\n")
    with pytest.raises(BadScenario, match=r"bijira\.0\.apis\.0\.nmae: is not known here"):
        load_scenario(path)
    path.write_text("a: [")
    with pytest.raises(BadScenario, match="is not valid YAML"):
        load_scenario(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(BadScenario, match="is not valid YAML"):
        load_scenario(path)
