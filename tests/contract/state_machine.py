"""Whole lives of every kind, in the real provider process against a real sandbox: all that the clients ever send."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox.bijira.models import Application, PublishedApi
from pulumi_asgardeo_bijira.resources import platforms_for
from pulumi_asgardeo_bijira.settings import Settings, sandbox_environment
from pulumi_asgardeo_bijira.transport.network import NETWORK

from tests.support.host import Host, Life, Refused

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox
    from asgardeo_bijira_sandbox.bijira.models import Organization

__all__ = ("lead",)

_ROOT = Path(__file__).parents[2]

READ = {"name": "orders:read", "displayName": "Read", "description": "See them"}
PAY = {"type": "pay", "name": "Payment", "description": "d", "jsonSchema": '{"type": "object"}'}
API: dict[str, Any] = {"identifier": "urn:orders", "name": "Orders", "scopes": [READ, {"name": "orders/all"}]}
WEB: dict[str, Any] = {
    "name": "orders-web",
    "applicationType": "web",
    "description": "of the shop",
    "accessUrl": "https://a.example.com",
    "imageUrl": "https://a.example.com/logo.png",
    "logoutReturnUrl": "https://a.example.com/bye",
    "callbackUrls": ["https://b.example.com/cb?x=1", "https://a.example.com/cb"],
    "allowedOrigins": ["https://a.example.com"],
    "pkce": {"mandatory": True, "supportPlainTransformAlgorithm": False},
    "accessToken": {"userAccessTokenExpiryInSeconds": 900, "accessTokenAttributes": ["email"]},
    "refreshToken": {"expiryInSeconds": 1000, "renewRefreshToken": False},
    "idToken": {"expiryInSeconds": 1000, "audience": ["a"]},
    "logout": {"backChannelLogoutUrl": "https://a.example.com/logout"},
    "clientAuthentication": {"tokenEndpointAuthMethod": "private_key_jwt", "tokenEndpointAuthSigningAlg": "PS256"},
    "certificate": {"type": "JWKS", "value": "https://a.example.com/jwks.json"},
    "hybridFlow": {"enable": True, "responseType": ["code id_token", "code token"]},
    "requirePushedAuthorizationRequests": True,
    "validateRequestObjectSignature": True,
    "requestObject": {"requestObjectSigningAlg": "PS256", "encryption": {"algorithm": "RSA-OAEP", "method": "A128GCM"}},
    "subject": {"subjectType": "pairwise", "sectorIdentifierUri": "https://a.example.com/sector.json"},
    "allowedAudience": "APPLICATION",
    "claims": {
        "dialect": "LOCAL",
        "requestedClaims": [{"claim": "http://wso2.org/claims/emailaddress", "mandatory": True}],
        "subject": {"claim": "http://wso2.org/claims/userid"},
    },
    "advanced": {"skipLoginConsent": True},
}
ORDERS = {"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Gold"}
CLIENT: dict[str, Any] = {"applicationName": "orders", "clientId": "client-1", "subscriptions": [ORDERS]}


def lead(sandbox: Sandbox) -> None:
    """Lead every kind through its life; the sandbox's ledger then has all of it."""
    with Host({}, _in(sandbox)) as host:
        _api(host, sandbox)
        _application(host, sandbox)
        _role(host, sandbox)
        _client(host, sandbox)
        _older_servers(host, sandbox)
        _approvals(host, sandbox)
    with Host({"bijira:baseUrl": "https://apim.example.com/api/am/devportal/v3"}, _in(sandbox)) as host:
        _key_manager(host, sandbox, {"description": "of the shop"})
    with Host({"bijira:backend": "api-portal"}, _in(sandbox)) as host:
        _key_manager(host, sandbox, {})
        _client_on_portal(host, sandbox)
    _look_ups(sandbox)


def _up(life: Life, *declared: dict[str, Any]) -> None:
    """Bring it to one declaration after the other, each seen again afterwards."""
    for inputs in declared:
        life.up(inputs)
        assert life.refresh() == "same"


def _api(host: Host, sandbox: Sandbox) -> None:
    api, other = Life(host, "Api", sandbox), Life(host, "Api", sandbox)
    _up(
        api,
        API,
        {
            **API,
            "name": "Orders API",
            "description": "of the shop",
            "scopes": [*API["scopes"], {"name": "orders:write"}],
        },
        {**API, "scopes": [{**READ, "description": "Look"}, {"name": "orders/all", "displayName": "All"}]},
        {**API, "scopes": []},
        {**API, "scopes": [], "authorizationDetailsTypes": [PAY]},
        {**API, "scopes": [], "authorizationDetailsTypes": [{**PAY, "name": "Paying"}]},
        {**API, "scopes": [], "authorizationDetailsTypes": []},
    )
    mcp = Life(host, "Api", sandbox)
    _up(mcp, {"identifier": "urn:tools", "name": "Tools", "resourceType": "MCP", "authorizationDetailsTypes": [PAY]})
    mcp.destroy()
    _up(other, {**API, "adopt": True})
    with pytest.raises(Refused):
        Life(host, "Api", sandbox).up(API)
    with pytest.raises(Refused):
        Life(host, "Api", sandbox).up({"identifier": "urn:other", "name": "Other", "scopes": [READ]})
    other.destroy()
    assert api.refresh() == "gone"


