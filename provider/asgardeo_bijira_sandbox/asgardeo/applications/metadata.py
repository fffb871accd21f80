"""What may be written into an application: `/applications/meta`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.responses import answer
from ..exceptions import application_error
from .oidc_settings import GRANT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from ..request import TenantRequest

_GRANT_NAMES = {
    "authorization_code": "Code",
    "client_credentials": "Client Credential",
    "implicit": "Implicit",
    "iwa:ntlm": "IWA-NTLM",
    "organization_switch": "Organization Switch",
    "password": "Password",
    "refresh_token": "Refresh Token",
    "urn:ietf:params:oauth:grant-type:device_code": "Device Code",
    "urn:ietf:params:oauth:grant-type:jwt-bearer": "JWT Bearer",
    "urn:ietf:params:oauth:grant-type:saml2-bearer": "SAML2",
    "urn:ietf:params:oauth:grant-type:token-exchange": "Token Exchange",
    "urn:openid:params:grant-type:ciba": "CIBA",
}
_NOT_PUBLIC = ("client_credentials", "implicit", "urn:openid:params:grant-type:ciba")
_METHODS = {
    "client_secret_basic": "Client Secret Basic",
    "client_secret_post": "Client Secret Post",
    "private_key_jwt": "Private Key JWT",
    "tls_client_auth": "Mutual TLS",
}
_BINDINGS = ("None", "cookie", "sso-session", "device-flow", "DPoP", "certificate", "client-request")
_SIGNING = ("RS256", "PS256", "ES256")
_ENCRYPTION = ("RSA1_5", "RSA-OAEP")
_ENCRYPTION_METHODS = ("A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A128CBC+HS256")
_NONE = "None"
_DSIG, _XENC = "http://www.w3.org/2000/09/xmldsig#", "http://www.w3.org/2001/04/xmlenc#"


def protocols(request: TenantRequest) -> Response:
    """GET the protocols; no extension brings further ones."""
    known = {
        "saml": "SAML2 Web SSO Configuration",
        "oidc": "OAuth/OpenID Connect Configuration",
        "ws-trust": "WS-Trust Security Token Service Configuration",
    }
    custom_only = request.flag("customOnly")
    return answer([] if custom_only else [{"name": name, "displayName": title} for name, title in known.items()])


def oidc(request: TenantRequest) -> Response:
    """GET what an OpenID Connect document may hold."""
    methods = [{"name": name, "displayName": title} for name, title in _METHODS.items()]
    fapi = [method for method in methods if method["name"] in ("private_key_jwt", "tls_client_auth")]
    return answer(
        {
            "allowedGrantTypes": {"options": [_grant(name) for name in GRANT_TYPES]},
            "defaultUserAccessTokenExpiryTime": "3600",
            "defaultApplicationAccessTokenExpiryTime": "3600",
            "defaultRefreshTokenExpiryTime": "86400",
            "defaultIdTokenExpiryTime": "3600",
            "idTokenEncryptionAlgorithm": _options(_ENCRYPTION, "RSA-OAEP"),
            "idTokenEncryptionMethod": _options(_ENCRYPTION_METHODS, "A128CBC+HS256"),
            "scopeValidators": _options(("Role based scope validator", "XACML Scope Validator")),
            "accessTokenType": _options(("JWT", "Default"), "Default"),
            "accessTokenBindingType": _options(_BINDINGS, "None"),
            "tokenEndpointAuthMethod": {"options": [{"name": "", "displayName": _NONE}, *methods]},
            "tokenEndpointAllowReusePvtKeyJwt": False,
            "tokenEndpointSignatureAlgorithm": _options(_SIGNING),
            "idTokenSignatureAlgorithm": _options((_NONE, *_SIGNING)),
            "requestObjectSignatureAlgorithm": _options((_NONE, *_SIGNING)),
            "requestObjectEncryptionAlgorithm": _options((_NONE, *_ENCRYPTION)),
            "requestObjectEncryptionMethod": _options((_NONE, *_ENCRYPTION_METHODS)),
            "subjectType": _options(("public", "pairwise"), "public"),
            "fapiMetadata": {
                "allowedFapiProfiles": _options(("FAPI1_ADVANCED", "FAPI2_SECURITY")),
                "allowedSignatureAlgorithms": _options(("PS256", "ES256")),
                "allowedEncryptionAlgorithms": _options((_NONE, "RSA-OAEP")),
                "tokenEndpointAuthMethod": {"options": fapi},
            },
            "cibaMetadata": {"supportedNotificationChannels": [{"name": "email", "displayName": "Email"}]},
        }
    )


def saml(request: TenantRequest) -> Response:
    """GET what a SAML document may hold."""
    return answer(
        {
            "defaultNameIdFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
            "certificateAlias": _options(("wso2carbon",), "wso2carbon"),
            "responseSigningAlgorithm": _options((f"{_DSIG}rsa-sha1", f"{_DSIG}dsa-sha1"), f"{_DSIG}rsa-sha1"),
            "responseDigestAlgorithm": _options((f"{_DSIG}sha1", f"{_XENC}sha256"), f"{_DSIG}sha1"),
            "assertionEncryptionAlgorithm": _options(
                (f"{_XENC}aes256-cbc", f"{_XENC}aes128-cbc"), f"{_XENC}aes256-cbc"
            ),
            "keyEncryptionAlgorithm": _options((f"{_XENC}rsa-oaep-mgf1p", f"{_XENC}rsa-1_5"), f"{_XENC}rsa-oaep-mgf1p"),
        }
    )


def ws_trust(request: TenantRequest) -> Response:
    """GET what a WS-Trust document may hold: nothing, as the organisation has no such service."""
    message = "WS-Trust protocol is not supported."
    raise application_error(404, "APP-60504", message, "STS admin service is unavailable at the moment.")


def custom(request: TenantRequest) -> Response:
    """GET what the document of an extension's protocol may hold."""
    text = f"Inbound protocol cannot be found for the provided id: {request.param('protocol')}"
    raise application_error(404, "APP-60501", "Inbound protocol not found.", text)


def adaptive_templates(request: TenantRequest) -> Response:
    """GET the templates of sign-in scripts, which are one JSON document in a string."""
    return answer({"templatesJSON": "{}"})


def groups(request: TenantRequest) -> Response:
    """GET the groups of users; there are none."""
    return answer([])


def _grant(name: str) -> dict[str, Any]:
    title = _GRANT_NAMES.get(name, name)
    return {"name": name, "displayName": title, "publicClientAllowed": name not in _NOT_PUBLIC}


def _options(options: Iterable[str], default: str | None = None) -> dict[str, Any]:
    chosen = {} if default is None else {"defaultValue": default}
    return {"options": list(options), **chosen}
