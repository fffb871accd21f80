"""What an application's OpenID Connect document must keep to, and the client that it makes."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..claims.catalogue import oidc_claims
from ..claims.data import OIDC_CLAIMS
from ..exceptions import application_error
from ..models import Oidc
from .oidc_bodies import LIFETIME, CibaRequest, Encryption, Subject
from .room import check_room_of_oidc

if TYPE_CHECKING:
    from collections.abc import Collection

    from ...web.errors import ApiError
    from ..models import Tenant
    from .oidc_bodies import OidcBody

__all__ = ("GRANT_TYPES", "checked_settings", "new_client", "new_secret", "refused")

_CIBA = "urn:openid:params:grant-type:ciba"
GRANT_TYPES = (
    "account_switch",
    "authorization_code",
    "client_credentials",
    "implicit",
    "iwa:ntlm",
    "organization_switch",
    "password",
    "refresh_token",
    "urn:ietf:params:oauth:grant-type:device_code",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "urn:ietf:params:oauth:grant-type:saml2-bearer",
    "urn:ietf:params:oauth:grant-type:token-exchange",
    _CIBA,
)
_REDIRECTING = ("authorization_code", "implicit")
_HYBRID = {"code token", "code id_token", "code id_token token"}
_GRACE, _LONGEST_GRACE, _MOST_REUSES = 30, 60, 5
_SIGNING, _FAPI_BINDINGS, _FAPI_ALGORITHMS = "private_key_jwt", ("certificate", "DPoP"), ("PS256", "ES256")
_NO_SETTING = ("clientId", "clientSecret", "clientSecretExpiresAt", "multipleClientSecretsConfigured", "state")


def new_client(tenant: Tenant, body: OidcBody) -> Oidc:
    """A new client; an id that is proposed must be free."""
    settings = checked_settings(body, oidc_claims(tenant))
    if body.client_id and tenant.client(body.client_id):
        raise application_error(409, "OAUTH-60008", "Conflict", f"Client id {body.client_id} is in use.")
    return Oidc(
        client_id=body.client_id or _random(21), client_secret=body.client_secret or new_secret(), settings=settings
    )


def new_secret() -> str:
    """A client secret."""
    return _random(32)


def refused(description: str) -> ApiError:
    """The OAuth component does not take the document."""
    return application_error(400, "OAUTH-60001", "Invalid Request.", description)


def checked_settings(body: OidcBody, claims: Collection[str] = tuple(OIDC_CLAIMS)) -> dict[str, Any]:
    """The settings to keep, or a refusal; `claims` are those that there are in OpenID Connect."""
    for origin in body.allowed_origins:
        if not _is_origin(origin):
            text = f"Error creating application. Invalid Allowed Origin found: {origin}"
            raise application_error(400, "APP-60001", "Invalid Request.", text)
    if len(body.callback_urls) > 1:
        text = "Multiple callbacks for OAuth2 are not supported yet. Please use regex to define multiple callbacks."
        raise application_error(501, None, "Server error while trying the attempted operation.", text)
    _check_hybrid_flow(body)
    body.callback_urls = [url for url in body.callback_urls if url.strip()]
    _check_grants(body)
    _check_ciba(body)
    _check_claims(body, claims)
    _check_encryption(body)
    _check_authentication(body)
    _check_fapi(body)
    _check_subject(body)
    check_room_of_oidc(body)
    _normalise(body)
    return {key: value for key, value in body.document().items() if key not in _NO_SETTING}


def _check_hybrid_flow(body: OidcBody) -> None:
    if not body.hybrid_flow.enable:
        return
    given = (body.hybrid_flow.response_type or "").strip()
    if not given:
        text = "Hybrid flow response type cannot be found for the application"
        raise application_error(400, "APP-60517", "Hybrid flow response type not found.", text)
    if not set(given.split(",")) <= _HYBRID:
        text = f"The response type for the hybrid flow must be among {', '.join(sorted(_HYBRID))}."
        raise application_error(400, "APP-60518", "Hybrid flow response type is incorrect.", text)


def _check_grants(body: OidcBody) -> None:
    unknown = [grant for grant in body.grant_types if grant not in GRANT_TYPES]
    if unknown:
        raise refused(f"{unknown[0]} not allowed")
    if not body.callback_urls and any(grant in body.grant_types for grant in _REDIRECTING):
        raise refused("RedirectUris property must have at least one URI value.")
    if any("#" in url for url in body.callback_urls if not url.startswith("regexp=")):
        raise refused("Redirect URI contains a fragment component.")


def _check_ciba(body: OidcBody) -> None:
    """What is said of it without its grant is forgotten."""
    if _CIBA not in body.grant_types:
        body.ciba_authentication_request = CibaRequest()
    sent = body.ciba_authentication_request
    if sent is None:
        text = "Server encountered an unexpected error when creating the application."
        raise application_error(500, "APP-65006", "Unexpected Processing Error.", text)
    if _CIBA in body.grant_types and sent.auth_req_expiry_time <= 0:
        raise refused("CIBA authentication request expiry time must be greater than 0")
    if sent.allow_federated_users and not sent.skip_user_validation:
        raise refused("cibaAllowFederatedUsers requires cibaSkipUserValidation to be enabled")


def _check_encryption(body: OidcBody) -> None:
    """Algorithms of what is not encrypted are forgotten."""
    encryption = body.id_token.encryption
    if not encryption.enabled:
        body.id_token.encryption = Encryption()
    elif not encryption.algorithm:
        raise refused(f"'{encryption.algorithm}' Encryption Algorithm is not allowed.")
    elif not encryption.method:
        raise refused(f"'{encryption.method}' Encryption Method is not allowed.")


def _check_authentication(body: OidcBody) -> None:
    """Whether an assertion may be used twice is said of a client that signs them, and of no other."""
    sent = body.client_authentication
    signs = sent.token_endpoint_auth_method == _SIGNING
    if signs != (sent.token_endpoint_allow_reuse_pvt_key_jwt is not None):
        text = "Requested client authentication method incompatible with the Private Key JWT Reuse config value."
        raise refused(text)


def _check_fapi(body: OidcBody) -> None:
    if not body.is_fapi_application:
        body.fapi_profile = None
        return
    binding, method = body.access_token.binding_type, body.client_authentication.token_endpoint_auth_method
    if binding not in _FAPI_BINDINGS:
        raise refused(f"Certificate bound or DPoP access tokens is required. '{binding}' binding type is found")
    if method and method not in (_SIGNING, "tls_client_auth"):
        raise refused("Invalid token endpoint authentication method requested.")
    algorithms = (
        body.client_authentication.token_endpoint_auth_signing_alg,
        body.request_object.request_object_signing_alg,
    )
    if any(algorithm and algorithm not in _FAPI_ALGORITHMS for algorithm in algorithms):
        raise refused("Invalid signature algorithm requested")
    if "RSA1_5" in (body.id_token.encryption.algorithm, body.request_object.encryption.algorithm):
        raise refused("Invalid encryption algorithm requested")


def _check_subject(body: OidcBody) -> None:
    """The server takes the callbacks' expression apart to compare their hosts, and fails where something is escaped."""
    subject, callbacks = body.subject, body.callback_urls
    if subject.subject_type != "pairwise":
        body.subject = Subject()
        return
    if not callbacks:
        subject.sector_identifier_uri = ""
    elif subject.sector_identifier_uri:
        if urlsplit(subject.sector_identifier_uri).scheme != "https":
            raise refused("Invalid scheme for sector identifier URI")
    elif callbacks[0].startswith("regexp=("):
        if "\\" in callbacks[0]:
            raise application_error(500, "SE-50000", "Internal Server Error", "Unexpected error.")
        urls = callbacks[0].removeprefix("regexp=(").removesuffix(")").split("|")
        if len({urlsplit(url).hostname for url in urls}) > 1:
            text = (
                "Sector Identifier URI is mandatory if multiple redirect URIs with different hostnames are configured."
            )
            raise refused(text)


