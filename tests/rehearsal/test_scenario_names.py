"""Whose organisations a scenario is about where it does not say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Scenario, seed_store
from pulumi_asgardeo_bijira.rehearsal import Configuration
from pulumi_asgardeo_bijira.rehearsal.rehearse import scenario_for

if TYPE_CHECKING:
    from pathlib import Path

UUID = "5d1f7c2a-9b64-4a0e-8c35-2e7b90d4f613"


@pytest.mark.parametrize(
    ("scenario", "tenants", "managers", "others"),
    [
        ({}, ["acme"], ["acme"], True),
        ({"openOrganizations": False}, ["acme"], ["acme"], False),
        ({"asgardeo": [{"users": []}]}, ["acme"], ["acme"], True),
        ({"asgardeo": [{"organization": "other"}]}, ["other"], ["acme"], False),
        ({"asgardeo": [{"organization": "other"}], "openOrganizations": True}, ["other"], ["acme"], True),
        ({"asgardeo": [{"organization": "acme"}, {}]}, ["acme", "sandbox"], ["acme"], False),
        (
            {"bijira": [{"keyManagers": [{"name": "A"}, {"name": "B", "asgardeoOrganization": "other"}]}]},
            ["acme"],
            ["acme", "other"],
            True,
        ),
    ],
)
def test_what_it_does_not_name_is_what_the_program_is_for(
    tmp_path: Path, scenario: dict[str, Any], tenants: list[str], managers: list[str], others: bool
) -> None:
    """And never two of one name; the scenario that was given stays as it is. One that names some has named them all."""
    (tmp_path / "Pulumi.yaml").write_text("name: theirs\nruntime: python\n")
    given = Scenario.model_validate(scenario)
    before = given.model_copy(deep=True)
    config = Configuration({"asgardeo:organization": "acme", "bijira:organizationId": UUID})
    found = scenario_for(tmp_path, config, given)
    assert given == before
    assert [one.organization for one in found.asgardeo] == tenants
    assert [one.asgardeo_organization for one in found.bijira[0].key_managers] == managers
    assert found.open_organizations is others
    assert list(seed_store(found, "http://127.0.0.1").bijira) == [UUID]
