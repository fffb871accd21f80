"""Signing in to Asgardeo, by the method that the settings choose."""

from ...settings import AsgardeoSettings
from ...transport import (
    ClientAuthentication,
    ClientSecret,
    Connection,
    FetchedToken,
    GivenToken,
    ProvidedAssertion,
    Redactor,
    SignedAssertion,
    TokenSource,
)
from .endpoints import Endpoints
from .profile import MANAGEMENT_SCOPES, token_endpoint_profile

__all__ = ("sign_in",)


def sign_in(settings: AsgardeoSettings, redactor: Redactor) -> TokenSource:
    """Where the organisation's management tokens come from."""
    url = Endpoints(settings.tenant_url).token_endpoint
    if settings.auth_method == "access_token":
        return GivenToken(
            settings.token_text("access_token"),
            "`asgardeo:accessToken` has ended, or is not one of the organisation "
            f"{settings.organization_name}. Get a new one: {settings.how_to_set('access_token')}",
        )
    profile = token_endpoint_profile(settings.auth_method)
    endpoint = Connection(url, profile, rate=settings.rate_limit, ca_bundle=settings.ca_bundle, redactor=redactor)
    return FetchedToken(
        endpoint,
        _client(settings, url),
        scopes=tuple(MANAGEMENT_SCOPES),
        advice="A token that was issued a moment ago is refused: check `asgardeo:baseUrl` and `asgardeo:organization`",
    )


def _client(settings: AsgardeoSettings, url: str) -> ClientAuthentication:
    client_id = settings.client()
    match settings.auth_method:
        case "private_key" | "private_key_file":
            name = settings.auth_method
            at = (
                f"{settings.named(name)} ({settings.private_key_file})"
                if name == "private_key_file"
                else settings.named(name)
            )
            return SignedAssertion(
                client_id,
                settings.key_text,
                source=at,
                audience=url,
                key_id=settings.key_id,
                algorithm=settings.signing_algorithm,
            )
        case "client_assertion_file":
            return ProvidedAssertion(client_id, lambda: settings.token_in_file("client_assertion_file"))
    return ClientSecret(client_id, settings.secret())
