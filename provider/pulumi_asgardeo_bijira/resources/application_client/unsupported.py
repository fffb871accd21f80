"""What a back end of Bijira has no place for, told before anything is sent."""

from collections.abc import Iterator

from ...clients.bijira import Bijira, Capabilities
from ..handler import Unsupported
from ..schema import IsUnknown, PropertyMap, known

__all__ = ("refuse_unsupported", "unsupported")


def unsupported(
    can: Capabilities, inputs: PropertyMap, unknown: IsUnknown = known, *, where_from: str = ""
) -> Iterator[Unsupported]:
    """What this back end has no place for; `where_from` says where a name comes from that nobody declared."""
    policy, secret = inputs.get("throttlingPolicy", "Unlimited"), inputs.get("clientSecret")
    if inputs.get("subscriptions") and not can.ties_subscriptions:
        yield Unsupported(
            "the API Portal ties a subscription to a user and not to an application",
            subject="subscriptions",
            action="Remove it, and subscribe in the portal",
        )
    if policy != "Unlimited" and not unknown(policy) and not can.has_policies:
        yield Unsupported("the API Portal's applications have none", subject="`throttling_policy`", action="Remove it")
    for key in ("attributes", "groups"):
        if inputs.get(key) and not can.has_attributes:
            yield Unsupported("the API Portal's applications have none", subject=key, action="Remove it")
    name = inputs.get("applicationName", "")
    strange = "" if unknown(name) else " ".join(sorted(set(name) & set(can.not_in_names)))
    if strange:
        yield Unsupported(
            f"Bijira takes no {strange} in an application's name",
            subject="`application_name`",
            action=f"{where_from or 'Choose another name'}; it may have any but {' '.join(can.not_in_names)}",
        )
    if secret and not can.takes_secrets:
        yield Unsupported("the API Portal takes a client id alone", subject="`client_secret`", action="Remove it")


def refuse_unsupported(bijira: Bijira, inputs: PropertyMap) -> None:
    """The same once every value is known, before anything is sent."""
    for problem in unsupported(bijira.can, inputs):
        raise problem
