"""An application in Asgardeo: its OIDC part, and the APIs that it may call."""

from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from ...clients.asgardeo import Applications, Oidc
from ...clients.asgardeo.wire import application_from_wire, application_to_wire, oidc_from_wire, oidc_to_wire
from ...transport import AlreadyExists, ApiProblem, Conflict, Gone, InvalidInput, OutcomeUnknown, Problem, waited
from ..api.handler import scope_key
from ..asgardeo_types import check_asgardeo_id
from ..handler import REFRESH, CreateResult, ExportEntry, ReadResult, ResourceHandler, warn
from ..idempotency import create_once, exists_already, undoing
from ..ownership import Key
from ..platforms import Platforms
from ..property_maps import changed, delta, overlay, project
from ..schema import IsUnknown, PropertyMap, known
from .declaration import APPLICATION, ASGARDEO_APPLICATION, OIDC, TYPES, ApplicationInputs

__all__ = ("Application",)

#: Seconds between attempts to read what was written a moment ago.
_PATIENCE = (0.5, 1, 2, 4, 8)

#: The same, after a rotation whose answer was lost: it is asked for again only when it was not carried out.
_ROTATED = (0.5, 1, 2)

#: Refusals that say: the authorizations are not what the state says.
_STALE = frozenset({"APP-60508", "APP-60510"})
#: What the server shows of the OIDC part and does not take back.
_NOT_WRITTEN = ("state", "clientSecret", "clientSecretExpiresAt", "multipleClientSecretsConfigured")


class Application(ResourceHandler):
    """An application of Asgardeo."""

    declaration = ASGARDEO_APPLICATION
    refers_to: ClassVar[tuple[str, ...]] = ("Api",)
    unique_inputs: ClassVar[tuple[str, ...]] = ("name",)

    def create(self, platforms: Platforms, inputs: PropertyMap) -> CreateResult:
        """POST, PATCH for what a POST ignores, POST per authorized API, GET for what the server made up."""
        applications = platforms.asgardeo.applications
        self._refuse_what_it_cannot_finish(platforms, inputs)
        census = platforms.censuses.of(self.name, lambda: (row.id for row in applications.all()))
        with undoing() as undo:
            made = create_once(
                lambda: applications.create(_body(inputs)),
                lambda: _id_of(applications, inputs["name"]),
                what=f"the application {inputs['name']}",
                is_ours=lambda id: self._equals(platforms, id, inputs),
                was_there=census.was_there,
                taken=lambda id: exists_already(
                    f"Asgardeo: the application {inputs['name']}", id, or_else="or choose another name"
                ),
                adopt=(lambda id: self._adopt(platforms, id, inputs)) if inputs.get("adopt") is True else None,
            )
            id = made.value  # noqa: A001
            census.add(id)
            if not made.adopted:
                undo.push(f"the application {inputs['name']} with the id {id}", lambda: applications.delete(id))
                if inputs.get("logoutReturnUrl"):
                    applications.change(id, {"logoutReturnUrl": inputs["logoutReturnUrl"]})
                for authorized in inputs.get("authorizedApis", []):
                    _authorize(applications, id, authorized)
            document = _settled_oidc(platforms, id)
            if not document.client_secret and not document.public_client:
                warn(
                    f"Asgardeo does not show the client secret of the application {inputs['name']}. "
                    "Grant internal_application_mgt_client_secret_view to the management application, then refresh"
                )
            return CreateResult(id, self._outputs(platforms, document, {}))

    @staticmethod
    def _refuse_what_it_cannot_finish(platforms: Platforms, inputs: PropertyMap) -> None:
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
        """The organisation's own."""
        applications = platforms.asgardeo.applications
        for row in applications.all():
            if applications.oidc(row.id) is None:
                yield ExportEntry(row.name, why_not="it has no OpenID Connect part")
            else:
                yield ExportEntry(row.name, row.id)

    def referred_as(self, id: str, outputs: PropertyMap) -> dict[str, str]:
        """By its client id, too."""
        return {id: "id"} | ({outputs["clientId"]: "client_id"} if outputs.get("clientId") else {})

    def read(
        self, platforms: Platforms, id: str, wanted: Collection[str], properties: PropertyMap
    ) -> ReadResult | None:
        """GET the application and its OIDC part; the authorized APIs where they are declared."""
        applications = platforms.asgardeo.applications
        found = applications.get(id)
        if found is None:
            return None
        if not found.is_own:
            raise InvalidInput(
                "belongs to the system and cannot be managed",
                subject=f"The application {found.name}",
                action="Choose another name",
            )
        inputs = application_from_wire(found)
        inputs["claims"] = _without_own_mappings(inputs["claims"], properties.get("claims") or {})
        inputs["applicationType"] = properties.get("applicationType") or _type_of(found.template_id)
        document = applications.oidc(id)
        if document is not None:
            inputs |= oidc_from_wire(document, properties)
        if "authorizedApis" in wanted:
            inputs["authorizedApis"] = _authorized(applications, id)
        return ReadResult(inputs, self._outputs(platforms, document, properties))

    def change(self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap) -> PropertyMap:
        """Each part by what changed in it. The secret comes last: only then has everything else been carried out."""
        applications = platforms.asgardeo.applications
        outputs = self.outputs_of(old)
        self._change_top_level(applications, id, old, new)
        if self._change_oidc(applications, id, old, new):
            outputs = self._outputs(platforms, _settled_oidc(platforms, id), old)
        if "authorizedApis" in changed(old, new):
            _change_authorized(applications, id, old.get("authorizedApis"), new["authorizedApis"])
        if "secretRotation" in changed(old, new):
            outputs["clientSecret"] = _rotate(platforms, id, outputs.get("clientSecret"))
        return outputs

    @staticmethod
    def _change_top_level(applications: Applications, id: str, old: PropertyMap, new: PropertyMap) -> None:
        body = delta(ApplicationInputs.part(APPLICATION, old), ApplicationInputs.part(APPLICATION, new))
        if "claims" in body:
            found = applications.get(id)
            if found is None:
                raise Gone("no longer exists", subject=f"The application {id}", action=REFRESH)
            live = application_from_wire(found)["claims"]
            body["claims"] = _without_own_mappings(overlay(live, body["claims"]), body["claims"])
        if body:
            applications.change(id, application_to_wire(body))

    @staticmethod
    def _change_oidc(applications: Applications, id: str, old: PropertyMap, new: PropertyMap) -> bool:
        """Lay what changed over the live document. Whether the OIDC part had to be made anew."""
        parts = delta(ApplicationInputs.part(OIDC, old), ApplicationInputs.part(OIDC, new))
        if not parts:
            return False
        document = applications.oidc(id)
        if document is None:
            applications.replace_oidc(id, _oidc_body(new))
            return True
        kept = {key: value for key, value in document.whole().items() if value is not None and key not in _NOT_WRITTEN}
        applications.replace_oidc(id, overlay(kept, oidc_to_wire(parts)))
        return False

    def delete(self, platforms: Platforms, id: str, properties: PropertyMap) -> None:
        """One DELETE; the authorizations go with it."""
        platforms.asgardeo.applications.delete(id)

    def uses(self, location: str, properties: PropertyMap, unknown: IsUnknown = known) -> list[Key]:
        """The APIs and the scopes that it is authorized for: an authorization goes with its API, and a scope of it with
        that API's scope."""
        declared = properties.get("authorizedApis")
        rows = [row for row in declared if not unknown(row)] if isinstance(declared, list) else []
        found: list[Key] = []
        for row in rows:
            api_id, scopes = row.get("apiId"), row.get("scopes")
            if isinstance(api_id, str) and not unknown(api_id):
                names = [name for name in scopes if isinstance(name, str)] if isinstance(scopes, list) else []
                found += [
                    (location, "Api", api_id),
                    *(scope_key(location, api_id, name) for name in names if not unknown(name)),
                ]
        return found

    def check_id(self, id: str) -> None:
        """It is a UUID."""
        check_asgardeo_id(id)

    @staticmethod
    def _outputs(platforms: Platforms, document: Oidc | None, properties: PropertyMap) -> PropertyMap:
        """A secret that the platform does not show keeps its old value."""
        addresses = platforms.asgardeo.endpoints
        outputs = {
            "clientId": document.client_id if document else None,
            "clientSecret": (document and document.client_secret) or properties.get("clientSecret"),
            "issuer": addresses.issuer,
            "tokenEndpoint": addresses.token_endpoint,
            "jwksEndpoint": addresses.jwks_endpoint,
        }
        return {key: value for key, value in outputs.items() if value is not None}


