"""What a program declares of an application in Asgardeo, and what each of its types brings along."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from ...clients.asgardeo import packed_callbacks
from ..declaration import Declaration
from ..field_types import AsgardeoId, ScopeName
from ..schema import (
    NAMED_AFTER_RESOURCE,
    REPLACES,
    SECRET,
    WRITE_ONLY,
    Count,
    Default,
    Document,
    Effect,
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
    like,
)
from .field_types import ApplicationName, Callback, ClaimUri, GrantType, Origin, Trimmed, Url

__all__ = (
    "APPLICATION",
    "ASGARDEO_APPLICATION",
    "OIDC",
    "TYPES",
    "ApplicationInputs",
    "ApplicationOutputs",
    "ApplicationType",
    "AuthorizedApi",
)

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


#: What an application's callbacks have room for, all of them in one expression.
_LONGEST_CALLBACKS = 2048


class AuthorizedApi(Inputs):
    """An API that an application may call."""

    api_id: Annotated[AsgardeoId, Effect("A change revokes one API and authorizes another.")]
    """Id of the API (an `AsgardeoApi`'s `id`), not its identifier."""

    policy: Annotated[Literal["RBAC", "No Policy"], Effect("A change makes the authorization again.")] = "RBAC"
    """How scopes are granted: `RBAC` by roles, `No Policy` to everybody. An API that requires authorization takes
    `RBAC` only."""

    scopes: Annotated[list[ScopeName] | None, KeyedBy()] = None
    """Names of the scopes that the application may ask for, all of them. Left out: scopes are not managed."""


class Pkce(Inputs):
    """Proof key for code exchange (PKCE)."""

    mandatory: Flag | None = None
    """Require PKCE."""

    support_plain_transform_algorithm: Flag | None = None
    """Accept plain challenges besides hashed ones."""


class AccessToken(Inputs):
    """Access tokens."""

    type: Annotated[Literal["JWT", "Default"] | None, Default("`JWT`")] = None
    """`JWT`, which gateways can verify, or `Default`, an opaque token."""

    user_access_token_expiry_in_seconds: Count | None = None
    """Lifetime of a user's token, in seconds."""

    application_access_token_expiry_in_seconds: Count | None = None
    """Lifetime of an application's own token, in seconds."""

    binding_type: Annotated[Name | None, like("cookie", "sso-session")] = None
    """What a token is bound to: `None`, `cookie`, `sso-session`, `device-flow`, `DPoP`, `certificate` or
    `client-request`."""

    revoke_tokens_when_idp_session_terminated: Flag | None = None
    """Revoke tokens when the user's session ends."""

    validate_token_binding: Flag | None = None
    """Validate the binding when a token is used."""

    access_token_attributes: Annotated[list[Annotated[Name, like("email", "given_name")]] | None, KeyedBy()] = None
    """OIDC claims that a JWT carries."""

    enable_jwt_scope_as_array: Flag | None = None
    """List the scopes of a JWT as an array instead of one text."""


class RefreshToken(Inputs):
    """Refresh tokens."""

    expiry_in_seconds: Count | None = None
    """Lifetime, in seconds."""

    renew_refresh_token: Flag | None = None
    """Issue a new refresh token with each use."""

    extend_renewed_refresh_token_expiry_time: Flag | None = None
    """Give a renewed refresh token its full lifetime again."""


class Encryption(Inputs):
    """Encryption of ID tokens."""

    enabled: Flag | None = None
    """Encrypt ID tokens."""

    algorithm: Annotated[Text | None, like("RSA-OAEP", "RSA-OAEP-256")] = None
    """Algorithm that encrypts the key."""

    method: Annotated[Text | None, like("A128GCM", "A256GCM")] = None
    """Algorithm that encrypts the token."""


class IdToken(Inputs):
    """ID tokens."""

    expiry_in_seconds: Count | None = None
    """Lifetime, in seconds."""

    audience: Annotated[list[Annotated[Name, like("orders-api", "bills-api")]] | None, KeyedBy()] = None
    """Further audiences, of JWT access tokens too."""

    id_token_signed_response_alg: Annotated[Text | None, like("RS256", "PS256")] = None
    """Signing algorithm."""

    encryption: Encryption | None = None
    """Encryption of ID tokens."""


class Logout(Inputs):
    """Logout at the application when the session at Asgardeo ends."""

    back_channel_logout_url: Annotated[Url | None, at_most(2047)] = None
    """URL that Asgardeo calls. `""` clears it."""

    front_channel_logout_url: Annotated[Url | None, at_most(2047)] = None
    """URL that the browser is sent to. `""` clears it."""


class ClientAuthentication(Inputs):
    """How the application authenticates at the token endpoint."""

    token_endpoint_auth_method: Annotated[Name | None, like("client_secret_basic", "client_secret_post")] = None
    """`client_secret_basic`, `client_secret_post`, `private_key_jwt` or `tls_client_auth`."""

    token_endpoint_allow_reuse_pvt_key_jwt: Flag | None = None
    """Accept a signed assertion more than once."""

    token_endpoint_auth_signing_alg: Annotated[Text | None, like("PS256", "RS256")] = None
    """Algorithm of signed assertions."""

    tls_client_auth_subject_dn: Annotated[Text | None, at_most(2047), like("CN=orders", "CN=bills")] = None
    """Subject of the client certificate."""


class ClaimMapping(Inputs):
    """A claim under a name of the application's own."""

    application_claim: Annotated[Name, like("mail", "login")]
    """The application's name for the claim."""

    local_claim: ClaimUri
    """URI of the claim."""


class RequestedClaim(Inputs):
    """A claim that the application asks for."""

    claim: ClaimUri
    """URI of the claim, or the application's name for it."""

    mandatory: Flag | None = None
    """Require the claim: a user without it cannot sign in."""


class SubjectClaim(Inputs):
    """Subject identifier claim."""

    claim: ClaimUri | None = None
    """URI of the claim."""

    include_user_domain: Flag | None = None
    """Prepend the user store's domain."""

    include_tenant_domain: Flag | None = None
    """Append the tenant domain."""

    use_mapped_local_subject: Flag | None = None
    """Use the local account that a federated user is mapped to."""


class RoleClaim(Inputs):
    """Role claim."""

    claim: ClaimUri | None = None
    """URI of the claim."""

    include_user_domain: Flag | None = None
    """Prepend the user store's domain."""


class Claims(Inputs):
    """The claims that the application is given."""

    dialect: Literal["LOCAL", "CUSTOM"] | None = None
    """`LOCAL` for Asgardeo's claim names, `CUSTOM` for those of `claim_mappings`."""

    claim_mappings: Annotated[list[ClaimMapping] | None, KeyedBy("application_claim")] = None
    """The application's own claim names, all of them."""

    requested_claims: Annotated[list[RequestedClaim] | None, KeyedBy("claim")] = None
    """The claims that the application asks for, all of them."""

    subject: SubjectClaim | None = None
    """Subject identifier claim."""

    role: RoleClaim | None = None
    """Role claim."""

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """Beside mappings, a claim that none of them names would be dropped silently."""
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
                    "is not an application_claim of claim_mappings, so Asgardeo would drop it; map it too",
                )


