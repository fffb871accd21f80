"""APIs that are opened in the name of people: what a rehearsal says where roles let them in, and where none does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira.rehearsal import rehearse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PROGRAM = """
import pulumi
import pulumi_asgardeo_bijira as wso2

api = wso2.AsgardeoApi("orders", identifier="urn:orders", scopes=[{{"name": "orders:read"}}])
application = wso2.AsgardeoApplication(
    "app",
    {application}
    authorized_apis=[{{"api_id": api.id, "scopes": ["orders:read"], "policy": "RBAC"}}],
)
wso2.BijiraApplicationClient(
    "client",
    client_id=application.client_id,
    subscriptions=[{{"api_name": "Orders API", "api_version": "1.0.0"}}],
)
pulumi.export("tokenEndpoint", application.token_endpoint)
pulumi.export("clientId", application.client_id)
pulumi.export("clientSecret", application.client_secret)
pulumi.export("scope", "orders:read")
pulumi.export("apiUrl", "https://gateway.example.com/orders/1.0.0/orders")
"""
BOTH = 'application_type="standard", grant_types=["client_credentials", "password"],'


def project(folder: Path, program: str) -> Path:
    """A project of a user's."""
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: theirs\nruntime: python\n")
    (folder / "__main__.py").write_text(program)
    return folder


def test_a_program_for_people_without_a_role_fails_and_says_what_to_declare(
    tmp_path: Path, engine_kind: str, record_property: Callable[[str, object], None]
) -> None:
    """On the real platform nobody would get in, though the application does."""
    report = rehearse(project(tmp_path / "theirs", PROGRAM.format(application=BOTH)), engine=engine_kind)
    record_property("engine", report.engine)
    steps = {step.name: step for step in report.steps}
    assert not report.ok
    assert steps["invoke"].ok
    assert (steps["invoke-as-user"].ok, steps["invoke-as-user"].status) == (False, 403)
    assert "AsgardeoRole(application_id=" in steps["invoke-as-user"].detail
