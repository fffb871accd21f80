"""A role in Asgardeo: what it permits, and whom it is given to.

create   One POST with everything, looked up by name and audience where the answer is lost.
read     One GET, without the users where they are not declared, since a role can have thousands; where many are read,
         the list of roles for all that declare none.
update   One PATCH with a step for each attribute: the name and the permissions whole, of groups and users only those
         that come and go. What changes nothing is not sent, for whatever is written may end sessions. The role is read
         first where a list was not managed until now, or where the run has taken a permission from it: see
         withdrawals.py. The server carries a PATCH out step by step and may stop half-way: after a refusal or a lost
         answer the role is read once, and what is left to do is sent.
delete   One DELETE. The application takes its roles along, so one that is gone is no failure.
"""

from collections.abc import Collection, Iterator
from functools import partial
from typing import Any, ClassVar

from ...clients.asgardeo import NewRole, Role, RoleOperation, Roles
from ...transport import ApiProblem, Gone, InvalidInput, NotFound, OutcomeUnknown
from ..bursts import listed
from ..field_types import check_asgardeo_id
from ..handler import REFRESH, ResourceHandler, scopes_of_life
from ..idempotency import create_once, exists_already
from ..ownership import Key
from ..platforms import Platforms
from ..property_maps import changed, project, properties_of
from ..results import CreateResult, ExportEntry, ReadResult, entries_shown
from ..schema import IsUnknown, PropertyMap, known
from ..withdrawals import WITHDRAWALS
from .declaration import ROLE, RoleInputs

__all__ = ("RoleHandler",)

_LISTS = frozenset({"permissions", "groups", "users"})
#: Refusals that may say: the role is not what the state says.
_STALE = frozenset({400, 409})


class RoleHandler(ResourceHandler):
    """A role of an application or of the organisation."""

    declaration = ROLE
    refers_to: ClassVar[tuple[str, ...]] = ("Application",)
    unique_inputs: ClassVar[tuple[str, ...]] = ("name", "applicationId")

    def replaces(self, id: str, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known) -> list[str]:
        """Another application, also one that is not known yet; and from an application to the organisation or back.

        Of an application that is being replaced the engine says that its id is not known, and its roles go with it.
        """
        before, after = old.get("applicationId"), new.get("applicationId")
        return ["applicationId"] if before != after and not unknown(before) else []

    def scopes(self, platforms: Platforms, inputs: PropertyMap | None, unknown: IsUnknown = known) -> Iterator[str]:
        """For each list that is declared one of its own."""
        yield from scopes_of_life("internal_role_mgt", inputs)
        yield from (f"internal_role_mgt_{part}_update" for part in sorted(_LISTS & (inputs or {}).keys()))

    def create(self, platforms: Platforms, inputs: PropertyMap) -> CreateResult:
        """Make it with all that is declared."""
        roles, role = platforms.asgardeo.roles, NewRole.model_validate(RoleInputs.readable(inputs))
        snapshot = platforms.snapshots.of(self.name, lambda: (row.id for row in roles.all()))
        made = create_once(
            lambda: roles.create(role),
            lambda: _id_of(roles, inputs),
            what=_called(inputs),
            is_ours=lambda id: _equals(roles.get(id, with_users="users" in inputs), inputs),
            was_there=snapshot.was_there,
            taken=lambda id: exists_already(
                f"Asgardeo: {_called(inputs)}",
                id,
                key="a name",
                shared_by="share this one, which `get_role` finds",
            ),
            adopt=partial(self._adopt, platforms, inputs) if inputs.get("adopt") is True else None,
        )
        snapshot.add(made.value)
        return CreateResult(made.value)

    def _adopt(self, platforms: Platforms, inputs: PropertyMap, id: str) -> str:
        with self.adopting(platforms, id, inputs):
            _reconcile(platforms.asgardeo.roles, id, _read(platforms.asgardeo.roles, id, inputs), inputs)
        return id

    def find(self, platforms: Platforms, inputs: PropertyMap) -> CreateResult | None:
        """By its name, among the roles of its application or of the organisation."""
        found = _id_of(platforms.asgardeo.roles, inputs)
        return CreateResult(found) if found else None

    def listed(self, platforms: Platforms) -> Iterator[ExportEntry]:
        """All but the system's, where this token may see them."""
        rows = platforms.asgardeo.roles.all
        yield from entries_shown(lambda: (ExportEntry(row.name, row.id) for row in rows() if not row.system_role))

    def read(
        self, platforms: Platforms, id: str, wanted: Collection[str], properties: PropertyMap
    ) -> ReadResult | None:
        """As a list shows it in a burst, else as it is shown by itself."""
        roles, row = platforms.asgardeo.roles, None
        if properties and "users" not in wanted:
            row = listed(self.name, id, roles.listed)
        carries_all = row is not None and _LISTS & set(wanted) <= row.model_fields_set
        found = row if carries_all else roles.get(id, with_users="users" in wanted)
        return ReadResult(_shown(found, wanted)) if found else None

    def written(self, shape: Any, document: PropertyMap, inputs: PropertyMap) -> PropertyMap | None:
        """All of it."""
        return NewRole.model_validate(RoleInputs.readable(inputs)).whole() if shape is Role else None

    def change(self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap) -> PropertyMap:
        """What comes and what goes. What this run has taken from it, the state does not know."""
        roles, location = platforms.asgardeo.roles, platforms.location(self.platform)
        if _LISTS & new.keys() - old.keys() or self._has_lost(location, id, old) or self._has_lost(location, id, new):
            old = _read(roles, id, new)
        _reconcile(roles, id, old, new)
        WITHDRAWALS.made_good(location, id, new.get("applicationId"), new.get("permissions"))
        return {}

    def has_lost(self, location: str, id: str, new: PropertyMap) -> bool:
        """Permissions whose scopes an API gives up or its application may no longer ask for, in this very run."""
        WITHDRAWALS.compared(location, id, new.get("applicationId"), new.get("permissions"))
        return self._has_lost(location, id, new)

    @staticmethod
    def _has_lost(location: str, id: str, new: PropertyMap) -> bool:
        return WITHDRAWALS.concern(location, id, new.get("applicationId"), new.get("permissions"))

    def delete(self, platforms: Platforms, id: str, properties: PropertyMap) -> None:
        """Whoever has it is signed out."""
        platforms.asgardeo.roles.delete(id)

    def uses(self, location: str, properties: PropertyMap, unknown: IsUnknown = known) -> list[Key]:
        """Its application, with which it goes."""
        application_id = properties.get("applicationId")
        return [] if application_id is None or unknown(application_id) else [(location, "Application", application_id)]

    def check_id(self, id: str) -> None:
        """It is a UUID."""
        check_asgardeo_id(id)


