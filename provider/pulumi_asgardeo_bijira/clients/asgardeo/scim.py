"""What the endpoints of SCIM have in common: how they say that there is no such object, or that one is to approve."""

from ...transport import ErrorBody

__all__ = ("PATCH_OP", "after_approval", "is_unknown")

PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


def is_unknown(refusal: ErrorBody) -> bool:
    """SCIM has no codes for it: a 404 of its own form says so."""
    return refusal.status == 404 and refusal.is_scim


def after_approval(what: str) -> str:
    """What to do where a request is accepted and waits."""
    return (
        f"An approval workflow holds {what}: have the request approved or rejected in the console (Workflow Requests) "
        "and run pulumi up again with adopt=True, or switch the workflow off"
    )
