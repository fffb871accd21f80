"""Inputs that are right, drawn from the declarations themselves, with unknown values wherever one may stand."""

from __future__ import annotations

import string
import types
import typing
from functools import cache
from typing import Annotated, Any, Literal, Union

from hypothesis import strategies as st
from pulumi_asgardeo_bijira.naming import camel, snake
from pulumi_asgardeo_bijira.resources.schema import Inputs, examples_of, nested_model, set_key
from pulumi_asgardeo_bijira.resources.validation import check

if typing.TYPE_CHECKING:
    from pulumi_asgardeo_bijira.resources import ResourceHandler

__all__ = ("PropertyMap", "Unknown", "is_unknown", "respelt", "right_inputs", "unknowns_in")

PropertyMap = dict[str, Any]


class Unknown:
    """A value that is known only later."""


def is_unknown(value: object) -> bool:
    """The predicate that the bridge hands in."""
    return isinstance(value, Unknown)


def unknowns_in(value: Any) -> list[int]:
    """Which unknown values are somewhere within."""
    if isinstance(value, dict):
        return sorted(found for item in value.values() for found in unknowns_in(item))
    if isinstance(value, list):
        return sorted(found for item in value for found in unknowns_in(item))
    return [id(value)] if is_unknown(value) else []


def respelt(value: Any) -> Any:
    """The same with every key in snake_case."""
    if isinstance(value, dict):
        return {snake(key): respelt(item) for key, item in value.items()}
    return [respelt(item) for item in value] if isinstance(value, list) else value


PLAIN = st.text(string.ascii_letters + "éß漢-._/:*|", min_size=1, max_size=8).map(lambda text: f"x{text}x")
NAMES = st.text(string.ascii_letters + string.digits + " ._-+()", max_size=8).map(lambda text: f"x{text}x")
URLS = st.builds(
    "{}://{}{}".format,
    st.sampled_from(["https", "http"]),
    st.sampled_from(["app.example.com", "localhost:3000", "[::1]:8080"]),
    st.text("ab/.?+*^$|()\\=&-_%~", max_size=8).map(lambda path: f"/{path}"),
)
ENDPOINTS = URLS.filter(lambda url: not set(url) & set("^|\\"))
ORIGINS = st.sampled_from(["https://app.example.com", "http://localhost:3000", "http://[::1]:8080"])
GRANTS = st.sampled_from(["authorization_code", "implicit", "password", "refresh_token", "organization_switch"])

#: What some fields want besides their type.
SPECIAL: dict[str, st.SearchStrategy[Any]] = {
    "callback_urls": URLS,
    "allowed_origins": ORIGINS,
    "grant_types": GRANTS,
    "access_url": URLS,
    "logout_return_url": URLS | st.just(""),
    "back_channel_logout_url": URLS | st.just(""),
    "front_channel_logout_url": URLS | st.just(""),
    "organization": st.sampled_from(["acme", "a.b-c_1"]),
    "graceful_refresh_token_rotation_validity_period": st.integers(1, 60),
    "graceful_refresh_token_reuse_limit": st.integers(1, 5),
    "sector_identifier_uri": st.just("https://app.example.com/sector.json"),
    "response_type": st.sampled_from(["code token", "code id_token"]),
    **dict.fromkeys(("token_endpoint", "issuer", "jwks_endpoint", "authorize_endpoint", "revoke_endpoint"), ENDPOINTS),
}