def _without_own_mappings(claims: PropertyMap, declared: PropertyMap) -> PropertyMap:
    """The claims without the mappings that nobody made, which follow from the requested claims.

    Asgardeo shows each requested claim as mapped to itself, and drops one that such mappings, sent back, do not name.
    """
    mappings = claims.get("claimMappings") or []
    if "claimMappings" in declared or any(one["applicationClaim"] != one["localClaim"] for one in mappings):
        return claims
    return {key: value for key, value in claims.items() if key != "claimMappings"}


def _id_of(applications: Applications, name: str) -> str | None:
    row = applications.find(name)
    return row.id if row else None


def _settled_oidc(platforms: Platforms, id: str) -> Oidc:
    """The OIDC part that was written a moment ago: a server that does not know of it yet is asked again."""
    clock = platforms.asgardeo.connection.clock
    for seconds in (*_PATIENCE, None):
        document = platforms.asgardeo.applications.oidc(id)
        if document is not None:
            return document
        if seconds is None or not waited(seconds, clock):
            break
    raise Gone(
        f"does not show the OIDC part of the application {id} that was made",
        subject="Asgardeo",
        action="Run pulumi up again",
    )


def _body(inputs: PropertyMap) -> dict[str, Any]:
    posted = ApplicationInputs.part(APPLICATION, inputs)
    posted.pop("logoutReturnUrl", None)
    return {
        **application_to_wire(posted),
        "templateId": TYPES[inputs["applicationType"]].template,
        "inboundProtocolConfiguration": {"oidc": _oidc_body(inputs)},
    }


