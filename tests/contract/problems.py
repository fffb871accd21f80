"""What is wrong with an exchange in the eyes of a description, in words that are the same for the same fault."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from openapi_core.templating.responses.exceptions import ResponseFinderError
from openapi_core.testing import MockRequest, MockResponse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asgardeo_bijira_sandbox import Exchange
    from jsonschema.exceptions import ValidationError

    from tests.contract.descriptions import Description

__all__ = ("BREAKDOWN", "Problem", "answered", "listed", "problems")

BREAKDOWN = "the server broke down"


@dataclass(frozen=True, order=True)
class Problem:
    """One deviation: of which operation, in its `request` or the answer with a status, and what it is."""

    operation: str
    where: str
    what: str


def listed(found: set[Problem]) -> str:
    """One a line, for whoever has to mend them."""
    return "\n".join(f"{one.operation} | {one.where} | {one.what}" for one in sorted(found))


def problems(description: Description, operation: str, path: str, exchange: Exchange) -> set[Problem]:
    """Everything that the description does not allow in an exchange."""
    asked = _of_request(description, operation, exchange, _request(path, exchange))
    return {Problem(operation, "request", what) for what in asked} | answered(description, operation, path, exchange)


def answered(description: Description, operation: str, path: str, exchange: Exchange) -> set[Problem]:
    """Everything that the description does not allow in an answer, whatever was asked."""
    found = _of_answer(description, operation, exchange, _request(path, exchange))
    return {Problem(operation, str(exchange.status), what) for what in found}


def _request(path: str, exchange: Exchange) -> MockRequest:
    return MockRequest(
        "http://described",
        exchange.method,
        path,
        args=exchange.query,
        headers=exchange.request_headers,
        data=_bytes(exchange.request_body),
        content_type=_media_type(exchange.request_headers),
    )


def _of_request(description: Description, operation: str, exchange: Exchange, request: MockRequest) -> Iterator[str]:
    parameters = [description.resolved(one) for one in description.definition(operation)["parameters"]]
    known = {one["name"] for one in parameters if one["in"] == "query"}
    for name in exchange.query:
        if name not in known:
            yield f"query {name} is not described"
    for error in description.api.iter_apicall_request_errors(request):
        yield from _told(error)


def _of_answer(description: Description, operation: str, exchange: Exchange, request: MockRequest) -> Iterator[str]:
    responses = description.definition(operation)["responses"]
    response = MockResponse(
        _bytes(exchange.response_body),
        exchange.status,
        headers=exchange.response_headers,
        content_type=_media_type(exchange.response_headers),
    )
    if exchange.status == 500:
        yield BREAKDOWN
    known = responses.get(str(exchange.status)) or responses.get("default")
    if known and exchange.response_body is not None and "content" not in description.resolved(known):
        yield "a body is not described"
    for error in description.api.iter_apicall_response_errors(request, response):
        yield from _told(error)


def _told(error: BaseException) -> Iterator[str]:
    """Every fault of a schema by itself; anything else by its first sentence."""
    if isinstance(error, ResponseFinderError):
        yield "the status is not described"
        return
    cause: BaseException | None = error
    while cause is not None:
        faults = getattr(cause, "schema_errors", None)
        if faults is not None:
            for fault in faults:
                yield _fault(fault)
            return
        deepest, cause = cause, cause.__cause__
    yield str(deepest).partition("\n")[0]


def _fault(fault: ValidationError) -> str:
    rule: Any = fault.validator_value
    schema: Any = fault.schema
    where = (
        "".join("[]" if isinstance(part, int) else f".{part}" for part in fault.absolute_path).lstrip(".") or "the body"
    )
    match fault.validator:
        case "required":
            missing = next(name for name in rule if f"'{name}'" in fault.message)
            return f"{where}: {missing} is missing"
        case "additionalProperties" | "properties":
            given: Any = fault.instance
            return f"{where}: not described: {', '.join(sorted(set(given) - set(schema.get('properties', {}))))}"
        case "enum":
            return f"{where} is {fault.instance}, which is no described value"
        case "type":
            return (
                f"{where} is {json.dumps(fault.instance) if fault.instance is None else type(fault.instance).__name__}"
            )
        case _:
            return f"{where} breaks {fault.validator}"


def _bytes(body: Any) -> bytes:
    return b"" if body is None else json.dumps(body).encode()


def _media_type(headers: dict[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip()
