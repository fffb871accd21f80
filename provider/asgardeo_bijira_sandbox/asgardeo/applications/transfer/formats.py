"""The formats of a file: XML, YAML and JSON of the same tree.

The server writes its objects out with tools that have ways of their own: XML elements of an application begin with a
capital, YAML names the class of what could be of several, and JSON the kind.
"""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree as Xml

import yaml

from ....web.bodies import json_of, of_characters
from .names import KINDS

__all__ = ("FORMATS", "format_of", "parsed", "rendered")

#: By the end of a file's name: the media types of the format, and the one that it is offered under.
FORMATS = {
    "xml": ("application/xml", "text/xml"),
    "json": ("application/json", "text/json"),
    "yml": ("application/yaml", "text/yaml", "application/x-yaml"),
}
_ROOT, _ROOT_CLASS = "ServiceProvider", "org.wso2.carbon.identity.application.common.model.ServiceProvider"
_CLASSES = dict(KINDS.values())
_PART = "inboundConfigurationProtocol"
_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
#: Elements that are not the member's name with a capital, or of a protocol not the name itself.
_ELEMENTS = {
    "alwaysSendBackAuthenticatedListOfIdPs": "alwaysSendBackAuthenticatedListOfIdPs",
    "apiBasedAuthenticationEnabled": "IsAPIBasedAuthenticationEnabled",
    "assertionQueryRequestProfileEnabled": "isAssertionQueryRequestProfileEnabled",
    "authenticationScriptConfig": "AuthenticationScript",
    "b2BSelfServiceApp": "IsB2BSelfServiceApp",
    "discoverable": "IsDiscoverable",
    "managementApp": "IsManagementApp",
    "mandatory": "MandatoryClaim",
    "requested": "RequestClaim",
    "roles": "AssociatedRoles",
    "saasApp": "IsSaaSApp",
    "skipLogoutConsent": "skipLogoutConsent",
    "subjectClaimUri": "subjectClaimUri",
    "useExternalConsentPage": "UseExternalizedConsentPage",
    "useTenantDomainInLocalSubjectIdentifier": "UseTenantDomainInUsername",
    "useUserstoreDomainInLocalSubjectIdentifier": "UseUserstoreDomainInUsername",
}
_MEMBERS = {element: name for name, element in _ELEMENTS.items()}
#: A list whose items have no element around them, and a member that is the text of its element.
_BARE, _SCRIPT = "accessTokenClaims", "AuthenticationScript"


def format_of(media_type: str) -> str | None:
    """The format that a header names."""
    return next((end for end, types in FORMATS.items() if any(one in media_type for one in types)), None)


def rendered(tree: dict[str, Any], format_: str) -> str:
    """The text of a file."""
    if format_ == "json":
        return json.dumps(tree)
    if format_ == "yml":
        return f"!!{_ROOT_CLASS}\n{yaml.dump(_typed(tree), Dumper=_Dumper, sort_keys=True, allow_unicode=True)}"
    Xml.register_namespace("xsi", _SCHEMA)
    root = _element(_ROOT, tree, capital=True)
    Xml.indent(root, "    ")
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def parsed(text: str, format_: str) -> dict[str, Any]:
    """The tree of a file; raises `ValueError` or `TypeError` for one that cannot be read."""
    try:
        if format_ == "json":
            found = json_of(text.encode())
        elif format_ == "yml":
            found = of_characters(yaml.load(text, Loader=_Loader))  # noqa: S506 - of plain values alone
        elif "<!DOCTYPE" in text:
            raise ValueError("a file that brings definitions is not read")
        else:
            found = _value(Xml.fromstring(text))  # noqa: S314 - without definitions it holds what is written in it
    except (yaml.YAMLError, Xml.ParseError, RecursionError) as problem:
        raise ValueError(str(problem)) from None
    if not isinstance(found, dict):
        raise ValueError("no application is in it")
    return found


class _Typed(dict[str, Any]):
    """A mapping whose class is named."""


class _Dumper(yaml.SafeDumper):
    """Names classes, and writes what occurs twice twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _Loader(yaml.SafeLoader):
    """Takes what a class is named for as the mapping that it is."""


def _of_class(dumper: _Dumper, typed: _Typed) -> yaml.Node:
    members = {name: value for name, value in typed.items() if name != "type"}
    return dumper.represent_mapping(f"tag:yaml.org,2002:{_CLASSES[typed['type']]}", members)


def _mapping(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if not isinstance(node, yaml.MappingNode):
        raise yaml.constructor.ConstructorError(problem="a class is named for what is no mapping")
    return {str(name): value for name, value in loader.construct_mapping(node, deep=True).items()}


_Dumper.add_representer(_Typed, _of_class)
_Loader.add_multi_constructor("tag:yaml.org,2002:org.wso2.carbon.", _mapping)


def _typed(value: Any) -> Any:
    if isinstance(value, list):
        return [_typed(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: _Typed(item) if name == _PART else _typed(item) for name, item in value.items()}


def _element(name: str, value: Any, *, capital: bool) -> Xml.Element:
    element = Xml.Element(name)
    if name == _SCRIPT:
        value = value["content"]
    if isinstance(value, list):
        element.extend(_element(name.removesuffix("s"), item, capital=capital) for item in value)
    elif isinstance(value, dict):
        kind = value.get("type") if _lower(name) == _PART else None
        if kind:
            element.set(f"{{{_SCHEMA}}}type", kind)
        for key, item in value.items():
            if kind is None or key != "type":
                element.extend(_elements(key, item, capital=capital and kind is None))
    else:
        element.text = str(value).lower() if isinstance(value, bool) else _writable(str(value))
    return element


def _elements(member: str, value: Any, *, capital: bool) -> list[Xml.Element]:
    if member == _BARE:
        return [_element(member, item, capital=False) for item in value]
    name = _ELEMENTS.get(member) or (member[:1].upper() + member[1:] if capital else member)
    return [_element(name, value, capital=capital)]


def _value(element: Xml.Element) -> Any:
    """A list has nothing but elements of its own name in the singular; what is empty is as good as not there."""
    if not len(element):
        return {"content": element.text or ""} if element.tag == _SCRIPT else element.text or ""
    singular = element.tag.removesuffix("s")
    if all(child.tag == singular != element.tag for child in element):
        return [_value(child) for child in element]
    found = {_lower(child.tag): _value(child) for child in element}
    bare = [_value(child) for child in element if child.tag == _BARE]
    return {name: value for name, value in (found | ({_BARE: bare} if bare else {})).items() if value != ""}


def _lower(tag: str) -> str:
    return _MEMBERS.get(tag, tag[:1].lower() + tag[1:])


def _writable(text: str) -> str:
    """XML has no place for control characters."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
