"""The component as the plugin makes it: of its own resources, tied together as a Python program would.

A part also takes over what the same component of a Python program has made: that was of another type. Imported when one
is made, for most processes make none.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pulumi

from ..naming import PythonNames, camel, snake
from ..resources.declaration import Declaration
from ..resources.secured_api.declaration import SECURED_API
from ..wiring import SecuredApiWiring

__all__ = ("SecuredApi",)


class _Part(PythonNames, pulumi.CustomResource):
    """A resource of the plugin. It is deleted first, also where it is the engine that replaces it without asking."""

    def __init__(
        self,
        declaration: Declaration,
        version: str | None,
        resource_name: str,
        opts: pulumi.ResourceOptions,
        **inputs: Any,
    ) -> None:
        before = pulumi.Alias(type_=declaration.dynamic_type)
        own = pulumi.ResourceOptions(version=version, aliases=[before], delete_before_replace=True)
        properties = dict.fromkeys([*declaration.inputs.model_fields, *declaration.outputs.model_fields])
        super().__init__(
            declaration.token,
            resource_name,
            properties | inputs,
            pulumi.ResourceOptions.merge(opts, own),
        )


class SecuredApi(SecuredApiWiring):
    """The component. The values of its inputs are judged by the parts that get them."""

    token = SECURED_API.token
    _role_fields = SECURED_API.several["roles"].fields

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None,
        inputs: Mapping[str, Any],
        version_of_parts: str | None,
    ) -> None:
        known = (*SECURED_API.inputs, *SECURED_API.several)
        if wrong := sorted(inputs.keys() - {camel(name) for name in known}):
            there_are = ", ".join(camel(name) for name in known)
            raise pulumi.RunError(f"{wrong[0]}: is not a property, there are: {there_are}")
        if inputs.get("identifier") is None:
            raise pulumi.RunError("identifier: is required")
        super().__init__(self.token, resource_name, None, opts)
        self._makers = {name: partial(_Part, kind, version_of_parts) for name, kind in SECURED_API.kinds.items()}
        self._wire(resource_name, **{snake(name): value for name, value in inputs.items()})

    @property
    def shown(self) -> dict[str, Any]:
        """What a program sees of it."""
        outputs = (*SECURED_API.kinds, *SECURED_API.outputs, *SECURED_API.computed.model_fields)
        return {camel(output): getattr(self, output) for output in outputs}
