"""What is made on an application: the mapping of the client id, and the subscriptions.

The platform keeps them apart, so on an application of our own they go out together. On one that was there before the
mapping comes first: only where it is admitted is anything else of that application ours to change.
"""

from collections.abc import Mapping
from functools import partial

from ...clients.bijira import Bijira, KeyManager, KeyMapping
from ...transport import together
from ..idempotency import Undo
from ..schema import PropertyMap
from .mappings import MappingKey, map_client
from .subscriptions import subscribe

__all__ = ("map_and_subscribe",)


def map_and_subscribe(
    bijira: Bijira,
    at: MappingKey,
    manager: KeyManager,
    inputs: PropertyMap,
    plans: Mapping[str, str],
    undo: Undo,
    *,
    stays: bool,
) -> tuple[KeyMapping, dict[str, str]]:
    """Map the client, and subscribe to each API with its plan: the mapping, and the subscription's id for each API.

    An application that `stays` where this fails gets each taken back by itself.
    """
    adopt = inputs.get("adopt") is True

    def mapped() -> KeyMapping:
        made = map_client(bijira, at, manager, inputs, adopt=adopt, new=not stays)
        # Where another's mapping is replaced without a word, nobody knows what was there before.
        if stays and not made.adopted and not bijira.can.replaces_mappings:
            undo.push(f"the mapping {made.value.id}", partial(bijira.unmap, at.application_id, made.value.id))
        return made.value

    def subscribed(api_id: str, plan: str) -> str:
        made = subscribe(bijira, at.application_id, api_id, plan, adopt=adopt, new=not stays)
        if stays and not made.adopted:
            undo.push(f"the subscription {made.value.id}", partial(bijira.unsubscribe, made.value.id))
        return made.value.id

    def all_subscribed() -> dict[str, str]:
        ids = together(*(partial(subscribed, api_id, plan) for api_id, plan in plans.items()))
        return dict(zip(plans, ids, strict=True))

    return (mapped(), all_subscribed()) if stays else together(mapped, all_subscribed)
