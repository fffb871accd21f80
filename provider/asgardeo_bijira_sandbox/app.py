"""The sandbox as an ASGI application: the endpoints of both platforms, the gateway, and a control surface of its own.

Every request but those of the control surface passes the recorder, which lets faults strike and writes the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from . import api_portal, asgardeo, bijira, gateway
from .faults import Fault, Faults
from .http import Malformed, Refusal, answer, empty, json_of
from .recorder import Recorder

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from .ledger import Ledger
    from .world import World

__all__ = ("create_app",)


def create_app(
    world: World, ledger: Ledger, faults: Faults, changed: Callable[[World], None] = lambda world: None
) -> Starlette:
    """The application. Handlers find the world at `request.app.state.world`; `changed` is called after each write."""
    app = Starlette(
        routes=[
            *_control(world, ledger, faults),
            *asgardeo.routes(world),
            *bijira.routes(world),
            *api_portal.routes(world),
            *gateway.routes(world),
        ],
        exception_handlers={Refusal: _refused},
    )
    app.router.redirect_slashes = False
    app.state.world = world
    app.add_middleware(Recorder, app=app, ledger=ledger, faults=faults, changed=changed)
    return app


async def _refused(request: Request, problem: Exception) -> Response:
    if not isinstance(problem, Refusal):
        raise problem
    return problem.response()


def _control(world: World, ledger: Ledger, faults: Faults) -> list[BaseRoute]:
    """`/_sandbox/`: for tests and tools; not in the ledger."""

    async def health(request: Request) -> Response:
        return answer({"status": "up", "url": world.base_url})

    async def read_ledger(request: Request) -> Response:
        after = request.query_params.get("after", "0")
        if not after.isdecimal():
            return answer({"error": "after is the number of an exchange"}, 400)
        return answer({"exchanges": [exchange.as_json() for exchange in ledger.since(int(after))]})

    async def add_fault(request: Request) -> Response:
        try:
            fault = faults.add(Fault.model_validate(json_of(await request.body())))
        except (Malformed, ValidationError) as problem:
            return answer({"error": " ".join(str(problem).split())}, 400)
        return answer(fault.model_dump(), 201)

    async def clear_faults(request: Request) -> Response:
        faults.clear()
        return empty(204)

    async def read_world(request: Request) -> Response:
        snapshot: dict[str, Any] = world.snapshot()
        return answer(snapshot)

    return [
        Mount(
            "/_sandbox",
            routes=[
                Route("/health", health),
                Route("/ledger", read_ledger),
                Route("/faults", add_fault, methods=["POST"]),
                Route("/faults", clear_faults, methods=["DELETE"]),
                Route("/world", read_world),
            ],
        )
    ]
