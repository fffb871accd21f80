"""A Terraform provider's state as a program: the same applications under the same ids, declared as the state says.

The state says what is declared and how each is called, the platform what else there is. What a program must say
although no state does (the type of an application and of its access tokens), and further authorizations, since a
declared list is the whole list, is taken from the platform: so a preview after the import is empty where a plan of
Terraform's would be.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..naming import camel, snake
from ..resources import Loss, Platforms, ResourceHandler, resource_handler
from ..resources.property_maps import changed, tidied
from ..resources.schema import PropertyMap
from ..transport import Gone, operation, witnessed
from .program import Export, Found, Reference, lost_of
from .terraform_state import Instance, State
from .terraform_table import APPLICATION, AUTHORIZED_API, TABLES, TEMPLATES, at, leaves

__all__ = ("Taken", "Takeover")

_ABOUT = "Applications that were declared with Terraform."
#: What the provider fills in at the top by itself, where this package leaves it out.
_FILLED_IN = ("enabled", "publicClient")


@dataclass(frozen=True)
class Taken:
    """An object of the program as it is to enter the state."""

    handler: ResourceHandler
    name: str
    id: str
    inputs: PropertyMap
    properties: PropertyMap = field(repr=False)


@dataclass
class Takeover:
    """The program that a state becomes, and its import file."""

    platforms: Platforms
    taken: list[Taken] = field(default_factory=list)
    #: Where the platform is otherwise than the state says, which a preview will show.
    drifted: list[str] = field(default_factory=list)
    #: The values that an output of the state may have, as the program can say them.
    said: dict[str, Reference] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.export = Export(self.platforms, about=_ABOUT)

    def add(self, state: State) -> None:
        """Write all of it that can be declared."""
        apis: dict[str, list[Instance]] = defaultdict(list)
        for one in state.resources:
            if one.is_managed and one.type == AUTHORIZED_API:
                apis[str(one.values.get("application_id"))].append(one)
        for one in state.resources:
            if one.is_managed and one.type == APPLICATION:
                self._add(one, apis.pop(str(one.values.get("id")), []))
            elif not one.is_managed or one.type not in TABLES:
                what = "a resource of another kind" if one.is_managed else "a data source; see get_application"
                self.export.left_out.append(f"{one.address}: {what}")
        for rows in apis.values():
            for one in rows:
                self.export.left_out.append(f"{one.address}: its application is not among the program's")
        self._add_outputs(state.outputs)

    def _add(self, one: Instance, apis: Sequence[Instance]) -> None:
        handler = resource_handler("Application")
        id_ = str(one.values.get("id", ""))
        try:
            with operation(), witnessed() as seen:
                shown = handler.refresh(self.platforms, id_, {}) or ({}, {})
        except Gone as gone:
            self.export.left_out.append(f"{one.address}: {gone}")
            return
        if "clientId" not in shown[1]:
            self.export.left_out.append(f"{one.address}: it has no OpenID Connect part")
            return
        declared = self._declared(handler, one, apis, shown[0])
        checked = handler.check(declared)
        found = Found(declared, shown[1], [*_not_written(one), *lost_of(handler, seen, checked)])
        notes = [f"{row.values['api_resource_id']} is {row.values['identifier']}" for row in apis]
        variable = self.export.add(handler, id_, one.name, found, one.address, notes)
        if variable:
            self._take(handler, variable, id_, checked.inputs)

    def _declared(
        self, handler: ResourceHandler, one: Instance, apis: Sequence[Instance], live: PropertyMap
    ) -> PropertyMap:
        type_ = TEMPLATES.get(str(one.values.get("template_id")), live["applicationType"])
        found = tidied(_arguments(one.values, APPLICATION)) | {"applicationType": type_}
        found["accessToken"] = {"type": live["accessToken"]["type"]} | found.get("accessToken", {})
        said = handler.declared(self.platforms, "", found)
        order = [key for key in handler.inputs.keys() if key in found]  # noqa: SIM118  # a class, and no mapping
        found = {key: found[key] for key in order if key not in _FILLED_IN or key in said}
        if not apis:
            return found
        rows = [_arguments(row.values, AUTHORIZED_API)["authorizedApis"] for row in apis]
        known = {row["apiId"] for row in rows}
        others = [row for row in live.get("authorizedApis", []) if row["apiId"] not in known]
        return found | {"authorizedApis": [*rows, *map(tidied, others)]}

    def _take(self, handler: ResourceHandler, name: str, id: str, inputs: PropertyMap) -> None:
        with operation():
            found = handler.refresh(self.platforms, id, inputs)
        if found is None:
            return
        shown, outputs = found
        if differing := sorted(snake(key) for key in changed(shown, inputs)):
            self.drifted.append(f"{name}: {', '.join(differing)}")
        place = {handler.location_output: self.platforms.location(handler.platform)}
        self.taken.append(Taken(handler, name, id, shown, shown | outputs | place))
        for key, value in ({"id": id} | outputs).items():
            if isinstance(value, str):
                self.said.setdefault(value, Reference(f"{name}.{snake(key)}"))

    def _add_outputs(self, outputs: Mapping[str, Any]) -> None:
        """The outputs whose value is one of an application's."""
        for name, value in outputs.items():
            reference = self.said.get(value) if isinstance(value, str) else None
            if reference is None:
                self.export.left_out.append(f"output {name}: no resource of the program has its value")
                continue
            self.export.add_export(name, reference)


def _arguments(values: Mapping[str, Any], type: str) -> PropertyMap:
    """What the attributes say, under the names that they have here."""
    found: PropertyMap = {}
    for row in TABLES[type]:
        value = at(values, row.attribute)
        if not row.argument or value in (None, []):
            continue
        *path, last = map(camel, row.argument.split("."))
        inner = found
        for key in path:
            inner = inner.setdefault(key, {})
        inner[last] = row.convert(value)
    return found


def _not_written(one: Instance) -> Iterator[Loss]:
    """The attributes that say something and have no place here, also those that a newer provider has."""
    rows = {row.attribute: row for row in TABLES[one.type]}
    for path in leaves(one.values):
        row = next((rows[known] for known in rows if f"{path}.".startswith(f"{known}.")), None)
        if row is None or row.is_lost:
            yield Loss(path, "of Terraform")
