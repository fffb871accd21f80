"""What is refused to a role, and what becomes of it where an answer is lost or somebody was quicker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox import Fault, Sandbox
from asgardeo_bijira_sandbox.asgardeo.models import User
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.lifecycle.settled import settled
from tests.support.host import Host, Life, PropertyMap, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox.asgardeo.models import Tenant

POST, PATCH, GET = "POST /scim2/v2/Roles", "PATCH /scim2/v2/Roles/{id}", "GET /scim2/v2/Roles/{id}"
DELETE = "DELETE /scim2/v2/Roles/{id}"
NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"name": "of/orders"}, "name: contains a slash"),
        ({"name": "System_orders"}, "name: begins with system_"),
        ({"name": "x" * 256}, "name: "),
        ({"users": ["ann"]}, "users: is not an id of Asgardeo"),
        ({"groups": ["staff of orders"]}, "groups: is not an id of Asgardeo"),
        ({"applicationId": "web"}, "application_id: is not an id of Asgardeo"),
        ({"permissions": ["orders:read orders:write"]}, "permissions: contains whitespace"),
    ],
)
def test_what_the_platform_would_refuse_is_refused_before_anything_is_sent(
    role: Life, change: PropertyMap, line: str
) -> None:
    """In the preview, with what to do."""
    _, failures = role.check({"name": "reader", **change})
    assert failures
    assert line.partition(":")[0] in failures[0]
    assert role.sandbox.ledger.mark() == 0


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"permissions": ["orders:none"]}, "Add the scope to authorized_apis in the application that application_id"),
        ({"applicationId": NOBODY}, "Check application_id: it is the id of an application of the organisation"),
        ({"users": [NOBODY]}, "Check users: it is answered so where one is no id"),
    ],
)
def test_a_mistake_says_what_to_do(role: Life, reader: PropertyMap, change: PropertyMap, line: str) -> None:
    """Each refusal of the platform's with the next step; and nothing is made."""
    with pytest.raises(Refused) as refused:
        role.up({**reader, **change})
    assert line in str(refused.value)
    assert not role.sandbox.store.asgardeo["sandbox"].roles


def test_an_application_whose_roles_are_the_organisations_has_none(role: Life, authorized: Life) -> None:
    """The line names the property to set."""
    declared = {key: value for key, value in authorized.inputs.items() if key != "allowedAudience"}
    authorized.up({**declared, "allowedAudience": "ORGANIZATION"})
    with pytest.raises(Refused, match="Set allowed_audience to APPLICATION in the application"):
        role.up({"name": "reader", "applicationId": authorized.id})


def test_a_scope_that_no_api_has_is_no_permission_of_the_organisations(role: Life) -> None:
    """There is no application whose authorization would be missing."""
    with pytest.raises(Refused, match="Define the scope on an API of the organisation"):
        role.up({"name": "reader", "permissions": ["orders:none"]})


@pytest.mark.parametrize("name", ["admin", "everyone"])
def test_a_role_of_the_system_is_left_alone(role: Life, name: str) -> None:
    """Neither taken over nor read as a resource."""
    with pytest.raises(Refused, match="exists already, its id is ") as refused:
        role.up({"name": name})
    id_ = str(refused.value).partition("its id is ")[2][:36]
    for attempt in (lambda: role.up({"name": name, "adopt": True}), lambda: role.get(id_)):
        with pytest.raises(Refused, match="belongs to the system and cannot be managed"):
            attempt()


def test_a_missing_scope_is_named_before_anything_is_sent(role: Life, reader: PropertyMap, sandbox: Sandbox) -> None:
    """Only of those lists that the role is given."""
    sandbox.store.asgardeo["sandbox"].management_scopes.remove("internal_role_mgt_groups_update")
    with Host({}, {SANDBOX_VARIABLE: sandbox.url}) as host:
        one = Life(host, "Role", sandbox)
        with pytest.raises(Refused, match="Grant internal_role_mgt_groups_update in the console"):
            one.up(reader)
        assert POST not in one.sent
        without = {key: value for key, value in reader.items() if key != "groups"}
        one.up(without)
        settled(one, without)


