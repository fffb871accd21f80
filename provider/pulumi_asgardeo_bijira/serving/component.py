"""Serves components: makes them, by the SDK's servicer, and answers for those that cannot be finished."""

import asyncio
from collections.abc import Mapping
from typing import Any

import grpc
import pulumi
from pulumi.provider import ConstructResult, Provider
from pulumi.provider.server import ProviderServicer

__all__ = ("ComponentServicer", "Components")

_LEFT = "the run ended before all its parts were there; what ended it is told beside this"


class Components(Provider):
    """What the SDK's servicer makes components with."""

    #: The instance of the plugin that this is, as the engine names it.
    instance = ""

    def construct(
        self, name: str, resource_type: str, inputs: Mapping[str, Any], options: pulumi.ResourceOptions | None = None
    ) -> ConstructResult:
        """Make a component and tell what a program sees of it."""
        from .secured_api import SecuredApi

        if resource_type != SecuredApi.token:
            raise pulumi.RunError(f"{resource_type} is no component of this plugin")
        made = SecuredApi(name, options, inputs, self._version_of_parts)
        return ConstructResult(made.urn, made.shown)

    @property
    def _version_of_parts(self) -> str | None:
        """What leads the parts to this very instance: by another version they would have one of their own. A program
        that names no version, as in hand-written YAML, is served by an instance without one."""
        return None if self.instance == "default" else self.version


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
