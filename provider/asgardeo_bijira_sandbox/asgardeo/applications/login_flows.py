"""Login flows from words: `/applications/loginflow`. What takes time there is done here as soon as it is asked for.

The platform asks a language model. Here the words say nothing, and the flow is the first of the ways to sign in that
the request says there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from ...web.responses import answer
from ..bodies import Body
from ..exceptions import application_error
from ..ids import new_id
from .lookup import DEFAULT_STEPS

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..request import TenantRequest

#: What the platform has done by the time that a flow is there.
_STAGES = (
    "optimizing_and_validating_user_query",
    "retrieving_examples",
    "retrieval_of_examples_complete",
    "generating_authentication_sequence",
    "generation_of_authentication_sequence_complete",
    "optimizing_and_validating_final_login_flow",
    "optimization_and_validation_complete",
    "login_flow_generation_complete",
)


class Wish(Body):
    """What is wished for, and what there is to make it of."""

    user_query: str | None = Field(default=None, alias="user_query")
    user_claims: list[dict[str, Any]] | None = Field(default=None, alias="user_claims")
    available_authenticators: dict[str, Any] | None = Field(default=None, alias="available_authenticators")


def generate(request: TenantRequest) -> Response:
    """POST: begins an operation. Where claims or ways to sign in are left out, the server breaks."""
    wish = request.read(Wish)
    if wish.user_claims is None or wish.available_authenticators is None:
        raise application_error(500, "SE-50000", "Unexpected Processing Error.", "The request is not whole.")
    id_ = new_id()
    request.tenant.login_flows[id_] = _steps(wish.available_authenticators)
    return answer({"operation_id": id_}, 202)


def status(request: TenantRequest) -> Response:
    """GET how far it is."""
    _flow(request)
    return answer({"operation_id": request.param("operation"), "status": dict.fromkeys(_STAGES, True)})


def result(request: TenantRequest) -> Response:
    """GET the flow."""
    return answer({"status": "COMPLETED", "data": {"type": "USER_DEFINED", "steps": _flow(request)}})


def _flow(request: TenantRequest) -> list[dict[str, Any]]:
    found = request.tenant.login_flows.get(request.param("operation"))
    if found is None:
        raise application_error(404, "AILF_10007", "Client error occurred.", "There is no such operation.")
    return found


def _steps(available: dict[str, Any]) -> list[dict[str, Any]]:
    offered = [one for ways in available.values() if isinstance(ways, list) for one in ways if isinstance(one, dict)]
    named = [one for one in offered if isinstance(one.get("idp"), str) and isinstance(one.get("name"), str)]
    if not named:
        return DEFAULT_STEPS
    return [{"id": 1, "options": [{"idp": named[0]["idp"], "authenticator": named[0]["name"]}]}]
