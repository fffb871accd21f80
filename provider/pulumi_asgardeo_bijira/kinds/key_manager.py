"""A key manager: what has a gateway trust the tokens of an Asgardeo organisation."""

import re
from collections.abc import Collection, Iterator
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator

from ..asgardeo import Addresses
from ..http import AlreadyExists, ApiProblem, InvalidInput, MissingScope
from ..naming import snake
from .bags import changed, delta, project
from .declaring import (
    REPLACES,
    SECRET,
    WRITE_ONLY,
    Bag,
    Complaint,
    Flag,
    Inputs,
    IsUnknown,
    KeyedBy,
    Name,
    Outputs,
    Prose,
    Text,
    at_most,
    known,
)
from .key_managers import admin_of, no_admin
from .kind import Kind, Listed, Live, Made
from .making import RENAMED, create_once
from .platforms import Platforms

__all__ = ("KeyManager", "KeyManagerInputs")

_HIDDEN = "the API Portal does not list disabled key managers"
_ORGANIZATION = re.compile(r"[A-Za-z0-9._-]+")


def _organization(name: str) -> str:
    if not _ORGANIZATION.fullmatch(name):
        raise ValueError("may hold letters, digits, dots, hyphens and underscores only")
    return name


def _address(url: str) -> str:
    if not re.fullmatch(r"https?://[^/\s][^\s<>\"\\^`{|}]*", url):
        raise ValueError("is not an absolute URL such as https://api.asgardeo.io/t/acme/oauth2/token")
    return url


OrganizationName = Annotated[Name, AfterValidator(lambda name: _organization(name) if isinstance(name, str) else name)]
Address = Annotated[Name, AfterValidator(lambda url: _address(url) if isinstance(url, str) else url)]


class KeyManagerEndpoints(Inputs):
    """Where an identity provider is reached, each by its address."""

    token_endpoint: Address
    """URL that tokens are fetched from. Of an Asgardeo organisation it is all that is needed: at creation the others
    follow from it. Changes in place."""

    issuer: Address | None = None
    """What tokens have as `iss`. A gateway knows one key manager for each issuer. Not in the API Portal. Changes in
    place."""

    jwks_endpoint: Address | None = None
    """URL of the keys that tokens are signed with. Not in the API Portal. Changes in place."""

    authorize_endpoint: Address | None = None
    """URL that people sign in at. Not in the API Portal. Changes in place."""

    revoke_endpoint: Address | None = None
    """URL that tokens are revoked at. Not in the API Portal. Changes in place."""


class ConnectorSetting(Inputs):
    """A setting of the connector through which the API Manager talks to the identity provider."""

    name: Name
    """Name of the setting, as the connector knows it, such as `mgmt_client_id`. A change removes one setting and adds
    another."""

    value: Text
    """Its value. Changes in place."""


class KeyManagerInputs(Inputs):
    """The inputs of a key manager."""

    name: Annotated[Name, at_most(100), REPLACES]
    """Name of the key manager, up to 100 characters, unique. In the API Portal it is the key manager's id, of letters,
    digits, `_` and `-`. Default: the resource's name. A change replaces the key manager."""

    organization: OrganizationName | None = None
    """Name of the Asgardeo organisation that it stands for, in the region of `asgardeo:baseUrl`: all addresses follow
    from it. In place of `endpoints`. Changes in place."""

    endpoints: KeyManagerEndpoints | None = None
    """Addresses of the identity provider, in place of `organization`. Changes in place."""

    display_name: Annotated[Name, at_most(100)] | None = None
    """Name that people are shown, up to 100 characters. A new key manager has `name`. Changes in place."""

    description: Annotated[Prose, at_most(256)] | None = None
    """What it is for, up to 256 characters. Not in the API Portal. Changes in place."""

    enabled: Flag | None = None
    """Whether clients can be mapped under it and their tokens are taken. A new key manager is enabled. Changes in
    place."""

    type: Annotated[Name | None, at_most(45), REPLACES] = None
    """Type of the connector, which must be installed in the API Manager: `Asgardeo`, `WSO2-IS-7` and others. A new key
    manager has `Asgardeo`. Not in the API Portal. A change replaces the key manager."""

    connector: Annotated[list[ConnectorSetting] | None, KeyedBy("name"), SECRET, WRITE_ONLY] = None
    """Settings of the connector. That for Asgardeo needs `mgmt_client_id` and `mgmt_client_secret`, of an application
    in Asgardeo with the right to manage clients; the settings that follow from the organisation are added. They are not
    shown again, so what somebody else changes in them is not seen. Not in the API Portal. Changes in place."""

    consumer_key_claim: Name | None = None
    """Claim of a token that has the client id. A new key manager has `azp`. Not in the API Portal. Changes in place."""

    scopes_claim: Name | None = None
    """Claim of a token that has its scopes. A new key manager has `scope`. Not in the API Portal. Changes in place."""

    available_grant_types: Annotated[list[Name] | None, KeyedBy()] = None
    """Grants that the developer portal shows. A new key manager has `authorization_code`, `client_credentials`,
    `password` and `refresh_token`. Not in the API Portal. Changes in place."""

    provisioned_app_validation: Flag | None = None
    """Whether a client and its secret are looked up in Asgardeo when it is mapped, so that `BijiraApplicationClient`
    needs `client_secret`. A new key manager has false. Not in the API Portal. Changes in place."""

    adopt: Annotated[Flag | None, WRITE_ONLY] = None
    """Take over the key manager that already has this name instead of failing. Default: false. Matters at creation
    only."""

    def complaints(self, unknown: IsUnknown) -> Iterator[Complaint]:
        """One form or the other."""
        if self.organization is None and self.endpoints is None:
            yield "organization", "is required where there are no endpoints"
        elif self.organization is not None and self.endpoints is not None:
            yield "organization", "is given together with endpoints; keep one of the two forms"


