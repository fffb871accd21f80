"""What a server answered, read in one place: JSON of a documented shape, or the reason why it is none.

A client says what an operation's answer looks like by a `Document`. What is not declared there may be anything, what is
declared must be of its type: nothing above the clients sees what has not been read so.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AliasChoices, BeforeValidator, ConfigDict, StringConstraints, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import from_json

from ..deferred_model import DeferredModel

if TYPE_CHECKING:
    import httpx
    from pydantic.fields import FieldInfo


__all__ = ("Document", "Items", "Rows", "Text", "Token", "is_json", "parsed", "read", "shown", "text_of")

T = TypeVar("T")

_JSON = re.compile(r"application/(?:[\w.-]+\+)?json", re.IGNORECASE)
_CHARSETS = frozenset({"utf-8", "us-ascii", "iso-8859-1", "windows-1252", "utf-16"})

_LONGEST_LIST = 10_000


def _within_bounds(value: Any) -> Any:
    """No page has so many rows, and each that is wrong would be reported by itself."""
    if isinstance(value, list) and len(value) > _LONGEST_LIST:
        raise ValueError(f"more than {_LONGEST_LIST} rows")
    return value


#: A list that must be there.
Items = Annotated[list[T], BeforeValidator(_within_bounds)]
#: The same, where null counts as empty.
Rows = Annotated[list[T], BeforeValidator(lambda value: [] if value is None else _within_bounds(value))]
#: A text that may be missing; null counts as empty.
Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
#: A text that can stand in a header.
Token = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]+$", max_length=64 * 1024)]


class Document(DeferredModel):
    """A JSON object of which these properties are used. On the wire their names are in camelCase."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        allow_inf_nan=False,
        hide_input_in_errors=True,
    )

    @classmethod
    def read_of(cls, document: Mapping[str, Any]) -> dict[str, Any]:
        """Of such an object, as it came, the properties that are read here."""
        names = {name for field in cls.model_fields.values() for name in _names_of(field)}
        return {key: value for key, value in document.items() if key in names}


def _names_of(field: "FieldInfo") -> list[Any]:
    """What a property may be called on the wire."""
    alias = field.validation_alias
    return list(alias.choices) if isinstance(alias, AliasChoices) else [alias]


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text[:20]} is no number")
    return number


def parsed(content: bytes) -> Any:
    """The JSON in these bytes; `ValueError` where it is none, or none that could be written back."""
    from_json(content, allow_inf_nan=False)  # bounds its depth, and knows half characters, which the other takes
    return json.loads(content, parse_float=_finite)


def is_json(response: "httpx.Response") -> bool:
    """Whether an answer says that it is JSON, or says nothing of it."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
    return not kind or _JSON.fullmatch(kind) is not None


def text_of(response: "httpx.Response") -> str:
    """The body as text, whatever its charset is said to be."""
    named = re.search(r"charset=\"?([\w-]+)", response.headers.get("Content-Type", ""), re.IGNORECASE)
    charset = named.group(1).lower() if named else "utf-8"
    return response.content.decode(charset if charset in _CHARSETS else "utf-8", errors="replace")


#: Of a text of the server's, so much is looked through for secrets; half of it is more than any of them.
_MOST_LOOKED_AT = 16 * 1024


def shown(text: str, redact: Callable[[str], str], length: int) -> str:
    """The beginning of a text of the server's; blanked first, since half a secret is most of one. What it quotes are
    its own names, which no reader's spelling is for."""
    is_cut = len(text) > _MOST_LOOKED_AT
    text = redact(text[:_MOST_LOOKED_AT]).replace("`", "'")
    if is_cut:  # what may be the half of a secret
        text = text[: -_MOST_LOOKED_AT // 2]
    return f"{text[:length]}…" if is_cut or len(text) > length else text


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def read(value: Any, shape: type[T]) -> T:
    """The value as a documented shape; `ValueError` in a few words where it is another."""
    documented: Any = shape
    is_document = isinstance(documented, type) and issubclass(documented, Document)
    validate = documented.model_validate if is_document else _adapter(documented).validate_python
    try:
        found: T = validate(value, strict=True)
    except ValidationError as wrong:
        raise ValueError(_mismatch(wrong)) from None
    return found


def _mismatch(wrong: ValidationError) -> str:
    """Where the answer is not what is documented, and never what stands there."""
    first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in first["loc"])[:80]
    if first["type"] == "missing":
        return f"the answer has no {place}"
    return f"{place or 'the answer'} is not as documented ({first['msg'][:80]})"
