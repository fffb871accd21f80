"""The transport that both platforms share. Nothing outside this folder imports httpx."""

from .connection import SANDBOX_VARIABLE, Connection, is_loopback, user_agent
from .deadline import OPERATION_SECONDS, SYSTEM_CLOCK, Clock, SystemClock, operation, remaining
from .dialect import Dialect, Refusal
from .errors import (
    AlreadyExists,
    ApiProblem,
    ConfigurationProblem,
    Conflict,
    DeadlineExceeded,
    Gone,
    HttpProblem,
    InvalidInput,
    MissingScope,
    NotAnApiAnswer,
    NotFound,
    OutcomeUnknown,
    Problem,
    TokenRefused,
    UndoFailed,
    Unreachable,
)
from .redaction import Redactor, knowing
from .tokens import Bearer, ClientCredentials, GivenToken, TokenSource

__all__ = (
    "OPERATION_SECONDS",
    "SANDBOX_VARIABLE",
    "SYSTEM_CLOCK",
    "AlreadyExists",
    "ApiProblem",
    "Bearer",
    "ClientCredentials",
    "Clock",
    "ConfigurationProblem",
    "Conflict",
    "Connection",
    "DeadlineExceeded",
    "Dialect",
    "GivenToken",
    "Gone",
    "HttpProblem",
    "InvalidInput",
    "MissingScope",
    "NotAnApiAnswer",
    "NotFound",
    "OutcomeUnknown",
    "Problem",
    "Redactor",
    "Refusal",
    "SystemClock",
    "TokenRefused",
    "TokenSource",
    "UndoFailed",
    "Unreachable",
    "is_loopback",
    "knowing",
    "operation",
    "remaining",
    "user_agent",
)
