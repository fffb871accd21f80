"""A client of Asgardeo's in Bijira: an application, the client id that stands for it, and its subscriptions.

create   The key managers are listed and APIs named by name looked up before anything is made. Then the application is
         made (or attached to); then the client id is mapped to it under the key manager, and one subscription made for
         each API. What fails half-way is taken back; what was there before stays.
read     A GET each of the application and its mappings, and one of its subscriptions where they are declared, all at
         once; where many are read, lists for the application, and for the subscriptions where they can show that those
         are all. A mapping that has gone shows as no client id, another one's as its client id.
update   The application's own fields in one read and write. Another client id, key manager or key type is another
         mapping: the new one first where both can be there at once. Then each subscription that changed.
delete   One DELETE of an application that is ours, and all on it goes along; of an attached one the declared
         subscriptions and the mapping, all at once.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from ...clients.bijira import Application, KeyManager, KeyMapping, capabilities
from ...transport import AlreadyExists, Problem, together
from ..handler import ResourceHandler
from ..idempotency import undoing
from ..key_manager.selection import keeps_manager, manager_from_now_on, manager_of
from ..ownership import CLAIMS, current_urn, deleting_unused
from ..platforms import Platforms
from ..property_maps import changed, tidied
from ..results import CreateResult, ExportEntry, ReadResult
from ..schema import IsUnknown, PropertyMap, known
from ..validation import Checked
from .applications import applications_before, change_application, make_application, reconcile, shown
from .creation import map_and_subscribe
from .declaration import APPLICATION_CLIENT
from .mappings import (
    MappingKey,
    connection_data,
    current_key,
    mapping_properties,
    refuse_if_shared,
    remap,
    unrecorded_mapping,
)
from .reading import seen_client
from .subscriptions import (
    api_ids_of,
    change_subscriptions,
    in_declared_form,
    resolve,
    unsettled_ids,
    unsubscribe_others,
)
from .unsupported import refuse_unsupported, unsupported

__all__ = ("ApplicationClientHandler",)


class ApplicationClientHandler(ResourceHandler):
    """A client id that stands for an application in Bijira."""

    declaration = APPLICATION_CLIENT
    refers_to: ClassVar[tuple[str, ...]] = ("Application", "KeyManager")

    def __init__(self) -> None:
        #: The inputs of each resource that were checked last, for an engine may check others before it compares; and
        #: the ids of those that go because what they refer to is replaced.
        self._checked: dict[str, PropertyMap] = {}
        self._replaced_by_reference: set[str] = set()

    def scopes(self, platforms: Platforms, inputs: PropertyMap | None, unknown: IsUnknown = known) -> Iterator[str]:
        """A key manager that is named need not be listed where it is taken at its word; and nothing is subscribed where
        no subscription is an application's."""
        wanted, can, given = platforms.bijira.scopes, platforms.bijira.can, inputs or {}
        yield wanted.applications
        if not (given.get("keyManager") or platforms.settings.bijira.key_manager) or can.lists_key_managers_to_all:
            yield wanted.key_managers
        if inputs is not None:
            yield from (wanted.mappings, wanted.unmapping)
            yield from (wanted.subscriptions,) if "subscriptions" in given and can.ties_subscriptions else ()
            yield from (wanted.apis,) if _names_apis(given.get("subscriptions"), unknown) else ()

    def check(self, raw: Mapping[str, Any], unknown: IsUnknown = known) -> Checked:
        """As for every resource; what was checked last is remembered."""
        checked = super().check(raw, unknown)
        self._checked[current_urn()] = _shape(checked.inputs, unknown)
        return checked

    def replaces(self, id: str, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known) -> list[str]:
        """Another application, also one that is not known yet; and a key manager that is being replaced.

        When a resource is to be replaced, the engine asks of each that refers to it, unasked for in a program and so
        unchecked, whether an unknown value there replaces it. It must: an application that goes takes the mapping with
        it, and a key manager goes only when nothing is mapped under it. A key manager that is merely not known yet
        changes in at.
        """
        found = super().replaces(id, old, new, unknown)
        attached, manager = new.get("applicationId"), new.get("keyManager")
        if unknown(attached):
            found += ["applicationId"] if "applicationId" in old else []
        elif attached is not None and attached != MappingKey.of(id).application_id:
            found.append("applicationId")
        if "applicationId" in old and "applicationName" in new:
            found.append("applicationName")
        if unknown(manager) and "keyManager" in old and _shape(new, unknown) != self._checked.get(current_urn()):
            found.append("keyManager")
            self._replaced_by_reference.add(id)
        return sorted(found)

    def unsupported(self, platforms: Platforms, inputs: PropertyMap, unknown: IsUnknown = known) -> Iterator[Problem]:
        """What this back end has no place for."""
        where_from = self.named_so(inputs, "applicationName")
        return unsupported(capabilities(platforms.settings.bijira), inputs, unknown, where_from=where_from)

    def before_replacing(
        self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known
    ) -> None:
        """Refuse a key manager that is not there, and an application's name that is taken, before anything goes."""
        named, name = new.get("keyManager"), new.get("applicationName")
        if named != old.get("keyManager") and not unknown(named):
            manager_of(platforms, named)
        if name is None or "applicationName" in old or unknown(name) or new.get("adopt") is True:
            return
        found = platforms.bijira.find_application(name)
        if found is not None:
            raise AlreadyExists(
                f"is to be replaced by one that makes the application {name}, which exists already, its id is "
                f"{found.id}: nothing is deleted",
                subject=f"The application client (id {id})",
                action="Another stack may own that: choose another `application_name`, attach to it with "
                "`application_id`, or only where nobody manages it, set adopt to true to take it over",
            )

    def create(self, platforms: Platforms, inputs: PropertyMap) -> CreateResult:
        """Make the application or attach to it, map the client id, subscribe."""
        bijira = platforms.bijira
        refuse_unsupported(bijira, inputs)
        manager, (plans, api_ids), before = together(
            lambda: manager_of(platforms, inputs.get("keyManager")),
            lambda: resolve(bijira, inputs.get("subscriptions", []), {}),
            lambda: None if "applicationId" in inputs else applications_before(platforms, self.name),
        )
        with undoing() as undo, ExitStack() as ours:
            made = None if before is None else make_application(bijira, before, inputs, undo)
            application_id = made.value.id if made else inputs["applicationId"]
            # An application that was there before stays, so what is made on it is taken back by itself.
            stays = made is None or made.adopted
            at = MappingKey(application_id, manager.id, inputs["keyType"])
            properties = inputs | {"keyManagerId": manager.id}
            if made is None:  # the application must be there still; a mapping that went may be made again
                self.refuse_if_deleted(platforms.location(self.platform), str(at), inputs, inputs)
            adopted = made is not None and made.adopted
            ours.enter_context(self.claiming(platforms, str(at), properties, was_there=adopted))
            if made and made.adopted and bijira.can.replaces_mappings:
                self._take_over(platforms, at, made.value, inputs)
            mapping, subscribed = map_and_subscribe(bijira, at, manager, inputs, plans, undo, stays=stays)
            if made and made.adopted and not bijira.can.replaces_mappings:
                self._take_over(platforms, at, made.value, inputs)
                if "subscriptions" in inputs:
                    unsubscribe_others(bijira, application_id, subscribed)
        endpoint = {"tokenEndpoint": mapping.token_endpoint or manager.token_endpoint}
        return CreateResult(str(at), connection_data(manager) | endpoint | _ids(mapping, subscribed, api_ids))

    def _take_over(self, platforms: Platforms, at: MappingKey, found: Application, inputs: PropertyMap) -> None:
        """Bring an application that was there before to what is declared."""
        with self.adopting(platforms, str(at), inputs | {"keyManagerId": at.key_manager_id}):
            reconcile(platforms.bijira, found, inputs)

    def find(self, platforms: Platforms, inputs: PropertyMap) -> CreateResult | None:
        """By its application, and the key manager that it would be mapped under."""
        application_id, name = inputs.get("applicationId"), inputs.get("applicationName")
        manager, found = together(
            lambda: manager_of(platforms, inputs.get("keyManager")),
            lambda: platforms.bijira.find_application(name) if name is not None else None,
        )
        if found is not None:
            application_id = found.id
        if application_id is None:
            return None
        return CreateResult(str(MappingKey(application_id, manager.id, inputs["keyType"])), connection_data(manager))

    def listed(self, platforms: Platforms) -> Iterator[ExportEntry]:
        """One for each mapping."""
        bijira, managers = platforms.bijira, None
        applications = bijira.applications()
        every = together(*(partial(bijira.mappings, application.id) for application in applications))
        for application, mappings in zip(applications, every, strict=True):
            if not mappings:
                hidden = "the API Portal shows no client id; declare it with adopt set to true"
                why_not = "the application has no client id" if bijira.can.reads_mappings else hidden
                yield ExportEntry(application.name, why_not=why_not)
            for mapping in mappings:
                managers = managers or bijira.key_managers()
                manager = next((one for one in managers if one.is_called(mapping.key_manager)), None)
                if manager is None:
                    yield ExportEntry(application.name, why_not=f"its key manager {mapping.key_manager} is not listed")
                    continue
                id_ = str(MappingKey(application.id, manager.id, mapping.key_type))
                yield ExportEntry(application.name, id_)

    def declared(self, platforms: Platforms, id: str, shown: PropertyMap) -> PropertyMap:
        """The first of an application's clients makes the application, the others attach to it: one request, for what
        is deleted with the one resource must not be the other's."""
        bijira, at = platforms.bijira, MappingKey.of(id)
        mappings = bijira.mappings(at.application_id) if bijira.can.reads_mappings else []
        manager = KeyManager.unseen(at.key_manager_id, shown.get("keyManager"))
        if not mappings or mappings[0].is_at(manager, at.key_type):
            return tidied(shown)
        return _attached(at.application_id, shown)

    def written(self, shape: Any, document: PropertyMap, inputs: PropertyMap) -> PropertyMap | None:
        """The application where it is made here: whatever is read of it is declared, or follows from that."""
        is_its = isinstance(shape, type) and issubclass(shape, Application)
        return shape.read_of(document) if is_its and "applicationName" in inputs else None

    def referred_as(self, id: str, outputs: PropertyMap) -> dict[str, str]:
        """The application has no id of its own among the outputs."""
        return {id: "id", MappingKey.of(id).application_id: "application_id"}

    def read(
        self, platforms: Platforms, id: str, wanted: Collection[str], properties: PropertyMap
    ) -> ReadResult | None:
        """The application and its mapping; the subscriptions where they are wanted."""
        bijira, at = platforms.bijira, current_key(id, properties)
        outputs = {key: value for key, value in self.outputs_of(properties).items() if key != "keyMappingId"}
        seen = seen_client(platforms, at, wanted, properties)
        if seen is None:
            return None
        application, mappings, live, connected = seen
        outputs |= connected
        inputs = shown(application) | {"keyType": at.key_type}
        if not properties:
            del inputs["applicationId"]
        of_mapping = mapping_properties(bijira, at, properties | outputs, mappings)
        inputs, outputs = inputs | of_mapping[0], outputs | of_mapping[1]
        if live is not None:
            inputs["subscriptions"], ours = in_declared_form(live, properties)
            outputs |= {"subscriptionIds": {one.api.id: one.id for one in ours}, "apiIds": api_ids_of(ours, properties)}
        return ReadResult(inputs, outputs)

    def change(self, platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap) -> PropertyMap:
        """Another key manager is looked up before anything is changed."""
        bijira, at, outputs = platforms.bijira, current_key(id, old), self.outputs_of(old)
        refuse_unsupported(bijira, new)
        manager = manager_from_now_on(platforms, at.key_manager_id, old, new)
        change_application(bijira, at.application_id, new, changed(old, new))
        moved = (manager.id, new["keyType"]) != (at.key_manager_id, at.key_type)
        if moved or "clientId" in changed(old, new):
            mapping = self._remap(platforms, id, at, manager, old, new)
            if manager.id != at.key_manager_id:
                outputs |= connection_data(manager)
                outputs["tokenEndpoint"] = mapping.token_endpoint or manager.token_endpoint
            outputs["keyMappingId"] = mapping.id
        if "subscriptions" in changed(old, new):
            outputs |= change_subscriptions(bijira, at.application_id, old, new)
        return outputs

    def unsettled(self, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known) -> frozenset[str]:
        """Another key manager tells other things of itself; another mapping has another id."""
        found, differing = set[str](), changed(old, new)
        if not keeps_manager(old.get("keyManagerId", ""), old, new):
            found |= {"keyMappingId", *connection_data(KeyManager.unseen(""))}
        if {"clientId", "keyType"} & differing:
            found.add("keyMappingId")
        if "subscriptions" in differing:
            found |= unsettled_ids(old, new, unknown)
        return frozenset(found)

    def _remap(
        self, platforms: Platforms, id: str, at: MappingKey, manager: KeyManager, old: PropertyMap, new: PropertyMap
    ) -> KeyMapping:
        """To a key that is no other resource's; what has become another's at the former one stays there."""
        location, target = (
            platforms.location(self.platform),
            replace(at, key_manager_id=manager.id, key_type=new["keyType"]),
        )
        if CLAIMS.holder(self.keys(location, [str(at)]), current_urn()):
            old = {key: value for key, value in old.items() if key != "keyMappingId"}
        at_target = {"keyManagerId": manager.id, "keyType": new["keyType"]}
        with self.claiming(platforms, str(target), at_target):
            return remap(platforms.bijira, at, manager, old, new)

    def delete(self, platforms: Platforms, id: str, properties: PropertyMap) -> None:
        """An application of ours goes with all that it has; an attached one keeps what we did not declare."""
        bijira, at = platforms.bijira, current_key(id, properties)
        if "applicationName" in properties:
            self._delete_application(platforms, id, at, properties)
            return
        mapping_id = properties.get("keyMappingId") or unrecorded_mapping(bijira, at, properties)
        together(
            *(partial(bijira.unsubscribe, one) for one in properties.get("subscriptionIds", {}).values()),
            *([partial(bijira.unmap, at.application_id, mapping_id)] if mapping_id else []),
        )

    def _delete_application(self, platforms: Platforms, id: str, at: MappingKey, properties: PropertyMap) -> None:
        """Not while the program keeps a resource that is attached to it without referring to the one that makes it."""
        bijira, key = platforms.bijira, (platforms.location(self.platform), self.name, at.application_id)
        with deleting_unused(
            key,
            f"{bijira.guidance.platform}: the application {at.application_id}",
            used="is attached to it and its client would go with it",
            action="Remove that resource as well, or have it refer to the `application_id` of the resource that makes "
            "the application",
        ):
            if id in self._replaced_by_reference:
                refuse_if_shared(bijira, at, properties)
            bijira.delete_application(at.application_id)

    def check_id(self, id: str) -> None:
        """It has three parts."""
        MappingKey.of(id)

    def objects(self, id: str, properties: PropertyMap) -> tuple[str, ...]:
        """The mapping, where it is by now; and the application, where it is ours."""
        at = current_key(id, properties)
        mapping = str(at)
        return (mapping, at.application_id) if "applicationName" in properties else (mapping,)

    def objects_after(self, id: str, old: PropertyMap, new: PropertyMap, unknown: IsUnknown = known) -> tuple[str, ...]:
        """The mapping where it will be, unless that is not known without asking."""
        at, named, kind = current_key(id, old), new.get("keyManager"), new.get("keyType")
        same = named in (None, at.key_manager_id, old.get("keyManagerName"), old.get("keyManager"))
        if unknown(named) or unknown(kind) or not same:
            return (at.application_id,) if "applicationName" in old else ()
        return self.objects(id, old | {"keyType": kind or at.key_type})

    def parents(self, id: str, properties: PropertyMap) -> tuple[str, ...]:
        """An application that it is attached to."""
        return () if "applicationName" in properties else (MappingKey.of(id).application_id,)

    def locked_as(self, id: str) -> str:
        """The application, which several clients may be attached to."""
        return MappingKey.of(id).application_id


def _attached(application_id: str, inputs: PropertyMap) -> PropertyMap:
    """Another client of an application that is there."""
    own = ("clientId", "keyManager", "keyType")
    return {"applicationId": application_id} | {key: inputs[key] for key in own if key in inputs}


def _names_apis(subscriptions: Any, unknown: IsUnknown) -> bool:
    """Whether a published API is named rather than given by its id."""
    rows = [] if unknown(subscriptions) else subscriptions or []
    return any(unknown(row) or "apiName" in row for row in rows)


def _shape(value: Any, unknown: IsUnknown) -> Any:
    """The value with all that is unknown in it made alike, so that it can be compared."""
    if unknown(value):
        return ...
    if isinstance(value, Mapping):
        return {key: _shape(item, unknown) for key, item in value.items()}
    return [_shape(item, unknown) for item in value] if isinstance(value, list) else value


def _ids(mapping: KeyMapping, subscribed: dict[str, str], api_ids: dict[str, str]) -> PropertyMap:
    return {"keyMappingId": mapping.id, "subscriptionIds": subscribed, "apiIds": api_ids}
