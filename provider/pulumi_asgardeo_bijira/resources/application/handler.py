"""An application in Asgardeo: what lies on itself, its OIDC part, and the APIs that it may call.

create   One POST of the application with its OIDC part, looked up by its name where the answer is lost; a PATCH for the
         logout return URL, which the POST ignores, alone: the server clears its cache before it writes, so whoever
         reads meanwhile fills it with what was. Then, all at once, a POST for each authorized API, which the server
         keeps apart, and a GET for the client id and secret that it made up, which also shows whether an older one
         dropped anything. What fails half-way is taken back.
read     A GET each of the application and its OIDC part, and one of its authorizations where they are declared, all at
         once; where many are read, the list of applications for all that declare no more of the first than it shows.
update   One PATCH for all that lies on the application. The OIDC part is replaced whole by the server, so it is read,
         changed and written back, and so are the claims. Then each authorization that changed. One after the other:
         each may take something from the application's roles. The secret is rotated last: only then has everything
         else been carried out.
delete   One DELETE; its authorizations go with it.
"""

from collections.abc import Collection, Iterator
from functools import partial
from typing import Any, ClassVar

from ...clients.asgardeo import Application, Applications, ApplicationSettings, Endpoints, Oidc
from ...transport import OIDC_VISIBLE, Gone, InvalidInput, NotFound, Seen, attempts, seen_together, together
from ..bursts import listed
from ..field_types import check_asgardeo_id
from ..handler import ResourceHandler, scopes_of_life, warn
from ..idempotency import create_once, exists_already, undoing
from ..losses import Loss
from ..ownership import Key, deleting_unused
from ..platforms import Platforms
from ..property_maps import changed, project, tidied
from ..results import CreateResult, ExportEntry, ReadResult
from ..schema import IsUnknown, PropertyMap, known
from ..withdrawals import WITHDRAWALS, withdrawn_from
from .authorized_apis import authorize, authorized_apis, change_authorized_apis, keys_of, scopes_to_authorize
from .conversion import as_listed, is_listed, is_public, oidc_settings, shown_properties, written_itself
from .declaration import APPLICATION, ASGARDEO_APPLICATION, OIDC, ApplicationInputs
from .defaults import without_defaults
from .rules import in_the_clear
from .secret_rotation import rotate
from .writing import change_itself, change_oidc, create, look_over

__all__ = ("ApplicationHandler",)


