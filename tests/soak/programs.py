"""The programs of a soak: the guide, and one for each kind with all that it can declare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asgardeo_bijira_sandbox.api_portal import models as portal_model
from asgardeo_bijira_sandbox.asgardeo.applications.lookup import new_application
from asgardeo_bijira_sandbox.asgardeo.applications.oidc_bodies import OidcBody
from asgardeo_bijira_sandbox.asgardeo.applications.oidc_settings import checked_settings
from asgardeo_bijira_sandbox.asgardeo.models import ApiResource, AuthorizedApi, Group, Oidc, Scope, User
from asgardeo_bijira_sandbox.bijira.models import Application, KeyManager, KeyMapping, PublishedApi, Subscription

from tests.support.addresses import MANAGEMENT, addresses

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

    from .engine import Resource

__all__ = ("PROGRAMS", "SECRETS", "Program", "guides", "seed")

BILLS, SHIPPING = "aaaaaaaa-0000-0000-0000-000000000001", "aaaaaaaa-0000-0000-0000-000000000002"
MAPS = "aaaaaaaa-0000-0000-0000-000000000005"
SHARED, OTHERS = "aaaaaaaa-0000-0000-0000-000000000003", "aaaaaaaa-0000-0000-0000-000000000004"
THEIRS, MINE = "aaaaaaaa-0000-0000-0000-000000000006", "aaaaaaaa-0000-0000-0000-000000000007"
USERS, GROUPS = ([f"{kind}aaaaaa{n}-0000-0000-0000-000000000000" for n in range(3)] for kind in "bc")
CONNECTOR_SECRET, CLIENT_SECRET = "hunter2-of-the-connector", "hunter2-of-the-client"  # made up
#: What must never be shown, besides tokens and what the platforms make up.
SECRETS = (CONNECTOR_SECRET, CLIENT_SECRET, "hunter3-of-the-connector", "sandbox-secret")
URL = "https://a.example.com"
_UNIQUE = ("identifier", "name", "applicationName", "applicationId", "clientId")


@dataclass(frozen=True)
class Program:
    """What is declared at first, what after an edit, and what after one that replaces; and on which back end."""

    first: tuple[Resource, ...]
    second: tuple[Resource, ...]
    third: tuple[Resource, ...]
    #: What is taken over of what was declared at first: the edit, under the first unique keys.
    adopted: tuple[Resource, ...]
    path: str = "/api/am/devportal/v2"

    def environment(self, sandbox: Sandbox) -> dict[str, str]:
        """Settings that lead to the sandbox as to real platforms."""
        found = {
            **addresses(sandbox),
            "ASGARDEO_CLIENT_SECRET": "sandbox-secret",
            "BIJIRA_CLIENT_SECRET": "sandbox-secret",
            "BIJIRA_BASE_URL": sandbox.url + self.path,
            "BIJIRA_BACKEND": "api-portal" if self.path.startswith("/api-portal") else "devportal",
        }
        if not self.path.endswith("/v2"):
            del found["BIJIRA_ORGANIZATION_ID"]
        return found


def _one(kind: str, *bags: dict[str, Any], path: str = "/api/am/devportal/v2") -> Program:
    """A program of one resource; each bag is laid over the first."""
    first, second, third = bags
    keys = {key: first[key] for key in _UNIQUE if key in first}
    if (
        kind == "ApplicationClient" and "applicationId" in first
    ):  # of somebody else's application only what is declared is anybody's
        keys["subscriptions"] = [{**one, "plan": "Silver"} for one in first["subscriptions"]]

    def declared(bag: dict[str, Any]) -> tuple[Resource, ...]:
        return ({"name": "it", "kind": kind, "inputs": {**first, **bag}},)

    return Program(declared({}), declared(second), declared(third), declared({**second, **keys}), path)


def _guide(name: str, **edits: Any) -> tuple[Resource, ...]:
    scopes = edits.get("scopes", [f"{name}:read", f"{name}:write"])
    return (
        {
            "name": f"{name}-api",
            "kind": "Api",
            "inputs": {
                "identifier": edits.get("identifier", f"urn:{name}"),
                "name": edits.get("api_name", f"{name} API"),
                "scopes": [{"name": scope} for scope in scopes],
            },
        },
        {
            "name": f"{name}-application",
            "kind": "Application",
            "inputs": {
                "name": name,
                "applicationType": edits.get("type", "m2m"),
                "grantTypes": ["client_credentials"],
                "description": edits.get("description", "of the shop"),
                "authorizedApis": [{"apiId": {"$ref": f"{name}-api.id"}, "policy": "RBAC", "scopes": scopes}],
            },
        },
        {
            "name": f"{name}-client",
            "kind": "ApplicationClient",
            "inputs": {
                "applicationName": name,
                "clientId": {"$ref": f"{name}-application.clientId"},
                "keyManager": "Asgardeo",
                "subscriptions": [
                    {"apiName": "Orders API", "apiVersion": "1.0.0", "plan": edits.get("plan", "Gold")},
                ],
            },
        },
    )


def guides(*names: str) -> list[list[Resource]]:
    """The guide under several names."""
    return [list(_guide(name)) for name in names]


API = _one(
    "Api",
    {
        "identifier": "urn:all",
        "name": "All",
        "description": "all of it",
        "requiresAuthorization": True,
        "scopes": [{"name": "a:1", "displayName": "One", "description": "first"}, {"name": "a:2"}, {"name": "a/3"}],
    },
    {
        "name": "All of it",
        "description": "",
        "scopes": [{"name": "a:1", "displayName": "1", "description": "x"}, {"name": "a:4"}, {"name": "a/3"}],
    },
    {"identifier": "urn:all:2"},
)

_WEB: dict[str, Any] = {
    "name": "web",
    "applicationType": "web",
    "description": "of the shop",
    "accessUrl": URL,
    "imageUrl": f"{URL}/logo.png",
    "logoutReturnUrl": f"{URL}/bye",
    "enabled": True,
    "grantTypes": ["authorization_code", "refresh_token"],
    "callbackUrls": [f"{URL}/cb", "https://b.example.com/cb?x=1"],
    "allowedOrigins": [URL],
    "publicClient": False,
    "pkce": {"mandatory": True, "supportPlainTransformAlgorithm": False},
    "accessToken": {"type": "JWT", "userAccessTokenExpiryInSeconds": 900, "accessTokenAttributes": ["email"]},
    "refreshToken": {"expiryInSeconds": 1000, "renewRefreshToken": False},
    "idToken": {"expiryInSeconds": 1000, "audience": ["a"]},
    "logout": {"backChannelLogoutUrl": f"{URL}/logout"},
    "clientAuthentication": {"tokenEndpointAuthMethod": "client_secret_basic"},
    "allowedAudience": "APPLICATION",
    "claims": {"requestedClaims": [{"claim": "http://wso2.org/claims/emailaddress", "mandatory": True}]},
    "advanced": {"skipLoginConsent": True},
    "authorizedApis": [
        {"apiId": BILLS, "policy": "RBAC", "scopes": ["1:a", "1:b"]},
        {"apiId": SHIPPING, "policy": "RBAC", "scopes": ["2:a"]},
        {"apiId": MAPS, "policy": "RBAC", "scopes": ["3:a"]},
    ],
    "secretRotation": "2026",
}
APPLICATION = _one(
    "Application",
    _WEB,
    {
        "name": "web-2",
        "description": "",
        "logoutReturnUrl": "",
        "enabled": False,
        "callbackUrls": [f"{URL}/cb"],
        "refreshToken": {"expiryInSeconds": 77, "renewRefreshToken": False},
        "claims": {"requestedClaims": []},
        "advanced": {"skipLoginConsent": False},
        "authorizedApis": [
            {"apiId": BILLS, "policy": "RBAC", "scopes": ["1:a", "1:c"]},
            {"apiId": MAPS, "policy": "No Policy", "scopes": ["3:a"]},
        ],
        "secretRotation": "2027",
    },
    {"applicationType": "standard"},
)

_SUBSCRIPTIONS = [{"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Gold"}, {"apiId": BILLS, "plan": "Bronze"}]
_SUBSCRIBED_OTHERWISE = [
    {"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Silver"},
    {"apiId": SHIPPING, "plan": "Gold"},
]
CLIENT = _one(
    "ApplicationClient",
    {
        "applicationName": "shop",
        "description": "of the shop",
        "throttlingPolicy": "10PerMin",
        "clientId": "client-1",
        "clientSecret": CLIENT_SECRET,
        "keyManager": "Asgardeo",
        "keyType": "PRODUCTION",
        "subscriptions": _SUBSCRIPTIONS,
    },
    {
        "applicationName": "shop-2",
        "description": "",
        "throttlingPolicy": "Unlimited",
        "clientId": "client-2",
        "subscriptions": _SUBSCRIBED_OTHERWISE,
    },
    {"keyManager": "Partners", "keyType": "SANDBOX"},
    path="/api/am/devportal/v3",
)
ATTACHED = _one(
    "ApplicationClient",
    {"applicationId": SHARED, "clientId": "client-1", "keyManager": "Asgardeo", "subscriptions": _SUBSCRIPTIONS},
    {"clientId": "client-2", "subscriptions": _SUBSCRIBED_OTHERWISE},
    {"applicationId": OTHERS},
)
PORTAL = "/api-portal/api/v0.9"
CLIENT_ON_PORTAL = _one(
    "ApplicationClient",
    {"applicationName": "shop", "description": "of the shop", "clientId": "client-1", "keyManager": "asgardeo"},
    {"applicationName": "shop-2", "description": "", "clientId": "client-2"},
    {"keyManager": "partners", "keyType": "SANDBOX"},
    path=PORTAL,
)

_CONNECTOR = [{"name": "mgmt_client_id", "value": "m"}, {"name": "mgmt_client_secret", "value": CONNECTOR_SECRET}]
KEY_MANAGER = _one(
    "KeyManager",
    {
        "name": "acme",
        "organization": "acme",
        "displayName": "Acme",
        "description": "of Acme",
        "enabled": True,
        "type": "Asgardeo",
        "connector": _CONNECTOR,
        "consumerKeyClaim": "azp",
        "scopesClaim": "scope",
        "availableGrantTypes": ["client_credentials", "password"],
    },
    {
        "organization": "acme-2",
        "displayName": "Acme & Co",
        "description": "",
        "enabled": False,
        "connector": [_CONNECTOR[0], {"name": "mgmt_client_secret", "value": "hunter3-of-the-connector"}],
        "availableGrantTypes": ["client_credentials"],
    },
    {"name": "acme-2"},
    path="/api/am/devportal/v3",
)
KEY_MANAGER_ON_PORTAL = _one(
    "KeyManager",
    {"name": "acme", "organization": "acme", "displayName": "Acme", "enabled": True},
    {"organization": "acme-2", "displayName": "Acme & Co", "enabled": False},
    {"name": "acme-2"},
    path=PORTAL,
)

ROLE = _one(
    "Role",
    {
        "name": "reader",
        "applicationId": THEIRS,
        "permissions": ["1:a", "1:b"],
        "groups": GROUPS[:2],
        "users": USERS[:2],
    },
    {"name": "clerk", "permissions": ["1:b", "1:c"], "groups": GROUPS[1:], "users": USERS[1:]},
    {"applicationId": MINE},
)

_EDITED = _guide("orders", api_name="Orders", scopes=["orders:list", "orders:read"], description="", plan="Silver")
PROGRAMS: dict[str, Program] = {
    "guide": Program(_guide("orders"), _EDITED, _guide("orders", identifier="urn:orders:2", type="standard"), _EDITED),
    "api": API,
    "application": APPLICATION,
    "client": CLIENT,
    "role": ROLE,
    "attached-client": ATTACHED,
    "client-on-portal": CLIENT_ON_PORTAL,
    "key-manager": KEY_MANAGER,
    "key-manager-on-portal": KEY_MANAGER_ON_PORTAL,
}


def seed(sandbox: Sandbox) -> None:
    """A colleague's objects, and what the programs refer to; nobody may touch them."""
    tenant, bijira = sandbox.store.asgardeo["sandbox"], next(iter(sandbox.store.bijira.values()))
    for number, id_ in enumerate((BILLS, SHIPPING, MAPS), 1):
        scopes = [Scope(name=f"{number}:{verb}", display_name=verb) for verb in "abc"]
        tenant.apis[id_] = ApiResource(
            id=id_,
            number=number,
            name=id_,
            identifier=f"urn:{id_}",
            scopes=scopes,
            requires_authorization=id_ != MAPS,
        )
        bijira.apis[id_] = PublishedApi(id=id_, name=f"API {number}", version="1", context=f"/{number}/1")
    tenant.users |= {id_: User(id=id_, username=id_, password="hunter2") for id_ in USERS}  # noqa: S106  # nobody's
    tenant.groups |= {id_: Group(id=id_, name=id_) for id_ in GROUPS}
    for id_ in (THEIRS, MINE):
        people = new_application(id_).model_copy(update={"id": id_})
        people.associated_roles["allowedAudience"] = "APPLICATION"
        people.authorized[BILLS] = AuthorizedApi(policy="RBAC", scopes=[one.id for one in tenant.apis[BILLS].scopes])
        tenant.applications[id_] = people
    theirs = new_application("theirs")
    settings = checked_settings(OidcBody(grantTypes=["client_credentials"]))
    theirs.oidc = Oidc(client_id="client-theirs", client_secret="hunter2-of-a-colleague", settings=settings)  # noqa: S106
    theirs.authorized[BILLS] = AuthorizedApi(policy="RBAC", scopes=[tenant.apis[BILLS].scopes[0].id])
    tenant.applications[theirs.id] = theirs
    manager = bijira.key_manager("Asgardeo")
    assert manager
    for id_, name in ((SHARED, "shared"), (OTHERS, "theirs")):
        mapping = KeyMapping(client_id=f"client-{name}", key_manager=manager.id, key_type="SANDBOX")
        bijira.applications[id_] = Application(
            id=id_, name=name, owner=MANAGEMENT, throttling_policy="Unlimited", mappings={mapping.id: mapping}
        )
    subscribed = Subscription(application_id=OTHERS, api_id=MAPS, plan="Gold")
    bijira.subscriptions[subscribed.id] = subscribed
    partners = KeyManager(name="Partners", issuer="https://partners.example.com", grant_types=["client_credentials"])
    bijira.key_managers[partners.id] = partners
    portal = next(iter(sandbox.store.api_portal.organizations.values()))
    portal.key_managers["partners"] = portal_model.KeyManager(
        uid="partners",
        id="partners",
        display_name="Partners",
        token_endpoint="https://partners.example.com/token",  # noqa: S106
    )
    portal.applications["theirs"] = portal_model.Application(
        id="theirs",
        owner=MANAGEMENT,
        display_name="Theirs",
        mappings={"m": portal_model.KeyMapping(id="m", client_id="theirs", key_manager="asgardeo", type="PRODUCTION")},
    )
