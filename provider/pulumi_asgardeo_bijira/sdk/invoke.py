"""How a look-up asks: the platform whenever the program runs, or the mocks of a unit test.

Where `pulumi.runtime.set_mocks` has put mocks in the engine's place, nothing is sent: their `call` answers for
`asgardeo-bijira:index:getApi` and so on. It is given the arguments, and returns the result's attributes in camelCase.
"""

import asyncio
import os
import typing
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from typing import Any, TypeVar

import pulumi
from pulumi.output import UNKNOWN

from ..naming import camel
from .provider import Provider
from .role_warning import note_look_up
from .stack_config import stack_config

__all__ = ("look_up",)

T = TypeVar("T")


def look_up(function: str, result: type[T], provider: Provider | None, **arguments: Any) -> pulumi.Output[T]:
    """Ask the platform, or the mocks where `pulumi.runtime.set_mocks` has put some in the engine's place."""
    given = {key: value for key, value in arguments.items() if value is not None}
    if isinstance(pulumi.runtime.settings.get_monitor(), pulumi.runtime.mocks.MockMonitor):
        options = pulumi.InvokeOptions(provider=provider)
        found = pulumi.runtime.invoke_output(f"asgardeo-bijira:index:{function}", given, options)
    else:
        found = _from_platform(function, provider, given)
        note_look_up(function, found)
    return found.apply(lambda properties: _typed(result, properties))


def _from_platform(function: str, provider: Provider | None, arguments: Mapping[str, Any]) -> pulumi.Output[Any]:
    """Ask once everything that it needs is known, beside the program's own loop. Settings may be secret, which makes
    nothing of the answer secret."""

    def ask(config: Mapping[str, str], known: Mapping[str, Any]) -> Any:
        from ..problem_log import record
        from ..resources import platforms_for
        from ..resources.lookups import handlers
        from ..scope_log import are_asked_for
        from ..settings import Settings
        from ..transport import Problem, listen

        listen()
        try:
            return handlers.look_up(function, platforms_for(Settings(config, dict(os.environ))), known)
        except Problem as problem:
            record(problem)
            if are_asked_for():
                return UNKNOWN
            raise pulumi.RunError(str(problem)) from None

    async def beside(known: Sequence[Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(None, ask, *known)

    config = dict(provider.settings) if provider else stack_config()
    settings = pulumi.Output.unsecret(pulumi.Output.from_input(config))
    return pulumi.Output.all(settings, dict(arguments)).apply(beside)


def _typed(result: type[T], properties: Mapping[str, Any]) -> T:
    """Properties as an object; what a mock leaves out is None."""
    types = typing.get_type_hints(result)
    return result(**{name: _value(type_, properties.get(camel(name))) for name, type_ in types.items()})


def _value(type_: Any, value: Any) -> Any:
    """A value, with the objects in a list made those of its type."""
    item = next(iter(typing.get_args(type_)), None)
    return [_typed(item, one) for one in value or ()] if isinstance(item, type) and is_dataclass(item) else value
