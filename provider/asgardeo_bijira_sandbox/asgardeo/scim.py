"""SCIM: how its bodies are read, what of a resource is shown, and how a list is answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from ..web.errors import ApiError
from ..web.responses import answer
from .exceptions import SCIM_TYPE, scim_error, scim_refusal
from .filters import OPERATORS, BadFilter, word_by_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from starlette.responses import Response

    from .filters import Condition
    from .request import TenantRequest

__all__ = (
    "Member",
    "ScimBody",
    "Search",
    "body_of",
    "conditions_of",
    "listed",
    "matching",
    "read",
    "scim_answer",
    "selected",
)

_LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
_ALWAYS = ("schemas", "id", "audience")

Model = TypeVar("Model", bound=BaseModel)
Row = TypeVar("Row")


class ScimBody(BaseModel):
    """What SCIM does not know of a body has no effect."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")


class Member(ScimBody):
    """Something by its id, in a list."""

    value: str


class Search(ScimBody):
    """What is searched for, by a query or by a body."""

    filter: str | None = None
    start_index: int = 1
    count: int | None = None
    attributes: list[str] = []
    excluded_attributes: list[str] = []
    sort_by: str | None = None
    sort_order: str | None = None

    @classmethod
    def of_query(cls, request: TenantRequest) -> Search:
        """A search by a query."""
        return cls(
            filter=request.query("filter") or None,
            start_index=request.number("startIndex", 1),
            count=request.number("count", 0) if request.query("count") else None,
            attributes=_names(request.query("attributes")),
            excluded_attributes=_names(request.query("excludedAttributes")),
            sort_by=request.query("sortBy") or None,
            sort_order=request.query("sortOrder") or None,
        )

    def wants(self, attribute: str) -> bool:
        """Whether an attribute is asked for by its name."""
        return attribute.lower() in (name.lower() for name in self.attributes)


def scim_answer(body: Any, status: int = 200, location: str | None = None) -> Response:
    """An answer of SCIM."""
    return answer(body, status, {**SCIM_TYPE, **({"Location": location} if location else {})})


def body_of(request: TenantRequest) -> Any:
    """The body as JSON."""
    try:
        return request.json()
    except ApiError:
        raise scim_refusal("invalidSyntax") from None


def read(request: TenantRequest, model: type[Model]) -> Model:
    """The body; what it must have and has not is named."""
    try:
        return model.model_validate(body_of(request))
    except ValidationError as problem:
        first = problem.errors(include_input=False)[0]
        if first["type"] == "missing":
            text = f"Required attribute {first['loc'][-1]} is missing in the SCIM Object."
            raise scim_error(400, text, "invalidValue") from None
        raise scim_refusal("invalidSyntax") from None


def selected(document: dict[str, Any], search: Search) -> dict[str, Any]:
    """A resource without the attributes that are not asked for, or that are asked to be left out."""
    excluded = {name.lower() for name in search.excluded_attributes}
    if not search.attributes:
        return {name: value for name, value in document.items() if name in _ALWAYS or name.lower() not in excluded}
    shown = {}
    for name, value in document.items():
        below = {part.partition(".")[2] for part in search.attributes if part.lower().startswith(f"{name.lower()}.")}
        if name in _ALWAYS or search.wants(name):
            shown[name] = value
        elif below:
            shown[name] = _narrowed(value, below)
    return shown


def listed(rows: list[Row], search: Search, document: Callable[[Row], dict[str, Any]]) -> Response:
    """A page of the rows; nothing is ever sorted, and a count of nothing counts nothing."""
    if search.sort_by or search.sort_order:
        raise scim_error(501, "Sorting is not supported")
    found = [] if search.count is not None and search.count <= 0 else rows
    start = max(search.start_index, 1)
    page = found[start - 1 :][: search.count]
    resources = {"Resources": [selected(document(row), search) for row in page]} if page else {}
    counts = {"totalResults": len(found), "startIndex": start, "itemsPerPage": len(page)}
    return scim_answer({"schemas": [_LIST], **counts, **resources})


def conditions_of(search: Search) -> list[list[Condition]]:
    """What a filter says: alternatives, each of comparisons that must all hold; without a filter none."""
    try:
        return word_by_word(search.filter, OPERATORS) if search.filter else []
    except BadFilter:
        raise scim_error(400, "Given filter operator is not supported.", "invalidFilter") from None


def matching(
    rows: Iterable[Row], search: Search, attributes: Mapping[str, Callable[[Row], str]], prefix: str | None = None
) -> list[Row]:
    """The rows for which all comparisons of the filter hold; `attributes` are those that can be compared.

    A value may begin with the prefix, in any case, and means the same.
    """
    wanted, *others = conditions_of(search) or [[]]
    if others:
        raise scim_refusal("Filter operator: or is not supported.")
    for condition in wanted:
        if condition.attribute not in attributes:
            raise scim_refusal(f"Filtering based on attribute: {condition.attribute} is not supported.")
    plain = [_without(one, prefix) for one in wanted]
    return [row for row in rows if all(one.holds(attributes[one.attribute](row)) for one in plain)]


def _without(condition: Condition, prefix: str | None) -> Condition:
    if prefix is None or not condition.value.upper().startswith(prefix):
        return condition
    return replace(condition, value=condition.value[len(prefix) :])


def _names(query: str) -> list[str]:
    return [name.strip() for name in query.split(",") if name.strip()]


def _narrowed(value: Any, names: set[str]) -> Any:
    if isinstance(value, list):
        return [_narrowed(item, names) for item in value]
    return {name: item for name, item in value.items() if name in names} if isinstance(value, dict) else value
