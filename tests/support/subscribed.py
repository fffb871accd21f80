"""A client that the gateway lets in, as an administrator of Bijira would have made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox.bijira.models import Application, KeyMapping, Subscription

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

__all__ = ("subscribe",)


def subscribe(sandbox: Sandbox, client_id: str) -> None:
    """Map the client and subscribe its application to the sandbox's API."""
    bijira = next(iter(sandbox.store.bijira.values()))
    manager, api = bijira.key_manager("Asgardeo"), next(iter(bijira.apis.values()))
    assert manager
    mapping = KeyMapping(client_id=client_id, key_manager=manager.id, key_type="PRODUCTION")
    application = Application(name=client_id, owner="x", throttling_policy="Unlimited", mappings={mapping.id: mapping})
    bijira.applications[application.id] = application
    subscription = Subscription(application_id=application.id, api_id=api.id, plan="Gold")
    bijira.subscriptions[subscription.id] = subscription