def test_a_program_without_roles_needs_no_scope_for_them(sandbox: Sandbox) -> None:
    """Nothing but what it declares."""
    scopes = sandbox.store.asgardeo["sandbox"].management_scopes
    scopes[:] = [
        scope for scope in scopes if not scope.startswith(("internal_role", "internal_user", "internal_group"))
    ]
    with Host({}, {SANDBOX_VARIABLE: sandbox.url}) as host:
        application = Life(host, "Application", sandbox)
        application.up({"name": "web", "allowedAudience": "APPLICATION"})
        settled(application, {"name": "web", "allowedAudience": "APPLICATION"})


def test_an_approval_that_is_pending_is_told_and_nothing_is_sent_again(
    role: Life, reader: PropertyMap, tenant: Tenant
) -> None:
    """A creation that waits for somebody has no id; a change of the users waits too."""
    tenant.role_approval = True
    with pytest.raises(Refused, match="An approval workflow holds creating a role"):
        role.up(reader)
    assert role.sent == [POST]
    tenant.role_approval = False
    role.up(reader)
    tenant.role_approval = True
    with pytest.raises(Refused, match="An approval workflow holds changing a role's users"):
        role.up({**reader, "users": []})
    assert role.sent == [PATCH]


FAULTS = [
    Fault(kind="lose"),
    Fault(kind="reset"),
    Fault(kind="half"),
    Fault(kind="html"),
    *(Fault(kind="fail", status=status, committed=done) for status in (500, 502, 503, 504) for done in (True, False)),
]
EACH_FAULT = pytest.mark.parametrize("fault", FAULTS, ids=lambda one: f"{one.kind}-{one.status}-{one.committed}")


def strike(sandbox: Sandbox, fault: Fault, match: str) -> None:
    """Have the next such request meet the fault."""
    sandbox.faults.add(fault.model_copy(update={"match": match, "times": 1}))


def carried_out(fault: Fault) -> bool:
    """Whether the platform does what it is asked all the same."""
    return fault.committed or fault.kind in ("lose", "half")


def methods(life: Life) -> list[str]:
    """What the last operation sent; of what a fault struck the ledger knows no route."""
    return [one.partition(" ")[0] for one in life.sent]


@EACH_FAULT
def test_a_creation_whose_answer_is_lost_is_made_once(
    role: Life, reader: PropertyMap, sandbox: Sandbox, tenant: Tenant, fault: Fault
) -> None:
    """Looked up by its name and its application before anything is sent again."""
    strike(sandbox, fault, "POST .*/Roles$")
    mark = sandbox.ledger.mark()
    role.up(reader)
    assert [one.id for one in tenant.roles.values()] == [role.id]
    calls = "".join(one.method for one in sandbox.ledger.since(mark) if one.platform == "asgardeo")
    assert ("POSTGETPOST" in calls) is not carried_out(fault)
    settled(role, reader)


@EACH_FAULT
def test_a_change_whose_answer_is_lost_is_looked_at_before_it_is_repeated(
    role: Life, reader: PropertyMap, sandbox: Sandbox, fault: Fault
) -> None:
    """What has been carried out is not sent again."""
    role.up(reader)
    strike(sandbox, fault, "PATCH .*/Roles/")
    wanted = {**reader, "name": "clerk", "permissions": ["orders:read"], "users": [], "groups": []}
    role.up(wanted)
    assert methods(role) == ["PATCH", "GET"] + ([] if carried_out(fault) else ["PATCH"])
    settled(role, wanted)


