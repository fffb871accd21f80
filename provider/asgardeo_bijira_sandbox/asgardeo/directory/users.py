"""Users: `/scim2/Users`, and `/scim2/Me` for the one that a token was given for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.responses import empty
from ..exceptions import scim_error
from ..ids import new_id
from ..models import USER_STORE, User, now
from ..oauth.access_tokens import live
from ..oauth.revocation import end_tokens_of_users
from ..oauth.users import plain_name
from ..scim import Search, body_of, listed, matching, read, scim_answer, selected
from ..scim_operations import decoded
from .attributes import patched, read_attributes
from .documents import user_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from ..request import TenantRequest

#: What can be compared, besides the name: in a part of an attribute, or in the first entry of a list.
_COMPARED = (
    ("name", "givenName"),
    ("name", "familyName"),
    ("emails", "value"),
    ("phoneNumbers", "value"),
)


def create(request: TenantRequest) -> Response:
    """POST: in the one store that there is."""
    sent, tenant = _sent(request), request.tenant
    name = plain_name(tenant, sent.pop("userName"))
    if any(user.username == name for user in tenant.users.values()):
        raise scim_error(409, f"User with the name: {name} already exists in the system.")
    user = User(username=name, password=sent.pop("password", new_id()), attributes=sent)
    tenant.users[user.id] = user
    return scim_answer(user_document(request, user), 201, request.url(f"/Users/{user.id}"))


def replace(request: TenantRequest) -> Response:
    """PUT: what is not sent is gone, but for the password."""
    return _replaced(request, _known(request))


def update(request: TenantRequest) -> Response:
    """PATCH: operation by operation, all of them or none."""
    return _updated(request, _known(request))


def delete(request: TenantRequest) -> Response:
    """DELETE: the user leaves groups and roles, and the tokens end."""
    return _deleted(request, _known(request))


def read_one(request: TenantRequest) -> Response:
    """GET one."""
    return _shown(request, _known(request))


def mine(handle: Callable[[TenantRequest, User], Response]) -> Callable[[TenantRequest], Response]:
    """What a user does with the own account: the one that the token was given for."""

    def handler(request: TenantRequest) -> Response:
        token = live(request.store, request.tenant, request.bearer_token() or "")
        user = request.tenant.users.get(token.subject) if token else None
        if user is None:
            raise scim_error(404, "No such user exist")
        return handle(request, user)

    return handler


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


def _sent(request: TenantRequest) -> dict[str, Any]:
    """A body that has a whole user."""
    sent = read_attributes(body_of(request))
    if not sent.get("userName"):
        raise scim_error(400, "Required attribute userName is missing in the SCIM Object.", "invalidValue")
    return sent


def _shown(request: TenantRequest, user: User) -> Response:
    return scim_answer(selected(user_document(request, user), Search.of_query(request)))


def _replaced(request: TenantRequest, user: User) -> Response:
    return _kept(request, user, _sent(request))


def _updated(request: TenantRequest, user: User) -> Response:
    return _kept(request, user, patched({"userName": user.display, **user.attributes}, decoded(request)))


def _kept(request: TenantRequest, user: User, changed: dict[str, Any]) -> Response:
    """A user's name cannot change; another password ends the tokens."""
    if plain_name(request.tenant, changed.pop("userName")).lower() != user.username.lower():
        raise scim_error(400, "Attribute userName cannot be modified.", "mutability")
    password = changed.pop("password", user.password)
    if password != user.password:
        end_tokens_of_users(request.tenant, [user.id])
    user.password, user.modified = password, now()
    user.attributes = {name: value for name, value in changed.items() if value not in (None, [], {})}
    return scim_answer(user_document(request, user), location=request.url(f"/Users/{user.id}"))


def _deleted(request: TenantRequest, user: User) -> Response:
    request.tenant.forget_user(user.id)
    end_tokens_of_users(request.tenant, [user.id])
    return empty(204)


read_mine, replace_mine, update_mine = mine(_shown), mine(_replaced), mine(_updated)


def _found(request: TenantRequest, search: Search) -> Response:
    """A name is found with its store or without."""
    known: dict[str, Callable[[User], str]] = {"userName": lambda user: user.username, "id": lambda user: user.id}
    for attribute, part in _COMPARED:
        known[f"{attribute}.{part}"] = _value_of(attribute, part)
    known |= {name: known[f"{name}.value"] for name in ("emails", "phoneNumbers")}
    users = matching(request.tenant.users.values(), search, known, USER_STORE)
    return listed(users, search, lambda user: user_document(request, user))


def _value_of(attribute: str, part: str) -> Callable[[User], str]:
    def value(user: User) -> str:
        found = user.attributes.get(attribute, {})
        first = next(iter(found), "") if isinstance(found, list) else found
        return str(first.get(part, "")) if isinstance(first, dict) else str(first)

    return value
