"""The mapping of a client id: where it lies, how it is made there, and how it is moved without a gap."""

from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from ...clients.bijira import Bijira, KeyManager, KeyMapping
from ...transport import AlreadyExists, ApiProblem, Conflict, Gone, InvalidInput, NotFound, Problem, afresh, finishing
from ..bursts import listed
from ..handler import warn
from ..idempotency import Created, create_once, undoing
from ..key_manager.selection import hides_key_managers
from ..schema import PropertyMap

__all__ = (
    "MappingKey",
    "connection_data",
    "current_key",
    "map_client",
    "mapping_properties",
    "mappings_seen",
    "refuse_if_shared",
    "remap",
    "unrecorded_mapping",
)


@dataclass(frozen=True)
class MappingKey:
    """Where a client id is mapped: the natural key of a mapping, and at its creation the id of the resource."""

    application_id: str
    key_manager_id: str
    key_type: str

    def __str__(self) -> str:
        return "/".join(quote(part, safe="") for part in (self.application_id, self.key_manager_id, self.key_type))

    @classmethod
    def of(cls, id: str) -> "MappingKey":
        """The parts of a resource's id."""
        parts = [unquote(part) for part in id.rsplit("/", 2)]
        if len(parts) != 3 or not all(parts) or parts[2] not in ("PRODUCTION", "SANDBOX"):
            raise InvalidInput(
                "is not <application id>/<key manager id>/<PRODUCTION or SANDBOX>",
                subject=f"The id {id}",
                action="Take it from pulumi stack --show-ids, or its parts from the developer portal",
            )
        return cls(*parts)


def current_key(id: str, properties: PropertyMap) -> MappingKey:
    """Where it is mapped now: the properties know what has become of what the id says of the time of creation."""
    made = MappingKey.of(id)
    return MappingKey(
        made.application_id,
        properties.get("keyManagerId", made.key_manager_id),
        properties.get("keyType", made.key_type),
    )


def connection_data(manager: KeyManager) -> PropertyMap:
    """What a key manager tells of itself."""
    return {
        "keyManagerId": manager.id,
        "keyManagerName": manager.name,
        "tokenEndpoint": manager.token_endpoint,
        "revokeEndpoint": manager.revoke_endpoint,
        "availableGrantTypes": manager.available_grant_types,
    }


def mappings_seen(bijira: Bijira, at: MappingKey, properties: PropertyMap) -> list[KeyMapping] | None:
    """The application's mappings, as far as they can be seen. Where none can, None says that a known one must have gone
    with its key manager."""
    if bijira.can.reads_mappings:
        return bijira.mappings(at.application_id)
    return [] if "keyMappingId" not in properties or _is_there(bijira, at.key_manager_id) else None


def mapping_properties(
    bijira: Bijira, at: MappingKey, properties: PropertyMap, seen: list[KeyMapping] | None
) -> tuple[PropertyMap, PropertyMap]:
    """What inputs and outputs say of the mapping, by what is seen of those of the application."""
    named, known_id = properties.get("keyManager", properties.get("keyManagerName")), _only(properties, "keyMappingId")
    if seen is None or not bijira.can.reads_mappings:
        believed = known_id and seen is not None
        return {"keyManager": named} | (_only(properties, "clientId") if believed else {}), known_id
    mapping, manager = _mapping_at(bijira, at, properties, seen)
    if manager is None:  # what is still listed of the mapping goes by its id once there is another
        return {"keyManager": named}, known_id
    still = manager.name == properties.get("keyManagerName") or named is None or manager.is_called(named)
    inputs, outputs = {"keyManager": named if still else manager.name}, {"keyManagerName": manager.name}
    if mapping is None:
        return inputs, outputs
    return inputs | {"clientId": mapping.client_id}, outputs | {"keyMappingId": mapping.id}


def _only(properties: PropertyMap, key: str) -> PropertyMap:
    return {key: properties[key]} if key in properties else {}


def _is_there(bijira: Bijira, key_manager_id: str) -> bool:
    """Whether the key manager exists, as far as this token may see."""
    if _listed_manager(bijira, key_manager_id):
        return True
    try:
        return bijira.has_key_manager(key_manager_id)
    except ApiProblem as refusal:
        if not hides_key_managers(bijira, refusal):
            raise
        return True


def _listed_manager(bijira: Bijira, id: str) -> KeyManager | None:
    """A key manager as the list shows it in a burst, which is one page."""
    return listed("key managers", id, lambda: iter([{one.id: one for one in bijira.key_managers()}]))