def _called(inputs: PropertyMap) -> str:
    """How a line calls a role, whose name is unique only where it belongs."""
    whose = f"of the application {inputs['applicationId']}" if "applicationId" in inputs else "of the organisation"
    return f"the role {inputs['name']} {whose}"


def _id_of(roles: Roles, inputs: PropertyMap) -> str | None:
    row = roles.find(inputs["name"], inputs.get("applicationId"))
    return row.id if row else None


def _shown(role: Role, wanted: Collection[str]) -> PropertyMap:
    """As inputs; users were read only where they are wanted."""
    if role.system_role:
        raise InvalidInput(
            "belongs to the system and cannot be managed",
            subject=f"The role {role.name} (id {role.id})",
            action="Choose another name; `get_role` finds it without managing it",
        )
    keys = set(RoleInputs.keys()) - ({"users"} - set(wanted))
    application = {"applicationId": role.application_id} if role.application_id else {}
    return {key: value for key, value in properties_of(role).items() if key in keys} | application


def _equals(role: Role | None, inputs: PropertyMap) -> bool:
    """Whether the role is what a POST of these inputs makes."""
    declared = RoleInputs.readable(inputs)
    return role is not None and project(RoleInputs, _shown(role, declared), declared) == declared


def _read(roles: Roles, id: str, wanted: Collection[str]) -> PropertyMap:
    found = roles.get(id, with_users="users" in wanted)
    if found is None:
        raise Gone("no longer exists", subject=f"The role {id}", action=REFRESH)
    return _shown(found, wanted)


def _operations(old: PropertyMap, new: PropertyMap) -> list[RoleOperation]:
    """From the old to the new: what is given before what is taken."""
    differing = changed(old, new)
    steps = [RoleOperation.rename(new["name"])] if "name" in differing else []
    if "permissions" in differing:
        steps.append(RoleOperation.permit(new["permissions"]))
    for part in ("groups", "users"):
        if part not in differing:
            continue
        before, after = set(old.get(part, [])), set(new[part])
        steps += [RoleOperation.give(part, sorted(after - before))] if after - before else []
        steps += [RoleOperation.take(part, gone) for gone in sorted(before - after)]
    return steps


def _reconcile(roles: Roles, id: str, old: PropertyMap, new: PropertyMap) -> None:
    """From the old to the new; where that meets another truth than the state's, from what there is."""
    steps = _operations(old, new)
    if not steps:
        return
    try:
        roles.change(id, steps)
    except (OutcomeUnknown, ApiProblem) as failure:
        refused = isinstance(failure, ApiProblem)
        if isinstance(failure, NotFound) or (refused and failure.status not in _STALE):
            raise
        rest = _operations(_read(roles, id, new), new)
        if refused and rest == steps:
            raise
        if rest:
            roles.change(id, rest)