class KeyManagerOutputs(Outputs):
    """What a key manager computes."""

    portal_organization: str
    """Where it lives: the id of the Bijira organisation, or the portal's address where it has none."""

    issuer: str
    """What tokens have as `iss`. Empty in the API Portal, which does not keep it."""

    token_endpoint: str
    """URL that tokens are fetched from."""

    jwks_endpoint: str
    """URL of the keys that tokens are signed with. Empty in the API Portal."""

    authorize_endpoint: str
    """URL that people sign in at. Empty in the API Portal."""

    revoke_endpoint: str
    """URL that tokens are revoked at. Empty in the API Portal."""


class KeyManager(Kind):
    """A key manager of a self-hosted API Manager or of the API Portal."""

    name: ClassVar[str] = "KeyManager"
    type_name: ClassVar[str] = "bijira:KeyManager"
    title: ClassVar[str] = "key manager"
    inputs = KeyManagerInputs
    outputs = KeyManagerOutputs
    home_output: ClassVar[str] = "portalOrganization"
    unique_inputs: ClassVar[tuple[str, ...]] = ("name",)

    def lacking(self, platforms: Platforms, inputs: Bag, unknown: IsUnknown = known) -> Iterator[str]:
        """All of it where no API makes key managers, and otherwise what cannot be kept there."""
        bijira = platforms.bijira
        if bijira.key_manager_admin is None:
            yield no_admin(bijira)
            return
        if lacking := _lacking(bijira.guidance.place, bijira.key_manager_admin.lacks, inputs, unknown):
            yield lacking
        name = inputs.get("name")
        if name is not None and not unknown(name) and (wrong := bijira.key_manager_admin.wrong_name(name)):
            yield wrong

    def before_replacing(self, platforms: Platforms, id: str, old: Bag, new: Bag, unknown: IsUnknown = known) -> None:
        """Refuse what a creation would be refused for, and a name that is taken, before the old one goes."""
        if not _holds_unknown(new, unknown):
            values = _values(platforms, {}, new) | {"endpoints": _endpoints(platforms, new, complete=True)}
            admin_of(platforms.bijira).judge(values)
        super().before_replacing(platforms, id, old, new, unknown)

    def create(self, platforms: Platforms, inputs: Bag) -> Made:
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
            taken=lambda found: AlreadyExists(
                f"{place}: the key manager {inputs['name']} exists already, its id is {found['id']}. {RENAMED}. If "
                "nothing here manages it, set adopt=True to take it over, or choose another name"
            ),
            adopt=(lambda found: self._adopt(platforms, found, inputs)) if inputs.get("adopt") is True else None,
        )
        census.add(made.value["id"])
        return Made(made.value["id"], _outputs(made.value))

    def _adopt(self, platforms: Platforms, found: Bag, inputs: Bag) -> Bag:
        if found.get("type") == "default":
            raise InvalidInput(f"The key manager {inputs['name']} is the platform's own and cannot be adopted")
        if inputs.get("type", found.get("type")) != found.get("type"):
            raise InvalidInput(
                f"The key manager {inputs['name']} has the type {found['type']}, which cannot be changed. Declare that "
                "type to adopt it"
            )
        live = _shown(platforms, found, inputs)
        with self.taking_over(platforms, found["id"], inputs):
            if not _differing(platforms, found, inputs) and "connector" not in inputs:
                return found
            return admin_of(platforms.bijira).change(found["id"], _values(platforms, live, inputs))

    def find(self, platforms: Platforms, inputs: Bag) -> Made | None:
        """By its name."""
        found = admin_of(platforms.bijira).find(inputs["name"])
        return Made(found["id"], _outputs(found)) if found else None

    def listed(self, platforms: Platforms) -> Iterator[Listed]:
        """All but the platform's own, where an API shows them to this token."""
        admin = platforms.bijira.key_manager_admin
        try:
            rows = admin.all() if admin else []
        except (ApiProblem, MissingScope) as refusal:
            if isinstance(refusal, ApiProblem) and refusal.status not in (401, 403):
                raise
            rows = []
            yield Listed("of any name", why_not=str(refusal))
        yield from (Listed(row["name"], row["id"]) for row in rows)
        if admin and not admin.lists_disabled:
            yield Listed("that is disabled", why_not=f"{_HIDDEN}; declare it by its name with adopt=True")

    def read(self, platforms: Platforms, id: str, wanted: Collection[str], bag: Bag) -> Live | None:
        """One GET."""
        found = admin_of(platforms.bijira).get(id)
        return Live(_shown(platforms, found, bag), _outputs(found)) if found else None

    def change(self, platforms: Platforms, id: str, old: Bag, new: Bag) -> Bag:
        """Everything in one write, before which the whole is read where the platform replaces it whole."""
        admin = admin_of(platforms.bijira)
        _refuse_lacking(platforms.bijira.guidance.place, admin.lacks, new)
        if not changed(old, new) - {"adopt"}:
            return self.outputs_of(old)
        return _outputs(admin.change(id, _values(platforms, old, new)))

    def delete(self, platforms: Platforms, id: str, bag: Bag) -> None:
        """One DELETE, once nothing is mapped under it."""
        admin_of(platforms.bijira).delete(id)

    def check_id(self, id: str) -> None:
        """It is the platform's own."""
        if not id.strip():
            raise InvalidInput("The id of a key manager is empty")


