"""What may be written into an identity provider: `/identity-providers/meta`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.responses import answer, empty
from ..bodies import shown
from ..ids import decoded, encoded
from .data import CONNECTORS, FEDERATED
from .documents import PATH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from ..request import TenantRequest
    from .data import Property


def authenticators(request: TenantRequest) -> Response:
    """GET the ways to sign in at a provider."""
    return answer(
        [
            {**_identified(name), "self": request.path(f"{PATH}/meta/federated-authenticators/{encoded(name)}")}
            for name in FEDERATED
        ]
    )


def authenticator(request: TenantRequest) -> Response:
    """GET one of them with its properties; of one that there is not nothing is told, and that is a success."""
    name = decoded(request.param("authenticator"))
    if name is None or name not in FEDERATED:
        return empty(200)
    known = FEDERATED[name]
    return answer({**_identified(name), "displayName": known.title, "properties": _properties(known.properties)})


def connectors(request: TenantRequest) -> Response:
    """GET where users and groups can be copied to."""
    below = f"{PATH}/meta/outbound-provisioning-connectors"
    return answer(
        [
            {"connectorId": encoded(name), "name": name, "self": request.path(f"{below}/{encoded(name)}")}
            for name in CONNECTORS
        ]
    )


def connector(request: TenantRequest) -> Response:
    """GET one of them with its properties; of one that there is not nothing, too."""
    name = decoded(request.param("connector"))
    if name is None or name not in CONNECTORS:
        return empty(200)
    properties = _properties(CONNECTORS[name])
    return answer({"connectorId": encoded(name), "name": name, "displayName": name, "properties": properties})


def _identified(name: str) -> dict[str, Any]:
    tags = list(FEDERATED[name].tags)
    return shown(authenticatorId=encoded(name), name=name, definedBy="SYSTEM", tags=tags or None)


def _properties(properties: Iterable[Property]) -> list[dict[str, Any]]:
    return [
        {
            "key": one.key,
            "displayName": one.title,
            "type": one.type,
            "displayOrder": order,
            "isMandatory": one.mandatory,
            "isConfidential": one.confidential,
            "options": [],
            "subProperties": [],
        }
        for order, one in enumerate(properties, 1)
    ]
