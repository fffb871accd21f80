"""What every kind of resource has in common: declared inputs and outputs, and five operations on a platform."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ..transport import AlreadyExists, Gone, NotFound
from .ownership import CLAIMS, Key, current_urn, lock_of, name_of
from .platforms import Platforms
from .property_maps import project
from .schema import REPLACES, SECRET, WRITE_ONLY, Bag, Checked, Inputs, IsUnknown, Outputs, check, known

__all__ = ("Kind", "Listed", "Live", "Made", "warn")

_log = logging.getLogger("pulumi_asgardeo_bijira")


def warn(text: str) -> None:
    """Tell the user something that is no failure."""
    _log.warning("%s", text)


@dataclass(frozen=True)
class Made:
    """What a creation made."""

    id: str
    outputs: Bag = field(default_factory=dict)


@dataclass(frozen=True)
class Live:
    """An object as the platform shows it: all that could be declared of it, and the computed outputs."""

    inputs: Bag
    outputs: Bag = field(default_factory=dict)


@dataclass(frozen=True)
class Listed:
    """An object that is there, for a program that declares all there is; or why a program cannot declare it."""

    title: str
    id: str = ""
    #: What is declared, of everything that the object has.
    declared: Callable[[Bag], Bag] = dict
    why_not: str = ""


class Kind(ABC):
    """One kind of resource. A subclass in a module of this folder is all that it takes to have one more."""

    #: What is pickled into the state, for ever.
    name: ClassVar[str]
    #: The type, as it stands behind `pulumi-python:dynamic/`.
    type_name: ClassVar[str]
    #: What a message calls an object of this kind.
    title: ClassVar[str]
    inputs: ClassVar[type[Inputs]]
    outputs: ClassVar[type[Outputs]]
    #: The output that says where an object lives.
    home_output: ClassVar[str] = "organization"
    #: The inputs that are unique where it lives.
    unique_inputs: ClassVar[tuple[str, ...]] = ()
    #: The kinds whose objects an object of this kind can refer to.
    refers_to: ClassVar[tuple[str, ...]] = ()

    @property
    def platform(self) -> str:
        """`asgardeo` or `bijira`."""
        return self.type_name.partition(":")[0]

    @property
    def secrets(self) -> frozenset[str]:
        """The properties that are secret."""
        return self.inputs.marked(SECRET) | self.outputs.marked(SECRET)

    def check(self, raw: Mapping[str, Any], unknown: IsUnknown = known) -> Checked:
        """Inputs in their one form, or all that is wrong with them. No I/O."""
        return check(self.inputs, raw, unknown)

    def replaces(self, id: str, old: Bag, new: Bag, unknown: IsUnknown = known) -> list[str]:
        """Which changed properties force a replacement; an unknown value forces none. No I/O."""
        return sorted(
            key
            for key in self.inputs.marked(REPLACES)
            if key in old and key in new and not unknown(new[key]) and old[key] != new[key]
        )

    def called(self, bag: Bag) -> str:
        """What a person calls the object; empty where that is not known."""
        return next((str(bag[key]) for key in ("identifier", "applicationName", "name") if key in bag), "")

    def objects(self, id: str, bag: Bag) -> tuple[str, ...]:
        """What on the platform belongs to a resource with this id and nobody else, each told apart within the kind."""
        return (id,)

    def kept(self, id: str, old: Bag, new: Bag, unknown: IsUnknown = known) -> tuple[str, ...]:
        """The same once a change in place has been carried out, as far as that is known before."""
        return self.objects(id, old)

    def stands_on(self, id: str, bag: Bag) -> tuple[str, ...]:
        """What of the platform's takes the object along when it goes, and is somebody else's."""
        return ()

    def uses(self, home: str, bag: Bag, unknown: IsUnknown = known) -> list[Key]:
        """What of other resources' the object has a part in, which goes without a word when that goes."""
        return []

    def keys(self, home: str, objects: Collection[str]) -> list[Key]:
        """By what the objects are known in this process."""
        return [(home, self.name, what) for what in objects]

    def locked_as(self, id: str) -> str:
        """What of the platform's is read, changed and written back as a whole for an object."""
        return id

    def lacking(self, platforms: Platforms, inputs: Bag, unknown: IsUnknown = known) -> Iterator[str]:
        """What the platform that the settings lead to has no place for, each in a line. No I/O."""
        yield from ()

    def before_replacing(self, platforms: Platforms, id: str, old: Bag, new: Bag, unknown: IsUnknown = known) -> None:
        """Refuse a replacement that cannot succeed, by one look-up: once the object is deleted, it is too late.

        Only where the unique key changes: the old one becomes free.
        """
        key = {name: new[name] for name in self.unique_inputs if name in new}
        if new.get("adopt") is True or any(unknown(value) for value in key.values()):
            return
        if all(old.get(name) == value for name, value in key.items()):
            return
        found = self.find(platforms, new)
        if found is not None and found.id != id:
            raise AlreadyExists(
                f"The {self.title} {self.called(old)} (id {id}) is to be replaced by {self.called(new)}, which exists "
                f"already, its id is {found.id}: nothing is deleted. Choose another {' and '.join(key)}, or set "
                "adopt=True to take that one over"
            )

    def foresee(  # noqa: B027  # most kinds have nothing that others wait for
        self, home: str, id: str, old: Bag, new: Bag, *, replaced: bool
    ) -> None:
        """A change has been planned: what others may wait for."""

    def carried_out(self, home: str, id: str) -> None:  # noqa: B027  # the same
        """A planned change has been carried out or has failed."""

    @contextmanager
    def having(self, platforms: Platforms, id: str, bag: Bag, *, was_there: bool = False) -> Iterator[None]:
        """Everything inside makes the objects this resource's own. They must be no other resource's, and where they
        were there before, not be deleted in this very run."""
        home, urn = platforms.home(self.platform), current_urn()
        keys = self.keys(home, self.objects(id, bag))
        if was_there and CLAIMS.deleted([*keys, *self.keys(home, self.stands_on(id, bag))]):
            raise self._deleted(id, bag)
        with CLAIMS.taking(keys, urn) as other:
            if other:
                how = "adopted" if bag.get("adopt") is True else "made"
                raise AlreadyExists(
                    f"The {self.title} {self.called(bag) or id} (id {id}) belongs to {name_of(other)} already and "
                    f"cannot be {how} by another of the same program. Remove one of the two"
                )
            yield

    @contextmanager
    def taking_over(self, platforms: Platforms, id: str, bag: Bag) -> Iterator[None]:
        """Everything inside adopts an object: it is no other resource's, and nobody else changes it meanwhile."""
        lock = lock_of((platforms.home(self.platform), self.name, self.locked_as(id)))
        with lock, self.having(platforms, id, bag, was_there=True):
            yield

    def refuse_if_deleted(self, home: str, id: str, old: Bag, new: Bag, unknown: IsUnknown = known) -> None:
        """What an object is on has been deleted in this run, and it has gone with it; or what it has a part in."""
        if CLAIMS.deleted(self.keys(home, self.stands_on(id, old))):
            raise self._deleted(id, old)
        gone = next((key for key in self.uses(home, new, unknown) if CLAIMS.deleted([key])), None)
        if gone is not None:
            raise Gone(
                f"The {self.title} {self.called(old) or id} (id {id}) names {gone[2]}, which has been deleted by this "
                "very run, and has lost what it had of that. Remove it there, or refer to the resource that makes it, "
                "then run pulumi refresh and pulumi up"
            )

    def _deleted(self, id: str, bag: Bag) -> Gone:
        return Gone(
            f"The {self.title} {self.called(bag) or id} (id {id}), or what it is on, has been deleted by this very run "
            "for another resource. Run pulumi refresh, then pulumi up"
        )

    def refresh(self, platforms: Platforms, id: str, bag: Bag) -> tuple[Bag, Bag] | None:
        """Inputs and outputs as the platform shows them now: of the inputs those that the bag declares.

        An empty bag asks for everything, as `.get()` does, and an object that is not there is then an error. None
        where the object is gone.
        """
        known_keys = frozenset(self.inputs.keys())
        if not bag:
            self.check_id(id)
        declared = {key: value for key, value in bag.items() if key in known_keys}
        live = self.read(platforms, id, declared if bag else self.inputs.keys(), bag)
        if live is None:
            if bag:
                return None
            raise Gone(f"There is no {self.title} with the id {id}. Check the id and the organisation")
        if not bag:
            return project(self.inputs, live.inputs, live.inputs), live.outputs
        write_only = {key: declared[key] for key in self.inputs.marked(WRITE_ONLY) if key in declared}
        return project(self.inputs, live.inputs, declared) | write_only, live.outputs

    @abstractmethod
    def create(self, platforms: Platforms, inputs: Bag) -> Made:
        """Make the object, whole or not at all."""

    def found(self, platforms: Platforms, inputs: Bag) -> tuple[str, Bag]:
        """What already exists under the unique key of these inputs: its id and its bag, without any change to it.

        `Gone` where there is nothing.
        """
        made = self.find(platforms, inputs)
        bag = self.refresh(platforms, made.id, inputs | made.outputs) if made else None
        if made is None or bag is None:
            raise Gone(f"There is no {self.title} {self.called(inputs)} to import. Leave it to pulumi up to make it")
        return made.id, bag[0] | bag[1]

    @abstractmethod
    def find(self, platforms: Platforms, inputs: Bag) -> Made | None:
        """The object that has the unique key of these inputs, with the outputs that only a creation knows."""

    @abstractmethod
    def listed(self, platforms: Platforms) -> Iterator[Listed]:
        """All objects of the kind."""

    def referred_as(self, id: str, outputs: Bag) -> dict[str, str]:
        """The values that other resources can refer to, each with the attribute that has it."""
        return {id: "id"}

    @abstractmethod
    def read(self, platforms: Platforms, id: str, wanted: Collection[str], bag: Bag) -> Live | None:
        """The object with at least the wanted inputs, or None where it is gone."""

    def update(self, platforms: Platforms, id: str, old: Bag, new: Bag) -> Bag:
        """Send what changed; can be repeated from the old state. Returns the outputs."""
        try:
            return self.change(platforms, id, old, new)
        except NotFound as missing:
            raise Gone(f"{missing} | Run pulumi refresh, then pulumi up") from None

    @abstractmethod
    def change(self, platforms: Platforms, id: str, old: Bag, new: Bag) -> Bag:
        """Send what changed between two bags and return the outputs."""

    @abstractmethod
    def check_id(self, id: str) -> None:
        """Raise the line that says what is wrong with an id that a user gave."""

    @abstractmethod
    def delete(self, platforms: Platforms, id: str, bag: Bag) -> None:
        """Delete the object; one that is not there is no failure."""

    def outputs_of(self, bag: Bag) -> Bag:
        """The computed outputs in a bag."""
        names = self.outputs.keys()
        return {key: bag[key] for key in names if key in bag}