def _leaf(annotation: Any, texts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated or origin is list:
        return _leaf(arguments[0], texts)
    if origin in (Union, types.UnionType):
        return _leaf(next(one for one in arguments if one is not types.NoneType), texts)
    if origin is Literal:
        return st.sampled_from(arguments)
    return {bool: st.booleans(), int: st.integers(1, 10**6)}.get(annotation, texts)


def _of_type(model: type[Inputs], name: str) -> st.SearchStrategy[Any]:
    return _leaf(model.model_fields[name].annotation, _texts(model, name))


@cache
def _texts(model: type[Inputs], name: str) -> st.SearchStrategy[Any]:
    """Any text; of a field that does not take any text its examples."""
    value = "xé漢-._/:*|x"
    given = [value] if nested_model(model.model_fields[name])[1] else value
    refused = any(failure.startswith(name) for failure in check(model, {camel(name): given}).failures)
    return st.sampled_from(examples_of(model.model_fields[name])) if refused else PLAIN


def _or_unknown(values: st.SearchStrategy[Any], unknown: bool) -> st.SearchStrategy[Any]:
    return values | st.builds(Unknown) if unknown else values


def _key_of(model: type[Inputs] | None, fields: tuple[str, ...], item: Any) -> Any:
    if is_unknown(item) or not model:
        return id(item) if is_unknown(item) else item
    parts = tuple(item.get(camel(field)) for field in fields)
    return id(item) if any(is_unknown(part) for part in parts) else parts


@st.composite
def _object(draw: st.DrawFn, model: type[Inputs], unknown: bool) -> PropertyMap:
    """An object of a model: what is required, and of the rest something."""
    if model.__name__ == "Subscription":
        named = draw(st.booleans())
        given = {"apiName", "apiVersion"} if named else {"apiId"}
        given |= {"plan"} if draw(st.booleans()) else set()
    else:
        given = {
            camel(name) for name, field in model.model_fields.items() if field.is_required() or draw(st.booleans())
        }
    return {
        camel(name): draw(_or_unknown(_field(model, name, unknown), unknown))
        for name in model.model_fields
        if camel(name) in given
    }


def _right_object(model: type[Inputs], unknown: bool) -> st.SearchStrategy[PropertyMap]:
    """One that its own rules accept."""
    return _object(model, unknown).filter(lambda found: not check(model, found, is_unknown).failures)


def _field(model: type[Inputs], name: str, unknown: bool) -> st.SearchStrategy[Any]:
    field = model.model_fields[name]
    inner, is_list = nested_model(field)
    if name == "api_id" and model.__name__ == "AuthorizedApi":
        one: st.SearchStrategy[Any] = st.uuids().map(str)
    elif model.__name__ == "Certificate" and name == "value":
        one = st.sampled_from(examples_of(field))
    else:
        one = _right_object(inner, unknown) if inner else SPECIAL[name] if name in SPECIAL else _of_type(model, name)
    if not is_list:
        return one
    key = set_key(field)
    assert key, f"{name} is a list that is no set"
    return st.lists(
        _or_unknown(one, unknown), min_size=1, max_size=3, unique_by=lambda item: _key_of(inner, key.fields, item)
    )


@st.composite
def right_inputs(draw: st.DrawFn, kind: ResourceHandler, *, unknown: bool) -> PropertyMap:
    """Inputs of a kind with which nothing is wrong, in the state's spelling."""
    inputs = draw(_object(kind.inputs, unknown))
    if kind.name == "Application":
        if "name" in inputs:
            inputs["name"] = draw(_or_unknown(NAMES, unknown))
        # What goes together: a code needs a callback, and only a type with a default may leave out its grants.
        inputs.setdefault("callbackUrls", ["https://app.example.com/cb"])
        if inputs.get("applicationType") != "m2m" or inputs.get("publicClient"):
            inputs.setdefault("grantTypes", ["authorization_code"])
        else:
            inputs["publicClient"] = False
        inputs.pop("cibaAuthenticationRequest", None)  # for a grant that is not among these
        if is_unknown(inputs["callbackUrls"]) or len(inputs["callbackUrls"]) > 1:
            inputs.pop("subject", None)
        if inputs.get("isFapiApplication", True) is not False:
            for name in ("accessToken", "clientAuthentication", "certificate"):
                inputs.pop(name, None)
        if inputs.get("isFapiApplication", False) is False:
            inputs.pop("fapiProfile", None)
    if kind.name == "KeyManager":
        if inputs.keys() >= {"organization", "endpoints"}:
            del inputs[draw(st.sampled_from(["organization", "endpoints"]))]
        if not inputs.keys() & {"organization", "endpoints"}:
            inputs["organization"] = draw(_or_unknown(SPECIAL["organization"], unknown))
    if kind.name == "ApplicationClient":
        if draw(st.booleans()):
            inputs["applicationId"] = draw(_or_unknown(PLAIN, unknown))
            for name in ("applicationName", "description", "throttlingPolicy", "attributes", "groups"):
                inputs.pop(name, None)
        else:
            inputs["applicationName"] = draw(_or_unknown(PLAIN, unknown))
            inputs.pop("applicationId", None)
    return inputs
