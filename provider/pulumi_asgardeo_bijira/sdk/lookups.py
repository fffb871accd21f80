"""Look-ups of what exists: plain functions whose results are known in a preview too.

    wso2.get_api(identifier="https://api.example.com/orders").id

Each sends its requests whenever the program runs, and raises where there is not exactly one. In a unit test with
`pulumi.runtime.set_mocks` it sends none: the mocks' `call` answers for `asgardeo-bijira:index:getApi` and so on. It is
given the arguments, and returns the result's attributes in camelCase.
"""

import asyncio
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import pulumi

from ..naming import camel
from .provider import Provider

__all__ = (
    "ApiResult",
    "ApplicationResult",
    "BijiraApiResult",
    "KeyManagerResult",
    "ScopeResult",
    "get_api",
    "get_application",
    "get_bijira_api",
    "get_key_manager",
)

T = TypeVar("T")


@dataclass(frozen=True)
class ScopeResult:
    """A scope of an API."""

    name: str
    display_name: str
    description: str


@dataclass(frozen=True)
class ApiResult:
    """An API in Asgardeo."""

    id: str
    identifier: str
    name: str
    description: str
    requires_authorization: bool
    scopes: Sequence[ScopeResult]


@dataclass(frozen=True)
class ApplicationResult:
    """An application in Asgardeo, without its secret."""

    id: str
    name: str
    description: str
    client_id: str
    issuer: str
    token_endpoint: str
    jwks_endpoint: str


@dataclass(frozen=True)
class BijiraApiResult:
    """A published API in Bijira."""

    id: str
    name: str
    version: str


@dataclass(frozen=True)
class KeyManagerResult:
    """A key manager in Bijira."""

    id: str
    name: str
    token_endpoint: str
    revoke_endpoint: str
    available_grant_types: Sequence[str]


def get_api(*, identifier: pulumi.Input[str], provider: Provider | None = None) -> pulumi.Output[ApiResult]:
    """The API in Asgardeo with this identifier."""
    return _looked_up("getApi", ApiResult, provider, identifier=identifier)


def get_application(*, name: pulumi.Input[str], provider: Provider | None = None) -> pulumi.Output[ApplicationResult]:
    """The application in Asgardeo with this name."""
    return _looked_up("getApplication", ApplicationResult, provider, name=name)


def get_key_manager(
    *, name: pulumi.Input[str] | None = None, provider: Provider | None = None
) -> pulumi.Output[KeyManagerResult]:
    """The key manager in Bijira with this name or id; without one, the only enabled external one."""
    return _looked_up("getKeyManager", KeyManagerResult, provider, name=name)


def get_bijira_api(
    *, name: pulumi.Input[str], version: pulumi.Input[str], provider: Provider | None = None
) -> pulumi.Output[BijiraApiResult]:
    """The published API in Bijira with this name and version."""
    return _looked_up("getBijiraApi", BijiraApiResult, provider, name=name, version=version)


def _looked_up(function: str, result: type[T], provider: Provider | None, **arguments: Any) -> pulumi.Output[T]:
    """Ask the platform, or the mocks where `pulumi.runtime.set_mocks` has put some in the engine's place."""
    given = {key: value for key, value in arguments.items() if value is not None}
    if isinstance(pulumi.runtime.settings.get_monitor(), pulumi.runtime.mocks.MockMonitor):
        options = pulumi.InvokeOptions(provider=provider)
        found = pulumi.runtime.invoke_output(f"asgardeo-bijira:index:{function}", given, options)
    else:
        found = _from_platform(function, provider, given)
    return found.apply(lambda properties: _typed(result, properties))


def _from_platform(function: str, provider: Provider | None, arguments: Mapping[str, Any]) -> pulumi.Output[Any]:
    """Ask once everything that it needs is known, beside the program's own loop. Settings may be secret, which makes
    nothing of the answer secret."""

    def ask(config: Mapping[str, str], known: Mapping[str, Any]) -> Mapping[str, Any]:
        from ..resources import platforms_for
        from ..resources.lookups import LOOK_UPS
        from ..settings import Settings
        from ..transport import Problem, operation

        try:
            with operation():
                return LOOK_UPS[function](platforms_for(Settings(config, dict(os.environ))), **known)
        except Problem as problem:
            raise pulumi.RunError(str(problem)) from None

    async def beside(known: Sequence[Any]) -> Mapping[str, Any]:
        return await asyncio.get_running_loop().run_in_executor(None, ask, *known)

    config = dict(provider.settings) if provider else _stack_config()
    settings = pulumi.Output.unsecret(pulumi.Output.from_input(config))
    return pulumi.Output.all(settings, dict(arguments)).apply(beside)


def _typed(result: type[T], properties: Mapping[str, Any]) -> T:
    """Properties as an object; what a mock leaves out is None."""
    values = {one.name: properties.get(camel(one.name)) for one in fields(result)}  # type: ignore[arg-type]
    if result is ApiResult:
        values["scopes"] = [_typed(ScopeResult, scope) for scope in values["scopes"] or ()]
    return result(**values)


def _stack_config() -> Mapping[str, str]:
    """The stack's settings of this package, as the program sees them."""
    from ..settings import all_keys

    found = {key: pulumi.runtime.get_config(key) for key in sorted(all_keys())}
    return {key: value for key, value in found.items() if value is not None}
