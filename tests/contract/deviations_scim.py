"""Where SCIM is known to differ from its description: first what the lives bring about, then what others do."""

from __future__ import annotations

from tests.contract.deviation import STATUS, Deviation
from tests.contract.problems import BREAKDOWN

__all__ = ("GENERATED_SCIM", "SCIM")

_ROLES, _ROLE = "/v2/Roles", "/v2/Roles/{id}"
_NEWER_ROLES, _NEWER_ROLE = "/v3/Roles", "/v3/Roles/{id}"
_USERS, _USER = ("GET /Users", "POST /Users/.search"), ("GET /Users/{id}",)
_GROUPS, _GROUP = ("GET /Groups", "POST /Groups/.search"), ("GET /Groups/{id}",)
_SEARCH, _MAKING = ("POST /Users/.search",), ("POST /Users", "POST /Groups")
_REPLACED_GROUP = "PUT /Groups/{id}"
_CHANGED_USER, _OWN = ("PUT /Users/{id}", "PATCH /Users/{id}"), ("GET /Me", "PUT /Me", "PATCH /Me")
_CHANGED = (*_CHANGED_USER, _REPLACED_GROUP)
_GONE = ("DELETE /Users/{id}", "DELETE /Groups/{id}")

_SCHEMA = "the body: schema is missing"
_MISSPELT = "The description asks for `schema`; it is `schemas` that every message has."
_LIST, _LISTED = (
    "schemas is list",
    "Schemas are always a list, which is described here and there as an object or a text.",
)
_LINKS = "not described: $ref", "The server links to everything that it names."
_SYSTEM = "meta: not described: systemRole", "The platform's own roles say that they are."
_AUDIENCE = (
    "roles[]: not described: audienceDisplay, audienceType, audienceValue",
    "Since roles have an audience the server shows it beside the name.",
)
_REFUSED = "A body or filter that is no good is a 400, with the message in its type or its detail."

_TYPE = "Content for the following mimetype not found: application/json. Valid mimetypes: ['application/scim+json']"
_GUARD = "The guard in front of all endpoints refuses in JSON, of SCIM's form but not of its type."
_NO_NUMBER = "Where a page is asked for by no number of 32 bits, the server finds no endpoint."

_NAME, _CHOSEN = "SCIM's own spelling is userName.", "Only what a client asks for is shown."

SCIM = (
    Deviation("200", _LIST, _LISTED, ("GET /Users", *_USER)),
    Deviation("200", "Resources[].schemas is list", _LISTED, ("GET /Users",)),
    Deviation("200", "Resources[]: not described: userName", _NAME, ("GET /Users",)),
    Deviation("200", "the body: not described: userName", _NAME, _USER),
    Deviation("200", "Resources[]: meta is missing", _CHOSEN, ("GET /Users",)),
    Deviation("200", "the body: meta is missing", _CHOSEN, _USER),
    Deviation("200", "Resources[]: not described: schemas", "A group in a list has its schemas too.", ("GET /Groups",)),
    Deviation("404", _SCHEMA, _MISSPELT, (f"DELETE {_ROLE}",)),
    Deviation("409", _SCHEMA, _MISSPELT, (f"POST {_ROLES}",)),
    Deviation("409", _LIST, _LISTED, (f"POST {_ROLES}",)),
    Deviation("200", _LIST, _LISTED, (f"PATCH {_ROLE}",)),
    Deviation("request", "Operations[].value is str", "A new name is a text, and no list.", (f"PATCH {_ROLE}",)),
    Deviation(
        "request",
        "audience.type is application, which is no described value",
        "The description misspells `application`.",
        (f"POST {_ROLES}",),
    ),
    *(
        Deviation(
            "request", f"{part}[] is dict", "The description gives an object for an example.", (f"POST {_ROLES}",)
        )
        for part in ("groups", "users")
    ),
    Deviation("400", STATUS, _REFUSED, (f"POST {_ROLES}",)),
    Deviation("200", f"Resources[].{_SYSTEM[0]}", _SYSTEM[1], (f"GET {_ROLES}",)),
    *(
        Deviation("200", f"{part}[]: {_LINKS[0]}", _LINKS[1], (f"GET {_ROLE}",))
        for part in ("permissions", "associatedApplications")
    ),
    *(
        Deviation(
            "200",
            f"the body: not described: associatedApplications, {lists}",
            "A change is answered with the whole role but its users.",
            (f"PATCH {_ROLE}",),
        )
        for lists in ("groups", "permissions", "groups, permissions")
    ),
)

