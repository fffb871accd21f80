"""A key manager: what has a gateway trust the tokens of an Asgardeo organisation."""

from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from ...clients.asgardeo import Endpoints
from ...naming import snake
from ...transport import ApiProblem, InvalidInput, MissingScope, Problem
from ..handler import CreateResult, ExportEntry, ReadResult, ResourceHandler, Unsupported
from ..idempotency import create_once, exists_already
from ..platforms import Platforms
from ..property_maps import changed, delta, project
from ..schema import WRITE_ONLY, IsUnknown, PropertyMap, known
from .declaration import KEY_MANAGER, KeyManagerEndpoints, KeyManagerInputs
from .selection import admin_of, no_admin

__all__ = ("KeyManager",)

_HIDDEN = "the API Portal does not list disabled key managers"


class KeyManager(ResourceHandler):
    """A key manager of a self-hosted API Manager or of the API Portal."""

    declaration = KEY_MANAGER
    location_output: ClassVar[str] = "portalOrganization"
    unique_inputs: ClassVar[tuple[str, ...]] = ("name",)

    def unsupported(self, platforms: Platforms, inputs: PropertyMap, unknown: IsUnknown = known) -> Iterator[Problem]:
        """All of it where no API makes key managers, and otherwise what cannot be kept there."""
        bijira = platforms.bijira
        if bijira.key_manager_admin is None:
            yield no_admin(bijira)
            return
        yield from _lacking(bijira.guidance.place, bijira.key_manager_admin.lacks, inputs, unknown)
        name = inputs.get("name")
        if name is not None and not unknown(name) and (wrong := bijira.key_manager_admin.wrong_name(name)):
            yield wrong

    def before_replacing(
        self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known
    ) -> None:
        """Refuse what a creation would be refused for, and a name that is taken, before the old one goes."""
        if not _holds_unknown(new, unknown):
            values = _values(platforms, {}, new) | {"endpoints": _endpoints(platforms, new, complete=True)}
            admin_of(platforms.bijira).judge(values)
        super().before_replacing(platforms, id, old, new, unknown)

    def create(self, platforms: Platforms, inputs: PropertyMap) -> CreateResult:
        """One POST. The name is the key by which a lost answer is looked up."""
        admin, place = admin_of(platforms.bijira), platforms.bijira.guidance.place
        _refuse_lacking(place, admin.lacks, inputs)
        values = _values(platforms, {}, inputs) | {"endpoints": _endpoints(platforms, inputs, complete=True)}
        admin.judge(values)
        census = platforms.censuses.of(self.name, lambda: (row["id"] for row in admin.all()))
        made = create_once(
            lambda: admin.create(values),
            lambda: admin.find(inputs["name"]),
            what=f"the key manager {inputs['name']}",
            is_ours=lambda found: not _differing(platforms, found, inputs),
            # a list without the disabled ones proves nothing of one that is disabled
            was_there=lambda found: (
                census.was_there(found["id"]) or not (admin.lists_disabled or found.get("enabled", True))
            ),
            taken=lambda found: exists_already(
                f"{place}: the key manager {inputs['name']}", found["id"], or_else="or choose another name"
            ),
            adopt=(lambda found: self._adopt(platforms, found, inputs)) if inputs.get("adopt") is True else None,
        )
        census.add(made.value["id"])
        return CreateResult(made.value["id"], _outputs(made.value))

    def _adopt(self, platforms: Platforms, found: PropertyMap, inputs: PropertyMap) -> PropertyMap:
        subject = f"The key manager {inputs['name']}"
        if found.get("type") == "default":
            raise InvalidInput(
                "is the platform's own and cannot be adopted", subject=subject, action="Choose another name"
            )
        if inputs.get("type", found.get("type")) != found.get("type"):
            raise InvalidInput(
                f"has the type {found['type']}, which cannot be changed",
                subject=subject,
                action="Declare that type to adopt it",
            )
        live = _shown(platforms, found, inputs)
        with self.adopting(platforms, found["id"], inputs):
            if not _differing(platforms, found, inputs) and "connector" not in inputs:
                return found
            return admin_of(platforms.bijira).change(found["id"], _values(platforms, live, inputs))

    def find(self, platforms: Platforms, inputs: PropertyMap) -> CreateResult | None:
        """By its name."""
        found = admin_of(platforms.bijira).find(inputs["name"])
        return CreateResult(found["id"], _outputs(found)) if found else None

    def listed(self, platforms: Platforms) -> Iterator[ExportEntry]:
        """All but the platform's own, where an API shows them to this token."""
        admin = platforms.bijira.key_manager_admin
        try:
            rows = admin.all() if admin else []
        except (ApiProblem, MissingScope) as refusal:
            if isinstance(refusal, ApiProblem) and refusal.status not in (401, 403):
                raise
            rows = []
            yield ExportEntry("of any name", why_not=str(refusal))
        yield from (ExportEntry(row["name"], row["id"]) for row in rows)
        if admin and not admin.lists_disabled:
            yield ExportEntry("that is disabled", why_not=f"{_HIDDEN}; declare it by its name with adopt=True")

    def read(
        self, platforms: Platforms, id: str, wanted: Collection[str], properties: PropertyMap
    ) -> ReadResult | None:
        """One GET."""
        found = admin_of(platforms.bijira).get(id)
        return ReadResult(_shown(platforms, found, properties), _outputs(found)) if found else None

    def change(self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap) -> PropertyMap:
        """Everything in one write, before which the whole is read where the platform replaces it whole."""
        admin = admin_of(platforms.bijira)
        _refuse_lacking(platforms.bijira.guidance.place, admin.lacks, new)
        if not changed(old, new) - {"adopt"}:
            return self.outputs_of(old)
        return _outputs(admin.change(id, _values(platforms, old, new)))

    def delete(self, platforms: Platforms, id: str, properties: PropertyMap) -> None:
        """One DELETE, once nothing is mapped under it."""
        admin_of(platforms.bijira).delete(id)

    def check_id(self, id: str) -> None:
        """It is the platform's own."""
        if not id.strip():
            raise InvalidInput(
                "is empty", subject="The id of a key manager", action="Give the one that the portal shows"
            )


