"""Everything that can go wrong, as one family.

A problem is data: with what (`subject`), what went wrong (`cause`), what to do next (`action`), and of a platform's
answer its status, code and trace id. Its one line is made of these here and nowhere else, and nothing reads it back.

Problem                   the family
├── ConfigurationProblem  a setting is missing, contradictory or malformed
├── InvalidInput          a value of a resource cannot be carried out
├── AlreadyExists         the unique key is taken by an object that is not ours
├── Gone                  an object that an operation needs no longer exists
├── UndoFailed            a create failed half-way and what it had made could not be removed
└── HttpProblem           a platform, or the way to it, is the cause
    ├── Unreachable       nothing was sent: no connection, or its certificate is not trusted
    ├── OutcomeUnknown    something was sent and its answer was lost
    ├── DeadlineExceeded  the operation's time is up
    ├── Cancelled         the run was cancelled, so it was not sent, or not waited for
    ├── NotAnApiAnswer    something else than the platform's API answered
    ├── TokenRefused      the token endpoint said no
    ├── MissingScope      the token lacks a scope that the request needs
    └── ApiProblem        the platform said no, with a status and usually a code
        ├── NotFound      the documented "there is no such object"
        └── Conflict      409
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

from ..naming import worded
from .profile import ErrorBody
from .redaction import redactor_with

__all__ = (
    "AlreadyExists",
    "ApiProblem",
    "Cancelled",
    "ConfigurationProblem",
    "Conflict",
    "DeadlineExceeded",
    "Gone",
    "HttpProblem",
    "InvalidInput",
    "Missing",
    "MissingScope",
    "NotAnApiAnswer",
    "NotFound",
    "OutcomeUnknown",
    "Problem",
    "TokenRefused",
    "UndoFailed",
    "Unreachable",
)


def one_line(text: str) -> str:
    """The text without line breaks or control characters, blanks folded."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def shown_to_user(line: str) -> str:
    """A line for the user: one line indeed, and without a secret."""
    return one_line(redactor_with()(line))


@dataclass(frozen=True)
class Missing:
    """An object that must be there beforehand, and is not."""

    kind: Literal["API", "key manager", "group", "user", "organization", "stack"]
    name: str
    version: str = ""


class Problem(Exception):
    """What went wrong, with what, and what to do next.

    As a line it is a sentence of subject and cause, and the next step: "The API orders" "no longer exists" "Run …".
    `after` is what led to this problem and keeps its own words, `missing` the object that is not there.
    """

    _joint: ClassVar[str] = " "

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.__module__ = "builtins"  # a traceback's last line then names the class alone

    def __init__(
        self,
        cause: str,
        *,
        action: str,
        subject: str = "",
        status: int = 0,
        code: str = "",
        trace_id: str = "",
        missing: Missing | None = None,
        after: Exception | None = None,
    ) -> None:
        self.subject, self.cause, self.action = (worded(one_line(text)) for text in (subject, cause, action))
        self.status, self.code, self.trace_id = status, one_line(code), one_line(trace_id)
        self.missing, self.after = missing, after
        super().__init__(self._line())

    def _line(self) -> str:
        status = str(self.status or "")
        code = "" if self.code == status else self.code
        trace_id = f"(trace id {self.trace_id})" if self.trace_id else ""
        found = _join(" ", status, code, self.cause, trace_id)
        line = _join(". ", _join(self._joint, self.subject, found).rstrip(". "), self.action)
        return f"{line_of(self.after)} | {line}" if self.after else line

    @classmethod
    def answered(cls, body: ErrorBody, *, subject: str, action: str) -> Self:
        """A platform's answer to the request that the subject names."""
        facts: dict[str, Any] = {"status": body.status, "code": body.code, "trace_id": body.trace_id}
        return cls(body.text, subject=subject, action=action, **facts)

    @classmethod
    def like(cls, other: "Problem", *, more: str = "", cause: str = "", action: str = "") -> Self:
        """The same of another kind, in better words, or with more to do."""
        facts: dict[str, Any] = {"status": other.status, "code": other.code, "trace_id": other.trace_id}
        facts |= {"missing": other.missing, "after": other.after}
        action = _join(". ", action or other.action.rstrip(". "), more)
        return cls(cause or other.cause, subject=other.subject, action=action, **facts)


def line_of(failure: Exception) -> str:
    """A failure of any kind, as it stands within a line."""
    return str(failure) if isinstance(failure, Problem) else f"{type(failure).__name__}: {failure}"


def _join(joint: str, *parts: str) -> str:
    return joint.join(part for part in parts if part)


Problem.__module__ = "builtins"


class ConfigurationProblem(Problem):
    """A setting is missing, contradictory or malformed."""


class InvalidInput(Problem):
    """A value of a resource cannot be carried out."""


class AlreadyExists(Problem):
    """The unique key is taken by an object that is not ours."""


class Gone(Problem):
    """An object that an operation needs no longer exists."""


class UndoFailed(Problem):
    """A create failed half-way and what it had made could not be removed."""


class HttpProblem(Problem):
    """A platform, or the way to it, is the cause. The subject is the request: "Asgardeo: create the API orders"."""

    _joint = ": "


class Unreachable(HttpProblem):
    """Nothing was sent: no connection, or its certificate is not trusted."""


class OutcomeUnknown(HttpProblem):
    """Something was sent and its answer was lost: it may or may not have been carried out."""


class DeadlineExceeded(HttpProblem):
    """The operation's time is up."""


class Cancelled(HttpProblem):
    """The run was cancelled: nothing was sent, or what only reads was not waited for."""


class NotAnApiAnswer(HttpProblem):
    """Something else than the platform's API answered: a captive portal, a proxy, a wrong address."""


class TokenRefused(HttpProblem):
    """The token endpoint said no."""


class MissingScope(HttpProblem):
    """The token lacks a scope that the request needs."""


class ApiProblem(HttpProblem):
    """The platform said no."""


class NotFound(ApiProblem):
    """The documented "there is no such object"; nothing else counts as gone."""


class Conflict(ApiProblem):
    """409: it exists already, or is in use."""
