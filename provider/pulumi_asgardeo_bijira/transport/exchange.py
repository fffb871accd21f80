"""One request and its answer: what of an answer is read as what, and the problem for each way to have none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from .answers import is_json, parsed, read, shown, text_of
from .cancellation import CANCELLATION
from .problems import (
    ApiProblem,
    Cancelled,
    Conflict,
    HttpProblem,
    InvalidInput,
    NotAnApiAnswer,
    NotFound,
    OutcomeUnknown,
    Problem,
    Unreachable,
)
from .profile import ApiProfile, ErrorBody, read_error_body
from .redaction import Redactor
from .retry import RetryPolicy, is_untrusted
from .route import advice_for
from .witness import note

if TYPE_CHECKING:
    import httpx

__all__ = ("Exchange", "IsNotFound")

T = TypeVar("T")
IsNotFound = Callable[[ErrorBody], bool]

_PLACE = "Check `*:baseUrl`, the organisation and any proxy in between"


@dataclass(frozen=True)
class Exchange:
    """What a request is for: what follows from that for an answer, and for none."""

    subject: str
    base_url: str
    profile: ApiProfile
    policy: RetryPolicy
    redact: Redactor
    scope: str = ""
    not_found: IsNotFound | None = None
    #: What to do where the platform refuses the token that was sent along.
    token_advice: str = ""

    def document(self, response: "httpx.Response", shape: type[T]) -> T:
        """The documented answer."""
        if not is_json(response):
            raise self.no_answer(response, "instead of JSON")
        try:
            value = parsed(response.content)
        except ValueError:
            raise self.no_answer(response, "instead of JSON") from None
        found = self.fitting(value, shape)
        note(shape, value)
        return found

    def fitting(self, value: Any, shape: type[T]) -> T:
        """The value as the documented shape."""
        try:
            return read(value, shape)
        except ValueError as wrong:
            raise self._failed(f"{self.base_url}: {wrong}", _PLACE) from None

    def no_answer(self, response: "httpx.Response", expected: str) -> HttpProblem:
        """Something else than the documented success."""
        return self._failed(self._said(response, expected), _PLACE)

    def not_yet(self, action: str) -> ApiProblem:
        """The platform has taken the request and keeps it."""
        return ApiProblem("accepted, but not carried out yet", subject=self.subject, action=action, status=202)

    def lost(self, failure: "httpx.RequestError | httpx.StreamError") -> Problem:
        """No answer at all, or one that cannot be read."""
        import httpx

        from .bounds import MAX_ANSWER_BYTES, Damaged, TooLarge

        if isinstance(failure, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)):
            return self._unreachable(failure)
        if isinstance(failure, (TooLarge, Damaged)):
            size = f"larger than {MAX_ANSWER_BYTES >> 20} MiB" if isinstance(failure, TooLarge) else "damaged"
            return self._failed(f"the answer is {size}", f"Check the address {self.base_url} and any proxy in between")
        if isinstance(failure, httpx.LocalProtocolError):
            return self.unsendable()
        cause = f"the answer was lost ({type(failure).__name__})"
        if CANCELLATION.applies:
            cause = "the run was cancelled before its answer came"
            if self.policy.reads:
                return Cancelled(cause, subject=self.subject, action="Run it again")
            cause = f"{cause}, so it may or may not have been carried out"
        return OutcomeUnknown(cause, subject=self.subject, action="Run it again")

    def unsendable(self) -> InvalidInput:
        """A request that cannot be written."""
        cause = "cannot be sent: a header or token holds characters that cannot be sent"
        return InvalidInput(cause, subject=self.subject, action="Check extra headers and the access token")

    def refused(self, response: "httpx.Response") -> Problem:
        """The platform said no."""
        refusal, subject = read_error_body(response, self.redact), self.redact(self.subject)
        if not refusal.is_json and (300 <= refusal.status < 400 or refusal.status == 404):
            return NotAnApiAnswer(self._said(response, "instead of JSON"), subject=self.subject, action=_PLACE)
        advice = self.profile.advice(refusal, self.scope)
        if refusal.status >= 500 and refusal.status != 501 and not self.policy.repeatable:
            advice = advice or f"If it stays, ask {self.profile.name}'s support"
            return OutcomeUnknown.answered(refusal, subject=subject, action=f"Run it again. {advice}")
        if refusal.status == 401:
            advice = self.token_advice or advice
        kind = ApiProblem
        if refusal.status == 404 and self.not_found is not None and self.not_found(refusal):
            kind = NotFound
        elif refusal.status == 409:
            kind = Conflict
        return kind.answered(refusal, subject=subject, action=advice or _general_advice(refusal.status))

    def _said(self, response: "httpx.Response", expected: str) -> str:
        kind = response.headers.get("Content-Type", "no content type")[:80]
        start = shown(text_of(response), self.redact, 80)
        return f"{self.base_url} answered {response.status_code} with {kind} {expected} ({start})"

    def _failed(self, why: str, advice: str) -> HttpProblem:
        """No answer of the API's; to what writes, a lost one."""
        if self.policy.reads:
            return NotAnApiAnswer(why, subject=self.subject, action=advice)
        why = f"{why}, so it may or may not have been carried out"
        return OutcomeUnknown(why, subject=self.subject, action=advice)

    def _unreachable(self, failure: "httpx.RequestError") -> Unreachable:
        text = self.redact(str(failure)) or type(failure).__name__
        if is_untrusted(failure):
            cause = f"the certificate of {self.base_url} is not trusted ({text})"
            action = "Set `*:caBundle` to the PEM file of the authority that signed it"
        else:
            cause, action = f"no connection to {self.base_url} ({text})", advice_for(self.base_url)
        return Unreachable(cause, subject=self.subject, action=action)


def _general_advice(status: int) -> str:
    if status == 401:
        return "Check `*:clientId` and `*:clientSecret`, or the `*:accessToken`"
    if status == 403:
        return "Grant the management application what this request needs"
    if status >= 500:
        return "Run it again; if it stays, ask the platform's support"
    return "Correct the value and run it again"
