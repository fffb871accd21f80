"""What the endpoints of SCIM have in common: how they say that there is no such object, or that one is to approve; and
how users and groups are found."""

from typing import Literal

from ...transport import Connection, ErrorBody
from .scim_models import MemberRow, ScimPage

__all__ = ("CONTENT_TYPE", "PATCH_OP", "Directory", "after_approval", "is_unknown")

CONTENT_TYPE = {"Content-Type": "application/scim+json"}
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
#: How many to show where the one that was meant is not there.
_FEW = 10


def is_unknown(refusal: ErrorBody) -> bool:
    """SCIM has no codes for it: a 404 of its own form says so."""
    return refusal.status == 404 and refusal.is_scim


def after_approval(what: str) -> str:
    """What to do where a request is accepted and waits."""
    return (
        f"An approval workflow holds {what}: have the request approved or rejected in the console (Workflow Requests) "
        "and run pulumi up again with adopt=True, or switch the workflow off"
    )


class Directory:
    """The users or the groups of an organisation, as far as finding one by its name goes.

    A name may have the user store before it (`DEFAULT/ann`); without one all user stores are looked through.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _find(
        self, path: str, attribute: Literal["userName", "displayName"], operator: str, name: str, scope: str
    ) -> list[MemberRow]:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        params: dict[str, str | int] = {
            "filter": f'{attribute} {operator} "{quoted}"',
            "attributes": attribute,
            "startIndex": 1,
            "count": _FEW,
        }
        doing = f"look up {name} in {path.rpartition('/')[2]}"
        found = self._connection.get_or_none(
            path, ScimPage[MemberRow], doing=doing, params=params, scope=scope, not_found=is_unknown
        )
        return list(found.rows) if found else []
