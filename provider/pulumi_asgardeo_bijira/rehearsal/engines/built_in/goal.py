"""What a program asks of the engine for one resource, taken out of its request; what cannot be done is refused here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from google.protobuf.message import Message

from pulumi_asgardeo_bijira import wire
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.state import PACKAGE, PROVIDER_TYPE, Resource
from pulumi_asgardeo_bijira.rehearsal.engines.model import EngineError, NotBuiltIn

if TYPE_CHECKING:
    from google.protobuf import struct_pb2
    from pulumi.runtime.proto import alias_pb2, resource_pb2

__all__ = ["Alias", "Goal", "refusal"]

_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_REFUSED_FIELDS = {
    "importId": "the option `import_`",
    "remote": "components of other packages",
    "deletedWith": "the option `deleted_with`",
    "transforms": "transforms",
    "hooks": "resource hooks",
    "hideDiffs": "the option `hide_diffs`",
    "replace_with": "the option `replace_with`",
    "replacement_trigger": "the option `replacement_trigger`",
    "state_migrations": "state migrations",
    "packageRef": "parameterized packages",
    "envVarMappings": "the option `env_var_mappings`",
}


def refusal(what: str) -> EngineError:
    """The error for something that only the real engine does."""
    line = f"the built-in engine cannot do this: {what}. Install the Pulumi CLI, and it is used instead."
    return NotBuiltIn(line, what)


@dataclass(frozen=True)
class Alias:
    """A former identity of a resource: a URN, or the parts that were different (an empty one was as it is now)."""

    urn: str = ""
    name: str = ""
    type: str = ""
    parent: str = ""
    no_parent: bool = False
    stack: str = ""
    project: str = ""


@dataclass(frozen=True)
class Goal:
    """One resource as the program wants it."""

    type: str
    name: str
    custom: bool
    inputs: wire.Properties = field(default_factory=dict)
    parent: str = ""
    provider: str = ""
    id: str = ""
    dependencies: list[str] = field(default_factory=list)
    property_dependencies: dict[str, list[str]] = field(default_factory=dict)
    protect: bool = False
    retain_on_delete: bool = False
    delete_first: bool | None = None
    ignore_changes: list[str] = field(default_factory=list)
    replace_on_changes: list[str] = field(default_factory=list)
    additional_secret_outputs: list[str] = field(default_factory=list)
    timeouts: dict[str, float] = field(default_factory=dict)
    aliases: tuple[Alias, ...] = ()

    @classmethod
    def to_register(cls, request: resource_pb2.RegisterResourceRequest) -> Goal:
        """The goal of a registration."""
        for descriptor, value in request.ListFields():
            empty = isinstance(value, Message) and not value.ListFields()
            if descriptor.name in _REFUSED_FIELDS and not empty:
                raise refusal(f"{_REFUSED_FIELDS[descriptor.name]} (on {request.name})")
        _refuse_other_packages(request.type, custom=request.custom)
        return cls(
            type=request.type,
            name=request.name,
            custom=request.custom,
            inputs=_inputs(request.object, request.name),
            parent=request.parent,
            provider=request.provider,
            dependencies=sorted(request.dependencies),
            property_dependencies={key: sorted(v.urns) for key, v in request.propertyDependencies.items()},
            protect=request.protect,
            retain_on_delete=request.retainOnDelete,
            delete_first=request.deleteBeforeReplace if request.deleteBeforeReplaceDefined else None,
            ignore_changes=list(request.ignoreChanges),
            replace_on_changes=list(request.replaceOnChanges),
            additional_secret_outputs=list(request.additionalSecretOutputs),
            timeouts=_timeouts(request.customTimeouts),
            aliases=tuple(_alias(alias) for alias in request.aliases),
        )

    @classmethod
    def to_read(cls, request: resource_pb2.ReadResourceRequest) -> Goal:
        """The goal of reading a resource without managing it."""
        _refuse_other_packages(request.type, custom=True)
        return cls(
            type=request.type,
            name=request.name,
            custom=True,
            id=request.id,
            inputs=_inputs(request.properties, request.name),
            parent=request.parent,
            provider=request.provider,
            dependencies=sorted(request.dependencies),
            additional_secret_outputs=list(request.additionalSecretOutputs),
        )

    def by(self, provider: str) -> Goal:
        """The same, managed by this provider instance."""
        return replace(self, provider=provider)

    def as_new(self, urn: str) -> Resource:
        """The state that this goal begins with."""
        return Resource(
            urn=urn,
            type=self.type,
            custom=self.custom,
            id=self.id,
            inputs=self.inputs,
            parent=self.parent,
            provider=self.provider,
            dependencies=self.dependencies,
            property_dependencies=self.property_dependencies,
            protect=self.protect,
            retain_on_delete=self.retain_on_delete,
            additional_secret_outputs=self.additional_secret_outputs,
            ignore_changes=self.ignore_changes,
            replace_on_changes=self.replace_on_changes,
            timeouts=self.timeouts,
        )


def _refuse_other_packages(type_: str, *, custom: bool) -> None:
    if custom and type_ != PROVIDER_TYPE and type_.split(":")[0] != PACKAGE:
        raise refusal(f"resources of the type {type_}; it knows dynamic resources and components only")


def _inputs(struct: struct_pb2.Struct, name: str) -> wire.Properties:
    inputs = wire.decode(struct)
    if wire.unsupported(inputs):
        raise refusal(f"assets and archives as inputs (of {name})")
    known: wire.Properties = wire.normal_references(inputs)
    return known


def _alias(alias: alias_pb2.Alias) -> Alias:
    if alias.WhichOneof("alias") == "urn":
        return Alias(urn=alias.urn)
    spec = alias.spec
    return Alias(
        name=spec.name,
        type=spec.type,
        parent=spec.parentUrn,
        no_parent=spec.noParent,
        stack=spec.stack,
        project=spec.project,
    )


def _timeouts(timeouts: resource_pb2.RegisterResourceRequest.CustomTimeouts) -> dict[str, float]:
    written = {"create": timeouts.create, "update": timeouts.update, "delete": timeouts.delete}
    return {key: _seconds(duration) for key, duration in written.items() if duration}


def _seconds(duration: str) -> float:
    parts = re.findall(r"([\d.]+)(ns|us|µs|ms|s|m|h)", duration)
    if "".join(number + unit for number, unit in parts) != duration:
        raise EngineError(f"custom timeout {duration!r} is not a duration; write it like 90s, 5m or 1h30m")
    return sum(float(number) * _SECONDS[unit] for number, unit in parts)
