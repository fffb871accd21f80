"""The admin API of a self-hosted WSO2 API Manager, v4: its key managers.

https://apim.docs.wso2.com/en/latest/reference/product-apis/admin-apis/admin-v4/admin-v4/
"""

from typing import Any, TypeVar

from ....settings import BijiraSettings
from ....transport import (
    ApiProblem,
    Connection,
    InvalidInput,
    MissingScope,
    NotFound,
    Redactor,
    TokenSource,
    segment,
)
from ..models import KeyManagerSettings, ManagedKeyManager
from ..protocol import still_mapped
from .key_manager_models import KeyManagerDocument, KeyManagerList, settings_on_the_wire
from .models import missing
from .profile import ADMIN_PROFILE, ADMIN_SCOPES, GRANT_ADMIN_SCOPES

__all__ = ("AdminApi",)

_T = TypeVar("_T")
_IN_USE = "902015"
_MISSING = missing("key manager")

#: What the server wants of an Asgardeo organisation besides, as paths below the organisation's address.
_BESIDES = {
    "wellKnownEndpoint": "/oauth2/token/.well-known/openid-configuration",
    "introspectionEndpoint": "/oauth2/introspect",
    "clientRegistrationEndpoint": "/api/identity/oauth2/dcr/v1.1/register",
    "userInfoEndpoint": "/oauth2/userinfo",
}
_TOKEN_PATH = "/oauth2/token"  # noqa: S105  # a path
#: A key manager that verifies the tokens of clients which were made elsewhere, and makes none itself.
_DEFAULTS = {
    "type": "Asgardeo",
    "enabled": True,
    "tokenType": "DIRECT",
    "consumerKeyClaim": "azp",
    "scopesClaim": "scope",
    "availableGrantTypes": ["authorization_code", "client_credentials", "password", "refresh_token"],
    "enableMapOAuthConsumerApps": True,
    "enableOAuthAppCreation": False,
    "enableTokenGeneration": False,
    "enableSelfValidationJWT": True,
    "enableProvisionedAppValidation": False,
    "scopeManagementEndpoint": "none",
}


class AdminApi:
    """The key managers of one tenant, as the user that the token stands for."""

    lacks: frozenset[str] = frozenset()
    lists_disabled = True

    def __init__(self, url: str, settings: BijiraSettings, tokens: TokenSource, redactor: Redactor) -> None:
        self.connection = Connection(
            url,
            ADMIN_PROFILE,
            tokens=tokens,
            rate=settings.rate_limit,
            ca_bundle=settings.ca_bundle,
            headers=settings.headers,
            params=settings.query,
            redactor=redactor,
        )

    def wrong_name(self, name: str) -> None:
        """Any name will do."""

    def validate(self, settings: KeyManagerSettings) -> None:
        """Refuse addresses of which too few are said."""
        lacking = [name for name in ("issuer", "jwks_endpoint") if not getattr(settings.endpoints, name)]
        if lacking:
            names = " and ".join(f"`{name}`" for name in lacking)
            raise InvalidInput(
                f"must have {names} too, for `token_endpoint` is not one of Asgardeo's "
                f"(…/t/<organisation>{_TOKEN_PATH}) from which the others follow",
                subject="endpoints",
                action=f"Set {names}",
            )

    def create(self, settings: KeyManagerSettings) -> ManagedKeyManager:
        """Make a key manager: one POST."""
        self.validate(settings)
        body = self._laid_over({**_DEFAULTS, "displayName": settings.name}, settings)
        doing = f"create the key manager {settings.name}"
        return self._ask("POST", "/key-managers", KeyManagerDocument, doing, json=body, ok=(201,)).shown()

    def get(self, id: str) -> ManagedKeyManager | None:
        """A key manager, or None where there is none."""
        try:
            return self._document(id, f"read the key manager {id}").shown()
        except NotFound:
            return None

    def find(self, name: str) -> ManagedKeyManager | None:
        """The key manager of exactly this name."""
        row = next((row for row in self._list().rows if row.name == name), None)
        return self.get(row.id) if row else None

    def all(self) -> list[ManagedKeyManager]:
        """All but the resident one."""
        rows = (row for row in self._list().rows if row.type != "default")
        return [ManagedKeyManager.model_validate({"id": row.id, "name": row.name}) for row in rows]

    def change(self, id: str, settings: KeyManagerSettings) -> ManagedKeyManager:
        """Read the whole key manager and write it back changed, for the server replaces it whole.

        A secret that somebody else set comes back as a mask, which the server takes for what it has.
        """
        doing = f"change the key manager {id}"
        body = self._laid_over(self._document(id, doing).written_back(), settings)
        return self._ask("PUT", _path(id), KeyManagerDocument, doing, json=body, not_found=_MISSING).shown()

    def delete(self, id: str) -> None:
        """Delete a key manager. Older servers only notice by an error of their own that it is in use."""
        doing = f"delete the key manager {id}"
        self._require(doing)
        try:
            self.connection.delete(_path(id), doing=doing, ok=(200,), not_found=_MISSING)
        except ApiProblem as refusal:
            if refusal.code != _IN_USE and not (refusal.status == 500 and refusal.code):
                raise
            raise still_mapped("API Manager", id, refusal) from None

    def _laid_over(self, document: dict[str, Any], settings: KeyManagerSettings) -> dict[str, Any]:
        """The document with these settings in it, and whatever follows from them."""
        body = document | settings_on_the_wire(settings)
        connector = dict(document.get("additionalProperties") or {})
        tenant = _tenant_of(settings.endpoints.token_endpoint or "")
        if tenant:
            body |= {key: tenant + path for key, path in _BESIDES.items()}
            if body["type"] == "Asgardeo":
                connector |= _connector_of(tenant)
        for name, value in (settings.connector or {}).items():
            self.connection.redact.add(value)
            connector[name] = value
        body["additionalProperties"] = {name: value for name, value in connector.items() if value is not None}
        return body

    def _list(self) -> KeyManagerList:
        """The list has one page."""
        return self._ask("GET", "/key-managers", KeyManagerList, "list the key managers")

    def _document(self, id: str, doing: str) -> KeyManagerDocument:
        return self._ask("GET", _path(id), KeyManagerDocument, doing, not_found=_MISSING)

    def _ask(self, method: str, path: str, shape: type[_T], doing: str, **details: Any) -> _T:
        self._require(doing)
        return self.connection.request_json(method, path, shape, doing=doing, **details)

    def _require(self, doing: str) -> None:
        granted = self.connection.granted()
        if granted is not None and not granted.intersection(ADMIN_SCOPES):
            raise MissingScope(
                f"the token lacks the scope {' or '.join(ADMIN_SCOPES)}",
                subject=f"{ADMIN_PROFILE.name}: {doing}",
                action=GRANT_ADMIN_SCOPES,
            )


def _path(id: str) -> str:
    return f"/key-managers/{segment(id)}"


def _tenant_of(token_endpoint: str) -> str:
    """The address of the Asgardeo organisation whose token endpoint this is, else nothing."""
    tenant = token_endpoint.removesuffix(_TOKEN_PATH)
    return tenant if tenant != token_endpoint and "/t/" in tenant else ""


def _connector_of(tenant: str) -> dict[str, Any]:
    """What the Asgardeo connector must be told of an organisation."""
    return {
        "org_name": tenant.rpartition("/t/")[2],
        "APIM_GLOBAL_SCOPES": "APIM_GLOBAL_SCOPES",
        "asgardeo_api_resource_management_endpoint": f"{tenant}/api/server/v1/api-resources",
        "asgardeo_roles_endpoint": f"{tenant}/scim2/v2/Roles",
    }
