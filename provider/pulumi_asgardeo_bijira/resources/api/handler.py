"""An API in Asgardeo: its identifier and the scopes that it defines.

create   One POST with all scopes, looked up by the identifier where the answer is lost. A scope that another API has is
         waited for where a change of this very run removes it there: a name is given once in an organisation.
read     One GET.
update   One PATCH for name, description and all new scopes, then one for each scope described anew and a DELETE for
         each that is gone, so that no moment has less than both have. The API is never replaced whole.
delete   One DELETE. Not while the program keeps an application that is authorized for the API by its id alone.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from typing import ClassVar, TypeVar

from ...clients.asgardeo import (
    SCOPE_GONE,
    SCOPE_TAKEN,
    ApiChanges,
    ApiResource,
    ApiResources,
    ApiSettings,
    ScopeDescription,
)
from ...transport import AlreadyExists, ApiProblem, Conflict, Gone, InvalidInput, OutcomeUnknown
from ..field_types import check_asgardeo_id
from ..handler import REFRESH, CreateResult, ExportEntry, ReadResult, ResourceHandler, scopes_of_life
from ..idempotency import create_once, exists_already
from ..ownership import CLAIMS, Key, deleting_unused
from ..platforms import Platforms
from ..property_maps import changed, project, properties_of
from ..schema import REPLACES, WRITE_ONLY, IsUnknown, PropertyMap, known
from ..withdrawals import WITHDRAWALS, scope_names
from .declaration import API, ApiInputs
from .scope_moves import SCOPE_MOVES

__all__ = ("ApiHandler", "scope_key")

T = TypeVar("T")


def scope_key(location: str, api_id: str, name: str) -> Key:
    """By what a scope is known in this process; a name has no blank."""
    return location, "Scope", f"{name} of {api_id}"


class ApiHandler(ResourceHandler):
    """An API resource of Asgardeo."""

    declaration = API
    unique_inputs: ClassVar[tuple[str, ...]] = ("identifier",)

    def scopes(self, platforms: Platforms, inputs: PropertyMap | None, unknown: IsUnknown = known) -> Iterator[str]:
        """Whatever is declared."""
        yield from scopes_of_life("internal_api_resource", inputs)

    def create(self, platforms: Platforms, inputs: PropertyMap) -> CreateResult:
        """Make it with all its scopes."""
        apis = platforms.asgardeo.api_resources
        snapshot = platforms.snapshots.of(self.name, lambda: (row.id for row in apis.business()))

        def is_ours(found: ApiResource) -> bool:
            return found.type in (None, "BUSINESS") and project(ApiInputs, properties_of(found), inputs) == _declared(
                inputs
            )

        def look_up() -> ApiResource | None:
            rows = apis.find("identifier", inputs["identifier"])
            return apis.get(rows[0].id) if rows else None

        once = partial(
            create_once,
            lambda: apis.create(ApiSettings.model_validate(_declared(inputs))),
            look_up,
            what=f"the API {inputs['identifier']}",
            is_ours=is_ours,
            was_there=lambda found: snapshot.was_there(found.id),
            taken=lambda found: exists_already(
                f"Asgardeo: the API {inputs['identifier']}", found.id, or_else="or choose another identifier"
            ),
            adopt=(lambda found: self._adopt(platforms, found, inputs)) if inputs.get("adopt") is True else None,
        )
        made = _when_free(platforms, "", _scope_names(inputs), once)
        snapshot.add(made.value.id)
        return CreateResult(made.value.id)

    def _adopt(self, platforms: Platforms, found: ApiResource, inputs: PropertyMap) -> ApiResource:
        subject = f"Asgardeo: the API {inputs['identifier']}"
        if not found.is_own:
            raise InvalidInput(
                "belongs to the system and cannot be adopted", subject=subject, action="Choose another identifier"
            )
        live = properties_of(found)
        if live["requiresAuthorization"] != inputs["requiresAuthorization"]:
            raise InvalidInput(
                f"has requires_authorization={live['requiresAuthorization']}, which cannot be changed",
                subject=subject,
                action="Declare that value to adopt it",
            )
        with self.adopting(platforms, found.id, inputs):
            _reconcile(platforms.asgardeo.api_resources, found.id, live, inputs)
        return found

    def find(self, platforms: Platforms, inputs: PropertyMap) -> CreateResult | None:
        """By its identifier."""
        rows = platforms.asgardeo.api_resources.find("identifier", inputs["identifier"])
        return CreateResult(rows[0].id) if rows else None

    def listed(self, platforms: Platforms) -> Iterator[ExportEntry]:
        """All that are not the system's."""
        return (ExportEntry(row.name, row.id) for row in platforms.asgardeo.api_resources.all())

    def read(
        self, platforms: Platforms, id: str, wanted: Collection[str], properties: PropertyMap
    ) -> ReadResult | None:
        """As the platform shows it."""
        found = platforms.asgardeo.api_resources.get(id)
        return ReadResult(properties_of(found)) if found is not None else None

    def change(self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap) -> PropertyMap:
        """Each scope by what changed in it.

        Where the platform's truth turns out to be another than the state's, it is read once and the rest recomputed;
        and so are scopes that were not managed until now, since a declared list is the whole list.
        """
        apis, location = platforms.asgardeo.api_resources, platforms.location(self.platform)
        if "scopes" in new.keys() - old.keys():
            old = _read(apis, id)
        with ExitStack() as deleting:
            for name in sorted(_scope_names(old) - _scope_names(new) if "scopes" in new else ()):
                deleting.enter_context(_deleting(scope_key(location, id, name), f"the scope {name} of the API {id}"))
            self._reconcile_or_reread(platforms, id, old, new)
        CLAIMS.restored([scope_key(location, id, name) for name in _scope_names(new)])
        return {}

    @staticmethod
    def _reconcile_or_reread(platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap) -> None:
        apis = platforms.asgardeo.api_resources
        try:
            _reconcile(apis, id, old, new)
        except (Conflict, OutcomeUnknown, ApiProblem) as failure:
            if isinstance(failure, ApiProblem) and not isinstance(failure, Conflict) and failure.code != SCOPE_GONE:
                raise
            live = _read(apis, id)
            added = _scope_names(new) - _scope_names(live)
            _when_free(platforms, id, added, lambda: _reconcile(apis, id, _read(apis, id), new))

    def change_planned(self, location: str, id: str, old: PropertyMap, new: PropertyMap, *, replaced: bool) -> None:
        """The scopes that the change removes: another API may be about to take them, and roles lose them."""
        removed = (
            _scope_names(old)
            if replaced
            else _scope_names(old) - _scope_names(new)
            if _scope_names(new) or "scopes" in new
            else set()
        )
        if removed:
            SCOPE_MOVES.plan(location, id, removed)
            WITHDRAWALS.plan(location, removed)

    def change_finished(self, location: str, id: str) -> None:
        """They are free."""
        SCOPE_MOVES.done(location, id)

    def delete(self, platforms: Platforms, id: str, properties: PropertyMap) -> None:
        """Its scopes go with it."""
        key = (platforms.location(self.platform), self.name, id)
        with _deleting(key, f"the API {self.label(properties)} (id {id})"):
            platforms.asgardeo.api_resources.delete(id)

    def check_id(self, id: str) -> None:
        """It is a UUID."""
        check_asgardeo_id(id)


