"""How what a declaration says is put into sentences."""

from __future__ import annotations

import ast
import inspect
import itertools
import json
import re
import textwrap
from functools import cache
from typing import TYPE_CHECKING, Any

from pulumi_asgardeo_bijira.resources.schema import Inputs, Outputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pulumi_asgardeo_bijira.resources.schema import NamedAfterResource

__all__ = ("GENERATED", "described", "documented", "inline", "paragraph", "word")

#: What the first line of every generated file says.
GENERATED = "Generated from the declarations by make generate: change those, not this."


@cache
def documented(model: type[Inputs | Outputs]) -> dict[str, str]:
    """What stands below each field of a model. Pydantic would read it from the sources too, in every process."""
    found = {}
    for cls in reversed(model.__mro__):
        if not issubclass(cls, Inputs | Outputs):
            continue
        (definition,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
        assert isinstance(definition, ast.ClassDef)
        for field, below in itertools.pairwise(definition.body):
            match field, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    found[name] = inspect.cleandoc(text)
    return found


def described(
    *,
    examples: Sequence[Any],
    value: Any,
    default: str,
    named: NamedAfterResource | None,
    effect: str,
    replaced: str,
    changes: bool,
) -> Iterator[str]:
    """The sentences about a field that its declaration does not spell out."""
    if named:
        default = "the resource's name" + (f", where there is no `{named.unless}`" if named.unless else "")
    elif value is not None:
        default = f"`{value}`" if isinstance(value, str) else json.dumps(value)
    if default:
        yield f"Default: {default}."
    if examples:
        first = examples[0]
        yield f"Example: `{first if isinstance(first, str) else json.dumps(first)}`."
    if effect:
        yield effect
    elif replaced:
        yield f"A change replaces {replaced}."
    elif changes:
        yield "Changes in place."


def inline(text: str | None) -> str:
    """A text without its line breaks."""
    return " ".join((text or "").split())


def paragraph(text: str, indent: str = "", hanging: str = "", width: int = 120) -> str:
    """A text broken into lines; every one but the first begins with the hanging indent."""
    return textwrap.fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def word(value: str) -> str:
    """`urn:ietf:params:oauth:grant-type:device_code` as `DeviceCode`: what code can have for a name."""
    last = value.rpartition("grant-type:")[2]
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", last))
