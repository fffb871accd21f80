"""Components: the plugin makes their parts as a program would, out of its own resources.

A part also takes over what the same component of a Python program has made: that was of another type.
"""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

import grpc
import pulumi
from pulumi.provider import ConstructResult, Provider
from pulumi.provider.server import ProviderServicer

from ..naming import PythonNames, camel, snake
from ..resources.declaration import Declaration
from ..resources.secured_api.declaration import SECURED_API
from ..wiring import SecuredApiWiring

__all__ = ("ComponentServicer", "Components")

_LEFT = "the run ended before all its parts were there; what ended it is told beside this"


class _Part(PythonNames, pulumi.CustomResource):
    """A resource of the plugin."""

    def __init__(
        self,
        declaration: Declaration,
        version: str | None,
        resource_name: str,
        opts: pulumi.ResourceOptions,
        **inputs: Any,
    ) -> None:
        before = pulumi.Alias(type_=declaration.dynamic_type)
        properties = dict.fromkeys([*declaration.inputs.model_fields, *declaration.outputs.model_fields])
        super().__init__(
            declaration.token,
            resource_name,
            properties | inputs,
            pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(version=version, aliases=[before])),
        )


class _SecuredApi(SecuredApiWiring):
    _role_fields = SECURED_API.several["roles"].fields

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None,
        inputs: Mapping[str, Any],
        version_of_parts: str | None,
    ) -> None:
        super().__init__(SECURED_API.token, resource_name, None, opts)
        self._makers = {name: partial(_Part, kind, version_of_parts) for name, kind in SECURED_API.kinds.items()}
        self._wire(resource_name, **inputs)


class Components(Provider):
    """What the SDK's servicer makes components with."""

    #: The instance of the plugin that this is, as the engine names it.
    instance = ""

    def construct(
        self, name: str, resource_type: str, inputs: Mapping[str, Any], options: pulumi.ResourceOptions | None = None
    ) -> ConstructResult:
        """Make a component and tell what a program sees of it."""
        if resource_type != SECURED_API.token:
            raise pulumi.RunError(f"{resource_type} is no component of this plugin")
        made = _SecuredApi(name, options, _judged(inputs), self._version_of_parts)
        shown = (*SECURED_API.kinds, *SECURED_API.outputs, *SECURED_API.computed.model_fields)
        return ConstructResult(made.urn, {camel(output): getattr(made, output) for output in shown})

    @property
    def _version_of_parts(self) -> str | None:
        """What leads the parts to this very instance: by another version they would have one of their own. A program
        that names no version, as in hand-written YAML, is served by an instance without one."""
        return None if self.instance == "default" else self.version


def _judged(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs as Python spells them. Their values are judged by the parts that get them."""
    known = (*SECURED_API.inputs, *SECURED_API.several)
    if wrong := sorted(inputs.keys() - {camel(name) for name in known}):
        raise pulumi.RunError(f"{wrong[0]}: is not a property, there are: {', '.join(camel(name) for name in known)}")
    if inputs.get("identifier") is None:
        raise pulumi.RunError("identifier: is required")
    return {snake(name): value for name, value in inputs.items()}


class ComponentServicer(ProviderServicer):
    """Serves the components; the other methods of the protocol are for whoever derives from it."""

    def __init__(self, components: Components, arguments: list[str], engine_address: str) -> None:
        super().__init__(components, arguments, engine_address)
        #: What makes a component just now, and who waits for it.
        self._making: dict[asyncio.Task[Any], asyncio.Task[Any] | None] = {}

    async def Construct(self, request: Any, context: Any) -> Any:  # noqa: N802  # the protocol's name
        """Make a component; what is wrong with it is told in one line."""
        making = asyncio.ensure_future(self._construct(request, context))
        self._making[making] = asyncio.current_task()
        try:
            return await making
        except pulumi.RunError as wrong:
            await context.abort(grpc.StatusCode.UNKNOWN, str(wrong))
        except asyncio.CancelledError:
            await context.abort(grpc.StatusCode.CANCELLED, _LEFT)
        finally:
            del self._making[making]

    async def leave_components(self) -> None:
        """Answer for every component that is not complete: once a part has failed, an engine says so there, answers
        nothing more, and would wait for the component while this waits for its parts."""
        waiting = [task for task in self._making.values() if task]
        for making in self._making:
            making.cancel()
        if waiting:
            await asyncio.wait(waiting)
