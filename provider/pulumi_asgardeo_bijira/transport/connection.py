"""The one way in which this package talks to a server.

A `Connection` leads to one base address. It signs requests in, repeats what may be repeated (retry.py), keeps to the
operation's deadline, reads no more than it should (bounds.py), and turns every failure into a problem (exchange.py).

    connection.request_json("GET", "/apis/7", Api, doing="read the API 7")            # a documented answer
    connection.send("PATCH", "/apis/7", json=…, ok=(204,), doing="…")        # a documented success without one
    connection.get_or_none("/apis/7", Api, doing="…", not_found=is_unknown)  # … or the documented "there is none"
    connection.delete("/apis/7", doing="…", not_found=is_unknown)

Any other success is no answer of the API's (`NotAnApiAnswer`); to what writes it is a lost one (`OutcomeUnknown`), for
then nobody knows whether it was carried out.
"""

import importlib.metadata
import logging
import platform
import threading
from collections.abc import Callable, Collection, Mapping
from contextlib import nullcontext
from functools import cache, partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack
from urllib.parse import quote

from .addresses import wrong_address
from .answers import text_of
from .auth import TokenSource
from .budget import Budget, Place, RateLimit, tickets_for
from .cancellation import CANCELLATION
from .deadline import SYSTEM_CLOCK, Clock, operation, remaining
from .exchange import Exchange, IsNotFound
from .problems import ConfigurationProblem, DeadlineExceeded, InvalidInput, MissingScope, NotFound
from .profile import ApiProfile, ErrorBody
from .redaction import Redactor, redactor_with
from .retry import RetryPolicy, policy_of, send_until_settled
from .route import stay_in_sandbox
from .tickets import Tickets
from .writes import WRITES

if TYPE_CHECKING:
    import httpx

__all__ = ("Connection", "segment", "user_agent")

T = TypeVar("T")

_log = logging.getLogger("pulumi_asgardeo_bijira")


@cache
def user_agent() -> str:
    """Who we are: this package, pulumi and Python, each with its version."""
    names = {"pulumi-asgardeo-bijira": "pulumi-asgardeo-bijira", "pulumi": "pulumi"}
    parts = [f"{product}/{importlib.metadata.version(name)}" for product, name in names.items()]
    return " ".join([*parts, f"python/{platform.python_version()}"])


def segment(text: str) -> str:
    """One segment of a path, whatever it holds; one of dots alone would otherwise lead elsewhere."""
    return text.replace(".", "%2E") if text.strip(".") == "" else quote(text, safe="")


class Details(TypedDict, total=False):
    """What a request takes besides, each where it has it."""

    #: The documented statuses of success; any where it is left out of a `call`.
    ok: Collection[int]
    #: What to do where the server takes the request and does not carry it out yet (202), if it is known to do so.
    accepted: str
    #: The endpoint's documented "there is no such object".
    not_found: IsNotFound | None
    #: What the token must hold.
    scope: str
    json: Any
    #: A form that can be called is made anew for each attempt.
    form: Mapping[str, str] | Callable[[], Mapping[str, str]]
    params: Mapping[str, str | int]
    headers: Mapping[str, str]
    #: The policy, where it is another than the verb's.
    retry: RetryPolicy


def _open(
    base_url: str,
    ca_bundle: str | None,
    headers: Mapping[str, str],
    transport: "httpx.BaseTransport | None",
    clock: Clock,
) -> "httpx.Client":
    import httpx

    from .bounds import Bounded
    from .network import NETWORK

    ours = {"User-Agent": user_agent(), "Accept": "application/json", "Accept-Encoding": "identity"}
    return httpx.Client(
        headers={**ours, **headers},
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # a token is all that signs a request in
        transport=Bounded(transport or NETWORK.open(base_url, ca_bundle, clock), clock),
        trust_env=False,
    )


