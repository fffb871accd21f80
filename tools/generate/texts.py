"""How what a declaration says is put into sentences."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pulumi_asgardeo_bijira.resources.schema import NamedAfterResource

__all__ = ("GENERATED", "described", "inline", "paragraph")

#: What the first line of every generated file says.
GENERATED = "Generated from the declarations by make generate: change those, not this."


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
        yield f"Example: `{examples[0]}`."
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
