"""What the examples of look-ups find, made in a sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asgardeo_bijira_sandbox.asgardeo.models import User

from tests.support.host import Host, Life

if TYPE_CHECKING:
    from collections.abc import Mapping

    from asgardeo_bijira_sandbox import Sandbox

__all__ = ("make_what_look_ups_find",)


def make_what_look_ups_find(sandbox: Sandbox, environment: Mapping[str, str]) -> None:
    """An API, an application with a role of its own, and a user."""
    ann = User(username="ann@example.com", password="hunter2")  # noqa: S106  # nobody's
    sandbox.store.asgardeo["sandbox"].users[ann.id] = ann
    with Host({}, environment) as host:

        def made(kind: str, **inputs: Any) -> str:
            life = Life(host, kind, sandbox)
            life.up(inputs)
            return life.id

        made("Api", name="orders", identifier="https://api.example.com/orders")
        application = made("Application", name="orders-web", allowedAudience="APPLICATION")
        made("Role", name="orders-reader", applicationId=application)
