"""Objects within a resource's properties: arguments that a program makes, and outputs that it reads."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar, dataclass_transform

import pulumi

from ..naming import snake

__all__ = ("InputObject", "OutputObject", "input_type", "output_type")


class InputObject:
    """An object that a program makes; its fields are keyword arguments of its constructor."""

    #: The fields, each with whether it must be given.
    _fields: ClassVar[Mapping[str, bool]]

    def __init__(self, **fields: Any) -> None:
        wrong = sorted(fields.keys() - self._fields.keys())
        missing = sorted(name for name, required in self._fields.items() if required and name not in fields)
        if wrong:
            raise TypeError(f"{type(self).__name__}() got an unexpected keyword argument {wrong[0]!r}")
        if missing:
            raise TypeError(f"{type(self).__name__}() missing the keyword argument {missing[0]!r}")
        for name in self._fields:
            pulumi.set(self, name, fields.get(name))

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The fields."""
        return tuple(cls._fields)


class OutputObject(dict[str, Any]):
    """An object that a program reads: `scope.display_name`, or as in a plain dict `scope["display_name"]`."""

    def __init__(self, **fields: Any) -> None:
        super().__init__({name: value for name, value in fields.items() if value is not None})

    def _translate_property(self, name: str) -> str:
        """The key under which Pulumi keeps a property that it knows in camelCase."""
        return snake(name)


In = TypeVar("In", bound=InputObject)
Out = TypeVar("Out", bound=OutputObject)


@dataclass_transform(kw_only_default=True, field_specifiers=(pulumi.property,))
def input_type(cls: type[In]) -> type[In]:
    """Make a class known to Pulumi as an input. One constructor serves all of them: compiling one for each takes most
    of the time of an import."""
    cls._fields = {name: cls.__dict__[name].default is pulumi.MISSING for name in cls.__annotations__}
    cls.__init__ = InputObject.__init__  # type: ignore[method-assign]  # else Pulumi compiles one
    return pulumi.input_type(cls)


def output_type(cls: type[Out]) -> type[Out]:
    """Make a class known to Pulumi as an output; equal to a plain dict with the same in it."""
    cls.__init__ = OutputObject.__init__  # type: ignore[method-assign]  # else Pulumi compiles one
    cls.__eq__ = dict.__eq__  # type: ignore[method-assign]  # else only its like would be equal
    return pulumi.output_type(cls)
