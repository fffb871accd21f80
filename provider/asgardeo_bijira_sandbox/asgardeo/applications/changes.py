"""What a body does to an application, be it new or not; null counts as not sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cryptography.x509 import load_pem_x509_certificate

from ...pem import pem_text
from ..exceptions import application_error, not_permitted
from ..identity_providers.data import LOCAL
from ..identity_providers.lookup import provider_named
from ..system import PORTALS
from .lookup import DEFAULT_STEPS

if TYPE_CHECKING:
    from ...web.errors import ApiError
    from ..models import Application, Tenant
    from ..request import TenantRequest
    from .bodies import (
        Advanced,
        ApplicationChange,
        Authentication,
        AuthenticationOption,
        ClaimConfiguration,
        RequestedClaim,
        SubjectClaim,
    )

__all__ = ("apply", "check_change", "check_name_is_free", "check_new_name", "check_renaming")

_NAME = re.compile(r"[a-zA-Z0-9 ._\-+()]+")
_RESIDENT = "wso2carbon-local-sp"
_SCRIPT = "internal_application_script_update"


def check_new_name(name: str) -> None:
    """A name that no application may be made with is refused."""
    if not name.strip() or not _NAME.fullmatch(name):
        raise _invalid(f"The Application name: {name} is not valid! It is not adhering to the regex.")
    if name in PORTALS:
        text = f"The application name {name} is marked as systems reserved application name."
        message = "Creating application with system reserved name is blocked"
        raise application_error(400, "APP-60515", message, text)


def check_name_is_free(request: TenantRequest, name: str, *, with_oidc: bool = False) -> None:
    """Names are unique; which component finds out depends on whether the body has an OpenID Connect part."""
    if name == _RESIDENT or any(one.name == name for one in request.tenant.applications.values()):
        code = "OAUTH-60008" if with_oidc else "APP-60007"
        raise application_error(409, code, "Conflict", f"An application with the name {name} exists already.")


def check_renaming(request: TenantRequest, application: Application, name: str | None) -> None:
    """A new name must be one that the application may have."""
    if name is None or name == application.name:
        return
    if name in PORTALS:
        text = f"The application name {name} is marked as systems reserved application name."
        message = "Renaming application name to a system reserved name is blocked"
        raise application_error(400, "APP-60516", message, text)
    if name == _RESIDENT:
        raise application_error(403, "APP-60008", "Forbidden", f"The name {name} is reserved.")
    check_new_name(name)
    check_name_is_free(request, name)


def check_change(request: TenantRequest, body: ApplicationChange, application: Application | None = None) -> None:
    """What a new application and a change have in common."""
    if body.enhanced_org_authentication_enabled:
        message = "Enhanced organization authentication enabled property is not supported."
        raise application_error(400, "APP-60521", message)
    if _touches_script(body.authentication_sequence, application) and not request.holds(_SCRIPT):
        raise not_permitted()
    if body.authentication_sequence is not None:
        _check_steps(request.tenant, body.authentication_sequence)
    if body.claim_configuration is not None:
        _check_subject(body.claim_configuration.subject)
    if body.advanced_configurations is not None:
        current = application.access_url if application else None
        _check_advanced(body.advanced_configurations, current if body.access_url is None else body.access_url)


def apply(application: Application, body: ApplicationChange) -> None:
    """Carry a checked body out."""
    plain = {
        "name": body.name,
        "description": body.description,
        "version": body.application_version,
        "image_url": body.image_url,
        "access_url": body.access_url,
        "template_id": body.template_id,
        "template_version": body.template_version,
        "enabled": body.application_enabled,
        "provisioning": body.provisioning_configurations,
    }
    for field, value in plain.items():
        if value is not None:
            setattr(application, field, value.strip() if isinstance(value, str) and field.endswith("_url") else value)
    if body.logout_return_url is not None:
        application.logout_return_url = body.logout_return_url.strip() or ".*"
    if body.associated_roles is not None:
        application.associated_roles = body.associated_roles.document()
    if body.claim_configuration is not None:
        application.claims = _claims(application.claims, body.claim_configuration)
    if body.authentication_sequence is not None:
        application.authentication = _authentication(application.authentication, body.authentication_sequence)
    if body.advanced_configurations is not None:
        application.advanced = _advanced({**application.advanced, **body.advanced_configurations.given()})


def _advanced(settings: dict[str, Any]) -> dict[str, Any]:
    """An empty certificate is none."""
    certificate = settings.get("certificate")
    if certificate and not (certificate.get("value") or "").strip():
        return {key: value for key, value in settings.items() if key != "certificate"}
    return settings


def _claims(kept: dict[str, Any], body: ClaimConfiguration) -> dict[str, Any]:
    """Mappings and requested claims are replaced, of the rest what was sent.

    Without mappings each requested claim is mapped to itself; with them a requested claim that is not mapped is lost.
    """
    given = body.given()
    if "claimMappings" in given:
        mappings = {mapping.application_claim: mapping.local_claim.uri for mapping in body.claim_mappings}
    else:
        mappings = {requested.claim.uri: requested.claim.uri for requested in body.requested_claims}
    subject, role = given.get("subject", {}), given.get("role", {})
    return {
        "dialect": body.dialect,
        "claimMappings": [{"applicationClaim": own, "localClaim": {"uri": uri}} for own, uri in mappings.items()],
        "requestedClaims": [_requested(one) for one in body.requested_claims if one.claim.uri in mappings],
        "subject": {**kept["subject"], **subject},
        "role": {**kept["role"], **role, "mappings": role.get("mappings", [] if role else kept["role"]["mappings"])},
    }


def _requested(claim: RequestedClaim) -> dict[str, Any]:
    return {"claim": {"uri": claim.claim.uri}, "mandatory": claim.mandatory}


def _authentication(kept: dict[str, Any], body: Authentication) -> dict[str, Any]:
    """The default sequence is shown with the steps that are in effect, whatever steps were sent."""
    made = body.document()
    if "requestPathAuthenticators" not in body.given():
        made["requestPathAuthenticators"] = kept["requestPathAuthenticators"]
    if body.type == "DEFAULT":
        made |= {"steps": DEFAULT_STEPS, "subjectStepId": 1, "attributeStepId": 1}
        made.pop("script", None)
        return made
    made["steps"] = sorted(made["steps"], key=lambda step: int(step["id"]))
    for member in ("subjectStepId", "attributeStepId"):
        made[member] = made[member] if made[member] <= len(made["steps"]) else 1
    return made


def _touches_script(sent: Authentication | None, application: Application | None) -> bool:
    if sent is None:
        return False
    if sent.script is not None:
        return True
    current = application.authentication if application else {}
    return "type" in sent.given() and sent.type == "DEFAULT" and current.get("script") is not None


def _check_steps(tenant: Tenant, sent: Authentication) -> None:
    if sent.type == "DEFAULT":
        return
    if not sent.steps:
        raise _invalid("Authentication steps cannot be empty for user defined authentication type: USER_DEFINED")
    if max(step.id for step in sent.steps) != len(sent.steps):
        raise _invalid("Step ids need to be consecutive in the authentication sequence steps.")
    for option in (one for step in sent.steps for one in step.options):
        _check_option(tenant, option)


def _check_option(tenant: Tenant, option: AuthenticationOption) -> None:
    """A way to sign in that there is: the organisation's own, or one of an identity provider's."""
    if option.idp == "LOCAL":
        if option.authenticator not in LOCAL:
            raise _invalid(f"Authenticator {option.authenticator} is not available in the server.")
        return
    provider = provider_named(tenant, option.idp)
    if provider is None:
        raise _invalid(f"Federated Identity Provider {option.idp} is not available in the server.")
    if provider.authenticator(option.authenticator) is None:
        text = f"Authenticator {option.authenticator} is not configured for {option.idp} identity Provider."
        raise _invalid(text)


def _check_subject(subject: SubjectClaim) -> None:
    if subject.given().get("useMappedLocalSubject") is False and subject.mapped_local_subject_mandatory:
        text = "'useMappedLocalSubject' cannot be disabled when 'mappedLocalSubjectMandatory' is enabled."
        raise application_error(400, "APP-60513", "Invalid configuration.", text)


def _check_advanced(advanced: Advanced, access_url: str | None) -> None:
    if advanced.additional_sp_properties:
        raise application_error(400, "APP-60506", "Unsupported application property.")
    certificate = advanced.certificate
    if certificate and certificate.type == "PEM" and certificate.value and not _is_certificate(certificate.value):
        raise _invalid("Provided application certificate is malformed.")
    if advanced.discoverable_by_end_users and not access_url:
        raise _invalid("A discoverable application needs an access URL.")


def _is_certificate(value: str) -> bool:
    """PEM text, which some send once more encoded."""
    try:
        load_pem_x509_certificate(pem_text(value).encode())
    except ValueError:
        return False
    return True


def _invalid(description: str) -> ApiError:
    return application_error(400, "APP-60001", "Invalid Request.", description)
