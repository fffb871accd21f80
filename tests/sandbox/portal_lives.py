"""A portal's life, step by step: what is asked of the API Portal by its administrator, and what is answered."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpx
from asgardeo_bijira_sandbox.api_portal.models import Portal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from asgardeo_bijira_sandbox import Sandbox

__all__ = ("Step", "answered_otherwise", "lived")

#: Method and path, body (JSON, or a form of texts and files), status, and what is told. See `told`.
Step = tuple[str, Any, int, Any]


def lived(sandbox: Sandbox, steps: Iterable[Step]) -> list[str]:
    """What of it was answered otherwise, in an organisation that begins with the steps."""
    sandbox.store.api_portal.organizations = {"default": Portal(uuid="-", handle="default", display_name="Default")}
    claims = {"sub": "alice@example.com", "org_handle": "default", "roles": ["ap_admin"], "exp": int(time.time()) + 60}
    headers = {"Authorization": f"Bearer {sandbox.store.signing_key('bijira').issue(claims)}"}
    with httpx.Client(base_url=f"{sandbox.url}/api-portal/api/v0.9", headers=headers) as client:
        return answered_otherwise(client, steps)


def answered_otherwise(client: httpx.Client, steps: Iterable[Step]) -> list[str]:
    """What of it a portal answered otherwise, whichever it is."""
    otherwise = []
    for operation, body, status, wanted in steps:
        method, path = operation.split(" ", 1)
        answer = client.request(method, path, **({} if body is None else _sent(body)))
        found = told(answer, wanted)
        if (answer.status_code, found) != (status, wanted):
            otherwise.append(f"{operation} {str(body)[:200]}: {answer.status_code} {found}")
    return otherwise


def told(answer: httpx.Response, wanted: Any) -> Any:
    """Of a refusal the text that says most, of a list the ids, of a document the members that are wanted."""
    is_json = answer.headers.get("content-type", "").startswith("application/json")
    found: Any = answer.json() if is_json else answer.text
    if wanted is None:
        return None
    if isinstance(wanted, list):
        return [one["id"] for one in found["list"]]
    if isinstance(wanted, dict):
        return {name: found.get(name, "(missing)") for name in wanted}
    if not is_json:
        return found
    return found["errors"][0]["message"] if found.get("errors") else found["message"]


def _sent(body: Any) -> dict[str, Any]:
    """A form is a dictionary under one name, `form`; a file in it is a pair of its name and its content. Bytes are sent
    as they are, with their headers."""
    if isinstance(body, dict) and set(body) == {"form"}:
        return {"files": {name: (None, one) if isinstance(one, str) else one for name, one in body["form"].items()}}
    if isinstance(body, dict) and set(body) == {"content", "headers"}:
        return body
    return {"json": body}