_LISTS = tuple(f"{_NEWER_ROLE}/{part}" for part in ("Users", "Groups"))
_REPLACED, _PATCHED = (tuple(f"{verb} {path}" for path in _LISTS) for verb in ("PUT", "PATCH"))
_GENERATED_NEWER_ROLES = (
    Deviation(
        "401",
        _TYPE,
        _GUARD,
        (
            *_REPLACED,
            *_PATCHED,
            *(f"{verb} {_NEWER_ROLES}" for verb in ("GET", "POST")),
            f"POST {_NEWER_ROLES}/.search",
            *(f"{verb} {_NEWER_ROLE}" for verb in ("GET", "PUT", "PATCH")),
        ),
    ),
    Deviation("404", _SCHEMA, _MISSPELT, (*_REPLACED, *(f"{verb} {_NEWER_ROLE}" for verb in ("GET", "DELETE")))),
    Deviation("400", _SCHEMA, _MISSPELT, (f"PUT {_NEWER_ROLE}",)),
    Deviation("400", _LIST, _LISTED, (f"PUT {_NEWER_ROLE}",)),
    Deviation(
        "400",
        STATUS,
        _REFUSED,
        (*_PATCHED, f"PATCH {_NEWER_ROLE}", f"POST {_NEWER_ROLES}", f"POST {_NEWER_ROLES}/.search"),
    ),
    Deviation("406", _SCHEMA, _MISSPELT, (*_REPLACED, *_PATCHED)),
    Deviation("406", _LIST, _LISTED, (*_REPLACED, *_PATCHED)),
    Deviation("406", "the body: not described: detail", "It says what is wrong.", (*_REPLACED, *_PATCHED)),
    Deviation(
        "200",
        f"Resources[].{_SYSTEM[0]}",
        _SYSTEM[1],
        (f"GET {_NEWER_ROLES}", f"POST {_NEWER_ROLES}/.search"),
    ),
    Deviation("200", f"permissions[]: {_LINKS[0]}", _LINKS[1], (f"GET {_NEWER_ROLE}",)),
    Deviation("200", "the body: not described: displayName", "A role has a name.", (f"PUT {_NEWER_ROLE}/Users",)),
    *(
        Deviation("500", what, "A user whom nobody knows is too much for the server.", (f"PUT {_NEWER_ROLE}/Users",))
        for what in (STATUS, BREAKDOWN)
    ),
    Deviation("404", "Missing response data", _NO_NUMBER, (f"GET {_NEWER_ROLES}",)),
)

GENERATED_SCIM = (
    *_GENERATED_NEWER_ROLES,
    Deviation(
        "401",
        _TYPE,
        _GUARD,
        (
            *_USERS,
            *_USER,
            *_GROUPS,
            *_GROUP,
            *_MAKING,
            *_CHANGED,
            *_OWN,
            "POST /Bulk",
            "PATCH /Groups/{id}",
            *(f"{verb} {_ROLES}" for verb in ("GET", "POST")),
            f"POST {_ROLES}/.search",
            *(f"{verb} {_ROLE}" for verb in ("GET", "PUT", "PATCH")),
        ),
    ),
    Deviation("404", _SCHEMA, _MISSPELT, (f"GET {_ROLE}", *_USER, *_GROUP, *_GONE, *_CHANGED)),
    Deviation("400", _SCHEMA, _MISSPELT, (f"PUT {_ROLE}", "POST /Users", *_CHANGED)),
    Deviation("404", _LIST, _LISTED, (*_USER, "DELETE /Users/{id}", *_CHANGED_USER)),
    Deviation("400", _LIST, _LISTED, (f"PUT {_ROLE}", "POST /Users", *_CHANGED)),
    Deviation("201", _LIST, _LISTED, ("POST /Users",)),
    Deviation("201", "the body: not described: userName", _NAME, ("POST /Users",)),
    Deviation("201", _AUDIENCE[0], _AUDIENCE[1], ("POST /Users",)),
    Deviation("403", STATUS, "A token that was given for no user is not let in.", _OWN),
    Deviation("200", "the body: not described: Resources, totalResults", "A list of them.", ("GET /ResourceTypes",)),
    Deviation("200", "the body is dict", "It is one document, and no list.", ("GET /ServiceProviderConfig",)),
    Deviation("501", STATUS, "Schemas of others than users are not shown.", ("GET /Schemas/{id}",)),
    Deviation("200", _LIST, _LISTED, _SEARCH),
    Deviation("200", "Resources[].schemas is list", _LISTED, _SEARCH),
    Deviation("200", "Resources[]: not described: schemas", "In a search as well.", ("POST /Groups/.search",)),
    Deviation("200", "Resources[]: not described: userName", _NAME, _SEARCH),
    Deviation("200", f"Resources[].{_AUDIENCE[0]}", _AUDIENCE[1], (*_USERS, *_GROUPS)),
    Deviation("200", _AUDIENCE[0], _AUDIENCE[1], (*_USER, *_GROUP)),
    Deviation("200", f"Resources[].{_SYSTEM[0]}", _SYSTEM[1], (f"POST {_ROLES}/.search",)),
    Deviation(
        "400",
        STATUS,
        _REFUSED,
        (
            f"PATCH {_ROLE}",
            "PATCH /Groups/{id}",
            "POST /Groups",
            "POST /Bulk",
            "POST /Groups/.search",
            f"POST {_ROLES}/.search",
        ),
    ),
    Deviation("406", STATUS, "A body must say of what type it is.", ("POST /Users/.search", f"POST {_ROLES}/.search")),
    Deviation(
        "404",
        "Missing response data",
        _NO_NUMBER,
        ("GET /Users", "GET /Groups", f"GET {_ROLES}"),
    ),
)
