"""What a resource's handler does, in terms of its platform, and what it has alike with every other.

check     The declaration alone decides; no request. Unknown values pass.
replaces  So here: what is marked as replacing and has changed. Where it has, one look-up of the unique key, so that
          nothing is deleted for a creation that cannot succeed.
create    `create` makes the object whole or not at all, and never twice: see idempotency.py.
refresh   `read` says all that the platform shows; `refresh` keeps of it what is declared, and write-only inputs as they
          were. With nothing declared, as for `.get()`, everything counts.
update    `change` sends what changed between two property maps, and can be repeated from the old ones.
delete    What is not there is no failure.
preview   `known_before` says what a creation will compute, `unsettled` what an update will compute anew. No request.
import    `listed` has every object, `find` the one with a unique key, `referred_as` what others call it by, `declared`
          what a program would say of it, `lost` what the object has besides.

A handler has no state of an object and no settings: both are handed to each operation. The other hooks say which
objects on the platform are a resource's own, which it depends on, and what is locked meanwhile: see ownership.py. An
engine reaches all of it through lifecycle.py, which has the guards and the deadline.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property
from typing import Any, ClassVar

from ..naming import camel, snake, worded
from ..transport import (
    AlreadyExists,
    ConfigurationProblem,
    Gone,
    InvalidInput,
    NotFound,
    Problem,
    Seen,
    alone,
)
from .declaration import Declaration
from .losses import Loss, losses, new_document
from .ownership import CLAIMS, Key, current_urn, lock_of, name_of
from .platforms import Platforms
from .property_maps import project, tidied
from .results import CreateResult, ExportEntry, ReadResult
from .schema import (
    REPLACES,
    SECRET,
    WRITE_ONLY,
    Inputs,
    IsUnknown,
    NamedAfterResource,
    Outputs,
    PartOfId,
    PropertyMap,
    known,
)
from .validation import Checked, check

__all__ = (
    "REFRESH",
    "ResourceHandler",
    "Unsupported",
    "scopes_of_life",
    "warn",
    "warn_once",
)

#: What to do where the state knows an object that is gone.
REFRESH = "Run pulumi refresh, then pulumi up"

_log = logging.getLogger("pulumi_asgardeo_bijira")


def warn(text: str) -> None:
    """Tell the user something that is no failure."""
    _log.warning("%s", worded(text))


def scopes_of_life(stem: str, inputs: PropertyMap | None) -> list[str]:
    """Asgardeo's management scopes of this stem for a whole life, and without inputs for reading alone."""
    verbs = ("view",) if inputs is None else ("create", "view", "update", "delete")
    return [f"{stem}_{verb}" for verb in verbs]


@cache
def warn_once(text: str) -> None:
    """The same, once in a process: an engine plans a change more than once."""
    warn(text)


class Unsupported(InvalidInput):
    """The place that the settings lead to has no such property; the subject is its name."""

    _joint = ": "


