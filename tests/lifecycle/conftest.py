"""A sandbox and a real provider process for each test's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.support.host import Host, Life, PropertyMap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from asgardeo_bijira_sandbox import Fault, Sandbox
    from asgardeo_bijira_sandbox.api_portal.models import Portal
    from asgardeo_bijira_sandbox.asgardeo.models import Tenant
    from asgardeo_bijira_sandbox.bijira.models import Organization


@pytest.fixture
def host(sandbox: Sandbox) -> Iterator[Host]:
    """A provider process that is led to the sandbox."""
    with Host({}, {SANDBOX_VARIABLE: sandbox.url}) as running:
        yield running


@pytest.fixture
def life(host: Host, sandbox: Sandbox) -> Callable[[str], Life]:
    """Starts the life of a resource of a kind."""
    return lambda kind: Life(host, kind, sandbox)


@pytest.fixture
def client(life: Callable[[str], Life]) -> Life:
    """A client that is not yet there."""
    return life("ApplicationClient")


@pytest.fixture
def bijira(sandbox: Sandbox) -> Organization:
    """The organisation as Bijira has it."""
    return next(iter(sandbox.store.bijira.values()))


@pytest.fixture
def fault(sandbox: Sandbox) -> Callable[[Fault], None]:
    """Switches a fault of the sandbox on."""

    def add(fault: Fault) -> None:
        sandbox.faults.add(fault)

    return add


@pytest.fixture
def portal(sandbox: Sandbox) -> Portal:
    """The organisation as the API Portal has it."""
    return next(iter(sandbox.store.api_portal.organizations.values()))


@pytest.fixture
def sandbox_api(sandbox: Sandbox) -> Callable[[str], Any]:
    """An API as the platform has it, to be changed behind everybody's back."""
    return lambda id: sandbox.store.asgardeo["sandbox"].apis[id]


@pytest.fixture
def sandbox_application(sandbox: Sandbox) -> Callable[[str], Any]:
    """An application as Asgardeo has it."""
    return lambda id: sandbox.store.asgardeo["sandbox"].applications[id]


@pytest.fixture
def tenant(sandbox: Sandbox) -> Tenant:
    """The organisation as Asgardeo has it."""
    return sandbox.store.asgardeo["sandbox"]


@pytest.fixture
def role(life: Callable[[str], Life]) -> Life:
    """A role that is not yet there."""
    return life("Role")


@pytest.fixture
def authorized(life: Callable[[str], Life]) -> Life:
    """An application with roles of its own, in which people sign in by password, authorized for three scopes."""
    api, application = life("Api"), life("Application")
    names = [f"orders:{verb}" for verb in ("delete", "read", "write")]
    api.up({"identifier": "urn:orders", "name": "Orders", "scopes": [{"name": name} for name in names]})
    application.up(
        {
            "name": "web",
            "applicationType": "standard",
            "grantTypes": ["password", "refresh_token"],
            "allowedAudience": "APPLICATION",
            "authorizedApis": [{"apiId": api.id, "scopes": names}],
        }
    )
    return application


@pytest.fixture
def reader(authorized: Life, tenant: Tenant) -> PropertyMap:
    """A role of the application with everything: one user and one group."""
    return {
        "name": "orders-reader",
        "applicationId": authorized.id,
        "permissions": ["orders:read", "orders:write"],
        "groups": [next(one.id for one in tenant.groups.values() if one.name == "staff")],
        "users": [next(one.id for one in tenant.users.values() if one.username == "sandbox-guest")],
    }
