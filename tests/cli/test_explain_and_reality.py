"""What `explain` says of the whole chain is what a token and a call of the API show, whatever is wrong with it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox.asgardeo.models import Role
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi_asgardeo_bijira.invocation import fetch_token, invoke
from pulumi_asgardeo_bijira.transport import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from asgardeo_bijira_sandbox.bijira.models import KeyMapping

    from tests.cli.shop import Shop


def _set(objects: Iterable[Any], **values: Any) -> None:
    for one in objects:
        for name, value in values.items():
            setattr(one, name, value)


def _oidc(shop: Shop) -> dict[str, Any]:
    assert shop.application.oidc
    return shop.application.oidc.settings


def _role_of_the_organisation(shop: Shop) -> None:
    tenant, permissions = shop.tenant, list(shop.role.permissions)
    role = Role(name="all", audience_type="organization", audience=tenant.id, permissions=permissions)
    role.users = [user.id for user in tenant.users.values() if user.username == "sandbox-guest"]
    tenant.roles[role.id] = role


def _mappings(shop: Shop) -> list[KeyMapping]:
    return [mapping for application in shop.bijira.applications.values() for mapping in application.mappings.values()]


CHANGES: Mapping[str, Callable[[Shop], object]] = {
    "disabled": lambda shop: setattr(shop.application, "enabled", False),
    "revoked": lambda shop: setattr(shop.application.oidc, "state", "REVOKED"),
    "machines only": lambda shop: _oidc(shop).update(grantTypes=["client_credentials"]),
    "people only": lambda shop: _oidc(shop).update(grantTypes=["password"]),
    "opaque": lambda shop: _oidc(shop)["accessToken"].update(type="Default"),
    "scopes as array": lambda shop: _oidc(shop)["accessToken"].update(enableJwtScopeAsArray=True),
    "roles of all": lambda shop: shop.application.associated_roles.update(allowedAudience="ORGANIZATION"),
    "a role of all": _role_of_the_organisation,
    "not authorized": lambda shop: shop.application.authorized.clear(),
    "no scope authorized": lambda shop: _set(shop.application.authorized.values(), scopes=[]),
    "no policy": lambda shop: _set(shop.application.authorized.values(), policy="NO POLICY"),
    "permits nothing": lambda shop: shop.role.permissions.clear(),
    "without groups": lambda shop: shop.role.groups.clear(),
    "with everybody": lambda shop: shop.role.users.extend(shop.tenant.users),
    "groups without members": lambda shop: _set(shop.tenant.groups.values(), members=[]),
    "key manager disabled": lambda shop: _set(shop.bijira.key_managers.values(), enabled=False),
    "no mapping": lambda shop: _set(shop.bijira.applications.values(), mappings={}),
    "mapped elsewhere": lambda shop: _set(_mappings(shop), key_manager="another"),
    "not subscribed": lambda shop: shop.bijira.subscriptions.clear(),
    "waiting": lambda shop: _set(shop.bijira.subscriptions.values(), status="ON_HOLD"),
    "blocked": lambda shop: _set(shop.bijira.subscriptions.values(), status="BLOCKED"),
}


def _opens(shop: Shop, user: str) -> bool:
    """Whether a token of the client, or of the user, opens the API."""
    url, oidc = shop.sandbox.url, shop.application.oidc
    assert oidc
    who = {"username": user, "password": "sandbox-password"} if user else {}
    try:
        endpoint = f"{url}/t/sandbox/oauth2/token"
        token = fetch_token(endpoint, shop.client_id, oidc.client_secret, scope="orders:read", **who)
        return invoke(f"{url}/orders/1.0.0/orders", token.access_token).status == 200
    except Problem:
        return False


@pytest.mark.parametrize("user", ["sandbox-user", "sandbox-guest", ""])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(changes=st.lists(st.sampled_from(sorted(CHANGES)), max_size=3, unique=True))
def test_the_chain_holds_where_a_token_opens_the_api_and_nowhere_else(
    shop: Shop, user: str, changes: list[str]
) -> None:
    """For a user with a role, for one without, and for the client itself."""
    store, before = shop.sandbox.store, (copy.deepcopy(shop.tenant), copy.deepcopy(shop.bijira))
    place = next(iter(store.bijira))
    try:
        for change in changes:
            CHANGES[change](shop)
        holds = not shop.broken(user, scopes=("orders:read",), api="Orders API:1.0.0")
        assert holds == _opens(shop, user)
    finally:
        store.asgardeo["sandbox"], store.bijira[place] = before
