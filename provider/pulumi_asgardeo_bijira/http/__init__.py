"""The transport that both platforms share. Nothing outside this folder imports httpx."""

from .client_authentication import BroughtAssertion, ClientAuthentication, ClientSecret, PublicClient, SignedAssertion
from .connection import SANDBOX_VARIABLE, Connection, is_loopback, segment, user_agent
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
from .tokens import Bearer, FetchedToken, GivenToken, TokenSource

__all__ = (
    "OPERATION_SECONDS",
    "SANDBOX_VARIABLE",
    "SYSTEM_CLOCK",
    "AlreadyExists",
    "ApiProblem",
    "Bearer",
    "BroughtAssertion",
    "ClientAuthentication",
    "ClientSecret",
    "Clock",
    "ConfigurationProblem",
    "Conflict",
    "Connection",
    "DeadlineExceeded",
    "Dialect",
    "FetchedToken",
    "GivenToken",
    "Gone",
    "HttpProblem",
    "InvalidInput",
    "MissingScope",
    "NotAnApiAnswer",
    "NotFound",
    "OutcomeUnknown",
    "Problem",
    "PublicClient",
    "Redactor",
    "Refusal",
    "SignedAssertion",
    "SystemClock",
    "TokenRefused",
    "TokenSource",
    "UndoFailed",
    "Unreachable",
    "is_loopback",
    "knowing",
    "operation",
    "remaining",
    "segment",
    "user_agent",
)
