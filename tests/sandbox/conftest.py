"""A sandbox, and a foreign client that knows nothing of this package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from asgardeo_bijira_sandbox import Sandbox, Scenario
from asgardeo_bijira_sandbox.asgardeo.models import Group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ABSENT = "00000000-0000-0000-0000-000000000000"
ORGANIZATION = "8f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e10"


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, str(answer.json()["code"])


def made(answer: httpx.Response) -> str:
    """The id of what was made, from its address."""
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"].rpartition("/")[2]


def values(*ids: str) -> list[dict[str, str]]:
    """Members of a list of SCIM's."""
    return [{"value": one} for one in ids]


def token(address: str, scope: str, **form: str) -> str:
    """A token for the well-known management client."""
    credentials = {"client_id": "sandbox-management", "client_secret": "sandbox-secret"}
    asked = {"grant_type": "client_credentials", "scope": scope, **credentials, **form}
    return str(httpx.post(address, data=asked).json()["access_token"])


@pytest.fixture
def asgardeo(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client of Asgardeo's management APIs."""
    access = token(f"{sandbox.url}/t/sandbox/oauth2/token", "SYSTEM")
    headers = {"Authorization": f"Bearer {access}"}
    with httpx.Client(base_url=f"{sandbox.url}/t/sandbox/api/server/v1", headers=headers) as client:
        yield client


@pytest.fixture
def bijira(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client of the control plane."""
    access = token(f"{sandbox.url}/oauth2/token", "apim:subscribe apim:app_manage apim:sub_manage")
    base, headers = f"{sandbox.url}/api/am/devportal/v2", {"Authorization": f"Bearer {access}"}
    with httpx.Client(base_url=base, headers=headers, params={"organizationId": ORGANIZATION}) as client:
        yield client


@pytest.fixture
def serve() -> Iterator[Callable[..., httpx.Client]]:
    """Starts a sandbox whose control plane behaves so, and gives a client of it."""
    running: list[Any] = []

    def start(**organization: Any) -> httpx.Client:
        sandbox = Sandbox(Scenario.model_validate({"bijira": [organization]})).start()
        access = token(f"{sandbox.url}/oauth2/token", "apim:subscribe apim:app_manage apim:sub_manage")
        base, headers = f"{sandbox.url}/api/am/devportal/v2", {"Authorization": f"Bearer {access}"}
        client = httpx.Client(base_url=base, headers=headers, params={"organizationId": ORGANIZATION})
        running.extend((client.close, sandbox.stop))
        return client

    yield start
    for end in running:
        end()


@pytest.fixture
def api(asgardeo: httpx.Client) -> dict[str, Any]:
    """An API with two scopes."""
    body = {
        "name": "Orders",
        "identifier": "urn:orders",
        "scopes": [{"name": "o:r", "displayName": "R"}, {"name": "o:w"}],
    }
    found: dict[str, Any] = asgardeo.post("/api-resources", json=body).json()
    return found


@pytest.fixture
def application(asgardeo: httpx.Client) -> str:
    """A machine's application."""
    oidc = {"grantTypes": ["client_credentials"], "accessToken": {"type": "JWT"}}
    body = {"name": "app", "templateId": "m2m-application", "inboundProtocolConfiguration": {"oidc": oidc}}
    return asgardeo.post("/applications", json=body).headers["Location"].rpartition("/")[2]


@pytest.fixture
def scim(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client of SCIM."""
    access = token(f"{sandbox.url}/t/sandbox/oauth2/token", "SYSTEM")
    headers = {"Authorization": f"Bearer {access}", "Content-Type": "application/scim+json"}
    with httpx.Client(base_url=f"{sandbox.url}/t/sandbox/scim2", headers=headers) as client:
        yield client


@pytest.fixture
def authorized(asgardeo: httpx.Client, application: str, api: dict[str, Any]) -> str:
    """An application with roles of its own, authorised for one of two scopes."""
    asgardeo.patch(f"/applications/{application}", json={"associatedRoles": {"allowedAudience": "APPLICATION"}})
    asgardeo.post(f"/applications/{application}/authorized-apis", json={"id": api["id"], "scopes": ["o:r"]})
    return application


@dataclass(frozen=True)
class People:
    """Ids of those whom a role can be given to: a user, the group of that user, and a group of an identity provider."""

    user: str
    guest: str
    staff: str
    theirs: str


@pytest.fixture
def people(sandbox: Sandbox) -> People:
    """Those of the default scenario, and a group that an identity provider tells of."""
    tenant = sandbox.store.asgardeo["sandbox"]
    theirs = Group(name="theirs", identity_provider="partner")
    (staff,) = tenant.groups
    tenant.groups[theirs.id] = theirs
    user, guest = tenant.users
    return People(user, guest, staff, theirs.id)
