"""Carries out the planned steps: calls the providers and records the result. One deployment is one command."""

from __future__ import annotations

import os
import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira import wire
from pulumi_asgardeo_bijira.rehearsal.engines.built_in import paths
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.dependents import layers
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.host import Diff, HostFailure
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.planner import Failure, Planned, removal
from pulumi_asgardeo_bijira.rehearsal.engines.model import EngineError, Step, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pulumi_asgardeo_bijira.rehearsal.engines.built_in.providers import Providers
    from pulumi_asgardeo_bijira.rehearsal.engines.built_in.state import Resource, State

__all__ = ["Deployment", "Journal"]

_PARALLEL = 4 * (os.cpu_count() or 1)
_UNCOUNTED = frozenset(
    {"create-replacement", "delete-replaced", "discard-replaced", "read-replacement", "remove-pending-replace"}
)


class Journal:
    """What a command did and said, from many threads."""

    def __init__(self) -> None:
        self.changes: Counter[str] = Counter()
        self.steps: list[Step] = []
        self.lines: list[str] = []
        self.failed = False
        self.refusal: EngineError | None = None
        self._counting = threading.Lock()

    def report(self, severity: str, urn: str, message: str) -> None:
        """Keep a diagnostic of the engine; an error makes the command fail."""
        self.log(severity, urn, message)
        self.failed = self.failed or severity == "error"

    def log(self, severity: str, urn: str, message: str) -> None:
        """Keep what a program or a provider has logged, which decides nothing."""
        self.lines.append(render(severity, urn, message))

    def output(self, text: str) -> None:
        """Keep what a child process printed."""
        self.lines.append(text)

    def step(self, op: str, resource: Resource, diff: Diff) -> None:
        """Keep a step; the engine's own default provider is left out."""
        if not resource.is_default_provider:
            found = tuple(paths.text(path) for path in diff.paths)
            self.steps.append(Step(op, resource.urn, resource.type, found, diff.replaces))

    def count(self, op: str, resource: Resource) -> None:
        """Count a step that succeeded; parts of a replacement do not count by themselves."""
        if not resource.is_default_provider and op not in _UNCOUNTED:
            with self._counting:
                self.changes[op] += 1


