"""Look-ups of what exists: plain functions whose results are known in a preview too.

    wso2.get_api(identifier="https://api.example.com/orders").id

Each sends its requests whenever the program runs, and raises where there is not exactly one.
"""

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import pulumi

from .provider import Provider

if TYPE_CHECKING:
    from ..resources import Platforms

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

    def look(platforms: "Platforms", identifier: str) -> ApiResult:
        from ..resources import lookups

        found = lookups.api(platforms, identifier)
        scopes = [ScopeResult(one["name"], one["displayName"], one["description"]) for one in found["scopes"]]
        return ApiResult(
            found["id"], identifier, found["name"], found["description"], found["requiresAuthorization"], scopes
        )

    return _looked_up(look, provider, identifier)


def get_application(*, name: pulumi.Input[str], provider: Provider | None = None) -> pulumi.Output[ApplicationResult]:
    """The application in Asgardeo with this name."""

    def look(platforms: "Platforms", name: str) -> ApplicationResult:
        from ..resources import lookups

        found = lookups.application(platforms, name)
        addresses = platforms.asgardeo.endpoints
        return ApplicationResult(
            found["id"],
            name,
            found["description"],
            found["clientId"],
            addresses.issuer,
            addresses.token_endpoint,
            addresses.jwks_endpoint,
        )

    return _looked_up(look, provider, name)


def get_key_manager(
    *, name: pulumi.Input[str] | None = None, provider: Provider | None = None
) -> pulumi.Output[KeyManagerResult]:
    """The key manager in Bijira with this name or id; without one, the only enabled external one."""

    def look(platforms: "Platforms", name: str | None) -> KeyManagerResult:
        from ..resources import lookups

        found = lookups.key_manager(platforms, name)
        return KeyManagerResult(
            found.id, found.name, found.token_endpoint, found.revoke_endpoint, list(found.grant_types)
        )

    return _looked_up(look, provider, name)


def get_bijira_api(
    *, name: pulumi.Input[str], version: pulumi.Input[str], provider: Provider | None = None
) -> pulumi.Output[BijiraApiResult]:
    """The published API in Bijira with this name and version."""

    def look(platforms: "Platforms", name: str, version: str) -> BijiraApiResult:
        from ..resources import lookups

        found = lookups.bijira_api(platforms, name, version)
        return BijiraApiResult(found.id, found.name, found.version)

    return _looked_up(look, provider, name, version)


def _looked_up(look: Callable[..., T], provider: Provider | None, *arguments: Any) -> pulumi.Output[T]:
    """Run it once everything that it needs is known, beside the program's own loop."""

    def run(known: Sequence[Any]) -> T:
        from ..resources import platforms_for
        from ..settings import Settings
        from ..transport import Problem, operation

        config, *given = known
        try:
            with operation():
                return look(platforms_for(Settings(config, dict(os.environ))), *given)
        except Problem as problem:
            raise pulumi.RunError(str(problem)) from None

    async def beside(known: Sequence[Any]) -> T:
        return await asyncio.get_running_loop().run_in_executor(None, run, known)

    config = dict(provider.settings) if provider else _stack_config()
    return pulumi.Output.all(config, *arguments).apply(beside)


def _stack_config() -> Mapping[str, str]:
    """The stack's settings of this package, as the program sees them."""
    from ..settings import all_keys

    found = {key: pulumi.runtime.get_config(key) for key in sorted(all_keys())}
    return {key: value for key, value in found.items() if value is not None}