class ApplicationHandler(ResourceHandler):
    """An application of Asgardeo."""

    declaration = ASGARDEO_APPLICATION
    refers_to: ClassVar[tuple[str, ...]] = ("Api",)
    unique_inputs: ClassVar[tuple[str, ...]] = ("name",)

    def scopes(self, platforms: Platforms, inputs: PropertyMap | None, unknown: IsUnknown = known) -> Iterator[str]:
        """The secret's where there is one to see or to rotate, and those of the authorized APIs by whose they are."""
        declared = inputs or {}
        yield from scopes_of_life("internal_application_mgt", inputs)
        if not is_public(declared) or "secretRotation" in declared:
            yield "internal_application_mgt_client_secret_view"
        if "secretRotation" in declared:
            yield "internal_application_mgt_client_secret_create"
        yield from scopes_to_authorize(declared.get("authorizedApis"), unknown)

    def create(self, platforms: Platforms, inputs: PropertyMap) -> CreateResult:
        """Make it with all that is declared, or nothing."""
        applications = platforms.asgardeo.applications
        self._require_scopes(platforms, inputs)
        snapshot = platforms.snapshots.of(self.name, lambda: (row.id for row in applications.all()))
        with undoing() as undo:
            made = create_once(
                lambda: create(applications, inputs),
                lambda: _id_of(applications, inputs["name"]),
                what=f"the application {inputs['name']}",
                is_ours=lambda id: self._equals(platforms, id, inputs),
                was_there=snapshot.was_there,
                taken=lambda id: exists_already(
                    f"Asgardeo: the application {inputs['name']}",
                    id,
                    key="a name",
                    shared_by="share this one, which `get_application` finds",
                ),
                adopt=(lambda id: self._adopt(platforms, id, inputs)) if inputs.get("adopt") is True else None,
            )
            id = made.value  # noqa: A001
            snapshot.add(id)
            if not made.adopted:
                undo.push(f"the application {inputs['name']} with the id {id}", lambda: applications.delete(id))
                oidc = _completed(platforms, id, inputs)
            else:
                oidc = _oidc_once_shown(platforms, id)
            if not oidc.client_secret and not oidc.public_client:
                warn(
                    f"Asgardeo does not show the client secret of the application {inputs['name']}. "
                    "Grant internal_application_mgt_client_secret_view to the management application, then refresh"
                )
            return CreateResult(id, self._outputs(platforms, oidc, {}))

    @staticmethod
    def _require_scopes(platforms: Platforms, inputs: PropertyMap) -> None:
        """A creation of several requests whose scopes are known to be missing is not begun."""
        needed = ["internal_application_mgt_view"]
        if inputs.get("logoutReturnUrl") or inputs.get("authorizedApis"):
            needed += ["internal_application_mgt_update", "internal_application_mgt_delete"]  # to finish, or take back
        platforms.asgardeo.connection.require(*needed, doing=f"create the application {inputs['name']}")

    def _equals(self, platforms: Platforms, id: str, inputs: PropertyMap) -> bool:
        """Whether the application is what a POST of these inputs makes."""
        posted = ApplicationInputs.part(APPLICATION, inputs) | ApplicationInputs.part(OIDC, inputs)
        posted.pop("logoutReturnUrl", None)
        live = self.read(platforms, id, posted, inputs)
        return live is not None and project(ApplicationInputs, live.inputs, posted) == posted

    def _adopt(self, platforms: Platforms, id: str, inputs: PropertyMap) -> str:
        wanted = {key: value for key, value in inputs.items() if key != "secretRotation"}
        live = self.read(platforms, id, wanted, inputs)
        if live is None:
            raise Gone(
                "vanished while it was adopted",
                subject=f"The application {inputs['name']}",
                action="Run pulumi up again",
            )
        with self.adopting(platforms, id, inputs):
            self.change(platforms, id, {**live.inputs, **live.outputs}, wanted)
        return id

    def find(self, platforms: Platforms, inputs: PropertyMap) -> CreateResult | None:
        """By its name."""
        found = _id_of(platforms.asgardeo.applications, inputs["name"])
        return CreateResult(found) if found else None

    def listed(self, platforms: Platforms) -> Iterator[ExportEntry]:
        """The organisation's own. One that shows no client id is asked for it by itself."""
        applications = platforms.asgardeo.applications
        for row in applications.with_clients():
            if row.client_id or applications.oidc(row.id):
                yield ExportEntry(row.name, row.id)
            else:
                yield ExportEntry(row.name, why_not="it has no OpenID Connect part")

    def declared(self, platforms: Platforms, id: str, shown: PropertyMap) -> PropertyMap:
        """Without what every application of its type has."""
        return without_defaults(tidied(shown))

    def written(self, shape: Any, document: PropertyMap, inputs: PropertyMap) -> PropertyMap | None:
        """The application and its OIDC part."""
        if shape is Oidc:
            return oidc_settings(inputs).written()
        return written_itself(inputs) if shape is Application else None

    def lost(self, seen: Seen, inputs: PropertyMap) -> Iterator[Loss]:
        """Not the organisation's login flow, which is no part of it."""
        own = [(shape, shape.own(document) if shape is Application else document) for shape, document in seen]
        return super().lost(own, inputs)

    def kind_of(self, shape: Any, inputs: PropertyMap) -> str:
        """New ones of each type differ."""
        return f"{super().kind_of(shape, inputs)} {inputs['applicationType']}"

    def referred_as(self, id: str, outputs: PropertyMap) -> dict[str, str]:
        """By its client id, too."""
        return {id: "id"} | ({outputs["clientId"]: "client_id"} if outputs.get("clientId") else {})

    def read(
        self, platforms: Platforms, id: str, wanted: Collection[str], properties: PropertyMap
    ) -> ReadResult | None:
        """The application, its OIDC part, and the authorized APIs where they are wanted."""
        seen = _seen(platforms, id, wanted, properties, by_list=bool(properties) and is_listed(properties))
        if seen is None:
            return None
        found, oidc, authorized = seen
        if not found.is_own:
            raise InvalidInput(
                "belongs to the system and cannot be managed",
                subject=f"The application {found.name}",
                action="Choose another name",
            )
        inputs = shown_properties(found, oidc, properties)
        if authorized is not None:
            inputs["authorizedApis"] = authorized
        return ReadResult(inputs, self._outputs(platforms, oidc, properties))

    def change(self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap) -> PropertyMap:
        """Each part by what changed in it."""
        applications, outputs = platforms.asgardeo.applications, self.outputs_of(old)
        change_itself(applications, id, old, new)
        if not change_oidc(applications, id, old, new):
            outputs = self._outputs(platforms, _oidc_once_shown(platforms, id), old)
        if "authorizedApis" in changed(old, new):
            change_authorized_apis(platforms.asgardeo, id, old.get("authorizedApis"), new["authorizedApis"])
        if "secretRotation" in changed(old, new):
            outputs["clientSecret"] = rotate(platforms, id, outputs.get("clientSecret"))
        return outputs

    def known_before(self, platforms: Platforms, inputs: PropertyMap) -> PropertyMap:
        """The addresses follow from the organisation."""
        found = super().known_before(platforms, inputs)
        return found | _addresses(Endpoints(platforms.settings.asgardeo.tenant_url)) if found else {}

    def unsettled(self, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known) -> frozenset[str]:
        """A rotated secret; and where the OIDC part has gone, a new one has another client."""
        if "clientId" not in old:
            return frozenset({"clientId", "clientSecret"})
        return frozenset({"clientSecret"} if "secretRotation" in changed(old, new) else ())

    def cautions(self, inputs: PropertyMap, unknown: IsUnknown = known) -> Iterator[str]:
        """Callbacks that anybody on the way can read."""
        for url in in_the_clear(inputs.get("callbackUrls")):
            name = "" if unknown(inputs["name"]) else f" {inputs['name']}"
            yield (
                f"The application{name} has {url} among its `callback_urls`: whoever is on the way reads the codes "
                "that are sent there. Use https; http is for this machine alone, as in http://localhost:3000/callback"
            )

    def change_planned(self, location: str, id: str, old: PropertyMap, new: PropertyMap, *, replaced: bool) -> None:
        """The scopes that it is no longer authorized for: its roles lose them."""
        WITHDRAWALS.plan(location, withdrawn_from(old, new), application_id=id)

    def warnings(self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap) -> Iterator[str]:
        """Its own roles go when the organisation's are to count instead."""
        audiences = old.get("allowedAudience"), new.get("allowedAudience")
        if audiences == ("APPLICATION", "ORGANIZATION") and platforms.settings.asgardeo.warns_of_roles:
            yield (
                f"{self.named(id, old)} gets the `allowed_audience` ORGANIZATION, and Asgardeo then deletes the roles "
                "of the application for good, with all that they were given to. Keep APPLICATION to keep them; to "
                f"switch this warning off: {platforms.settings.asgardeo.how_to_switch_off('role_warnings')}"
            )

    def delete(self, platforms: Platforms, id: str, properties: PropertyMap) -> None:
        """The authorizations go with it; not while the program keeps a role of it, which would go as well."""
        with deleting_unused(
            (platforms.location(self.platform), self.name, id),
            f"Asgardeo: the application {self.label(properties)} (id {id})",
            used="is a role of it and would go with it",
            action="Remove that resource as well, or have its `application_id` refer to the resource that makes the "
            "application",
        ):
            platforms.asgardeo.applications.delete(id)

    def uses(self, location: str, properties: PropertyMap, unknown: IsUnknown = known) -> list[Key]:
        """The APIs and the scopes that it is authorized for: an authorization goes with its API, and a scope of it with
        that API's scope."""
        return keys_of(location, properties.get("authorizedApis"), unknown)

    def check_id(self, id: str) -> None:
        """It is a UUID."""
        check_asgardeo_id(id)

    @staticmethod
    def _outputs(platforms: Platforms, oidc: Oidc | None, properties: PropertyMap) -> PropertyMap:
        """A secret that the platform does not show keeps its old value."""
        outputs = {
            "clientId": oidc.client_id if oidc else None,
            "clientSecret": (oidc and oidc.client_secret) or properties.get("clientSecret"),
            **_addresses(platforms.asgardeo.endpoints),
        }
        return {key: value for key, value in outputs.items() if value is not None}


