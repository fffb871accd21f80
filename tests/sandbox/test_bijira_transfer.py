"""Applications that move from one control plane to another, in an archive."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.sandbox.conftest import ORGANIZATION
from tests.sandbox.test_bijira import code
from tests.sandbox.test_bijira_keys import generated, subscribed

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

MOVING = {"Authorization": "Bearer chp_moving"}
WITH_KEYS = {"appName": "orders", "appOwner": "sandbox-management", "withKeys": "true"}


@pytest.fixture
def bijira(serve: Callable[..., httpx.Client]) -> httpx.Client:
    """A control plane to which somebody who moves applications has a token."""
    return serve(personalTokens=[{"token": "chp_moving"}])


def exported(bijira: httpx.Client, **query: str) -> tuple[str, dict[str, Any]]:
    """The name of the one file of an archive, and what is in it."""
    answer = bijira.get("/applications/export", params={**WITH_KEYS, **query}, headers=MOVING)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        (name,) = archive.namelist()
        found: dict[str, Any] = yaml.safe_load(archive.read(name))
    return name, found


def imported(bijira: httpx.Client, document: object, **query: str) -> httpx.Response:
    """What is answered to an archive of this document."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a-b/application.yaml", yaml.safe_dump(document))
    asked = {"organizationId": ORGANIZATION, **query}
    files = {"file": ("a.zip", archive.getvalue())}
    return bijira.post("/applications/import", params=asked, headers=MOVING, files=files)


def test_an_application_moves_with_its_keys_and_its_subscriptions(bijira: httpx.Client) -> None:
    """To another owner, or to the one it had; a second time only where it is to be updated."""
    key = generated(bijira, subscribed(bijira))
    name, document = exported(bijira)
    assert name == "sandbox-management-orders/application.yaml"
    assert exported(bijira, format="JSON")[1] == document
    assert exported(bijira, withKeys="false")[1]["data"]["applicationInfo"]["keys"] == []
    for one in bijira.get("/applications").json()["list"]:
        bijira.delete(f"/applications/{one['applicationId']}")
    made = imported(bijira, document, preserveOwner="true")
    assert (made.status_code, made.json()["owner"], made.json()["subscriptionCount"]) == (201, "sandbox-management", 1)
    (back,) = bijira.get(f"/applications/{made.json()['applicationId']}/oauth-keys").json()["list"]
    assert back == {**key, "keyMappingId": back["keyMappingId"]}
    assert code(imported(bijira, document, preserveOwner="true")) == (409, 409)
    assert imported(bijira, document, preserveOwner="true", update="true").json() == made.json()
    theirs = imported(bijira, document, appOwner="ann", skipSubscriptions="true", skipApplicationKeys="true").json()
    assert (theirs["owner"], theirs["subscriptionCount"]) == ("ann", 0)


def test_what_is_not_there_is_left_out_and_told(bijira: httpx.Client) -> None:
    """An API of another name, or one that has not got the plan."""
    subscribed(bijira)
    _, document = exported(bijira)
    document["data"]["subscribedAPIs"][0]["throttlingPolicy"] = "Lead"
    answer = imported(bijira, document, appOwner="ann")
    assert answer.status_code == 207
    assert answer.json() == {"count": 1, "list": [{"name": "Orders API", "version": "1.0.0", "provider": "sandbox"}]}


@pytest.mark.parametrize(
    ("document", "status"),
    [
        (None, 500),
        ({"data": []}, 500),
        ({"data": {}}, 400),
        ({"data": {"applicationInfo": {"name": "x", "throttlingPolicy": "none"}}}, 400),
        ({"data": {"applicationInfo": {"name": ["x"]}}}, 400),
    ],
)
def test_an_archive_of_something_else_is_refused(bijira: httpx.Client, document: object, status: int) -> None:
    """The server's own code breaks on some of it."""
    assert code(imported(bijira, document)) == (status, status)
    assert bijira.get("/applications").json()["count"] == 0


def test_moving_takes_a_right_of_its_own(bijira: httpx.Client) -> None:
    """Whoever has not got it meets what a missing scope is; and an export names its application."""
    assert bijira.get("/applications/export", params=WITH_KEYS).status_code == 401
    for wrong, status in (({"appOwner": " "}, 400), ({"appName": "none"}, 404)):
        assert code(bijira.get("/applications/export", params={**WITH_KEYS, **wrong}, headers=MOVING)) == (
            status,
            status,
        )
