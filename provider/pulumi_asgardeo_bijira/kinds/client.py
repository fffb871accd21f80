"""A client of Asgardeo's in Bijira: an application, the client id that stands for it, and its subscriptions."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar
from urllib.parse import quote, unquote

from ..bijira import Application, Bijira, KeyManager, Mapping
from ..http import AlreadyExists, ApiProblem, Conflict, Gone, InvalidInput, NotFound
from .bags import changed
from .client_inputs import ClientInputs, ClientOutputs
from .client_subscriptions import api_ids_of, change_subscriptions, in_declared_form, resolve, subscribe
from .declaring import Bag, IsUnknown, known
from .key_managers import choose
from .kind import Kind, Listed, Live, Made
from .making import Created, Undo, create_once, undoing
from .platforms import Platforms

__all__ = ("Client", "Place")

_APPLICATION = ("applicationName", "description", "throttlingPolicy")


@dataclass(frozen=True)
class Place:
    """Where a client id is mapped: the natural key of a mapping, and the id of the resource."""

    application_id: str
    key_manager_id: str
    key_type: str

    def __str__(self) -> str:
        return "/".join(quote(part, safe="") for part in (self.application_id, self.key_manager_id, self.key_type))

    @classmethod
    def of(cls, id: str) -> "Place":
        """The parts of a resource's id."""
        parts = [unquote(part) for part in id.rsplit("/", 2)]
        if len(parts) != 3 or not all(parts) or parts[2] not in ("PRODUCTION", "SANDBOX"):
            raise InvalidInput(f"The id {id} is not <application id>/<key manager id>/<PRODUCTION or SANDBOX>")
        return cls(*parts)


