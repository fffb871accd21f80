"""How one control plane differs from another: versions of the server, stricter set-ups, faults that were met."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

__all__ = ("Behaviour",)


class Behaviour(BaseModel):
    """The defaults are Bijira's.

    Older servers: `lists_oauth_keys` and `deletes_oauth_keys` say whether these addresses are there (before, `keys` and
    `clean-up` were), `absent_status` what stands there instead; `tells_missing_mappings` whether reading one mapping
    that is not there is a 404 or an empty answer; `searches_applications_exactly` whether a query is the whole name or
    a part of it; `names_key_managers` whether mappings are listed with their key manager's name or its id;
    `pages_subscriptions` whether their list tells its pages.

    Stricter set-ups: `approves_applications`, `approves_subscriptions`, `approves_plan_changes`, `approves_deletions`
    make these wait for somebody; `queues_plan_changes` says whether a change of plan is taken while another one waits,
    which it then displaces; and `pending_answer` is how waiting is told: `accepted` (202 and the object), `created`
    (as if nothing waited; only its status tells) or `workflow` (202 and no object, as the description has it).
    `verifies_secrets`: a client is looked up and its secret compared when it is mapped. `application_attributes`: the
    only ones that applications have (none given: any), and `required_attributes` those that every one must have.
    `shares_groups`: whether groups are kept.
    `hides_applications_of_others`: whether somebody else's application is a 404 and not a 403.

    Faults: the next `ghost_mappings` mappings are written and then fail with a 500; with `lists_ghosts` off the lists
    do not show these, and only the deletion of the application removes them. `loads_key_managers_after`: how many
    mappings are refused under a key manager that was just made.
    """

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")

    lists_oauth_keys: bool = True
    deletes_oauth_keys: bool = True
    absent_status: Literal[404, 405] = 405
    tells_missing_mappings: bool = True
    searches_applications_exactly: bool = True
    names_key_managers: bool = True
    pages_subscriptions: bool = True
    approves_applications: bool = False
    approves_subscriptions: bool = False
    approves_plan_changes: bool = False
    approves_deletions: bool = False
    queues_plan_changes: bool = False
    pending_answer: Literal["accepted", "created", "workflow"] = "accepted"
    verifies_secrets: bool = False
    application_attributes: list[str] | None = None
    required_attributes: list[str] = []
    shares_groups: bool = False
    hides_applications_of_others: bool = False
    ghost_mappings: int = 0
    lists_ghosts: bool = True
    loads_key_managers_after: int = 0
