"""The operations on a kind as an engine asks for them: each within a deadline, and with a guard around it.

What the guards hold: nothing is read, changed or deleted elsewhere than where the object lives; an object that a
resource of this process has just made, taken over or keeps is not deleted for another; no two resources have one
object; and of the operations on one object there is one at a time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ..transport import AlreadyExists, ConfigurationProblem, InvalidInput, operation
from .handler import Kind, Made, warn
from .ownership import CLAIMS, Key, current_urn, lock_of, name_of, serving
from .platforms import Platforms
from .schema import Bag, Checked, IsUnknown, known

__all__ = ("Lifecycle",)


@dataclass(frozen=True)
class Lifecycle:
    """The operations on one kind. `urn` names the resource, where whoever serves the engine knows it."""

    kind: Kind
    platforms: Callable[[], Platforms]

    def check(self, raw: Bag, unknown: IsUnknown = known, *, urn: str = "") -> Checked:
        """Inputs in their one form, or what is wrong with them, also at the place that the settings lead to. No I/O."""
        if urn:
            CLAIMS.declare(urn)
        checked = self.kind.check(raw, unknown)
        try:
            platforms = self.platforms()
            contradiction = platforms.settings.contradiction(self.kind.platform)
            wrong = (contradiction,) if contradiction else tuple(self.kind.lacking(platforms, checked.inputs, unknown))
        except ConfigurationProblem:  # told by whoever needs the platform
            wrong = ()
        return Checked({}, checked.failures + wrong) if wrong else checked

    def replaces(self, id: str, old: Bag, new: Bag, unknown: IsUnknown = known, *, urn: str = "") -> list[str]:
        """Which changes replace. No I/O, but where there are any: then one look-up, so that a replacement that cannot
        succeed is refused before anything is deleted."""
        with serving(urn):
            home = self._home_in_preview()
            if home and not unknown(old.get(self.kind.home_output)):
                self._stay_home(home, id, old)
            found = self.kind.replaces(id, old, new, unknown)
            keys, uses = self._keys(home, id, old), self._uses(home, new, urn, unknown)
            if found:
                CLAIMS.release([*keys, *uses], urn)
                with operation():
                    self.kind.before_replacing(self.platforms(), id, old, new, unknown)
            else:
                self.kind.refuse_if_deleted(home, id, old, new, unknown)
                other = CLAIMS.keep([*self.kind.keys(home, self.kind.kept(id, old, new, unknown)), *uses], urn)
                if other is not None:
                    raise self._twice(id, other, urn)
            if home:
                self.kind.foresee(home, id, old, new, replaced=bool(found))
            return found

    def create(self, inputs: Bag, *, urn: str = "") -> Made:
        """Make the object, whole or not at all."""
        platforms = self.platforms()
        with serving(urn), operation():
            home = platforms.home(self.kind.platform)
            with CLAIMS.taking(self._uses(home, inputs, urn), urn):  # they must not go meanwhile
                made = self.kind.create(platforms, inputs)
            outputs = made.outputs | {self.kind.home_output: home}
            keys = self._keys(home, made.id, inputs | outputs)
            other = CLAIMS.holder(keys, urn) if urn else None
            if other:
                raise self._twice(made.id, other, urn)
            CLAIMS.make(keys, urn)
            return Made(made.id, outputs)

    def found(self, inputs: Bag) -> tuple[str, Bag]:
        """What exists in place of a creation; `Gone` where there is nothing."""
        platforms = self.platforms()
        with operation():
            id, bag = self.kind.found(platforms, inputs)  # noqa: A001
            return id, bag | {self.kind.home_output: platforms.home(self.kind.platform)}

    def read(self, id: str, bag: Bag, *, urn: str = "") -> tuple[Bag, Bag] | None:
        """Inputs and outputs as the platform shows them; None where the object is gone."""
        platforms = self.platforms()
        with serving(urn), operation():
            home = platforms.home(self.kind.platform)
            self._stay_home(home, id, bag)
            found = self.kind.refresh(platforms, id, bag)
            if bag:
                CLAIMS.read(self._keys(home, id, bag))
            return None if found is None else (found[0], found[1] | {self.kind.home_output: home})

    def update(self, id: str, old: Bag, new: Bag, *, urn: str = "") -> Bag:
        """Send what changed, and return the outputs."""
        platforms = self.platforms()
        home = platforms.home(self.kind.platform)
        with serving(urn), self._alone(home, id), operation():
            self._stay_home(home, id, old)
            other = CLAIMS.holder(self.kind.keys(home, self.kind.kept(id, old, new)), urn) if urn else None
            if other:
                raise self._twice(id, other, urn)
            try:
                outputs = self.kind.update(platforms, id, old, new)
            finally:
                self.kind.carried_out(home, id)
            CLAIMS.move(self._keys(home, id, old), self._keys(home, id, new | outputs), urn)
            return outputs | {self.kind.home_output: home}

    def delete(self, id: str, bag: Bag, *, urn: str = "") -> None:
        """Delete the object, unless it is another resource's by now; one that is not there is no failure."""
        platforms = self.platforms()
        home = platforms.home(self.kind.platform)
        with serving(urn), self._alone(home, id), operation():
            self._stay_home(home, id, bag)
            keys = self._keys(home, id, bag)
            keeper = CLAIMS.keeps(keys, urn)
            if keeper is not None:
                warn(self._stays(id, bag, keeper, urn))
                return
            try:
                self.kind.delete(platforms, id, bag)
            finally:
                self.kind.carried_out(home, id)
            CLAIMS.forget(keys)
            CLAIMS.release(self._uses(home, bag, urn), urn)
            for key in keys:
                platforms.censuses.deleted(self.kind.name, key[2])

    @contextmanager
    def _alone(self, home: str, id: str) -> Iterator[None]:
        with lock_of((home, self.kind.name, self.kind.locked_as(id))):
            yield

    def _keys(self, home: str, id: str, bag: Bag) -> list[Key]:
        return self.kind.keys(home, self.kind.objects(id, bag))

    def _uses(self, home: str, bag: Bag, urn: str, unknown: IsUnknown = known) -> list[Key]:
        """What the object has a part in, each as used by this resource; none where its name is not known."""
        return [(*key[:2], f"{key[2]}/{urn}") for key in self.kind.uses(home, bag, unknown)] if urn else []

    def _home_in_preview(self) -> str:
        """Where the settings lead; empty where they are not complete, which is for those to say who need them."""
        try:
            return self.platforms().home(self.kind.platform)
        except ConfigurationProblem:
            return ""

    def _stay_home(self, home: str, id: str, bag: Bag) -> None:
        there = bag.get(self.kind.home_output)
        if there is None or there == home:
            return
        settings = {"asgardeo": "asgardeo:organization and asgardeo:baseUrl"}.get(
            self.kind.platform, "bijira:organizationId and bijira:baseUrl"
        )
        raise InvalidInput(
            f"The {self.kind.title} {self.kind.called(bag) or id} (id {id}) lives in {there}, but the settings lead to "
            f"{home}, so nothing is done. Set {settings} back to what leads to {there}, or use another stack for "
            f"{home}. To move on purpose: pulumi destroy with the old settings first, or keep the old object and "
            "forget it with pulumi state delete"
        )

    def _twice(self, id: str, other: str, urn: str) -> AlreadyExists:
        mine = name_of(urn or current_urn())
        return AlreadyExists(
            f"The {self.kind.title} with the id {id} has two resources in this program, {mine} and {name_of(other)}, "
            "and each would undo what the other does. Keep one of them and remove the other from the program: the "
            "object stays"
        )

    def _stays(self, id: str, bag: Bag, keeper: str, urn: str) -> str:
        is_replaced = bool(keeper) and keeper == urn
        whose = "this resource's replacement" if is_replaced else name_of(keeper)
        said = (
            f"{name_of(urn) if urn else 'A resource'} is deleted, but its {self.kind.title} "
            f"{self.kind.called(bag)} (id {id}) stays: it belongs to {whose} by now"
        )
        if is_replaced:
            return said
        wanted = "opts=pulumi.ResourceOptions(aliases=[…])"
        return f"{said}. A resource that is renamed or moved within the program wants an alias: {wanted}"
