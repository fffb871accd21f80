"""The client of the API Portal, on its stand-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox.api_portal.models import Api as PublishedApi

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox
    from pulumi_asgardeo_bijira.clients.bijira import ApiPortal

ODD_NAMES = ('The "best" API', "back\\slash", "of the", "100% + more", "a/b?c=d&e", "Wetter Übersicht", "it's")


@pytest.mark.parametrize("name", ODD_NAMES)
def test_an_api_is_found_by_its_name_whatever_that_holds(sandbox: Sandbox, portal: ApiPortal, name: str) -> None:
    """Exactly the name, in all its versions: the portal's search through text misses quotes and backslashes."""
    (organization,) = sandbox.store.api_portal.organizations.values()
    for id_, called, version in (("a", name, "1"), ("b", name, "2"), ("c", f"{name} too", "1")):
        organization.apis[id_] = PublishedApi(id=id_, name=called, version=version)
    assert [one.id for one in portal.search_apis(name)] == ["a", "b"]
    found = portal.find_api(name, "2")
    assert found
    assert found.id == "b"
    assert portal.find_api(name, "3") is None
