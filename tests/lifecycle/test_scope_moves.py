"""An API is split: a scope leaves one API for another in one run, and applications keep it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox import Fault

from tests.lifecycle.settled import settled
from tests.support.host import Life, PropertyMap, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

WHOLE: PropertyMap = {"identifier": "urn:whole", "name": "Whole", "scopes": [{"name": "a:r"}, {"name": "b:r"}]}
REST: PropertyMap = {**WHOLE, "scopes": [{"name": "a:r"}]}
TAKEN: PropertyMap = {"code": "API-RESOURCE-60004", "message": "Unable to add scope.", "description": "It exists."}
PART: PropertyMap = {"identifier": "urn:part", "name": "Part", "scopes": [{"name": "b:r"}]}


@pytest.mark.parametrize("exists", [False, True], ids=["new", "existing"])
def test_a_scope_moves_in_one_run_whichever_operation_comes_first(life: Callable[[str], Life], exists: bool) -> None:
    """The API that takes it waits until the other has given it away; the application then has it under the new one."""
    whole, part, application = life("Api"), life("Api"), life("Application")
    whole.up(WHOLE)
    if exists:
        part.up({**PART, "scopes": []})
    before = {"name": "orders", "authorizedApis": [{"apiId": whole.id, "scopes": ["a:r", "b:r"]}]}
    application.up(before)
    whole.host.restart()
    assert whole.preview(REST) == "update"
    taking = part.check(PART)[0]
    if exists:
        part.preview(PART)
    with ThreadPoolExecutor(1) as pool:
        taken = pool.submit(part._update if exists else part.create, taking)
        whole._update(whole.check(REST)[0])
        assert taken.result(60) is None
    settled(part, PART)
    after = {
        "name": "orders",
        "authorizedApis": [{"apiId": whole.id, "scopes": ["a:r"]}, {"apiId": part.id, "scopes": ["b:r"]}],
    }
    application.up(after)
    settled(application, after)


def test_however_many_scopes_move_at_once_each_waits_for_a_change_that_has_begun(life: Callable[[str], Life]) -> None:
    """All are refused while all changes that remove them are under way, and none of those needs a thread any more."""
    pairs = [(life("Api"), life("Api")) for _ in range(5)]

    def declared(number: int, title: str, *scopes: str) -> PropertyMap:
        return {"identifier": f"urn:{title}:{number}", "name": title, "scopes": [{"name": name} for name in scopes]}

    for number, (whole, _) in enumerate(pairs):
        whole.up(declared(number, "whole", f"a:{number}", f"b:{number}"))
    host, sandbox = pairs[0][0].host, pairs[0][0].sandbox
    host.restart()
    sandbox.faults.add(Fault(kind="gather", match="POST .*/api-resources$|DELETE .*/scopes/", limit=10, seconds=10))
    sandbox.faults.add(Fault(kind="slow", match="DELETE .*/scopes/", times=5, seconds=0.5))
    with ThreadPoolExecutor(10) as pool:
        for number, (whole, _) in enumerate(pairs):
            assert whole.preview(declared(number, "whole", f"a:{number}")) == "update"
        given = [
            pool.submit(one._update, one.check(declared(n, "whole", f"a:{n}"))[0]) for n, (one, _) in enumerate(pairs)
        ]
        taken = [
            pool.submit(one.create, one.check(declared(n, "part", f"b:{n}"))[0]) for n, (_, one) in enumerate(pairs)
        ]
        assert [one.result(60) for one in given + taken] == [None] * 10


@pytest.mark.parametrize("exists", [False, True], ids=["new", "existing"])
def test_a_scope_given_up_between_the_refusal_and_the_look_up_is_taken(
    life: Callable[[str], Life], exists: bool
) -> None:
    """Nobody has it when its owner is looked for: so it is free, and not the system's."""
    part = life("Api")
    if exists:
        part.up({**PART, "scopes": []})
    match = "PATCH .*/api-resources/" if exists else "POST .*/api-resources$"
    part.sandbox.faults.add(Fault(kind="fail", match=match, status=409, body=TAKEN))
    part.up(PART)
    settled(part, PART)


def test_a_scope_that_stays_taken_and_that_nobody_shows_is_the_systems(life: Callable[[str], Life]) -> None:
    """Its API is in no list."""
    part = life("Api")
    part.sandbox.faults.add(Fault(kind="fail", match="POST .*/api-resources$", status=409, body=TAKEN, times=0))
    with pytest.raises(Refused, match="one of the scopes b:r belongs to an API of the system"):
        part.up(PART)


def test_a_scope_that_stays_where_it_is_is_named_with_its_api(life: Callable[[str], Life]) -> None:
    """Whose it is, for a creation and for a change."""
    whole, part = life("Api"), life("Api")
    whole.up(WHOLE)
    line = rf"the scope b:r belongs to the API urn:whole \(id {whole.id}\)"
    with pytest.raises(Refused, match=line):
        part.up(PART)
    part.up({**PART, "scopes": []})
    with pytest.raises(Refused, match=line):
        part.up(PART)