class ResourceHandler(ABC):
    """The operations on one resource, over its declaration."""

    declaration: ClassVar[Declaration]
    #: The output that says where an object lives.
    location_output: ClassVar[str] = "organization"
    #: The inputs that are unique where it lives.
    unique_inputs: ClassVar[tuple[str, ...]] = ()
    #: The resources whose objects such an object can refer to.
    refers_to: ClassVar[tuple[str, ...]] = ()

    @property
    def name(self) -> str:
        """What is pickled into the state, for ever."""
        return self.declaration.name

    @property
    def type_name(self) -> str:
        """The type, as it stands behind `pulumi-python:dynamic/`."""
        return self.declaration.type_name

    @property
    def title(self) -> str:
        """What a message calls such an object."""
        return self.declaration.title

    @property
    def inputs(self) -> type[Inputs]:
        """The inputs that a program declares."""
        return self.declaration.inputs

    @property
    def outputs(self) -> type[Outputs]:
        """What the platform computes."""
        return self.declaration.outputs

    @property
    def platform(self) -> str:
        """`asgardeo` or `bijira`."""
        return self.type_name.partition(":")[0]

    @abstractmethod
    def scopes(self, platforms: Platforms, inputs: PropertyMap | None, unknown: IsUnknown = known) -> Iterator[str]:
        """The management scopes that such a resource takes from its creation to its end, and no others; without inputs
        those of reading alone, as `.get()` does. No I/O."""

    @cached_property
    def secrets(self) -> frozenset[str]:
        """The properties that are secret."""
        return self.inputs.marked(SECRET) | self.outputs.marked(SECRET)

    @cached_property
    def _names(self) -> dict[str, NamedAfterResource]:
        """The inputs that the resource's name stands for where they are left out."""
        return self.inputs.marks(NamedAfterResource)

    @cached_property
    def parts_of_id(self) -> dict[str, int]:
        """The inputs that are read off the id, each with its place in it."""
        return {key: mark.index for key, mark in self.inputs.marks(PartOfId).items()}

    def named_after(self, inputs: PropertyMap, resource_name: str) -> PropertyMap:
        """The inputs with the resource's name within the program, where that stands for one that is left out."""
        for key, mark in self._names.items():
            if not {key, snake(key), mark.unless, camel(mark.unless)} & inputs.keys():
                return {**inputs, key: resource_name}
        return inputs

    def stored(self, properties: PropertyMap) -> PropertyMap:
        """The properties without what is given in place of the name where the name is there too: that is no input, but
        what the plugin has read off the id."""
        shown = {camel(mark.unless) for name, mark in self._names.items() if name in properties}
        return {key: value for key, value in properties.items() if key not in shown}

    def check(self, raw: Mapping[str, Any], unknown: IsUnknown = known) -> Checked:
        """Inputs in their one form, or all that is wrong with them. No I/O."""
        more = {key: f". {text}" for key in self._names if (text := self.named_so(raw, key))}
        return check(self.inputs, raw, unknown, more=more)

    def named_so(self, inputs: Mapping[str, Any], key: str) -> str:
        """Where a name comes from that is the resource's own, for whoever did not declare it; else empty."""
        given = inputs.get(key, inputs.get(snake(key)))
        if not given or given != current_urn().rpartition("::")[2]:
            return ""
        return f"It is the resource's own name: declare `{snake(key)}`, or name the resource otherwise"

    def replaces(self, id: str, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known) -> list[str]:
        """Which changed properties force a replacement; an unknown value forces none. No I/O."""
        return sorted(
            key
            for key in self.inputs.marked(REPLACES)
            if key in old and key in new and not unknown(new[key]) and old[key] != new[key]
        )

    def label(self, properties: PropertyMap) -> str:
        """What a person calls the object; empty where that is not known."""
        return next((str(properties[key]) for key in (*self.unique_inputs, *self._names) if key in properties), "")

    def objects(self, id: str, properties: PropertyMap) -> tuple[str, ...]:
        """What on the platform belongs to a resource with this id and nobody else, each told apart among its like."""
        return (id,)

    def objects_after(self, id: str, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known) -> tuple[str, ...]:
        """The same once a change in place has been carried out, as far as that is known before."""
        return self.objects(id, old)

    def parents(self, id: str, properties: PropertyMap) -> tuple[str, ...]:
        """What of the platform's takes the object along when it goes, and is somebody else's."""
        return ()

    def uses(self, location: str, properties: PropertyMap, unknown: IsUnknown = known) -> list[Key]:
        """What of other resources' the object has a part in, which goes without a word when that goes."""
        return []

    def keys(self, location: str, objects: Collection[str]) -> list[Key]:
        """By what the objects are known in this process."""
        return [(location, self.name, what) for what in objects]

    def locked_as(self, id: str) -> str:
        """What of the platform's is read, changed and written back as a whole for an object."""
        return id

    def unsupported(self, platforms: Platforms, inputs: PropertyMap, unknown: IsUnknown = known) -> Iterator[Problem]:
        """What the platform that the settings lead to has no place for. No I/O."""
        yield from ()

    def cautions(self, inputs: PropertyMap, unknown: IsUnknown = known) -> Iterator[str]:
        """What of right inputs is dangerous, each in a line. No I/O."""
        yield from ()

    def before_replacing(
        self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known
    ) -> None:
        """Refuse a replacement that cannot succeed, by one look-up: once the object is deleted, it is too late.

        Only where the unique key changes: the old one becomes free.
        """
        key = {name: new[name] for name in self.unique_inputs if name in new}
        if new.get("adopt") is True or any(unknown(value) for value in key.values()):
            return
        if all(old.get(name) == new.get(name) for name in self.unique_inputs):
            return
        found = self.find(platforms, new)
        if found is not None and found.id != id:
            raise AlreadyExists(
                f"is to be replaced by {self.label(new)}, which exists already, its id is {found.id}: nothing is "
                "deleted",
                subject=self.named(id, old),
                action=f"Another stack may own that: choose another {' and '.join(f'`{name}`' for name in key)}, or "
                "only where nobody manages it, set adopt to true to take it over",
            )

    def warnings(self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap) -> Iterator[str]:
        """What a change in place brings along that nobody would expect of it. No I/O."""
        yield from ()

    def known_before(self, platforms: Platforms, inputs: PropertyMap) -> PropertyMap:
        """The outputs of a creation that are known before it; none where the settings do not say enough. No I/O."""
        try:
            return {self.location_output: platforms.location(self.platform)}
        except ConfigurationProblem:
            return {}

    def unsettled(self, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known) -> frozenset[str]:
        """The outputs that a change in place computes anew; all others stay as they are. No I/O."""
        return frozenset()

    def change_planned(  # noqa: B027  # most have nothing that others wait for
        self, location: str, id: str, old: PropertyMap, new: PropertyMap, *, replaced: bool
    ) -> None:
        """A change has been planned: what others may wait for."""

    def change_finished(self, location: str, id: str) -> None:  # noqa: B027  # the same
        """A planned change has been carried out or has failed."""

    def has_lost(self, location: str, id: str, new: PropertyMap) -> bool:
        """Whether this run takes from the object what is declared of it. No I/O."""
        return False

    @contextmanager
    def claiming(
        self, platforms: Platforms, id: str, properties: PropertyMap, *, was_there: bool = False
    ) -> Iterator[None]:
        """Everything inside makes the objects this resource's own. They must be no other resource's, and where they
        were there before, not be deleted in this very run."""
        location, urn = platforms.location(self.platform), current_urn()
        keys = self.keys(location, self.objects(id, properties))
        if was_there and CLAIMS.deleted([*keys, *self.keys(location, self.parents(id, properties))]):
            raise self._deleted(id, properties)
        with CLAIMS.claiming(keys, urn) as other:
            if other:
                how = "adopted" if properties.get("adopt") is True else "made"
                raise AlreadyExists(
                    f"belongs to {name_of(other)} already and cannot be {how} by another of the same program",
                    subject=self.named(id, properties),
                    action="Remove one of the two",
                )
            yield

    @contextmanager
    def adopting(self, platforms: Platforms, id: str, properties: PropertyMap) -> Iterator[None]:
        """Everything inside adopts an object: it is no other resource's, and nobody else changes it meanwhile."""
        lock = lock_of((platforms.location(self.platform), self.name, self.locked_as(id)))
        with alone(lock), self.claiming(platforms, id, properties, was_there=True):
            yield

    def refuse_if_deleted(
        self, location: str, id: str, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known
    ) -> None:
        """What an object is on has been deleted in this run, and it has gone with it; or what it has a part in."""
        if CLAIMS.deleted(self.keys(location, self.parents(id, old))):
            raise self._deleted(id, old)
        gone = next((key for key in self.uses(location, new, unknown) if CLAIMS.deleted([key])), None)
        if gone is not None:
            raise Gone(
                f"names {gone[2]}, which has been deleted by this run, and has lost what it had of that",
                subject=self.named(id, old),
                action="Remove it there, or refer to the resource that makes it, then run pulumi refresh and pulumi up",
            )

    def _deleted(self, id: str, properties: PropertyMap) -> Gone:
        return Gone(
            "has been deleted by this run for another resource, itself or what it is on",
            subject=self.named(id, properties),
            action=REFRESH,
        )

    def named(self, id: str, properties: PropertyMap) -> str:
        """What a line calls an object."""
        return f"The {self.title} {self.label(properties) or id} (id {id})"

    def refresh(self, platforms: Platforms, id: str, properties: PropertyMap) -> tuple[PropertyMap, PropertyMap] | None:
        """Inputs and outputs as the platform shows them now: of the inputs those that are declared.

        Empty properties ask for everything, as `.get()` does, and an object that is not there is then an error. None
        where the object is gone.
        """
        known_keys = frozenset(self.inputs.keys())
        if not properties:
            self.check_id(id)
        declared = {key: value for key, value in properties.items() if key in known_keys}
        live = self.read(platforms, id, declared if properties else self.inputs.keys(), properties)
        if live is None:
            if properties:
                return None
            raise Gone(
                "does not exist",
                subject=f"The {self.title} with the id {id}",
                action="Check the id and the organisation",
            )
        if not properties:
            return project(self.inputs, live.inputs, live.inputs), live.outputs
        write_only = {key: declared[key] for key in self.inputs.marked(WRITE_ONLY) if key in declared}
        return project(self.inputs, live.inputs, declared) | write_only, live.outputs

    @abstractmethod
    def create(self, platforms: Platforms, inputs: PropertyMap) -> CreateResult:
        """Make the object, whole or not at all."""

    def found(self, platforms: Platforms, inputs: PropertyMap) -> tuple[str, PropertyMap]:
        """What already exists under the unique key of these inputs: its id and properties, without any change to it.

        `Gone` where there is nothing.
        """
        made = self.find(platforms, inputs)
        properties = self.refresh(platforms, made.id, inputs | made.outputs) if made else None
        if made is None or properties is None:
            raise Gone(
                "does not exist and cannot be imported",
                subject=f"The {self.title} {self.label(inputs)}",
                action="Leave it to pulumi up to make it",
            )
        return made.id, properties[0] | properties[1]

    @abstractmethod
    def find(self, platforms: Platforms, inputs: PropertyMap) -> CreateResult | None:
        """The object that has the unique key of these inputs, with the outputs that only a creation knows."""

    @abstractmethod
    def listed(self, platforms: Platforms) -> Iterator[ExportEntry]:
        """All such objects."""

    def declared(self, platforms: Platforms, id: str, shown: PropertyMap) -> PropertyMap:
        """What a program says of an object that shows these inputs: nothing that is empty or goes without saying."""
        return tidied(shown)

    def written(self, shape: Any, document: PropertyMap, inputs: PropertyMap) -> PropertyMap | None:
        """Of such a document of the platform's, what a creation with these inputs writes; None of others than the
        object's own."""
        return None

    def kind_of(self, shape: Any, inputs: PropertyMap) -> str:
        """The kind of document that a new object has there."""
        return str(shape.__name__)

    def lost(self, seen: Seen, inputs: PropertyMap) -> Iterator[Loss]:
        """What the platform showed of the object that a program which says this does not declare."""
        for shape, document in seen:
            written = self.written(shape, document, inputs)
            if written is not None:
                yield from losses(document, written, new_document(self.kind_of(shape, inputs)))

    def referred_as(self, id: str, outputs: PropertyMap) -> dict[str, str]:
        """The values that other resources can refer to, each with the attribute that has it."""
        return {id: "id"}

    @abstractmethod
    def read(
        self, platforms: Platforms, id: str, wanted: Collection[str], properties: PropertyMap
    ) -> ReadResult | None:
        """The object with at least the wanted inputs, or None where it is gone."""

    def update(self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap) -> PropertyMap:
        """Send what changed; can be repeated from the old state. Returns the outputs."""
        try:
            return self.change(platforms, id, old, new)
        except NotFound as missing:
            raise Gone("", action=REFRESH, after=missing) from None

    @abstractmethod
    def change(self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap) -> PropertyMap:
        """Send what changed between two property maps and return the outputs."""

    @abstractmethod
    def check_id(self, id: str) -> None:
        """Raise the line that says what is wrong with an id that a user gave."""

    @abstractmethod
    def delete(self, platforms: Platforms, id: str, properties: PropertyMap) -> None:
        """Delete the object; one that is not there is no failure."""

    def outputs_of(self, properties: PropertyMap) -> PropertyMap:
        """The computed outputs among the properties."""
        names = self.outputs.keys()
        return {key: properties[key] for key in names if key in properties}
