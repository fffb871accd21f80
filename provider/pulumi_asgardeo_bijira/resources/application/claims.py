"""The claims that a program declares for an application."""

from collections.abc import Iterator
from typing import Annotated, Literal

from ..schema import Flag, Inputs, IsUnknown, KeyedBy, Name, Violation, like
from ..widening import CHANGE_WIDENS, MORE_WIDENS, NEVER_WIDENS, OFF_WIDENS
from .field_types import ClaimUri

__all__ = ("ClaimMapping", "Claims", "RequestedClaim", "RoleClaim", "SubjectClaim")


class ClaimMapping(Inputs):
    """A claim under a name of the application's own."""

    application_claim: Annotated[Name, like("mail", "login"), NEVER_WIDENS]
    """The application's name for the claim."""

    local_claim: Annotated[ClaimUri, CHANGE_WIDENS]
    """URI of the claim."""


class RequestedClaim(Inputs):
    """A claim that the application asks for."""

    claim: Annotated[ClaimUri, NEVER_WIDENS]
    """URI of the claim, or the application's name for it."""

    mandatory: Annotated[Flag | None, OFF_WIDENS] = None
    """Require the claim: a user without it cannot sign in."""


class SubjectClaim(Inputs):
    """Subject identifier claim."""

    claim: Annotated[ClaimUri | None, CHANGE_WIDENS] = None
    """URI of the claim."""

    include_user_domain: Annotated[Flag | None, CHANGE_WIDENS] = None
    """Prepend the user store's domain."""

    include_tenant_domain: Annotated[Flag | None, CHANGE_WIDENS] = None
    """Append the tenant domain."""

    use_mapped_local_subject: Annotated[Flag | None, CHANGE_WIDENS] = None
    """Use the local account that a federated user is mapped to."""


class RoleClaim(Inputs):
    """Role claim."""

    claim: Annotated[ClaimUri | None, CHANGE_WIDENS] = None
    """URI of the claim."""

    include_user_domain: Annotated[Flag | None, CHANGE_WIDENS] = None
    """Prepend the user store's domain."""


class Claims(Inputs):
    """The claims that the application is given."""

    dialect: Annotated[Literal["LOCAL", "CUSTOM"] | None, NEVER_WIDENS] = None
    """`LOCAL` for Asgardeo's claim names, `CUSTOM` for those of `claim_mappings`."""

    claim_mappings: Annotated[list[ClaimMapping] | None, KeyedBy("application_claim"), MORE_WIDENS] = None
    """The application's own claim names, all of them."""

    requested_claims: Annotated[list[RequestedClaim] | None, KeyedBy("claim"), MORE_WIDENS] = None
    """The claims that the application asks for, all of them."""

    subject: SubjectClaim | None = None
    """Subject identifier claim."""

    role: RoleClaim | None = None
    """Role claim."""

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """Beside mappings, a claim that none of them names would be dropped silently."""
        if not isinstance(self.claim_mappings, list) or not isinstance(self.requested_claims, list):
            return
        if not self.claim_mappings or any(not isinstance(one, ClaimMapping) for one in self.claim_mappings):
            return
        named = [one.application_claim for one in self.claim_mappings]
        if any(unknown(name) for name in named):
            return
        for index, requested in enumerate(self.requested_claims):
            if isinstance(requested, RequestedClaim) and not unknown(requested.claim) and requested.claim not in named:
                yield (
                    f"requested_claims[{index}].claim",
                    "is not an `application_claim` of `claim_mappings`, so Asgardeo would drop it; map it too",
                )
