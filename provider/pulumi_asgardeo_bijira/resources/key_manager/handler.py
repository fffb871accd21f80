"""A key manager: what has a gateway trust the tokens of an Asgardeo organisation.

create   One POST, looked up by the name where the answer is lost. Addresses that the program does not give follow from
         the organisation.
read     One GET. A declared organisation shows as it is while every address is its own.
update   One write, before which the whole is read where the platform replaces it whole.
delete   One DELETE, which the platform refuses as long as client ids are mapped under it.
"""

from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from ...clients.asgardeo import Endpoints
from ...clients.bijira import KeyManagerSettings, ManagedKeyManager
from ...naming import snake
from ...transport import InvalidInput, Problem
from ..handler import ResourceHandler, Unsupported
from ..idempotency import create_once, exists_already
from ..platforms import Platforms
from ..property_maps import changed, delta, project, properties_of
from ..results import CreateResult, ExportEntry, ReadResult, entries_shown
from ..schema import IsUnknown, PropertyMap, known
from .declaration import KEY_MANAGER, KeyManagerEndpoints, KeyManagerInputs
from .selection import admin_of, no_admin

__all__ = ("KeyManagerHandler",)

_HIDDEN = "the API Portal does not list disabled key managers"


class KeyManagerHandler(ResourceHandler):
    """A key manager of a self-hosted API Manager or of the API Portal."""

    declaration = KEY_MANAGER
    location_output: ClassVar[str] = "portalOrganization"
    unique_inputs: ClassVar[tuple[str, ...]] = ("name",)

    def scopes(self, platforms: Platforms, inputs: PropertyMap | None, unknown: IsUnknown = known) -> Iterator[str]:
        """An administrator's."""
        yield platforms.bijira.scopes.administration

    def unsupported(self, platforms: Platforms, inputs: PropertyMap, unknown: IsUnknown = known) -> Iterator[Problem]:
        """All of it where no API makes key managers, and otherwise what cannot be kept there."""
        bijira = platforms.bijira
        if bijira.key_manager_admin is None:
            yield no_admin(bijira)
            return
        yield from _unsupported(bijira.guidance.platform, bijira.key_manager_admin.lacks, inputs, unknown)
        name = inputs.get("name")
        if name is not None and not unknown(name) and (wrong := bijira.key_manager_admin.wrong_name(name)):
            yield wrong

    def before_replacing(
        self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known
    ) -> None:
        """Refuse what a creation would be refused for, and a name that is taken, before the old one goes."""
        if not _holds_unknown(new, unknown):
            admin_of(platforms.bijira).validate(_new_settings(platforms, new))
        super().before_replacing(platforms, id, old, new, unknown)

    def create(self, platforms: Platforms, inputs: PropertyMap) -> CreateResult:
        """Make it, with all that follows from its organisation."""
        admin, platform = admin_of(platforms.bijira), platforms.bijira.guidance.platform
        _refuse_unsupported(platform, admin.lacks, inputs)
        settings = _new_settings(platforms, inputs)
        admin.validate(settings)
        snapshot = platforms.snapshots.of(self.name, lambda: (row.id for row in admin.all()))
        made = create_once(
            lambda: admin.create(settings),
            lambda: admin.find(inputs["name"]),
            what=f"the key manager {inputs['name']}",
            is_ours=lambda found: not _differing(platforms, found, inputs),
            # a list without the disabled ones proves nothing of one that is disabled
            was_there=lambda found: (
                snapshot.was_there(found.id) or not (admin.lists_disabled or found.enabled is not False)
            ),
            taken=lambda found: exists_already(
                f"{platform}: the key manager {inputs['name']}",
                found.id,
                key="a name",
                shared_by="share this one, which `key_manager` of a client can name",
            ),
            adopt=(lambda found: self._adopt(platforms, found, inputs)) if inputs.get("adopt") is True else None,
        )
        snapshot.add(made.value.id)
        return CreateResult(made.value.id, _outputs(made.value))

    def _adopt(self, platforms: Platforms, found: ManagedKeyManager, inputs: PropertyMap) -> ManagedKeyManager:
        subject = f"The key manager {inputs['name']}"
        if found.type == "default":
            raise InvalidInput(
                "is the platform's own and cannot be adopted", subject=subject, action="Choose another name"
            )
        if inputs.get("type", found.type) != found.type:
            raise InvalidInput(
                f"has the type {found.type}, which cannot be changed",
                subject=subject,
                action="Declare that type to adopt it",
            )
        live = _shown(platforms, found, inputs)
        with self.adopting(platforms, found.id, inputs):
            if not _differing(platforms, found, inputs) and "connector" not in inputs:
                return found
            return admin_of(platforms.bijira).change(found.id, _settings(platforms, live, inputs))

    def find(self, platforms: Platforms, inputs: PropertyMap) -> CreateResult | None:
        """By its name."""
        found = admin_of(platforms.bijira).find(inputs["name"])
        return CreateResult(found.id, _outputs(found)) if found else None

    def listed(self, platforms: Platforms) -> Iterator[ExportEntry]:
        """All but the platform's own, where an API shows them to this token."""
        admin = platforms.bijira.key_manager_admin
        if admin is None:
            return
        yield from entries_shown(lambda: (ExportEntry(row.name, row.id) for row in admin.all()))
        if not admin.lists_disabled:
            yield ExportEntry("that is disabled", why_not=f"{_HIDDEN}; declare it by its name with adopt set to true")

    def read(
        self, platforms: Platforms, id: str, wanted: Collection[str], properties: PropertyMap
    ) -> ReadResult | None:
        """As the platform shows it."""
        found = admin_of(platforms.bijira).get(id)
        return ReadResult(_shown(platforms, found, properties), _outputs(found)) if found else None

    def unsettled(self, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known) -> frozenset[str]:
        """The addresses: of another organisation all, else those that are declared to be others."""
        differing, endpoints = changed(old, new), new.get("endpoints", {})
        if "organization" in differing or unknown(endpoints):
            return frozenset(KeyManagerEndpoints.keys())
        return changed(old, endpoints) if "endpoints" in differing else frozenset()

    def change(self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap) -> PropertyMap:
        """Everything in one write."""
        admin = admin_of(platforms.bijira)
        _refuse_unsupported(platforms.bijira.guidance.platform, admin.lacks, new)
        if not changed(old, new) - {"adopt"}:
            return self.outputs_of(old)
        return _outputs(admin.change(id, _settings(platforms, old, new)))

    def delete(self, platforms: Platforms, id: str, properties: PropertyMap) -> None:
        """Once nothing is mapped under it."""
        admin_of(platforms.bijira).delete(id)

    def check_id(self, id: str) -> None:
        """It is the platform's own."""
        if not id.strip():
            raise InvalidInput(
                "is empty", subject="The id of a key manager", action="Give the one that the portal shows"
            )


