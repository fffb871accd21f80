"""An API in Asgardeo: its identifier and the scopes that it defines.

create   One POST with all scopes and types of authorization details, looked up by the identifier where the answer is
         lost. A scope that another API has is waited for where a change of this very run removes it there: a name is
         given once in an organisation.
read     One GET; where many are read, the lists of APIs and of scopes for all whose description is not declared.
update   One PATCH for name, description, all new scopes, and the types of authorization details that come and go; then
         one for each scope described anew, and a DELETE for each that is gone, so that no moment has less than both
         have. Of types described anew one GET for all their ids, and a PATCH each. The API is never replaced whole.
delete   One DELETE. Not while the program keeps an application that is authorized for the API by its id alone.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Self, TypeVar

from ...clients.asgardeo import (
    SCOPE_GONE,
    SCOPE_TAKEN,
    TYPE_GONE,
    TYPE_TAKEN,
    ApiChanges,
    ApiResource,
    ApiResources,
    ApiSettings,
    DetailsType,
    ListedApi,
    ScopeDescription,
)
from ...transport import AlreadyExists, ApiProblem, Conflict, Gone, InvalidInput, OutcomeUnknown
from ..bursts import listed
from ..field_types import check_asgardeo_id
from ..handler import REFRESH, ResourceHandler, scopes_of_life
from ..idempotency import create_once, exists_already, undoing
from ..newer import lost, not_kept, refused_by_older
from ..ownership import CLAIMS, Key, deleting_unused
from ..platforms import Platforms
from ..property_maps import changed, project, properties_of, properties_shown_by, tidied, without
from ..results import CreateResult, ExportEntry, ReadResult
from ..schema import REPLACES, WRITE_ONLY, IsUnknown, PropertyMap, known
from ..withdrawals import WITHDRAWALS, scope_names
from .declaration import API, ApiInputs
from .scope_moves import SCOPE_MOVES

__all__ = ("ApiHandler", "scope_key")

T = TypeVar("T")

_BUSINESS, _TYPES = "BUSINESS", "authorizationDetailsTypes"
#: Refusals that say: the scopes and types are not what the state says.
_STALE = (SCOPE_GONE, TYPE_GONE, TYPE_TAKEN)


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
        type_ = inputs.get("resourceType", _BUSINESS)
        snapshot = platforms.snapshots.of(f"{self.name} {type_}", lambda: (row.id for row in apis.of_type(type_)))

        def is_ours(found: ApiResource) -> bool:
            is_alike = project(ApiInputs, properties_of(found), inputs) == ApiInputs.readable(inputs)
            return is_alike and found.type in (None, type_)

        def look_up() -> ApiResource | None:
            rows = apis.find("identifier", inputs["identifier"])
            return apis.get(rows[0].id) if rows else None

        once = partial(
            create_once,
            lambda: _post(apis, inputs),
            look_up,
            what=f"the API {inputs['identifier']}",
            is_ours=is_ours,
            was_there=lambda found: snapshot.was_there(found.id),
            taken=lambda found: exists_already(
                f"Asgardeo: the API {inputs['identifier']}",
                found.id,
                key="an identifier",
                shared_by="share this one, which `get_api` finds",
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
        for key in ("requiresAuthorization", "resourceType"):
            if live.get(key, _BUSINESS) != inputs.get(key, _BUSINESS):
                raise InvalidInput(
                    f"has `{key}` {live.get(key)}, which cannot be changed",
                    subject=subject,
                    action="Declare that value to adopt it",
                )
        _refuse_unknown(live, inputs, subject)
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

    def declared(self, platforms: Platforms, id: str, shown: PropertyMap) -> PropertyMap:
        """One of business goes without saying."""
        return without(tidied(shown), {"resourceType": _BUSINESS})

    def written(self, shape: Any, document: PropertyMap, inputs: PropertyMap) -> PropertyMap | None:
        """All of it; what kind of API it is the server shows under another name."""
        body = ApiSettings.model_validate(ApiInputs.readable(inputs)).whole()
        return {**body, "type": inputs.get("resourceType", _BUSINESS)} if shape is ApiResource else None

    def replaces(self, id: str, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known) -> list[str]:
        """An API without a type is one of business, before and after: a default that states do not hold."""
        default = {"resourceType": _BUSINESS}
        return super().replaces(id, default | old, default | new, unknown)

    def read(
        self, platforms: Platforms, id: str, wanted: Collection[str], properties: PropertyMap
    ) -> ReadResult | None:
        """As lists show it in a burst, else as it is shown by itself."""
        apis = platforms.asgardeo.api_resources
        found = _listed(apis, id, wanted, properties) or apis.get(id)
        return ReadResult(properties_of(found)) if found is not None else None

    def change(self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap) -> PropertyMap:
        """Each scope by what changed in it.

        Where the platform's truth turns out to be another than the state's, it is read once and the rest recomputed;
        and so are scopes that were not managed until now, since a declared list is the whole list.
        """
        apis, location = platforms.asgardeo.api_resources, platforms.location(self.platform)
        SCOPE_MOVES.begin(location, id)
        if {"scopes", _TYPES} & (new.keys() - old.keys()):
            old = _read(apis, id)
            _refuse_unknown(old, new, self.named(id, new))
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
            if isinstance(failure, ApiProblem) and not isinstance(failure, Conflict) and failure.code not in _STALE:
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
        SCOPE_MOVES.begin(key[0], id)
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
        action="Remove it from `authorized_apis` there as well, or have `api_id` refer to the resource that makes the "
        "API",
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


def _post(apis: ApiResources, inputs: PropertyMap) -> ApiResource:
    """One POST. What an older server has dropped of it without a word is an error, and nothing is left of it."""
    subject, declared = f"Asgardeo: the API {inputs['identifier']}", ApiInputs.readable(inputs)
    with refused_by_older(ApiInputs, declared, subject):
        made = apis.create(ApiSettings.model_validate(declared))
    if paths := lost(ApiInputs, properties_of(made), declared):
        with undoing() as undo:
            undo.push(f"{subject} with the id {made.id}", lambda: apis.delete(made.id))
            raise not_kept(paths, subject)
    return made


def _refuse_unknown(live: PropertyMap, new: PropertyMap, subject: str) -> None:
    """A server that knows of types of authorization details shows a list of them, be it empty."""
    if _TYPES in new and _TYPES not in live:
        raise not_kept([(_TYPES,)], subject)


def _listed(apis: ApiResources, id: str, wanted: Collection[str], declared: PropertyMap) -> ListedApi | None:
    """As lists show it, where they carry all that is declared. A scope that they lack need not be gone."""
    type_, readable = declared.get("resourceType", _BUSINESS), set(wanted) - ApiInputs.marked(WRITE_ONLY)
    if not readable <= properties_shown_by(ListedApi):
        return None
    row = listed(f"API {type_}", id, lambda: apis.listed(type_))
    shown = properties_of(row) if row else {}
    return row if readable <= shown.keys() and _scope_names(declared) <= _scope_names(shown) else None


def _read(apis: ApiResources, id: str) -> PropertyMap:
    return properties_of(_get(apis, id))


def _get(apis: ApiResources, id: str) -> ApiResource:
    found = apis.get(id)
    if found is None:
        raise Gone("no longer exists", subject=f"The API {id}", action=REFRESH)
    return found


def _reconcile(apis: ApiResources, id: str, old: PropertyMap, new: PropertyMap) -> None:
    """From the old to the new: additions before removals, so that no moment has less than both have."""
    scopes, types = _Moves.of("scopes", "name", old, new), _Moves.of(_TYPES, "type", old, new)
    in_place = changed(old, new) - ApiInputs.marked(REPLACES) - ApiInputs.marked(WRITE_ONLY) - {"scopes", _TYPES}
    changes = {key: new[key] for key in in_place}
    changes |= {"addedScopes": scopes.added} if scopes.added else {}
    changes |= {"addedAuthorizationDetailsTypes": types.added} if types.added else {}
    changes |= {"removedAuthorizationDetailsTypes": sorted(types.removed)} if types.removed else {}
    if changes:
        with refused_by_older(ApiInputs, {_TYPES: []} if types.added or types.removed else {}, f"The API {id}"):
            apis.change(id, ApiChanges.model_validate(changes))
    for name, described in scopes.described.items():
        apis.redescribe_scope(id, name, ScopeDescription.model_validate(described))
    if types.described:
        ids = {one.type: one.id for one in _get(apis, id).authorization_details_types or []}
        after = {one["type"]: one for one in new[_TYPES]}
        for type_ in types.described:
            apis.change_details_type(id, ids.get(type_, ""), DetailsType.model_validate(after[type_]))
    for name in sorted(scopes.removed):
        apis.remove_scope(id, name)


@dataclass(frozen=True)
class _Moves:
    """What becomes of a list whose items are told apart by one key: added, removed, and of the others what changed."""

    added: list[PropertyMap]
    removed: set[str]
    described: dict[str, PropertyMap]

    @classmethod
    def of(cls, list_: str, key: str, old: PropertyMap, new: PropertyMap) -> Self:
        """From the old to the new; a list that is not declared stays."""
        before = {item[key]: item for item in old.get(list_, [])}
        after = {item[key]: item for item in new.get(list_, before.values())}
        described = {
            name: {field: item[field] for field in changed(before[name], item)}
            for name, item in after.items()
            if name in before
        }
        return cls(
            [item for name, item in after.items() if name not in before],
            before.keys() - after.keys(),
            {name: changes for name, changes in described.items() if changes},
        )
