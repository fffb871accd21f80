"""What a program declares of an API in Asgardeo, and what the API computes."""

import json
from typing import Annotated, Literal

from ..declaration import Declaration
from ..field_types import ScopeName, if_text
from ..schema import (
    NAMED_AFTER_RESOURCE,
    NEWER,
    PASSING_UNKNOWNS,
    REPLACES,
    WRITE_ONLY,
    Default,
    Effect,
    Flag,
    Inputs,
    IsUnknown,
    KeyedBy,
    Name,
    Outputs,
    Prose,
    at_most,
    like,
)
from ..widening import CHANGE_WIDENS, MORE_WIDENS, NEVER_WIDENS, OFF_WIDENS

__all__ = ("API", "ApiInputs", "ApiOutputs", "ApiScope", "AuthorizationDetailsType")

#: Every organisation has these from the start, and an API's scope cannot have the name of another one.
_OF_OPENID = ("openid", "profile", "email", "address", "phone")


def _of_its_own(name: str) -> str:
    if name.startswith(("internal", "console:")):
        raise ValueError("begins with internal or console:, which are the platform's own; choose another name")
    if name in _OF_OPENID:
        raise ValueError("is a scope of OpenID Connect, which the organisation has already; choose another name")
    return name


def _long_enough(name: str) -> str:
    if len(name) < 3:
        raise ValueError("must have at least 3 characters")
    return name


def _canonical(text: str) -> str:
    """As it is read back, since the platform keeps what it means and not how it was written."""
    try:
        schema = json.loads(text)
    except ValueError:
        raise ValueError("is not JSON text, write it with json.dumps") from None
    if not isinstance(schema, dict) or not schema:
        raise ValueError("is not a JSON object with something in it")
    return json.dumps(schema, sort_keys=True, ensure_ascii=False)


class ApiScope(Inputs):
    """A scope that an API defines."""

    name: Annotated[
        ScopeName, if_text(_of_its_own), Effect("A change removes the scope and adds another."), NEVER_WIDENS
    ]
    """Name of the scope, as tokens carry it. Unique among all APIs of the organisation."""

    display_name: Annotated[Name | None, Default("`name`"), like("Read orders", "Read all orders"), NEVER_WIDENS] = None
    """Name that people see."""

    description: Annotated[Prose | None, at_most(300), NEVER_WIDENS] = None
    """What the scope allows."""

    def complete(self, unknown: IsUnknown) -> None:
        """A scope is shown by its name unless somebody says otherwise."""
        if self.display_name is None:
            self.display_name = self.name


class AuthorizationDetailsType(Inputs):
    """A type of authorization details (RFC 9396) that an API defines."""

    type: Annotated[
        Name,
        like("payment_initiation", "account_information"),
        Effect("A change removes the type and adds another."),
        NEVER_WIDENS,
    ]
    """The type, as requests name it. Unique among all APIs of the organisation."""

    name: Annotated[Name, if_text(_long_enough), like("Payment initiation", "Account information"), NEVER_WIDENS]
    """Name that people see, of at least 3 characters."""

    description: Annotated[Prose, at_most(255), NEVER_WIDENS]
    """What the type is for."""

    json_schema: Annotated[
        Annotated[str, if_text(_canonical), PASSING_UNKNOWNS],
        like('{"type": "object"}', '{"required": ["actions"], "type": "object"}'),
        CHANGE_WIDENS,
    ]
    """JSON Schema of such details, as JSON text."""


class ApiInputs(Inputs):
    """The inputs of an API."""

    identifier: Annotated[
        Name, REPLACES, like("https://api.example.com/orders", "https://api.example.com/bills"), NEVER_WIDENS
    ]
    """Identifier of the API, usually its address. Unique in the organisation."""

    name: Annotated[Name, NAMED_AFTER_RESOURCE, like("Orders", "Bills"), NEVER_WIDENS]
    """Name of the API."""

    description: Annotated[Prose | None, at_most(255), NEVER_WIDENS] = None
    """What the API is for."""

    requires_authorization: Annotated[Flag, REPLACES, OFF_WIDENS] = True
    """Whether the scopes are granted under the policy `RBAC` alone, by which people need a role."""

    scopes: Annotated[list[ApiScope] | None, KeyedBy("name"), MORE_WIDENS] = None
    """The scopes of the API, all of them. Left out: scopes are not managed, a key manager may own them."""

    authorization_details_types: Annotated[
        list[AuthorizationDetailsType] | None, KeyedBy("type"), NEWER, MORE_WIDENS
    ] = None
    """Types of authorization details (RFC 9396) that the API defines, all of them. Left out: they are not managed."""

    resource_type: Annotated[
        Literal["BUSINESS", "MCP"] | None, Default("`BUSINESS`"), REPLACES, NEWER, NEVER_WIDENS
    ] = None
    """What the API is: `BUSINESS`, or `MCP` for the tools of an MCP server."""

    adopt: Annotated[Flag | None, WRITE_ONLY, Default("false"), Effect("Matters at creation only.")] = None
    """Take over the API that already has this identifier instead of failing."""


class ApiOutputs(Outputs):
    """What an API computes besides its id."""

    organization: str
    """Organisation that it lives in: its name, after the host where that is not Asgardeo's public one."""


API = Declaration(
    name="Api",
    type_name="asgardeo:Api",
    class_name="AsgardeoApi",
    title="API",
    inputs=ApiInputs,
    outputs=ApiOutputs,
    summary="An API in Asgardeo: its identifier and the scopes that applications can ask for.",
    id_text="Id of the API resource, a UUID.",
    errors=(
        "an identifier or a scope name that another API of the organisation has",
        "a management application without the scopes `internal_api_resource_create`, `_view`, `_update` and `_delete`",
    ),
    page="https://wso2.com/asgardeo/docs/guides/authorization/api-authorization/api-authorization/",
    example="""\
import pulumi
import pulumi_asgardeo_bijira as wso2

orders = wso2.AsgardeoApi(
    "orders",
    identifier="https://api.example.com/orders",
    scopes=[
        {"name": "orders:read", "display_name": "Read orders"},
        {"name": "orders:write"},
    ],
)
pulumi.export("apiId", orders.id)
""",
    adopting="Set `adopt` to true: the API that has the `identifier` is taken over and changed to what is declared.",
)