def _lacking(place: str, lacks: frozenset[str], inputs: Bag, unknown: IsUnknown = known) -> str:
    """What cannot be kept there, in a line."""
    endpoints = inputs.get("endpoints", {})
    given = {*inputs, *(f"endpoints.{key}" for key in ({} if unknown(endpoints) else endpoints))}
    names = ", ".join(sorted(snake(key) for key in given & lacks))
    return f"{names}: key managers in the {place} have no such property. Remove it" if names else ""


def _refuse_lacking(place: str, lacks: frozenset[str], inputs: Bag) -> None:
    """The same once every value is known, before anything is sent."""
    if found := _lacking(place, lacks, inputs):
        raise InvalidInput(found)


def _holds_unknown(value: Any, unknown: IsUnknown) -> bool:
    if isinstance(value, dict):
        return any(_holds_unknown(item, unknown) for item in value.values())
    if isinstance(value, list):
        return any(_holds_unknown(item, unknown) for item in value)
    return unknown(value)


def _endpoints(platforms: Platforms, inputs: Bag, *, complete: bool = False) -> Bag:
    """The addresses that the inputs stand for; `complete` adds those that follow from an Asgardeo token endpoint."""
    if "organization" in inputs:
        return _of_tenant(platforms.settings.asgardeo.tenant_url_of(inputs["organization"]))
    declared: Bag = inputs["endpoints"]
    tenant = declared["tokenEndpoint"].removesuffix("/oauth2/token")
    known = complete and tenant != declared["tokenEndpoint"] and "/t/" in tenant
    return (_of_tenant(tenant) if known else {}) | declared


def _of_tenant(tenant_url: str) -> Bag:
    addresses = Addresses(tenant_url)
    return {KeyManagerEndpoints.key(name): getattr(addresses, name) for name in KeyManagerEndpoints.model_fields}


def _values(platforms: Platforms, old: Bag, new: Bag) -> Bag:
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


def _shown(platforms: Platforms, found: Bag, bag: Bag) -> Bag:
    """The document as inputs: a declared organisation while every address is its own, else the first that is not."""
    inputs = {key: value for key, value in found.items() if key != "id"}
    if "organization" in bag:
        own = _endpoints(platforms, bag)
        strange = [url for key, url in found["endpoints"].items() if url != own[key]]
        inputs["organization"] = strange[0] if strange else bag["organization"]
    return inputs


def _differing(platforms: Platforms, found: Bag, inputs: Bag) -> frozenset[str]:
    """Which declared properties the document has otherwise."""
    declared = {key: value for key, value in inputs.items() if key not in KeyManagerInputs.marked(WRITE_ONLY)}
    return changed(project(KeyManagerInputs, _shown(platforms, found, inputs), declared), declared)


def _outputs(found: Bag) -> Bag:
    keys = KeyManagerEndpoints.keys()
    return {key: found["endpoints"].get(key, "") for key in keys}
