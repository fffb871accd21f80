"""The bodies of dynamic client registration (RFC 7591), and a client in its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from ..bodies import shown

if TYPE_CHECKING:
    from ..models import Application, Oidc

__all__ = ("Registration", "RegistrationChange", "client_document", "settings_of")

_REGEXP = "regexp="
_AUDIENCES = {"organization": "ORGANIZATION", "application": "APPLICATION"}


class RegistrationChange(BaseModel):
    """A change of a client: what is left out stays. Members that are not known are of no effect."""

    model_config = ConfigDict(extra="ignore")

    client_name: str | None = None
    redirect_uris: list[str] = []
    grant_types: list[str] = []
    token_type_extension: str | None = None
    ext_token_type: str | None = None
    token_endpoint_auth_method: str | None = None
    token_endpoint_allow_reuse_pvt_key_jwt: bool | None = None
    token_endpoint_auth_signing_alg: str | None = None
    jwks_uri: str | None = None
    backchannel_logout_uri: str | None = None
    frontchannel_logout_uri: str | None = None
    ext_application_display_name: str | None = None
    ext_application_owner: str | None = None
    ext_application_token_lifetime: int | None = None
    ext_user_token_lifetime: int | None = None
    ext_refresh_token_lifetime: int | None = None
    ext_id_token_lifetime: int | None = None
    ext_pkce_mandatory: bool | None = None
    ext_pkce_support_plain: bool | None = None
    ext_public_client: bool | None = None
    ext_allowed_audience: str | None = None

    @property
    def audience(self) -> str | None:
        """Whose roles count, in the words of the application component."""
        return _AUDIENCES.get((self.ext_allowed_audience or "").lower())


class Registration(RegistrationChange):
    """A client to make; its id and secret may be proposed."""

    client_name: str
    ext_param_client_id: str | None = None
    ext_param_client_secret: str | None = None
    is_management_app: bool = False


def settings_of(body: RegistrationChange) -> dict[str, Any]:
    """The parts of an OpenID Connect document that the body speaks of."""
    groups: dict[str, Any] = {
        "accessToken": shown(
            type=body.ext_token_type or body.token_type_extension,
            applicationAccessTokenExpiryInSeconds=body.ext_application_token_lifetime,
            userAccessTokenExpiryInSeconds=body.ext_user_token_lifetime,
        ),
        "refreshToken": shown(expiryInSeconds=body.ext_refresh_token_lifetime),
        "idToken": shown(expiryInSeconds=body.ext_id_token_lifetime),
        "pkce": shown(mandatory=body.ext_pkce_mandatory, supportPlainTransformAlgorithm=body.ext_pkce_support_plain),
        "logout": shown(
            backChannelLogoutUrl=body.backchannel_logout_uri, frontChannelLogoutUrl=body.frontchannel_logout_uri
        ),
        "clientAuthentication": shown(
            tokenEndpointAuthMethod=body.token_endpoint_auth_method,
            tokenEndpointAllowReusePvtKeyJwt=body.token_endpoint_allow_reuse_pvt_key_jwt,
            tokenEndpointAuthSigningAlg=body.token_endpoint_auth_signing_alg,
        ),
    }
    plain = shown(
        grantTypes=body.grant_types or None,
        callbackURLs=[_callback(body.redirect_uris)] if body.redirect_uris else None,
        publicClient=body.ext_public_client,
    )
    return {**plain, **{name: group for name, group in groups.items() if group}}


def client_document(application: Application, oidc: Oidc) -> dict[str, Any]:
    """A client as it is served: the secret always shows."""
    settings, token = oidc.settings, oidc.settings["accessToken"]
    return shown(
        client_id=oidc.client_id,
        client_secret=oidc.client_secret,
        client_secret_expires_at=0,
        client_name=application.name,
        redirect_uris=settings["callbackURLs"],
        grant_types=settings["grantTypes"],
        ext_application_display_name=application.registration.get("ext_application_display_name"),
        ext_application_version=application.version,
        ext_application_owner=application.registration.get("ext_application_owner"),
        ext_application_token_lifetime=token["applicationAccessTokenExpiryInSeconds"],
        ext_user_token_lifetime=token["userAccessTokenExpiryInSeconds"],
        ext_refresh_token_lifetime=settings["refreshToken"]["expiryInSeconds"],
        ext_id_token_lifetime=settings["idToken"]["expiryInSeconds"],
        ext_pkce_mandatory=settings["pkce"]["mandatory"],
        ext_pkce_support_plain=settings["pkce"]["supportPlainTransformAlgorithm"],
        ext_public_client=settings["publicClient"],
        token_type_extension=token["type"],
        ext_token_type=token["type"],
        jwks_uri=(application.advanced.get("certificate") or {}).get("value"),
        token_endpoint_auth_method=settings["clientAuthentication"].get("tokenEndpointAuthMethod") or None,
        token_endpoint_allow_reuse_pvt_key_jwt=settings["clientAuthentication"].get("tokenEndpointAllowReusePvtKeyJwt"),
        frontchannel_logout_uri=settings["logout"]["frontChannelLogoutUrl"] or None,
        subject_type=settings["subject"]["subjectType"],
        ext_allowed_audience=application.associated_roles["allowedAudience"].lower(),
    )


def _callback(uris: list[str]) -> str:
    """Several addresses become one expression, in which only the first question mark is escaped."""
    if len(uris) == 1:
        return uris[0]
    escaped = [uri.replace("?", "\\?", 1) for uri in uris]
    return f"{_REGEXP}({'|'.join(escaped)})"
