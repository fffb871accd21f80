"""A role's life, request by request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault

from tests.lifecycle.settled import settled
from tests.support.host import UNKNOWN, Life, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox
    from asgardeo_bijira_sandbox.asgardeo.models import Role, Tenant

SCOPES = [{"name": name} for name in ("orders:delete", "orders:read", "orders:write")]
GROUPS = ["6b8a2e1f-4c5d-4e7a-9f10-2d3c4b5a6978", "7c9b3f20-5d6e-4f8b-8a21-3e4d5c6b7a89"]
NAMES = [scope["name"] for scope in SCOPES]


@pytest.fixture
def tenant(sandbox: Sandbox) -> Tenant:
    """The organisation as Asgardeo has it."""
    return sandbox.store.asgardeo["sandbox"]


@pytest.fixture
def stored(tenant: Tenant) -> Callable[[str], Role]:
    """A role as the platform has it, to be changed behind everybody's back."""
    return lambda id: tenant.roles[id]


@pytest.fixture
def role(life: Callable[[str], Life]) -> Life:
    """A role that is not yet there."""
    return life("Role")


@pytest.fixture
def application(life: Callable[[str], Life]) -> Life:
    """An application that is authorized for an API's scopes."""
    api, application = life("Api"), life("Application")
    api.up({"identifier": "urn:orders", "name": "Orders", "scopes": SCOPES})
    authorized = [{"apiId": api.id, "scopes": NAMES}]
    application.up({"name": "web", "allowedAudience": "APPLICATION", "authorizedApis": authorized})
    return application


@pytest.fixture
def inputs(application: Life, tenant: Tenant) -> dict[str, Any]:
    """A role of the application, with everything."""
    return {
        "name": "orders-reader",
        "applicationId": application.id,
        "permissions": NAMES[1:],
        "users": sorted(tenant.users),
    }


def test_creating_takes_one_request_and_then_nothing_is_left_to_do(role: Life, inputs: dict[str, Any]) -> None:
    """With all that it permits and whom it is given to."""
    assert role.up(inputs) == "create"
    assert role.sent == ["POST /scim2/v2/Roles"]
    settled(role, inputs)
    assert role.requests == {"asgardeo": 1}


@pytest.mark.parametrize(("key", "value"), [("name", "clerk"), ("permissions", ["orders:delete"]), ("users", [])])
def test_each_change_is_one_request(role: Life, inputs: dict[str, Any], key: str, value: object) -> None:
    """A PATCH with what changed."""
    role.up(inputs)
    wanted = {**inputs, key: value}
    assert role.up(wanted) == "update"
    assert role.sent == ["PATCH /scim2/v2/Roles/{id}"]
    settled(role, wanted)


def test_deleting_takes_one_request_and_one_that_is_gone_is_no_failure(
    role: Life, inputs: dict[str, Any], tenant: Tenant
) -> None:
    """Also where the server says so as if it were broken."""
    role.up(inputs)
    role.destroy()
    assert role.requests == {"asgardeo": 1}
    assert not tenant.roles


def test_another_application_or_none_is_another_role(role: Life, inputs: dict[str, Any]) -> None:
    """The audience of a role cannot change; that of an application that is replaced is not known."""
    role.up(inputs)
    assert role.preview({**inputs, "applicationId": UNKNOWN}) == "replace"
    wanted = {"name": "orders-reader", "permissions": NAMES[:1]}
    assert role.up(wanted) == "replace"
    settled(role, wanted)


def test_a_creation_whose_answer_was_lost_is_found_again(
    role: Life, inputs: dict[str, Any], fault: Callable[[Fault], None], tenant: Tenant
) -> None:
    """By its name and its application."""
    fault(Fault(kind="lose", match="POST .*/Roles$", call=1))
    assert role.up(inputs) == "create"
    assert [one.name for one in tenant.roles.values()] == ["orders-reader"]
    settled(role, inputs)


def test_a_taken_name_is_an_error_that_names_the_id(
    role: Life, inputs: dict[str, Any], life: Callable[[str], Life]
) -> None:
    """Nothing is taken over silently; of the organisation it may be another role's."""
    role.up(inputs)
    with pytest.raises(Refused, match=f"exists already, its id is {role.id}"):
        life("Role").up(inputs)
    life("Role").up({"name": inputs["name"]})


def test_a_role_of_the_systems_is_not_taken_over(role: Life) -> None:
    """Nobody may change it."""
    with pytest.raises(Refused, match=r"The role admin \(id .*\) belongs to the system and cannot be managed"):
        role.up({"name": "admin", "adopt": True})
