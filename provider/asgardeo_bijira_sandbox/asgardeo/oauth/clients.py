"""Who asks at the token endpoint: the management client that every organisation has, or one of its applications."""

from __future__ import annotations

from dataclasses import dataclass
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from ..api_resources.lookup import find_api
from ..claims.catalogue import oidc_scopes
from ..exceptions import not_authenticated, oauth_error
from ..management import MANAGEMENT_CLIENT, MANAGEMENT_SECRET
from ..system import SIGN_IN_SCOPE
from .assertions import ASSERTION_TYPE, Assertion, Registered

if TYPE_CHECKING:
    from ...web.errors import ApiError
    from ..models import Application, Tenant, User
    from ..request import TenantRequest

__all__ = ("Client", "authenticated", "by_secret", "known_client")

_ASSERTION, _MUTUAL_TLS = "private_key_jwt", "tls_client_auth"


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

    @property
    def callback_urls(self) -> list[str]:
        """Where it has people sent back to, as it is kept."""
        return list(self.settings["callbackURLs"])

    @property
    def must_push(self) -> bool:
        """Whether its authorization requests must be pushed beforehand."""
        return bool(self.settings["pushAuthorizationRequest"]["requirePushAuthorizationRequest"])

    @property
    def holds_a_key(self) -> bool:
        """Whether it signs in by a key of its own, and no secret will do."""
        return _is_asserting(self) or _method(self) == _MUTUAL_TLS

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
        """The scopes that it may have in the name of a user: under RBAC only what the user's roles allow.

        Those of OpenID Connect need no role, and no authorisation either, nor does the one that signing in takes.
        """
        allowed = {*user.permissions, *(self.tenant.permitted(user, self.application) if self.application else ())}
        given = {name for name, policy in self._authorized() if policy != "RBAC" or {"*", name} & allowed}
        return {*given, *oidc_scopes(self.tenant), SIGN_IN_SCOPE}

    def _authorized(self) -> list[tuple[str, str]]:
        authorized = self.application.authorized if self.application else {}
        return [
            (scope.name, entry.policy)
            for id_, entry in authorized.items()
            for scope in _scopes_of(self.tenant, id_)
            if scope.id in entry.scopes
        ]


def known_client(tenant: Tenant, id: str) -> Client | None:
    """The client of an application, if it may be used at all."""
    application = tenant.client(id)
    if application is None or application.oidc is None or not application.enabled:
        return None
    return Client(id, tenant, application) if application.oidc.state == "ACTIVE" else None


async def authenticated(request: TenantRequest, form: dict[str, str]) -> Client:
    """The client of a request, by its header, its form or a signed assertion."""
    tenant, basic = request.tenant, request.basic_credentials()
    asserting = form.get("client_assertion_type") == ASSERTION_TYPE and bool(form.get("client_assertion"))
    if (basic is not None) + ("client_secret" in form) + asserting > 1:
        raise oauth_error("invalid_request", "The client MUST NOT use more than one authentication method in each")
    if not asserting:
        return by_secret(tenant, *(basic or (form.get("client_id", ""), form.get("client_secret"))))
    assertion = Assertion.parse(form["client_assertion"])
    client = _client(tenant, assertion.client_id)
    if not _is_asserting(client):
        raise not_authenticated("Unsupported Client Authentication Method!")
    await assertion.verify(request.store, tenant, _registered(client))
    return client


def by_secret(tenant: Tenant, id: str, secret: str | None) -> Client:
    """The client of this id and secret; one that is public has none."""
    client = _client(tenant, id)
    if client.holds_a_key:
        raise not_authenticated("Unsupported Client Authentication Method!")
    if not _proves(client, secret):
        raise _unknown()
    return client


def _client(tenant: Tenant, id: str) -> Client:
    """The client of this id, if it may sign in at all."""
    client = Client(id, tenant) if id == MANAGEMENT_CLIENT else known_client(tenant, id)
    if client is None:
        raise _unknown()
    return client


def _is_asserting(client: Client) -> bool:
    """Whether the client signs in by assertions, and then in no other way."""
    if client.application is None:
        return client.tenant.management_certificate is not None
    return _method(client) == _ASSERTION


def _method(client: Client) -> str:
    """How an application signs in. Of mutual TLS there is none without TLS."""
    return str(client.settings.get("clientAuthentication", {}).get("tokenEndpointAuthMethod", ""))


def _registered(client: Client) -> Registered:
    if client.application is None:
        tenant = client.tenant
        return Registered(client.id, tenant.management_certificate, may_reuse=tenant.management_may_reuse_assertions)
    settings = client.settings["clientAuthentication"]
    return Registered(
        client.id,
        client.application.advanced.get("certificate"),
        settings["tokenEndpointAuthSigningAlg"] or "",
        bool(settings.get("tokenEndpointAllowReusePvtKeyJwt")),
    )


def _unknown() -> ApiError:
    return not_authenticated("A valid OAuth client could not be found for client_id or its secret is wrong.")


def _proves(client: Client, secret: str | None) -> bool:
    if client.application is None or client.application.oidc is None:
        return _same(secret, MANAGEMENT_SECRET)
    if secret is None:
        return bool(client.settings["publicClient"])
    return _same(secret, client.application.oidc.client_secret)


def _same(given: str | None, expected: str) -> bool:
    return given is not None and compare_digest(given.encode(), expected.encode())


def _scopes_of(tenant: Tenant, id: str) -> list[Any]:
    api = find_api(tenant, id)
    return list(api.scopes) if api else []
