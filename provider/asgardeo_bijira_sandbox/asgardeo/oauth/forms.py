"""Forms as the OpenID provider reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exceptions import oauth_error

if TYPE_CHECKING:
    from ..request import TenantRequest

__all__ = ("fields_of",)


def fields_of(request: TenantRequest) -> dict[str, str]:
    """The form, in which no field is repeated."""
    fields = request.form()
    for name, values in fields.items():
        if len(values) > 1:
            raise oauth_error("invalid_request", f"Repeated parameter: {name}.")
    return {name: values[0] for name, values in fields.items()}