class Deployment:
    """Carries out steps. After the first failure nothing new starts; what is under way is finished and recorded."""

    def __init__(self, state: State, providers: Providers, journal: Journal, *, preview: bool = False) -> None:
        self.state = state
        self.providers = providers
        self.journal = journal
        self.preview = preview
        self.stopped = False
        self._busy = 0
        self._idle = threading.Condition()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Mark a piece of work as under way; whatever goes wrong in it stops the deployment."""
        with self._idle:
            self._busy += 1
        try:
            yield
        except Failure as failure:
            for message in failure.lines:
                self.journal.report("error", failure.urn, message)
            self.stopped = True
            raise
        except EngineError as refusal:
            self.journal.refusal = self.journal.refusal or refusal
            self.stopped = True
            raise
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()

    def settle(self) -> None:
        """Wait until nothing is under way."""
        with self._idle:
            self._idle.wait_for(lambda: self._busy == 0)

    def take(self, step: Planned) -> Resource:
        """Take one step and return the resource as it is afterwards."""
        self.journal.step(step.op, step.resource, step.diff)
        try:
            self._take(step)
        except HostFailure as failure:
            raise Failure(step.resource.urn, str(failure)) from None
        if step.op != "read" or _read_something_new(step):
            self.journal.count(step.op, step.resource)
        return step.resource

    def _take(self, step: Planned) -> None:
        new, old = step.resource, step.old
        match step.op:
            case "same" if old is not None:
                new.id, new.outputs = old.id, old.outputs
                self.state.put(new, old)
            case "create" | "create-replacement":
                self._create(new, old, stays=step.marks_old)
            case "update" if old is not None:
                self._update(new, old)
            case "read" | "read-replacement":
                self._read(new, old, stays=step.marks_old)
            case "delete-replaced" if not new.delete:
                self._carry_out_deletion(
                    new
                )  # whether protection forbids the replacement is decided when it is planned
                new.pending_replacement = True
            case "remove-pending-replace":
                self.state.drop(new)
            case "delete" | "delete-replaced" | "discard" | "discard-replaced":
                self._delete(new)
                self.state.drop(new)

    def _create(self, new: Resource, old: Resource | None, *, stays: bool) -> None:
        if self.preview or not new.custom:
            new.id, new.outputs = "", dict(new.inputs) if new.custom else {}
            if new.is_provider:
                new.id = wire.UNKNOWN
        elif new.is_provider:
            new.id, new.outputs = str(uuid.uuid4()), dict(new.inputs)
        else:
            new.id, new.outputs = self.providers.host(new).create(new)
        new.outputs = _guarded(new, new.outputs)
        if old is not None and stays:
            old.delete = True
        self.state.put(new, None if stays else old)

    def _update(self, new: Resource, old: Resource) -> None:
        new.id, new.outputs = old.id, old.outputs
        if new.custom and (self.preview or new.is_provider):
            new.outputs = dict(new.inputs)
        elif new.custom:
            new.outputs = self.providers.host(new).update(old, new)
        new.outputs = _guarded(new, new.outputs)
        self.state.put(new, old)

    def _read(self, new: Resource, old: Resource | None, *, stays: bool) -> None:
        if new.id != wire.UNKNOWN:
            host = self.providers.host(new)
            id_, _, outputs = host.read(new, new.inputs, new.inputs) if host.known else (new.id, None, {})
            new.id, new.outputs = id_ or new.id, _guarded(new, outputs)
        if old is not None and stays:
            old.delete = True
        self.state.put(new, None if stays else old)

    def _delete(self, old: Resource) -> None:
        if old.protect and not (old.delete or old.pending_replacement):
            self._refuse_deletion(old)
        self._carry_out_deletion(old)

    def _carry_out_deletion(self, old: Resource) -> None:
        spared = old.external or old.retain_on_delete
        if old.custom and not (self.preview or old.is_provider or spared):
            self.providers.host(old).delete(old)

    def _refuse_deletion(self, old: Resource) -> None:
        raise Failure(
            old.urn,
            f'resource "{old.urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, '
            "remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`",
        )

    def delete(self, steps: list[Planned]) -> None:
        """Delete layer by layer, dependents first; after a failure the rest of the layer is finished, no more."""
        by_resource = {step.resource: step for step in steps}
        for layer in layers(list(by_resource)):
            self._in_parallel(lambda resource: self.take(by_resource[resource]), layer)
            if self.stopped:
                return

    def destroy(self) -> None:
        """Delete all that the state holds."""
        self.delete([removal(old) for old in self.state.remaining()])

    def refresh(self) -> None:
        """Read everything; what is gone is forgotten, and forgotten by those that depended on it."""
        self._in_parallel(self._refresh, self.state.remaining())
        gone = {old.urn for old in self.state.olds} - {resource.urn for resource in self.state.snapshot()}
        for resource in self.state.snapshot():
            resource.without(gone)

    def _refresh(self, old: Resource) -> None:
        if not old.custom or old.is_provider or old.pending_replacement:
            self.journal.step("same", old, Diff())
            self.journal.count("same", old)
            return
        try:
            op, diff = self._look(old)
        except HostFailure as failure:
            raise Failure(old.urn, str(failure)) from None
        self.journal.step(op, old, diff)
        self.journal.count(op, old)

    def _look(self, old: Resource) -> tuple[str, Diff]:
        host = self.providers.host(old)
        before = (old.inputs, old.outputs)
        id_, inputs, outputs = host.read(old, *before)
        if not id_:
            self.state.drop(old)
            return "delete", Diff()
        old.id = id_
        old.inputs = inputs if inputs is not None else old.inputs
        old.outputs = _guarded(old, outputs)
        if old.external:
            changed = not paths.same(before[1], old.outputs)
            return ("update" if changed else "same"), Diff(changed)
        diff = host.diff(old, old.urn, (old.inputs, old.outputs), before[0], old.ignore_changes)
        return ("update" if diff.changed else "same"), diff

    def _in_parallel(self, work: Callable[[Resource], object], resources: Iterable[Resource]) -> None:
        def guarded(resource: Resource) -> None:
            try:
                with self.working():
                    work(resource)
            except (Failure, EngineError):
                return  # already in the journal

        with ThreadPoolExecutor(_PARALLEL) as pool:
            list(pool.map(guarded, resources))


def _guarded(resource: Resource, outputs: wire.Properties) -> wire.Properties:
    """Outputs with every secret marked that the user or the inputs declare to be one."""
    secret_inputs = {key for key, value in resource.inputs.items() if wire.is_secret(value)}
    return wire.mark_keys(outputs, secret_inputs.union(resource.additional_secret_outputs))


def _read_something_new(step: Planned) -> bool:
    """Whether reading a resource that is not managed showed something new; else it is not counted."""
    return step.old is not None and not paths.same(step.old.outputs, step.resource.outputs)
