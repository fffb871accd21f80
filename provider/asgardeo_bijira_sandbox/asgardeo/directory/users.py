"""Users: `/scim2/Users`, read-only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exceptions import scim_error
from ..models import USER_STORE
from ..scim import Search, listed, matching, read, scim_answer, selected
from .documents import user_document

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..request import TenantRequest


def read_one(request: TenantRequest) -> Response:
    """GET one."""
    user = request.tenant.users.get(request.param("id"))
    if user is None:
        raise scim_error(404, "User not found in the user store.")
    return scim_answer(selected(user_document(request, user), Search.of_query(request)))


def list_by_query(request: TenantRequest) -> Response:
    """GET a page; a store that does not exist is an error."""
    domain = request.query("domain")
    if domain and f"{domain.upper()}/" != USER_STORE:
        text = f"Invalid user store domain: '{domain}'. It does not exist or is disabled."
        raise scim_error(400, text, "invalidValue")
    return _found(request, Search.of_query(request))


def list_by_body(request: TenantRequest) -> Response:
    """POST a search."""
    return _found(request, read(request, Search))


def _found(request: TenantRequest, search: Search) -> Response:
    """A name is found with its store or without."""
    known = {"userName": lambda user: user.username, "id": lambda user: user.id}
    users = matching(request.tenant.users.values(), search, known, USER_STORE)
    return listed(users, search, lambda user: user_document(request, user))
