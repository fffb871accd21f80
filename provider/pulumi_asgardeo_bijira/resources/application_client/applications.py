"""The application in Bijira that a client id stands for, where it is made with the resource."""

from collections.abc import Collection

from ...clients.bijira import Application, ApplicationChanges, Bijira, NewApplication
from ...transport import AlreadyExists, InvalidInput
from ..bursts import listed
from ..idempotency import Created, Undo, create_once, exists_already
from ..platforms import Platforms
from ..property_maps import project
from ..refusals import few
from ..schema import PropertyMap
from ..snapshots import Snapshot
from .declaration import ClientInputs
from .offers import naming_application

__all__ = (
    "applications_before",
    "change_application",
    "listed_application",
    "make_application",
    "reconcile",
    "shown",
)

#: The inputs that lie on the application, and what its own are called.
_OWN = {
    "applicationName": "name",
    "description": "description",
    "throttlingPolicy": "throttling_policy",
    "attributes": "attributes",
    "groups": "groups",
}


def shown(application: Application) -> PropertyMap:
    """The application as inputs."""
    own: PropertyMap = {key: getattr(application, name) for key, name in _OWN.items()}
    return own | {"applicationId": application.id}


def listed_application(bijira: Bijira, id: str, declared: PropertyMap) -> Application | None:
    """The application as a list shows it in a burst, where that has all that is declared."""
    row = listed("Application", id, bijira.listed_applications) if declared else None
    wanted = {name for key, name in _OWN.items() if key in declared}
    without = set() if bijira.can.has_policies else {"throttling_policy"}
    without |= set() if bijira.can.has_attributes else {"attributes", "groups"}
    return row if row and wanted - without <= row.model_fields_set else None


def reconcile(bijira: Bijira, found: Application, inputs: PropertyMap) -> None:
    """An application that was there before, to what is declared."""
    live = project(ClientInputs, shown(found), inputs)
    change_application(bijira, found.id, inputs, [key for key in _OWN if key in inputs and live[key] != inputs[key]])


def change_application(bijira: Bijira, id: str, inputs: PropertyMap, changed: Collection[str]) -> None:
    """Bring what has changed of an application to what is declared; nothing is sent where that is nothing."""
    if own := _own(inputs, changed):
        with naming_application(bijira, inputs):
            now = bijira.change_application(id, ApplicationChanges.model_validate(own, by_name=True))
        _look_over(bijira, now, inputs)


def _own(inputs: PropertyMap, keys: Collection[str]) -> PropertyMap:
    """What of these is declared of the application, by its own names."""
    return {name: inputs[key] for key, name in _OWN.items() if key in inputs and key in keys}


def _look_over(bijira: Bijira, application: Application, inputs: PropertyMap) -> None:
    """A server drops an attribute that it does not define without a word, and groups where it lets none share."""
    live, subject = shown(application), f"Bijira: the application {application.name}"
    dropped = sorted(inputs.get("attributes", {}).keys() - live["attributes"].keys())
    if dropped:
        there = few(one.name for one in bijira.application_attributes())
        raise InvalidInput(
            f"does not keep the attributes {', '.join(dropped)}, which the server does not define",
            subject=subject,
            action=f"Remove them from attributes, or have them defined. There are: {there}",
        )
    if set(inputs.get("groups", ())) - set(live["groups"]):
        raise InvalidInput(
            "does not keep its groups: the server lets no groups share applications, or not these",
            subject=subject,
            action="Remove groups, or have sharing enabled in the API Manager's configuration",
        )


def applications_before(platforms: Platforms, resource: str) -> Snapshot:
    """The applications that were there before this process made any."""
    return platforms.snapshots.of(resource, lambda: (one.id for one in platforms.bijira.applications()))


def make_application(bijira: Bijira, before: Snapshot, inputs: PropertyMap, undo: Undo) -> Created[Application]:
    """Make the application, or find the one to take over; that is changed when all else has been carried out."""
    name = inputs["applicationName"]
    wanted = NewApplication.model_validate(_own(inputs, _OWN), by_name=True)
    declared = {key: inputs[key] for key in _OWN if key in inputs} | {"description": wanted.description}

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
        with naming_application(bijira, inputs):
            return bijira.create_application(wanted)

    made = create_once(
        send,
        lambda: bijira.find_made_application(name),
        what=f"the application {name}",
        was_there=lambda found: before.was_there(found.id),
        is_ours=lambda found: project(ClientInputs, shown(found), declared) == declared,
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
    if not made.adopted:
        _look_over(bijira, application, inputs)
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