def _mapping_at(
    bijira: Bijira, at: MappingKey, properties: PropertyMap, seen: list[KeyMapping]
) -> tuple[KeyMapping | None, KeyManager | None]:
    """The mapping at a key and the key manager there, None where the platform has no such one any more.

    A list names key managers as the server pleases. One that is called otherwise than by its name may have been
    renamed or be gone: then the key managers are listed as well.
    """
    stored = KeyManager.unseen(at.key_manager_id, properties.get("keyManagerName"))
    here = [one for one in seen if one.key_type == at.key_type]
    found = next((one for one in here if one.key_manager == stored.name), None)
    if found is not None or not here:
        return found, stored
    manager = _listed_manager(bijira, at.key_manager_id) or next(
        (one for one in bijira.key_managers() if one.id == at.key_manager_id), None
    )
    if manager is None:
        return None, None
    return next((one for one in here if manager.is_called(one.key_manager)), None), manager


def unrecorded_mapping(bijira: Bijira, at: MappingKey, properties: PropertyMap) -> str | None:
    """The id of an attached client's mapping that the state has no id of, as after an import."""
    if not bijira.can.reads_mappings:
        warn(
            f"API Portal: a client may stay mapped to the application {at.application_id} under the key manager "
            f"{at.key_manager_id} ({at.key_type}), for the portal shows no mappings. Remove it in the portal"
        )
        return None
    if "clientId" not in properties:
        return None
    try:
        mapping, _ = _mapping_at(bijira, at, properties, bijira.mappings(at.application_id))
    except NotFound:
        return None
    return mapping.id if mapping and mapping.client_id == properties["clientId"] else None


def refuse_if_shared(bijira: Bijira, at: MappingKey, properties: PropertyMap) -> None:
    """Do not delete an application only to make it again while other clients are mapped to it."""
    try:
        mappings = bijira.mappings(at.application_id)
    except NotFound:
        return
    others = ", ".join(
        f"{one.client_id} under {one.key_manager} ({one.key_type})"
        for one in mappings
        if one.id != properties.get("keyMappingId")
    )
    if others:
        raise InvalidInput(
            "would be deleted and made again, because the key manager of its client is replaced, and there are other "
            f"clients on it: {others}",
            subject=f"{bijira.guidance.platform}: the application {at.application_id}",
            action="Keep the key manager, declare the new one beside it and set `key_manager` to that: the client then "
            "changes in at",
        )


def map_client(
    bijira: Bijira, at: MappingKey, manager: KeyManager, inputs: PropertyMap, *, adopt: bool, new: bool = False
) -> Created[KeyMapping]:
    """Map the client of the inputs; with `adopt` also where it is mapped already. What a `new` application has was not
    there before."""
    client_id, application_id = inputs["clientId"], at.application_id

    def look_up() -> KeyMapping | None:
        return next((one for one in bijira.mappings(application_id) if one.is_at(manager, at.key_type)), None)

    def send() -> KeyMapping | None:
        made = bijira.map_client(application_id, manager, at.key_type, client_id, inputs.get("clientSecret"))
        if made and made.id:
            return made
        with finishing():
            return look_up()

    def taken(found: KeyMapping | None) -> AlreadyExists:
        return _already_mapped(found.client_id if found else "another client", at, manager, client_id)

    def take_over(found: KeyMapping | None) -> KeyMapping | None:
        if found is None or found.client_id != client_id:
            raise taken(found)
        return found

    try:
        made = create_once(
            send,
            look_up,
            what=f"the mapping of the client {client_id} on the application {application_id}",
            is_ours=lambda found: found is not None and found.client_id == client_id,
            was_there=lambda _: False if new else None,
            taken=taken,
            adopt=take_over if adopt else None,
        )
    except Conflict:
        raise _mapped_elsewhere(bijira, application_id, manager, client_id) from None
    except NotFound as missing:
        raise Gone(
            "must exist",
            subject=f"The application {application_id} and the key manager {manager.name}",
            action="Check `application_id` and `key_manager`",
            after=missing,
        ) from None
    if made.value is None:
        raise Gone(
            f"mapped the client {client_id} and does not show the mapping",
            subject="Bijira",
            action="Run pulumi up again",
        )
    return Created(made.value, made.adopted)


