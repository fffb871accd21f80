"""Everything that can go wrong, as one family.

Problem                   the family: its text is one line that says what failed and what to do next
├── ConfigurationProblem  a setting is missing, contradictory or malformed
├── InvalidInput          a value of a resource cannot be carried out
├── AlreadyExists         the unique key is taken by an object that is not ours
├── Gone                  an object that an operation needs no longer exists
├── UndoFailed            a create failed half-way and what it had made could not be removed
└── HttpProblem           a platform, or the way to it, is the cause
    ├── Unreachable       nothing was sent: no connection, or its certificate is not trusted
    ├── OutcomeUnknown    something was sent and its answer was lost
    ├── DeadlineExceeded  the operation's time is up
    ├── NotAnApiAnswer    something else than the platform's API answered
    ├── TokenRefused      the token endpoint said no
    ├── MissingScope      the token lacks a scope that the request needs
    └── ApiProblem        the platform said no, with a status and usually a code
        ├── NotFound      the documented "there is no such object"
        └── Conflict      409
"""

__all__ = (
    "AlreadyExists",
    "ApiProblem",
    "ConfigurationProblem",
    "Conflict",
    "DeadlineExceeded",
    "Gone",
    "HttpProblem",
    "InvalidInput",
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


class Problem(Exception):
    """One line that says what failed, on which object, and what to do next."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.__module__ = "builtins"  # a traceback's last line then names the class alone

    def __init__(self, text: str) -> None:
        super().__init__(one_line(text))


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
    """A platform, or the way to it, is the cause."""


class Unreachable(HttpProblem):
    """Nothing was sent: no connection, or its certificate is not trusted."""


class OutcomeUnknown(HttpProblem):
    """Something was sent and its answer was lost: it may or may not have been carried out."""


class DeadlineExceeded(HttpProblem):
    """The operation's time is up."""


class NotAnApiAnswer(HttpProblem):
    """Something else than the platform's API answered: a captive portal, a proxy, a wrong address."""


class TokenRefused(HttpProblem):
    """The token endpoint said no."""


class MissingScope(HttpProblem):
    """The token lacks a scope that the request needs."""


class ApiProblem(HttpProblem):
    """The platform said no."""

    def __init__(self, text: str, *, status: int, code: str = "") -> None:
        super().__init__(text)
        self.status = status
        self.code = code


class NotFound(ApiProblem):
    """The documented "there is no such object"; nothing else counts as gone."""


class Conflict(ApiProblem):
    """409: it exists already, or is in use."""
