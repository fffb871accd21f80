"""What hangs on an application besides its documents: owner, script, authenticators, its export, the resident one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.http import answer, empty
from ..bodies import Body
from ..exceptions import application_error, not_permitted
from .documents import document
from .lookup import find_application, own_application

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..request import Call

__all__ = ("authenticators", "change_owner", "change_script", "export", "organization", "resident")

_SECRET_VIEW = "internal_application_mgt_client_secret_view"  # noqa: S105 - the name of a scope
_SCRIPT = "internal_application_script_update"


class Owner(Body):
    """Who an application belongs to."""

    id: str


class Script(Body):
    """A sign-in script."""

    script: str


def authenticators(call: Call) -> Response:
    """GET how users sign in, step by step."""
    application = find_application(call)
    return answer([_step(step) for step in application.authentication["steps"]])


def change_owner(call: Call) -> Response:
    """PUT: the application belongs to somebody else."""
    body, application = call.read(Owner), own_application(call)
    if body.id not in call.tenant.users:
        raise application_error(
            400, "APP-60504", "User not found", f"Non exiting user for the given userid: {body.id}."
        )
    application.registration = {**application.registration, "ext_application_owner": body.id}
    return empty(200)


def change_script(call: Call) -> Response:
    """PUT the sign-in script, which needs steps of the application's own; a blank one takes it away."""
    body, application = call.read(Script), own_application(call)
    if not call.holds(_SCRIPT):
        raise not_permitted()
    if not body.script.strip():
        application.authentication.pop("script", None)
        return empty(200)
    if application.authentication["type"] == "DEFAULT":
        text = "Update authentication steps before configuring the script."
        raise application_error(400, "APP-60001", "Invalid Request.", text)
    application.authentication["script"] = body.script
    return empty(200)


def export(call: Call) -> Response:
    """GET the application as a file. Its form is the sandbox's own: the one in which it is served.

    The secret is in it only where it is asked for and the token may see it.
    """
    application = find_application(call)
    inbound: dict[str, Any] = dict(application.protocols)
    if application.oidc is not None:
        asked = (call.query("exportSecrets") or "").lower() == "true" and call.holds(_SECRET_VIEW)
        secret = {"clientSecret": application.oidc.client_secret} if asked else {}
        inbound["oidc"] = {"clientId": application.oidc.client_id, **secret, **application.oidc.settings}
    exported = answer({**document(call, application), "inboundProtocolConfiguration": inbound})
    exported.headers["Content-Disposition"] = f'attachment; filename="{application.name}.json"'
    return exported


def organization(call: Call) -> Response:
    """GET the organisation itself."""
    tenant = call.tenant
    return answer(
        {"id": tenant.id, "name": tenant.name, "orgHandle": tenant.name, "status": "ACTIVE", "type": "TENANT"}
    )


def resident(call: Call) -> Response:
    """GET the application that stands for the organisation's own provisioning."""
    return answer({"provisioningConfigurations": {"inboundProvisioning": {"proxyMode": False}}})


def _step(step: dict[str, Any]) -> dict[str, Any]:
    names = {local: [one for one in step["options"] if (one["idp"] == "LOCAL") is local] for local in (True, False)}
    return {
        "stepId": step["id"],
        "localAuthenticators": [{"name": one["idp"], "type": one["authenticator"]} for one in names[True]],
        "federatedAuthenticators": [{"name": one["idp"], "type": one["authenticator"]} for one in names[False]],
    }
