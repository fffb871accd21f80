"""What the endpoints of SCIM have in common: how they say that there is no such object, or that one is to approve; and
how users and groups are found."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import ClassVar

from ...transport import Connection, ErrorBody
from ..paging import PAGE, every_row
from .scim_models import MemberRow, ScimPage

__all__ = ("CONTENT_TYPE", "PATCH_OP", "PLAIN", "Directory", "after_approval", "is_unknown")

CONTENT_TYPE = {"Content-Type": "application/scim+json"}
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
#: A name, or a piece of one, that no filter misreads: it is split at blanks, also within quotes, and there is no way to
#: write a quote.
PLAIN = re.compile(r"[^\s\"\\()]+")
#: How many to show where the one that was meant is not there.
_FEW = 10


def is_unknown(refusal: ErrorBody) -> bool:
    """SCIM has no codes for it: a 404 of its own form says so."""
    return refusal.status == 404 and refusal.is_scim


def after_approval(what: str) -> str:
    """What to do where a request is accepted and waits."""
    return (
        f"An approval workflow holds {what}: have the request approved or rejected in the console (Workflow Requests) "
        "and run pulumi up again with adopt set to true, or switch the workflow off"
    )


class Directory:
    """The users or the groups of an organisation, as far as finding one by its name goes.

    A name may have the user store before it (`DEFAULT/ann`); without one all user stores are looked through.
    """

    _path: ClassVar[str]
    _attribute: ClassVar[str]
    _scope: ClassVar[str]

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def named(self, name: str) -> list[MemberRow]:
        """Those of exactly this name, with or without the user store: in each of several stores there may be one."""
        rows = self._rows("eq", name, name) if PLAIN.fullmatch(name) else self._near(name)
        return [row for row in rows if row.is_called(name)]

    def all(self) -> Iterator[MemberRow]:
        """All of them, page by page."""
        return self._near("")

    def like(self, name: str) -> list[MemberRow]:
        """A few whose names have this within, or its longest piece that a filter can tell."""
        return list(islice(self._near(name), _FEW))

    def _near(self, name: str) -> Iterator[MemberRow]:
        return self._rows("co", max(PLAIN.findall(name.rpartition("/")[2]), key=len, default=""), name)

    def _rows(self, operator: str, text: str, name: str) -> Iterator[MemberRow]:
        """Those whose names compare so, page by page; without a text all."""
        doing = f"look up {name} in {self._path.rpartition('/')[2]}"
        condition = {"filter": f'{self._attribute} {operator} "{text}"'} if text else {}

        def ask(at: int) -> ScimPage[MemberRow]:
            params: dict[str, str | int] = {
                **condition,
                "attributes": self._attribute,
                "startIndex": at,
                "count": PAGE,
            }
            shape = ScimPage[MemberRow]
            found = self._connection.get_or_none(
                self._path, shape, doing=doing, params=params, scope=self._scope, not_found=is_unknown
            )
            return found or shape.model_validate({"totalResults": 0})

        return every_row(ask, 1, f"Asgardeo: {doing}")
