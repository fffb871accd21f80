"""The warning of a preview that people would get tokens without a scope.

Under the policy RBAC a person's token has only what a role of the person permits, and without a role the platform
answers as if all were well. So a preview says it beforehand: once, when the program has declared what it declares.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import pulumi

from ..oauth import grants_by_type, grants_of_people
from .provider import Provider
from .stack_config import stack_config

__all__ = ("note_look_up", "note_resource")

#: Rounds of the event loop in which what has waited for one resource declares another.
_ROUNDS = 20

Inputs = Mapping[str, Any]


@dataclass
class _Program:
    """What a program has declared so far of whoever signs in and of roles."""

    applications: dict[pulumi.CustomResource, Inputs] = field(default_factory=dict)
    #: The application of each role; None where it is the organisation's.
    roles: list[Any] = field(default_factory=list)
    #: Whether there are roles that are not declared here.
    others: bool = False
    #: What may yet declare more.
    pending: list[pulumi.Output[Any]] = field(default_factory=list)


_PROGRAMS: WeakKeyDictionary[pulumi.Resource, _Program] = WeakKeyDictionary()


def note_resource(kind: str, resource: pulumi.CustomResource, inputs: Inputs, *, is_read: bool) -> None:
    """Remember an application or a role, and any resource for what may depend on it."""
    program = _running()
    if program is None:
        return
    program.pending.append(resource.urn)
    if kind == "Application" and not is_read:
        program.applications[resource] = inputs
    elif kind == "Role" and is_read:
        program.others = True
    elif kind == "Role":
        program.roles.append(inputs.get("application_id"))


def note_look_up(function: str, found: pulumi.Output[Any]) -> None:
    """Remember a look-up, for what may depend on it; a role that is looked up is one that there is."""
    program = _running()
    if program is not None:
        program.pending.append(found)
        program.others = program.others or function == "getRole"


def _running() -> _Program | None:
    """The running program; None where it is no preview."""
    stack = pulumi.runtime.get_root_resource() if pulumi.runtime.is_dry_run() else None
    if stack is None:
        return None
    if stack not in _PROGRAMS:
        _PROGRAMS[stack] = _Program()
        _: pulumi.Output[str] = pulumi.Output.from_input(_warn(_PROGRAMS[stack]))  # so the program's end waits for it
    return _PROGRAMS[stack]


async def _warn(program: _Program) -> str:
    """Say it; and return what was said."""
    if not await _has_settled(program) or program.others:
        return ""
    lacking = [
        (application.pulumi_resource_name, grants)
        for application, inputs in program.applications.items()
        if (grants := await _grants_of_people(inputs))
        and "RBAC" in [policy async for policy in _policies(inputs.get("authorized_apis"))]
        and not await _has_role(program, application, inputs.get("allowed_audience"))
        and await _is_wanted(application)
    ]
    if not lacking:
        return ""
    from ..resources.role.lack import lack_of_roles

    pulumi.log.warn(line := lack_of_roles(lacking))
    return line


async def _has_settled(program: _Program) -> bool:
    """Wait until nothing declares more; whether all went well."""
    while program.pending:
        waited, program.pending = program.pending, []
        done, _ = await asyncio.wait([asyncio.ensure_future(one.future()) for one in waited])
        if any(task.exception() for task in done):
            return False
        for _ in range(_ROUNDS):
            await asyncio.sleep(0)
    return True


async def _known(value: Any) -> Any:
    """A value; None where it is not known, or not given."""
    return await pulumi.Output.from_input(value).future()


async def _grants_of_people(inputs: Inputs) -> list[str]:
    if inputs.get("grant_types") is None:
        return grants_by_type(await _known(inputs.get("application_type")))
    return grants_of_people(await _known(inputs["grant_types"]) or [])


async def _policies(rows: Any) -> AsyncIterator[str]:
    """The policies that are known of authorized APIs."""
    rows = await rows.future(with_unknowns=True) if isinstance(rows, pulumi.Output) else rows
    for row in rows if isinstance(rows, Sequence) else []:
        found = await row.future(with_unknowns=True) if isinstance(row, pulumi.Output) else row
        policy = found.get("policy") if isinstance(found, Mapping) else pulumi.get(found, "policy")
        yield "RBAC" if policy is None else await _known(policy) or ""


async def _has_role(program: _Program, application: pulumi.CustomResource, audience: Any) -> bool:
    """Whether a role counts for the application, as far as that is known."""
    whose = await _known(audience)
    for application_id in program.roles:
        if application_id is None:
            counts = whose != "APPLICATION"
        else:
            counts = whose != "ORGANIZATION" and await _is_of(pulumi.Output.from_input(application_id), application)
        if counts:
            return True
    return False


async def _is_of(application_id: pulumi.Output[Any], application: pulumi.CustomResource) -> bool:
    """Whether an id is the application's, or may be."""
    of = [one for one in await application_id.resources() if hasattr(one, "client_id")]
    id_ = await application_id.future()
    return application in of or (not of and id_ is None) or (id_ is not None and id_ == await application.id.future())


async def _is_wanted(application: pulumi.CustomResource) -> bool:
    """Whether the settings, those of a provider of its own or else the stack's, do not switch it off. They are read
    only here, where few programs come."""
    from ..settings import Settings
    from ..transport import Problem

    provider = application.get_provider(application.pulumi_resource_type)
    config = await _known(provider.settings) or {} if isinstance(provider, Provider) else stack_config()
    try:
        return Settings(config, dict(os.environ)).asgardeo.warns_of_roles
    except Problem as problem:
        raise pulumi.RunError(str(problem)) from None