class Advanced(Inputs):
    """Settings that few applications need."""

    saas: Flag | None = None
    """Allow users of other organisations to sign in."""

    discoverable_by_end_users: Flag | None = None
    """Show the application in the My Account portal; needs `access_url`."""

    skip_login_consent: Flag | None = None
    """Skip the consent when users sign in."""

    skip_logout_consent: Flag | None = None
    """Skip the consent when users sign out."""

    return_authenticated_idp_list: Flag | None = None
    """Return the identity providers that signed the user in."""

    enable_authorization: Flag | None = None
    """Apply authorization policies when users sign in."""

    enable_api_based_authentication: Flag | None = None
    """Allow users to sign in within the application, by API."""


class ApplicationInputs(Inputs):
    """The inputs of an application."""

    name: Annotated[ApplicationName, NAMED_AFTER_RESOURCE, APPLICATION]
    """Name of the application, unique in the organisation, of letters, digits, spaces and `. _ - + ( )`."""

    application_type: Annotated[Literal["m2m", "web", "spa", "mobile", "standard"], REPLACES, TEMPLATE] = "m2m"
    """`m2m` (grant client_credentials), `web` (code and refresh token), `spa` or `mobile` (the same, public, PKCE
    mandatory), or `standard`, which needs `grant_types`."""

    description: Annotated[Prose | None, at_most(1024), APPLICATION] = None
    """What the application is for."""

    access_url: Annotated[Url | None, at_most(1024), APPLICATION] = None
    """URL where users find the application."""

    image_url: Annotated[
        Trimmed | None,
        at_most(1024),
        like("https://app.example.com/logo.png", "https://shop.example.com/logo.png"),
        APPLICATION,
    ] = None
    """URL of its logo."""

    logout_return_url: Annotated[Url | None, at_most(255), APPLICATION] = None
    """URL that users are sent to after they sign out."""

    enabled: Annotated[Flag | None, Default("true"), APPLICATION] = None
    """Whether the application is enabled."""

    grant_types: Annotated[list[GrantType] | None, KeyedBy(), Default("those of its type"), OIDC] = None
    """OAuth 2.0 grants that it may use, all of them."""

    callback_urls: Annotated[list[Callback] | None, KeyedBy(), OIDC] = None
    """URLs that users are sent back to: absolute, of any scheme, without fragment. One entry that begins with
    `regexp=` is taken as a regular expression. Up to 2048 characters in all. Required for the grants authorization_code
    and implicit."""

    allowed_origins: Annotated[list[Origin] | None, KeyedBy(), OIDC] = None
    """Origins from which browsers may call Asgardeo (CORS)."""

    public_client: Annotated[Flag | None, Default("by type"), OIDC] = None
    """Whether it is a public client, which holds no secret, as in a browser or on a phone."""

    pkce: Annotated[Pkce | None, OIDC] = None
    """Proof key for code exchange (PKCE)."""

    access_token: Annotated[AccessToken | None, Default("type `JWT`"), OIDC] = None
    """Access tokens."""

    refresh_token: Annotated[RefreshToken | None, OIDC] = None
    """Refresh tokens."""

    id_token: Annotated[IdToken | None, OIDC] = None
    """ID tokens."""

    logout: Annotated[Logout | None, OIDC] = None
    """Logout at the application when the session at Asgardeo ends."""

    client_authentication: Annotated[ClientAuthentication | None, OIDC] = None
    """How it authenticates at the token endpoint."""

    allowed_audience: Annotated[Literal["APPLICATION", "ORGANIZATION"] | None, APPLICATION] = None
    """Whose roles count for it: its own (`APPLICATION`) or the organisation's."""

    claims: Annotated[Claims | None, APPLICATION] = None
    """The claims that it is given."""

    advanced: Annotated[Advanced | None, APPLICATION] = None
    """Settings that few applications need."""

    authorized_apis: Annotated[list[AuthorizedApi] | None, KeyedBy("api_id"), AUTHORIZED_APIS] = None
    """The APIs that it may call, all of them. Left out: authorizations are not managed."""

    secret_rotation: Annotated[Text | None, WRITE_ONLY, like("2026-11", "2026-12")] = None
    """Any text, such as a date. Each new text rotates the client secret once, and the old secret ends at that moment;
    at creation it is only remembered, and removing it does nothing."""

    adopt: Annotated[Flag | None, WRITE_ONLY, Default("false"), Effect("Matters at creation only.")] = None
    """Take over the application that already has this name instead of failing."""

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
            length = sum(len(stored) for stored in packed_callbacks(self.callback_urls))
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


