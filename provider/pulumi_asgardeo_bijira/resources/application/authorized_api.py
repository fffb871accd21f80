"""An API that an application may call, as a program declares it."""

from typing import Annotated, Literal

from ..field_types import AsgardeoId, ScopeName
from ..schema import NEWER, Effect, Inputs, KeyedBy, Name, like
from ..widening import MORE_WIDENS, NEVER_WIDENS, widens_as

__all__ = ("AuthorizedApi",)


class AuthorizedApi(Inputs):
    """An API that an application may call."""

    api_id: Annotated[AsgardeoId, Effect("A change revokes one API and authorizes another."), NEVER_WIDENS]
    """Id of the API (an `AsgardeoApi`'s `id`), not its identifier."""

    policy: Annotated[
        Literal["RBAC", "No Policy"], Effect("A change makes the authorization again."), widens_as("No Policy")
    ] = "RBAC"
    """How scopes are granted: `RBAC` to people by their roles and to the application itself without one, `No Policy` to
    everybody. An API that requires authorization takes `RBAC` only."""

    scopes: Annotated[list[ScopeName] | None, KeyedBy(), MORE_WIDENS] = None
    """Names of the scopes that the application may ask for, all of them. Left out: scopes are not managed."""

    authorization_details_types: Annotated[
        list[Annotated[Name, like("payment_initiation", "account_information")]] | None, KeyedBy(), NEWER, MORE_WIDENS
    ] = None
    """Types of authorization details (RFC 9396) that the application may ask for, all of them. Left out: they are not
    managed."""
