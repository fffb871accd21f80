"""The parts of an identity provider, each read and replaced by an address of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...web.responses import answer
from ..exceptions import application_error
from ..ids import decoded
from . import documents
from .bodies import Association, Authenticators, Claims, Group, OneAuthenticator, Provisioning, Roles
from .data import FEDERATED
from .lookup import known_provider, set_groups
from .writing import checked_authenticator, checked_claims, set_authenticators

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from starlette.responses import Response

    from ...web.errors import ApiError
    from ..bodies import Body
    from ..request import TenantRequest
    from .models import IdentityProvider

__all__ = ("authenticator", "reading", "update_authenticator", "update_authenticators", "update_groups", "writing")

#: The parts that are kept as they are sent: what their bodies are, and where they are kept.
_KEPT: dict[str, tuple[type[Body], str]] = {
    "claims": (Claims, "claims"),
    "roles": (Roles, "roles"),
    "jit": (Provisioning, "provisioning"),
    "association": (Association, "association"),
}


def reading(part: str) -> Callable[[TenantRequest], Response]:
    """GET a part."""
    shown: Callable[[TenantRequest, IdentityProvider], Any] = getattr(documents, part)
    return lambda request: answer(shown(request, known_provider(request)))


def writing(part: str) -> Callable[[TenantRequest], Response]:
    """PUT a part: answers with it."""
    model, field = _KEPT[part]

    def write(request: TenantRequest) -> Response:
        provider, body = known_provider(request), request.read(model)
        if isinstance(body, Claims):
            checked_claims(body, request.tenant)
        setattr(provider, field, body.document())
        return reading(part)(request)

    return write


def update_groups(request: TenantRequest) -> Response:
    """PUT the groups: one of a name that is there stays the same."""
    provider, groups = known_provider(request), request.read_list(Group)
    set_groups(request.tenant, provider, [group.name for group in groups])
    return answer(documents.groups(request, provider))


def update_authenticators(request: TenantRequest) -> Response:
    """PUT the ways to sign in."""
    provider = known_provider(request)
    set_authenticators(provider, request.read(Authenticators))
    return answer(documents.authenticators(request, provider))


def authenticator(request: TenantRequest) -> Response:
    """GET one way to sign in."""
    provider = known_provider(request)
    found = provider.authenticator(decoded(request.param("authenticator")))
    if found is None:
        raise _no_authenticator(request)
    return answer(documents.authenticator(provider, found))


def update_authenticator(request: TenantRequest) -> Response:
    """PUT one way to sign in, which the provider need not have had."""
    provider, body, id_ = known_provider(request), request.read(OneAuthenticator), request.param("authenticator")
    name = decoded(id_)
    if name not in FEDERATED and provider.authenticator(name) is None:
        raise _no_authenticator(request)
    changed = checked_authenticator(provider, id_, body)
    rest = [one for one in provider.authenticators if one.name != name]
    at = next((index for index, one in enumerate(provider.authenticators) if one.name == name), len(rest))
    provider.authenticators = [*rest[:at], changed, *rest[at:]]
    if body.is_default:
        provider.default_authenticator = name
    elif provider.default_authenticator == name:
        provider.default_authenticator = None
    return answer(documents.authenticator(provider, changed))


def _no_authenticator(request: TenantRequest) -> ApiError:
    text = f"Unable to find federated authenticator with identifier {request.param('authenticator')}."
    return application_error(404, "IDP-60022", "Resource not found.", text)
