"""Identity providers: `/identity-providers`. Their parts have endpoints of their own, in `parts`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from ...web.responses import answer, empty
from ..bodies import Operation
from ..exceptions import application_error
from ..filters import BadFilter, conditions
from ..paging import counted, limits
from .bodies import ProviderBody
from .documents import LISTED, PATH, document, list_item
from .lookup import applications_with, check_name_is_free, forget, known_provider, set_groups
from .models import IdentityProvider
from .patch import patched
from .writing import encoded_certificates, set_authenticators, set_connectors

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from ..filters import Condition
    from ..models import Application
    from ..request import TenantRequest

#: What can be filtered by, as a text.
_FILTERED: dict[str, Callable[[IdentityProvider], str | None]] = {
    "name": lambda provider: provider.name,
    "id": lambda provider: provider.id,
    "description": lambda provider: provider.description,
    "isEnabled": lambda provider: str(provider.enabled).lower(),
    "homeRealmIdentifier": lambda provider: provider.home_realm,
}


def create(request: TenantRequest) -> Response:
    """POST: answers with the provider."""
    body, tenant = request.read(ProviderBody), request.tenant
    check_name_is_free(tenant, body.name)
    provider = IdentityProvider(
        name=body.name,
        description=body.description,
        image=body.image,
        template_id=body.template_id,
        federation_hub=body.is_federation_hub,
        home_realm=body.home_realm_identifier,
        alias=body.alias,
        issuer=body.idp_issuer_name,
        certificate=encoded_certificates(body.certificate) if body.certificate else {},
        claims=body.claims.document() if body.claims else {},
        roles=body.roles.document() if body.roles else {},
        association=body.implicit_association.document() if body.implicit_association else {},
    )
    set_authenticators(provider, body.federated_authenticators)
    if body.provisioning is not None:
        set_connectors(provider, body.provisioning.outbound_connectors)
        provider.provisioning = body.provisioning.jit.document() if body.provisioning.jit else {}
    tenant.identity_providers[provider.id] = provider
    set_groups(tenant, provider, [group.name for group in body.groups])
    return answer(document(request, provider), 201, {"Location": request.url(f"{PATH}/{provider.id}")})


def listed(request: TenantRequest) -> Response:
    """GET a page; a list that is empty has no key."""
    limit, offset = _limits(request)
    asked = [name for name in request.query("requiredAttributes").split(",") if name]
    unknown = next((name for name in asked if name not in LISTED), None)
    if unknown is not None:
        raise application_error(400, "IDP-60009", f"Invalid attribute of Identity Provider. {unknown}")
    rest = f"&filter={quote_plus(request.query('filter'))}" if request.query("filter") else ""
    page, counts = counted(request, PATH, _found(request), limit, offset, rest)
    rows = {"identityProviders": [list_item(request, one, asked) for one in page]} if page else {}
    return answer({**counts, **rows})


def read(request: TenantRequest) -> Response:
    """GET one."""
    return answer(document(request, known_provider(request)))


def update(request: TenantRequest) -> Response:
    """PATCH: member by member; all of it or nothing."""
    provider, operations = known_provider(request), request.read_list(Operation)
    changed = patched(provider, operations)
    check_name_is_free(request.tenant, changed.name, provider)
    if not changed.enabled and applications_with(request.tenant, provider.name):
        text = "Error in disabling identity provider as it is referred by service providers."
        raise application_error(500, "IDP-65003", "Unable to retrieve identity provider.", text)
    if changed.name != provider.name:
        _rename(request, provider.name, changed.name)
    request.tenant.identity_providers[provider.id] = changed
    return answer(document(request, changed))


def delete(request: TenantRequest) -> Response:
    """DELETE: one that does not exist is no error. One that applications name stays, unless it is forced."""
    provider = request.tenant.identity_providers.get(request.param("id"))
    if provider is None:
        return empty(204)
    using = applications_with(request.tenant, provider.name)
    if using and not request.flag("force"):
        text = f"Identity Provider '{provider.name}' cannot be deleted as it is referred by Service Providers."
        raise application_error(400, "IDP-65004", f"Error while deleting Identity Provider: {text}.")
    forget(request.tenant, provider)
    return empty(204)


def connected(request: TenantRequest) -> Response:
    """GET the applications whose users may sign in there."""
    provider = known_provider(request)
    return connected_applications(request, f"{PATH}/{provider.id}", applications_with(request.tenant, provider.name))


def connected_applications(request: TenantRequest, path: str, applications: list[Application]) -> Response:
    """A page of applications by their ids."""
    limit, offset = _limits(request)
    page, counts = counted(request, f"{path}/connected-apps", applications, limit, offset)
    rows = [{"appId": one.id, "self": request.path(f"/applications/{one.id}")} for one in page]
    return answer({**counts, **({"connectedApps": rows} if rows else {})})


def templates(request: TenantRequest) -> Response:
    """GET the templates by which a console makes providers: nobody has made one."""
    limit, offset = limits(request)
    return answer(counted(request, f"{PATH}/templates", (), limit, offset)[1])


def _limits(request: TenantRequest) -> tuple[int, int]:
    limit, offset = limits(request)
    if offset < 0:
        text = f"Invalid offset applied: {offset} is less than 0."
        raise application_error(400, "IDP-65003", f"Error while getting the Identity Provider: {text}.")
    return limit, offset


def _found(request: TenantRequest) -> list[IdentityProvider]:
    wanted = _conditions(request)
    return [
        one
        for one in request.tenant.identity_providers.values()
        if all(condition.holds(_FILTERED[condition.attribute](one)) for condition in wanted)
    ]


def _conditions(request: TenantRequest) -> list[Condition]:
    expression = request.query("filter")
    if not expression:
        return []
    try:
        wanted = conditions(expression)
    except BadFilter:
        wanted = []
    if not wanted or any(one.attribute not in _FILTERED for one in wanted):
        text = f"Search request validation failed. Invalid search filter. {expression}"
        raise application_error(400, "IDP-60007", text)
    return wanted


def _rename(request: TenantRequest, former: str, name: str) -> None:
    """Applications name a provider by its name."""
    for application in applications_with(request.tenant, former):
        for step in application.authentication["steps"]:
            for option in step["options"]:
                option["idp"] = name if option["idp"] == former else option["idp"]
