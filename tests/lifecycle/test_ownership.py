"""Whose an object is, and where it lives: nothing of anybody else's is touched, nothing that is live is deleted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox import Fault
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.lifecycle.settled import settled
from tests.support.host import Host, Life, PropertyMap, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

INPUTS: dict[str, PropertyMap] = {
    "Api": {"identifier": "urn:orders", "name": "Orders", "scopes": [{"name": "o:r"}]},
    "Application": {"name": "orders"},
    "ApplicationClient": {"applicationName": "orders", "clientId": "client-1"},
    "Role": {"name": "reader", "permissions": []},
}
POSTS = {
    "Api": "POST .*/api-resources$",
    "Application": "POST .*/applications$",
    "ApplicationClient": "POST .*/applications$",
    "Role": "POST .*/Roles$",
}
ROTATE = "POST .*/regenerate-secret"
EACH = pytest.mark.parametrize("kind", sorted(INPUTS))


def same(one: Life, other: Life) -> Life:
    """Another resource with the same state."""
    other.id, other.inputs, other.outputs = one.id, one.inputs, one.outputs
    return other


@EACH
def test_an_equal_object_of_a_colleagues_is_neither_taken_nor_undone(
    life: Callable[[str], Life], sandbox: Sandbox, host: Host, kind: str
) -> None:
    """The first POST fails, and the look-up finds what was there before."""
    life(kind).up(INPUTS[kind])
    host.restart()
    before = sandbox.store.snapshot()
    sandbox.faults.add(Fault(kind="fail", match=POSTS[kind], call=1, status=502))
    with pytest.raises(Refused, match="exists already") as refused:
        life(kind).up(INPUTS[kind])
    assert "aliases" in str(refused.value)
    assert sandbox.store.snapshot() == before


def test_a_colleagues_application_with_another_client_stays(
    life: Callable[[str], Life], sandbox: Sandbox, host: Host
) -> None:
    """It is not deleted as half made by us."""
    life("ApplicationClient").up({"applicationName": "shop", "clientId": "theirs"})
    host.restart()
    before = sandbox.store.snapshot()
    sandbox.faults.add(Fault(kind="fail", match=POSTS["ApplicationClient"], call=1, status=500))
    with pytest.raises(Refused, match="exists already"):
        life("ApplicationClient").up({"applicationName": "shop", "clientId": "ours"})
    assert sandbox.store.snapshot() == before


@EACH
def test_a_renamed_resource_that_adopts_keeps_the_object(
    life: Callable[[str], Life], sandbox: Sandbox, host: Host, kind: str
) -> None:
    """The new name takes it over, then the engine deletes the old name: at once, or in the next run."""
    first, second = life(kind), life(kind)
    first.up(INPUTS[kind])
    host.restart()
    wanted = {**INPUTS[kind], "adopt": True}
    second.up(wanted)
    before = sandbox.store.snapshot()
    again = same(first, life(kind))
    again.number = first.number
    again.delete()
    assert sandbox.store.snapshot() == before
    host.restart()
    assert second.preview(wanted) == "same"
    first.delete()
    assert sandbox.store.snapshot() == before
    settled(second, wanted)
    assert "wants the resource option aliases" in host.close()


@EACH
def test_a_replacement_that_adopts_keeps_the_object(
    life: Callable[[str], Life], sandbox: Sandbox, host: Host, kind: str
) -> None:
    """Made first and deleted afterwards, as a program may want it."""
    one = life(kind)
    one.up(INPUTS[kind])
    host.restart()
    state = same(one, life(kind))
    state.number = one.number
    one.create(one.check({**INPUTS[kind], "adopt": True})[0])
    before = sandbox.store.snapshot()
    state.delete()
    assert sandbox.store.snapshot() == before
    told = host.close()
    assert "it belongs to this resource's replacement by now" in told
    assert "alias" not in told


@EACH
def test_two_resources_for_one_object_are_an_error_that_names_both(life: Callable[[str], Life], kind: str) -> None:
    """In a preview, when the second compares; and when it adopts."""
    one = life(kind)
    one.up(INPUTS[kind])
    other = same(one, life(kind))
    with pytest.raises(Refused) as refused:
        other.preview(INPUTS[kind])
    assert one.urn in str(refused.value)
    assert other.urn in str(refused.value)
    third = life(kind)
    with pytest.raises(Refused, match=r"belongs to|two resources"):
        third.create(third.check({**INPUTS[kind], "adopt": True})[0])


@pytest.mark.parametrize("slow", ["DELETE .*/api-resources", "GET .*/api-resources"])
def test_what_one_resource_deletes_while_another_adopts_it_is_not_taken_for_there(
    life: Callable[[str], Life], sandbox: Sandbox, host: Host, slow: str
) -> None:
    """As when the one is replaced by something else: either the object stays, or the adoption says that it is gone."""
    one, other = life("Api"), life("Api")
    one.up(INPUTS["Api"])
    host.restart()
    wanted = other.check({**INPUTS["Api"], "adopt": True})[0]
    sandbox.faults.add(Fault(kind="slow", match=slow, seconds=0.6, times=0))
    with ThreadPoolExecutor(1) as pool:
        deletion = pool.submit(one.delete)
        refusal = ""
        try:
            other.create(wanted)
        except Refused as refused:
            refusal = str(refused)
        deletion.result()
    there = bool(sandbox.store.asgardeo["sandbox"].apis)
    assert there if not refusal else "has been deleted by this run" in refusal


def test_updates_of_one_object_by_two_threads_lose_nothing(life: Callable[[str], Life], sandbox: Sandbox) -> None:
    """Each reads, changes and writes the whole document, one after the other."""
    one = life("Application")
    one.up(INPUTS["Application"])
    one.host.restart()
    sandbox.faults.add(Fault(kind="slow_after", match="GET .*/oidc", seconds=0.05, times=0))
    lost = 0
    for number in range(1, 11):
        ours, theirs = {"refreshToken": {"expiryInSeconds": number}}, {"idToken": {"expiryInSeconds": number}}
        lives = [same(one, life("Application")) for _ in range(2)]
        with ThreadPoolExecutor(2) as pool:
            done = [
                pool.submit(each._update, {**each.inputs, **wanted})
                for each, wanted in zip(lives, (ours, theirs), strict=True)
            ]
        assert [one.exception() for one in done] == [None, None]
        oidc = sandbox.store.asgardeo["sandbox"].applications[one.id].oidc
        assert oidc is not None
        shown = (oidc.settings["refreshToken"]["expiryInSeconds"], oidc.settings["idToken"]["expiryInSeconds"])
        lost += shown != (number, number)
    assert lost == 0


@pytest.mark.parametrize("kind", ["Api", "Application", "Role"])
def test_another_organisation_is_refused_before_anything_is_sent(
    life: Callable[[str], Life], sandbox: Sandbox, kind: str
) -> None:
    """In a preview, an update, a refresh and a deletion: both places, and what to do. An old state has no place."""
    one = life(kind)
    one.up(INPUTS[kind])
    assert one.outputs["organization"] == "sandbox"
    with Host({}, {SANDBOX_VARIABLE: sandbox.url, "ASGARDEO_ORGANIZATION": "other"}) as elsewhere:
        moved = same(one, Life(elsewhere, kind, sandbox))
        mark = sandbox.ledger.mark()
        for operation in (
            lambda: moved.preview(INPUTS[kind]),
            lambda: moved._update({**moved.inputs, "name": "x"}),
            moved.refresh,
            moved.delete,
        ):
            with pytest.raises(Refused, match="lives in sandbox, but the settings lead to other"):
                operation()
        assert sandbox.ledger.mark() == mark
    del one.outputs["organization"]
    assert one.preview(INPUTS[kind]) == "same"
    one.refresh()
    assert one.outputs["organization"] == "sandbox"


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("Api", {"identifier": "urn:taken", "name": "Orders"}),
        ("Application", {"name": "taken", "applicationType": "standard", "grantTypes": ["client_credentials"]}),
    ],
)
def test_a_replacement_that_cannot_succeed_is_refused_before_the_deletion(
    life: Callable[[str], Life], sandbox: Sandbox, kind: str, wanted: PropertyMap
) -> None:
    """Its new key is taken: one look-up says so, in the preview."""
    life(kind).up({"name": "taken", **({"identifier": "urn:taken"} if kind == "Api" else {})})
    one = life(kind)
    one.up(INPUTS[kind])
    before, mark = sandbox.store.snapshot(), sandbox.ledger.mark()
    with pytest.raises(Refused, match=r"exists already, its id is .*nothing is deleted"):
        one.up(wanted)
    assert sandbox.ledger.mark() == mark + 1
    assert sandbox.store.snapshot() == before


@pytest.mark.parametrize(
    "faults",
    [
        [Fault(kind="lose", match=ROTATE), Fault(kind="fail", match="GET .*/oidc", after=1, status=400, body={})],
        [Fault(kind="half", match=ROTATE)],
        [Fault(kind="body", match=ROTATE, text="{}")],
    ],
    ids=["look-up fails", "half a body", "empty object"],
)
def test_a_secret_rotates_once_for_one_value_whatever_is_lost(
    life: Callable[[str], Life], sandbox: Sandbox, faults: list[Fault]
) -> None:
    """And the state ends up with the live one."""
    one = life("Application")
    one.up({"name": "orders", "secretRotation": "1"})
    mark = sandbox.ledger.mark()
    for fault in faults:
        sandbox.faults.add(fault)
    wanted = {"name": "orders", "secretRotation": "2"}
    try:
        one.up(wanted)
    except Refused:
        sandbox.faults.clear()
        one.host.restart()
        one.up(wanted)
    sent = [exchange for exchange in sandbox.ledger.since(mark) if exchange.route.endswith("/regenerate-secret")]
    assert len(sent) == 1
    oidc = sandbox.store.asgardeo["sandbox"].applications[one.id].oidc
    assert oidc is not None
    assert one.outputs["clientSecret"] == oidc.client_secret
    settled(one, wanted)