def _application(host: Host, sandbox: Sandbox) -> None:
    api, application = Life(host, "Api", sandbox), Life(host, "Application", sandbox)
    api.up({**API, "authorizationDetailsTypes": [PAY]})
    reading = {"apiId": api.id, "scopes": ["orders:read"]}
    paying = {**reading, "authorizationDetailsTypes": ["pay"]}
    _up(
        application,
        {**WEB, "authorizedApis": [paying]},
        {**WEB, "authorizedApis": [{**paying, "authorizationDetailsTypes": []}]},
        {**WEB, "authorizedApis": [reading]},
        {**WEB, "authorizedApis": [{**reading, "scopes": ["orders/all"]}]},
        {**WEB, "authorizedApis": [], "refreshToken": {"expiryInSeconds": 77}, "secretRotation": "2027"},
        {"name": "orders-2", "applicationType": "web", "callbackUrls": WEB["callbackUrls"], "enabled": False},
    )
    _up(Life(host, "Application", sandbox), {**WEB, "name": "orders-2", "adopt": True})
    with pytest.raises(Refused):
        Life(host, "Application", sandbox).up({"name": "orders-2"})
    with pytest.raises(Refused):
        Life(host, "Application", sandbox).up({"name": "orders-3", "authorizedApis": [{"apiId": "none", "scopes": []}]})
    fapi = {"isFapiApplication": True, "fapiProfile": "FAPI2_SECURITY", "accessToken": {"bindingType": "DPoP"}}
    ciba = {
        "grantTypes": ["urn:openid:params:grant-type:ciba"],
        "cibaAuthenticationRequest": {"authReqExpiryTime": 300, "notificationChannels": ["email"]},
        "refreshToken": {"gracefulRefreshTokenRotationEnabled": True, "gracefulRefreshTokenReuseLimit": 2},
    }
    _up(Life(host, "Application", sandbox), {"name": "orders-bank", **fapi, **ciba})
    for type_, more in (("spa", {"callbackUrls": ["https://a.example.com/cb"]}), ("m2m", {})):
        _up(Life(host, "Application", sandbox), {"name": f"orders-{type_}", "applicationType": type_, **more})
    sandbox.store.asgardeo["sandbox"].applications[application.id].oidc = None
    assert application.refresh() == "update"
    same = Life(host, "Application", sandbox, id=application.id, outputs=application.outputs)
    same.destroy()
    assert application.refresh() == "gone"
    api.destroy()


def _role(host: Host, sandbox: Sandbox) -> None:
    api, application, role = (Life(host, kind, sandbox) for kind in ("Api", "Application", "Role"))
    api.up(API)
    authorized = [{"apiId": api.id, "scopes": ["orders:read", "orders/all"]}]
    application.up({**WEB, "name": "orders-people", "authorizedApis": authorized})
    tenant = sandbox.store.asgardeo["sandbox"]
    people: dict[str, Any] = {"groups": list(tenant.groups), "users": list(tenant.users)}
    reader = {"name": "orders-reader", "applicationId": application.id, "permissions": ["orders:read"]}
    _up(
        role,
        {**reader, **people},
        {**reader, "name": "orders-writer", "permissions": ["orders/all"], "groups": [], "users": people["users"][:1]},
        {**reader, **people},
        reader,
    )
    other = Life(host, "Role", sandbox)
    _up(other, {**reader, **people, "adopt": True}, {**reader, "permissions": []})
    _up(Life(host, "Role", sandbox), {"name": "orders-admin"})
    with pytest.raises(Refused):
        Life(host, "Role", sandbox).up(reader)
    with pytest.raises(Refused):
        Life(host, "Role", sandbox).up({**reader, "name": "other", "permissions": ["nonsense"]})
    _lists(sandbox)
    other.destroy()
    role.destroy()
    application.destroy()
    api.destroy()


