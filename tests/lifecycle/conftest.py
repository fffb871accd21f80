"""A sandbox and a real provider process for each test's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.support.host import Host, Life

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from asgardeo_bijira_sandbox import Fault, Sandbox
    from asgardeo_bijira_sandbox.api_portal.models import Portal
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