def _addresses(endpoints: Endpoints) -> PropertyMap:
    return {
        "issuer": endpoints.issuer,
        "tokenEndpoint": endpoints.token_endpoint,
        "jwksEndpoint": endpoints.jwks_endpoint,
    }


def _completed(platforms: Platforms, id: str, inputs: PropertyMap) -> Oidc:
    """Send what a new application is declared to have besides, and return its OIDC part, which has all that is declared
    of it."""
    applications = platforms.asgardeo.applications
    if inputs.get("logoutReturnUrl"):
        applications.change(id, ApplicationSettings.model_validate({"logoutReturnUrl": inputs["logoutReturnUrl"]}))
    _, oidc = together(
        lambda: together(
            *(partial(authorize, platforms.asgardeo, id, one) for one in inputs.get("authorizedApis", []))
        ),
        lambda: _oidc_once_shown(platforms, id),
    )
    look_over(oidc, inputs)
    _warn_of_certificate(inputs)
    return oidc


def _seen(
    platforms: Platforms, id: str, wanted: Collection[str], declared: PropertyMap, *, by_list: bool
) -> tuple[Application, Oidc | None, list[PropertyMap] | None] | None:
    """What there is to read, in one round trip; of the application itself what a list shows, where it may."""
    applications, authorizations = platforms.asgardeo.applications, declared.get("authorizedApis")

    def itself() -> tuple[Application, bool] | None:
        row = listed("Application", id, applications.listed) if by_list else None
        shown = as_listed(row, declared) if row else None
        found = shown or applications.get(id)
        return (found, shown is not None) if found else None

    try:
        seen = seen_together(
            itself,
            lambda: applications.oidc(id),
            lambda: authorized_apis(applications, id, authorizations) if "authorizedApis" in wanted else None,
        )
    except NotFound:
        if not by_list:
            raise
        return _seen(platforms, id, wanted, declared, by_list=False)  # it may have gone since it was listed
    if seen is None:
        return None
    (found, is_row), oidc, authorized = seen
    if is_row and oidc is None:  # the same
        return _seen(platforms, id, wanted, declared, by_list=False)
    return found, oidc, authorized


def _warn_of_certificate(inputs: PropertyMap) -> None:
    """Where one is not declared it may still be set by hand, so that is no error."""
    reason = "" if "certificate" in inputs else ApplicationInputs.model_validate(inputs).needs_certificate
    if reason:
        warn(f"The application {inputs['name']} has {reason}, which needs a certificate: declare certificate too")


def _id_of(applications: Applications, name: str) -> str | None:
    row = applications.find(name)
    return row.id if row else None


def _oidc_once_shown(platforms: Platforms, id: str) -> Oidc:
    """The OIDC part that was written a moment ago: a server that does not know of it yet is asked again."""
    for _ in attempts(OIDC_VISIBLE, platforms.asgardeo.connection.clock):
        oidc = platforms.asgardeo.applications.oidc(id)
        if oidc is not None:
            return oidc
    raise Gone(
        f"does not show the OIDC part of the application {id} that was made",
        subject="Asgardeo",
        action="Run pulumi up again",
    )
