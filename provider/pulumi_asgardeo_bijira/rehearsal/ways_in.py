"""The ways by which a program's API is tried: by its client itself, in the name of a user, and without a token.

Which of them there are follows from the outputs and from the grants that the sandbox's Asgardeo knows of the client.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from asgardeo_bijira_sandbox import Sandbox
from asgardeo_bijira_sandbox.asgardeo.models import Tenant
from asgardeo_bijira_sandbox.asgardeo.oauth.clients import Client
from asgardeo_bijira_sandbox.asgardeo.oauth.users import plain_name

from ..clients.asgardeo.callbacks import unpack
from ..invocation import Token, exchange, fetch_token, invoke, without_role
from ..transport import ApiProblem, InvalidInput
from .browser import sign_in

__all__ = ("Person", "Way", "ways_in")

_BY_CODE, _BY_PASSWORD, _BY_ITSELF = "authorization_code", "password", "client_credentials"
_NO_CLIENT = "the sandbox's Asgardeo has no client of that id"
_PEOPLE = f"{_BY_PASSWORD} or {_BY_CODE}"


@dataclass(frozen=True)
class Person:
    """Whoever signs in; the scenario's first user where no name is given."""

    username: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Outcome:
    """What the API answered, and what is wrong besides."""

    status: int
    complaint: str = ""


@dataclass(frozen=True)
class Way:
    """A call of the API and the status that is due, or the reason why it is left out; `lacking` are the outputs that
    the program would have to export for it."""

    name: str
    due: int
    call: Callable[[], Outcome] | None = None
    reason: str = ""
    lacking: tuple[str, ...] = ()


def ways_in(outputs: Mapping[str, Any], sandbox: Sandbox, person: Person) -> Iterator[Way]:
    """Every way, in the order in which they are tried."""
    found = _Api(outputs, sandbox, person)
    for name, due, call, against in (
        ("invoke", 200, found.by_itself, found.reason_against_itself()),
        ("invoke-as-user", 200, found.as_user, found.reason_against_users()),
        ("invoke-without-token", 401, found.without_token, found.missing("apiUrl")),
    ):
        lacking = () if isinstance(against, str) else against
        reason = against if isinstance(against, str) else _without(against)
        yield Way(name, due, None if reason else call, reason, lacking)


def _without(outputs: tuple[str, ...]) -> str:
    """That the program does not export these, as a reason."""
    return f"the program has no output {', '.join(outputs)}" if outputs else ""


class _Api:
    """A program's API by its outputs, behind the sandbox's gateway."""

    def __init__(self, outputs: Mapping[str, Any], sandbox: Sandbox, person: Person) -> None:
        self._outputs = {name: str(value) for name, value in outputs.items() if value}
        self._sandbox = sandbox
        self._person = person
        self._client = _client(sandbox, self._outputs.get("clientId", ""))
        self._scope = self._outputs.get("scope", "")

    def missing(self, *names: str) -> tuple[str, ...]:
        """Which of these outputs the program does not export."""
        return tuple(name for name in names if name not in self._outputs)

    def reason_against_itself(self) -> str | tuple[str, ...]:
        """Why the client does not call the API in its own name, or the outputs that it lacks. Where it may do nothing
        else, it tries in vain."""
        lacking = self.missing("tokenEndpoint", "clientId", "clientSecret", "apiUrl")
        if self._client is None or self._client.may(_BY_ITSELF) or not self._grants():
            return lacking or self._keyless()
        return f"the client may not use {_BY_ITSELF}"

    def reason_against_users(self) -> str | tuple[str, ...]:
        """Why the client calls it in nobody's name, or the outputs that it lacks."""
        if lacking := self.missing("tokenEndpoint", "clientId", "apiUrl"):
            return lacking
        if self._client is None:
            return _NO_CLIENT
        if not self._grants():
            return f"the client may not use {_PEOPLE}"
        if self._grants() == [_BY_CODE] and _callback(self._client).startswith("regexp="):
            return "the client's callback is an expression, from which no address follows"
        secret = () if self._client.settings["publicClient"] else self.missing("clientSecret")
        return secret or self._keyless()

    def _keyless(self) -> str:
        held = self._client is not None and self._client.holds_a_key
        return "the client signs in by a key of its own, which a rehearsal does not have" if held else ""

    def by_itself(self) -> Outcome:
        """Call it as the client."""
        endpoint, client_id, secret = (self._outputs[name] for name in ("tokenEndpoint", "clientId", "clientSecret"))
        token = fetch_token(endpoint, client_id, secret, scope=self._scope)
        return Outcome(invoke(self._url(), token.access_token).status)

    def as_user(self) -> Outcome:
        """Call it in the name of a user, whose token must have scopes where the program asks for some."""
        if self._client is None:
            return Outcome(0, _NO_CLIENT)
        who = _known(self._client.tenant, self._person)
        token = _users_token(self._outputs, self._client, self._grants()[0], who)
        complaint = without_role(who.username, self._scope, token)
        try:
            return Outcome(invoke(self._url(), token.access_token, as_user=True).status, complaint)
        except ApiProblem as refusal:
            return Outcome(refusal.status, complaint or str(refusal))

    def without_token(self) -> Outcome:
        """Call it as anybody."""
        return Outcome(invoke(self._url()).status)

    def _grants(self) -> list[str]:
        """The grants of people that the client may use."""
        return [grant for grant in (_BY_PASSWORD, _BY_CODE) if self._client and self._client.may(grant)]

    def _url(self) -> str:
        """The API's address, behind the sandbox's gateway instead of the real one."""
        real, gateway = urlsplit(self._outputs["apiUrl"]), urlsplit(self._sandbox.url)
        return urlunsplit((gateway.scheme, gateway.netloc, real.path, real.query, ""))


def _users_token(outputs: Mapping[str, str], client: Client, grant: str, who: Person) -> Token:
    """A token in the name of a user; the login page is where the token endpoint is."""
    endpoint, scope = outputs["tokenEndpoint"], outputs.get("scope", "")
    secret = "" if client.settings["publicClient"] else outputs["clientSecret"]
    signing_in = {"scope": scope, "username": who.username, "password": who.password}
    if grant == _BY_PASSWORD:
        return fetch_token(endpoint, client.id, secret, **signing_in)
    code = sign_in(
        endpoint.removesuffix("/token"),
        client.id,
        _callback(client),
        push_with=secret if client.must_push else None,
        **signing_in,
    )
    return exchange(endpoint, client.id, secret, code.grant())


def _callback(client: Client) -> str:
    return unpack(client.callback_urls)[0]


def _client(sandbox: Sandbox, id: str) -> Client | None:
    found = ((tenant, tenant.client(id)) for tenant in sandbox.store.asgardeo.values())
    return next((Client(id, tenant, application) for tenant, application in found if application), None)


def _known(tenant: Tenant, person: Person) -> Person:
    """Whoever signs in, with the password that the scenario gives."""
    users = {user.username: user.password for user in tenant.users.values()}
    username = person.username or next(iter(users), "")
    if not username:
        raise InvalidInput("has no users", subject="the scenario", action="Add some to it, under asgardeo: users")
    given = person.password if person.username else ""
    return Person(username, given or users.get(plain_name(tenant, username), ""))
