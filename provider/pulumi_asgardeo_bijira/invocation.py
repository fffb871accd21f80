"""The last step of the way: a token from the token endpoint, and with it a call of the API behind the gateway.

token = fetch_token(token_endpoint, client_id, client_secret, scope="orders:read")
invoke("https://gateway.example.com/orders/1.0.0/orders", token.access_token)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from .naming import worded
from .oauth import OPENID_SCOPES
from .transport import (
    SIGN_IN,
    Advice,
    ApiProblem,
    ApiProfile,
    Connection,
    InvalidInput,
    TokenAnswer,
    TokenRefused,
    operation,
    redactor_with,
    stay_in_sandbox,
    text_of,
    wrong_address,
)

__all__ = ("Answer", "Token", "exchange", "fetch_token", "invoke", "without_role")

_CLIENT = "Check the client id and the client secret"
_TOKEN_ENDPOINT = Advice(
    {
        "invalid_client": _CLIENT,
        "unauthorized_client": "The application may not use this grant (password with a user name, else "
        "client_credentials): add it to `grant_types`",
        "unsupported_grant_type": "The token endpoint does not offer this grant: check its address",
        "invalid_grant": "Check user name and password",
        "invalid_scope": "Check the scopes: each must be one that the application is authorized for",
    },
    {401: _CLIENT},
    otherwise="Check the address of the token endpoint",
)

_ROLE = (
    "Under the policy RBAC a user's token has the scopes of the user's roles alone: declare an "
    "AsgardeoRole with `application_id`, permissions and groups and set `allowed_audience` to APPLICATION on its "
    "AsgardeoApplication, or declare roles of a SecuredApi. A new assignment counts from the user's next sign-in"
)

_SCOPE = "The token lacks the scope that this resource needs: authorize the application for it and ask for it"
_REFUSED = {
    "900900": "The gateway does not know who issued the token: register the Asgardeo organisation as a key manager; in "
    "a sandbox name it in the scenario, or leave `asgardeo:organization` out",
    "900901": "The gateway takes a JWT: set `access_token.type` to JWT on the application, and send a token",
    "900902": "Send a token",
    "900903": "The token is too old: fetch a new one",
    "900907": "The subscription is blocked: have it unblocked",
    "900908": "The client is not subscribed to this API: declare it in subscriptions and check the client id",
    "900909": "The subscription waits for approval",
    "900910": _SCOPE,
    "900912": "The client's key type is not that of the API's deployment: check `key_type`",
    "900914": "The API takes other audiences: have the client id, which is the audience of every token, added to them",
}
_ADDRESS = {404: "Check the address of the API"}
_GATEWAY = Advice(_REFUSED, _ADDRESS)
_GATEWAY_FOR_USERS = Advice({**_REFUSED, "900910": f"{_SCOPE}. {_ROLE}"}, _ADDRESS)


@dataclass(frozen=True)
class Token:
    """An access token, and what the token endpoint said about it."""

    access_token: str = field(repr=False)
    scope: str = ""
    expires_in: int = 0


@dataclass(frozen=True)
class Answer:
    """What the API behind the gateway answered."""

    status: int
    body: str


def fetch_token(
    token_endpoint: str,
    client_id: str,
    client_secret: str = "",
    *,
    scope: str = "",
    username: str = "",
    password: str = "",
    ca_bundle: str | None = None,
) -> Token:
    """Fetch an access token: with the grant `password` where a user name is given, else with `client_credentials`."""
    grant = {"grant_type": "password" if username else "client_credentials"}
    grant |= {"scope": scope} if scope else {}
    grant |= {"username": username, "password": password} if username else {}
    return exchange(token_endpoint, client_id, client_secret, grant, ca_bundle=ca_bundle)


def exchange(
    token_endpoint: str, client_id: str, client_secret: str, grant: Mapping[str, str], *, ca_bundle: str | None = None
) -> Token:
    """Exchange any grant, its form fields, for an access token; without a secret as a public client."""
    if wrong := wrong_address(token_endpoint, with_query=True):
        raise InvalidInput(
            wrong,
            subject="the address of the token endpoint",
            action="Check it: the application shows its `token_endpoint`",
        )
    connection = Connection(
        token_endpoint,
        ApiProfile("Asgardeo", advice=_TOKEN_ENDPOINT),
        ca_bundle=ca_bundle,
        redactor=redactor_with(client_secret, grant.get("password", "")),
    )
    form = {**grant, "client_id": client_id, **({"client_secret": client_secret} if client_secret else {})}
    doing = f"fetch a token for the client {client_id} at {token_endpoint}"
    try:
        with operation():
            found = connection.request_json("POST", "", TokenAnswer, doing=doing, form=form, retry=SIGN_IN)
    except ApiProblem as refusal:
        raise TokenRefused.like(refusal) from None
    finally:
        connection.close()
    return Token(found.access_token, found.scope, int(found.expires_in))


def without_role(username: str, asked: str, token: Token) -> str:
    """What to say of a user's token that has none of the API's scopes that were asked for; nothing of any other."""
    wanted = set(asked.split()) - OPENID_SCOPES
    if not wanted or wanted & set(token.scope.split()):
        return ""
    return worded(f"Asgardeo granted {username} none of the scopes {' '.join(sorted(wanted))}. {_ROLE}")


def invoke(
    url: str, access_token: str = "", *, method: str = "GET", ca_bundle: str | None = None, as_user: bool = False
) -> Answer:
    """Call an API with a token, or without one. Whatever is no success is raised with what to do about it, which is
    another thing where the token is a user's."""
    if wrong := wrong_address(url.partition("#")[0], with_query=True):
        raise InvalidInput(
            wrong,
            subject="the address of the API",
            action="Write it as https://gateway.example.com/orders/1.0.0/orders",
        )
    parts = urlsplit(url)
    origin = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
    stay_in_sandbox(origin, api=parts.path)
    connection = Connection(
        origin,
        ApiProfile("Gateway", advice=_GATEWAY_FOR_USERS if as_user else _GATEWAY),
        ca_bundle=ca_bundle,
        redactor=redactor_with(access_token),
    )
    headers = {"Authorization": f"Bearer {access_token}"} if access_token else {}
    path = urlunsplit(("", "", parts.path, parts.query, ""))
    try:
        with operation():
            answer = connection.call(method, path, doing=f"{method} {url}", headers=headers)
    finally:
        connection.close()
    return Answer(answer.status_code, text_of(answer))
