"""A sandbox, and a client of its API Portal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pulumi_asgardeo_bijira.clients.bijira import ApiPortal
from pulumi_asgardeo_bijira.settings import Settings

from tests.sandbox.conftest import token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asgardeo_bijira_sandbox import Sandbox


@pytest.fixture
def portal(sandbox: Sandbox) -> Iterator[ApiPortal]:
    """The portal as a client of ours sees it that was given a token."""
    config = {
        "bijira:backend": "api-portal",
        "bijira:baseUrl": f"{sandbox.url}/api-portal/api/v0.9",
        "bijira:accessToken": token(f"{sandbox.url}/oauth2/token", "dp:application:manage dp:api:read"),
    }
    found = ApiPortal(Settings(config, {}).bijira)
    yield found
    found.connection.close()