def _deleting(key: Key, what: str) -> AbstractContextManager[None]:
    """Everything inside deletes it, unless the program keeps an application that is authorized for it."""
    return deleting_unused(
        key,
        f"Asgardeo: {what}",
        used="is authorized for it and would lose that silently",
        action="Remove it from authorized_apis there as well, or have api_id refer to the resource that makes the API",
    )


def _scope_names(properties: PropertyMap) -> set[str]:
    """The names of the scopes, as far as they are known."""
    return scope_names(properties.get("scopes"))


def _when_free(platforms: Platforms, id: str, scopes: set[str], carry_out: Callable[[], T]) -> T:
    """Do it; where another API has one of the scopes, wait for its change that removes it, or say whose it is.

    Where no API has them by the time that they are looked for, they were given up after the refusal: once more.
    """
    owners = list[str]()

    def are_free() -> bool:
        owners[:] = _owners(platforms.asgardeo.api_resources, id, scopes)
        return not owners

    def have_moved() -> bool:
        return SCOPE_MOVES.waited_for(platforms.location("asgardeo"), scopes)

    for there_is_reason in (None, have_moved, are_free):
        if there_is_reason is None or there_is_reason():
            try:
                return carry_out()
            except Conflict as refusal:
                if refusal.code != SCOPE_TAKEN:
                    raise
                taken = refusal
    whose = "; ".join(owners) or f"one of the scopes {', '.join(sorted(scopes))} belongs to an API of the system"
    raise AlreadyExists(
        f"{whose}. A name is given once in an organisation",
        action="Remove it there first, by a pulumi up before this one where that API is deleted, or choose another "
        "name",
        after=taken,
    ) from None


def _owners(apis: ApiResources, id: str, scopes: set[str]) -> list[str]:
    """Which scope is whose. No list of scopes names their APIs, so they are read one after the other."""
    found, left = list[str](), set(scopes)
    for row in apis.all():
        api = apis.get(row.id) if left and row.id != id else None
        names = left & {scope.name for scope in api.scopes} if api else set()
        found += [f"the scope {name} belongs to the API {row.identifier or row.name} (id {row.id})" for name in names]
        left -= names
    return sorted(found)


def _declared(inputs: PropertyMap) -> PropertyMap:
    return {key: value for key, value in inputs.items() if key != "adopt"}


def _read(apis: ApiResources, id: str) -> PropertyMap:
    found = apis.get(id)
    if found is None:
        raise Gone("no longer exists", subject=f"The API {id}", action=REFRESH)
    return properties_of(found)


def _reconcile(apis: ApiResources, id: str, old: PropertyMap, new: PropertyMap) -> None:
    """From the old to the new: additions before removals, so that no moment has less than both have."""
    before = {scope["name"]: scope for scope in old.get("scopes", [])}
    after = {scope["name"]: scope for scope in new.get("scopes", before.values())}
    in_place = changed(old, new) - ApiInputs.marked(REPLACES) - ApiInputs.marked(WRITE_ONLY) - {"scopes"}
    changes = {key: new[key] for key in in_place}
    added = [scope for name, scope in after.items() if name not in before]
    if added:
        changes["addedScopes"] = added
    if changes:
        apis.change(id, ApiChanges.model_validate(changes))
    for name, scope in after.items():
        described = {key: scope[key] for key in changed(before[name], scope)} if name in before else None
        if described:
            apis.redescribe_scope(id, name, ScopeDescription.model_validate(described))
    for name in sorted(before.keys() - after.keys()):
        apis.remove_scope(id, name)
