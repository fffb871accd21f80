"""One case of a soak: a run that meets a fault, the runs after it, and what must then hold."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from asgardeo_bijira_sandbox import Sandbox, left_behind

from .faults import FAULTS, struck
from .process import Outcome, Processes
from .programs import PROGRAMS, SECRETS, seed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asgardeo_bijira_sandbox import Store

    from .engine import Resource, State

__all__ = ("OPERATIONS", "Case", "Stage", "Violation", "cases_of")

OPERATIONS = ("create", "adopt", "taken", "refresh", "update", "replace", "destroy")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?")
_ROTATION = "/regenerate-secret"


@dataclass(frozen=True)
class Case:
    """A fault at the k-th request of an operation: once, from then on, or the death of the process."""

    program: str
    operation: str
    call: int
    fault: str
    #: `once`, `stays`; or for the fault `death`, `before` or `after` the platform carried the request out.
    how: str

    def is_chosen(self, each: int) -> bool:
        """Whether it is one of the n-th part of all; always the same ones, of every fault and operation."""
        return zlib.crc32(str(self).encode()) % each == 0

    def __str__(self) -> str:
        return f"{self.program}/{self.operation}/{self.call}/{self.fault}/{self.how}"

    @classmethod
    def of(cls, text: str) -> Self:
        """The case that is written so."""
        program, operation, call, fault, how = text.split("/")
        return cls(program, operation, int(call), fault, how)


@dataclass(frozen=True)
class Violation:
    """What did not hold, in which case."""

    case: Case
    what: str

    @property
    def kind(self) -> str:
        """The same for violations that differ in ids and numbers only."""
        return re.sub(r"\d+(\.\d+)?", "N", _UUID.sub("ID", self.what))[:160]


class Broken(Exception):
    """A promise that did not hold."""


@dataclass
class Stage:
    """A program on a sandbox, and where each operation starts."""

    program: str
    sandbox: Sandbox = field(default_factory=Sandbox)

    def __enter__(self) -> Self:
        self.sandbox.start()
        seed(self.sandbox)
        declared = PROGRAMS[self.program]
        self.processes = Processes(declared.environment(self.sandbox))
        self.first = list(declared.first)
        self._declared = {
            "update": list(declared.second),
            "replace": list(declared.third),
            "adopt": adopting([*declared.adopted]),
        }
        self.empty = self._copy()
        self.before = self.sandbox.store.snapshot()
        made = self.processes.run("up", {}, self.first)
        if not made.ok:
            raise Broken(f"{self.program} cannot be made at all: {made.error}")
        self.made, self.state = self._copy(), made.state
        self._shapes: dict[str, list[str]] = {}
        return self

    def __exit__(self, *_: object) -> None:
        self.processes.close()
        self.sandbox.stop()

    def declared(self, operation: str) -> list[Resource]:
        """What is declared when an operation runs."""
        return self._declared.get(operation, self.first)

    def start(self, operation: str) -> State:
        """Put the store to where an operation starts, and return the state of then."""
        self._put_back(self.empty if operation == "create" else self.made)
        return {} if operation in ("create", "adopt", "taken") else dict(self.state)

    def measured(self, operation: str) -> int:
        """How many requests an operation takes without a fault; remembers what it comes to."""
        state, mark = self.start(operation), self.sandbox.ledger.mark()
        outcome = self.processes.run(command_of(operation), state, self.declared(operation))
        calls = self.sandbox.ledger.mark() - mark
        if not outcome.ok and operation != "taken":
            raise Broken(f"{self.program}: {operation} fails without a fault: {outcome.error}")
        self._shapes[operation] = self.shape(outcome.state)
        return calls

    def expected(self, operation: str) -> list[str]:
        """What is there beside the colleague's objects after an operation without a fault."""
        if operation not in self._shapes:
            self.measured(operation)
        return self._shapes[operation]

    def shape(self, state: State) -> list[str]:
        """Everything that is there and was not at first, with its ids by the names of the resources."""
        names = {value: f"<{name} {key}>" for name, one in state.items() for key, value in _ids(one)}
        found = []
        for path, entry in _objects(self.sandbox.store.snapshot()).items():
            if path not in _objects(self.before):
                text = f"{path.rpartition('/')[0]} {json.dumps(_ordered(entry), sort_keys=True)}"
                for value, name in sorted(names.items(), key=lambda one: -len(one[0])):
                    text = text.replace(value, name)
                found.append(_TIME.sub("<time>", _UUID.sub("<id>", text)))
        return sorted(found)

    def secrets(self) -> set[str]:
        """Every secret that the platforms made up, as they are now."""
        tenant = self.sandbox.store.asgardeo["sandbox"]
        return {one.oidc.client_secret for one in tenant.applications.values() if one.oidc and one.oidc.client_secret}

    def _copy(self) -> Store:
        return self.sandbox.store.model_copy(deep=True)

    def _put_back(self, store: Store) -> None:
        self.sandbox.faults.clear()
        copy, now = store.model_copy(deep=True), self.sandbox.store
        for ours, theirs in (
            (now.asgardeo, copy.asgardeo),
            (now.bijira, copy.bijira),
            (now.api_portal.organizations, copy.api_portal.organizations),
        ):
            ours.clear()
            ours.update(theirs)  # type: ignore[arg-type]  # each of its own type


