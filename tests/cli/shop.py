"""What the guide for people makes, in a sandbox, and what `explain` says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_asgardeo_bijira.explanation import Link, Question, explain
from pulumi_asgardeo_bijira.resources import platforms_for
from pulumi_asgardeo_bijira.settings import Settings, sandbox_environment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from asgardeo_bijira_sandbox import Sandbox
    from asgardeo_bijira_sandbox.asgardeo.models import Application, Role, Tenant
    from asgardeo_bijira_sandbox.bijira.models import Organization

__all__ = ("Shop",)


@dataclass
class Shop:
    """What the guide for people makes, in a sandbox."""

    sandbox: Sandbox
    client_id: str

    @property
    def tenant(self) -> Tenant:
        """The organisation in Asgardeo."""
        return self.sandbox.store.asgardeo["sandbox"]

    @property
    def application(self) -> Application:
        """The application."""
        return next(iter(self.tenant.applications.values()))

    @property
    def role(self) -> Role:
        """Its role."""
        return next(role for role in self.tenant.roles.values() if role.name == "reader")

    @property
    def bijira(self) -> Organization:
        """The organisation in Bijira."""
        return next(iter(self.sandbox.store.bijira.values()))

    def links(
        self, user: str = "sandbox-user", environment: Mapping[str, str] | None = None, **asked: Any
    ) -> dict[str, Link]:
        """What is said, by the name of the link; nothing is sent but what reads."""
        mark = self.sandbox.ledger.mark()
        places = platforms_for(Settings({}, {**(environment or {}), **sandbox_environment(self.sandbox.url)}))
        found = list(explain(places, Question(asked.pop("client_id", self.client_id), user, **asked)))
        sent = [one for one in self.sandbox.ledger.since(mark) if one.platform != "token"]
        assert {one.method for one in sent} == {"GET"}
        return {link.name: link for link in found}

    def broken(self, user: str = "sandbox-user", **asked: Any) -> dict[str, str]:
        """The lines of the links that break."""
        return {name: link.line for name, link in self.links(user, **asked).items() if link.holds is False}
