"""Who asks at the token endpoint: the management client that every organisation has, or one of its applications."""

from __future__ import annotations

from dataclasses import dataclass
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from ..http import Refusal
from .model import MANAGEMENT_CLIENT, MANAGEMENT_SECRET
from .scopes import find_api

if TYPE_CHECKING:
    from .model import Application, Oidc, Tenant, User

__all__ = ("Client", "authenticated", "refusal")

_BASIC = {"WWW-Authenticate": "Basic realm=sandbox"}


@dataclass(frozen=True)
class Client:
    """An authenticated client; without an application it is the management client."""

    id: str
    tenant: Tenant
    application: Application | None = None

    @property
    def settings(self) -> dict[str, Any]:
        """Its OpenID Connect settings."""
        if self.application is None or self.application.oidc is None:
            return {}
        return self.application.oidc.settings

    def may(self, grant_type: str) -> bool:
        """Whether it may use a grant type. A public client cannot speak for itself."""
        if self.application is None:
            return grant_type == "client_credentials"
        if grant_type == "client_credentials" and self.settings["publicClient"]:
            return False
        return grant_type in self.settings["grantTypes"]

    def own_scopes(self) -> set[str]:
        """The scopes that are authorised to it."""
        if self.application is None:
            return set(self.tenant.management_scopes)
        return {name for name, _ in self._authorized()}

    def scopes_for(self, user: User) -> set[str]:
        """The scopes that it may have in the name of a user: under RBAC only what the user's roles allow."""
        allowed = {*user.permissions, *(self.tenant.permitted(user, self.application) if self.application else ())}
        return {name for name, policy in self._authorized() if policy != "RBAC" or {"*", name} & allowed}

    def _authorized(self) -> list[tuple[str, str]]:
        authorized = self.application.authorized if self.application else {}
        return [
            (scope.name, entry.policy)
            for id_, entry in authorized.items()
            for scope in _scopes_of(self.tenant, id_)
            if scope.id in entry.scopes
        ]


def authenticated(tenant: Tenant, basic: tuple[str, str] | None, form: dict[str, str]) -> Client:
    """The client of a request, by its header or its form."""
    if basic and "client_secret" in form:
        raise refusal("invalid_request", "The client uses more than one way to authenticate.")
    id_, secret = basic or (form.get("client_id", ""), form.get("client_secret"))
    if id_ == MANAGEMENT_CLIENT:
        if _same(secret, MANAGEMENT_SECRET):
            return Client(id_, tenant)
        raise _not_authenticated()
    application = tenant.client(id_)
    if application is None or application.oidc is None or not application.enabled:
        raise _not_authenticated()
    if application.oidc.state != "ACTIVE" or not _proves(application.oidc, secret):
        raise _not_authenticated()
    return Client(id_, tenant, application)


def refusal(error: str, description: str, status: int = 400) -> Refusal:
    """An OAuth error."""
    return Refusal(status, {"error": error, "error_description": description}, _BASIC if status == 401 else None)


def _not_authenticated() -> Refusal:
    return refusal(
        "invalid_client", "A valid OAuth client could not be found for client_id or its secret is wrong.", 401
    )


def _proves(oidc: Oidc, secret: str | None) -> bool:
    if secret is None:
        return bool(oidc.settings["publicClient"])
    return _same(secret, oidc.client_secret)


def _same(given: str | None, expected: str) -> bool:
    return given is not None and compare_digest(given.encode(), expected.encode())


def _scopes_of(tenant: Tenant, id: str) -> list[Any]:
    api = find_api(tenant, id)
    return list(api.scopes) if api else []
