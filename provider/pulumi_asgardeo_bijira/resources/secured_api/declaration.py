"""What a program declares of a secured API: inputs of its three parts, each meaning what it means there."""

from ..api.declaration import API
from ..application.declaration import ASGARDEO_APPLICATION
from ..application_client.declaration import APPLICATION_CLIENT
from ..declaration import Component, Several
from ..role.declaration import ROLE
from ..schema import Outputs

__all__ = ("SECURED_API", "SecuredApiOutputs")


class SecuredApiOutputs(Outputs):
    """What a secured API computes itself."""

    scope: str
    """All scopes of the API, separated by spaces, as a token request takes them."""


SECURED_API = Component(
    class_name="SecuredApi",
    token="asgardeo-bijira:index:SecuredApi",  # noqa: S106  # a type's name
    inputs={
        "identifier": API,
        "scopes": API,
        "application_type": ASGARDEO_APPLICATION,
        "grant_types": ASGARDEO_APPLICATION,
        "callback_urls": ASGARDEO_APPLICATION,
        "key_manager": APPLICATION_CLIENT,
        "key_type": APPLICATION_CLIENT,
        "subscriptions": APPLICATION_CLIENT,
    },
    parts={
        "api": (API, "The API."),
        "application": (
            ASGARDEO_APPLICATION,
            "The application, authorized for all scopes of the API under the policy RBAC.",
        ),
        "client": (APPLICATION_CLIENT, "The application's client in Bijira."),
    },
    outputs={
        "token_endpoint": ASGARDEO_APPLICATION,
        "client_id": ASGARDEO_APPLICATION,
        "client_secret": ASGARDEO_APPLICATION,
    },
    several={
        "roles": Several(
            ROLE,
            class_name="SecuredApiRole",
            summary="A role of the application, and who has it.",
            text="The application's roles: which scopes people have in it. Needed where it acts for people "
            "(`password`, `authorization_code`), for without a role their tokens have no scope. Where there are some, "
            "the application's `allowed_audience` is `APPLICATION`.",
            name_text="Name of the role, and the end of its resource's name: plain text, no output. Another name is "
            "another role.",
            required=("permissions",),
            optional=("groups", "users"),
            parts_text="The application's roles by their names.",
        ),
    },
    computed=SecuredApiOutputs,
    summary="An API in Asgardeo, an application that may use all its scopes, and that application's client in Bijira.",
    details="""\
Its parts are named after it: `<name>-api`, `<name>-application`, `<name>-client`, `<name>-role-<name of the role>`.
Whoever needs more than these inputs declares the parts by themselves.""",
    page="https://wso2.com/api-platform/docs/cloud/devportal/manage-applications/create-an-application/",
    example="""\
import pulumi
import pulumi_asgardeo_bijira as wso2

orders = wso2.SecuredApi(
    "orders",
    identifier="https://api.example.com/orders",
    scopes=[{"name": "orders:read"}, {"name": "orders:write"}],
    subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0", "plan": "Gold"}],
)
pulumi.export("tokenEndpoint", orders.token_endpoint)
pulumi.export("clientId", orders.client_id)
pulumi.export("clientSecret", orders.client_secret)
pulumi.export("scope", orders.scope)
""",
)
