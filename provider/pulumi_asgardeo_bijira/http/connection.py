"""The one way in which this package talks to a server.

A `Connection` leads to one base address. It signs requests in, repeats what may be repeated (retry.py), keeps to the
operation's deadline, reads no more than it should, and turns every failure into one line (errors.py).
"""

import importlib.metadata
import json as jsonlib
import logging
import os
import platform
import ssl
import urllib.request
from collections.abc import Callable, Mapping
from functools import cache, partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from httpx_retries import RetryTransport

from .deadline import SYSTEM_CLOCK, Clock, operation, remaining
from .dialect import Dialect, Refusal, quoted, read_refusal
from .errors import (
    ApiProblem,
    ConfigurationProblem,
    Conflict,
    DeadlineExceeded,
    MissingScope,
    NotAnApiAnswer,
    NotFound,
    OutcomeUnknown,
    Unreachable,
)
from .redaction import Redactor, knowing
from .retry import Patience
from .tokens import Bearer, TokenSource

__all__ = ("NETWORK", "SANDBOX_VARIABLE", "Connection", "is_loopback", "segment", "user_agent")

#: Where it is set, a sandbox at that address stands for both platforms.
SANDBOX_VARIABLE = "ASGARDEO_BIJIRA_SANDBOX"
REQUEST_SECONDS = 30.0
MAX_ANSWER_BYTES = 16 * 1024 * 1024

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


def is_loopback(url: str) -> bool:
    """Whether the address is this machine's own."""
    try:
        return urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")
    except ValueError:
        raise ConfigurationProblem(f"{url} is no address; write it as https://host/path") from None


def _stay_in_sandbox(url: str) -> None:
    """Where a sandbox stands for the platforms, nothing may reach another host, whatever leads there."""
    sandbox = os.environ.get(SANDBOX_VARIABLE)
    if sandbox and urlsplit(sandbox)[:2] != urlsplit(url)[:2]:
        raise ConfigurationProblem(f"{url} is not in the sandbox {sandbox}. To reach it, unset {SANDBOX_VARIABLE}")


