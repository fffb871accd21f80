"""Key managers of the API Portal, held to what the portal itself answered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from pulumi_asgardeo_bijira.clients.bijira import KeyManagerSettings
from pulumi_asgardeo_bijira.clients.bijira.api_portal.key_managers import PortalKeyManagers
from pulumi_asgardeo_bijira.resources.property_maps import properties_of
from pulumi_asgardeo_bijira.transport import ApiProblem, ApiProfile, Conflict, Connection, InvalidInput, NotFound

if TYPE_CHECKING:
    from pulumi_asgardeo_bijira.clients.bijira import KeyManagerAdmin

BASE = "https://portal.example.com/api-portal/api/v0.9"
ENDPOINT = "https://api.asgardeo.io/t/acme/oauth2/token"
STORED = {
    "id": "asgardeo-prod",
    "displayName": "Asgardeo",
    "orgId": "52253bfb-a3aa-4100-be86-4f0fcb35c112",
    "enabled": True,
    "tokenEndpoint": ENDPOINT,
    "createdBy": "alice@example.com",
    "updatedBy": "alice@example.com",
    "createdAt": "2026-11-23T21:53:09.959Z",
    "updatedAt": "2026-11-23T21:53:09.959Z",
}
TAKEN = {
    "status": "error",
    "code": "CONFLICT",
    "message": "A key manager with that id already exists in this organization.",
    "errors": [],
}
NOT_FOUND = {"status": "error", "code": "RESOURCE_NOT_FOUND", "message": "Key manager not found", "errors": []}
IN_USE = {
    "status": "error",
    "code": "INTERNAL_SERVER_ERROR",
    "message": "Error while deleting key manager",
    "errors": [],
}
FORBIDDEN = {"code": 403, "message": "Forbidden", "errors": [{"path": "/key-managers", "message": "Forbidden"}]}


@dataclass
class Portal:
    """Gives the recorded answers, one after the other."""

    answers: list[tuple[int, Any]]
    seen: list[tuple[str, str, Any]] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer."""
        body = json.loads(request.content) if request.content else None
        self.seen.append((request.method, str(request.url).removeprefix(BASE), body))
        status, answer = self.answers.pop(0)
        return httpx.Response(status, json=answer) if answer is not None else httpx.Response(status)


def portal(*answers: tuple[int, Any]) -> tuple[KeyManagerAdmin, Portal]:
    """Key managers of a portal that gives these answers."""
    server = Portal(list(answers))
    connection = Connection(BASE, ApiProfile("API Portal"), transport=httpx.MockTransport(server))
    return PortalKeyManagers(connection), server


def settings(**properties: Any) -> KeyManagerSettings:
    """What is said of a key manager."""
    return KeyManagerSettings.model_validate(properties)


def test_a_key_manager_is_made_under_its_name() -> None:
    """Its id is then known beforehand, so a repetition is a conflict and no second one."""
    admin, server = portal((201, STORED), (409, TAKEN))
    wanted = settings(name="asgardeo-prod", displayName="Asgardeo", endpoints={"tokenEndpoint": ENDPOINT})
    assert properties_of(admin.create(wanted)) == {
        "id": "asgardeo-prod",
        "name": "asgardeo-prod",
        "displayName": "Asgardeo",
        "enabled": True,
        "endpoints": {"tokenEndpoint": ENDPOINT},
    }
    body = {"id": "asgardeo-prod", "displayName": "Asgardeo", "enabled": True, "tokenEndpoint": ENDPOINT}
    assert server.seen == [("POST", "/key-managers", body)]
    with pytest.raises(Conflict, match="already exists in this organization"):
        admin.create(wanted)


def test_addresses_that_the_portal_does_not_keep_are_not_sent() -> None:
    """It answers 400 to any property that it does not know."""
    admin, server = portal((201, STORED))
    admin.create(settings(name="asgardeo-prod", endpoints={"tokenEndpoint": ENDPOINT, "issuer": ENDPOINT}))
    assert set(server.seen[0][2]) == {"id", "displayName", "enabled", "tokenEndpoint"}


@pytest.mark.parametrize("name", ["a b", "a.b", "a/b", "Schlüssel"])
def test_a_name_that_is_no_id_is_refused_before_anything_is_sent(name: str) -> None:
    """The line says where such a name belongs."""
    admin, server = portal()
    with pytest.raises(InvalidInput, match=r"letters, digits, _ and - only.*display_name"):
        admin.create(settings(name=name, endpoints={"tokenEndpoint": ENDPOINT}))
    assert server.seen == []


def test_reading_tells_gone_from_forbidden() -> None:
    """Only the documented answer counts as gone."""
    admin, server = portal((200, STORED), (404, NOT_FOUND), (403, FORBIDDEN))
    found = admin.find("asgardeo-prod")
    assert found
    assert properties_of(found.endpoints) == {"tokenEndpoint": ENDPOINT}
    assert admin.get("nope") is None
    with pytest.raises(ApiProblem, match="403"):
        admin.get("asgardeo-prod")
    assert [path for _, path, _ in server.seen] == [f"/key-managers/{id_}" for id_ in ("asgardeo-prod", "nope")] + [
        "/key-managers/asgardeo-prod"
    ]


def test_a_change_sends_only_what_changed() -> None:
    """The portal leaves alone what it is not sent but `enabled`, and refuses its own document sent back."""
    renamed = {**STORED, "displayName": "Asgardeo (renamed)"}
    admin, server = portal((200, STORED | {"enabled": False}), (200, renamed), (404, NOT_FOUND))
    assert (
        admin.change("asgardeo-prod", settings(displayName="Asgardeo (renamed)")).display_name == "Asgardeo (renamed)"
    )
    body = {"displayName": "Asgardeo (renamed)", "enabled": False}
    assert server.seen == [
        ("GET", "/key-managers/asgardeo-prod", None),
        ("PUT", "/key-managers/asgardeo-prod", body),
    ]
    with pytest.raises(NotFound):
        admin.change("nope", settings(enabled=False))


def test_deleting_one_that_is_in_use_says_what_to_do() -> None:
    """The portal has nothing but a general error for it; one that is gone already is no failure."""
    admin, _ = portal((204, None), (404, NOT_FOUND), (500, IN_USE), (403, FORBIDDEN))
    admin.delete("asgardeo-prod")
    admin.delete("asgardeo-prod")
    with pytest.raises(InvalidInput, match=r"cannot be deleted \(500 INTERNAL_SERVER_ERROR\).* Remove its clients"):
        admin.delete("asgardeo-prod")
    with pytest.raises(ApiProblem, match="403"):
        admin.delete("asgardeo-prod")


def test_the_list_is_read_to_its_end() -> None:
    """Page by page, with names that are the ids."""
    rows = [{"id": f"km-{n}", "displayName": "x", "tokenEndpoint": ENDPOINT} for n in range(101)]
    total = {"limit": 100, "offset": 0, "total": 101}
    first, second = {"list": rows[:100], "pagination": total}, {"list": rows[100:], "pagination": total}
    admin, server = portal((200, first), (200, second))
    assert [one.name for one in admin.all()] == [row["id"] for row in rows]
    assert [path for _, path, _ in server.seen] == [f"/key-managers?limit=100&offset={n}" for n in (0, 100)]