def _unsupported(
    platform: str, lacks: frozenset[str], inputs: PropertyMap, unknown: IsUnknown = known
) -> Iterator[Unsupported]:
    """What cannot be kept there."""
    endpoints = inputs.get("endpoints", {})
    given = {*inputs, *(f"endpoints.{key}" for key in ({} if unknown(endpoints) else endpoints))}
    names = ", ".join(sorted(f"`{key}`" for key in {snake(key) for key in given} & lacks))
    if names:
        yield Unsupported(f"key managers in the {platform} have no such property", subject=names, action="Remove it")


def _refuse_unsupported(platform: str, lacks: frozenset[str], inputs: PropertyMap) -> None:
    """The same once every value is known, before anything is sent."""
    for unsupported in _unsupported(platform, lacks, inputs):
        raise unsupported


def _holds_unknown(value: Any, unknown: IsUnknown) -> bool:
    if isinstance(value, dict):
        return any(_holds_unknown(item, unknown) for item in value.values())
    if isinstance(value, list):
        return any(_holds_unknown(item, unknown) for item in value)
    return unknown(value)


def _endpoints(platforms: Platforms, inputs: PropertyMap, *, complete: bool = False) -> PropertyMap:
    """The addresses that the inputs stand for; `complete` adds those that follow from an Asgardeo token endpoint."""
    if "organization" in inputs:
        return _of_tenant(platforms.settings.asgardeo.tenant_url_of(inputs["organization"]))
    declared: PropertyMap = inputs["endpoints"]
    tenant = declared["tokenEndpoint"].removesuffix("/oauth2/token")
    known = complete and tenant != declared["tokenEndpoint"] and "/t/" in tenant
    return (_of_tenant(tenant) if known else {}) | declared


def _of_tenant(tenant_url: str) -> PropertyMap:
    addresses = Endpoints(tenant_url)
    return {KeyManagerEndpoints.key(name): getattr(addresses, name) for name in KeyManagerEndpoints.model_fields}


def _new_settings(platforms: Platforms, inputs: PropertyMap) -> KeyManagerSettings:
    """All that a creation says."""
    endpoints = _endpoints(platforms, inputs, complete=True)
    return KeyManagerSettings.model_validate(_changes(platforms, {}, inputs) | {"endpoints": endpoints})


def _settings(platforms: Platforms, old: PropertyMap, new: PropertyMap) -> KeyManagerSettings:
    """What a change says."""
    return KeyManagerSettings.model_validate(_changes(platforms, old, new))


def _changes(platforms: Platforms, old: PropertyMap, new: PropertyMap) -> PropertyMap:
    """What changed, and always a declared `enabled`, since a back end may take silence for yes, and the connector's
    settings, which nobody can see."""
    changes = {key: value for key, value in delta(old, new).items() if key not in ("organization", "adopt")}
    changes |= {key: new[key] for key in ("enabled",) if key in new}
    if "organization" in changed(old, new):
        changes["endpoints"] = _endpoints(platforms, new)
    if "connector" in new:
        gone: dict[str, Any] = {one["name"]: None for one in old.get("connector", [])}
        changes["connector"] = gone | {one["name"]: one["value"] for one in new["connector"]}
    return changes


def _shown(platforms: Platforms, found: ManagedKeyManager, properties: PropertyMap) -> PropertyMap:
    """As inputs: a declared organisation while every address is its own, else the first that is not."""
    inputs = properties_of(found)
    if "organization" in properties:
        own = _endpoints(platforms, properties)
        strange = [url for key, url in inputs["endpoints"].items() if url != own[key]]
        inputs["organization"] = strange[0] if strange else properties["organization"]
    return inputs


def _differing(platforms: Platforms, found: ManagedKeyManager, inputs: PropertyMap) -> frozenset[str]:
    """Which declared properties it has otherwise."""
    declared = KeyManagerInputs.readable(inputs)
    return changed(project(KeyManagerInputs, _shown(platforms, found, inputs), declared), declared)


def _outputs(found: ManagedKeyManager) -> PropertyMap:
    return dict.fromkeys(KeyManagerEndpoints.keys(), "") | properties_of(found.endpoints)
