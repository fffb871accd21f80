"""The application in Bijira that a client id stands for, where it is made with the resource."""

from collections.abc import Collection

from ...clients.bijira import Application, ApplicationChanges, Bijira
from ...transport import AlreadyExists, InvalidInput
from ..bursts import listed
from ..idempotency import Created, Undo, create_once, exists_already
from ..platforms import Platforms
from ..schema import PropertyMap
from ..snapshots import Snapshot
from .offers import naming_policies

__all__ = (
    "applications_before",
    "change_application",
    "listed_application",
    "make_application",
    "reconcile",
    "shown",
)

#: The inputs that lie on the application, and what its own are called.
_OWN = {"applicationName": "name", "description": "description", "throttlingPolicy": "throttling_policy"}


def shown(application: Application) -> PropertyMap:
    """The application as inputs."""
    own: PropertyMap = {key: getattr(application, name) for key, name in _OWN.items()}
    return own | {"applicationId": application.id}


def listed_application(bijira: Bijira, id: str, declared: PropertyMap) -> Application | None:
    """The application as a list shows it in a burst, where that has all that is declared."""
    row = listed("Application", id, bijira.listed_applications) if declared else None
    wanted = {name for key, name in _OWN.items() if key in declared}
    without = set() if bijira.can.has_policies else {"throttling_policy"}
    return row if row and wanted - without <= row.model_fields_set else None


def reconcile(bijira: Bijira, found: Application, inputs: PropertyMap) -> None:
    """An application that was there before, to what is declared."""
    live = shown(found)
    change_application(bijira, found.id, inputs, [key for key in live if key in inputs and live[key] != inputs[key]])


def change_application(bijira: Bijira, id: str, inputs: PropertyMap, changed: Collection[str]) -> None:
    """Bring what has changed of an application to what is declared; nothing is sent where that is nothing."""
    own = {name: inputs[key] for key, name in _OWN.items() if key in inputs and key in changed}
    if own:
        with naming_policies(bijira, own.get("throttling_policy", "")):
            bijira.change_application(id, ApplicationChanges.model_validate(own, by_name=True))


def applications_before(platforms: Platforms, resource: str) -> Snapshot:
    """The applications that were there before this process made any."""
    return platforms.snapshots.of(resource, lambda: (one.id for one in platforms.bijira.applications()))


def make_application(bijira: Bijira, before: Snapshot, inputs: PropertyMap, undo: Undo) -> Created[Application]:
    """Make the application, or find the one to take over; that is changed when all else has been carried out."""
    name, description = inputs["applicationName"], inputs.get("description", "")
    policy = inputs["throttlingPolicy"]

    def take_over(found: Application) -> Application:
        if found.name != name:
            raise _taken(found, name)
        return found

    adopting = inputs.get("adopt") is True
    if adopting and not bijira.can.unique_names:
        existing = bijira.find_application(name)
        if existing:
            return Created(existing, adopted=True)

    def send() -> Application:
        with naming_policies(bijira, policy):
            return bijira.create_application(name, description, policy)

    made = create_once(
        send,
        lambda: bijira.find_made_application(name),
        what=f"the application {name}",
        was_there=lambda found: before.was_there(found.id),
        is_ours=lambda found: (found.name, found.description, found.throttling_policy) == (name, description, policy),
        taken=lambda found: _taken(found, name),
        adopt=take_over if adopting else None,
    )
    application = made.value
    before.add(application.id)
    if not made.adopted:
        undo.push(
            f"the application {name} with the id {application.id}",
            lambda: bijira.delete_application(application.id),
        )
    if not application.is_approved:
        raise InvalidInput(
            f"waits for approval (status {application.status})",
            subject=f"Bijira: the application {name}",
            action="Have new applications approved by themselves in the console's workflow settings, or attach to "
            "an approved one",
        )
    return made


def _taken(found: Application, name: str) -> AlreadyExists:
    """An application has the name, or where ids follow from names, the id that it would get."""
    if found.name != name:
        return AlreadyExists(
            f"has the id {found.id}, which one named {name} would get; it was renamed",
            subject=f"Bijira: the application {found.name}",
            action="Another stack may own it: choose another `application_name`, as with `get_stack` in it, or attach "
            "to it with `application_id`",
        )
    return exists_already(
        f"Bijira: the application {name}",
        found.id,
        key="an `application_name`",
        shared_by="attach to this one with `application_id`",
    )
