"""The sandbox as an ASGI application: the endpoints of both platforms, the gateway, and a control surface of its own.

Every request but those of the control surface passes the recorder, which lets faults strike and writes the ledger.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Mount, Route

from . import gateway
from .api_portal import urls as api_portal
from .asgardeo import urls as asgardeo
from .bijira import urls as bijira
from .faults import Fault, Faults
from .recorder import Recorder
from .refusals import first_mistake
from .web.bodies import Malformed, json_of
from .web.errors import ApiError
from .web.responses import answer, empty

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from .ledger import Ledger
    from .store import Store

__all__ = ("create_app",)


def create_app(
    store: Store, ledger: Ledger, faults: Faults, changed: Callable[[Store], None] = lambda store: None
) -> Starlette:
    """The application. Requests find the store at `app.state.store`; `changed` is called after each write."""
    app = Starlette(
        routes=[
            *_control(store, ledger, faults),
            *_endpoints(),
        ],
        exception_handlers={ApiError: _answered, HTTPException: _refused},
    )
    app.router.redirect_slashes = False
    app.state.store = store
    app.add_middleware(Recorder, app=app, ledger=ledger, faults=faults, changed=changed)
    return app


@cache
def _endpoints() -> tuple[BaseRoute, ...]:
    """The rows of all platforms, which keep nothing of one sandbox: their patterns take a while to compile."""
    return (*asgardeo.routes(), *bijira.routes(), *api_portal.routes(), *gateway.routes())


async def _answered(request: Request, problem: Exception) -> Response:
    if not isinstance(problem, ApiError):
        raise problem
    return problem.response()


async def _refused(request: Request, problem: Exception) -> Response:
    """No row takes the path, or not with this method."""
    if not isinstance(problem, HTTPException):
        raise problem
    if request.url.path.startswith("/_sandbox/"):
        return answer({"error": f"{request.method} {request.url.path}: {problem.detail}"}, problem.status_code)
    return empty(problem.status_code, problem.headers)


def _control(store: Store, ledger: Ledger, faults: Faults) -> list[BaseRoute]:
    """`/_sandbox/`: for tests and tools; not in the ledger."""

    async def health(request: Request) -> Response:
        return answer({"status": "up", "url": store.base_url})

    async def read_ledger(request: Request) -> Response:
        after = request.query_params.get("after", "0")
        if not after.isdecimal():
            return answer({"error": "after is the number of an exchange"}, 400)
        return answer({"exchanges": [exchange.as_json() for exchange in ledger.since(int(after))]})

    async def add_fault(request: Request) -> Response:
        try:
            fault = faults.add(Fault.model_validate(json_of(await request.body())))
        except Malformed as problem:
            return answer({"error": f"the body is not JSON: {problem}"}, 400)
        except ValidationError as problem:
            return answer({"error": first_mistake(problem, "the body")}, 400)
        return answer(fault.model_dump(), 201)

    async def clear_faults(request: Request) -> Response:
        faults.clear()
        return empty(204)

    async def read_store(request: Request) -> Response:
        snapshot: dict[str, Any] = store.snapshot()
        return answer(snapshot)

    return [
        Mount(
            "/_sandbox",
            routes=[
                Route("/health", health),
                Route("/ledger", read_ledger),
                Route("/faults", add_fault, methods=["POST"]),
                Route("/faults", clear_faults, methods=["DELETE"]),
                Route("/store", read_store),
            ],
        )
    ]
