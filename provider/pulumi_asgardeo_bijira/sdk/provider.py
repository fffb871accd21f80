"""A second tenant in the same program: a provider instance with settings of its own."""

from typing import Any, cast

import pulumi

from ..naming import camel
from .objects import InputObject
from .settings import (
    SECRET_SETTINGS,
    AsgardeoSettingsArgs,
    AsgardeoSettingsArgsDict,
    BijiraSettingsArgs,
    BijiraSettingsArgsDict,
)
from .stack_config import stack_config

__all__ = ("Provider",)

_MARKER = "asgardeo:explicitProvider"
_STACK_PREFIX = "stack."


class Provider(pulumi.ProviderResource):
    """Settings of its own for the resources that name it (`opts.provider`), above environment and stack configuration.

    What it does not give is taken from there, each setting for itself. But where it gives an address, an organisation
    or a client id of its own, nothing that signs in comes from the stack. A change of a setting replaces nothing.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        asgardeo: AsgardeoSettingsArgs | AsgardeoSettingsArgsDict | None = None,
        bijira: BijiraSettingsArgs | BijiraSettingsArgsDict | None = None,
    ) -> None:
        """Declare it.

        :param resource_name: Name of the instance within the program.
        :param opts: Options that every provider instance has.
        :param asgardeo: Settings for Asgardeo.
        :param bijira: Settings for Bijira.
        """
        self.settings: dict[str, pulumi.Input[str]] = {
            **_of_stack(),
            **_settings("asgardeo", AsgardeoSettingsArgs, asgardeo),
            **_settings("bijira", BijiraSettingsArgs, bijira),
            _MARKER: "true",
        }
        super().__init__("pulumi-python", resource_name, dict(self.settings), opts)


def _of_stack() -> dict[str, pulumi.Input[str]]:
    """The stack's settings, of which the instance's process is told nothing else; what it takes is decided there."""
    secret = {camel(name) for name in SECRET_SETTINGS}
    return {
        f"{_STACK_PREFIX}{key}": pulumi.Output.secret(value)
        if key.partition(":")[2] in secret or pulumi.runtime.is_config_secret(key)
        else value
        for key, value in stack_config().items()
    }


def _settings(namespace: str, group: type[InputObject], given: object) -> dict[str, pulumi.Input[str]]:
    if given is None:
        return {}
    settings = given if isinstance(given, group) else group(**cast("dict[str, Any]", given))
    found = {name: getattr(settings, name) for name in settings.names()}
    return {
        f"{namespace}:{camel(name)}": pulumi.Output.secret(value) if name in SECRET_SETTINGS else _text(value)
        for name, value in found.items()
        if value is not None
    }


def _text(value: Any) -> pulumi.Input[str]:
    """Settings are texts, those that are numbers too; an output may have a whole number as a float."""
    if isinstance(value, pulumi.Output):
        return value.apply(_text)
    if isinstance(value, int | float):
        return f"{value:.15g}"
    return cast("pulumi.Input[str]", value)
