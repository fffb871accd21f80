"""Signing in to Asgardeo, by the method that the settings choose, and what to do about each refusal."""

from ...settings import AsgardeoSettings
from ...transport import (
    ApiProfile,
    ClientAuthentication,
    ClientSecret,
    Connection,
    ErrorBody,
    FetchedToken,
    GivenToken,
    ProvidedAssertion,
    Redactor,
    SignedAssertion,
    TokenSource,
)
from .endpoints import Endpoints
from .profile import MANAGEMENT_SCOPES

__all__ = ("sign_in",)

_PROTOCOL = "in the console: Applications, the application, Protocol"
_REGISTER = f"Private Key JWT as client authentication, and the certificate or JWKS of the key, are set {_PROTOCOL}"
#: What to do about a refusal, by its code and by the method of authentication (`""` is every other).
_ADVICE = {
    ("invalid_client", ""): (
        "Check asgardeo:clientId, asgardeo:clientSecret and asgardeo:organization: the server does not say which, "
        f"and a secret that was regenerated or has ended is refused like a wrong one. The current one is {_PROTOCOL}"
    ),
    ("invalid_client", "private_key"): (
        f"Check asgardeo:clientId, asgardeo:organization and that the key is the application's: {_REGISTER}"
    ),
    ("invalid_client", "client_assertion_file"): (
        f"Check asgardeo:clientId, asgardeo:organization and who signs the assertion: {_REGISTER}"
    ),
    ("invalid_request", "private_key"): (
        "The assertion that was signed here is refused: check asgardeo:clientId, asgardeo:baseUrl and this machine's "
        "clock"
    ),
    ("invalid_request", "client_assertion_file"): (
        "Have a new assertion written to the file for each sign-in: with the client id as issuer and subject, the "
        "token endpoint as audience, an end ten minutes ahead and a jti that was never used"
    ),
    ("unauthorized_client", ""): f"Allow the grant Client Credentials {_PROTOCOL}, Allowed grant types",
    ("unsupported_grant_type", ""): "Check asgardeo:baseUrl: what answers there has no client credentials grant",
    ("invalid_scope", ""): (
        "Authorise the Application Management API and the API Resource Management API in the console: Applications, "
        "the application, API Authorization"
    ),
}
_OTHERWISE = "Check asgardeo:baseUrl and asgardeo:organization"


def sign_in(settings: AsgardeoSettings, redactor: Redactor) -> TokenSource:
    """Where the organisation's management tokens come from."""
    url = Endpoints(settings.tenant_url).token_endpoint
    if settings.auth_method == "access_token":
        return GivenToken(
            settings.token_text("access_token"),
            "asgardeo:accessToken has ended, or is not one of the organisation "
            f"{settings.organization_name}. Get a new one: {settings.how_to_set('access_token')}",
        )
    method = "private_key" if settings.auth_method == "private_key_file" else settings.auth_method

    def advice(refusal: ErrorBody, _: str) -> str:
        if refusal.status >= 500:
            return ""
        code = "invalid_client" if refusal.status == 401 else refusal.code
        return _ADVICE.get((code, method)) or _ADVICE.get((code, "")) or _OTHERWISE

    endpoint = Connection(url, ApiProfile("Asgardeo", advice=advice), ca_bundle=settings.ca_bundle, redactor=redactor)
    return FetchedToken(
        endpoint,
        _client(settings, url),
        scopes=tuple(MANAGEMENT_SCOPES),
        advice="A token that was issued a moment ago is refused: check asgardeo:baseUrl and asgardeo:organization",
    )


def _client(settings: AsgardeoSettings, url: str) -> ClientAuthentication:
    client_id = settings.client()
    match settings.auth_method:
        case "private_key" | "private_key_file":
            name = settings.auth_method
            at = (
                f"{settings.key(name)} ({settings.private_key_file})"
                if name == "private_key_file"
                else settings.key(name)
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
