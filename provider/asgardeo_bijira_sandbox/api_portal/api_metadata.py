"""What an API is published with: a form of metadata and a definition, checked in the order of the server.

The metadata is JSON in a field or a document of YAML in a file. The server believes what it is sent: a value of another
type fails where it is first used as what it is not, or is kept as text.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from .core_yaml import BadYaml, load_yaml
from .documents import document_of
from .exceptions import failed, objection
from .models import API_STATES
from .values import NoJson, is_true, json_of, text_of

if TYPE_CHECKING:
    from ..web.bodies import File
    from .parsing import Form

__all__ = ("INCOMPLETE", "check_tools", "checked", "definition_of", "metadata_of", "type_of")

VISIBILITIES = ("VISIBLE", "HIDDEN")
INCOMPLETE = "Missing or Invalid fields in the request payload"
_TYPES = {"REST": "RestApi", "SOAP": "SOAP", "MCP": "Mcp", "WS": "WS", "WEBSUB": "WebSubApi", "GRAPHQL": "GRAPHQL"}
_FILES = ("metadata.yaml", "metadata.yml", "metadata.json", "api.yaml", "mcp.yaml")
_MISNAMED = (
    "Invalid metadata file name. Expected 'metadata.yaml', 'metadata.yml', 'metadata.json', 'api.yaml' or 'mcp.yaml'"
)
_OWNERS = ("businessOwner", "businessOwnerEmail", "technicalOwner", "technicalOwnerEmail")


def metadata_of(form: Form) -> dict[str, Any]:
    """The metadata as it was sent, under the names of JSON."""
    if "metadata" in form.files:
        return _of_document(form.files["metadata"])
    text = form.fields.get("metadata")
    if not text:
        raise objection("Missing or invalid fields in the request payload")
    try:
        found = json_of(text_of(text))
    except NoJson:
        raise failed() from None
    if found is None:
        raise failed()
    if not isinstance(found, dict):
        return {}
    return {**found, "handle": found["id"]} if is_true(found.get("id")) else found


def type_of(wanted: Any, *, of_servers: bool = False) -> str:
    """The type that is kept, which for MCP servers is theirs; in a document it may be left out."""
    if not is_true(wanted):
        raise objection("Missing required field 'type'")
    found = _kept_type(wanted)
    if of_servers and found != "Mcp":
        raise objection("Only type 'Mcp' is allowed via this endpoint — use /api/v0.9/apis for other API types")
    if found == "Mcp" and not of_servers:
        raise objection("MCP servers must be created via /api/v0.9/mcp-servers")
    return found


def definition_of(form: Form, kind: str) -> bool:
    """Whether there is a definition; one that the type does not allow is refused."""
    file = form.files.get("definition")
    if file is not None and kind not in ("GRAPHQL", "Mcp"):
        _check_definition(file)
    return file is not None


def check_tools(form: Form, kind: str) -> None:
    """Refuse the definition of an MCP server that is none; the server looks at it last of all."""
    file = form.files.get("definition")
    if kind != "Mcp" or file is None:
        return
    if os.path.splitext(file.name)[1].lower() not in (".json", ".yaml"):
        raise objection("Invalid schema definition file type. Expected '.json' or '.yaml'")
    _check_syntax(file, "schema definition")


def checked(metadata: dict[str, Any]) -> None:
    """Refuse a state, a visibility or an address that there cannot be, and write the visibility in capitals."""
    status, visibility = metadata.get("status"), metadata.get("agentVisibility")
    if is_true(status) and status not in API_STATES:
        raise objection(f"Invalid status '{text_of(status)}'. Must be one of: {', '.join(API_STATES)}.")
    if is_true(visibility):
        metadata["agentVisibility"] = _visibility(visibility)
    places = metadata["endPoints"]
    for name in ("productionURL", "sandboxURL") if isinstance(places, dict) else ():
        place = places.get(name)
        if not isinstance(place, str | list | None):
            raise failed()
        if isinstance(place, str):
            places[name] = place.replace("choreoapis", "bijiraapis", 1)
            if metadata["type"] == "GRAPHQL":
                places[name] = re.sub("^ws(s?)://", r"http\1://", places[name])


def _visibility(wanted: Any) -> str:
    if not isinstance(wanted, str):
        raise failed()
    if wanted.upper() not in VISIBILITIES:
        raise objection(f"Invalid agentVisibility '{wanted}'. Must be one of: {', '.join(VISIBILITIES)}.")
    return wanted.upper()


def _kept_type(wanted: Any) -> str:
    """A type by its keyword or as it is kept; what is no text is REST."""
    if not is_true(wanted) or not isinstance(wanted, str):
        return "RestApi"
    keyword = re.sub(r"\s+", "", wanted).upper()
    if wanted not in _TYPES.values() and keyword not in _TYPES:
        raise objection("Invalid api type. Supported values: REST, WS, GRAPHQL, SOAP, WEBSUB, MCP")
    return wanted if wanted in _TYPES.values() else _TYPES[keyword]


def _of_document(file: File) -> dict[str, Any]:
    if file.name.lower() not in _FILES:
        raise objection(_MISNAMED)
    document = document_of(file.text, "API YAML file", "Invalid API YAML content")
    spec = _members(_members(document).get("spec"))
    status = spec["status"] if is_true(spec.get("status")) else API_STATES[0]
    visibility = spec.get("agentVisibility")
    found: dict[str, Any] = {
        "name": spec.get("displayName"),
        **{name: spec[name] for name in ("version", "description", "referenceId") if name in spec},
        "handle": _members(_members(document).get("metadata")).get("name"),
        "type": _kept_type(spec.get("type")),
        "status": status,
    }
    if status not in API_STATES:
        raise objection(f"Invalid API status '{text_of(status)}'. Must be one of: {', '.join(API_STATES)}.")
    found["agentVisibility"] = _visibility(visibility if is_true(visibility) else VISIBILITIES[0])
    return {**found, **_lists(spec)}


def _lists(spec: dict[str, Any]) -> dict[str, Any]:
    owners, places = _members(spec.get("businessInformation")), _members(spec.get("endpoints"))
    names = {"sandboxURL": "sandboxUrl", "productionURL": "productionUrl"}
    return {
        "tags": _texts(spec.get("tags")),
        **({"labels": _texts(spec["labels"])} if "labels" in spec else {}),
        "owners": {name: owners[name] for name in _OWNERS if name in owners},
        "endPoints": {name: places[given] for name, given in names.items() if given in places},
        "subscriptionPlans": [{"id": plan} for plan in _texts(spec.get("subscriptionPlans"))],
    }


def _members(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> list[str]:
    given = value if isinstance(value, list) else []
    return [text_of(one).strip() for one in given if one is not None and text_of(one).strip()]


def _check_definition(file: File) -> None:
    extension = os.path.splitext(file.name)[1].lower()
    if not os.path.basename(file.name):
        raise objection("Invalid API definition file name")
    if extension in (".json", ".yaml", ".yml"):
        _check_syntax(file, "API definition")
    elif extension not in (".xml", ".wsdl"):
        text = "Invalid API definition file type. Expected '.json', '.yaml', '.yml', '.xml', or '.wsdl'"
        raise objection(text)
    elif not file.text.strip():
        raise objection("Invalid API definition XML file: empty content")


def _check_syntax(file: File, what: str) -> None:
    if file.name.lower().endswith(".json"):
        try:
            json_of(file.text)
        except NoJson:
            raise objection(f"Invalid {what} JSON file: it is no JSON") from None
        return
    try:
        load_yaml(file.text)
    except BadYaml as problem:
        raise objection(f"Invalid {what} YAML file: {problem}") from None
    if not file.text.strip():
        raise objection(f"Invalid {what} YAML file: empty content")
