"""One call of a management API: who calls, in which organisation, with what.

A handler is a plain function of a call. As it awaits nothing, what it reads and what it commits belong together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.routing import Route

from ..web.http import ApiError, Malformed, bearer_token, empty, json_of
from .exceptions import invalid_body
from .oauth.access_tokens import scopes_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from ..store import Store
    from .models import Tenant

    Handler = Callable[["Call"], Response]

__all__ = ("Call", "Handler", "endpoints", "twin")

_BASE = "/api/server/v1"
_JSON = ("application/json", "*/*")

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Call:
    """A call that may be made: the token is good and has the scope of the endpoint."""

    store: Store
    tenant: Tenant
    request: Request
    body: bytes
    scopes: frozenset[str]
    in_organization: bool

    def holds(self, scope: str) -> bool:
        """Whether the token has a scope, or its twin where the call came by the organisation path."""
        return (twin(scope) if self.in_organization else scope) in self.scopes

    def part(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    def query(self, name: str) -> str | None:
        """A query parameter; an empty one counts as absent."""
        return self.request.query_params.get(name) or None

    def number(self, name: str, default: int) -> int:
        """A query parameter that is a number; the platform does not find an endpoint for anything else."""
        given = self.query(name)
        if given is None:
            return default
        try:
            return int(given)
        except ValueError:
            raise ApiError(404) from None

    def json(self) -> Any:
        """The body."""
        try:
            return json_of(self.body)
        except Malformed:
            raise invalid_body() from None

    def read(self, model: type[Model]) -> Model:
        """The body, read as a model."""
        try:
            return model.model_validate(self.json())
        except ValidationError:
            raise invalid_body() from None

    def read_list(self, model: type[Model]) -> list[Model]:
        """The body, read as a list of models."""
        try:
            return TypeAdapter(list[model]).validate_python(self.json())  # type: ignore[valid-type]  # known at run time
        except ValidationError:
            raise invalid_body() from None

    def path(self, suffix: str, base: str = _BASE) -> str:
        """The path of something in this organisation."""
        return f"/t/{self.tenant.name}{'/o' if self.in_organization else ''}{base}{suffix}"

    def url(self, suffix: str, base: str = _BASE) -> str:
        """The address of something in this organisation."""
        return f"{self.store.base_url}{self.path(suffix, base)}"


def twin(scope: str) -> str:
    """The scope that stands for this one on organisation paths."""
    return scope.replace("internal_", "internal_org_", 1)


def endpoints(
    path: str,
    *,
    base: str = _BASE,
    media: tuple[str, ...] = _JSON,
    organization: bool = True,
    **handlers: tuple[str, Handler],
) -> list[BaseRoute]:
    """The routes of a path: for each verb its scope and handler; by the organisation path too unless told otherwise.

    A body of other than these media types is not taken.
    """
    routes: list[BaseRoute] = []
    for verb, (scope, handler) in handlers.items():
        method = verb.upper()
        for below in (False, True) if organization else (False,):
            address = f"/t/{{org}}{'/o' if below else ''}{base}{path}"
            routes.append(Route(address, _guarded(scope, handler, below, media), methods=[method]))
    return routes


def _guarded(scope: str, handler: Handler, in_organization: bool, media: tuple[str, ...]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        body = await request.body()
        store: Store = request.app.state.store
        tenant = store.tenant(request.path_params["org"])
        if tenant is None:
            return empty(404)
        granted = scopes_of(store, tenant, bearer_token(request))
        if granted is None:
            return empty(401, {"WWW-Authenticate": f'Bearer realm="{tenant.name}"'})
        if not _may(scope, granted, in_organization, tenant.strict_organization_paths):
            return empty(403)
        if body and request.method != "GET" and _media_type(request) not in media:
            return empty(415)
        return handler(Call(store, tenant, request, body, granted, in_organization))

    return endpoint


def _may(scope: str, granted: frozenset[str], in_organization: bool, strict: bool) -> bool:
    if not in_organization:
        return scope in granted
    return twin(scope) in granted or (not strict and scope in granted)


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
