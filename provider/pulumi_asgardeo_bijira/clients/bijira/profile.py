"""What to do where the token endpoint of Bijira, or of a self-hosted server, refuses somebody."""

from ...settings import BijiraSettings
from ...transport import Advice, ApiProfile

__all__ = ("token_endpoint_profile",)

_SIGN_IN = {
    "invalid_client": (
        "Check `bijira:clientId`, `bijira:clientSecret` and `bijira:tokenUrl`: the server does not say which, and a "
        "secret that was renewed or has ended is refused like a wrong one"
    ),
    "unauthorized_client": "Allow the grant {grant} for this client, or choose another `bijira:grantType`",
    "unsupported_grant_type": (
        "The token endpoint does not offer the grant {grant}: check `bijira:tokenUrl` and `bijira:grantType`"
    ),
    "invalid_request": "Check `bijira:orgHandle` and `bijira:extraTokenParams`",
    "invalid_scope": "Remove from `bijira:scopes` what this client may not ask for",
}
_PUBLIC = {
    "invalid_client": (
        "Check `bijira:clientId` and `bijira:tokenUrl`. A client that is not registered as a public one needs "
        "`bijira:clientSecret`"
    ),
}
_PASSWORD = {"invalid_grant": "Check `bijira:username` and `bijira:password`"}
_EXCHANGE = {
    "invalid_grant": (
        "The token in {token} has ended, or the token endpoint does not trust who issued it. Get a new one"
    ),
    "invalid_request": "Check {token}, `bijira:subjectTokenType`, `bijira:requestedTokenType` and `bijira:orgHandle`",
}
_BY_METHOD = {"password": _PASSWORD, "subject_token": _EXCHANGE, "subject_token_file": _EXCHANGE}


def token_endpoint_profile(settings: BijiraSettings, name: str) -> ApiProfile:
    """The token endpoint of a back end of this name, to whoever signs in with these settings."""
    texts = _SIGN_IN | ({} if settings.client_secret else _PUBLIC) | _BY_METHOD.get(settings.auth_method, {})
    said = {"grant": settings.grant, "token": settings.named(settings.auth_method)}
    by_code = {code: text.format(**said) for code, text in texts.items()}
    return ApiProfile(name, Advice(by_code, {401: by_code["invalid_client"]}, otherwise="Check `bijira:tokenUrl`"))