ASGARDEO_APPLICATION = Declaration(
    name="Application",
    type_name="asgardeo:Application",
    class_name="AsgardeoApplication",
    title="application",
    inputs=ApplicationInputs,
    outputs=ApplicationOutputs,
    summary="An application in Asgardeo: its OAuth 2.0 client and the APIs that it may call.",
    id_text="Id of the application, a UUID.",
    errors=(
        "a name that another application has",
        "an API or scope that does not exist",
        "a management application without the scopes `internal_application_mgt_create`, `_view`, `_update`, `_delete`, "
        "`_client_secret_view`, `_client_secret_create`, `internal_application_business_api_update` and "
        "`internal_application_internal_api_update`",
    ),
    page="https://wso2.com/asgardeo/docs/guides/applications/",
    example="""\
import pulumi
import pulumi_asgardeo_bijira as wso2

orders = wso2.AsgardeoApi(
    "orders",
    identifier="https://api.example.com/orders",
    scopes=[{"name": "orders:read"}, {"name": "orders:write"}],
)
service = wso2.AsgardeoApplication(
    "orders-service",
    access_token={"application_access_token_expiry_in_seconds": 900},
    authorized_apis=[{"api_id": orders.id, "scopes": ["orders:read", "orders:write"]}],
)
web = wso2.AsgardeoApplication(
    "orders-web",
    application_type="web",
    callback_urls=["https://app.example.com/callback"],
    pkce={"mandatory": True},
)
pulumi.export("clientId", service.client_id)
pulumi.export("clientSecret", service.client_secret)
pulumi.export("webClientId", web.client_id)
""",
    adopting="Set `adopt=True`: the application that has the `name` is taken over and changed to what is declared.",
)