class Connection:
    """Requests to one base address of one platform.

    What is repeated and when is written in retry.py. A 401 is answered once with a new token, fetched by one thread
    for all. Redirects are not followed: credentials go to no other host.
    """

    def __init__(
        self,
        base_url: str,
        profile: ApiProfile,
        *,
        tokens: TokenSource | None = None,
        ca_bundle: str | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        redactor: Redactor | None = None,
        rate: RateLimit | None = None,
        tickets: Tickets | None = None,
        transport: "httpx.BaseTransport | None" = None,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        if wrong := wrong_address(self.base_url, with_query=True):
            raise ConfigurationProblem(
                wrong, subject=f"the address of {profile.name}", action="Write it as https://host"
            )
        stay_in_sandbox(self.base_url)
        self.redact = redactor or redactor_with()
        self.clock = clock
        self._profile = profile
        self._tokens = tokens
        self._params = dict(params or {})
        shared = tickets_for(self.base_url, rate) if rate else Tickets()
        self._budget = Budget(profile.name, rate or RateLimit(), tickets or shared, clock)
        self._open = partial(_open, self.base_url, ca_bundle, headers or {}, transport, clock)
        self._opening = threading.Lock()
        self._opened: httpx.Client | None = None

    def __repr__(self) -> str:
        return f"Connection({self.base_url})"

    def close(self) -> None:
        """Give the sockets back."""
        with self._opening:
            if self._opened:
                self._opened.close()

    def request_json(self, method: str, path: str, shape: type[T], *, doing: str, **details: Unpack[Details]) -> T:
        """Send one request, as `call` does, and read the answer that is documented for it.

        `ok` has the documented statuses of success (200 alone where it is left out).
        """
        details.setdefault("ok", (200,))
        exchange, response = self._exchange(method, path, doing, details)
        return exchange.document(response, shape)

    def request_json_or_none(
        self, method: str, path: str, shape: type[T], *, doing: str, **details: Unpack[Details]
    ) -> T | None:
        """The same, where the server is known to say nothing at times; it says so by an empty body."""
        details.setdefault("ok", (200,))
        exchange, response = self._exchange(method, path, doing, details)
        return exchange.document(response, shape) if response.content.strip() else None

    def send(
        self, method: str, path: str, *, doing: str, or_body: Any = None, or_text: str = "", **details: Unpack[Details]
    ) -> None:
        """Send one request whose documented success (204 where `ok` is left out) has no body, or where it has one, one
        of the shape `or_body`, or exactly this text."""
        details.setdefault("ok", (204,))
        exchange, response = self._exchange(method, path, doing, details)
        if text_of(response).strip() in ("", or_text):
            return
        if or_body is None:
            raise exchange.no_answer(response, "where no body is documented")
        exchange.document(response, or_body)

    def locate(self, method: str, path: str, shape: type[T], *, doing: str, **details: Unpack[Details]) -> T:
        """Send one request whose documented answer says in the header `Location` alone what was made.

        The shape has that header as its property `Location`.
        """
        details.setdefault("ok", (201,))
        exchange, response = self._exchange(method, path, doing, details)
        named = {"Location": response.headers["Location"]} if "Location" in response.headers else {}
        return exchange.fitting(named, shape)

    def get_or_none(self, path: str, shape: type[T], *, doing: str, **details: Unpack[Details]) -> T | None:
        """The object at a path, or None where the platform says that there is none."""
        try:
            return self.request_json("GET", path, shape, doing=doing, **details)
        except NotFound:
            return None

    def delete(
        self, path: str, *, doing: str, or_body: Any = None, or_text: str = "", **details: Unpack[Details]
    ) -> None:
        """Delete what is at a path, and read of the answer what `send` does; nothing there is no failure."""
        try:
            self.send("DELETE", path, doing=doing, or_body=or_body, or_text=or_text, **details)
        except NotFound:
            return

    def call(self, method: str, path: str, *, doing: str, **details: Unpack[Details]) -> "httpx.Response":
        """Send one request and return its success, or raise the problem that says why there is none.

        `doing` names the action and its object for that problem.
        """
        return self._exchange(method, path, doing, details)[1]

    def granted(self) -> frozenset[str] | None:
        """The scopes of the token that is carried; None where nobody said, or none is carried."""
        return self._tokens.granted() if self._tokens else None

    def require(self, *scopes: str, doing: str) -> None:
        """Raise the problem that names the first of these scopes that the token is known to lack."""
        granted = self.granted() if any(scopes) else None
        for scope in scopes:
            if scope and granted is not None and scope not in granted:
                raise MissingScope(
                    f"the token lacks the scope {scope}",
                    subject=self._subject(doing),
                    action=self._profile.advice(ErrorBody(403), scope) or f"Grant {scope} to the client that signs in",
                )

    def _subject(self, doing: str) -> str:
        return f"{self._profile.name}: {doing}"

    def _exchange(self, method: str, path: str, doing: str, details: Details) -> tuple[Exchange, "httpx.Response"]:
        scope, ok = details.get("scope", ""), details.get("ok")
        self.require(scope, doing=doing)
        exchange = Exchange(
            self._subject(doing),
            self.base_url,
            self._profile,
            details.get("retry") or policy_of(method),
            self.redact,
            scope=scope,
            not_found=details.get("not_found"),
            token_advice=self._tokens.advice if self._tokens else "",
        )
        place = self._budget.place(self.base_url + path, exchange.subject)
        try:
            with nullcontext() if exchange.policy.reads else WRITES.counted():
                response = self._settled(lambda: self._attempt(method, path, details, place), exchange)
        finally:
            place.leave()
        if not response.is_success:
            raise exchange.refused(response)
        if response.status_code == 202 and "accepted" in details:
            raise exchange.not_yet(details["accepted"])
        if ok is not None and response.status_code not in ok:
            raise exchange.no_answer(response, f"where {' or '.join(map(str, ok))} is documented")
        return exchange, response

    def _attempt(self, method: str, path: str, details: Details, place: Place) -> "httpx.Response":
        """One request, or two where the token of the first is refused."""
        token = self._tokens.token() if self._tokens else ""
        response = place.take(lambda: self._sent(method, path, details, token))
        if response.status_code == 401 and self._tokens and (another := self._tokens.renewed(token)):
            response = place.take(lambda: self._sent(method, path, details, another))
        return response

    def _sent(self, method: str, path: str, details: Details, token: str) -> "httpx.Response":
        form = details.get("form")
        fields = form() if callable(form) else form
        signed_in = {"Authorization": f"Bearer {token}"} if token else {}
        request = self._client.build_request(
            method,
            self.base_url + path,
            json=details.get("json"),
            data=None if fields is None else dict(fields),
            params={**self._params, **details.get("params", {})} or None,
            headers={**details.get("headers", {}), **signed_in},
        )
        response = self._client.send(request)
        _log.debug("%s %s: %s", method, request.url.path, response.status_code)
        return response

    @property
    def _client(self) -> "httpx.Client":
        """What sends, made for the first request: a preview has a connection and sends nothing."""
        with self._opening:
            self._opened = self._opened or self._open()
            return self._opened

    def _settled(self, send: Callable[[], "httpx.Response"], exchange: Exchange) -> "httpx.Response":
        """The answer that the policy settles for."""
        import httpx

        subject = exchange.subject
        CANCELLATION.refuse(subject)
        if remaining(self.clock) <= 0:
            raise DeadlineExceeded(
                "this operation's time was up before it could be sent", subject=subject, action="Run it again"
            )
        try:
            with operation(clock=self.clock):  # a request of its own has the time of an operation
                return send_until_settled(send, exchange.policy, subject=subject, clock=self.clock)
        except UnicodeEncodeError:
            raise exchange.unsendable() from None
        except httpx.InvalidURL:
            cause, action = "cannot be sent: no address can be made of that", "Check `*:baseUrl` and the names in it"
            raise InvalidInput(cause, subject=subject, action=action) from None
        except (httpx.RequestError, httpx.StreamError) as failure:
            raise exchange.lost(failure) from None
