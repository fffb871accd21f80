"""An application as the tree that a file is made of, and such a tree as the body that makes the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..documents import PROTOCOLS, inbound_key
from .formats import parsed
from .names import APPLICATION, KINDS, OIDC, PROPERTIES, SAML, carried, inner, place

if TYPE_CHECKING:
    from ...models import Application

__all__ = ("body_of", "tree_of")

_INBOUND = "inboundAuthenticationConfig.inboundAuthenticationRequestConfigs"
_SIGNING_IN = "localAndOutBoundAuthenticationConfig"
_OWN_STEPS = "flow"
_CIBA = "cibaAuthenticationRequest"
_TYPES = {**{path: type_ for path, (type_, _) in PROTOCOLS.items()}, "oidc": "oauth2"}


def tree_of(application: Application, served: dict[str, Any], *, with_secret: bool) -> dict[str, Any]:
    """The tree; of the application as it is served, and of the protocols that it speaks."""
    tree = carried(served, APPLICATION)
    sequence, claims, roles = (
        served[member] for member in ("authenticationSequence", "claimConfiguration", "associatedRoles")
    )
    signing_in = tree[_SIGNING_IN]
    signing_in["authenticationType"] = _OWN_STEPS if sequence["type"] == "USER_DEFINED" else "default"
    signing_in["authenticationSteps"] = [_step(step, sequence) for step in sequence["steps"]]
    tree["claimConfig"] |= {"localClaimDialect": claims["dialect"] == "LOCAL", "claimMappings": _mappings(claims)}
    associated = [{"id": role["id"], "name": role.get("name", "")} for role in roles.get("roles", ())]
    tree["associatedRolesConfig"] = {"allowedAudience": roles["allowedAudience"].lower(), "roles": associated}
    spoken = (["oidc"] if application.oidc else []) + [one for one in application.protocols if one in _TYPES]
    place(tree, _INBOUND, [_inbound(application, protocol, with_secret) for protocol in spoken])
    return tree


def _inbound(application: Application, protocol: str, with_secret: bool) -> dict[str, Any]:
    part: dict[str, Any] = {"inboundAuthKey": inbound_key(application, protocol), "inboundAuthType": _TYPES[protocol]}
    if protocol in PROPERTIES:
        values = carried(application.protocols[protocol], PROPERTIES[protocol])
        return {**part, "properties": [{"name": name, "value": value} for name, value in values.items()]}
    made = {"type": KINDS[protocol][0]}
    if application.oidc is None or protocol != "oidc":
        return {**part, "inboundConfigurationProtocol": made | carried(application.protocols[protocol], SAML)}
    oidc = application.oidc
    secret = {"clientSecret": oidc.client_secret} if with_secret else {}
    settings = {**oidc.settings, "clientId": oidc.client_id, "state": oidc.state, **secret}
    made |= {"oauthVersion": "OAuth-2.0", "applicationName": application.name, **carried(settings, OIDC)}
    made["grantTypes"] = " ".join(settings["grantTypes"])
    place(made, "callbackUrl", next(iter(settings["callbackURLs"]), None))
    place(made, "cibaNotificationChannels", ",".join(inner(settings, f"{_CIBA}.notificationChannels") or ()) or None)
    return {**part, "inboundConfigurationProtocol": made}


def _step(step: dict[str, Any], sequence: dict[str, Any]) -> dict[str, Any]:
    options = step["options"]
    return {
        "stepOrder": step["id"],
        "subjectStep": step["id"] == sequence["subjectStepId"],
        "attributeStep": step["id"] == sequence["attributeStepId"],
        "localAuthenticatorConfigs": [{"name": one["authenticator"]} for one in options if one["idp"] == "LOCAL"],
        "federatedIdentityProviders": [
            {"identityProviderName": one["idp"], "federatedAuthenticatorConfigs": [{"name": one["authenticator"]}]}
            for one in options
            if one["idp"] != "LOCAL"
        ],
    }


def _mappings(claims: dict[str, Any]) -> list[dict[str, Any]]:
    """A claim is asked for by the application's name for it."""
    requested = {one["claim"]["uri"]: one["mandatory"] for one in claims["requestedClaims"]}
    return [
        {
            "localClaim": {"claimUri": one["localClaim"]["uri"]},
            "remoteClaim": {"claimUri": one["applicationClaim"]},
            "requested": one["applicationClaim"] in requested,
            "mandatory": requested.get(one["applicationClaim"], False),
        }
        for one in claims["claimMappings"]
    ]


