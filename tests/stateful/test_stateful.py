"""Random lives: whatever a program declares and whoever meddles with it, one refresh and one up put it right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Sandbox, left_behind
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.lifecycle.settled import settled
from tests.stateful.models import SUBJECTS, Subject, seed
from tests.support.host import Host, Life, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES, STEPS = 16, 12


class Lives(RuleBasedStateMachine):
    """One resource after the other, of one kind, against platforms on which others work too."""

    kind: type[Subject]
    sandbox: Sandbox
    host: Host

    def __init__(self) -> None:
        super().__init__()
        seed(self.sandbox)
        self.before = self.sandbox.store.snapshot()
        self.subject = self.kind(self.sandbox)
        self.life = Life(self.host, self.subject.name, self.sandbox, name="life")
        self.declared: dict[str, Any] = {}
        #: Whether the platforms may be otherwise than the state says, and whether the object is gone.
        self.meddled = self.gone = False

    @rule(data=st.data())
    def up(self, data: st.DataObject) -> None:
        """Declare something and bring it up, without a refresh before."""
        inputs = data.draw(self.kind.inputs)
        old = self.life.inputs
        try:
            operation = self.life.up(inputs)
        except Refused as refused:
            line = str(refused)
        else:
            line = ""
        if line:
            assert self.meddled, line
            assert "pulumi refresh" in line, line
            assert "\n" not in line
            self._converge(inputs)
            return
        self.declared = inputs
        self.gone = self.gone and operation in ("same", "update")
        if operation in ("create", "replace"):
            self.meddled = False
        if not self.meddled:
            self._costs(operation, old)
            settled(self.life, inputs)

    def _costs(self, operation: str, old: dict[str, Any]) -> None:
        sent = sum(self.life.requests.values())
        limit = 0 if operation == "same" else self.subject.cost(operation, old, self.life.inputs)
        assert sent <= limit, (operation, self.life.sent, old, self.life.inputs)

    @precondition(lambda self: self.life.id and not self.gone)
    @rule(data=st.data())
    def meddle(self, data: st.DataObject) -> None:
        """Somebody changes the object by hand."""
        edits = self.subject.edits(self.life.id)
        name = data.draw(st.sampled_from(sorted(edits)))
        edits[name]()
        self.meddled, self.gone = True, name == "delete"

    @precondition(lambda self: self.life.id)
    @rule()
    def converge(self) -> None:
        """A refresh and one up are enough, whatever was done by hand."""
        self._converge(self.declared)

    def _converge(self, inputs: dict[str, Any]) -> None:
        old = self.life.inputs
        found = self.life.refresh()
        assert self.life.sent == [call for call in self.life.sent if call.startswith("GET")]
        assert sum(self.life.requests.values()) <= self.subject.cost("refresh", old, old)
        assert (found == "gone") == self.gone
        self.gone = self.meddled = False
        old = self.life.inputs
        self._costs(self.life.up(inputs), old)
        self.declared = inputs
        settled(self.life, inputs)

    @precondition(lambda self: self.life.id)
    @rule()
    def destroy(self) -> None:
        """Delete it, also where somebody else already has."""
        self._destroy()

    def _destroy(self) -> None:
        old, meddled = self.life.inputs, self.meddled
        self.life.destroy()
        self.declared, self.meddled, self.gone = {}, False, False
        if not meddled:
            self._costs_of_destroying(old)

    def _costs_of_destroying(self, old: dict[str, Any]) -> None:
        assert sum(self.life.requests.values()) <= self.subject.cost("destroy", old, {})

    def teardown(self) -> None:
        """At the end nothing of ours is left, and nothing of anybody else's has changed."""
        if self.life.id:
            if self.meddled:
                self._converge(self.declared)
            self._destroy()
        assert left_behind(self.before, self.sandbox.store.snapshot()) == []


@pytest.fixture(scope="module")
def platforms() -> Iterator[tuple[Sandbox, Host]]:
    """One sandbox and one provider process for all lives; each ends as it began."""
    with Sandbox() as sandbox, Host({}, {SANDBOX_VARIABLE: sandbox.url}) as host:
        yield sandbox, host


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.name) for kind in SUBJECTS])
def test_one_refresh_and_one_up_put_everything_right(platforms: tuple[Sandbox, Host], kind: type[Subject]) -> None:
    """Within the limits of requests, and without a trace on what belongs to others."""
    machine = type("Machine", (Lives,), {"kind": kind, "sandbox": platforms[0], "host": platforms[1]})
    bounds = settings(max_examples=EXAMPLES, stateful_step_count=STEPS, derandomize=True, phases=[Phase.generate])
    run_state_machine_as_test(machine, settings=bounds)
