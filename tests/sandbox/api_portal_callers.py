"""Who sent the recorded requests to the API Portal: each caller's headers, signed by the sandbox's token service."""

from __future__ import annotations

import base64
import json
import time
from typing import TYPE_CHECKING, Any

from asgardeo_bijira_sandbox.tokens import generated_key
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from joserfc.jws import JWSRegistry

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox.store import Store

__all__ = ("AUDIENCE", "headers_of")

AUDIENCE = "portal"
_LEFT_OUT: dict[str, Any] = {}

#: How a caller's claims differ from those of the administrator Alice; None leaves a claim out.
_BY_ROLE: dict[str, dict[str, Any]] = {
    "alice(ap_admin)": {},
    "bob(ap_admin)": {"sub": "bob@example.com"},
    "carol(ap_subscriber)": {"sub": "carol@example.com", "roles": ["ap_subscriber"]},
    "alice in org second": {"org_handle": "second"},
    "no org_handle": {"org_handle": None},
    "expired": {"exp": 1},
    "no sub": {"sub": None},
    "role ap_viewer": {"roles": ["ap_viewer"]},
    "no exp": {"exp": None},
    "no roles": {"roles": None},
    "roles []": {"roles": []},
    "roles 'ap_admin'": {"roles": "ap_admin"},
    "roles 'x ap_admin'": {"roles": "x ap_admin"},
    "role dp_admin": {"roles": ["dp_admin"]},
    "role dp_subscriber": {"roles": ["dp_subscriber"]},
    "role AP_ADMIN": {"roles": ["AP_ADMIN"]},
    "roles ap_subscriber+ap_admin": {"roles": ["ap_subscriber", "ap_admin"]},
    "groups, no roles": {"roles": None, "groups": ["ap_admin"]},
    "org_handle other": {"org_handle": "other"},
    "org_handle Default": {"org_handle": "Default"},
    "org_handle ''": {"org_handle": ""},
    "org_name other, org_handle default": {"org_name": "other"},
    "org_handle nope": {"org_handle": "nope"},
}
#: The same for a service whose token an identity provider issued, with the scopes that the recording names.
_BY_SCOPE: dict[str, dict[str, Any]] = {
    "ok": {"scope": "dp:application:read"},
    "scp_array": {"scp": ["dp:application:read"]},
    "scope_array": {"scope": ["dp:application:read"]},
    "no_scope": {},
    "other_scope": {"scope": "openid"},
    "read_scope_get": {"scope": "dp:application:read"},
    "read_scope_post": {"scope": "dp:application:read"},
    "create_scope_post": {"scope": "dp:application:create"},
    "create_scope_get": {"scope": "dp:application:create"},
    "manage_get": {"scope": "dp:application:manage"},
    "manage_put": {"scope": "dp:application:manage"},
    "km_list_with_manage_only": {"scope": "dp:key_manager:manage"},
    "km_list_with_read": {"scope": "dp:key_manager:read"},
    "km_list_with_mapping_read": {"scope": "dp:application_key_mapping:read"},
    "km_list_with_mapping_manage": {"scope": "dp:application_key_mapping:manage"},
    "km_get_with_manage": {"scope": "dp:key_manager:manage"},
    "map_with_application_manage": {"scope": "dp:application:manage"},
    "map_with_application_key_create": {"scope": "dp:application_key:create"},
    "map_with_application_key_manage": {"scope": "dp:application_key:manage"},
    "unmap_with_application_key_manage": {"scope": "dp:application_key:manage"},
    "unmap_with_application_key_revoke": {"scope": "dp:application_key:revoke"},
    "sub_regenerate_needs_manage": {"scope": "dp:subscription:update"},
    "other_sub_does_not_see_it": {"scope": "dp:application:manage", "sub": "other-client"},
    "no_org_claim": {"scope": "dp:application:read", "org_name": None},
    "org_handle_as_fallback": {"scope": "dp:application:read", "org_name": None, "org_handle": "default"},
    "wrong_org": {"scope": "dp:application:read", "org_name": "second"},
    "unknown_org": {"scope": "dp:application:read", "org_name": "nope"},
    "wrong_issuer": {"scope": "dp:application:read", "iss": "https://issuer.example.com"},
    "wrong_audience": {"scope": "dp:application:read", "aud": "somebody else"},
    "audience_list": {"scope": "dp:application:read", "aud": ["somebody else", AUDIENCE]},
    "no_sub": {"scope": "dp:application:read", "sub": None},
    "delete": {"scope": "dp:application:delete"},
}
_WITHOUT_TOKEN: dict[str, dict[str, str]] = {
    "none": {},
    "empty_bearer": {"Authorization": "Bearer "},
    "basic": {"Authorization": "Basic YWxpY2U6c2VjcmV0"},
    "query access_token": {},
    "cookie only": {"Cookie": "connect.sid=s%3Aabc"},
    "opaque_token": {"Authorization": "Bearer 0123456789abcdef"},
}
_OTHER_KEY = ("bad_signature", "unknown_kid")


def headers_of(store: Store, caller: str) -> dict[str, str]:
    """The headers by which this caller makes itself known."""
    if caller in _WITHOUT_TOKEN:
        return _WITHOUT_TOKEN[caller]
    key = store.signing_key("bijira")
    if caller in _OTHER_KEY:
        token = generated_key("somebody else").issue(_claims(store, {}))
    elif caller in ("hs256", "alg none", "RS512 signed"):
        token = _signed_otherwise(store, caller)
    elif caller == "org_handle = org uuid":
        organization = next(iter(store.api_portal.organizations.values()))
        token = key.issue(_claims(store, {"org_handle": organization.uuid}))
    else:
        differing = _BY_ROLE["alice(ap_admin)"]
        table = _BY_SCOPE if store.api_portal.by_scopes else _BY_ROLE
        differing = table.get(caller, _BY_ROLE.get(caller, differing))
        token = key.issue(_claims(store, differing))
    if caller == "lowercase 'bearer'":
        return {"Authorization": f"bearer {token}"}
    return {"Authorization": f"Bearer {token} {token}" if caller == "two tokens" else f"Bearer {token}"}


def _claims(store: Store, differing: dict[str, Any]) -> dict[str, Any]:
    if store.api_portal.by_scopes:
        claims: dict[str, Any] = {"sub": "svc-client", "aud": AUDIENCE, "org_name": "default"}
    else:
        claims = {"sub": "alice@example.com", "org_handle": "default", "roles": ["ap_admin"]}
    claims |= {"iss": f"{store.base_url}/oauth2/token", "exp": int(time.time()) + 3600, **differing}
    return {name: value for name, value in claims.items() if value is not None}


def _signed_otherwise(store: Store, how: str) -> str:
    key, claims = store.signing_key("bijira"), _claims(store, {})
    if how == "alg none":
        head, body = ({"alg": "none"}, claims)
        return (
            ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (head, body))
            + "."
        )
    if how == "hs256":
        public = RSAKey.import_key(key.pem).as_pem(private=False)
        return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(public.hex()))
    return jwt.encode({"alg": "RS512"}, claims, RSAKey.import_key(key.pem), registry=JWSRegistry(algorithms=["RS512"]))
