"""Signing in to Bijira or a self-hosted server, for every back end alike, and what to do about each refusal."""

from collections.abc import Iterable
from dataclasses import replace

from ...settings import BijiraSettings
from ...transport import (
    ApiProfile,
    ClientSecret,
    Connection,
    ErrorBody,
    FetchedToken,
    GivenToken,
    PublicClient,
    Redactor,
    TokenSource,
)

__all__ = ("sign_in", "sign_in_as_administrator")

#: What to do about a refusal, by its code and by the method of authentication (`""` is every other).
_ADVICE = {
    ("invalid_client", ""): (
        "Check bijira:clientId, bijira:clientSecret and bijira:tokenUrl: the server does not say which, and a "
        "secret that was renewed or has ended is refused like a wrong one"
    ),
    ("invalid_client", "public"): (
        "Check bijira:clientId and bijira:tokenUrl. A client that is not registered as a public one needs "
        "bijira:clientSecret"
    ),
    ("unauthorized_client", ""): "Allow the grant {grant} for this client, or choose another bijira:grantType",
    ("unsupported_grant_type", ""): (
        "The token endpoint does not offer the grant {grant}: check bijira:tokenUrl and bijira:grantType"
    ),
    ("invalid_grant", "password"): "Check bijira:username and bijira:password",
    ("invalid_grant", "exchange"): (
        "The token in {subject} has ended, or the token endpoint does not trust who issued it. Get a new one"
    ),
    ("invalid_request", "exchange"): (
        "Check {subject}, bijira:subjectTokenType, bijira:requestedTokenType and bijira:orgHandle"
    ),
    ("invalid_request", ""): "Check bijira:orgHandle and bijira:extraTokenParams",
    ("invalid_scope", ""): "Remove from bijira:scopes what this client may not ask for",
}
_OTHERWISE = "Check bijira:tokenUrl"


def sign_in(settings: BijiraSettings, redactor: Redactor, name: str) -> TokenSource:
    """Where the tokens for a back end of this name come from."""
    if settings.auth_method == "access_token":
        return GivenToken(
            settings.token_text("access_token"),
            "bijira:accessToken has ended, is not one of this organisation, or lacks one of the scopes "
            f"{settings.asked_scopes}. Get a new one: {settings.how_to_set('access_token')}",
        )
    client_id, secret = settings.client(), settings.secret()
    client = ClientSecret(client_id, secret) if secret else PublicClient(client_id)
    endpoint = Connection(
        settings.token_address,
        ApiProfile(name, advice=lambda refusal, _: _advice(settings, refusal)),
        ca_bundle=settings.ca_bundle,
        redactor=redactor,
    )
    return FetchedToken(
        endpoint,
        client,
        scopes=tuple(settings.asked_scopes.split()),
        grant=settings.token_form,
        headers={"Referer": ""} if settings.exchanges else None,
        silence_grants_all=True,
    )


def sign_in_as_administrator(
    settings: BijiraSettings, tokens: TokenSource, scopes: Iterable[str], redactor: Redactor, name: str
) -> TokenSource:
    """Tokens with an administrator's scopes, beside the others: nobody who needs none asks for them. Where the user has
    chosen what to ask for, the others serve."""
    return tokens if settings.scopes else sign_in(replace(settings, scopes=" ".join(scopes)), redactor, name)


def _advice(settings: BijiraSettings, refusal: ErrorBody) -> str:
    if refusal.status >= 500:
        return ""
    code = refusal.code or ("invalid_client" if refusal.status == 401 else "")
    traits = (
        "exchange" if settings.exchanges else settings.auth_method,
        "" if settings.client_secret else "public",
        "",
    )
    found = next((_ADVICE[code, trait] for trait in traits if (code, trait) in _ADVICE), _OTHERWISE)
    return found.format(grant=settings.grant, subject=settings.key(settings.auth_method))
