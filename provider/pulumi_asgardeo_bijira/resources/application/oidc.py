"""What a program declares of an application's OIDC part: the objects within it, under the names of that document."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..schema import (
    NEWER,
    PASSING_UNKNOWNS,
    Count,
    Default,
    Flag,
    Inputs,
    IsUnknown,
    KeyedBy,
    Name,
    Text,
    Violation,
    at_most,
    like,
)
from ..widening import CHANGE_WIDENS, MORE_WIDENS, NEVER_WIDENS, OFF_WIDENS, ON_WIDENS, widens_as
from .field_types import HttpsUrl, Url

__all__ = (
    "AccessToken",
    "CibaAuthenticationRequest",
    "ClientAuthentication",
    "Encryption",
    "HybridFlow",
    "IdToken",
    "Logout",
    "Pkce",
    "RefreshToken",
    "RequestObject",
    "RequestObjectEncryption",
    "Subject",
)


PRIVATE_KEY_JWT = "private_key_jwt"

_ResponseType = Annotated[Literal["code token", "code id_token", "code id_token token"], PASSING_UNKNOWNS]


class Pkce(Inputs):
    """Proof key for code exchange (PKCE)."""

    mandatory: Annotated[Flag | None, OFF_WIDENS] = None
    """Require PKCE."""

    support_plain_transform_algorithm: Annotated[Flag | None, ON_WIDENS] = None
    """Accept plain challenges besides hashed ones."""


class AccessToken(Inputs):
    """Access tokens."""

    type: Annotated[Literal["JWT", "Default"] | None, Default("`JWT`"), NEVER_WIDENS] = None
    """`JWT`, which gateways can verify, or `Default`, an opaque token."""

    user_access_token_expiry_in_seconds: Annotated[Count | None, MORE_WIDENS] = None
    """Lifetime of a user's token, in seconds."""

    application_access_token_expiry_in_seconds: Annotated[Count | None, MORE_WIDENS] = None
    """Lifetime of an application's own token, in seconds."""

    binding_type: Annotated[Name | None, like("cookie", "sso-session"), CHANGE_WIDENS] = None
    """What a token is bound to: `None`, `cookie`, `sso-session`, `device-flow`, `DPoP`, `certificate` or
    `client-request`."""

    revoke_tokens_when_idp_session_terminated: Annotated[Flag | None, OFF_WIDENS] = None
    """Revoke tokens when the user's session ends."""

    validate_token_binding: Annotated[Flag | None, OFF_WIDENS] = None
    """Validate the binding when a token is used."""

    access_token_attributes: Annotated[
        list[Annotated[Name, like("email", "given_name")]] | None, KeyedBy(), MORE_WIDENS
    ] = None
    """OIDC claims that a JWT carries."""

    enable_jwt_scope_as_array: Annotated[Flag | None, NEVER_WIDENS] = None
    """List the scopes of a JWT as an array instead of one text."""


class RefreshToken(Inputs):
    """Refresh tokens."""

    expiry_in_seconds: Annotated[Count | None, MORE_WIDENS] = None
    """Lifetime, in seconds."""

    renew_refresh_token: Annotated[Flag | None, OFF_WIDENS] = None
    """Issue a new refresh token with each use."""

    extend_renewed_refresh_token_expiry_time: Annotated[Flag | None, ON_WIDENS] = None
    """Give a renewed refresh token its full lifetime again."""

    graceful_refresh_token_rotation_enabled: Annotated[Flag | None, NEWER, ON_WIDENS] = None
    """Accept the former refresh token for a while after it was renewed, as when an answer was lost."""

    graceful_refresh_token_rotation_validity_period: Annotated[
        Annotated[Count, Field(le=60)] | None, like(30, 60), NEWER, MORE_WIDENS
    ] = None
    """How long the former refresh token is still accepted, in seconds: at most 60."""

    graceful_refresh_token_reuse_limit: Annotated[
        Annotated[Count, Field(le=5)] | None, like(1, 2), NEWER, MORE_WIDENS
    ] = None
    """How many times the former refresh token is still accepted: at most 5."""


class Encryption(Inputs):
    """Encryption of ID tokens."""

    enabled: Annotated[Flag | None, OFF_WIDENS] = None
    """Encrypt ID tokens."""

    algorithm: Annotated[Text | None, like("RSA-OAEP", "RSA-OAEP-256"), CHANGE_WIDENS] = None
    """Algorithm that encrypts the key."""

    method: Annotated[Text | None, like("A128GCM", "A256GCM"), CHANGE_WIDENS] = None
    """Algorithm that encrypts the token."""

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """The server wants both algorithms where it encrypts, and forgets them where it does not."""
        for name in ("algorithm", "method"):
            value = getattr(self, name)
            if self.enabled is True and value in (None, ""):
                yield name, "is required where enabled is true"
            if self.enabled is None and value is not None:
                yield name, "is dropped by Asgardeo unless enabled is true, declare that too"


