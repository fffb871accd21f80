"""The ways to sign in, the organisation's own and its identity providers: `/authenticators`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.responses import answer
from ..bodies import shown
from ..exceptions import application_error
from ..filters import BadFilter, alternatives
from ..ids import decoded, encoded
from .data import FEDERATED, LOCAL, REQUEST_PATH
from .documents import PATH, tags_of
from .handlers import connected_applications
from .lookup import applications_with

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from ..filters import Condition
    from ..request import TenantRequest
    from .data import Authenticator
    from .models import IdentityProvider

_OWN = {**LOCAL, **REQUEST_PATH}
_OPERATORS = {"name": ("eq", "sw"), "tag": ("eq",)}


def listed(request: TenantRequest) -> Response:
    """GET all of them, or those of a name and tags; never a page."""
    if request.query("limit") or request.query("offset"):
        text = "Pagination capabilities are not supported in this version of the API."
        raise application_error(501, "AUT-65009", "Pagination not supported.", text)
    name, tags = _wanted(request.query("filter"))
    own = [_own(request, key, one) for key, one in _OWN.items() if _named(one.title, name) and _tagged(one.tags, tags)]
    theirs = [
        _provider(request, one)
        for one in request.tenant.identity_providers.values()
        if _named(one.name, name) and _tagged(tags_of(one), tags)
    ]
    return answer([*own, *theirs])


def tags(request: TenantRequest) -> Response:
    """GET the tags that there are."""
    every = (*_OWN.values(), *FEDERATED.values())
    return answer(list(dict.fromkeys(tag for one in every for tag in one.tags)))


def connected(request: TenantRequest) -> Response:
    """GET the applications whose users may sign in in one of the organisation's own ways."""
    id_ = request.param("id")
    using = applications_with(request.tenant, "LOCAL", decoded(id_) or id_)
    return connected_applications(request, f"/authenticators/{id_}", using)


def _own(request: TenantRequest, name: str, one: Authenticator) -> dict[str, Any]:
    return shown(
        id=encoded(name),
        name=name,
        displayName=one.title,
        isEnabled=True,
        definedBy="SYSTEM",
        type="LOCAL",
        tags=list(one.tags) or None,
        self=request.path(f"/configs/authenticators/{encoded(name)}"),
    )


def _provider(request: TenantRequest, provider: IdentityProvider) -> dict[str, Any]:
    kinds = [one.defined_by for one in provider.authenticators]
    return shown(
        id=provider.id,
        name=provider.name,
        displayName=provider.name,
        isEnabled=provider.enabled,
        definedBy="USER" if kinds == ["USER"] else "SYSTEM",
        type="FEDERATED",
        image=provider.image,
        description=provider.description,
        tags=tags_of(provider) or None,
        self=request.path(f"{PATH}/{provider.id}"),
    )


def _wanted(expression: str) -> tuple[Condition | None, list[str]]:
    """What a filter asks for: one name at most, and any of some tags: `name sw b and (tag eq MFA or tag eq 2FA)`."""
    if not expression.strip():
        return None, []
    try:
        groups = alternatives(expression.replace("(", " ").replace(")", " "), ("eq", "ne", "co", "sw", "ew"))
    except BadFilter:
        text = "Filter needs to be in the format <attribute>+<operation>+<value>. Eg: tag+eq+2FA"
        raise application_error(400, "AUT-60001", "Invalid format used for filtering.", text) from None
    every = [one for group in groups for one in group]
    for one in every:
        _check(one)
    names = [one for one in every if one.attribute == "name"]
    if len(names) > 1:
        text = "Filtering with multiple 'name' attributes is not supported."
        raise application_error(501, "AUT-65006", "Unsupported filter.", text)
    return (names[0] if names else None), [one.value.lower() for one in every if one.attribute == "tag"]


def _check(condition: Condition) -> None:
    attribute, operator = condition.attribute, condition.operator
    if attribute not in _OPERATORS:
        text = f"The filter attribute '{attribute}' is not supported."
        raise application_error(400, "AUT-60002", "Unsupported filter attribute.", text)
    if operator not in _OPERATORS[attribute]:
        number = "65005" if attribute == "name" else "65004"
        text = f"The filter operation '{operator}' is not supported for filter attribute '{attribute}'."
        raise application_error(501, f"AUT-{number}", "Unsupported filter operation.", text)


def _named(name: str, wanted: Condition | None) -> bool:
    if wanted is None:
        return True
    given, value = name.lower(), wanted.value.lower()
    return given == value if wanted.operator == "eq" else given.startswith(value)


def _tagged(tags: Sequence[str], wanted: Sequence[str]) -> bool:
    return not wanted or any(tag.lower() in wanted for tag in tags)
