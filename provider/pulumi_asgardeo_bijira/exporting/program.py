"""A program as it grows: one resource after the other, what one says of another as a reference.

Left out is what is empty, or what an object has of which nothing is declared: leaving a property out means not managing
it. What an object has that cannot be declared is told in a comment beside it. Nothing on the platforms is changed.
"""

import json
import keyword
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ..naming import snake
from ..resources import ExportEntry, Loss, Platforms, ResourceHandler
from ..resources.results import looked_at
from ..resources.schema import PropertyMap, is_map
from ..resources.validation import Checked
from ..transport import Seen, one_line, witnessed

__all__ = ("Export", "Found", "Reference", "literal", "lost_of")

_IMPORTS = "import pulumi_asgardeo_bijira as wso2\n"


@dataclass(frozen=True)
class Reference:
    """A value that another resource of the program has."""

    expression: str


@dataclass(frozen=True)
class Found:
    """An object as a program can declare it, and what it has besides."""

    declared: PropertyMap
    outputs: PropertyMap
    lost: Sequence[Loss | str] = ()


@dataclass
class Export:
    """The program as it grows, and what could not go into it."""

    platforms: Platforms
    about: str = "An organisation's APIs, applications, roles and clients, as exported."
    source: str = ""
    count: int = 0
    left_out: list[str] = field(default_factory=list)
    #: What the objects of the program have that it does not declare, by what a line calls each.
    lost: dict[str, list[str]] = field(default_factory=dict)
    variables: set[str] = field(default_factory=lambda: {"wso2", "pulumi"})
    #: Ids and client ids, as the program can say them.
    references: dict[str, Reference] = field(default_factory=dict)

    def add_all(self, handler: ResourceHandler) -> None:
        """Write all resources of a kind that can be declared."""
        for listed, found in looked_at(handler.listed(self.platforms), partial(self._seen, handler)):
            if listed.why_not:
                self.left_out.append(f"{handler.title} {listed.title}: {listed.why_not}")
            elif found is not None:
                self.add(handler, listed.id, f"{listed.title}_{snake(handler.name)}", found, listed.title)

    def _seen(self, handler: ResourceHandler, listed: ExportEntry) -> Found | None:
        with witnessed() as seen:
            shown = handler.refresh(self.platforms, listed.id, {})
        if shown is None:
            return None
        declared = handler.declared(self.platforms, listed.id, shown[0])
        return Found(declared, shown[1], lost_of(handler, seen, handler.check(declared)))

    def add(
        self, handler: ResourceHandler, id: str, name: str, found: Found, title: str, notes: Iterable[str] = ()
    ) -> str:
        """Write one resource under a variable and a name like this, and return that; empty where it cannot be."""
        inputs = dict(self.refer(found.declared))
        failures = handler.check(inputs, lambda value: isinstance(value, Reference)).failures
        if failures:
            self.left_out.append(f"{handler.title} {title}: {'; '.join(failures)}")
            return ""
        variable = self._variable(name)
        fields = handler.inputs.model_fields
        arguments = [json.dumps(variable)]
        for key, value in inputs.items():
            spelt = str if is_map(fields[snake(key)]) else snake
            arguments.append(f"{snake(key)}={literal(value, 4, spelt)}")
        body = "".join(f"    {argument},\n" for argument in arguments)
        told = self._told(handler, title, found.lost)
        comments = [f"# {one_line(note)}\n" for note in notes] + [f"# {line}\n" for line in told]
        self.source += f"\n{''.join(comments)}{variable} = wso2.{handler.declaration.class_name}(\n{body})\n"
        self.count += 1
        for value, attribute in handler.referred_as(id, found.outputs).items():
            self.references.setdefault(value, Reference(f"{variable}.{attribute}"))
        return variable

    def add_export(self, name: str, value: Reference) -> None:
        """Write an output of the program."""
        blank = "" if self.source.rpartition("\n\n")[2].startswith("pulumi.") else "\n"
        self.source += f"{blank}pulumi.export({json.dumps(name)}, {value.expression})\n"

    def _told(self, handler: ResourceHandler, title: str, lost: Sequence[Loss | str]) -> Iterable[str]:
        if lost:
            self.lost.setdefault(f"{handler.title} {title}", []).extend(map(str, lost))
            yield "It has more than is declared here; whoever makes it anew elsewhere loses:"
        yield from (f"  {one_line(str(one))}" for one in lost)

    def refer(self, value: Any) -> Any:
        """The value, with every id of something exported as a reference."""
        if isinstance(value, Mapping):
            return {key: self.refer(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.refer(item) for item in value]
        return self.references.get(value, value) if isinstance(value, str) else value

    @property
    def text(self) -> str:
        """The whole program."""
        imports = f"import pulumi\n{_IMPORTS}" if re.search(r"^pulumi\.", self.source, re.MULTILINE) else _IMPORTS
        return f'"""{self.about}"""\n\n{imports}{self.source}'

    def report(self) -> list[str]:
        """What is not in the program."""
        lines = [f"left out: {line}" for line in self.left_out]
        lines += [f"not written: {title}: {', '.join(lost)}" for title, lost in self.lost.items()]
        return list(map(one_line, lines))

    @property
    def verdict(self) -> str:
        """How much there is of what is not."""
        settings, objects = sum(map(len, self.lost.values())), len(self.lost)
        parts = [f"{settings} settings of {objects} of them not written"] if objects else []
        parts += [f"{len(self.left_out)} left out"] if self.left_out else []
        return f"; {', '.join(parts)} (see above)" if parts else ""

    def _variable(self, title: str) -> str:
        words = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or "resource"
        base = f"_{words}" if words[0].isdigit() or keyword.iskeyword(words) else words
        name = next(name for name in (base, *(f"{base}_{n}" for n in range(2, 10**6))) if name not in self.variables)
        self.variables.add(name)
        return name


def lost_of(handler: ResourceHandler, seen: Seen, checked: Checked) -> list[Loss]:
    """What an object has besides what is declared of it, each once; nothing of one that cannot be declared."""
    return [] if checked.failures else list(dict.fromkeys(handler.lost(seen, checked.inputs)))


def literal(value: Any, indent: int, spelt: Callable[[str], str] = snake) -> str:
    """A value as Python, one item a line, as formatters leave it; the names in a map may be the user's own."""
    blanks = " " * indent
    if isinstance(value, Reference):
        return value.expression
    if isinstance(value, Mapping):
        items = [f"{json.dumps(spelt(key))}: {literal(item, indent + 4, spelt)}" for key, item in value.items()]
        return "{\n" + "".join(f"{blanks}    {item},\n" for item in items) + blanks + "}" if items else "{}"
    if isinstance(value, list):
        items = [literal(item, indent + 4, spelt) for item in value]
        return "[\n" + "".join(f"{blanks}    {item},\n" for item in items) + blanks + "]" if items else "[]"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(value: str) -> str:
    """In double quotes, or in single ones where fewer must then be escaped."""
    inside = json.dumps(value, ensure_ascii=False)[1:-1]
    if value.count('"') <= value.count("'"):
        return f'"{inside}"'
    escaped = inside.replace('\\"', '"').replace("'", "\\'")
    return f"'{escaped}'"
