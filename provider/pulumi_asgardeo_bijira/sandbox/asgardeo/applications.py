"""Applications: `/applications`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

from pydantic import Field

from ..http import answer, empty
from .access import issuer
from .errors import application_error, application_not_found
from .filters import BadFilter, conditions
from .model import Application
from .oidc import client
from .oidc_body import OidcBody
from .system import PORTALS, portal_id
from .wire import Body, shown

if TYPE_CHECKING:
    from starlette.responses import Response

    from .calls import Call

__all__ = ("change", "create", "delete", "listed", "new_application", "read")

_DEFAULT_LIMIT = 30
_NAME = re.compile(r"[a-zA-Z0-9 ._\-+()]+")
_ATTRIBUTES = (
    "advancedConfigurations",
    "templateId",
    "templateVersion",
    "clientId",
    "issuer",
    "applicationEnabled",
    "associatedRoles.allowedAudience",
)


class Claim(Body):
    """A claim by its URI; what else is served of it may be sent back."""

    uri: str
    id: str | None = None
    display_name: str | None = None


class ClaimMapping(Body):
    """A claim under another name."""

    application_claim: str
    local_claim: Claim


class RequestedClaim(Body):
    """A claim that is asked for."""

    claim: Claim
    mandatory: bool = False


class SubjectClaim(Body):
    """What a user is told apart by."""

    claim: Claim = Field(default_factory=lambda: Claim(uri="http://wso2.org/claims/userid"))
    include_user_domain: bool = False
    include_tenant_domain: bool = False
    use_mapped_local_subject: bool = False
    mapped_local_subject_mandatory: bool = False


class RoleClaim(Body):
    """How roles are shown."""

    mappings: list[dict[str, Any]] = []
    include_user_domain: bool = True
    claim: Claim = Field(default_factory=lambda: Claim(uri="http://wso2.org/claims/roles"))


class ClaimConfiguration(Body):
    """The claims of an application."""

    dialect: Literal["LOCAL", "CUSTOM"] = "LOCAL"
    claim_mappings: list[ClaimMapping] = []
    requested_claims: list[RequestedClaim] = []
    subject: SubjectClaim = Field(default_factory=SubjectClaim)
    role: RoleClaim = Field(default_factory=RoleClaim)


class Advanced(Body):
    """Advanced settings."""

    saas: bool = False
    discoverable_by_end_users: bool = False
    certificate: dict[str, Any] | None = None
    skip_login_consent: bool = False
    skip_logout_consent: bool = False
    use_external_consent_page: bool = False
    return_authenticated_idp_list: bool = False
    enable_authorization: bool = True
    fragment: bool = False
    enable_api_based_authentication: bool = Field(default=False, alias="enableAPIBasedAuthentication")
    attestation_meta_data: dict[str, Any] | None = None
    trusted_app_configuration: dict[str, Any] | None = None
    additional_sp_properties: list[dict[str, Any]] | None = None
    discoverable_groups: list[dict[str, Any]] | None = None


class Roles(Body):
    """Whose roles count."""

    allowed_audience: Literal["APPLICATION", "ORGANIZATION"] = "ORGANIZATION"
    roles: list[dict[str, Any]] = []


class Authentication(Body):
    """How users sign in."""

    type: Literal["DEFAULT", "USER_DEFINED"] = "DEFAULT"
    steps: list[dict[str, Any]] = []
    request_path_authenticators: list[str] = []
    script: str | None = None
    subject_step_id: int = 1
    attribute_step_id: int = 1


class ApplicationChange(Body):
    """What can be changed in place."""

    name: str | None = None
    description: str | None = None
    image_url: str | None = None
    access_url: str | None = None
    logout_return_url: str | None = None
    template_id: str | None = None
    template_version: str | None = None
    application_enabled: bool | None = None
    associated_roles: Roles | None = None
    claim_configuration: ClaimConfiguration | None = None
    authentication_sequence: Authentication | None = None
    advanced_configurations: Advanced | None = None
    provisioning_configurations: dict[str, Any] | None = None


class InboundProtocols(Body):
    """The protocols of a new application."""

    oidc: OidcBody | None = None
    saml: dict[str, Any] | None = None
    passive_sts: dict[str, Any] | None = Field(default=None, alias="passiveSts")


class ApplicationBody(ApplicationChange):
    """An application to make."""

    is_management_app: bool = False
    inbound_protocol_configuration: InboundProtocols = Field(default_factory=InboundProtocols)


_STEPS = [{"id": 1, "options": [{"idp": "LOCAL", "authenticator": "BasicAuthenticator"}]}]


def create(call: Call) -> Response:
    """POST: answers with the address alone; a logout return URL is taken and dropped."""
    if call.query("template"):
        raise application_error(501, "APP-65501", "Not implemented.", "Templates are not supported.")
    body = call.read(ApplicationBody)
    _check_name(call, body.name or "", with_oidc=body.inbound_protocol_configuration.oidc is not None)
    _check_roles(body.associated_roles)
    _check_advanced(body.advanced_configurations, body.access_url)
    tenant = call.tenant
    if tenant.application_limit is not None and len(tenant.applications) >= tenant.application_limit:
        raise application_error(403, "APP-60503", "Maximum number of applications reached.")
    application = new_application(body.name or "")
    _apply(application, body)
    application.logout_return_url = None
    application.is_management_app = body.is_management_app
    if body.inbound_protocol_configuration.oidc is not None:
        application.oidc = client(tenant, body.inbound_protocol_configuration.oidc)
    tenant.applications[application.id] = application
    return empty(201, {"Location": call.url(f"/applications/{application.id}")})


def new_application(name: str) -> Application:
    """An application of which nothing but the name is given."""
    return Application(
        name=name,
        associated_roles=Roles().document(),
        claims=ClaimConfiguration().document(),
        authentication=Authentication(steps=_STEPS).document(),
        advanced=Advanced().document(),
    )


def read(call: Call) -> Response:
    """GET one, with the effective defaults of everything."""
    id_ = call.part("id")
    for portal in PORTALS:
        if id_ == portal_id(call.tenant.name, portal):
            return answer({"id": id_, "name": portal, "access": "READ", "applicationEnabled": True})
    application = call.tenant.applications.get(id_)
    if application is None:
        raise application_not_found(id_, call.tenant.name)
    return answer(_document(call, application))


def change(call: Call) -> Response:
    """PATCH: what is sent is set, null counts as not sent."""
    application = _own(call)
    body = call.read(ApplicationChange)
    if body.name is not None and body.name != application.name:
        _check_name(call, body.name, with_oidc=False)
    _check_roles(body.associated_roles)
    _check_advanced(body.advanced_configurations, body.access_url or application.access_url)
    _apply(application, body)
    return empty(200)


def delete(call: Call) -> Response:
    """DELETE: one that is not there is as good as deleted."""
    _refuse_portals(call)
    application = call.tenant.applications.pop(call.part("id"), None)
    if application is not None and application.oidc is not None:
        call.tenant.end_tokens(application.oidc.client_id)
    return empty(204)


def listed(call: Call) -> Response:
    """GET a page, counted by offsets; its links are relative."""
    limit, offset = call.number("limit", _DEFAULT_LIMIT), call.number("offset", 0)
    if limit < 0 or offset < 0:
        raise application_error(400, "APP-60003", "Invalid pagination.", "Limit and offset must not be negative.")
    if call.query("sortBy") or call.query("sortOrder"):
        raise application_error(501, "APP-65002", "Sorting is not supported.")
    attributes = (call.query("attributes") or "").split(",") if call.query("attributes") else []
    if any(attribute not in _ATTRIBUTES for attribute in attributes):
        raise application_error(400, "APP-60505", "Invalid attribute.")
    rows = _matching(call)
    page = rows[offset : offset + min(limit, 100)]
    return answer(
        {
            "totalResults": len(rows),
            "startIndex": offset + 1,
            "count": len(page),
            "applications": [{**row, **_extra(call, row["id"], attributes)} for row in page],
            "links": _links(call, limit, offset, len(rows)),
        }
    )


def _matching(call: Call) -> list[dict[str, Any]]:
    own = list(call.tenant.applications.values())
    rows = [
        (
            shown(
                id=one.id,
                name=one.name,
                description=one.description,
                image=one.image_url,
                accessUrl=one.access_url,
                access="WRITE",
                self=call.path(f"/applications/{one.id}"),
            ),
            one.oidc.client_id if one.oidc else None,
        )
        for one in own
    ]
    if call.query("excludeSystemPortals") != "true":
        ids = {portal: portal_id(call.tenant.name, portal) for portal in PORTALS}
        rows = [
            ({"id": id_, "name": name, "access": "READ", "self": call.path(f"/applications/{id_}")}, name.upper())
            for name, id_ in ids.items()
        ] + rows
    expression = call.query("filter")
    if not expression:
        return [row for row, _ in rows]
    joint = "or" if re.search(r"\s+or\s+", expression, re.IGNORECASE) else "and"
    try:
        wanted = conditions(expression, joint, ("eq", "co", "sw", "ew"))
    except BadFilter:
        raise application_error(400, "APP-60004", "Invalid filter.") from None
    if any(condition.attribute not in ("name", "clientId", "issuer") for condition in wanted):
        raise application_error(400, "APP-60004", "Invalid filter attribute.")
    issued_by = issuer(call.world, call.tenant.name)
    choose = any if joint == "or" else all
    return [
        row
        for row, client_id in rows
        if choose(
            condition.holds({"name": row["name"], "clientId": client_id, "issuer": issued_by}[condition.attribute])
            for condition in wanted
        )
    ]


def _extra(call: Call, id: str, attributes: list[str]) -> dict[str, Any]:
    application = call.tenant.applications.get(id)
    if application is None or not attributes:
        return {}
    full = _document(call, application)
    names = {attribute.partition(".")[0] for attribute in attributes}
    return {name: full[name] for name in sorted(names) if name in full}


def _links(call: Call, limit: int, offset: int, total: int) -> list[dict[str, str]]:
    def link(rel: str, at: int) -> dict[str, str]:
        fields: dict[str, Any] = {"offset": at, "limit": limit}
        if call.query("filter"):
            fields["filter"] = call.query("filter")
        return {"rel": rel, "href": f"{call.path('/applications')}?{urlencode(fields)}"}

    found = [link("next", offset + limit)] if limit and offset + limit < total else []
    return [*found, link("previous", max(0, offset - limit))] if offset else found


def _own(call: Call) -> Application:
    _refuse_portals(call)
    application = call.tenant.applications.get(call.part("id"))
    if application is None:
        raise application_not_found(call.part("id"), call.tenant.name)
    return application


def _refuse_portals(call: Call) -> None:
    if call.part("id") in [portal_id(call.tenant.name, portal) for portal in PORTALS]:
        raise application_error(403, "APP-60008", "Forbidden", "System applications cannot be changed.")


def _check_name(call: Call, name: str, *, with_oidc: bool) -> None:
    if not name.strip() or not _NAME.fullmatch(name):
        raise application_error(400, "APP-60001", "Invalid Request.", f"The application name {name!r} is not valid.")
    if name in PORTALS:
        raise application_error(400, "APP-60515", "Reserved name.", f"The application name {name} is reserved.")
    if any(one.name == name for one in call.tenant.applications.values()):
        code = "OAUTH-60008" if with_oidc else "APP-60007"
        raise application_error(409, code, "Conflict", f"An application with the name {name} exists already.")


def _check_roles(roles: Roles | None) -> None:
    if roles is not None and roles.allowed_audience == "ORGANIZATION" and roles.roles:
        raise application_error(403, "APP-60008", "Forbidden", "Roles of the organisation cannot be associated.")


def _check_advanced(advanced: Advanced | None, access_url: str | None) -> None:
    if advanced is None:
        return
    if advanced.additional_sp_properties is not None:
        raise application_error(400, "APP-60506", "Additional properties are not supported.")
    if advanced.discoverable_by_end_users and not access_url:
        raise application_error(400, "APP-60001", "Invalid Request.", "A discoverable application needs an access URL.")


def _apply(application: Application, body: ApplicationChange) -> None:
    plain = {
        "name": body.name,
        "description": body.description,
        "image_url": body.image_url,
        "access_url": body.access_url,
        "template_id": body.template_id,
        "template_version": body.template_version,
        "enabled": body.application_enabled,
    }
    for field, value in plain.items():
        if value is not None:
            setattr(application, field, value.strip() if isinstance(value, str) and field.endswith("_url") else value)
    if body.logout_return_url is not None:
        application.logout_return_url = body.logout_return_url.strip() or ".*"
    if body.associated_roles is not None:
        application.associated_roles = body.associated_roles.document()
    if body.claim_configuration is not None:
        kept = {
            key: value for key, value in application.claims.items() if key not in ("claimMappings", "requestedClaims")
        }
        application.claims = {**body.claim_configuration.document(), **_unset(body.claim_configuration, kept)}
    if body.authentication_sequence is not None:
        application.authentication = body.authentication_sequence.document()
        if body.authentication_sequence.type == "DEFAULT":
            application.authentication["steps"] = _STEPS
    if body.advanced_configurations is not None:
        application.advanced = {**application.advanced, **body.advanced_configurations.given()}


def _unset(body: Body, kept: dict[str, Any]) -> dict[str, Any]:
    """Of what is kept, the parts that the body does not mention."""
    return {key: value for key, value in kept.items() if key not in body.given()}


def _document(call: Call, application: Application) -> dict[str, Any]:
    oidc = application.oidc
    protocols = [
        {"type": "oauth2", "name": None, "self": call.path(f"/applications/{application.id}/inbound-protocols/oidc")}
    ]
    roles = application.associated_roles
    return shown(
        id=application.id,
        name=application.name,
        description=application.description,
        imageUrl=application.image_url,
        accessUrl=application.access_url,
        logoutReturnUrl=application.logout_return_url,
        templateId=application.template_id,
        templateVersion=application.template_version,
        clientId=oidc.client_id if oidc else None,
        issuer=issuer(call.world, call.tenant.name) if oidc else None,
        realm="",
        applicationVersion="v2.0.0",
        isManagementApp=application.is_management_app,
        applicationEnabled=application.enabled,
        associatedRoles=roles if roles["allowedAudience"] == "APPLICATION" else {"allowedAudience": "ORGANIZATION"},
        claimConfiguration=application.claims,
        inboundProtocols=protocols if oidc else [],
        authenticationSequence=application.authentication,
        advancedConfigurations=application.advanced,
        provisioningConfigurations=application.provisioning,
        access="WRITE",
    )
