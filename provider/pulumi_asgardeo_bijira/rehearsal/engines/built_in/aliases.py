"""Finds the old state of a resource that has been renamed, retyped or moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira.rehearsal.engines.built_in.state import STACK_TYPE, name_of, type_of, urn_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_asgardeo_bijira.rehearsal.engines.built_in.goal import Alias, Goal
    from pulumi_asgardeo_bijira.rehearsal.engines.built_in.state import Resource, State

__all__ = ["Aliases"]


class Aliases:
    """The renames of one command; they are also recorded in the state, whose references follow them."""

    def __init__(self, stack: str, project: str, state: State) -> None:
        self._stack = stack
        self._project = project
        self._state = state
        self._former: dict[str, str] = {}

    def find(self, urn: str, goal: Goal) -> Resource | None:
        """The old state under the resource's URN or a former one."""
        for candidate in (urn, *self._former_urns(goal)):
            old = self._state.old(candidate)
            if old is not None:
                if candidate != urn:
                    self._former[urn] = candidate
                    self._state.renames[candidate] = urn
                return old
        return None

    def _former_urns(self, goal: Goal) -> Iterator[str]:
        own = [self._urn(goal, alias) for alias in goal.aliases]
        yield from own
        former_parent = self._former.get(goal.parent)
        if former_parent:
            parent_name = name_of(goal.parent)
            yield self._inherited(goal.type, goal.name, parent_name, former_parent)
            for urn in own:
                yield self._inherited(type_of(urn), name_of(urn), parent_name, former_parent)

    def _urn(self, goal: Goal, alias: Alias) -> str:
        if alias.urn:
            return alias.urn
        parent = self._former.get(alias.parent, alias.parent) if alias.parent else goal.parent
        if alias.no_parent or (parent and type_of(parent) == STACK_TYPE):
            parent = ""
        stack, project = alias.stack or self._stack, alias.project or self._project
        return urn_for(stack, project, parent, alias.type or goal.type, alias.name or goal.name)

    def _inherited(self, type_: str, name: str, parent_name: str, former_parent: str) -> str:
        if name.startswith(parent_name):
            name = name_of(former_parent) + name[len(parent_name) :]
        return urn_for(self._stack, self._project, former_parent, type_, name)