def _lacking(
    place: str, lacks: frozenset[str], inputs: PropertyMap, unknown: IsUnknown = known
) -> Iterator[Unsupported]:
    """What cannot be kept there."""
    endpoints = inputs.get("endpoints", {})
    given = {*inputs, *(f"endpoints.{key}" for key in ({} if unknown(endpoints) else endpoints))}
    names = ", ".join(sorted(snake(key) for key in given & lacks))
    if names:
        yield Unsupported(f"key managers in the {place} have no such property", subject=names, action="Remove it")


def _refuse_lacking(place: str, lacks: frozenset[str], inputs: PropertyMap) -> None:
    """The same once every value is known, before anything is sent."""
    for unsupported in _lacking(place, lacks, inputs):
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


def _values(platforms: Platforms, old: PropertyMap, new: PropertyMap) -> PropertyMap:
    """What a back end is told: what changed, addresses for an organisation, and always the connector's settings and a
    declared `enabled`, without which one back end takes it for true."""
    values = {key: value for key, value in delta(old, new).items() if key not in ("organization", "adopt")}
    values |= {key: new[key] for key in ("enabled",) if key in new}
    if "organization" in changed(old, new):
        values["endpoints"] = _endpoints(platforms, new)
    if "enabled" in new:  # always said, for a back end may take silence for yes
        values["enabled"] = new["enabled"]
    if "connector" in new:
        gone: dict[str, Any] = {one["name"]: None for one in old.get("connector", [])}
        values["connector"] = gone | {one["name"]: one["value"] for one in new["connector"]}
    return values


def _shown(platforms: Platforms, found: PropertyMap, properties: PropertyMap) -> PropertyMap:
    """The document as inputs: a declared organisation while every address is its own, else the first that is not."""
    inputs = {key: value for key, value in found.items() if key != "id"}
    if "organization" in properties:
        own = _endpoints(platforms, properties)
        strange = [url for key, url in found["endpoints"].items() if url != own[key]]
        inputs["organization"] = strange[0] if strange else properties["organization"]
    return inputs


def _differing(platforms: Platforms, found: PropertyMap, inputs: PropertyMap) -> frozenset[str]:
    """Which declared properties the document has otherwise."""
    declared = {key: value for key, value in inputs.items() if key not in KeyManagerInputs.marked(WRITE_ONLY)}
    return changed(project(KeyManagerInputs, _shown(platforms, found, inputs), declared), declared)


def _outputs(found: PropertyMap) -> PropertyMap:
    keys = KeyManagerEndpoints.keys()
    return {key: found["endpoints"].get(key, "") for key in keys}
