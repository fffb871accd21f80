"""The operations on a resource as an engine asks for them: each within a deadline, and with a guard around it.

What the guards hold: nothing is read, changed or deleted elsewhere than where the object lives; an object that a
resource of this process has just made, taken over or keeps is not deleted for another; no two resources have one
object; and of the operations on one object there is one at a time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ..scope_log import are_asked_for, record_scopes
from ..transport import AlreadyExists, ConfigurationProblem, InvalidInput, alone, limited, operation
from .handler import ResourceHandler, warn, warn_once
from .ownership import CLAIMS, Key, current_urn, lock_of, name_of, serving
from .platforms import Platforms
from .results import CreateResult
from .schema import IsUnknown, PropertyMap, known
from .validation import Checked

__all__ = ("Lifecycle",)


@dataclass(frozen=True)
class Lifecycle:
    """The operations on one resource. `urn` names the resource, where whoever serves the engine knows it; `timeout` is
    what the user gives the operation, in seconds, where that is said."""

    handler: ResourceHandler
    platforms: Callable[[], Platforms]

    def check(self, raw: PropertyMap, unknown: IsUnknown = known, *, urn: str = "") -> Checked:
        """Inputs in their one form, or what is wrong with them, also at the place that the settings lead to. No I/O."""
        if urn:
            CLAIMS.declare(urn)
        with serving(urn):
            checked = self.handler.check(raw, unknown)
            for line in self.handler.cautions(checked.inputs, unknown):
                warn_once(line)
            try:
                platforms = self.platforms()
            except ConfigurationProblem as problem:  # an error for whoever needs the platform
                warn_once(str(problem))
                return checked
            wrong = (*self._unsupported(platforms, checked.inputs, unknown), *self._faults(platforms))
        return Checked({}, checked.failures + wrong) if wrong else checked

    def _unsupported(self, platforms: Platforms, inputs: PropertyMap, unknown: IsUnknown) -> tuple[str, ...]:
        """What is wrong with inputs at the place that the settings lead to, as far as these say where that is."""
        try:
            if contradiction := platforms.settings.contradictions[self.handler.platform]:
                return (contradiction,)
            return tuple(map(str, self.handler.unsupported(platforms, inputs, unknown)))
        except ConfigurationProblem:  # among the faults of the settings
            return ()

    def _faults(self, platforms: Platforms) -> tuple[str, ...]:
        """What is wrong with the settings, where that is an error; else it is warned of, once."""
        faults = platforms.settings.faults(self.handler.platform)
        if platforms.settings.are_strict(self.handler.platform):
            return faults
        for line in faults:
            warn_once(line)
        return ()

    def tell_scopes(self, inputs: PropertyMap | None, unknown: IsUnknown = known, *, urn: str) -> None:
        """Say what scopes the resource takes, without inputs to be read alone, where somebody previews the program to
        find out. No I/O."""
        if are_asked_for():
            who, platforms = f"{urn.rpartition('::')[2]} ({self.handler.declaration.class_name})", self.platforms()
            scopes = self.handler.scopes(platforms, inputs, unknown)
            record_scopes(who, self.handler.platform, scopes, elsewhere=platforms.settings.are_explicit)

    def replaces(
        self, id: str, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known, *, urn: str = ""
    ) -> list[str]:
        """Which changes replace. No I/O, but where there are any: then one look-up, so that a replacement that cannot
        succeed is refused before anything is deleted."""
        with serving(urn):
            location = self._location_in_preview()
            if location and not unknown(old.get(self.handler.location_output)):
                self._refuse_elsewhere(location, id, old)
            found = self.handler.replaces(id, old, new, unknown)
            keys, uses = self._keys(location, id, old), self._uses(location, new, urn, unknown)
            if found:
                CLAIMS.release([*keys, *uses], urn)
                with operation():
                    self.handler.before_replacing(self.platforms(), id, old, new, unknown)
            else:
                self.handler.refuse_if_deleted(location, id, old, new, unknown)
                other = CLAIMS.keep(
                    [*self.handler.keys(location, self.handler.objects_after(id, old, new, unknown)), *uses], urn
                )
                if other is not None:
                    raise self._twice(id, other, urn)
                for line in self.handler.warnings(self.platforms(), id, old, new) if location else ():
                    warn_once(line)
            if location:
                self.handler.change_planned(location, id, old, new, replaced=bool(found))
            return found

    def has_lost(self, id: str, new: PropertyMap) -> bool:
        """Whether this run takes from the object what is declared of it. No I/O."""
        location = self._location_in_preview()
        return bool(location) and self.handler.has_lost(location, id, new)

    def create(self, inputs: PropertyMap, *, urn: str = "", timeout: float | None = None) -> CreateResult:
        """Make the object, whole or not at all."""
        platforms = self.platforms()
        with serving(urn), limited(timeout, "create"):
            location = platforms.location(self.handler.platform)
            with CLAIMS.claiming(self._uses(location, inputs, urn), urn):  # they must not go meanwhile
                made = self.handler.create(platforms, inputs)
            outputs = made.outputs | {self.handler.location_output: location}
            keys = self._keys(location, made.id, inputs | outputs)
            other = CLAIMS.holder(keys, urn) if urn else None
            if other:
                raise self._twice(made.id, other, urn)
            CLAIMS.make(keys, urn)
            return CreateResult(made.id, outputs)

    def found(self, inputs: PropertyMap) -> tuple[str, PropertyMap]:
        """What exists in place of a creation; `Gone` where there is nothing."""
        platforms = self.platforms()
        with operation():
            id, properties = self.handler.found(platforms, inputs)  # noqa: A001
            return id, properties | {self.handler.location_output: platforms.location(self.handler.platform)}

    def read(
        self, id: str, properties: PropertyMap, *, urn: str = "", timeout: float | None = None
    ) -> tuple[PropertyMap, PropertyMap] | None:
        """Inputs and outputs as the platform shows them; None where the object is gone."""
        platforms = self.platforms()
        with serving(urn), limited(timeout, "read"), platforms.bursts[self.handler.platform].reading():
            location = platforms.location(self.handler.platform)
            self._refuse_elsewhere(location, id, properties)
            found = self.handler.refresh(platforms, id, properties)
            if properties:
                CLAIMS.read(self._keys(location, id, properties))
            return None if found is None else (found[0], found[1] | {self.handler.location_output: location})

    def imported(self, id: str, *, urn: str = "", timeout: float | None = None) -> tuple[PropertyMap, PropertyMap]:
        """What a program says of an object that is there, as `check` leaves it, and the object's outputs.

        Where it lacks something that no platform shows, it is as it is, and `check` will say so.
        """
        platforms = self.platforms()
        with limited(timeout, "read"):
            shown, outputs = self.read(id, {}, urn=urn) or ({}, {})
            declared = self.handler.declared(platforms, id, shown)
        return self.handler.check(declared).inputs or declared, outputs

    def listed(self) -> Iterator[tuple[str, str]]:
        """The id and the name of every object that can be imported."""
        with operation():
            entries = list(self.handler.listed(self.platforms()))
        return ((entry.id, entry.title) for entry in entries if entry.id)

    def update(
        self, id: str, old: PropertyMap, new: PropertyMap, *, urn: str = "", timeout: float | None = None
    ) -> PropertyMap:
        """Send what changed, and return the outputs."""
        platforms = self.platforms()
        location = platforms.location(self.handler.platform)
        with serving(urn), limited(timeout, "update"), self._alone(location, id):
            self._refuse_elsewhere(location, id, old)
            objects = self.handler.objects_after(id, old, new)
            other = CLAIMS.holder(self.handler.keys(location, objects), urn) if urn else None
            if other:
                raise self._twice(id, other, urn)
            try:
                outputs = self.handler.update(platforms, id, old, new)
            finally:
                self.handler.change_finished(location, id)
            CLAIMS.move(self._keys(location, id, old), self._keys(location, id, new | outputs), urn)
            return outputs | {self.handler.location_output: location}

    def delete(self, id: str, properties: PropertyMap, *, urn: str = "", timeout: float | None = None) -> None:
        """Delete the object, unless it is another resource's by now; one that is not there is no failure."""
        platforms = self.platforms()
        location = platforms.location(self.handler.platform)
        with serving(urn), limited(timeout, "delete"), self._alone(location, id):
            self._refuse_elsewhere(location, id, properties)
            keys = self._keys(location, id, properties)
            keeper = CLAIMS.keeps(keys, urn)
            if keeper is not None:
                warn(self._stays(id, properties, keeper, urn))
                return
            try:
                self.handler.delete(platforms, id, properties)
            finally:
                self.handler.change_finished(location, id)
            CLAIMS.forget(keys)
            CLAIMS.release(self._uses(location, properties, urn), urn)
            for key in keys:
                platforms.snapshots.deleted(self.handler.name, key[2])

    @contextmanager
    def _alone(self, location: str, id: str) -> Iterator[None]:
        with alone(lock_of((location, self.handler.name, self.handler.locked_as(id)))):
            yield

    def _keys(self, location: str, id: str, properties: PropertyMap) -> list[Key]:
        return self.handler.keys(location, self.handler.objects(id, properties))

    def _uses(self, location: str, properties: PropertyMap, urn: str, unknown: IsUnknown = known) -> list[Key]:
        """What the object has a part in, each as used by this resource; none where its name is not known."""
        found = self.handler.uses(location, properties, unknown) if urn else []
        return [(*key[:2], f"{key[2]}/{urn}") for key in found]

    def _location_in_preview(self) -> str:
        """Where the settings lead; empty where they are not complete, which is for those to say who need them."""
        try:
            return self.platforms().location(self.handler.platform)
        except ConfigurationProblem:
            return ""

    def _refuse_elsewhere(self, location: str, id: str, properties: PropertyMap) -> None:
        there = properties.get(self.handler.location_output)
        if there is None or there == location:
            return
        settings = {"asgardeo": "`asgardeo:organization` and `asgardeo:baseUrl`"}.get(
            self.handler.platform, "`bijira:organizationId` and `bijira:baseUrl`"
        )
        raise InvalidInput(
            f"lives in {there}, but the settings lead to {location}, so nothing is done",
            subject=self.handler.named(id, properties),
            action=f"Set {settings} back to what leads to {there}, or use another stack for {location}. To move on "
            "purpose: pulumi destroy with the old settings first, or keep the old object and forget it with pulumi "
            "state delete",
        )

    def _twice(self, id: str, other: str, urn: str) -> AlreadyExists:
        mine = name_of(urn or current_urn())
        return AlreadyExists(
            f"has two resources in this program, {mine} and {name_of(other)}, and each would undo what the other does",
            subject=f"The {self.handler.title} with the id {id}",
            action="Keep one of them and remove the other from the program: the object stays",
        )

    def _stays(self, id: str, properties: PropertyMap, keeper: str, urn: str) -> str:
        is_replaced = bool(keeper) and keeper == urn
        whose = "this resource's replacement" if is_replaced else name_of(keeper)
        said = (
            f"{name_of(urn) if urn else 'A resource'} is deleted, but its {self.handler.title} "
            f"{self.handler.label(properties)} (id {id}) stays: it belongs to {whose} by now"
        )
        if is_replaced:
            return said
        return f"{said}. A resource that is renamed or moved within the program wants the resource option aliases"