@EACH_FAULT
def test_a_deletion_whose_answer_is_lost_is_carried_out(
    role: Life, reader: PropertyMap, sandbox: Sandbox, tenant: Tenant, fault: Fault
) -> None:
    """At the latest by the next run."""
    role.up(reader)
    strike(sandbox, fault, "DELETE .*/Roles/")
    same = Life(role.host, "Role", sandbox, id=role.id, outputs=role.outputs)
    try:
        role.destroy()
    except Refused:
        same.destroy()
    assert not tenant.roles


def test_a_role_that_is_gone_though_the_server_says_that_it_broke_is_gone(
    role: Life, reader: PropertyMap, tenant: Tenant
) -> None:
    """It answers 500 where it means 404; whether it is gone, a read tells."""
    role.up(reader)
    tenant.absent_role_breaks_deletion = True
    same = Life(role.host, "Role", role.sandbox, id=role.id, outputs=role.outputs)
    role.destroy()
    same.destroy()
    assert same.sent == [DELETE, GET]


def test_a_deletion_that_fails_is_no_deletion(role: Life, reader: PropertyMap, sandbox: Sandbox) -> None:
    """The role is still there, so the line is the server's."""
    role.up(reader)
    strike(sandbox, Fault(kind="fail", status=500), "DELETE .*/Roles/")
    with pytest.raises(Refused, match="delete the role"):
        role.destroy()


def test_a_user_who_has_been_deleted_is_no_obstacle(role: Life, reader: PropertyMap, tenant: Tenant) -> None:
    """The server cannot take the role from somebody whom it does not know; what there is tells what is left to do."""
    ann = User(username="ann", password="hunter2")  # noqa: S106  # nobody's
    tenant.users[ann.id] = ann
    role.up({**reader, "users": [*reader["users"], ann.id]})
    del tenant.users[ann.id]
    tenant.roles[role.id].users.remove(ann.id)
    wanted = {**reader, "name": "clerk", "users": []}
    role.up(wanted)
    assert role.sent == [PATCH, GET, PATCH]
    settled(role, wanted)


def test_a_change_of_which_a_part_is_refused_says_so_and_ends_as_declared(
    role: Life, reader: PropertyMap, tenant: Tenant
) -> None:
    """The server carries out what comes before; the next run what is left."""
    role.up(reader)
    wanted = {**reader, "name": "clerk", "users": [NOBODY]}
    with pytest.raises(Refused, match="Check users: each is the id of a user"):
        role.up(wanted)
    assert tenant.roles[role.id].name == "clerk"
    wanted["users"] = []
    role.up(wanted)
    settled(role, wanted)


def test_a_rename_to_a_name_that_is_taken_says_so(role: Life, reader: PropertyMap, life: Callable[[str], Life]) -> None:
    """And is not sent twice."""
    role.up(reader)
    life("Role").up({"name": "clerk", "applicationId": reader["applicationId"]})
    with pytest.raises(Refused, match="Choose another name"):
        role.up({**reader, "name": "clerk"})
    assert role.sent == [PATCH, GET]


@pytest.mark.parametrize("body", [{"code": "404"}, {"error": "nothing here"}, None])
def test_only_scims_own_404_means_gone(role: Life, reader: PropertyMap, sandbox: Sandbox, body: object) -> None:
    """Whatever else stands at the address drops nothing from the state."""
    role.up(reader)
    sandbox.faults.add(Fault(kind="fail", status=404, body=body, match="GET .*/Roles/", times=0))
    with pytest.raises(Refused, match="404"):
        role.refresh()
    assert role.id


def test_a_message_in_the_wrong_place_is_shown(role: Life, reader: PropertyMap, sandbox: Sandbox) -> None:
    """The server puts some of its words where a code belongs, and a stock phrase where they belong."""
    body = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
        "scimType": "The role name is not good enough",
        "detail": "Request is unparsable.",
        "status": "400",
    }
    sandbox.faults.add(Fault(kind="fail", status=400, body=body, match="POST .*/Roles$"))
    with pytest.raises(Refused, match=r"400 The role name is not good enough \(Request is unparsable\.\)"):
        role.up(reader)
