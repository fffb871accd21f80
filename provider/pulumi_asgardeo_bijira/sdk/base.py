"""What all resource classes have in common: a constant for a provider, and names as Python spells them."""

import copy
import inspect
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, Self

import pulumi
import pulumi.dynamic

from ..dynamic import PROVIDER_KEY, payload
from ..naming import PythonNames, camel, part_of_id
from .role_warning import note_resource

__all__ = ("Resource",)


class Resource(PythonNames, pulumi.dynamic.Resource):
    """A dynamic resource whose provider is a name. A subclass of a resource keeps its type."""

    #: The kind's name in the state.
    _kind: ClassVar[str]
    _inputs: ClassVar[tuple[str, ...]] = ()
    _outputs: ClassVar[tuple[str, ...]] = ()
    #: The inputs that are maps: the names in them are the user's own.
    _maps: ClassVar[tuple[str, ...]] = ()
    _secret_inputs: ClassVar[tuple[str, ...]] = ()
    _secret_outputs: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, *, module: str = "", name: str = "", **kwargs: Any) -> None:
        inherited = getattr(cls, "_resource_type_name", "")
        super().__init_subclass__(module=module, name=name or "Resource", **kwargs)
        if not name and inherited:
            cls._resource_type_name = inherited
            # Pulumi looks for the types of properties in the very class of a resource, and for names in its module.
            declared = next(base for base in cls.__mro__ if "_kind" in vars(base))
            types = inspect.get_annotations(declared, eval_str=True)
            cls.__annotations__ = {**types, **inspect.get_annotations(cls)}

    def _register(self, resource_name: str, inputs: Mapping[str, Any], opts: pulumi.ResourceOptions | None) -> None:
        """Register the resource with these inputs, as Python spells them."""
        _refuse(resource_name, opts)
        cls: Any = type(self)
        _read_types(cls)
        for name, value in inputs.items():
            if name not in self._maps:
                _refuse_doubles(value, name)
        props = {name: _secret(value) if name in self._secret_inputs else value for name, value in inputs.items()}
        props |= {name: _as_spelt(props[name]) for name in self._maps}
        props |= dict.fromkeys(self._outputs)
        props[PROVIDER_KEY] = payload(self._kind)
        # Past the constructor of pulumi.dynamic.Resource, which would pickle a provider.
        pulumi.CustomResource.__init__(
            self, f"pulumi-python:{self._resource_type_name}", resource_name, props, self._translated(opts)
        )
        note_resource(self._kind, self, inputs, is_read=opts is not None and opts.id is not None)

    @classmethod
    def _type_of_plugin(cls) -> str:
        """What the plugin calls the same resource: whoever comes back from there keeps what exists."""
        declared = next(base for base in cls.__mro__ if "_kind" in vars(base))
        return f"asgardeo-bijira:index:{declared.__name__}"

    @classmethod
    def _get(cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None) -> Self:
        resource = cls.__new__(cls)
        found = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        resource._register(resource_name, dict.fromkeys(cls._inputs), found)  # noqa: SLF001  # it is our own
        return resource

    def _part_of_id(self, index: int) -> pulumi.Output[str]:
        """One of the three parts of an id, split from the right."""
        return self.id.apply(lambda id: part_of_id(id, index))

    def _translated(self, opts: pulumi.ResourceOptions | None) -> pulumi.ResourceOptions:
        """The options with property names as the engine knows them, our secret outputs, and a replacement that deletes
        first unless the program says otherwise: unique keys leave no room for two, whoever asks for the replacement."""
        found = copy.copy(opts) if opts else pulumi.ResourceOptions()
        if found.delete_before_replace is None:
            found.delete_before_replace = True
        for option in ("ignore_changes", "replace_on_changes"):
            names = getattr(found, option)
            if names:
                setattr(found, option, [camel(name) for name in names])
        secrets = [*(found.additional_secret_outputs or []), *self._secret_outputs]
        found.additional_secret_outputs = [camel(name) for name in secrets]
        found.aliases = [*(found.aliases or []), pulumi.Alias(type_=self._type_of_plugin())]
        return found


@cache
def _read_types(cls: type) -> None:
    """Read the types of a class once: Pulumi does for each resource, and would compile and look up all names anew."""
    if "_kind" in vars(cls):  # a subclass has them read already
        cls.__annotations__ = inspect.get_annotations(cls, eval_str=True)


class _Spelt(str):
    """A name that stays as it is written: Pulumi translates names of properties alone."""

    __slots__ = ()

    def isidentifier(self) -> bool:
        """What `PythonNames` asks before it translates."""
        return False


def _as_spelt(value: Any) -> Any:
    """A map whose names stay as they are written, also where it is known only later."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        return pulumi.Output.from_input(value).apply(_as_spelt)
    return {_Spelt(key): item for key, item in value.items()}


def _secret(value: Any) -> Any:
    return None if value is None else pulumi.Output.secret(value)


def _refuse(resource_name: object, opts: pulumi.ResourceOptions | None) -> None:
    if not isinstance(resource_name, str) or not resource_name:
        raise pulumi.RunError("The first argument of a resource is its name, a text that is not empty")
    if opts is not None and opts.import_ is not None:
        raise pulumi.RunError(
            f"{resource_name}: a dynamic resource cannot be imported by the option import_. "
            "Set adopt to true to take over what exists, or write an import file: asgardeo-bijira import"
        )


def _refuse_doubles(value: Any, path: str) -> None:
    """A key given in both spellings would silently lose one of its values on the way to the engine."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if isinstance(key, str) and key != camel(key) and camel(key) in value:
                raise pulumi.RunError(f"{path}.{key} is given twice, as {key} and as {camel(key)}; keep {key}")
            _refuse_doubles(item, f"{path}.{key}")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, item in enumerate(value):
            _refuse_doubles(item, f"{path}[{index}]")