class _Answer(dict[str, Any]):
    """An object of an answer, at any depth. Asked for what it does not have, it says whose answer that was."""

    def __init__(self, subject: str, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self._subject = subject

    def __missing__(self, key: str) -> Any:
        raise NotAnApiAnswer(
            f"{self._subject}: the answer has no {key}. Check baseUrl, the organisation and any proxy in between"
        )


class _TooLarge(httpx.RequestError):
    """An answer beyond all bounds; asking again makes it no smaller."""


class _Renewed(httpx.BaseTransport):
    """Sends a request that is repeated with a new body, where its body holds what can be used but once."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        form: Callable[[], Mapping[str, str]] | None = request.extensions.get("form")
        if form is None or not request.extensions.get("sent"):
            request.extensions["sent"] = True
            return self._inner.handle_request(request)
        headers = [(name, value) for name, value in request.headers.raw if name.lower() != b"content-length"]
        again = httpx.Request(request.method, request.url, headers=headers, data=dict(form()))
        return self._inner.handle_request(again)

    def close(self) -> None:
        self._inner.close()


class _Bounded(httpx.BaseTransport):
    """Reads an answer to its end within bounds, so that a broken body is one failure among the others."""

    def __init__(self, inner: httpx.BaseTransport, clock: Clock) -> None:
        self._inner = inner
        self._clock = clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        seconds = max(0.1, min(REQUEST_SECONDS, remaining(self._clock)))
        request.extensions["timeout"] = httpx.Timeout(seconds).as_dict()
        ends = self._clock.monotonic() + seconds
        response = self._inner.handle_request(request)
        try:
            body = bytearray()
            for chunk in response.stream:  # type: ignore[union-attr]  # a sync transport gives a sync stream
                body += chunk
                if len(body) > MAX_ANSWER_BYTES:
                    raise _TooLarge("the answer is too large", request=request)
                if self._clock.monotonic() > ends:
                    raise httpx.ReadTimeout("the answer took too long", request=request)
        finally:
            response.close()
        headers = [(k, v) for k, v in response.headers.raw if k.lower() != b"transfer-encoding"]
        return httpx.Response(response.status_code, headers=headers, content=bytes(body), request=request)

    def close(self) -> None:
        self._inner.close()


def _open_transport(base_url: str, ca_bundle: str | None) -> httpx.HTTPTransport:
    """Straight to the host or through the proxy that the environment names for it; certificates are always verified."""
    parts = urlsplit(base_url)
    proxies = urllib.request.getproxies()
    proxy = None if urllib.request.proxy_bypass(parts.netloc) else proxies.get(parts.scheme)
    try:
        trust = ssl.create_default_context(cafile=ca_bundle) if ca_bundle else httpx.create_ssl_context()
    except OSError as failure:
        raise ConfigurationProblem(f"caBundle {ca_bundle} cannot be read as a PEM file: {failure.strerror}") from None
    return httpx.HTTPTransport(verify=trust, proxy=proxy, limits=httpx.Limits(max_connections=16))


class Network:
    """Opens the way to a host; a whole process of a test may bring another way."""

    def __init__(self) -> None:
        self._instead: Callable[[str], httpx.BaseTransport] | None = None

    def replace(self, open_transport: Callable[[str], httpx.BaseTransport] | None) -> None:
        """Let another way stand in for the machine's network in this process."""
        self._instead = open_transport

    def open(self, base_url: str, ca_bundle: str | None) -> httpx.BaseTransport:
        """A transport to the host of an address."""
        return self._instead(base_url) if self._instead else _open_transport(base_url, ca_bundle)


#: The network of this process.
NETWORK = Network()


class Connection:
    """Requests to one base address of one platform.

    What is repeated and when is written in retry.py. A 401 is answered once with a new token, fetched by one thread
    for all. Redirects are not followed: credentials go to no other host.
    """

    def __init__(
        self,
        base_url: str,
        dialect: Dialect,
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
        if not is_loopback(self.base_url) and not self.base_url.startswith("https://"):
            raise ConfigurationProblem(f"{self.base_url} is not an https address; plain http is for this machine only")
        _stay_in_sandbox(self.base_url)
        self.redact = redactor or knowing()
        self.clock = clock
        self._dialect = dialect
        self._tokens = tokens
        self._params = dict(params or {})
        inner = transport or NETWORK.open(self.base_url, ca_bundle)
        self._client = httpx.Client(
            auth=Bearer(tokens) if tokens else None,
            headers={
                "User-Agent": user_agent(),
                "Accept": "application/json",
                "Accept-Encoding": "identity",
                **(headers or {}),
            },
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # a token is all that signs a request in
            transport=RetryTransport(_Renewed(_Bounded(inner, clock))),
        )

    def __repr__(self) -> str:
        return f"Connection({self.base_url})"

    def close(self) -> None:
        """Give the sockets back."""
        self._client.close()

    def call(
        self,
        method: str,
        path: str,
        *,
        doing: str,
        scope: str = "",
        json: Any = None,
        form: Mapping[str, str] | Callable[[], Mapping[str, str]] | None = None,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        retry_as: str | None = None,
    ) -> httpx.Response:
        """Send one request and return its success, or raise the one line that says why there is none.

        `doing` names the action and its object for that line, `scope` what the token must hold, `retry_as` the verb
        whose rules of repetition apply. A `form` that can be called is made anew for each repetition.
        """
        subject = f"{self._dialect.name}: {doing}"
        self._require(scope, subject)
        extensions: dict[str, Any] = {"retry": Patience(retry_as or method, subject, self.clock)}
        if callable(form):
            extensions["form"] = form
        request = self._client.build_request(
            method,
            self.base_url + path,
            json=json,
            data=dict(form() if callable(form) else form) if form is not None else None,
            params={**self._params, **(params or {})} or None,
            headers=dict(headers or {}),
            extensions=extensions,
        )
        if remaining(self.clock) <= 0:
            raise DeadlineExceeded(f"{subject}: this operation's time was up before it could be sent. Run it again")
        with operation(clock=self.clock):  # a request of its own has the time of an operation
            response = self._send(request, subject)
        _log.debug("%s %s: %s", method, request.url.path, response.status_code)
        if not response.is_success:
            raise self._refused(response, subject, scope, lost_if_broken=(retry_as or method) in ("POST", "PATCH"))
        return response

    def ask(self, method: str, path: str, *, doing: str, **details: Any) -> dict[str, Any]:
        """Send one request as `call` does and read the object that answers it."""
        return self.document(self.call(method, path, doing=doing, **details), doing)

    def get_or_none(self, path: str, *, doing: str, **details: Any) -> dict[str, Any] | None:
        """The object at a path, or None where the platform says that there is none."""
        try:
            return self.ask("GET", path, doing=doing, **details)
        except NotFound:
            return None

    def discard(self, path: str, *, doing: str, **details: Any) -> None:
        """Delete what is at a path; nothing there is no failure, and what the platform says to it is of no use."""
        try:
            self.call("DELETE", path, doing=doing, **details)
        except NotFound:
            return

    def json(self, response: httpx.Response, doing: str) -> Any:
        """The body of a success, which must be JSON."""
        subject = f"{self._dialect.name}: {doing}"
        try:
            return jsonlib.loads(response.content, object_hook=partial(_Answer, subject))
        except ValueError:
            raise self._not_api(response, subject) from None

    def document(self, response: httpx.Response, doing: str) -> dict[str, Any]:
        """The body of a success, which must be a JSON object; an empty body or null is an empty one."""
        subject = f"{self._dialect.name}: {doing}"
        is_empty = response.content.strip() in (b"", b"null")
        found = _Answer(subject, {}) if is_empty else self.json(response, doing)
        if not isinstance(found, dict):
            raise self._not_api(response, subject)
        return found

    def _require(self, scope: str, subject: str) -> None:
        granted = self._tokens.granted() if scope and self._tokens else None
        if granted is not None and scope not in granted:
            raise MissingScope(f"{subject}: the token lacks the scope {scope}. {self._advise(Refusal(403), scope)}")

    def _advise(self, refusal: Refusal, scope: str) -> str:
        return self._dialect.advice(refusal, scope)

    def _send(self, request: httpx.Request, subject: str) -> httpx.Response:
        try:
            return self._client.send(request)
        except httpx.ConnectError as failure:
            raise self._unreachable(subject, failure) from None
        except (httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as failure:
            raise self._unreachable(subject, failure) from None
        except (_TooLarge, httpx.DecodingError) as failure:
            size = f"larger than {MAX_ANSWER_BYTES >> 20} MiB" if isinstance(failure, _TooLarge) else "damaged"
            raise NotAnApiAnswer(
                f"{subject}: the answer is {size}. Check the address {self.base_url} and any proxy in between"
            ) from None
        except (httpx.TransportError, httpx.StreamError) as failure:
            raise OutcomeUnknown(f"{subject}: the answer was lost ({type(failure).__name__}). Run it again") from None

    def _unreachable(self, subject: str, failure: Exception) -> Unreachable:
        text = self.redact(str(failure)) or type(failure).__name__
        if "CERTIFICATE_VERIFY_FAILED" in text:
            return Unreachable(
                f"{subject}: the certificate of {self.base_url} is not trusted ({text}). "
                "Set caBundle to the PEM file of the authority that signed it"
            )
        return Unreachable(
            f"{subject}: no connection to {self.base_url} ({text}). Check baseUrl, the network and HTTPS_PROXY"
        )

    def _refused(self, response: httpx.Response, subject: str, scope: str, *, lost_if_broken: bool) -> Exception:
        refusal = read_refusal(response, self.redact)
        text = self.redact(f"{subject}: {refusal}").rstrip(". ")
        if not refusal.is_json and (response.is_redirect or refusal.status == 404):
            return self._not_api(response, subject)
        if refusal.status >= 500 and refusal.status != 501 and lost_if_broken:
            return OutcomeUnknown(f"{text}. Run it again; if it stays, ask {self._dialect.name}'s support")
        of_token = self._tokens.advice if self._tokens and refusal.status == 401 else ""
        advice = of_token or self._advise(refusal, scope) or _general_advice(refusal)
        line = f"{text}. {advice}"
        if refusal.status == 404 and self._dialect.is_not_found(refusal):
            return NotFound(line, status=404, code=refusal.code)
        kind = Conflict if refusal.status == 409 else ApiProblem
        return kind(line, status=refusal.status, code=refusal.code)

    def _not_api(self, response: httpx.Response, subject: str) -> NotAnApiAnswer:
        kind = response.headers.get("Content-Type", "no content type")
        start = quoted(response.text, self.redact)
        return NotAnApiAnswer(
            f"{subject}: {self.base_url} answered {response.status_code} with {kind} instead of JSON ({start}). "
            "Check baseUrl, the organisation and any proxy in between"
        )


def _general_advice(refusal: Refusal) -> str:
    if refusal.status == 401:
        return "Check clientId and clientSecret, or the accessToken"
    if refusal.status == 403:
        return "Grant the management application what this request needs"
    if refusal.status >= 500:
        return "Run it again; if it stays, ask the platform's support"
    return "Correct the value and run it again"