def _client(host: Host, sandbox: Sandbox) -> None:
    bijira = _organization(sandbox)
    bills = PublishedApi(name="Bills API", version="2.0.0", context="/bills/2.0.0")
    bijira.apis[bills.id] = bills
    client = Life(host, "ApplicationClient", sandbox)
    changed = {**CLIENT, "applicationName": "orders-2", "description": "x", "throttlingPolicy": "10PerMin"}
    _up(
        client,
        CLIENT,
        {**CLIENT, "clientId": "client-2"},
        changed,
        {**changed, "subscriptions": [{**ORDERS, "plan": "Silver"}, {"apiId": bills.id}]},
        {**changed, "subscriptions": []},
    )
    _up(Life(host, "ApplicationClient", sandbox), {**changed, "adopt": True, "clientId": "client-1"})
    client.refresh()
    with pytest.raises(Refused):
        Life(host, "ApplicationClient", sandbox).up({**CLIENT, "applicationName": "orders-3", "clientId": "client-1"})
    shared = Application(name="shared", owner="sandbox-management", throttling_policy="Unlimited")
    bijira.applications[shared.id] = shared
    attached = Life(host, "ApplicationClient", sandbox)
    _up(attached, {"applicationId": shared.id, "clientId": "client-3", "subscriptions": [{"apiId": bills.id}]})
    with pytest.raises(Refused):
        Life(host, "ApplicationClient", sandbox).up({"applicationId": "none", "clientId": "client-4"})
    _lists(sandbox)
    attached.destroy()
    client.destroy()


def _older_servers(host: Host, sandbox: Sandbox) -> None:
    bijira, client = _organization(sandbox), Life(host, "ApplicationClient", sandbox)
    bijira.lists_oauth_keys = bijira.deletes_oauth_keys = False
    _up(client, CLIENT, {**CLIENT, "clientId": "client-2"})
    client.destroy()
    bijira.lists_oauth_keys = bijira.deletes_oauth_keys = True


def _approvals(host: Host, sandbox: Sandbox) -> None:
    bijira, client = _organization(sandbox), Life(host, "ApplicationClient", sandbox)
    bijira.approves_applications = True
    with pytest.raises(Refused):
        client.up(CLIENT)
    bijira.approves_applications, bijira.approves_subscriptions = False, True
    client.up(CLIENT)
    client.destroy()
    bijira.pending_answer = "workflow"
    client.up(CLIENT)
    client.destroy()
    bijira.approves_subscriptions, bijira.pending_answer = False, "accepted"


def _key_manager(host: Host, sandbox: Sandbox, more: dict[str, Any]) -> None:
    manager = Life(host, "KeyManager", sandbox)
    partners = {"name": "Partners", "organization": "partners", **more}
    connector = [{"name": "mgmt_client_id", "value": "id"}, {"name": "mgmt_client_secret", "value": "hidden"}]
    partners |= {"connector": connector} if more else {}
    _up(manager, partners, {**partners, "displayName": "Of partners", "enabled": False}, {**partners, "enabled": True})
    _up(Life(host, "KeyManager", sandbox), {**partners, "adopt": True})
    with pytest.raises(Refused):
        Life(host, "KeyManager", sandbox).up(partners)
    with pytest.raises(Refused):
        manager.get("nothing")
    manager.destroy()


def _client_on_portal(host: Host, sandbox: Sandbox) -> None:
    client, declared = Life(host, "ApplicationClient", sandbox), {"applicationName": "orders", "clientId": "client-1"}
    _up(client, declared, {**declared, "clientId": "client-2"}, {**declared, "description": "x"})
    with pytest.raises(Refused):
        Life(host, "ApplicationClient", sandbox).up(declared)
    attached = Life(host, "ApplicationClient", sandbox)
    _up(attached, {"applicationId": "orders", "clientId": "client-3", "keyType": "SANDBOX"})
    attached.destroy()
    client.destroy()


def _in(sandbox: Sandbox) -> dict[str, str]:
    return sandbox_environment(sandbox.url)


def _lists(sandbox: Sandbox) -> None:
    """What stands for single reads where there are many of them."""
    platforms = platforms_for(Settings({}, _in(sandbox)))
    asgardeo, bijira = platforms.asgardeo, platforms.bijira
    subscribed = [bijira.listed_subscriptions(api_id) for api_id in _organization(sandbox).apis]
    clients = asgardeo.applications.with_clients()
    for pages in (asgardeo.api_resources.listed("BUSINESS"), asgardeo.roles.listed(), clients, *subscribed):
        assert list(pages)
    NETWORK.close()


def _look_ups(sandbox: Sandbox) -> None:
    environment = {**os.environ, **_in(sandbox)}
    subprocess.run([sys.executable, "-m", "tests.contract.look_ups"], env=environment, cwd=_ROOT, check=True)


def _organization(sandbox: Sandbox) -> Organization:
    return next(iter(sandbox.store.bijira.values()))
