"""What to do about each refusal of the developer portal and of the admin API beside it, and where things are set.

Which refusal means that an object is missing is said by each endpoint itself.
"""

from ....transport import Advice, ApiProfile, ErrorBody
from ..protocol import Guidance, Scopes

__all__ = ("ADMIN_PROFILE", "ADMIN_SCOPES", "CLOUD", "GRANT_ADMIN_SCOPES", "PROFILE", "SCOPES", "SELF_HOSTED")

_IN_THE_CONSOLE = "select it in the console's Settings, Developer Portal, Key Managers"
CLOUD = Guidance(
    platform="Bijira",
    if_none="Check `bijira:organizationId`, that the token has the scope apim:subscribe, and that the key manager is "
    "there: " + _IN_THE_CONSOLE,
    to_add="Add the Asgardeo organisation in the console under Admin, Settings, Key Managers (+ Key Manager, Asgardeo, "
    "Well-Known URL https://api.asgardeo.io/t/<organisation>/oauth2/token/.well-known/openid-configuration), then "
    + _IN_THE_CONSOLE,
    to_enable="Enable it in the console under Admin, Settings, Key Managers",
    to_approve="An approver of the organisation approves or rejects it in the console under Approvals",
)
SELF_HOSTED = Guidance(
    platform="Bijira",
    if_none="Check that the token's user belongs to the tenant that is meant, and has the scope apim:subscribe",
    to_add="Declare a BijiraKeyManager, or add it in the API Manager's admin portal under Key Managers",
    to_enable="Set enabled to true on its BijiraKeyManager, or enable it in the API Manager's admin portal, Key "
    "Managers",
    to_approve="An administrator approves or rejects it in the API Manager's admin portal under Tasks",
)

_ADVICE = Advice(
    {
        "901403": "The key manager is disabled or was registered a moment ago: check it in Admin, Settings, Key "
        "Managers",
        "901405": "This key manager only exchanges tokens: choose another `key_manager`",
        "901406": "Enable the key manager in Admin, Settings, Key Managers",
        "403": "Only who made an application may change it: check `bijira:clientId` and `bijira:organizationId`",
    },
    {
        401: "Check `bijira:clientId` and `bijira:clientSecret` (or `bijira:accessToken`); the token needs the scopes "
        "apim:subscribe, apim:app_manage and apim:sub_manage",
        403: "Correct the value that the text names",
        404: "This API says otherwise that an object is missing: check `bijira:baseUrl`, `bijira:organizationId` and "
        "any proxy in between",
    },
)


def _advice(refusal: ErrorBody, _: str) -> str:
    """A 403 without a code of its own is about rights, any other about a value."""
    return _ADVICE.by_code["403"] if refusal.status == 403 and not refusal.code else _ADVICE(refusal)


PROFILE = ApiProfile("Bijira", _advice)

#: Either is enough.
ADMIN_SCOPES = ("apim:admin", "apim:admin_operations")
#: By the description of the API one scope is enough for each of these, and this one for all.
_SUBSCRIBE = "apim:subscribe"
SCOPES = Scopes(
    applications=_SUBSCRIBE,
    mappings=_SUBSCRIBE,
    unmapping=_SUBSCRIBE,
    subscriptions=_SUBSCRIBE,
    key_managers=_SUBSCRIBE,
    apis=_SUBSCRIBE,
    administration=ADMIN_SCOPES[0],
    of_administrator=ADMIN_SCOPES,
    instead={ADMIN_SCOPES[0]: ADMIN_SCOPES[1]},
)
GRANT_ADMIN_SCOPES = (
    f"Grant {ADMIN_SCOPES[0]} or {ADMIN_SCOPES[1]} to the client of `bijira:clientId`, or to the user of its token"
)
ADMIN_PROFILE = ApiProfile(
    "API Manager",
    Advice(
        {
            "901400": "The server has no connector of this type: install it, or set type to one that the admin portal "
            "offers",
            "901401": "Add what the text names to connector, or to endpoints",
        },
        {
            401: GRANT_ADMIN_SCOPES,
            403: GRANT_ADMIN_SCOPES,
            404: "This API says otherwise that a key manager is missing: check `bijira:adminBaseUrl` and any proxy in "
            "between",
        },
    ),
)
