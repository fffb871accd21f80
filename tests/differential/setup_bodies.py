"""What the portal is set up with: the organisation, views and labels, and who is told of events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .operations import World

__all__ = ("change_of_view", "label", "organization", "organization_document", "subscriber", "view")


def _labels(world: World) -> list[str]:
    return world.random.choice(([], ["default"], world.ids("label"), [world.one("label")]))


def view(world: World) -> Any:
    return world.some(id=world.new_id(), displayName_=world.name(), labels_=_labels(world))


def change_of_view(world: World) -> Any:
    new = world.new_id() if world.random.random() < 0.2 else ""
    return world.some(displayName_=world.name(), labels_=_labels(world), **({"id_": new} if new else {}))


def label(world: World) -> Any:
    return world.some(id=world.new_id(), displayName=world.name())


def subscriber(world: World) -> Any:
    choice = world.random.choice
    return world.some(
        displayName=world.name(),
        targetUrl=choice(("http://127.0.0.1:1/hook", "http://127.0.0.1:1/other", "urn:x", "x")),
        id_=world.new_id(),
        secret_=choice(("s3cret", "")),
        events_=choice(([], ["application.*", "apikey.generated"])),
        enabled_=choice((True, False)),
        timeoutMs_=choice((1000, 0, -1)),
    )


def organization(world: World) -> Any:
    return world.some(
        displayName=world.random.choice(("Default", "Default", "Renamed")),
        id=world.random.choice(("default", "default", "DEFAULT", "", "other")),
        idpRefId=world.random.choice(("default", "default", "other")),
        businessOwner_=world.name(),
        businessOwnerContact_=world.text(),
        businessOwnerEmail_=world.random.choice(("a@example.com", "nobody")),
        cpRefId_=world.random.choice((None, "c")),
        configuration_=world.random.choice(({}, {"a": [1, None]})),
    )


def organization_document(world: World) -> Any:
    spec = world.some(
        displayName="Default", idpRefId="default", configuration_={"a": 1}, businessOwner_=world.name(), cpRefId_="c"
    )
    return {"kind": "Organization", "metadata": {"name": "default"}, "spec": spec}