def command_of(operation: str) -> str:
    """What an engine does for an operation."""
    return operation if operation in ("refresh", "destroy") else "up"


def adopting(chain: list[Resource]) -> list[Resource]:
    """The same with `adopt`."""
    return [{**one, "inputs": {**one["inputs"], "adopt": True}} for one in chain]


def cases_of(stage: Stage, operation: str) -> Iterator[Case]:
    """Every fault at every request, once and staying, and every death."""
    for call in range(1, stage.measured(operation) + 1):
        for fault in FAULTS:
            for how in ("once", "stays"):
                yield Case(stage.program, operation, call, fault, how)
        for how in ("before", "after"):
            yield Case(stage.program, operation, call, "death", how)


class Trial:
    """Leads a case to its end."""

    def __init__(self, stage: Stage, case: Case) -> None:
        self.stage, self.case = stage, case
        self.declared = stage.declared(case.operation)
        self.expected = stage.expected(case.operation)
        self.lines: list[str] = []
        self._secrets: set[str] = set(SECRETS)

    def violation(self) -> Violation | None:
        """What did not hold, if anything."""
        try:
            self._lead()
        except Broken as broken:
            return Violation(self.case, str(broken))
        return None

    def _lead(self) -> None:
        stage, operation = self.stage, self.case.operation
        self.state = stage.start(operation)
        self._mark = mark = stage.sandbox.ledger.mark()
        first = self._with_fault(command_of(operation))
        if operation == "taken":
            self._taken(first)
            return
        if operation == "destroy":
            if not first.ok:
                self._run("destroy", must=True)
        else:
            self._again(first)
            self._settled()
            self._as_without_fault()
            rotations = [one for one in stage.sandbox.ledger.since(mark) if one.path.endswith(_ROTATION)]
            if sum(one.status < 300 and one.fault != "html" for one in rotations) > 1:
                raise Broken("the secret was rotated more than once")
            self._run("destroy", must=True)
        left = left_behind(stage.before, stage.sandbox.store.snapshot())
        if left:
            raise Broken(f"after destroy: {'; '.join(left)}")

    def _with_fault(self, command: str) -> Outcome:
        case, faults = self.case, self.stage.sandbox.faults
        if case.fault == "death":
            return self._run(command, dies=(case.call, case.how == "after"))
        faults.add(struck(case.fault, case.call, stays=case.how == "stays"))
        outcome = self._run(command, seen=FAULTS[case.fault].seen)
        faults.clear()
        return outcome

    def _again(self, first: Outcome) -> None:
        """The second run finishes; or names an id and `adopt`, and then the third one does."""
        if self.case.operation == "refresh" and (gone := self.stage.state.keys() - self.state.keys()):
            raise Broken(f"the refresh dropped {sorted(gone)}")
        second = self._run("up")
        if second.ok and first.ok and set(second.done.values()) - {"same"} and not self._was_told_none():
            raise Broken(f"the first run was green, and the second one still did something: {second.done}")
        if second.ok:
            return
        if "adopt" not in second.error or not any(id_ in second.error for id_ in self._ids_there()):
            raise Broken(f"the second run fails without an id and adopt: {second.error}")
        self.declared = adopting(self.declared)
        self._run("up", must=True)

    def _was_told_none(self) -> bool:
        """Whether the fault is an answer that the platform gives, too: an application without APIs has a bare `[]`.

        The next refresh shows that it is not so, and the next run mends it.
        """
        struck = [one for one in self.stage.sandbox.ledger.since(self._mark) if one.fault]
        told = [one for one in struck if one.method == "GET" and one.path.endswith("/authorized-apis")]
        return self.case.fault == "list" and told == struck != []

    def _taken(self, first: Outcome) -> None:
        """What is a colleague's stays a colleague's, to the last byte."""
        if first.ok:
            raise Broken("a colleague's object was taken over without adopt")
        second = self._run("up")
        if second.ok:
            raise Broken("a colleague's object was taken over without adopt in the second run")
        if "adopt" not in second.error and "has the client" not in second.error:
            raise Broken(f"what is taken is refused without naming adopt: {second.error}")
        stage = self.stage
        now = stage.sandbox.store.snapshot()
        stage.start("taken")
        left = left_behind(stage.sandbox.store.snapshot(), now)
        if left or self.state:
            raise Broken(f"a colleague's object was touched: {'; '.join(left)} {sorted(self.state)}")

    def _settled(self) -> None:
        found = self._run("settle", must=True)
        if self._was_told_none() and set(found.done.values()) - {"same"}:
            self._run("up", must=True)
            found = self._run("settle", must=True)
        if set(found.done.values()) - {"same"}:
            raise Broken(f"not quiet after the second run: {found.done}")

    def _as_without_fault(self) -> None:
        expected, found = self.expected, self.stage.shape(self.state)
        if expected != found:
            more = list((Counter(found) - Counter(expected)).elements())
            less = list((Counter(expected) - Counter(found)).elements())
            raise Broken(f"the platforms have otherwise than without a fault: more {more}, less {less}")
        shown = [one["outputs"]["clientSecret"] for one in self.state.values() if "clientSecret" in one["outputs"]]
        if self.case.program in ("guide", "application") and not set(shown) & self.stage.secrets():
            raise Broken("the state has no live secret")

    def _ids_there(self) -> list[str]:
        """The ids of what exists."""
        there = _objects(self.stage.sandbox.store.snapshot())
        inner = (str(entry["id"]) for entry in there.values() if isinstance(entry, dict) and "id" in entry)
        return [*(path.rpartition("/")[2] for path in there), *inner]

    def _run(self, command: str, *, must: bool = False, **details: Any) -> Outcome:
        self._secrets |= self.stage.secrets()
        outcome = self.stage.processes.run(command, self.state, self.declared, **details)
        self.state = outcome.state
        self._secrets |= self.stage.secrets() | set(outcome.tokens)
        self.lines.append(f"{command}: {outcome.error or ('died' if outcome.died else outcome.done)}")
        if outcome.error and not outcome.is_problem:
            raise Broken(f"{command} raised what is no Problem: {outcome.error.strip().splitlines()[-1]}")
        if "\n" in outcome.error or not outcome.error.isprintable():
            raise Broken(f"{command} failed in more than one line: {outcome.error!r}")
        if "Traceback" in outcome.log:
            raise Broken(f"{command} printed a traceback")
        if any(secret in outcome.error + outcome.log for secret in self._secrets):
            raise Broken(f"{command} showed a secret")
        if must and not outcome.ok:
            raise Broken(f"{command} without a fault fails: {outcome.error}")
        return outcome


def _objects(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Every object by its path."""
    platforms = {**snapshot, "api_portal": snapshot["api_portal"]["organizations"]}
    return {
        f"{platform}/{organization}/{collection}/{key}": entry
        for platform in ("asgardeo", "bijira", "api_portal")
        for organization, content in platforms[platform].items()
        for collection, entries in content.items()
        if isinstance(entries, dict)
        for key, entry in entries.items()
    }


def _ordered(value: Any) -> Any:
    """Without an order that means nothing, and without numbers that count creations."""
    if isinstance(value, dict):
        if all(isinstance(item, dict) for item in value.values()) and value:
            return sorted(([key, _ordered(item)] for key, item in value.items()), key=_told_apart)
        return {key: _ordered(item) for key, item in value.items() if key != "number"}
    return sorted((_ordered(item) for item in value), key=_told_apart) if isinstance(value, list) else value


def _told_apart(value: Any) -> str:
    return _UUID.sub("<id>", json.dumps(value, sort_keys=True))


def _ids(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    outputs = entry["outputs"]
    yield "id", entry["id"]
    if "clientId" in outputs and "applicationType" in outputs:
        yield "clientId", outputs["clientId"]