class Client(Kind):
    """A client id that stands for an application in Bijira."""

    name: ClassVar[str] = "ApplicationClient"
    type_name: ClassVar[str] = "bijira:ApplicationClient"
    title: ClassVar[str] = "application client"
    inputs = ClientInputs
    outputs = ClientOutputs
    refers_to: ClassVar[tuple[str, ...]] = ("Application", "KeyManager")

    def replaces(self, id: str, old: Bag, new: Bag, unknown: IsUnknown = known) -> list[str]:
        """The key type; another key manager than the stored one, however named; another application."""
        place, found = Place.of(id), super().replaces(id, old, new, unknown)
        manager = new.get("keyManager")
        stored = (place.key_manager_id, old.get("keyManagerName"), old.get("keyManager"))
        if manager is not None and not unknown(manager) and manager not in stored:
            found.append("keyManager")
        attached = new.get("applicationId")
        if attached is not None and not unknown(attached) and attached != place.application_id:
            found.append("applicationId")
        if "applicationId" in old and "applicationName" in new:
            found.append("applicationName")
        return sorted(found)

    def create(self, platforms: Platforms, inputs: Bag) -> Made:
        """List the key managers, find the named APIs, make the application, map the client id, subscribe."""
        bijira = platforms.bijira
        _refuse_what_it_cannot(bijira, inputs)
        manager = _manager(platforms, inputs.get("keyManager"))
        wanted, api_ids = resolve(bijira, inputs.get("subscriptions", []), {})
        with undoing() as undo:
            made = None if "applicationId" in inputs else self._application(bijira, inputs, undo)
            application_id = made.value.id if made else inputs["applicationId"]
            # An application that was there before stays, so what is made on it is taken back by itself.
            stays = made is None or made.adopted
            place, adopt = Place(application_id, manager.id, inputs["keyType"]), inputs.get("adopt") is True
            mapped = _map(bijira, place, manager, inputs, adopt=adopt)
            mapping = mapped.value
            if stays and not mapped.adopted:
                undo.push(f"the mapping {mapping.id}", lambda: bijira.unmap(application_id, mapping.id))
            subscribed = {}
            for api_id, plan in wanted.items():
                one = subscribe(bijira, application_id, api_id, plan, adopt=adopt)
                subscribed[api_id] = one.value.id
                if stays and not one.adopted:
                    undo.push(f"the subscription {one.value.id}", partial(bijira.unsubscribe, one.value.id))
            if made and made.adopted:
                _bring(bijira, made.value, inputs)
        endpoint = {"tokenEndpoint": mapping.token_endpoint or manager.token_endpoint}
        return Made(str(place), _connection_data(manager) | endpoint | _ids(mapping, subscribed, api_ids))

    @staticmethod
    def _application(bijira: Bijira, inputs: Bag, undo: Undo) -> Created[Application]:
        """Make the application, or find the one to take over; that is changed when all else has been carried out."""
        name, description = inputs["applicationName"], inputs.get("description", "")
        policy = inputs["throttlingPolicy"]

        def take_over(found: Application) -> Application:
            if found.name != name:
                raise taken(found)
            return found

        def taken(found: Application) -> AlreadyExists:
            if found.name != name:
                return AlreadyExists(
                    f"Bijira: the application {found.name} has the id {found.id}, which one named {name} would get; it "
                    "was renamed. Choose another application_name, or attach to it with application_id"
                )
            return AlreadyExists(
                f"Bijira: the application {name} exists already, its id is {found.id}. Set adopt=True to take it over, "
                "attach to it with application_id, or choose another application_name"
            )

        adopting = inputs.get("adopt") is True
        if adopting and not bijira.can.unique_names:
            existing = bijira.find_application(name)
            if existing:
                return Created(existing, adopted=True)
        made = create_once(
            lambda: bijira.create_application(name, description, policy),
            lambda: bijira.find_made_application(name),
            is_ours=lambda found: (
                (found.name, found.description, found.throttling_policy) == (name, description, policy)
            ),
            taken=taken,
            adopt=take_over if adopting else None,
        )
        application = made.value
        if not made.adopted:
            undo.push(f"the application {name} with the id {application.id}", lambda: _delete(bijira, application.id))
        if not application.is_approved:
            raise InvalidInput(
                f"Bijira: the application {name} waits for approval (status {application.status}). Have new "
                "applications approved by themselves in the console's workflow settings, or attach to an approved one"
            )
        return made

    def find(self, platforms: Platforms, inputs: Bag) -> Made | None:
        """By its application, and the key manager that it would be mapped under."""
        bijira = platforms.bijira
        manager = _manager(platforms, inputs.get("keyManager"))
        application_id = inputs.get("applicationId")
        if application_id is None:
            application = bijira.find_application(inputs["applicationName"])
            if application is None:
                return None
            application_id = application.id
        return Made(str(Place(application_id, manager.id, inputs["keyType"])), _connection_data(manager))

    def listed(self, platforms: Platforms) -> Iterator[Listed]:
        """One for each mapping: the application's first makes the application, the others attach to it."""
        bijira = platforms.bijira
        managers = bijira.key_managers()
        for application in bijira.applications():
            mappings = bijira.mappings(application.id)
            if not mappings:
                hidden = "the API Portal shows no client id; declare it with adopt=True"
                why_not = "the application has no client id" if bijira.can.reads_mappings else hidden
                yield Listed(application.name, why_not=why_not)
            for index, mapping in enumerate(mappings):
                manager = next((one for one in managers if one.is_called(mapping.key_manager)), None)
                if manager is None:
                    yield Listed(application.name, why_not=f"its key manager {mapping.key_manager} is not listed")
                    continue
                id_ = str(Place(application.id, manager.id, mapping.key_type))
                yield Listed(application.name, id_, partial(_attached, application.id) if index else dict)

    def referred_as(self, id: str, outputs: Bag) -> dict[str, str]:
        """The application has no id of its own among the outputs."""
        return {id: "id", Place.of(id).application_id: "application_id"}

    def read(self, platforms: Platforms, id: str, wanted: Collection[str], bag: Bag) -> Live | None:
        """GET the application and its mappings; its subscriptions where they are declared."""
        bijira, place = platforms.bijira, Place.of(id)
        application = bijira.application(place.application_id)
        if application is None:
            return None
        inputs: Bag = {"applicationName": application.name, "applicationId": application.id}
        inputs |= {"description": application.description, "throttlingPolicy": application.throttling_policy}
        inputs |= {"keyType": place.key_type}
        outputs = {key: value for key, value in self.outputs_of(bag).items() if key != "keyMappingId"}
        if not bag:
            outputs |= _connection_data(_manager(platforms, place.key_manager_id))
            del inputs["applicationId"]
        inputs["keyManager"] = bag.get("keyManager", outputs.get("keyManagerName"))
        names = (place.key_manager_id, outputs.get("keyManagerName"))
        if not bijira.can.reads_mappings:
            inputs |= {key: bag[key] for key in ("clientId",) if key in bag}
            outputs |= {key: bag[key] for key in ("keyMappingId",) if key in bag}
        for mapping in bijira.mappings(application.id):
            if mapping.key_type == place.key_type and mapping.key_manager in names:
                inputs["clientId"] = mapping.client_id
                outputs["keyMappingId"] = mapping.id
        if "subscriptions" in wanted:
            live = bijira.subscriptions(application.id)
            inputs["subscriptions"], shown = in_declared_form(live, bag)
            outputs |= {"subscriptionIds": {one.api.id: one.id for one in shown}, "apiIds": api_ids_of(shown, bag)}
        return Live(inputs, outputs)

    def change(self, platforms: Platforms, id: str, old: Bag, new: Bag) -> Bag:
        """The application's own fields, then the client id, then one request per subscription."""
        bijira, place, outputs = platforms.bijira, Place.of(id), self.outputs_of(old)
        _refuse_what_it_cannot(bijira, new)
        fields = {key: new[key] for key in _APPLICATION if key in changed(old, new)}
        if fields:
            names = {"applicationName": "name"}
            bijira.change_application(
                place.application_id, {names.get(key, key): value for key, value in fields.items()}
            )
        if "clientId" in changed(old, new):
            outputs["keyMappingId"] = self._remap(bijira, place, old, new).id
        if "subscriptions" in changed(old, new):
            outputs |= change_subscriptions(bijira, place.application_id, old, new)
        return outputs

    @staticmethod
    def _remap(bijira: Bijira, place: Place, old: Bag, new: Bag) -> Mapping:
        """Unmap and map, or map alone. Repeated after a lost half, it finds the first done and does the second."""
        manager = KeyManager.unseen(place.key_manager_id, old.get("keyManagerName"))
        if "keyMappingId" in old and not bijira.can.replaces_mappings:
            bijira.unmap(place.application_id, old["keyMappingId"])
        return _map(bijira, place, manager, new, adopt=True).value

    def delete(self, platforms: Platforms, id: str, bag: Bag) -> None:
        """An application of ours goes with all that it has; an attached one keeps what we did not declare."""
        bijira, place = platforms.bijira, Place.of(id)
        if "applicationName" in bag:
            _delete(bijira, place.application_id)
            return
        for subscription_id in bag.get("subscriptionIds", {}).values():
            bijira.unsubscribe(subscription_id)
        if "keyMappingId" in bag:
            bijira.unmap(place.application_id, bag["keyMappingId"])

    def check_id(self, id: str) -> None:
        """It has three parts."""
        Place.of(id)


