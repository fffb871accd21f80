"""What a program declares of an application in Asgardeo."""

from collections.abc import Iterator
from typing import Annotated, Literal

from ..declaration import Declaration
from ..schema import (
    NAMED_AFTER_RESOURCE,
    NEWER,
    REPLACES,
    SECRET,
    WRITE_ONLY,
    Default,
    Document,
    Effect,
    Flag,
    Inputs,
    IsUnknown,
    KeyedBy,
    Outputs,
    Prose,
    Text,
    Violation,
    at_most,
    like,
)
from ..widening import CHANGE_WIDENS, MORE_WIDENS, NEVER_WIDENS, OFF_WIDENS, ON_WIDENS, widens_as
from . import rules
from .application_types import CODE, CREDENTIALS, TYPES
from .authorized_api import AuthorizedApi
from .certificate import Certificate
from .claims import Claims
from .field_types import ApplicationName, Callback, GrantType, Origin, Trimmed, Url
from .oidc import (
    AccessToken,
    CibaAuthenticationRequest,
    ClientAuthentication,
    Encryption,
    HybridFlow,
    IdToken,
    Logout,
    Pkce,
    RefreshToken,
    RequestObject,
    RequestObjectEncryption,
    Subject,
)

__all__ = (
    "APPLICATION",
    "ASGARDEO_APPLICATION",
    "OIDC",
    "ApplicationInputs",
    "ApplicationOutputs",
)

#: What lies on the application itself, in its OIDC part, in its template, in its authorizations.
APPLICATION = Document("application")
OIDC = Document("OIDC")
TEMPLATE = Document("template")
AUTHORIZED_APIS = Document("authorized APIs")


class Advanced(Inputs):
    """Settings that few applications need."""

    saas: Annotated[Flag | None, ON_WIDENS] = None
    """Allow users of other organisations to sign in."""

    discoverable_by_end_users: Annotated[Flag | None, NEVER_WIDENS] = None
    """Show the application in the My Account portal; needs `access_url`."""

    skip_login_consent: Annotated[Flag | None, ON_WIDENS] = None
    """Skip the consent when users sign in."""

    skip_logout_consent: Annotated[Flag | None, NEVER_WIDENS] = None
    """Skip the consent when users sign out."""

    return_authenticated_idp_list: Annotated[Flag | None, NEVER_WIDENS] = None
    """Return the identity providers that signed the user in."""

    enable_authorization: Annotated[Flag | None, OFF_WIDENS] = None
    """Apply authorization policies when users sign in."""

    enable_api_based_authentication: Annotated[Flag | None, ON_WIDENS] = None
    """Allow users to sign in within the application, by API."""


