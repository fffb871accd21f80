"""Dependencies: what a replacement replaces as well, and in which order resources can be deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pulumi_asgardeo_bijira.rehearsal.engines.built_in.providers import Providers
    from pulumi_asgardeo_bijira.rehearsal.engines.built_in.state import Resource

__all__ = ["dependents_to_replace", "layers"]


def dependents_to_replace(
    root: Resource, candidates: Iterable[Resource], providers: Providers
) -> list[tuple[Resource, tuple[str, ...]]]:
    """The resources, in order, that would be replaced if the root were, with the properties that say so."""
    replaced = {root.urn}
    reached = {root.urn}
    found: list[tuple[Resource, tuple[str, ...]]] = []
    for candidate in candidates:
        if candidate is root or not candidate.needs() & reached:
            continue
        reached.add(candidate.urn)
        keys = _replacement_keys(candidate, replaced, providers)
        if keys is not None:
            replaced.add(candidate.urn)
            found.append((candidate, keys))
    return found


def _replacement_keys(candidate: Resource, replaced: set[str], providers: Providers) -> tuple[str, ...] | None:
    """Why the candidate would be replaced too; None if it would not."""
    if not candidate.custom or candidate.external:
        return None
    if candidate.provider_urn in replaced:
        return ()
    unknown = {key for key, urns in candidate.property_dependencies.items() if replaced.intersection(urns)}
    if not unknown & candidate.inputs.keys():
        return None
    news = {key: wire.UNKNOWN if key in unknown else value for key, value in candidate.inputs.items()}
    olds = (candidate.inputs, candidate.outputs)
    diff = providers.diff(candidate, olds, candidate.with_inputs(news), candidate.ignore_changes)
    diff = diff.with_replacements(candidate.replace_on_changes)
    return diff.replaces if diff.replacing else None


def layers(resources: Sequence[Resource]) -> list[list[Resource]]:
    """What can be deleted at once, one layer after the other: dependents before what they depend on."""
    rounds: list[list[Resource]] = []
    left = list(resources)
    while left:
        urns = {resource.urn for resource in left}
        free = [resource for resource in left if not (resource.needs() - {resource.urn}) & urns]
        free = free or left
        rounds.append(free)
        left = [resource for resource in left if resource not in free]
    return rounds[::-1]
