"""`explain` says of each link whether it holds, where the chain breaks and what to declare; and changes nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.support.command import command

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.cli.shop import Shop

V3 = {"BIJIRA_BASE_URL": "https://apim.example.com/api/am/devportal/v3"}
PORTAL = {"BIJIRA_BACKEND": "api-portal", "BIJIRA_BASE_URL": "https://portal.example.com/api-portal/api/v0.9"}


def test_a_whole_chain_holds_link_by_link(shop: Shop) -> None:
    """As the user in whose name the client asks, and as the client itself."""
    links = shop.links()
    assert all(link.holds for link in links.values()), [link.line for link in links.values()]
    assert list(links) == [
        "application",
        "grant",
        "token",
        "scope orders:read",
        "user",
        "roles",
        "role for orders:read",
        "key manager",
        "key mapping",
        "subscription",
    ]
    assert links["role for orders:read"].detail == (
        "reader permits it, and DEFAULT/sandbox-user has that through the group DEFAULT/staff"
    )
    itself = shop.links(user="")
    assert all(link.holds for link in itself.values())
    assert not itself.keys() & {"user", "roles", "role for orders:read"}


def _no_api(shop: Shop) -> None:
    shop.tenant.forget_api(next(iter(shop.tenant.apis.values())))


def _set(objects: Mapping[str, Any], **values: Any) -> None:
    for one in objects.values():
        for name, value in values.items():
            setattr(one, name, value)


def _subscription(shop: Shop) -> Any:
    return next(iter(shop.bijira.subscriptions.values()))


@pytest.mark.parametrize(
    ("breaks", "name", "said", "action"),
    [
        pytest.param(
            lambda shop: setattr(shop.application, "enabled", False),
            "application",
            "is disabled",
            "Set enabled to true",
        ),
        pytest.param(
            lambda shop: shop.application.oidc.settings.update(grantTypes=["client_credentials"]),
            "grant",
            "it may use client_credentials alone",
            "Add authorization_code or password to grant_types",
        ),
        pytest.param(
            lambda shop: shop.application.oidc.settings["accessToken"].update(type="Default"),
            "token",
            "of the type Default, which no gateway can read",
            "Set access_token.type to JWT",
        ),
        pytest.param(
            lambda shop: shop.application.authorized.clear(),
            "scope orders:read",
            "has it, and shop is not authorized for it",
            "Add it to authorized_apis",
        ),
        pytest.param(_no_api, "scope orders:read", "no API of the organisation has it", "Declare it in scopes"),
        pytest.param(
            lambda shop: shop.tenant.roles.pop(shop.role.id),
            "roles",
            "there are none but",
            "Declare an AsgardeoRole with",
        ),
        pytest.param(
            lambda shop: shop.application.associated_roles.update(allowedAudience="ORGANIZATION"),
            "roles",
            "the roles of the organisation count (allowed_audience ORGANIZATION), and there are none but the system's",
            "or one with application_id and the allowed_audience APPLICATION",
        ),
        pytest.param(
            lambda shop: shop.role.permissions.clear(),
            "role for orders:read",
            "none of these roles permits it",
            "Add it to permissions of one",
        ),
        pytest.param(
            lambda shop: shop.role.groups.clear(),
            "role for orders:read",
            "reader permits it, and DEFAULT/sandbox-user has that neither directly nor by a group",
            "Add the user to users of its AsgardeoRole, or to one of its groups",
        ),
        pytest.param(
            lambda shop: _set(shop.bijira.key_managers, enabled=False),
            "key manager",
            "Asgardeo leads to the organisation and is disabled",
            "Enable it in the console",
        ),
        pytest.param(
            lambda shop: _set(shop.bijira.key_managers, token_endpoint="https://else"),  # noqa: S106  # an address
            "key manager",
            "none leads to ",
            "Add the Asgardeo organisation in the console",
        ),
        pytest.param(
            lambda shop: [one.mappings.clear() for one in shop.bijira.applications.values()],
            "key mapping",
            "no application that this token sees carries the client id",
            "Declare a BijiraApplicationClient",
        ),
        pytest.param(
            lambda shop: shop.bijira.subscriptions.clear(), "subscription", "has none. ", "Add the API to subscriptions"
        ),
        pytest.param(
            lambda shop: setattr(_subscription(shop), "status", "ON_HOLD"),
            "subscription",
            "to Orders API 1.0.0 waits for approval",
            "An approver of the organisation approves",
        ),
        pytest.param(
            lambda shop: setattr(_subscription(shop), "status", "BLOCKED"), "subscription", "is blocked", "Have it"
        ),
    ],
)
def test_the_link_that_breaks_is_the_one_that_is_named(
    shop: Shop, breaks: Callable[[Shop], object], name: str, said: str, action: str
) -> None:
    """With what to declare or do; what lies before it is not blamed."""
    breaks(shop)
    broken = shop.broken(scopes=("orders:read",))
    assert next(iter(broken)) == name, broken
    assert said in broken[name]
    assert action in broken[name]


@pytest.mark.parametrize(
    ("asked", "name", "said"),
    [
        ({"client_id": "nobody"}, "application", "Asgardeo has none with the client id nobody"),
        ({"user": "sandbox-guest"}, "role for orders:read", "has that neither directly nor by a group"),
        ({"user": "nobody"}, "user", "none is named nobody. Check it"),
        ({"user": "sandbox"}, "user", "There are: DEFAULT/sandbox-user (id "),
        ({"user": "sandbox"}, "user", "Name one, with the user store"),
        ({"scopes": ("orders:write",)}, "scope orders:write", "has it, and shop is not authorized for it"),
        ({"scopes": ("none",)}, "scope none", "no API of the organisation has it"),
        ({"api": "Bills API"}, "subscription", "has none to Bills API (it has: Orders API 1.0.0). Add Bills API to"),
        ({"api": "Orders API:2.0.0"}, "subscription", "has none to Orders API:2.0.0 (it has: Orders API 1.0.0)"),
    ],
)
def test_what_is_asked_for_and_is_not_there_is_said(shop: Shop, asked: dict[str, Any], name: str, said: str) -> None:
    """A name that is mistyped, a scope that nobody has, another user."""
    assert said in shop.broken(**asked)[name]


def test_whoever_is_to_see_is_told_what_cannot_be_seen(shop: Shop) -> None:
    """The API Portal shows no client ids and ties subscriptions to users; a self-hosted API Manager shows all."""
    links = shop.links(environment=PORTAL)
    assert {name for name, link in links.items() if link.holds is None} == {"key mapping", "subscription"}
    assert "shows no client ids" in links["key mapping"].detail
    assert all(link.holds for link in shop.links(environment=V3).values())


def test_a_platform_that_does_not_answer_hides_nothing_of_the_other(shop: Shop) -> None:
    """Its problem is the link that breaks."""
    shop.tenant.management_scopes.remove("internal_role_mgt_view")
    broken = shop.broken()
    assert "the token lacks the scope internal_role_mgt_view" in broken["roles"]
    shop.sandbox.faults.add(Fault(kind="fail", status=403, match="GET .*/key-managers", times=9))
    assert set(shop.broken()) == {"roles", "gateway"}


def test_half_of_it_can_be_looked_at_where_bijira_is_not_set_up(shop: Shop, tmp_path: Path) -> None:
    """What is not looked at is said; without settings for Asgardeo there is nothing to say, and that is no success."""
    place = {"ASGARDEO_BASE_URL": shop.sandbox.url, "ASGARDEO_ORGANIZATION": "sandbox"}
    client = {"ASGARDEO_CLIENT_ID": "sandbox-management", "ASGARDEO_CLIENT_SECRET": "sandbox-secret"}
    half = command("explain", str(tmp_path), "--client", shop.client_id, environment={**place, **client})
    assert half.returncode == 0, half.stdout
    assert half.stdout.splitlines()[-1].startswith("?    gateway: bijira:clientId is not set")
    none = command("explain", str(tmp_path), "--client", shop.client_id, environment={})
    assert none.returncode == 1
    assert "FAIL application: asgardeo:organization is not set" in none.stdout


def test_it_takes_no_more_than_scopes_that_read(shop: Shop) -> None:
    """Whoever looks need not be able to change anything in Asgardeo."""
    things = ("application_mgt_view", "api_resource_view", "role_mgt_view", "user_mgt_list", "user_mgt_view")
    shop.tenant.management_scopes = [f"internal_{thing}" for thing in things]
    assert shop.broken() == {}


def test_no_policy_and_openid_scopes_ask_no_role(shop: Shop) -> None:
    """Every user gets them."""
    for authorized in shop.application.authorized.values():
        authorized.policy = "NO POLICY"
    links = shop.links(user="sandbox-guest", scopes=("orders:read", "openid"))
    assert all(link.holds for link in links.values())
    assert links["scope openid"].detail == "of OpenID Connect, no API's"
    assert "policy No Policy" in links["scope orders:read"].detail


def test_the_command_prints_lines_or_one_document(shop: Shop, tmp_path: Path) -> None:
    """And its exit code says whether the chain holds."""
    environment = {SANDBOX_VARIABLE: shop.sandbox.url}
    asked = ["explain", str(tmp_path), "--client", shop.client_id, "--user", "sandbox-guest", "--scope", "orders:read"]
    done = command(*asked, environment=environment)
    assert done.returncode == 1
    assert [line[:5] for line in done.stdout.splitlines()].count("FAIL ") == 1
    document = json.loads(command(*asked, "--json", environment=environment).stdout)
    assert not document["ok"]
    assert [link["name"] for link in document["links"] if link["holds"] is False] == ["role for orders:read"]
    whole = command("explain", str(tmp_path), "--client", shop.client_id, environment=environment)
    assert whole.returncode == 0, whole.stdout
    missing = command("explain", environment=environment)
    assert (missing.returncode, "--client" in missing.stderr) == (2, True)


@pytest.mark.parametrize(
    ("project", "setting"),
    [
        ("runtime: yaml", "asgardeo-bijira:asgardeoOrganization"),
        ("runtime: python\npackages: {asgardeo-bijira: ./plugin}", "asgardeo-bijira:asgardeoOrganization"),
        ("runtime: python", "asgardeo:organization"),
    ],
)
def test_names_are_those_of_the_project(project: str, setting: str, tmp_path: Path) -> None:
    """With the plugin a setting is called otherwise."""
    (tmp_path / "Pulumi.yaml").write_text(f"name: trial\n{project}\n")
    done = command("explain", str(tmp_path), "--client", "x", environment={})
    assert f"FAIL application: {setting} is not set. Set it: pulumi config set {setting} …" in done.stdout
