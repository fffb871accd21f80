"""Many operations in one request: `/scim2/Bulk`. Those on users come first, then groups, then roles.

Each is answered with what it would be answered alone. A user that is made can be named in what follows, by the id that
the operation has: `bulkId:first`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.requests import Request as HttpRequest

from ...web.errors import ApiError
from ..exceptions import scim_error, scim_refusal
from ..roles import handlers as roles
from ..scim import body_of, scim_answer
from . import groups, users
from .discovery import MAX_OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from ..request import TenantRequest

__all__ = ("process",)

_RESPONSE = "urn:ietf:params:scim:api:messages:2.0:BulkResponse"
#: The resources in their order, and what each method does to one, by its id or without.
_HANDLERS: dict[str, dict[str, Callable[[TenantRequest], Response]]] = {
    "/Users": {
        "POST": users.create,
        "PUT": users.replace,
        "PATCH": users.update,
        "DELETE": users.delete,
        "GET": users.read_one,
    },
    "/Groups": {
        "POST": groups.create,
        "PUT": groups.replace,
        "PATCH": groups.update,
        "DELETE": groups.delete,
        "GET": groups.read_one,
    },
    "/v2/Roles": {
        "POST": roles.create,
        "PUT": roles.replace,
        "PATCH": roles.update,
        "DELETE": roles.delete,
        "GET": roles.read_one,
    },
}


def process(request: TenantRequest) -> Response:
    """POST: what it stops at, if there is a number of failures, is not answered."""
    operations, most = _decoded(request)
    answers: list[dict[str, Any]] = []
    made: dict[str, str] = {}
    failures = 0
    for kind in _HANDLERS:
        for operation in (one for one in operations if str(one["path"]).startswith(kind)):
            if most and failures >= most:
                break
            answer = _answered(request, kind, operation, made)
            failures += answer["status"]["code"] >= 400
            answers.append(answer)
    return scim_answer({"schemas": [_RESPONSE], "Operations": answers})


def _decoded(request: TenantRequest) -> tuple[list[dict[str, Any]], int]:
    body = body_of(request)
    operations = body.get("Operations") if isinstance(body, dict) else None
    if not isinstance(operations, list) or not isinstance(body.get("schemas"), list):
        raise scim_refusal("invalidSyntax")
    if not all(isinstance(one, dict) and isinstance(one.get("path"), str) for one in operations):
        raise scim_refusal("invalidSyntax")
    if len(operations) > MAX_OPERATIONS:
        text = f"The number of operations in the bulk request ({len(operations)}) exceeds the most, {MAX_OPERATIONS}."
        raise scim_error(413, text)
    _check_ids([one.get("bulkId") for one in operations if one.get("method") == "POST"])
    most = body.get("failOnErrors")
    return operations, most if isinstance(most, int) else 0


def _check_ids(ids: list[Any]) -> None:
    """Every creation has an id of its own."""
    if not all(ids):
        text = "JSON string could not be decoded properly.Required attribute BULK_ID is missing in the request"
        raise scim_error(400, text, "invalidValue")
    repeated = next((one for one in ids if ids.count(one) > 1), None)
    if repeated is not None:
        raise scim_error(400, f"Duplicate bulkId found: {repeated}", "invalidValue")


def _answered(request: TenantRequest, kind: str, operation: dict[str, Any], made: dict[str, str]) -> dict[str, Any]:
    method, id_ = operation.get("method"), operation["path"].removeprefix(kind).strip("/")
    handler = _HANDLERS[kind].get(str(method))
    body = json.dumps(operation.get("data"))
    for name, user in made.items():
        body = body.replace(f"bulkId:{name}", user)
    scope = {**request.http.scope, "path_params": {**request.http.path_params, "id": id_}, "query_string": b""}
    if handler is None:
        raise scim_refusal("invalidSyntax")
    try:
        answer = handler(replace(request, http=HttpRequest(scope), body=body.encode()))
    except ApiError as problem:
        answer = problem.response()
    location = answer.headers.get("location") or (request.url(f"{kind}/{id_}") if id_ else None)
    content = bytes(answer.body).decode()
    if kind == "/Users" and answer.status_code == 201:
        made[str(operation["bulkId"])] = json.loads(content)["id"]
    told = {"location": location, "method": method, "bulkId": operation.get("bulkId"), "response": content or None}
    return {**{name: value for name, value in told.items() if value}, "status": {"code": answer.status_code}}