def body_of(tree: dict[str, Any]) -> dict[str, Any]:
    """The body; raises `LookupError`, `TypeError` or `AttributeError` for a tree that no application is in."""
    body = carried(tree, APPLICATION, back=True)
    signing_in, claims = tree.get(_SIGNING_IN) or {}, tree.get("claimConfig") or {}
    own = signing_in.get("authenticationType") == _OWN_STEPS
    sequence = body.setdefault("authenticationSequence", {})
    sequence |= {"type": "USER_DEFINED", **_steps(signing_in["authenticationSteps"])} if own else {"type": "DEFAULT"}
    if claims:
        body.setdefault("claimConfiguration", {}).update(_claims(claims))
    roles = tree.get("associatedRolesConfig")
    if roles:
        body["associatedRoles"] = {"allowedAudience": roles["allowedAudience"].upper(), "roles": roles.get("roles", [])}
    body["inboundProtocolConfiguration"] = dict(_spoken(one) for one in inner(tree, _INBOUND) or ())
    return body


def _steps(steps: list[dict[str, Any]]) -> dict[str, Any]:
    marks = ("subjectStep", "attributeStep")
    numbers = {f"{mark}Id": step["stepOrder"] for step in steps for mark in marks if _true(step[mark])}
    return {"steps": [{"id": step["stepOrder"], "options": _options(step)} for step in steps], **numbers}


def _options(step: dict[str, Any]) -> list[dict[str, Any]]:
    federated = [
        (one["identityProviderName"], config)
        for one in step.get("federatedIdentityProviders") or ()
        for config in one["federatedAuthenticatorConfigs"]
    ]
    ways = [*(("LOCAL", config) for config in step.get("localAuthenticatorConfigs") or ()), *federated]
    return [{"idp": provider, "authenticator": config["name"]} for provider, config in ways]


def _claims(config: dict[str, Any]) -> dict[str, Any]:
    mappings = config.get("claimMappings") or []
    return {
        "dialect": "LOCAL" if _true(config.get("localClaimDialect")) else "CUSTOM",
        "claimMappings": [
            {"applicationClaim": one["remoteClaim"]["claimUri"], "localClaim": {"uri": one["localClaim"]["claimUri"]}}
            for one in mappings
        ],
        "requestedClaims": [
            {"claim": {"uri": one["remoteClaim"]["claimUri"]}, "mandatory": one["mandatory"]}
            for one in mappings
            if _true(one.get("requested"))
        ],
    }


def _spoken(part: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A protocol as the API calls it in the body of a new application, and its document."""
    protocol = {type_: path for path, type_ in _TYPES.items()}[part["inboundAuthType"]]
    if protocol in PROPERTIES:
        values = {one["name"]: one["value"] for one in part.get("properties") or ()}
        known = {PROTOCOLS[protocol][1]: part["inboundAuthKey"], **carried(values, PROPERTIES[protocol], back=True)}
        return {"passive-sts": "passiveSts", "ws-trust": "wsTrust"}[protocol], known
    found = part.get("inboundConfigurationProtocol") or parsed(part["inboundConfiguration"], "xml")
    if protocol == "saml":
        return "saml", {"manualConfiguration": carried(found, SAML, back=True)}
    document = carried(found, OIDC, back=True)
    document["grantTypes"] = found["grantTypes"].split()
    document["callbackURLs"] = [found["callbackUrl"]] if found.get("callbackUrl") else []
    channels = found.get("cibaNotificationChannels")
    place(document, f"{_CIBA}.notificationChannels", channels.split(",") if channels else None)
    return "oidc", document


def _true(value: Any) -> bool:
    return value in (True, "true")
