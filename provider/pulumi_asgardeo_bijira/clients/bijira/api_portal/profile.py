"""What to do about each refusal of the API Portal, and what people are told of its key managers.

Which refusal means that an object is missing is said by each endpoint itself.
"""

from ....transport import Advice, ApiProfile, ErrorBody
from ..protocol import Guidance, Scopes

__all__ = ("GUIDANCE", "NO_KEY_MANAGER", "PROFILE", "SCOPES")

#: All that the portal says where a mapping names a key manager that it does not have.
NO_KEY_MANAGER = "Resource Not Found"
_ADVICE = Advice(
    by_status={
        401: "Check `bijira:clientId` and `bijira:clientSecret`, or `bijira:accessToken`",
        403: "The token must name the portal's organisation (org_handle, or org_name) and hold the role ap_admin or "
        "dp_admin, or where the portal goes by scopes: dp:application:manage, dp:application_key:manage, "
        "dp:application_key:revoke, dp:key_manager:read and dp:api:read, and to make key managers "
        "dp:key_manager:manage",
        404: "The API Portal says otherwise that an object is missing: check `bijira:baseUrl` and any proxy in between",
        409: "Another user of the organisation has an application under this handle: choose another `application_name`",
        500: "If it stays, check that the token names the portal's organisation (the claim org_handle, or org_name; "
        "`bijira:orgHandle` asks for it), without which nothing can be made there, or ask whoever runs the portal",
    }
)


def _advice(refusal: ErrorBody, _: str) -> str:
    if refusal.status == 404 and refusal.text == NO_KEY_MANAGER:
        return "There is no key manager of this id; set `key_manager` to the id of one that is there"
    return _ADVICE(refusal)


SCOPES = Scopes(
    applications="dp:application:manage",
    mappings="dp:application_key:manage",
    unmapping="dp:application_key:revoke",
    subscriptions="",
    key_managers="dp:key_manager:read",
    apis="dp:api:read",
    administration="dp:key_manager:manage",
    of_administrator=("dp:key_manager:manage", "dp:key_manager:read"),
    are_optional=True,
)
PROFILE = ApiProfile("API Portal", _advice)
GUIDANCE = Guidance(
    platform="API Portal",
    if_none="Check that the token names the organisation (org_handle, or org_name). Then declare a BijiraKeyManager, "
    "or enable one: a disabled one is not listed",
    to_add="Declare a BijiraKeyManager",
    to_enable="Set enabled to true on its BijiraKeyManager",
)
