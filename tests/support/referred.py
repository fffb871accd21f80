"""What the examples of the declarations refer to: APIs, applications, people, groups and key managers, put into a
sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox.asgardeo import models as asgardeo
from asgardeo_bijira_sandbox.asgardeo.applications.lookup import new_application
from asgardeo_bijira_sandbox.bijira.models import Application, KeyManager, PublishedApi
from pulumi_asgardeo_bijira.resources.application.authorized_api import AuthorizedApi
from pulumi_asgardeo_bijira.resources.application_client.declaration import ClientInputs, Subscription
from pulumi_asgardeo_bijira.resources.role.declaration import RoleInputs
from pulumi_asgardeo_bijira.resources.schema import examples_of

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

__all__ = ("add_apis", "add_bijira", "add_people")


def add_apis(sandbox: Sandbox, *, with_scopes: bool = True) -> None:
    """Asgardeo's APIs, of which the first has the scopes."""
    fields = AuthorizedApi.model_fields
    names = examples_of(fields["scopes"])
    for number, id_ in enumerate(examples_of(fields["api_id"])):
        scopes = [
            asgardeo.Scope(name=name if number == 0 else f"other:{name}", display_name="x")
            for name in names
            if with_scopes
        ]
        api = asgardeo.ApiResource(id=id_, number=number, name="x", identifier=f"urn:{number}", scopes=scopes)
        api.details_types = [
            asgardeo.DetailsType(type=type_, name="name", description="x", json_schema={"type": "object"})
            for type_ in examples_of(fields["authorization_details_types"])
            if with_scopes and number == 0
        ]
        api.requires_authorization = False  # then every policy is allowed
        sandbox.store.asgardeo["sandbox"].apis[id_] = api


def add_people(sandbox: Sandbox) -> None:
    """Users and groups, and applications that have roles of their own and may use all of the APIs."""
    tenant, fields = sandbox.store.asgardeo["sandbox"], RoleInputs.model_fields
    for number, id_ in enumerate(examples_of(fields["users"])):
        tenant.users[id_] = asgardeo.User(id=id_, username=f"user-{number}", password="hunter2")  # noqa: S106  # nobody's
    for number, id_ in enumerate(examples_of(fields["groups"])):
        tenant.groups[id_] = asgardeo.Group(id=id_, name=f"group-{number}")
    authorized = {
        api.id: asgardeo.AuthorizedApi(policy="RBAC", scopes=[scope.id for scope in api.scopes])
        for api in tenant.apis.values()
    }
    for number, id_ in enumerate(examples_of(fields["application_id"])):
        one = new_application(f"application-{number}").model_copy(update={"id": id_, "authorized": authorized})
        one.associated_roles["allowedAudience"] = "APPLICATION"
        tenant.applications[id_] = one


def add_bijira(sandbox: Sandbox) -> None:
    """Bijira's published APIs, applications of others, and a second key manager."""
    bijira = next(iter(sandbox.store.bijira.values()))
    bijira.shares_groups = True
    fields = Subscription.model_fields
    names = [
        (name, version) for name in examples_of(fields["api_name"]) for version in examples_of(fields["api_version"])
    ]
    there = {(api.name, api.version) for api in bijira.apis.values()}
    ids = iter(examples_of(fields["api_id"]))
    for number, (name, version) in enumerate(one for one in names if one not in there):
        id_ = next(ids, f"api-{number}")
        bijira.apis[id_] = PublishedApi(id=id_, name=name, version=version, context=f"/{number}")
    for number, id_ in enumerate(examples_of(ClientInputs.model_fields["application_id"])):
        bijira.applications[id_] = Application(
            id=id_, name=f"shared-{number}", owner="sandbox-management", throttling_policy="Unlimited"
        )
    for name in examples_of(ClientInputs.model_fields["key_manager"]):
        if not bijira.key_manager(name):
            manager = KeyManager(name=name, issuer=f"https://{name.lower()}.example.com")
            bijira.key_managers[manager.id] = manager