def _already_mapped(holder: str, at: MappingKey, manager: KeyManager, client_id: str) -> AlreadyExists:
    return AlreadyExists(
        f"has the client {holder} under {manager.name} ({at.key_type}) already",
        subject=f"Bijira: the application {at.application_id}",
        action="Another stack may own it. Only where nobody manages it, set adopt to true to take it over"
        if holder == client_id
        else "Another stack may own it: attach to another application, remove it there, or run pulumi refresh",
    )


def _mapped_elsewhere(bijira: Bijira, application_id: str, manager: KeyManager, client_id: str) -> AlreadyExists:
    here = (one for one in bijira.mappings(application_id) if one.client_id == client_id)
    other = next((one for one in here if manager.is_called(one.key_manager)), None)
    if other:
        return AlreadyExists(
            f"is mapped to the application {application_id} under {manager.name} as {other.key_type}, and a client "
            "can be mapped under a key manager once",
            subject=f"Bijira: the client {client_id}",
            action="Remove that, or set `key_type` to it",
        )
    return AlreadyExists(
        f"is already mapped to another application under {manager.name}, and a client can be mapped to one only",
        subject=f"Bijira: the client {client_id}",
        action="Remove it there, or use the client of another Asgardeo application",
    )


def remap(bijira: Bijira, at: MappingKey, manager: KeyManager, old: PropertyMap, new: PropertyMap) -> KeyMapping:
    """Map under this key manager what the inputs say, then remove the mapping that was there before.

    Repeated after a lost half, it finds the first done and does the second. Where both cannot be there at once the
    old one goes first, and is put back if the new one fails.
    """
    target = replace(at, key_manager_id=manager.id, key_type=new["keyType"])
    former, shares_manager = old.get("keyMappingId"), manager.id == at.key_manager_id
    collides = target == at or (shares_manager and old.get("clientId") == new["clientId"])
    if former is not None and collides and not bijira.can.replaces_mappings:
        return _swap(bijira, at, target, manager, old, new)
    with undoing() as undo:
        made = _map_anew(bijira, at, target, manager, old, new)
        if "applicationId" in new and not made.adopted and not bijira.can.replaces_mappings:
            undo.push(f"the mapping {made.value.id}", lambda: bijira.unmap(at.application_id, made.value.id))
        if former is not None and former != made.value.id:
            bijira.unmap(at.application_id, former)
    return made.value


def _swap(
    bijira: Bijira, at: MappingKey, target: MappingKey, manager: KeyManager, old: PropertyMap, new: PropertyMap
) -> KeyMapping:
    """Remove the old mapping, then make the new one, or the old one again."""
    bijira.unmap(at.application_id, old["keyMappingId"])
    try:
        return _map_anew(bijira, at, target, manager, old, new).value
    except Problem as failure:
        raise _put_back(bijira, at, old, failure) from None


def _map_anew(
    bijira: Bijira, at: MappingKey, target: MappingKey, manager: KeyManager, old: PropertyMap, new: PropertyMap
) -> Created[KeyMapping]:
    """Map the client; what is in the way of that and ours goes first."""
    try:
        return map_client(bijira, target, manager, new, adopt=True)
    except AlreadyExists:
        conflicting = [
            one
            for one in bijira.mappings(at.application_id)
            if manager.is_called(one.key_manager)
            and (one.key_type == target.key_type or one.client_id == new["clientId"])
            and _is_ours(one, at, old, new)
        ]
        if not conflicting:
            raise
    for one in conflicting:
        bijira.unmap(at.application_id, one.id)
    return map_client(bijira, target, manager, new, adopt=True)


def _is_ours(mapping: KeyMapping, at: MappingKey, old: PropertyMap, new: PropertyMap) -> bool:
    """What an earlier attempt put back, which has another id by now; and an application of ours has the declared client
    nowhere else than declared."""
    before = KeyManager.unseen(at.key_manager_id, old.get("keyManagerName"))
    was_there = mapping.is_at(before, at.key_type) and mapping.client_id == old.get("clientId")
    return was_there or ("applicationName" in new and mapping.client_id == new["clientId"])


def _put_back(bijira: Bijira, at: MappingKey, old: PropertyMap, failure: Problem) -> Problem:
    """The failure, once the old mapping is there again; if it is not, the failure says so."""
    before = KeyManager.unseen(at.key_manager_id, old.get("keyManagerName"))
    try:
        if "clientId" in old:
            with afresh():  # what went wrong may be that the operation's time was up
                map_client(bijira, at, before, old, adopt=True)
    except Problem as another:
        return Gone(
            f"is not mapped any more either ({another})",
            subject=f"The client {old['clientId']}",
            action="Run pulumi up again",
            after=failure,
        )
    return failure
