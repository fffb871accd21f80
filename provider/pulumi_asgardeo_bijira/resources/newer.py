"""Properties that older servers do not know: a line that names them, and not a refusal that says nothing or, worse, a
silence.

An older server refuses a body with what it does not know, or takes the body and drops that. The first is told by the
code of the refusal, the second by what the server shows, which the operations read anyway.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ..transport import ApiProblem, InvalidInput
from .property_maps import project
from .schema import NEWER, Inputs, PropertyMap, nested_model

__all__ = ("lost", "newer", "not_kept", "refused_by_older", "shown_at")

_Path = tuple[str, ...]

#: The code by which Asgardeo refuses a body that is not of the form that it knows.
_NOT_OF_THE_FORM = "UE-10000"


def newer(model: type[Inputs], declared: PropertyMap) -> Iterator[_Path]:
    """Where the declared properties are that older servers do not know. What lies in a list is told by the list."""
    for name, field in model.model_fields.items():
        key = model.key(name)
        if key not in declared:
            continue
        inner, is_list = nested_model(field)
        items = declared[key] if is_list else [declared[key]]
        if NEWER in field.metadata:
            yield (key,)
        elif inner:
            found = {(key, *path) for item in items if isinstance(item, Mapping) for path in newer(inner, dict(item))}
            yield from sorted(found)


def shown_at(properties: Any, path: _Path) -> Any:
    """The value there; None where there is none."""
    for key in path:
        properties = properties.get(key) if isinstance(properties, Mapping) else None
    return properties


def lost(model: type[Inputs], shown: PropertyMap, declared: PropertyMap) -> list[_Path]:
    """Which newer properties were sent and are not what the server shows."""
    kept = project(model, shown, declared)
    return [path for path in newer(model, declared) if shown_at(kept, path) != shown_at(declared, path)]


def not_kept(paths: Iterable[_Path], subject: str) -> InvalidInput:
    """The server does not know these properties, or has them switched off."""
    return InvalidInput(
        f"cannot have {_words(paths)}: this server does not keep it, it may be older",
        subject=subject,
        action="Leave that out of the program",
    )


@contextmanager
def refused_by_older(model: type[Inputs], sent: PropertyMap, subject: str) -> Iterator[None]:
    """Everything inside sends these properties; a refusal of their form names those that may be the reason."""
    try:
        yield
    except ApiProblem as refusal:
        paths = list(newer(model, sent))
        if refusal.code != _NOT_OF_THE_FORM or not paths:
            raise
        raise InvalidInput(
            f"cannot have {_words(paths)} if that is what this server does not know, it may be older",
            subject=subject,
            action="Leave that out of the program",
            after=refusal,
        ) from None


def _words(paths: Iterable[_Path]) -> str:
    return ", ".join(f"`{'.'.join(path)}`" for path in paths)
