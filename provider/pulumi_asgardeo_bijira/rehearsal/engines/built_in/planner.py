"""Plans each resource: the steps that lead from its old state to what the program asks for.

Asked for one resource at a time. What it decides for one (a replacement, a deletion) counts for those that come after.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira import wire
from pulumi_asgardeo_bijira.rehearsal.engines.built_in import paths
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.aliases import Aliases
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.dependents import dependents_to_replace
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.host import Diff
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.state import Resource, State, urn_for

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pulumi_asgardeo_bijira.rehearsal.engines.built_in.goal import Goal
    from pulumi_asgardeo_bijira.rehearsal.engines.built_in.providers import Providers

__all__ = ["Failure", "Planned", "Planner"]


class Failure(Exception):
    """A resource cannot be what the program asks for; `lines` is what the user reads about it."""

    def __init__(self, urn: str, *lines: str) -> None:
        super().__init__(lines[0])
        self.urn = urn
        self.lines = lines


@dataclass(frozen=True)
class Planned:
    """A step to take. `marks_old`: the replaced one stays for now and is deleted at the end."""

    op: str
    resource: Resource
    old: Resource | None = None
    diff: Diff = field(default_factory=Diff)
    marks_old: bool = False


class Planner:
    """The decisions of one command."""

    def __init__(
        self,
        names: tuple[str, str],
        state: State,
        providers: Providers,
        *,
        preview: bool,
        replace: Collection[str] = (),
        report: Callable[[str, str, str], None],
    ) -> None:
        self._names = names
        self._state = state
        self._providers = providers
        self._preview = preview
        self._to_replace = frozenset(replace)
        self._report = report
        self._aliases = Aliases(*names, state)
        self.operated: dict[str, str] = {}
        self._seen: set[str] = set()
        self._deleted_early: dict[Resource, tuple[str, ...]] = {}

    def plan(self, goal: Goal) -> list[Planned]:
        """The steps for a resource that the program registers."""
        urn = self._claim(goal)
        old = self._aliases.find(urn, goal)
        new = goal.as_new(urn)
        early = next((keys for gone, keys in self._deleted_early.items() if gone is old), None)
        if old is None or early is not None or old.external:
            new.inputs = self._checked(new, None, goal.inputs)
            return self._begin(new, old, early)
        if old.tainted or urn in self._to_replace:
            return self._replace_as_asked(goal, old, new)
        inputs = paths.reset(goal.inputs, old.inputs, goal.ignore_changes)
        new.inputs = self._checked(new, old.inputs, inputs)
        diff = self._difference(old, new).with_replacements(goal.replace_on_changes)
        if (diff.changed and diff.replacing) or old.pending_replacement:
            self._permit_replacement(old, new)
            new.inputs = self._checked(new, None, goal.inputs)
            return self._replace(goal, old, new, diff)
        op = "update" if diff.changed else "same"
        self.operated[urn] = op
        return [Planned(op, new, old, diff)]

    def plan_read(self, goal: Goal) -> list[Planned]:
        """The steps for a resource that is read and not managed."""
        urn = self._claim(goal)
        old = self._state.old(urn)
        new = goal.as_new(urn)
        new.external = True
        if old is not None and not old.external and old.id != goal.id:
            self.operated[urn] = "replace"
            return [
                Planned("read-replacement", new, old, marks_old=True),
                Planned("replace", new, old, marks_old=True),
            ]
        self.operated[urn] = "read"
        return [Planned("read", new, old)]

    def _claim(self, goal: Goal) -> str:
        stack, project = self._names
        urn = urn_for(stack, project, goal.parent, goal.type, goal.name)
        if urn in self._seen:
            raise Failure(urn, f"Duplicate resource URN '{urn}'; try giving it a unique name")
        self._seen.add(urn)
        return urn

    def _begin(self, new: Resource, old: Resource | None, early: tuple[str, ...] | None) -> list[Planned]:
        """Steps for what is not there: never was, was deleted a moment ago, or was not managed."""
        if old is None:
            self.operated[new.urn] = "create"
            return [Planned("create", new)]
        if early is not None:
            self.operated[new.urn] = "replace"
            diff = Diff(changed=True, replaces=early)
            return [Planned("replace", new, old), Planned("create-replacement", new, old, diff)]
        self.operated[new.urn] = "create"
        return [
            Planned("create-replacement", new, old, marks_old=True),
            Planned("replace", new, old, marks_old=True),
        ]

    def _checked(self, new: Resource, olds: wire.Properties | None, news: wire.Properties) -> wire.Properties:
        checked = self._providers.check(new, olds, news)
        if checked.failures:
            raise Failure(new.urn, *(_check_failure(new, name, reason) for name, reason in checked.failures))
        return checked.inputs

    def _difference(self, old: Resource, new: Resource) -> Diff:
        return self._providers.diff(old, (old.inputs, old.outputs), new, new.ignore_changes)

    def _replace_as_asked(self, goal: Goal, old: Resource, new: Resource) -> list[Planned]:
        """A replacement that the user wants: nobody is asked what differs, and the old inputs count for nothing."""
        new.inputs = self._checked(new, None, goal.inputs)
        self._permit_replacement(old, new)
        diff = Diff(changed=True, replaces=("id",))
        return self._replace(goal, old, new, diff.with_replacements(goal.replace_on_changes))

    def _permit_replacement(self, old: Resource, new: Resource) -> None:
        if old.protect and new.protect:
            self._refuse_replacement(new.urn)

    def _replace(self, goal: Goal, old: Resource, new: Resource, diff: Diff) -> list[Planned]:
        self.operated[new.urn] = "replace"
        delete_first = diff.delete_first if goal.delete_first is None else goal.delete_first
        if not delete_first:
            return [
                Planned("create-replacement", new, old, diff, marks_old=True),
                Planned("replace", new, old, diff, marks_old=True),
            ]
        steps = self._delete_dependents(old)
        if not old.pending_replacement:
            steps.append(Planned("delete-replaced", old))
        return [*steps, Planned("replace", new, old, diff), Planned("create-replacement", new, old, diff)]

    def _refuse_replacement(self, urn: str) -> None:
        message = (
            f'unable to replace resource "{urn}"\nas it is currently marked for protection. To unprotect the resource, '
            "remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`"
        )
        if not self._preview:
            raise Failure(urn, message)
        self._report("error", urn, message)

    def _delete_dependents(self, old: Resource) -> list[Planned]:
        """Delete first, in reverse, whatever the replacement would replace as well."""
        steps = []
        dealt_with = self.operated.keys() | {gone.urn for gone in self._deleted_early}
        candidates = [dependent for dependent in self._state.olds if dependent.urn not in dealt_with]
        for dependent, keys in reversed(dependents_to_replace(old, candidates, self._providers)):
            if dependent.protect:
                raise Failure(
                    dependent.urn,
                    f'unable to replace resource "{dependent.urn}" as part of replacing "{old.urn}" '
                    "as it is currently marked for protection",
                )
            self._deleted_early[dependent] = keys
            steps.append(Planned("delete" if dependent.delete else "delete-replaced", dependent))
        return steps

    def deletions(self) -> list[Planned]:
        """After the program: the steps for what was replaced, and for what it no longer mentions."""
        steps = []
        for old in self._state.remaining():
            if old in self._deleted_early:
                continue
            if old.delete:
                steps.append(Planned("discard-replaced" if old.external else "delete-replaced", old))
            elif old.urn not in self.operated:
                steps.append(removal(old))
        return steps


def removal(old: Resource) -> Planned:
    """The step that takes a resource out of the state."""
    if old.pending_replacement:
        return Planned("remove-pending-replace", old)
    return Planned("discard" if old.external else "delete", old)


def _check_failure(new: Resource, name: str, reason: str) -> str:
    if not name:
        return f"{new.type} resource '{new.name}' has a problem: {reason}"
    value = wire.open_secrets(new.inputs).get(name)
    return f"{new.type} resource '{new.name}': property {name} value {{{value}}} has a problem: {reason}"