class IdToken(Inputs):
    """ID tokens."""

    expiry_in_seconds: Annotated[Count | None, MORE_WIDENS] = None
    """Lifetime, in seconds."""

    audience: Annotated[list[Annotated[Name, like("orders-api", "bills-api")]] | None, KeyedBy(), MORE_WIDENS] = None
    """Further audiences of ID tokens. An access token's audience is the client id alone."""

    id_token_signed_response_alg: Annotated[Text | None, like("RS256", "PS256"), CHANGE_WIDENS] = None
    """Signing algorithm."""

    encryption: Encryption | None = None
    """Encryption of ID tokens."""


class Logout(Inputs):
    """Logout at the application when the session at Asgardeo ends."""

    back_channel_logout_url: Annotated[Url | None, at_most(2047), CHANGE_WIDENS] = None
    """URL that Asgardeo calls. `""` clears it."""

    front_channel_logout_url: Annotated[Url | None, at_most(2047), CHANGE_WIDENS] = None
    """URL that the browser is sent to. `""` clears it."""


class ClientAuthentication(Inputs):
    """How the application authenticates at the token endpoint."""

    token_endpoint_auth_method: Annotated[
        Name | None, like("client_secret_basic", "client_secret_post"), CHANGE_WIDENS
    ] = None
    """`client_secret_basic`, `client_secret_post`, `private_key_jwt` or `tls_client_auth`."""

    token_endpoint_allow_reuse_pvt_key_jwt: Annotated[Flag | None, ON_WIDENS] = None
    """Accept a signed assertion more than once; with `private_key_jwt` only."""

    token_endpoint_auth_signing_alg: Annotated[Text | None, like("PS256", "RS256"), CHANGE_WIDENS] = None
    """Algorithm of signed assertions."""

    tls_client_auth_subject_dn: Annotated[Text | None, at_most(2047), like("CN=orders", "CN=bills"), CHANGE_WIDENS] = (
        None
    )
    """Subject of the client certificate."""

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """The server takes the one only with the other."""
        method, reuse = self.token_endpoint_auth_method, self.token_endpoint_allow_reuse_pvt_key_jwt
        if reuse is not None and isinstance(method, str) and not unknown(method) and method != PRIVATE_KEY_JWT:
            yield (
                "token_endpoint_allow_reuse_pvt_key_jwt",
                f"is for the `token_endpoint_auth_method` {PRIVATE_KEY_JWT} alone, remove it",
            )


class HybridFlow(Inputs):
    """The hybrid flow: an authorization response with more than a code."""

    enable: Annotated[Flag, ON_WIDENS]
    """Allow it."""

    response_type: Annotated[list[_ResponseType] | None, KeyedBy(), MORE_WIDENS] = None
    """The response types that it may ask for, all of them."""

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """The server wants one where the flow is allowed."""
        if self.enable is True and self.response_type in (None, []):
            yield "response_type", "is required where enable is true, name at least one response type"


class RequestObjectEncryption(Inputs):
    """Encryption of request objects."""

    algorithm: Annotated[Text | None, like("RSA-OAEP", "RSA-OAEP-256"), CHANGE_WIDENS] = None
    """Algorithm that encrypts the key."""

    method: Annotated[Text | None, like("A128GCM", "A256GCM"), CHANGE_WIDENS] = None
    """Algorithm that encrypts the object."""


class RequestObject(Inputs):
    """Request objects (JWTs that carry the parameters of an authorization request)."""

    request_object_signing_alg: Annotated[Text | None, like("PS256", "ES256"), CHANGE_WIDENS] = None
    """Signing algorithm."""

    encryption: RequestObjectEncryption | None = None
    """Encryption of request objects."""


class Subject(Inputs):
    """Subject identifiers of users."""

    subject_type: Annotated[Literal["pairwise", "public"] | None, Default("`public`"), widens_as("public")] = None
    """`public`, the same for every application, or `pairwise`, one for each sector."""

    sector_identifier_uri: Annotated[
        HttpsUrl | None,
        at_most(2047),
        like("https://app.example.com/sector.json", "https://example.com/sector.json"),
        CHANGE_WIDENS,
    ] = None
    """URL (https) whose host stands for the sector. Required for `pairwise` with several callbacks."""

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """The server forgets a sector that nothing asks for."""
        if self.sector_identifier_uri is not None and self.subject_type in (None, "public"):
            yield "sector_identifier_uri", "is for the `subject_type` pairwise alone, declare that too"


class CibaAuthenticationRequest(Inputs):
    """Client-initiated backchannel authentication (CIBA), by which an application has a user sign in elsewhere."""

    auth_req_expiry_time: Annotated[Count, like(300, 600), MORE_WIDENS]
    """Lifetime of a request, in seconds."""

    notification_channels: Annotated[list[Annotated[Name, like("email", "sms")]] | None, KeyedBy(), MORE_WIDENS] = None
    """The ways that a user may be told, all of them."""

    skip_user_validation: Annotated[Flag | None, ON_WIDENS] = None
    """Accept another user than the one that the request named."""

    allow_federated_users: Annotated[Flag | None, NEWER, ON_WIDENS] = None
    """Tell users that are not in the organisation's own store; needs `skip_user_validation`."""

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """The server wants the one for the other."""
        if self.allow_federated_users is True and self.skip_user_validation in (None, False):
            yield "allow_federated_users", "needs `skip_user_validation` to be true, declare that too"
