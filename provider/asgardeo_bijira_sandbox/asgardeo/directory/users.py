"""Users: `/scim2/Users`. They are made, read and deleted; what else is known of people is not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...web.responses import empty
from ..exceptions import scim_error
from ..ids import new_id
from ..models import USER_STORE, User
from ..oauth.revocation import end_tokens_of_users
from ..oauth.users import plain_name
from ..scim import Search, listed, matching, read, scim_answer, selected
from .bodies import UserBody
from .documents import user_document

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..request import TenantRequest


def create(request: TenantRequest) -> Response:
    """POST: in the one store that there is."""
    body, tenant = read(request, UserBody), request.tenant
    name = plain_name(tenant, body.user_name)
    if any(user.username == name for user in tenant.users.values()):
        raise scim_error(409, f"User with the name: {body.user_name} already exists in the system.")
    user = User(username=name, password=new_id() if body.password is None else body.password)
    tenant.users[user.id] = user
    return scim_answer(user_document(request, user), 201, request.url(f"/Users/{user.id}"))


def delete(request: TenantRequest) -> Response:
    """DELETE: the user leaves groups and roles, and the tokens end."""
    user = _known(request)
    request.tenant.forget_user(user.id)
    end_tokens_of_users(request.tenant, [user.id])
    return empty(204)


def read_one(request: TenantRequest) -> Response:
    """GET one."""
    return scim_answer(selected(user_document(request, _known(request)), Search.of_query(request)))


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


def _known(request: TenantRequest) -> User:
    user = request.tenant.users.get(request.param("id"))
    if user is None:
        raise scim_error(404, "User not found in the user store.")
    return user


def _found(request: TenantRequest, search: Search) -> Response:
    """A name is found with its store or without."""
    known = {"userName": lambda user: user.username, "id": lambda user: user.id}
    users = matching(request.tenant.users.values(), search, known, USER_STORE)
    return listed(users, search, lambda user: user_document(request, user))