def _oidc_body(inputs: PropertyMap) -> dict[str, Any]:
    """What the type brings along, and over it what is declared."""
    return oidc_to_wire(overlay(TYPES[inputs["applicationType"]].defaults, ApplicationInputs.part(OIDC, inputs)))


def _type_of(template: object) -> str:
    return next((name for name, kind in TYPES.items() if kind.template == template), "standard")


def _authorized(applications: Applications, id: str) -> list[PropertyMap]:
    found = [
        {
            "apiId": row.id,
            "policy": "No Policy" if row.policy_id.upper() == "NO POLICY" else "RBAC",
            "scopes": sorted(scope.name for scope in row.authorized_scopes),
        }
        for row in applications.authorized_apis(id)
    ]
    return sorted(found, key=lambda authorized: str(authorized["apiId"]))


def _live_one(applications: Applications, id: str, api_id: str) -> PropertyMap | None:
    return next((one for one in _authorized(applications, id) if one["apiId"] == api_id), None)


def _authorize(applications: Applications, id: str, wanted: PropertyMap) -> None:
    """Authorize an API for an application that is new, so whatever is found after a lost answer is ours."""

    def send() -> PropertyMap:
        applications.authorize(id, wanted["apiId"], wanted["policy"], wanted.get("scopes", []))
        return wanted

    create_once(
        send,
        lambda: _live_one(applications, id, wanted["apiId"]),
        what=f"the authorization of the API {wanted['apiId']}",
        is_ours=lambda _: True,
        was_there=lambda _: False,
        taken=lambda _: AlreadyExists(
            "is authorized already", subject=f"Asgardeo: the API {wanted['apiId']}", action="Run pulumi up again"
        ),
    )


def _change_authorized(
    applications: Applications, id: str, old: list[PropertyMap] | None, new: list[PropertyMap]
) -> None:
    """From the old to the new; what was not managed until now is read first, since a declared list is the whole."""
    before = {one["apiId"]: one for one in old or []}
    after = {one["apiId"]: one for one in new}
    newly = [
        api_id for api_id in before.keys() & after.keys() if "scopes" in after[api_id].keys() - before[api_id].keys()
    ]
    if old is None or newly:
        before = {one["apiId"]: one for one in _authorized(applications, id)}
    for api_id in sorted(before.keys() | after.keys()):
        if before.get(api_id) == after.get(api_id):
            continue
        try:
            _reconcile(applications, id, before.get(api_id), after.get(api_id))
        except (OutcomeUnknown, ApiProblem) as failure:
            if isinstance(failure, ApiProblem) and not isinstance(failure, Conflict) and failure.code not in _STALE:
                raise
            _reconcile(applications, id, _live_one(applications, id, api_id), after.get(api_id))


def _reconcile(applications: Applications, id: str, old: PropertyMap | None, new: PropertyMap | None) -> None:
    """One authorization from the old to the new; a policy cannot be changed, so it is made again."""
    if old and (new is None or old["policy"] != new["policy"]):
        applications.revoke(id, old["apiId"])
        old = None
    if new is None:
        return
    if old is None:
        applications.authorize(id, new["apiId"], new["policy"], new.get("scopes", []))
        return
    have = set(old.get("scopes", []))
    want = set(new["scopes"]) if "scopes" in new else have
    if have != want:
        applications.change_authorized_scopes(id, new["apiId"], sorted(want - have), sorted(have - want))


def _rotate(platforms: Platforms, id: str, former: str | None) -> str:
    """A new secret, once for each value of the input; the state never gets one that is dead.

    Read first: where the platform shows another secret than the state, an attempt of before was carried out, and its
    answer, or the process that waited for it, was lost. After a lost answer, the same way.
    """
    applications, clock = platforms.asgardeo.applications, platforms.asgardeo.connection.clock
    shown = _secret_of(applications, id)
    if former is not None and shown is not None and shown != former:
        return shown
    before = shown or former
    for _ in range(2):
        try:
            return applications.regenerate_secret(id).client_secret
        except OutcomeUnknown as failure:
            lost = failure
        for seconds in (0, *_ROTATED):
            if seconds and not waited(seconds, clock):
                break
            now = _secret_after(applications, id, lost)
            if now is None:
                raise OutcomeUnknown(
                    "not shown, so whether there is a new one is not known",
                    subject=f"the client secret of the application {id}",
                    action="Grant internal_application_mgt_client_secret_view to the management application and run "
                    "pulumi up again",
                    after=lost,
                )
            if now != before:
                return now
    raise OutcomeUnknown(
        "still the old one",
        subject=f"the client secret of the application {id}",
        action="Run pulumi up again",
        after=lost,
    )


def _secret_after(applications: Applications, id: str, lost: OutcomeUnknown) -> str | None:
    try:
        return _secret_of(applications, id)
    except Problem as failure:
        raise OutcomeUnknown(
            f"it may be another one now: reading it failed as well ({failure})",
            subject=f"the client secret of the application {id}",
            action="Run pulumi up again, it reads before it rotates",
            after=lost,
        ) from None


def _secret_of(applications: Applications, id: str) -> str | None:
    document = applications.oidc(id)
    return document.client_secret if document else None
