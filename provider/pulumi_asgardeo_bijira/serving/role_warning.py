"""The warning of a preview that people would get tokens without a scope, for want of a role.

A plugin sees what the program declares one resource at a time, and that it has declared all of it by the end of the run
alone, which the engine tells it. An application that is yet to be made has no id, so a role whose application is not
known yet counts for each of them: rather no warning than a wrong one.
"""

import threading
from dataclasses import dataclass, field

from ..oauth import grants_by_type, grants_of_people
from ..resources import Platforms
from ..resources.role.lack import lack_of_roles
from ..resources.schema import PropertyMap
from ..transport import ConfigurationProblem
from .values import is_unknown

__all__ = ("DeclaredRoles",)


@dataclass
class DeclaredRoles:
    """What the program of a run has declared so far of whoever signs in and of roles."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _applications: dict[str, PropertyMap] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)
    #: The application of each role; None where it is the organisation's.
    _roles: list[str | None] = field(default_factory=list)
    #: Whether there may be roles that are not declared here, or whether it is no preview.
    _is_silent: bool = False

    def declare(self, kind: str, urn: str, inputs: PropertyMap) -> None:
        """The program has this resource."""
        with self._lock:
            if kind == "Application":
                self._applications[urn] = inputs
            elif kind == "Role":
                self._roles.append(inputs.get("applicationId"))

    def is_there(self, urn: str, id: str) -> None:
        """A declared resource has an object with this id."""
        with self._lock:
            self._ids[urn] = id

    def be_silent(self) -> None:
        """There are roles that are not declared, or something has been done or has failed: it is no whole preview."""
        self._is_silent = True

    def line(self, platforms: Platforms) -> str:
        """The warning; empty where there is nothing to warn of."""
        with self._lock:
            if self._is_silent:
                return ""
            found = [(urn.rpartition("::")[2], grants) for urn in self._applications if (grants := self._lacking(urn))]
        try:
            return lack_of_roles(found) if found and platforms.settings.asgardeo.warns_of_roles else ""
        except ConfigurationProblem:  # told by whoever needs the platform
            return ""

    def _lacking(self, urn: str) -> list[str]:
        """The grants in which people sign in to an application that no role counts for."""
        inputs = self._applications[urn]
        grants = inputs.get("grantTypes", grants_by_type(inputs.get("applicationType")))
        rows = inputs.get("authorizedApis", [])
        if is_unknown(grants) or is_unknown(rows):
            return []
        is_by_role = any(isinstance(row, dict) and row.get("policy") == "RBAC" for row in rows)
        if not is_by_role or any(self._counts(role, urn) for role in self._roles):
            return []
        return grants_of_people([grant for grant in grants if not is_unknown(grant)])

    def _counts(self, role: str | None, urn: str) -> bool:
        """Whether a role, by its application, counts for an application, as far as that is known."""
        audience = self._applications[urn].get("allowedAudience")
        if role is None:
            return audience != "APPLICATION"
        if audience == "ORGANIZATION":
            return False
        return is_unknown(role) or urn not in self._ids or role == self._ids[urn]
