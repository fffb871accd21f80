"""Requests of an organisation, and who may send them: those of its management APIs need a token with a scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from ..differences import is_listed
from ..web.bodies import Malformed
from ..web.errors import ApiError
from ..web.request import Request, integer
from ..web.responses import answer
from ..web.routes import Route
from .exceptions import invalid_body, no_access, not_served, scim_error, unknown_organization
from .oauth.access_tokens import scopes_of

if TYPE_CHECKING:
    from starlette.requests import Request as HttpRequest
    from starlette.responses import Response

    from .models import Tenant

__all__ = (
    "DCR",
    "SCIM",
    "TENANT",
    "ManagementRoute",
    "OAuthRoute",
    "ScimRoute",
    "TenantRequest",
    "acceptable",
    "tenant_of",
)

_TENANT, _BELOW = "/t/{org}", "/t/{org}/o"
_SERVER, _DCR, _SCIM = "/api/server/v1", "/api/identity/oauth2/dcr/v1.1", "/scim2"
#: An organisation has its paths as a tenant, and others as an organisation below one.
TENANT = (_TENANT + _SERVER,)
EVERYWHERE = (_TENANT + _SERVER, _BELOW + _SERVER)
SCIM = (_TENANT + _SCIM, _BELOW + _SCIM)
DCR = (_TENANT + _DCR, _BELOW + _DCR)

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class TenantRequest(Request):
    """A request that may be handled: the tenant is there, and where it needs a token it has one with the scope."""

    tenant: Tenant
    base: str
    scopes: frozenset[str] = frozenset()

    @property
    def in_organization(self) -> bool:
        """Whether it came by the path of an organisation below the tenant."""
        return self.base.startswith(f"{_BELOW}/")

    def holds(self, scope: str) -> bool:
        """Whether the token has a scope, or its twin for organisations below the tenant."""
        return (_twin(scope) if self.in_organization else scope) in self.scopes

    def number(self, name: str, default: int) -> int:
        """A query parameter that is a number; the platform does not find an endpoint for anything else."""
        given = self.query(name)
        found = integer(given) if given else default
        if found is None:
            raise ApiError(404)
        return found

    def flag(self, name: str) -> bool:
        """A query parameter that is true or not."""
        return self.query(name).lower() == "true"

    def json(self) -> Any:
        """The body, as far as the server knows what is in it."""
        try:
            body = super().json()
        except Malformed:
            raise invalid_body() from None
        if self.tenant.behaviour.has_unknown(body):
            raise invalid_body()
        return self.tenant.behaviour.known(body)

    def show(self, document: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
        """An answer, as far as the server knows what is in it."""
        return answer(self.tenant.behaviour.known(document), status, headers)

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

    def path(self, suffix: str) -> str:
        """The path of something in this API."""
        return self.base.format(org=self.tenant.name) + suffix

    @property
    def server_url(self) -> str:
        """The address of the management APIs of this organisation, which others than they refer to."""
        return f"{self.store.base_url}{_TENANT.format(org=self.tenant.name)}{_SERVER}"

    def url(self, suffix: str) -> str:
        """The address of something in this API."""
        return f"{self.store.base_url}{self.path(suffix)}"


@dataclass(frozen=True)
class ManagementRoute(Route):
    """An endpoint of a management API. A body of other than these media types is not taken, nor an answer of any made.

    HEAD is not answered as GET is: its guard knows no scope for it, with which it could be let in.
    """

    heads: ClassVar[bool] = False
    scim: ClassVar[bool] = False
    bases: tuple[str, ...] = EVERYWHERE
    accepts: tuple[str, ...] = ("application/json", "*/*")
    produces: tuple[str, ...] = ("application/json",)

    def no_access(self, status: Literal[401, 403], request: Request) -> ApiError:
        """The token is not good, or has not got the scope."""
        return no_access(status, str(request.http.url.hostname), scim=self.scim)

    def check_media_type(self, http: HttpRequest, body: bytes) -> None:
        """Refuse a body of another type."""
        if body and http.method not in ("GET", "HEAD") and _media_type(http) not in self.accepts:
            raise ApiError(415)

    async def admit(self, http: HttpRequest, base: str) -> TenantRequest:
        """Tenant, token, whether it is served at all, scope, media types."""
        plain = await Route.admit(self, http, base)
        tenant = tenant_of(plain, plain.param("org"))
        granted = scopes_of(plain.store, tenant, plain.bearer_token())
        if granted is None:
            raise self.no_access(401, plain)
        path = "/" + "/".join(http.url.path.split("/")[base.count("/") + 1 :]).rstrip("/")
        if is_listed("Asgardeo", http.method, path):  # a fixed name that is no id
            raise not_served(f"{http.method} {path}", scim=self.scim)
        request = TenantRequest(http, plain.store, plain.body, tenant, base, granted)
        if not self._is_granted(request):
            raise self.no_access(403, plain)
        self.check_media_type(http, request.body)
        if self.produces and not acceptable(http, self.produces):
            raise ApiError(406)
        return request

    def _is_granted(self, request: TenantRequest) -> bool:
        """Any token does where no scope is asked for. On the paths of an organisation below the usual scopes do as
        well, unless the paths are strict."""
        if not self.scopes or any(request.holds(scope) for scope in self.scopes):
            return True
        return not request.tenant.strict_organization_paths and not request.scopes.isdisjoint(self.scopes)


@dataclass(frozen=True)
class ScimRoute(ManagementRoute):
    """An endpoint of SCIM, whose requests say what they carry even if they carry nothing."""

    scim: ClassVar[bool] = True
    bases: tuple[str, ...] = SCIM
    accepts: tuple[str, ...] = ("application/scim+json", "application/json")
    produces: tuple[str, ...] = ("application/json", "application/scim+json")

    def check_media_type(self, http: HttpRequest, body: bytes) -> None:
        """Refuse a write of another type, or of none."""
        if http.method in ("POST", "PUT", "PATCH") and _media_type(http) not in self.accepts:
            raise scim_error(406, f"{_media_type(http) or 'No Content-Type'} is not supported.")


@dataclass(frozen=True)
class OAuthRoute(Route):
    """An endpoint of the OpenID provider, which needs no management token."""

    bases: tuple[str, ...] = (_TENANT, _BELOW)

    async def admit(self, http: HttpRequest, base: str) -> TenantRequest:
        """The tenant."""
        plain = await Route.admit(self, http, base)
        return TenantRequest(http, plain.store, plain.body, tenant_of(plain, plain.param("org")), base)


def acceptable(http: HttpRequest, offered: tuple[str, ...]) -> list[str]:
    """The media types among those that are offered that the client takes."""
    header = http.headers.get("accept", "").strip() or "*/*"
    ranges = {one.partition(";")[0].strip().lower() for one in header.split(",")}
    return [one for one in offered if {one, f"{one.partition('/')[0]}/*", "*/*"} & ranges]


def _twin(scope: str) -> str:
    """The scope that stands for this one on the paths of organisations below the tenant."""
    return scope.replace("internal_", "internal_org_", 1)


def tenant_of(request: Request, name: str) -> Tenant:
    """The organisation that a path begins with."""
    tenant = request.store.tenant(name)
    if tenant is None:
        raise unknown_organization(name, _media_type(request.http))
    return tenant


def _media_type(http: HttpRequest) -> str:
    return http.headers.get("content-type", "").partition(";")[0].strip().lower()
