"""The changes of an identity provider's own members, one path each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..exceptions import application_error
from .writing import encoded_certificate, refusal

if TYPE_CHECKING:
    from ...web.errors import ApiError
    from ..bodies import Operation
    from .models import IdentityProvider

__all__ = ("patched",)

_TEXTS = {
    "/name": "name",
    "/description": "description",
    "/image": "image",
    "/homeRealmIdentifier": "home_realm",
    "/alias": "alias",
    "/idpIssuerName": "issuer",
}
_FLAGS = {"/isPrimary": "primary", "/isEnabled": "enabled", "/isFederationHub": "federation_hub"}
_PLACES = {"/certificate/jwksUri": "jwksUri", "/certificate/samlMetadataUri": "samlMetadataUri"}
_CERTIFICATE = re.compile(r"/certificate/certificates/(\d+)")


def patched(provider: IdentityProvider, operations: list[Operation]) -> IdentityProvider:
    """A changed copy."""
    copy = provider.model_copy(deep=True)
    for operation in operations:
        certificate = _CERTIFICATE.fullmatch(operation.path)
        if certificate is not None:
            _patch_certificate(copy, operation, int(certificate[1]))
        elif operation.path in _PLACES:
            _patch_place(copy, operation, _PLACES[operation.path])
        elif operation.operation == "REPLACE" and operation.path in _TEXTS:
            setattr(copy, _TEXTS[operation.path], operation.value)
        elif operation.operation == "REPLACE" and operation.path in _FLAGS:
            setattr(copy, _FLAGS[operation.path], (operation.value or "").lower() == "true")
        else:
            raise refusal(60025)
    if not copy.name:
        raise application_error(
            400, "IDP-60006", "Identity Provider update request validation failed. The name is empty."
        )
    return copy


def _patch_place(provider: IdentityProvider, operation: Operation, name: str) -> None:
    """Where keys or metadata are published; it comes in the place of certificates."""
    if operation.operation != "ADD" and name not in provider.certificate:
        raise _failed(404, f"Cannot {operation.operation.lower()} {name} as it does not exist.")
    provider.certificate = {} if operation.operation == "REMOVE" else {name: operation.value}


def _patch_certificate(provider: IdentityProvider, operation: Operation, index: int) -> None:
    """A certificate by its place in the list."""
    kept: list[Any] = list(provider.certificate.get("certificates", []))
    if operation.operation == "ADD" and index != len(kept):
        raise refusal(60025, "Invalid index in 'path' attribute")
    if operation.operation != "ADD" and index >= len(kept):
        raise _failed(404, f"Cannot {operation.operation.lower()} certificate as it does not exist.")
    if operation.operation == "REMOVE":
        del kept[index]
    else:
        value = encoded_certificate(operation.value or "")
        if value in kept:
            raise _failed(409, "The certificate exists already.")
        kept[index : index + 1] = [value]
    provider.certificate = {"certificates": kept} if kept else {}


def _failed(status: int, what: str) -> ApiError:
    text = f"Server encountered an error while updating the identity provider for identifier {what}."
    return application_error(status, "IDP-65005", "Unable to update identity provider.", text)
