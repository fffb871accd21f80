"""Property maps: made of a platform's documents, and compared. Only what is declared is compared, and only what changed
is sent."""

from collections.abc import Mapping
from typing import Any

from ..naming import camel
from ..transport import Document
from .schema import Inputs, PropertyMap, nested_model, set_key

__all__ = ("changed", "delta", "project", "properties_of", "properties_shown_by", "tidied", "without")


def properties_of(document: Document) -> PropertyMap:
    """What a document shows, in the state's spelling; null is the same as left out."""
    properties: PropertyMap = _respelt(document.model_dump())
    return properties


def _respelt(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {camel(key): _respelt(item) for key, item in value.items() if item is not None}
    return [_respelt(item) for item in value] if isinstance(value, list) else value


def properties_shown_by(shape: type[Document]) -> frozenset[str]:
    """The properties that documents of a shape may show."""
    return frozenset(map(camel, shape.model_fields))


def changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> frozenset[str]:
    """The properties that are declared now and have another value than before."""
    return frozenset(key for key, value in new.items() if key not in old or old[key] != value)


def delta(old: Mapping[str, Any], new: Mapping[str, Any]) -> PropertyMap:
    """What is declared now and was otherwise before, through all objects; a list goes whole."""
    found: PropertyMap = {}
    for key in sorted(changed(old, new)):
        before, now = old.get(key), new[key]
        if not isinstance(before, Mapping) or not isinstance(now, Mapping):
            found[key] = now
        elif inner := delta(before, now):
            found[key] = inner
    return found


def tidied(properties: Mapping[str, Any]) -> PropertyMap:
    """Without what is empty, at any depth."""
    found = {key: _tidy(value) for key, value in properties.items()}
    return {key: value for key, value in found.items() if value not in ("", [], {}, None)}


def _tidy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return tidied(value)
    return [_tidy(item) for item in value] if isinstance(value, list) else value


def without(properties: Mapping[str, Any], defaults: Mapping[str, Any]) -> PropertyMap:
    """The properties but for those that are as these defaults, through all objects; a list goes or stays whole."""
    left: PropertyMap = {}
    for key, value in properties.items():
        default = defaults.get(key)
        if isinstance(value, Mapping) and isinstance(default, Mapping):
            value = without(value, default)
            default = {}
        if value != default:
            left[key] = value
    return left


def project(model: type[Inputs], live: Mapping[str, Any], declared: Mapping[str, Any]) -> PropertyMap:
    """What the platform shows of the declared properties, at every depth.

    Of a set every item shows, since a declared list is the whole list: one that is declared with its declared
    properties, a foreign one with all that it has; one that is there twice shows once. What the platform does not show
    is left out.
    """
    found: PropertyMap = {}
    for name, field in model.model_fields.items():
        key = model.key(name)
        if key not in declared or key not in live:
            continue
        inner, is_list = nested_model(field)
        value, wanted = live[key], declared[key]
        if inner and is_list and isinstance(wanted, list):
            by = set_key(field)
            keys = [inner.key(f) for f in by.fields] if by else []
            found[key] = _project_items(inner, value, wanted, keys)
        elif inner and isinstance(wanted, Mapping):
            found[key] = project(inner, value, wanted)
        elif set_key(field) and isinstance(value, list):
            found[key] = sorted(set(value))
        elif isinstance(wanted, Mapping) and isinstance(value, Mapping):
            found[key] = {name: value[name] for name in wanted if name in value}
        else:
            found[key] = value
    return found


def _project_items(model: type[Inputs], live: list[Any], declared: list[Any], keys: list[str]) -> list[Any]:
    if not keys:
        return live
    by_key = {tuple(item.get(k, "") for k in keys): item for item in declared}
    found: dict[tuple[Any, ...], PropertyMap] = {}
    for item in live:
        key = tuple(item.get(k, "") for k in keys)
        found.setdefault(key, project(model, item, by_key.get(key, item)))
    return [found[key] for key in sorted(found)]