class ApplicationInputs(Inputs):
    """The inputs of an application."""

    name: Annotated[ApplicationName, NAMED_AFTER_RESOURCE, APPLICATION, NEVER_WIDENS]
    """Name of the application, unique in the organisation, of letters, digits, spaces and `. _ - + ( )`."""

    application_type: Annotated[
        Literal["m2m", "web", "spa", "mobile", "standard"], REPLACES, TEMPLATE, NEVER_WIDENS
    ] = "m2m"
    """`m2m` (grant client_credentials), `web` (code and refresh token), `spa` or `mobile` (the same, public, PKCE
    mandatory), or `standard`, which needs `grant_types`."""

    description: Annotated[Prose | None, at_most(1024), APPLICATION, NEVER_WIDENS] = None
    """What the application is for."""

    access_url: Annotated[Url | None, at_most(1024), APPLICATION, NEVER_WIDENS] = None
    """URL where users find the application."""

    image_url: Annotated[
        Trimmed | None,
        at_most(1024),
        like("https://app.example.com/logo.png", "https://shop.example.com/logo.png"),
        APPLICATION,
        NEVER_WIDENS,
    ] = None
    """URL of its logo."""

    logout_return_url: Annotated[Url | None, at_most(255), APPLICATION, CHANGE_WIDENS] = None
    """URL that users are sent to after they sign out."""

    enabled: Annotated[Flag | None, Default("true"), APPLICATION, ON_WIDENS] = None
    """Whether the application is enabled."""

    grant_types: Annotated[list[GrantType] | None, KeyedBy(), Default("those of its type"), OIDC, MORE_WIDENS] = None
    """OAuth 2.0 grants that it may use, all of them."""

    callback_urls: Annotated[list[Callback] | None, KeyedBy(), OIDC, MORE_WIDENS] = None
    """URLs that users are sent back to: absolute, of any scheme, without fragment. One entry that begins with
    `regexp=` is taken as a regular expression. Up to 2048 characters in all. Required for the grants authorization_code
    and implicit."""

    allowed_origins: Annotated[list[Origin] | None, KeyedBy(), OIDC, MORE_WIDENS] = None
    """Origins from which browsers may call Asgardeo (CORS)."""

    public_client: Annotated[Flag | None, Default("by type"), OIDC, ON_WIDENS] = None
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

    certificate: Annotated[Certificate | None, APPLICATION] = None
    """The application's certificate or keys, which `private_key_jwt`, mutual TLS and encryption need."""

    hybrid_flow: Annotated[HybridFlow | None, OIDC, NEWER] = None
    """The hybrid flow: an authorization response with more than a code."""

    require_pushed_authorization_requests: Annotated[Flag | None, Default("false"), OIDC, NEWER, OFF_WIDENS] = None
    """Accept pushed authorization requests (PAR, RFC 9126) only."""

    validate_request_object_signature: Annotated[Flag | None, Default("false"), OIDC, OFF_WIDENS] = None
    """Accept signed request objects only."""

    request_object: Annotated[RequestObject | None, OIDC, NEWER] = None
    """Request objects: how they are signed and encrypted."""

    is_fapi_application: Annotated[Flag | None, Default("false"), OIDC, NEWER, OFF_WIDENS] = None
    """Hold the application to a security profile of FAPI. It then needs `access_token.binding_type` `certificate`, or
    under FAPI 2.0 `DPoP`."""

    fapi_profile: Annotated[
        Literal["FAPI1_ADVANCED", "FAPI2_SECURITY"] | None, Default("`FAPI1_ADVANCED`"), OIDC, NEWER, CHANGE_WIDENS
    ] = None
    """The security profile of FAPI; with `is_fapi_application` only."""

    subject: Annotated[Subject | None, OIDC, NEWER] = None
    """Subject identifiers of users: the same for every application, or one for each sector."""

    ciba_authentication_request: Annotated[CibaAuthenticationRequest | None, OIDC, NEWER] = None
    """Client-initiated backchannel authentication (CIBA). Required for its grant, and for nothing else."""

    allowed_audience: Annotated[
        Literal["APPLICATION", "ORGANIZATION"] | None,
        APPLICATION,
        Effect(
            "Changes in place. When it becomes `ORGANIZATION`, Asgardeo deletes the application's own roles for good; "
            "a preview warns of that."
        ),
        widens_as("ORGANIZATION"),
    ] = None
    """Whose roles count for it: its own (`APPLICATION`) or the organisation's."""

    claims: Annotated[Claims | None, APPLICATION] = None
    """The claims that it is given."""

    advanced: Annotated[Advanced | None, APPLICATION] = None
    """Settings that few applications need."""

    authorized_apis: Annotated[list[AuthorizedApi] | None, KeyedBy("api_id"), AUTHORIZED_APIS, MORE_WIDENS] = None
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
        """What the platform would refuse, or drop without a word."""
        yield from self._grant_violations(unknown)
        yield from rules.callbacks(self.callback_urls)
        yield from rules.pairwise(self.subject, self.callback_urls)
        grants = self.grant_types if isinstance(self.grant_types, list) else [self.grant_types, self.application_type]
        are_known = not any(unknown(one) for one in grants)
        yield from rules.ciba(self.ciba_authentication_request, self._grants(unknown), are_known=are_known)
        if self.is_fapi_application is True:
            binding = self.access_token.binding_type if isinstance(self.access_token, AccessToken) else None
            yield from rules.fapi(binding, self._auth_method, self._encryptions, unknown)
        elif self.fapi_profile is not None and self.is_fapi_application in (None, False):
            yield "fapi_profile", "is dropped by Asgardeo unless `is_fapi_application` is true, declare that too"
        yield from rules.certificate(self.certificate, self.needs_certificate)

    @property
    def needs_certificate(self) -> str:
        """What of it cannot work without a certificate; empty where nothing is."""
        return rules.needs_certificate(self._auth_method, self._encryptions)

    @property
    def _auth_method(self) -> str | None:
        declared = self.client_authentication
        return declared.token_endpoint_auth_method if isinstance(declared, ClientAuthentication) else None

    @property
    def _encryptions(self) -> list[tuple[str, Encryption | RequestObjectEncryption]]:
        return list(rules.encryptions(self.id_token, self.request_object))

    def _grant_violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        if self.grant_types is None and self.application_type == "standard":
            yield "grant_types", "is required where `application_type` is standard"
        if self.grant_types == []:
            yield "grant_types", "is empty, name at least one grant"
        grants = self._grants(unknown)
        if grants & {CODE, "implicit"} and self.callback_urls in (None, []):
            yield (
                "callback_urls",
                f"is required for the grant {min(grants & {CODE, 'implicit'})}; give at least one URL",
            )
        if CREDENTIALS in grants and self._is_public(unknown):
            yield "grant_types", "has client_credentials, which a public client cannot use: it holds no secret"

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
        "for a secret that is shown `_client_secret_view`, for `secret_rotation` `_client_secret_create`, and for "
        "`authorized_apis` `internal_application_business_api_update`, or where an API is the system's own "
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
    adopting="Set `adopt` to true: the application that has the `name` is taken over and changed to what is declared.",
)
