"""What the examples of the declarations refer to: APIs, applications and key managers, put into a sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox.asgardeo.models import ApiResource, Scope
from asgardeo_bijira_sandbox.bijira.models import Application, KeyManager, PublishedApi
from pulumi_asgardeo_bijira.resources.application.declaration import AuthorizedApi
from pulumi_asgardeo_bijira.resources.application_client.declaration import ClientInputs, Subscription
from pulumi_asgardeo_bijira.resources.schema import examples_of

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

__all__ = ("add_apis", "add_bijira")


def add_apis(sandbox: Sandbox, *, with_scopes: bool = True) -> None:
    """Asgardeo's APIs, of which the first has the scopes."""
    fields = AuthorizedApi.model_fields
    names = examples_of(fields["scopes"])
    for number, id_ in enumerate(examples_of(fields["api_id"])):
        scopes = [
            Scope(name=name if number == 0 else f"other:{name}", display_name="x") for name in names if with_scopes
        ]
        api = ApiResource(id=id_, number=number, name="x", identifier=f"urn:{number}", scopes=scopes)
        api.requires_authorization = False  # then every policy is allowed
        sandbox.store.asgardeo["sandbox"].apis[id_] = api


def add_bijira(sandbox: Sandbox) -> None:
    """Bijira's published APIs, applications of others, and a second key manager."""
    bijira = next(iter(sandbox.store.bijira.values()))
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