def _check_claims(body: OidcBody, claims: Collection[str]) -> None:
    unknown = [name for name in body.access_token.access_token_attributes if name not in claims]
    if unknown:
        raise refused(f"Invalid access token claim URI: {unknown[0]}")


def _normalise(body: OidcBody) -> None:
    """What the server corrects silently."""
    token, refresh = body.access_token, body.refresh_token
    for field in ("user_access_token_expiry_in_seconds", "application_access_token_expiry_in_seconds"):
        if getattr(token, field) == 0:
            setattr(token, field, LIFETIME)
    if not body.hybrid_flow.enable:
        body.hybrid_flow.response_type = None
    period, reuses = "graceful_refresh_token_rotation_validity_period", "graceful_refresh_token_reuse_limit"
    for field, least, most in ((period, _GRACE, _LONGEST_GRACE), (reuses, 1, _MOST_REUSES)):
        given = getattr(refresh, field)
        setattr(refresh, field, min(given, most) if given > 0 else least)
    if body.is_fapi_application and body.fapi_profile is None:
        body.fapi_profile = "FAPI1_ADVANCED"


def _is_origin(text: str) -> bool:
    parts = urlsplit(text)
    return bool(parts.scheme and parts.netloc) and not (parts.path or parts.query or parts.fragment or "*" in text)


def _random(bytes_: int) -> str:
    return secrets.token_urlsafe(bytes_).replace("-", "a").replace("_", "b")
