"""Signing in to Bijira or a self-hosted server, for every back end alike."""

from collections.abc import Iterable
from dataclasses import replace

from ...settings import BijiraSettings
from ...transport import (
    ClientSecret,
    Connection,
    FetchedToken,
    GivenToken,
    PublicClient,
    Redactor,
    TokenSource,
)
from .profile import token_endpoint_profile

__all__ = ("sign_in", "sign_in_as_administrator")


def sign_in(settings: BijiraSettings, redactor: Redactor, name: str) -> TokenSource:
    """Where the tokens for a back end of this name come from."""
    if settings.auth_method == "access_token":
        return GivenToken(
            settings.token_text("access_token"),
            "`bijira:accessToken` has ended, is not one of this organisation, or lacks one of the scopes "
            f"{settings.asked_scopes}. Get a new one: {settings.how_to_set('access_token')}",
        )
    client_id, secret = settings.client(), settings.secret()
    client = ClientSecret(client_id, secret) if secret else PublicClient(client_id)
    endpoint = Connection(
        settings.token_address,
        token_endpoint_profile(settings, name),
        rate=settings.rate_limit,
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
