"""The one way in which this package talks to a server.

A `Connection` leads to one base address. It signs requests in, repeats what may be repeated (retry.py), keeps to the
operation's deadline, reads no more than it should (bounds.py), and turns every failure into a problem (problems.py).

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
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from httpx_retries import RetryTransport

from .addresses import wrong_address
from .answers import is_json, parsed, read, shown, text_of
from .bounds import MAX_ANSWER_BYTES, NETWORK, Bounded, Damaged, Renewed, TooLarge
from .deadline import SYSTEM_CLOCK, Clock, operation, remaining
from .problems import (
    ApiProblem,
    ConfigurationProblem,
    Conflict,
    DeadlineExceeded,
    HttpProblem,
    InvalidInput,
    MissingScope,
    NotAnApiAnswer,
    NotFound,
    OutcomeUnknown,
    Unreachable,
)
from .profile import ApiProfile, ErrorBody, read_refusal
from .redaction import Redactor, redactor_with
from .retry import Patience
from .route import advice_for, stay_in_sandbox
from .tokens import Bearer, TokenSource

__all__ = ("NETWORK", "Connection", "segment", "user_agent")

T = TypeVar("T")
IsNotFound = Callable[[ErrorBody], bool]

_log = logging.getLogger("pulumi_asgardeo_bijira")
_PLACE = "Check baseUrl, the organisation and any proxy in between"


@cache
def user_agent() -> str:
    """Who we are: this package, pulumi and Python, each with its version."""
    names = {"pulumi-asgardeo-bijira": "pulumi-asgardeo-bijira", "pulumi": "pulumi"}
    parts = [f"{product}/{importlib.metadata.version(name)}" for product, name in names.items()]
    return " ".join([*parts, f"python/{platform.python_version()}"])


def segment(text: str) -> str:
    """One segment of a path, whatever it holds; one of dots alone would otherwise lead elsewhere."""
    return text.replace(".", "%2E") if text.strip(".") == "" else quote(text, safe="")


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
        transport: httpx.BaseTransport | None = None,
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
        inner = transport or NETWORK.open(self.base_url, ca_bundle, clock)
        self._client = httpx.Client(
            auth=Bearer(tokens) if tokens else None,
            headers={
                "User-Agent": user_agent(),
                "Accept": "application/json",
                "Accept-Encoding": "identity",
                **(headers or {}),
            },
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # a token is all that signs a request in
            transport=RetryTransport(Renewed(Bounded(inner, clock))),
            trust_env=False,
        )

    def __repr__(self) -> str:
        return f"Connection({self.base_url})"

    def close(self) -> None:
        """Give the sockets back."""
        self._client.close()

    def request_json(self, method: str, path: str, shape: type[T], *, doing: str, **details: Any) -> T:
        """Send one request, as `call` does, and read the answer that is documented for it.

        `ok` has the documented statuses of success (200 alone where it is left out).
        """
        response = self.call(method, path, doing=doing, **{"ok": (200,), **details})
        return self._read(response, shape, _Asked(self._subject(doing), _writes(method, details)))

    def request_json_or_none(self, method: str, path: str, shape: type[T], *, doing: str, **details: Any) -> T | None:
        """The same, where the server is known to say nothing at times; it says so by an empty body."""
        response = self.call(method, path, doing=doing, **{"ok": (200,), **details})
        asked = _Asked(self._subject(doing), _writes(method, details))
        return self._read(response, shape, asked) if response.content.strip() else None

    def send(
        self,
        method: str,
        path: str,
        *,
        doing: str,
        ok: Collection[int] = (204,),
        or_body: Any = None,
        or_text: str = "",
        **details: Any,
    ) -> None:
        """Send one request whose documented success has no body, or where it has one, one of the shape `or_body`, or
        exactly this text."""
        response = self.call(method, path, doing=doing, ok=ok, **details)
        asked = _Asked(self._subject(doing), _writes(method, details))
        if text_of(response).strip() in ("", or_text):
            return
        if or_body is None:
            raise self._no_answer(response, asked, "where no body is documented")
        self._read(response, or_body, asked)

    def locate(self, method: str, path: str, shape: type[T], *, doing: str, **details: Any) -> T:
        """Send one request whose documented answer says in the header `Location` alone what was made.

        The shape has that header as its property `Location`.
        """
        response = self.call(method, path, doing=doing, **{"ok": (201,), **details})
        named = {"Location": response.headers["Location"]} if "Location" in response.headers else {}
        return self._fitting(named, shape, _Asked(self._subject(doing), _writes(method, details)))

    def get_or_none(self, path: str, shape: type[T], *, doing: str, **details: Any) -> T | None:
        """The object at a path, or None where the platform says that there is none."""
        try:
            return self.request_json("GET", path, shape, doing=doing, **details)
        except NotFound:
            return None

    def delete(self, path: str, *, doing: str, ok: Collection[int] = (204,), **details: Any) -> None:
        """Delete what is at a path, and read of the answer what `send` does; nothing there is no failure."""
        try:
            self.send("DELETE", path, doing=doing, ok=ok, **details)
        except NotFound:
            return

    def call(
        self,
        method: str,
        path: str,
        *,
        doing: str,
        ok: Collection[int] | None = None,
        not_found: IsNotFound | None = None,
        scope: str = "",
        json: Any = None,
        form: Mapping[str, str] | Callable[[], Mapping[str, str]] | None = None,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        retry_as: str | None = None,
    ) -> httpx.Response:
        """Send one request and return its success, or raise the one line that says why there is none.

        `doing` names the action and its object for that line, `scope` what the token must hold, `retry_as` the verb
        whose rules of repetition apply. A `form` that can be called is made anew for each repetition. `ok` has the
        documented statuses of success (any where it is left out), `not_found` knows the endpoint's "there is none".
        """
        subject = self._subject(doing)
        self._require(scope, subject)
        asked = _Asked(subject, _writes(method, {"retry_as": retry_as}), scope, not_found)
        extensions: dict[str, Any] = {"retry": Patience(retry_as or method, subject, self.clock)}
        if callable(form):
            extensions["form"] = form
        try:
            request = self._client.build_request(
                method,
                self.base_url + path,
                json=json,
                data=dict(form() if callable(form) else form) if form is not None else None,
                params={**self._params, **(params or {})} or None,
                headers=dict(headers or {}),
                extensions=extensions,
            )
        except UnicodeEncodeError:
            raise _unsendable(subject) from None
        except httpx.InvalidURL:
            raise InvalidInput(
                "cannot be sent: no address can be made of that",
                subject=subject,
                action="Check baseUrl and the names in it",
            ) from None
        if remaining(self.clock) <= 0:
            raise DeadlineExceeded(
                "this operation's time was up before it could be sent", subject=subject, action="Run it again"
            )
        with operation(clock=self.clock):  # a request of its own has the time of an operation
            response = self._send(request, asked)
        _log.debug("%s %s: %s", method, request.url.path, response.status_code)
        if not response.is_success:
            raise self._refused(response, asked, lost_if_broken=(retry_as or method) in ("POST", "PATCH"))
        if ok is not None and response.status_code not in ok:
            raise self._no_answer(response, asked, f"where {' or '.join(map(str, ok))} is documented")
        return response

    def require(self, *scopes: str, doing: str) -> None:
        """Raise the line that names the first of these scopes that the token is known to lack."""
        for scope in scopes:
            self._require(scope, self._subject(doing))

    def _subject(self, doing: str) -> str:
        return f"{self._profile.name}: {doing}"

    def _read(self, response: httpx.Response, shape: type[T], asked: "_Asked") -> T:
        if not is_json(response):
            raise self._no_answer(response, asked, "instead of JSON")
        try:
            value = parsed(response.content)
        except ValueError:
            raise self._no_answer(response, asked, "instead of JSON") from None
        return self._fitting(value, shape, asked)

    def _fitting(self, value: Any, shape: type[T], asked: "_Asked") -> T:
        try:
            return read(value, shape)
        except ValueError as wrong:
            raise asked.failed(f"{self.base_url}: {wrong}", _PLACE) from None

    def _no_answer(self, response: httpx.Response, asked: "_Asked", expected: str) -> HttpProblem:
        kind = response.headers.get("Content-Type", "no content type")[:80]
        start = shown(text_of(response), self.redact, 80)
        return asked.failed(f"{self.base_url} answered {response.status_code} with {kind} {expected} ({start})", _PLACE)

    def _require(self, scope: str, subject: str) -> None:
        granted = self._tokens.granted() if scope and self._tokens else None
        if granted is not None and scope not in granted:
            raise MissingScope(
                f"the token lacks the scope {scope}",
                subject=subject,
                action=self._advise(ErrorBody(403), scope) or f"Grant {scope} to the client that signs in",
            )

    def _advise(self, refusal: ErrorBody, scope: str) -> str:
        return self._profile.advice(refusal, scope)

    def _send(self, request: httpx.Request, asked: "_Asked") -> httpx.Response:
        try:
            return self._client.send(request)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as failure:
            raise self._unreachable(asked.subject, failure) from None
        except (TooLarge, Damaged) as failure:
            size = f"larger than {MAX_ANSWER_BYTES >> 20} MiB" if isinstance(failure, TooLarge) else "damaged"
            advice = f"Check the address {self.base_url} and any proxy in between"
            raise asked.failed(f"the answer is {size}", advice) from None
        except httpx.LocalProtocolError:
            raise _unsendable(asked.subject) from None
        except (httpx.TransportError, httpx.StreamError) as failure:
            raise OutcomeUnknown(
                f"the answer was lost ({type(failure).__name__})", subject=asked.subject, action="Run it again"
            ) from None

    def _unreachable(self, subject: str, failure: Exception) -> Unreachable:
        text = self.redact(str(failure)) or type(failure).__name__
        if "CERTIFICATE_VERIFY_FAILED" in text:
            return Unreachable(
                f"the certificate of {self.base_url} is not trusted ({text})",
                subject=subject,
                action="Set caBundle to the PEM file of the authority that signed it",
            )
        return Unreachable(
            f"no connection to {self.base_url} ({text})", subject=subject, action=advice_for(self.base_url)
        )

    def _refused(self, response: httpx.Response, asked: "_Asked", *, lost_if_broken: bool) -> Exception:
        refusal, subject = read_refusal(response, self.redact), self.redact(asked.subject)
        if not refusal.is_json and (300 <= refusal.status < 400 or refusal.status == 404):
            return self._no_answer(response, _Asked(asked.subject, writes=False), "instead of JSON")
        advice = self._advise(refusal, asked.scope)
        if refusal.status >= 500 and refusal.status != 501 and lost_if_broken:
            advice = advice or f"If it stays, ask {self._profile.name}'s support"
            return OutcomeUnknown.answered(refusal, subject=subject, action=f"Run it again. {advice}")
        of_token = self._tokens.advice if self._tokens and refusal.status == 401 else ""
        kind = ApiProblem
        if refusal.status == 404 and asked.not_found is not None and asked.not_found(refusal):
            kind = NotFound
        elif refusal.status == 409:
            kind = Conflict
        return kind.answered(refusal, subject=subject, action=of_token or advice or _general_advice(refusal))


@dataclass(frozen=True)
class _Asked:
    """What one request was for, and what follows from that for a success that is none."""

    subject: str
    writes: bool
    scope: str = ""
    not_found: IsNotFound | None = None

    def failed(self, why: str, advice: str) -> HttpProblem:
        """No answer of the API's; to what writes, a lost one."""
        if self.writes:
            why = f"{why}, so it may or may not have been carried out"
            return OutcomeUnknown(why, subject=self.subject, action=advice)
        return NotAnApiAnswer(why, subject=self.subject, action=advice)


def _unsendable(subject: str) -> InvalidInput:
    return InvalidInput(
        "cannot be sent: a header or token holds characters that cannot be sent",
        subject=subject,
        action="Check extra headers and the access token",
    )


def _writes(method: str, details: Mapping[str, Any]) -> bool:
    return (method if method != "POST" else details.get("retry_as") or method) != "GET"


def _general_advice(refusal: ErrorBody) -> str:
    if refusal.status == 401:
        return "Check clientId and clientSecret, or the accessToken"
    if refusal.status == 403:
        return "Grant the management application what this request needs"
    if refusal.status >= 500:
        return "Run it again; if it stays, ask the platform's support"
    return "Correct the value and run it again"
