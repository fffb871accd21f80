"""What can be declared of an application, and what each of its types brings along."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator

from ...clients.asgardeo.wire import callbacks_to_wire
from ..api.declaration import asgardeo_id, without_blanks
from ..schema import (
    REPLACES,
    SECRET,
    WRITE_ONLY,
    Count,
    Document,
    Flag,
    Inputs,
    IsUnknown,
    KeyedBy,
    Name,
    Outputs,
    Prose,
    Text,
    Violation,
    at_most,
)

__all__ = ("APPLICATION", "OIDC", "TYPES", "ApplicationInputs", "ApplicationOutputs", "AuthorizedApi")

#: What lies on the application itself, in its OIDC part, in its template, in its authorizations.
APPLICATION = Document("application")
OIDC = Document("OIDC")
TEMPLATE = Document("template")
AUTHORIZED_APIS = Document("authorized APIs")

_CODE = "authorization_code"
_CREDENTIALS = "client_credentials"
_BROWSER_GRANTS = [_CODE, "refresh_token"]
_PUBLIC: Mapping[str, Any] = {
    "grantTypes": _BROWSER_GRANTS,
    "publicClient": True,
    "pkce": {"mandatory": True, "supportPlainTransformAlgorithm": False},
}
GRANT_TYPES = (
    _CODE,
    _CREDENTIALS,
    "implicit",
    "password",
    "refresh_token",
    "account_switch",
    "iwa:ntlm",
    "organization_switch",
    "urn:ietf:params:oauth:grant-type:device_code",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "urn:ietf:params:oauth:grant-type:saml2-bearer",
    "urn:ietf:params:oauth:grant-type:token-exchange",
    "urn:openid:params:grant-type:ciba",
)


@dataclass(frozen=True)
class ApplicationType:
    """A type of application: the template that the console shows it with, and what goes into the POST alone."""

    template: str
    defaults: Mapping[str, Any] = field(default_factory=dict)


TYPES: Mapping[str, ApplicationType] = {
    "m2m": ApplicationType("m2m-application", {"grantTypes": [_CREDENTIALS]}),
    "web": ApplicationType("b9c5e11e-fc78-484b-9bec-015d247561b8", {"grantTypes": _BROWSER_GRANTS}),
    "spa": ApplicationType("6a90e4b0-fbff-42d7-bfde-1efd98f07cd7", _PUBLIC),
    "mobile": ApplicationType("mobile-application", _PUBLIC),
    "standard": ApplicationType("custom-application-oidc"),
}


def _split(url: str) -> tuple[str, str, str, str, str]:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ValueError("is not a URL") from None
    return parts.scheme, parts.netloc, parts.path, parts.query, parts.fragment


def _callback(url: str) -> str:
    _trimmed(url)
    if url.startswith("regexp="):
        return url
    scheme, netloc, path, query, fragment = _split(url)
    if not scheme or not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme) or not (netloc or path or query):
        raise ValueError(
            "is not an absolute URL such as https://app.example.com/callback or com.example.app://callback"
        )
    if scheme in ("http", "https") and not netloc:
        raise ValueError("has no host, write it as https://app.example.com/callback")
    if fragment or url.endswith("#"):
        raise ValueError("has a fragment, remove # and what follows")
    if re.search(r"\s", url):
        raise ValueError("has a blank, encode it as %20")
    return url


def _origin(url: str) -> str:
    scheme, netloc, path, query, fragment = _split(url)
    if scheme not in ("http", "https") or not netloc or path or query or fragment or "*" in url or "@" in netloc:
        raise ValueError("is not an origin: write scheme, host and port alone, as in https://app.example.com")
    return url


def _trimmed(text: str) -> str:
    """The platform trims it, so what is declared would never be what is there."""
    if text != text.strip():
        raise ValueError("begins or ends with a blank, remove it")
    return text


def _absolute_or_empty(url: str) -> str:
    _trimmed(url)
    if url and not all(_split(url)[:2]):
        raise ValueError("is not an absolute URL such as https://app.example.com; an empty text clears it")
    return url


def _grant(name: str) -> str:
    if name not in GRANT_TYPES:
        near = difflib.get_close_matches(name, GRANT_TYPES, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(GRANT_TYPES)}"
        raise ValueError(f"is not a grant type, {hint}")
    return name


_NAME = re.compile(r"[a-zA-Z0-9 ._+()-]+")
_RESERVED = ("Console", "My Account", "wso2carbon-local-sp")
#: What an application's callbacks have room for, all of them in one expression.
_LONGEST_CALLBACKS = 2048


def _application_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("may hold letters (a to z), digits, blanks and . _ - + ( ) only; choose another name")
    if name in _RESERVED:
        raise ValueError("is an application of the platform's own; choose another name")
    return name


def _if_text(validate: Any) -> AfterValidator:
    """Unknown values have passed the validators before, so this one may meet them."""
    return AfterValidator(lambda value: validate(value) if isinstance(value, str) else value)


ApplicationName = Annotated[Name, _if_text(_application_name)]
GrantType = Annotated[Name, _if_text(_grant)]
Callback = Annotated[Text, _if_text(_callback)]
Origin = Annotated[Name, _if_text(_origin)]
Trimmed = Annotated[Text, _if_text(_trimmed)]
Url = Annotated[Text, _if_text(_absolute_or_empty)]
AsgardeoId = Annotated[Name, _if_text(asgardeo_id)]
AuthorizedScope = Annotated[Name, _if_text(without_blanks)]


class AuthorizedApi(Inputs):
    """An API that an application may call."""

    api_id: AsgardeoId
    """Id of the API (an `AsgardeoApi`'s `id`), not its identifier. A change revokes one API and authorizes another."""

    policy: Literal["RBAC", "No Policy"] = "RBAC"
    """How scopes are granted: `RBAC` by roles, `No Policy` to everybody. An API that requires authorization takes
    `RBAC` only. Default: `RBAC`. A change makes the authorization again."""

    scopes: Annotated[list[AuthorizedScope] | None, KeyedBy()] = None
    """Names of the scopes that the application may ask for, all of them. Left out: scopes are not managed. Changes in
    place."""


class Pkce(Inputs):
    """Proof key for code exchange."""

    mandatory: Flag | None = None
    """Whether a code is only given out against a challenge. Changes in place."""

    support_plain_transform_algorithm: Flag | None = None
    """Whether a plain challenge is taken besides a hashed one. Changes in place."""


class AccessToken(Inputs):
    """Access tokens."""

    type: Literal["JWT", "Default"] | None = None
    """`JWT`, which gateways can verify, or `Default`, an opaque token. Default: `JWT`. Changes in place."""

    user_access_token_expiry_in_seconds: Count | None = None
    """Lifetime of a user's token, in seconds. Changes in place."""

    application_access_token_expiry_in_seconds: Count | None = None
    """Lifetime of an application's own token, in seconds. Changes in place."""

    binding_type: Name | None = None
    """What a token is bound to: `None`, `cookie`, `sso-session`, `device-flow`, `DPoP`, `certificate` or
    `client-request`. Changes in place."""

    revoke_tokens_when_idp_session_terminated: Flag | None = None
    """Whether tokens end with the user's session. Changes in place."""

    validate_token_binding: Flag | None = None
    """Whether the binding is checked when a token is used. Changes in place."""

    access_token_attributes: Annotated[list[Name] | None, KeyedBy()] = None
    """OIDC claims that a JWT carries, such as `email`. Changes in place."""

    enable_jwt_scope_as_array: Flag | None = None
    """Whether a JWT lists its scopes as an array instead of one text. Changes in place."""


class RefreshToken(Inputs):
    """Refresh tokens."""

    expiry_in_seconds: Count | None = None
    """Lifetime, in seconds. Changes in place."""

    renew_refresh_token: Flag | None = None
    """Whether each use gives a new refresh token. Changes in place."""

    extend_renewed_refresh_token_expiry_time: Flag | None = None
    """Whether a new one lives its full lifetime again. Changes in place."""


class Encryption(Inputs):
    """Encryption of ID tokens."""

    enabled: Flag | None = None
    """Whether ID tokens are encrypted. Changes in place."""

    algorithm: Text | None = None
    """Algorithm that the key is encrypted with, such as `RSA-OAEP`. Changes in place."""

    method: Text | None = None
    """Algorithm that the token is encrypted with, such as `A128GCM`. Changes in place."""


class IdToken(Inputs):
    """ID tokens."""

    expiry_in_seconds: Count | None = None
    """Lifetime, in seconds. Changes in place."""

    audience: Annotated[list[Name] | None, KeyedBy()] = None
    """Further audiences, of JWT access tokens too. Changes in place."""

    id_token_signed_response_alg: Text | None = None
    """Signing algorithm, such as `RS256`. Changes in place."""

    encryption: Encryption | None = None
    """Encryption of ID tokens. Changes in place."""


class Logout(Inputs):
    """Logout at the application when the session at Asgardeo ends."""

    back_channel_logout_url: Annotated[Url, at_most(2047)] | None = None
    """URL that Asgardeo calls, up to 2047 characters. `""` clears it. Changes in place."""

    front_channel_logout_url: Annotated[Url, at_most(2047)] | None = None
    """URL that the browser is sent to, up to 2047 characters. `""` clears it. Changes in place."""


class ClientAuthentication(Inputs):
    """How the application proves itself to the token endpoint."""

    token_endpoint_auth_method: Name | None = None
    """`client_secret_basic`, `client_secret_post`, `private_key_jwt` or `tls_client_auth`. Changes in place."""

    token_endpoint_allow_reuse_pvt_key_jwt: Flag | None = None
    """Whether a signed assertion may be used again. Changes in place."""

    token_endpoint_auth_signing_alg: Text | None = None
    """Algorithm of signed assertions, such as `PS256`. Changes in place."""

    tls_client_auth_subject_dn: Annotated[Text, at_most(2047)] | None = None
    """Subject of the client certificate, up to 2047 characters. Changes in place."""


class ClaimMapping(Inputs):
    """A claim under a name of the application's own."""

    application_claim: Name
    """The application's name for the claim. Changes in place."""

    local_claim: Name
    """URI of the claim, such as `http://wso2.org/claims/emailaddress`. Changes in place."""


class RequestedClaim(Inputs):
    """A claim that the application asks for."""

    claim: Name
    """URI of the claim, or the application's name for it. Changes in place."""

    mandatory: Flag | None = None
    """Whether a user without it cannot sign in. Changes in place."""


class SubjectClaim(Inputs):
    """What a user is told apart by."""

    claim: Name | None = None
    """URI of the claim. Changes in place."""

    include_user_domain: Flag | None = None
    """Whether the user store's domain is put in front. Changes in place."""

    include_tenant_domain: Flag | None = None
    """Whether the organisation is put behind. Changes in place."""

    use_mapped_local_subject: Flag | None = None
    """Whether a federated user's local account counts. Changes in place."""


class RoleClaim(Inputs):
    """How roles are shown."""

    claim: Name | None = None
    """URI of the claim. Changes in place."""

    include_user_domain: Flag | None = None
    """Whether the user store's domain is put in front. Changes in place."""


class Claims(Inputs):
    """The claims that the application is given."""

    dialect: Literal["LOCAL", "CUSTOM"] | None = None
    """`LOCAL` for Asgardeo's claim names, `CUSTOM` for those of `claim_mappings`. Changes in place."""

    claim_mappings: Annotated[list[ClaimMapping] | None, KeyedBy("application_claim")] = None
    """The application's own claim names, all of them. Changes in place."""

    requested_claims: Annotated[list[RequestedClaim] | None, KeyedBy("claim")] = None
    """The claims that the application asks for, all of them. Changes in place."""

    subject: SubjectClaim | None = None
    """What a user is told apart by. Changes in place."""

    role: RoleClaim | None = None
    """How roles are shown. Changes in place."""

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """Beside mappings, a claim that none of them names would be dropped without a word."""
        if not isinstance(self.claim_mappings, list) or not isinstance(self.requested_claims, list):
            return
        if not self.claim_mappings or any(not isinstance(one, ClaimMapping) for one in self.claim_mappings):
            return
        named = [one.application_claim for one in self.claim_mappings]
        if any(unknown(name) for name in named):
            return
        for index, requested in enumerate(self.requested_claims):
            if isinstance(requested, RequestedClaim) and not unknown(requested.claim) and requested.claim not in named:
                yield (
                    f"requested_claims[{index}].claim",
                    "is no application_claim of claim_mappings, beside which Asgardeo drops it; map it too",
                )


class Advanced(Inputs):
    """Settings that few applications need."""

    saas: Flag | None = None
    """Whether users of other organisations may sign in. Changes in place."""

    discoverable_by_end_users: Flag | None = None
    """Whether users find it in the My Account portal; needs `access_url`. Changes in place."""

    skip_login_consent: Flag | None = None
    """Whether users are not asked for consent when they sign in. Changes in place."""

    skip_logout_consent: Flag | None = None
    """Whether users are not asked for consent when they sign out. Changes in place."""

    return_authenticated_idp_list: Flag | None = None
    """Whether the identity providers that signed the user in are named. Changes in place."""

    enable_authorization: Flag | None = None
    """Whether signing in is subject to authorization policies. Changes in place."""

    enable_api_based_authentication: Flag | None = None
    """Whether users may sign in within the application, by API. Changes in place."""


class ApplicationInputs(Inputs):
    """The inputs of an application."""

    name: Annotated[ApplicationName, APPLICATION]
    """Name of the application, unique in the organisation, of letters, digits, blanks and `. _ - + ( )`. Default: the
    resource's name. Changes in place."""

    application_type: Annotated[Literal["m2m", "web", "spa", "mobile", "standard"], REPLACES, TEMPLATE] = "m2m"
    """`m2m` (grant client_credentials), `web` (code and refresh token), `spa` or `mobile` (the same, public, PKCE
    mandatory), or `standard`, which needs `grant_types`. Default: `m2m`. A change replaces the application."""

    description: Annotated[Prose | None, at_most(1024), APPLICATION] = None
    """What the application is for, up to 1024 characters. Changes in place."""

    access_url: Annotated[Url | None, at_most(1024), APPLICATION] = None
    """URL where users find the application, up to 1024 characters. Changes in place."""

    image_url: Annotated[Trimmed | None, at_most(1024), APPLICATION] = None
    """URL of its logo, up to 1024 characters. Changes in place."""

    logout_return_url: Annotated[Url | None, at_most(255), APPLICATION] = None
    """URL that users are sent to after they signed out, up to 255 characters. Changes in place."""

    enabled: Annotated[Flag | None, APPLICATION] = None
    """Whether tokens are given out to it. The platform's default is true. Changes in place."""

    grant_types: Annotated[list[GrantType] | None, KeyedBy(), OIDC] = None
    """OAuth 2.0 grants that it may use, all of them. Left out: those of its type. Changes in place."""

    callback_urls: Annotated[list[Callback] | None, KeyedBy(), OIDC] = None
    """URLs that users are sent back to: absolute, of any scheme, without fragment. One entry that begins with
    `regexp=` is taken as a regular expression. Up to 2048 characters in all. Required for the grants authorization_code
    and implicit. Changes in place."""

    allowed_origins: Annotated[list[Origin] | None, KeyedBy(), OIDC] = None
    """Origins from which browsers may call Asgardeo (CORS). Changes in place."""

    public_client: Annotated[Flag | None, OIDC] = None
    """Whether it holds no secret, as in a browser or on a phone. Default: by type. Changes in place."""

    pkce: Annotated[Pkce | None, OIDC] = None
    """Proof key for code exchange. Changes in place."""

    access_token: Annotated[AccessToken | None, OIDC] = None
    """Access tokens. Default: type `JWT`. Changes in place."""

    refresh_token: Annotated[RefreshToken | None, OIDC] = None
    """Refresh tokens. Changes in place."""

    id_token: Annotated[IdToken | None, OIDC] = None
    """ID tokens. Changes in place."""

    logout: Annotated[Logout | None, OIDC] = None
    """Logout at the application when the session at Asgardeo ends. Changes in place."""

    client_authentication: Annotated[ClientAuthentication | None, OIDC] = None
    """How it proves itself to the token endpoint. Changes in place."""

    allowed_audience: Annotated[Literal["APPLICATION", "ORGANIZATION"] | None, APPLICATION] = None
    """Whose roles count for it: its own (`APPLICATION`) or the organisation's. Changes in place."""

    claims: Annotated[Claims | None, APPLICATION] = None
    """The claims that it is given. Changes in place."""

    advanced: Annotated[Advanced | None, APPLICATION] = None
    """Settings that few applications need. Changes in place."""

    authorized_apis: Annotated[list[AuthorizedApi] | None, KeyedBy("api_id"), AUTHORIZED_APIS] = None
    """The APIs that it may call, all of them. Left out: authorizations are not managed. Changes in place."""

    secret_rotation: Annotated[Text | None, WRITE_ONLY] = None
    """Any text, such as a date. Each new text rotates the client secret once, and the old secret ends at that moment;
    at creation it is only remembered, and removing it does nothing. Changes in place."""

    adopt: Annotated[Flag | None, WRITE_ONLY] = None
    """Take over the application that already has this name instead of failing. Default: false. Matters at creation
    only."""

    def complete(self, unknown: IsUnknown) -> None:
        """Gateways verify tokens offline, so a token is a JWT unless the user says otherwise."""
        if self.access_token is None:
            self.access_token = AccessToken(type="JWT")
        elif isinstance(self.access_token, AccessToken) and self.access_token.type is None:
            self.access_token.type = "JWT"

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """What grants need and forbid."""
        if self.grant_types is None and self.application_type == "standard":
            yield "grant_types", 'is required for application_type="standard"'
        if self.grant_types == []:
            yield "grant_types", "is empty, name at least one grant"
        grants = self._grants(unknown)
        if grants & {_CODE, "implicit"} and self.callback_urls in (None, []):
            yield (
                "callback_urls",
                f"is required for the grant {min(grants & {_CODE, 'implicit'})}; give at least one URL",
            )
        if _CREDENTIALS in grants and self._is_public(unknown):
            yield "grant_types", "has client_credentials, which a public client cannot use: it holds no secret"
        if isinstance(self.callback_urls, list) and len(self.callback_urls) > 1:
            raw = [isinstance(url, str) and url.startswith("regexp=") for url in self.callback_urls]
            if any(raw):
                yield "callback_urls", "has an entry that begins with regexp=, which must then be the only one"
        if isinstance(self.callback_urls, list) and all(isinstance(url, str) for url in self.callback_urls):
            length = sum(len(stored) for stored in callbacks_to_wire(self.callback_urls))
            if length > _LONGEST_CALLBACKS:
                yield (
                    "callback_urls",
                    f"is too long: written as one expression it has {length} characters, and Asgardeo has room for "
                    f"{_LONGEST_CALLBACKS}; name fewer, or one entry that begins with regexp=",
                )

    def _grants(self, unknown: IsUnknown) -> set[str]:
        if self.grant_types is None:
            kind = TYPES.get(self.application_type) if isinstance(self.application_type, str) else None
            return set(kind.defaults.get("grantTypes", ())) if kind else set()
        if unknown(self.grant_types):
            return set()
        return {grant for grant in self.grant_types if isinstance(grant, str)}

    def _is_public(self, unknown: IsUnknown) -> bool:
        if self.public_client is None:
            return self.application_type in ("spa", "mobile")
        return not unknown(self.public_client) and self.public_client is True


class ApplicationOutputs(Outputs):
    """What an application computes."""

    organization: str
    """Organisation that it lives in: its name, after the host where that is not Asgardeo's public one."""

    client_id: str
    """OAuth 2.0 client id."""

    client_secret: Annotated[str | None, SECRET] = None
    """OAuth 2.0 client secret. Absent for a public client, and where the management application may not see it."""

    issuer: str
    """Issuer of its tokens."""

    token_endpoint: str
    """URL that tokens are fetched from."""

    jwks_endpoint: str
    """URL of the keys that tokens are verified with."""