def _attached(application_id: str, inputs: Bag) -> Bag:
    """Another client of an application that is there."""
    return {"applicationId": application_id, **{key: inputs[key] for key in ("clientId", "keyManager", "keyType")}}


def _refuse_what_it_cannot(bijira: Bijira, inputs: Bag) -> None:
    """Say what this back end has no place for, before anything is sent."""
    can, found = bijira.can, []
    if inputs.get("subscriptions") and not can.ties_subscriptions:
        found.append(
            "subscriptions: the API Portal ties a subscription to a user and not to an application. Remove it, and "
            "subscribe in the portal"
        )
    if inputs.get("throttlingPolicy", "Unlimited") != "Unlimited" and not can.has_policies:
        found.append("throttling_policy: the API Portal's applications have none. Remove it")
    if inputs.get("clientSecret") and not can.takes_secrets:
        found.append("client_secret: the API Portal takes a client id alone. Remove it")
    if found:
        raise InvalidInput("; ".join(found))


def _manager(platforms: Platforms, named: str | None) -> KeyManager:
    """The key manager that is meant. One that is named is taken at its word by whoever may not list them."""
    bijira, wanted = platforms.bijira, named or platforms.settings.bijira.key_manager
    try:
        return choose(bijira, wanted)
    except ApiProblem as refusal:
        if refusal.status != 403 or not wanted or bijira.can.lists_key_managers_to_all:
            raise
        return KeyManager.unseen(wanted)


