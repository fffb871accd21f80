"""Applications on their way from one server to another: `/applications/export` and `/applications/import`.

What travels is an archive of one document, in YAML or JSON: the application, its keys if asked for, with their secrets
in base64, and its subscriptions by the names of the APIs.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import yaml
from starlette.responses import Response

from ..web.bodies import files_of, json_of
from ..web.responses import answer
from .apis import info
from .applications import BODY, apply, in_short
from .exceptions import bad_request, broken, conflict, not_found
from .keys import shown
from .models import RESIDENT, Application, KeyMapping, Subscription
from .request import shaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .models import PublishedApi
    from .request import ControlPlaneRequest, Shape

_VERSION = "v4.3.0"
_KEY: Shape = {
    **dict.fromkeys(("consumerKey", "consumerSecret", "keyManager", "keyType"), "text"),
    "supportedGrantTypes": "texts",
}


def export(request: ControlPlaneRequest) -> Response:
    """GET the archive of the application that has this name and this owner."""
    name, owner, form = request.query("appName"), request.query("appOwner"), request.query("format").upper() or "YAML"
    if not name.strip() or not owner.strip():
        raise bad_request("Application name or owner should not be empty or null.")
    if form not in ("YAML", "JSON"):
        raise broken()
    application = _known(request, name, owner)
    if application is None:
        raise not_found(f"No application found with name {name} owned by {owner}")
    document = {"type": "application", "version": _VERSION, "data": _data(request, application)}
    text = json.dumps(document, indent=2) if form == "JSON" else yaml.safe_dump(document, sort_keys=False)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(f"{owner}-{name}/application.{form.lower()}", text)
    headers = {"Content-Disposition": f'attachment; filename="{_in_a_header(f"{owner}_{name}")}.zip"'}
    return Response(archive.getvalue(), media_type="application/zip", headers=headers)


def import_(request: ControlPlaneRequest) -> Response:
    """POST an archive: its owner is who is named, who owned it where that is to be preserved, or else the caller."""
    data = _document(request)
    body = shaped(data.get("applicationInfo"), {**BODY, "keys": "list"})
    preserved = body.get("owner") if request.query("preserveOwner") == "true" else None
    owner = request.query("appOwner") or preserved or request.subject
    application = _known(request, request.text(body, "name"), owner)
    if application is not None and request.query("update") != "true":
        raise conflict(f"An application already exists with name {application.name}")
    application = application or Application(name="", owner=owner, throttling_policy="")
    apply(request, application, body)
    request.organization.applications[application.id] = application
    skipped = [] if request.query("skipSubscriptions") == "true" else list(_subscribed(request, application, data))
    if request.query("skipApplicationKeys") != "true":
        _add_keys(request, application, body.get("keys") or [])
    if skipped:
        return answer({"count": len(skipped), "list": skipped}, 207)
    return answer(in_short(request, application), 201, {"Location": f"/applications/{application.id}"})


def _known(request: ControlPlaneRequest, name: str, owner: str) -> Application | None:
    found = (one for one in request.organization.applications.values() if (one.name, one.owner) == (name, owner))
    return next(found, None)


def _data(request: ControlPlaneRequest, application: Application) -> dict[str, Any]:
    own = [one for one in request.organization.subscriptions.values() if one.application_id == application.id]
    with_keys = application.mappings.values() if request.query("withKeys") == "true" else ()
    keys = [
        {**shown(request, one), "consumerSecret": base64.b64encode((one.client_secret or "").encode()).decode()}
        for one in with_keys
    ]
    subscribed = [_subscription(application, request.organization.apis[one.api_id], one.plan) for one in own]
    about = {**in_short(request, application), "tokenType": "JWT", "keys": keys, "subscriptionScopes": []}
    return {"applicationInfo": about, "subscribedAPIs": subscribed}


def _subscription(application: Application, api: PublishedApi, plan: str) -> dict[str, Any]:
    return {
        "apiId": {"providerName": info(api)["provider"], "apiName": api.name, "version": api.version},
        "subscriber": {"name": application.owner, "tenantId": 0},
        "throttlingPolicy": plan,
    }


def _document(request: ControlPlaneRequest) -> dict[str, Any]:
    """The data of the archive's one document; the server's code breaks on what is none."""
    file = files_of(request.http.headers.get("content-type", ""), request.body).get("file")
    try:
        with zipfile.ZipFile(io.BytesIO(file.content if file else b"")) as archive:
            names = [one for one in archive.namelist() if one.endswith(("/application.yaml", "/application.json"))]
            found = yaml.safe_load(archive.read(names[0])) if names else None
        found = json_of(json.dumps(found, default=str).encode())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, yaml.YAMLError):
        raise broken() from None
    data = found.get("data") if isinstance(found, dict) else None
    if not isinstance(data, dict):
        raise broken()
    return data


def _subscribed(
    request: ControlPlaneRequest, application: Application, data: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Subscribe to all that is there under the same name and version with the same plan; what is not is told."""
    for one in data.get("subscribedAPIs") or []:
        row = shaped(one, {"apiId": "object", "throttlingPolicy": "text"})
        named = shaped(row.get("apiId") or {}, dict.fromkeys(("apiName", "version", "providerName"), "text"))
        api = _api(request, named)
        if api is None or row.get("throttlingPolicy") not in api.plans:
            yield {"name": named.get("apiName"), "version": named.get("version"), "provider": named.get("providerName")}
        elif request.organization.subscription_of(application, api) is None:
            made = Subscription(application_id=application.id, api_id=api.id, plan=row["throttlingPolicy"])
            request.organization.subscriptions[made.id] = made


def _api(request: ControlPlaneRequest, named: dict[str, Any]) -> PublishedApi | None:
    wanted = (named.get("apiName"), named.get("version"))
    return next((one for one in request.organization.apis.values() if (one.name, one.version) == wanted), None)


def _add_keys(request: ControlPlaneRequest, application: Application, keys: list[Any]) -> None:
    """Take the clients that come with a secret, where nobody has them and their place is free."""
    for body in (shaped(one, _KEY) for one in keys):
        manager = request.organization.key_manager(body.get("keyManager") or RESIDENT)
        client_id, secret, key_type = body.get("consumerKey"), body.get("consumerSecret"), body.get("keyType")
        if not client_id or not secret or manager is None or key_type not in ("PRODUCTION", "SANDBOX"):
            continue
        taken = any((one.key_manager, one.key_type) == (manager.id, key_type) for one in application.mappings.values())
        if taken or request.organization.mapping_of(client_id, manager.id):
            continue
        made = KeyMapping(client_id=client_id, key_manager=manager.id, key_type=key_type)
        if manager.type == "default":
            made.client_secret = _decoded(secret)
            made.grant_types = body.get("supportedGrantTypes") or made.grant_types
        application.mappings[made.id] = made


def _decoded(secret: str) -> str:
    try:
        return base64.b64decode(secret, validate=True).decode()
    except (binascii.Error, ValueError):
        raise broken() from None


def _in_a_header(text: str) -> str:
    return text.encode("ascii", "replace").decode().replace("?", "_")
