"""Scopes that a run takes from roles without asking: the platform takes a scope that an API gives up, or that an
application is no longer authorized for, from every role that permits it, and does not bring it back.

An API that is replaced and has the same scopes again is the commonest: of the role nothing changes in the program, and
yet it permits nothing any more. So whoever plans to withdraw a scope says so here, and a role that is compared later in
the same run is updated. One that was compared before, since nothing in the program leads from it to the API, is warned
of.
"""

import threading
from collections.abc import Collection

from .handler import warn_once
from .schema import PropertyMap

__all__ = ("WITHDRAWALS", "Withdrawals", "scope_names", "withdrawn_from")

#: Where, from which application's roles (or all), and which scope.
_Withdrawal = tuple[str, str, str]


class Withdrawals:
    """What has been planned in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: set[_Withdrawal] = set()
        self._made_good: dict[str, set[_Withdrawal]] = {}
        #: The roles that were compared: where each is, its id, its application and what it permits.
        self._compared: dict[str, tuple[str, str, object, object]] = {}

    def plan(self, location: str, scopes: Collection[str], *, application_id: str = "") -> None:
        """These scopes are about to go from all roles, or from those of an application."""
        with self._lock:
            new = {(location, application_id, scope) for scope in scopes} - self._planned
            self._planned |= new
            late = {id_: sorted(one[2] for one in new & self._of(*role)) for id_, role in self._compared.items()}
        for id_, lost in late.items():
            if lost:
                warn_once(_late(id_, lost))

    def compared(self, location: str, id: str, application_id: object, permissions: object) -> None:
        """The role is compared now; what is planned from now on, its comparison does not know."""
        with self._lock:
            self._compared[id] = (location, id, application_id, permissions)

    def concern(self, location: str, id: str, application_id: object, permissions: object) -> bool:
        """Whether a role loses a permission that it is declared to have."""
        with self._lock:
            return bool(self._of(location, id, application_id, permissions))

    def made_good(self, location: str, id: str, application_id: object, permissions: object) -> None:
        """The role has been brought to what is declared."""
        with self._lock:
            self._made_good.setdefault(id, set()).update(self._of(location, id, application_id, permissions))

    def _of(self, location: str, id: str, application_id: object, permissions: object) -> set[_Withdrawal]:
        names = permissions if isinstance(permissions, list) else []
        found = {one for one in self._planned if one[0] == location and one[1] in ("", application_id)}
        return {one for one in found if one[2] in names} - self._made_good.get(id, set())


def _late(id: str, lost: Collection[str]) -> str:
    return (
        f"The role with the id {id} was compared before a change that takes {', '.join(lost)} from it, and may not get "
        "that back in this run: give it the resource option `depends_on` with the API or application that "
        "changes, or run pulumi refresh and pulumi up afterwards"
    )


#: Those of this process.
WITHDRAWALS = Withdrawals()


def scope_names(rows: object) -> set[str]:
    """The names in a list of scopes, or of names, as far as they are known."""
    found = (row.get("name") if isinstance(row, dict) else row for row in rows) if isinstance(rows, list) else ()
    return {name for name in found if isinstance(name, str)}


def withdrawn_from(old: PropertyMap, new: PropertyMap) -> set[str]:
    """Which scopes an application is no longer authorized for. An authorization under another policy is another one,
    and so is one for an API whose id is not known yet."""
    if not isinstance(old.get("authorizedApis"), list) or not isinstance(new.get("authorizedApis"), list):
        return set()
    after = {row.get("apiId"): row for row in new["authorizedApis"] if isinstance(row, dict)}
    found = set[str]()
    for row in old["authorizedApis"]:
        now, had = after.get(row["apiId"]), scope_names(row.get("scopes"))
        if now is None or now.get("policy") != row.get("policy"):
            found |= had
        elif isinstance(now.get("scopes"), list):
            found |= had - scope_names(now["scopes"])
    return found