def _bring(bijira: Bijira, found: Application, inputs: Bag) -> None:
    """The application's own fields to what is declared."""
    description = inputs.get("description", found.description)
    wished = {"description": description, "throttlingPolicy": inputs["throttlingPolicy"]}
    if (found.description, found.throttling_policy) != tuple(wished.values()):
        bijira.change_application(found.id, wished)


def _delete(bijira: Bijira, application_id: str) -> None:
    bijira.delete_application(application_id)


def _map(bijira: Bijira, place: Place, manager: KeyManager, inputs: Bag, *, adopt: bool) -> Created[Mapping]:
    client_id, application_id = inputs["clientId"], place.application_id

    def look_up() -> Mapping | None:
        return next((one for one in bijira.mappings(application_id) if one.is_at(manager, place.key_type)), None)

    def send() -> Mapping | None:
        made = bijira.map_client(application_id, manager, place.key_type, client_id, inputs.get("clientSecret"))
        return made if made and made.id else look_up()

    def taken(found: Mapping | None) -> AlreadyExists:
        holder = found.client_id if found else "another client"
        hint = "Set adopt=True to take it over" if holder == client_id else "Remove it there, or run pulumi refresh"
        return AlreadyExists(
            f"Bijira: the application {application_id} has the client {holder} under {manager.name} "
            f"({place.key_type}) already. {hint}"
        )

    def take_over(found: Mapping | None) -> Mapping | None:
        if found is None or found.client_id != client_id:
            raise taken(found)
        return found

    try:
        made = create_once(
            send,
            look_up,
            is_ours=lambda found: found is not None and found.client_id == client_id,
            taken=taken,
            adopt=take_over if adopt else None,
        )
    except Conflict:
        raise AlreadyExists(
            f"Bijira: the client {client_id} stands for another application under {manager.name} already, and a client "
            "can stand for one only. Remove it there, or use the client of another Asgardeo application"
        ) from None
    except NotFound as missing:
        raise Gone(
            f"{missing} | The application {application_id} and the key manager {manager.name} must exist: check "
            "application_id and key_manager"
        ) from None
    if made.value is None:
        raise Gone(f"Bijira mapped the client {client_id} and does not show the mapping. Run pulumi up again")
    return Created(made.value, made.adopted)


def _connection_data(manager: KeyManager) -> Bag:
    return {
        "keyManagerId": manager.id,
        "keyManagerName": manager.name,
        "tokenEndpoint": manager.token_endpoint,
        "revokeEndpoint": manager.revoke_endpoint,
        "availableGrantTypes": list(manager.grant_types),
    }


def _ids(mapping: Mapping, subscribed: dict[str, str], api_ids: dict[str, str]) -> Bag:
    return {"keyMappingId": mapping.id, "subscriptionIds": subscribed, "apiIds": api_ids}
