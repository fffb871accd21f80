"""What the engine remembers of each resource, and of them all in the order in which they came to be."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pulumi_asgardeo_bijira import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["PACKAGE", "PROVIDER_TYPE", "STACK_TYPE", "Resource", "State", "name_of", "type_of", "urn_for"]

STACK_TYPE = "pulumi:pulumi:Stack"
PACKAGE = "pulumi-python"
PROVIDER_TYPE = f"pulumi:providers:{PACKAGE}"

#: What of a resource an exported deployment shows as it is, by the names there.
_PLAIN = {
    "urn": "urn",
    "custom": "custom",
    "delete": "delete",
    "id": "id",
    "type": "type",
    "parent": "parent",
    "protect": "protect",
    "taint": "tainted",
    "external": "external",
    "dependencies": "dependencies",
    "provider": "provider",
    "propertyDependencies": "property_dependencies",
    "pendingReplacement": "pending_replacement",
    "additionalSecretOutputs": "additional_secret_outputs",
    "customTimeouts": "timeouts",
    "retainOnDelete": "retain_on_delete",
}


def urn_for(stack: str, project: str, parent: str, type_: str, name: str) -> str:
    """The name under which the engine knows a resource; the types of its ancestors but the stack's are part of it."""
    above = parent.split("::")[2] if parent else ""
    chain = type_ if above in ("", STACK_TYPE) else f"{above}${type_}"
    return f"urn:pulumi:{stack}::{project}::{chain}::{name}"


def name_of(urn: str) -> str:
    """The resource's own name."""
    return urn.split("::", 3)[3]


def type_of(urn: str) -> str:
    """The resource's own type."""
    return urn.split("::")[2].split("$")[-1]


@dataclass(eq=False)
class Resource:
    """One resource as it is stored."""

    urn: str
    type: str
    custom: bool
    inputs: wire.Properties = field(default_factory=dict)
    outputs: wire.Properties = field(default_factory=dict)
    id: str = ""
    parent: str = ""
    provider: str = ""
    dependencies: list[str] = field(default_factory=list)
    property_dependencies: dict[str, list[str]] = field(default_factory=dict)
    protect: bool = False
    external: bool = False
    delete: bool = False
    pending_replacement: bool = False
    retain_on_delete: bool = False
    additional_secret_outputs: list[str] = field(default_factory=list)
    ignore_changes: list[str] = field(default_factory=list)
    replace_on_changes: list[str] = field(default_factory=list)
    tainted: bool = False
    timeouts: dict[str, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The resource's own name."""
        return name_of(self.urn)

    @property
    def is_provider(self) -> bool:
        """Whether it is a provider, explicit or default."""
        return self.type == PROVIDER_TYPE

    @property
    def is_default_provider(self) -> bool:
        """Whether it is the provider that the engine made by itself."""
        return self.is_provider and self.name == "default"

    @property
    def provider_urn(self) -> str:
        """The provider's URN."""
        return self.provider.rpartition("::")[0]

    def needs(self) -> set[str]:
        """The URNs that must be there before this one and go after it."""
        urns = {self.parent, self.provider_urn, *self.dependencies}
        return urns.union(*self.property_dependencies.values()) - {""}

    def with_inputs(self, inputs: wire.Properties) -> Resource:
        """A copy that has other inputs."""
        return replace(self, inputs=inputs)

    def renamed(self, names: Mapping[str, str]) -> None:
        """Follow other resources to their new URNs."""
        self.parent = names.get(self.parent, self.parent)
        urn, _, id_ = self.provider.rpartition("::")
        self.provider = f"{names[urn]}::{id_}" if urn in names else self.provider
        self.dependencies = [names.get(urn, urn) for urn in self.dependencies]
        self.property_dependencies = {
            key: [names.get(urn, urn) for urn in urns] for key, urns in self.property_dependencies.items()
        }

    def without(self, gone: set[str]) -> None:
        """Forget dependencies on resources that no longer exist."""
        left = {key: [urn for urn in urns if urn not in gone] for key, urns in self.property_dependencies.items()}
        self.property_dependencies = {key: urns for key, urns in left.items() if urns}
        self.dependencies = [urn for urn in self.dependencies if urn not in gone]

    @classmethod
    def stored(cls, entry: Mapping[str, Any]) -> Resource:
        """A resource as an exported deployment has it, with its secrets opened."""
        return cls(
            **{name: entry[key] for key, name in _PLAIN.items() if key in entry},
            inputs=wire.stored(entry.get("inputs", {})),
            outputs=wire.stored(entry.get("outputs", {})),
        )

    def exported(self) -> dict[str, Any]:
        """The entry of an exported deployment: empty fields left out, secrets sealed."""
        entry = {
            **{key: getattr(self, name) for key, name in _PLAIN.items()},
            "inputs": wire.sealed(self.inputs),
            "outputs": wire.sealed(self.outputs),
        }
        return {key: value for key, value in entry.items() if value or key in ("urn", "custom", "type")}


class State:
    """The resources of a stack while a command works on them: those it has dealt with, then the remaining old ones."""

    def __init__(self, olds: Iterable[Resource] = ()) -> None:
        self.olds = list(olds)
        self.news: list[Resource] = []
        self.renames: dict[str, str] = {}
        self._handled: set[Resource] = set()

    def copy(self) -> State:
        """The same resources again, to try things on."""
        return State(replace(old) for old in self.snapshot())

    def put(self, new: Resource, old: Resource | None = None) -> None:
        """Record a resource, in place of its old state if there is one."""
        self.news.append(new)
        if old is not None:
            self.drop(old)

    def drop(self, old: Resource) -> None:
        """Forget a resource."""
        self._handled.add(old)

    def old(self, urn: str) -> Resource | None:
        """The old state under this URN, unless it only waits for its deletion."""
        return next((old for old in self.olds if old.urn == urn and not old.delete), None)

    def new(self, urn: str) -> Resource | None:
        """What this command recorded under the URN."""
        return next((new for new in reversed(self.news) if new.urn == urn), None)

    def remaining(self) -> list[Resource]:
        """The old resources that nobody has dealt with."""
        return [old for old in self.olds if old not in self._handled]

    def snapshot(self) -> list[Resource]:
        """All resources as they stand, each after what it needs."""
        new = [resource for resource in self.news if resource not in self._handled]
        resources = [*new, *self.remaining()]
        if self.renames:
            for resource in resources:
                resource.renamed(self.renames)
        return resources
