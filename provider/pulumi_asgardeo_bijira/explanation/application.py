"""The application in Asgardeo that has the client id: whether it may fetch such a token at all."""

from collections.abc import Generator

from ..clients.asgardeo import Application, Asgardeo, Oidc
from ..oauth import grants_of_people
from .link import Link, Question

__all__ = ("application_links",)


def application_links(asgardeo: Asgardeo, question: Question) -> Generator[Link, None, Application | None]:
    """What lies on the application itself, and the application."""
    application = asgardeo.applications.of_client(question.client_id)
    if application is None:
        said = f"Asgardeo has none with the client id {question.client_id}"
        yield Link("application", False, said, "Check it, and `asgardeo:organization`")
        return None
    called = f"{application.name} (id {application.id})"
    if application.enabled:
        yield Link("application", True, called)
    else:
        yield Link("application", False, f"{called} is disabled", "Set enabled to true on its AsgardeoApplication")
    oidc = asgardeo.applications.oidc(application.id)
    if oidc is None:
        yield Link("grant", False, "it has no OpenID Connect part any more", "Run pulumi refresh, then pulumi up")
    else:
        if oidc.state == "REVOKED":
            yield Link("client", False, "it is revoked and gets no token", "Change `secret_rotation`, which revives it")
        yield _grant(oidc, question)
        yield _token_type(oidc)
    return application


def _grant(oidc: Oidc, question: Question) -> Link:
    grants = oidc.grant_types or []
    if not question.username:
        holds = "client_credentials" in grants
        detail = "client_credentials, for a token of the client's own" if holds else _has(grants)
        return Link("grant", holds, detail, "" if holds else "Add client_credentials to `grant_types`, or give --user")
    if of_people := grants_of_people(grants):
        return Link("grant", True, f"{', '.join(of_people)}, in which people sign in")
    return Link("grant", False, _has(grants), "Add authorization_code or password to `grant_types`")


def _has(grants: list[str]) -> str:
    return f"it may use {', '.join(grants) or 'none'} alone"


def _token_type(oidc: Oidc) -> Link:
    kind = oidc.access_token.type if oidc.access_token else None
    if kind == "JWT":
        return Link("token", True, "a JWT, which a gateway can verify")
    return Link(
        "token",
        False,
        f"of the type {kind or 'Default'}, which no gateway can read",
        "Set `access_token.type` to JWT",
    )
