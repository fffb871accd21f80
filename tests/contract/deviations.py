"""Where the platforms are known to differ from their descriptions, and why the clients and the sandbox follow them.

Each entry names the operations, the part of the exchange (`request`, or the status of the answer) and what deviates, in
the words of `problems`. An entry that no exchange needs any more fails the test, so the list only shrinks.
"""

from __future__ import annotations

from tests.contract.deviation import STATUS, Deviation
from tests.contract.deviations_scim import GENERATED_SCIM, SCIM
from tests.contract.problems import BREAKDOWN

__all__ = ("DEVIATIONS", "GENERATED", "UNDESCRIBED")


_API_OF_SCOPE, _AS_KEPT = "[]: not described: apiID", "The server shows scopes as it keeps them."

_APIS = (
    Deviation(
        "201", STATUS, "The server answers a creation with 201, a Location and the API.", ("POST /api-resources",)
    ),
    Deviation(
        "200",
        "the body: not described: apiResources",
        "The server's code spells the key so; the description begins it with capitals.",
        ("GET /api-resources",),
    ),
    Deviation(
        "200",
        "the body: self is missing",
        "The server fills `self` in lists only, although it is described as required.",
        ("GET /api-resources/{apiResourceId}",),
    ),
    Deviation("404", STATUS, "An API that is not there is a 404 with a code.", ("GET /api-resources/{apiResourceId}",)),
    Deviation(
        "204",
        STATUS,
        "The description forgets what a success looks like.",
        (
            "DELETE /api-resources/{apiResourceId}/scopes/{scopeName}",
            "DELETE /api-resources/{apiResourceId}/scopes/id/{scopeId}",
        ),
    ),
    Deviation(
        "200",
        STATUS,
        "The server's code answers 200 where 204 is described.",
        ("PATCH /api-resources/{apiResourceId}/scopes/id/{scopeId}",),
    ),
    Deviation("200", _API_OF_SCOPE, _AS_KEPT, ("GET /scopes",)),
)

_APPLICATIONS = (
    Deviation(
        "200",
        "inboundProtocols[].name is null",
        "The name is a friendly one that is seldom given, although it is described as required.",
        ("GET /applications/{applicationId}",),
    ),
    Deviation(
        "200",
        STATUS,
        "The server's code, and a client that takes nothing else, have 200 without a body where 201 is described.",
        ("POST /applications/{applicationId}/authorized-apis",),
    ),
)

_OAUTH_KEYS = "/applications/{applicationId}/oauth-keys"
_OAUTH_KEY = f"{_OAUTH_KEYS}/{{keyMappingId}}"
_KEYS = "/applications/{applicationId}/keys"
_ALL_OF_THE_PORTAL = (
    "GET /apis",
    "GET /apis/{apiId}",
    "GET /applications",
    "POST /applications",
    "GET /applications/{applicationId}",
    "PUT /applications/{applicationId}",
    "DELETE /applications/{applicationId}",
    f"GET {_KEYS}",
    "POST /applications/{applicationId}/map-keys",
    f"GET {_OAUTH_KEYS}",
    f"DELETE {_OAUTH_KEY}",
    f"POST {_OAUTH_KEY}/clean-up",
    "GET /key-managers",
    "GET /subscriptions",
    "POST /subscriptions",
    "PUT /subscriptions/{subscriptionId}",
    "DELETE /subscriptions/{subscriptionId}",
)
_UNSET = "Servers of this API send a member that has no value as null."
_FORK = "Bijira's control plane is a fork of the described API, with"

_PORTAL = (
    Deviation(
        "200",
        "the body: not described: gatewayType",
        "The portal's own server reads it, to tell APIs of the newer gateway.",
        ("GET /apis/{apiId}",),
    ),
    Deviation(
        "request",
        "query organizationId is not described",
        f"{_FORK} many organisations in one place: every call says which one.",
        _ALL_OF_THE_PORTAL,
    ),
    Deviation(
        "request",
        "query devPortalAppEnv is not described",
        f"{_FORK} a list of key managers for each environment.",
        ("GET /key-managers",),
    ),
    Deviation(
        "200",
        "list[].tokenType is EXTERNAL, which is no described value",
        f"{_FORK} key managers of another company's identity provider.",
        ("GET /key-managers",),
    ),
    Deviation(
        "409",
        STATUS,
        "A client id that is mapped already is a conflict, which the description does not know.",
        ("POST /applications/{applicationId}/map-keys",),
    ),
    *(
        Deviation("200", f"{prefix}{member} is null", _UNSET, operations)
        for member in ("callbackUrl", "consumerSecret", "groupId", "token")
        for prefix, operations in (
            ("list[].", (f"GET {_KEYS}", f"GET {_OAUTH_KEYS}")),
            ("keys[].", ("GET /applications/{applicationId}",)),
            ("", ("POST /applications/{applicationId}/map-keys",)),
        )
    ),
    Deviation("200", "list[].redirectionParams is null", _UNSET, ("GET /subscriptions",)),
    Deviation("200", "redirectionParams is null", _UNSET, ("PUT /subscriptions/{subscriptionId}",)),
    Deviation("201", "redirectionParams is null", _UNSET, ("POST /subscriptions",)),
    Deviation(
        "request",
        "subscriptionId breaks readOnly",
        "The server's code wants it in the body as well as in the path, and the portal sends it.",
        ("PUT /subscriptions/{subscriptionId}",),
    ),
    Deviation(
        "405",
        STATUS,
        "Older servers have not got this address; the clients fall back to an older one.",
        (f"GET {_OAUTH_KEYS}", f"DELETE {_OAUTH_KEY}"),
    ),
)

_WORKFLOW = (
    "What waits for approval is described as an answer of its own; the portal's server reads the object at a 202 as "
    "well as at a 201, and is not seen to read anything else."
)
_PENDING = (
    Deviation("202", "the body: workflowStatus is missing", _WORKFLOW, ("POST /applications", "POST /subscriptions")),
    Deviation(
        "202",
        "the body: not described: applicationId, attributes, description, groups, hashEnabled, keys, name, owner, "
        "status, subscriptionCount, subscriptionScopes, throttlingPolicy, tokenType",
        _WORKFLOW,
        ("POST /applications",),
    ),
    Deviation(
        "202",
        "the body: not described: apiId, apiInfo, applicationId, applicationInfo, redirectionParams, "
        "requestedThrottlingPolicy, status, subscriptionId, throttlingPolicy",
        _WORKFLOW,
        ("POST /subscriptions",),
    ),
)

#: By the name of the description.
_ADMIN = (
    Deviation("200", "list[].description is null", _UNSET, ("GET /key-managers",)),
    Deviation(
        "200",
        "list[].tokenType is EXTERNAL, which is no described value",
        "Bijira's own kind of key manager, which only verifies tokens, is newer than the description.",
        ("GET /key-managers",),
    ),
    Deviation("409", STATUS, "A name that is taken is a conflict with a code.", ("POST /key-managers",)),
)
_NO_NUMBER = "Where a page is asked for by no number of 32 bits, the server finds no endpoint."
_PORTAL_APPLICATION, _NO_FIELD = "/applications/{applicationId}", "The server names no field."
_API_PORTAL = (
    Deviation("200", "Missing response data", "The server answers in words.", (f"DELETE {_PORTAL_APPLICATION}",)),
    Deviation(
        "200",
        "the body breaks oneOf",
        "Its text fits several of the described shapes at once.",
        (f"DELETE {_PORTAL_APPLICATION}/oauth-keys/{{keyMappingId}}",),
    ),
    Deviation(
        "200",
        "createdAt breaks format",
        "Times of an application are no RFC 3339 as they were first written.",
        (f"GET {_PORTAL_APPLICATION}", f"PUT {_PORTAL_APPLICATION}"),
    ),
    Deviation(
        "200", "updatedAt breaks format", "Nor is the other, until it is changed.", (f"GET {_PORTAL_APPLICATION}",)
    ),
    Deviation("409", "errors[]: field is missing", _NO_FIELD, ("POST /applications",)),
)

DEVIATIONS = {
    "API resources": _APIS,
    "applications": _APPLICATIONS,
    "SCIM": SCIM,
    "developer portal": (*_PORTAL, *_PENDING),
    "admin API": _ADMIN,
    "API Portal": _API_PORTAL,
}

#: Requests that no description has, and why.
UNDESCRIBED = {
    "POST /t/{}/oauth2/token": "The token endpoint follows RFC 6749; its description is not of the management APIs.",
    "POST /oauth2/token": "Likewise, of Bijira's own token service.",
    "GET /api-portal/api/v0.9/apis": "The part of the description that is held here leaves published APIs out.",
}

_NUMBER = "A number that is none finds no endpoint: the server's framework answers before its code is asked."
_EXPORT_FILE = "GET /applications/{applicationId}/exportFile"
_GONE = "The application is looked for first, and a missing one is a 404 with a code."
_OTHERS = "What needs a client's secret or management fails for a client of somebody else's, as an unclassified error."

_SEVERAL = "A refusal by its validator fits several of the described shapes at once."
_PAGE = "JSON that cannot be read is answered with a page."
_PLAN, _ONE_SUBSCRIPTION = "/subscription-plans/{planId}", "/subscriptions/{subId}"
_PLANS = ("POST /subscription-plans", "PUT /subscription-plans")
_TAKING_FORMS = ("POST /applications", f"PUT {_PORTAL_APPLICATION}", "POST /key-managers", *_PLANS)
_TAKING_JSON = (
    "POST /applications",
    f"POST {_PORTAL_APPLICATION}/generate-keys",
    f"POST {_PORTAL_APPLICATION}/oauth-keys/{{keyMappingId}}/generate-token",
    "POST /key-managers",
    "PUT /key-managers/{kmId}",
    "POST /subscriptions",
    f"PUT {_ONE_SUBSCRIPTION}",
    f"POST {_ONE_SUBSCRIPTION}/change-plan",
)

#: Answers that only generated requests bring about; what the lives bring about is above.
GENERATED = {
    "API resources": (
        Deviation("404", STATUS, _NUMBER, ("GET /api-resources",)),
        Deviation(
            "400",
            STATUS,
            "A filter, cursor, limit or attribute that is no good is a 400 with a code.",
            (
                "GET /api-resources",
                "GET /scopes",
                "GET /meta/api-resource-collections",
                "GET /authorization-details-types",
                "HEAD /authorization-details-types",
            ),
        ),
        Deviation(
            "400",
            STATUS,
            "A type of authorization details whose schema is no good is a 400 with a code.",
            (
                "PUT /api-resources/{apiResourceId}/authorization-details-types",
                "PATCH /api-resources/{apiResourceId}/authorization-details-types/{authorizationDetailsTypeId}",
            ),
        ),
        Deviation("200", _API_OF_SCOPE, _AS_KEPT, ("GET /api-resources/{apiResourceId}/scopes",)),
        Deviation(
            "404",
            STATUS,
            "A collection that is not there is a 404 with a code.",
            ("GET /meta/api-resource-collections/{collectionId}",),
        ),
    ),
    "applications": (
        Deviation(
            "400",
            STATUS,
            "What cannot be read, and an application that is not there, is a 400 with a code.",
            (
                "POST /applications/share",
                "PATCH /applications/share",
                "POST /applications/share-with-all",
                "POST /applications/unshare",
                "POST /applications/unshare-with-all",
            ),
        ),
        Deviation(
            "200", "a body is not described", "It is answered with what it is now.", ("PUT /applications/resident",)
        ),
        Deviation(
            "500",
            BREAKDOWN,
            "Where Accept names no format, a file cannot be read or a wish is not whole, the server's own code fails.",
            (
                _EXPORT_FILE,
                "POST /applications/import",
                "PUT /applications/import",
                "POST /applications/loginflow/generate",
            ),
        ),
        Deviation("406", STATUS, "The server's framework knows what is offered.", (_EXPORT_FILE,)),
        Deviation(
            "200",
            "Missing response data",
            "A file is no JSON, and the ledger keeps nothing else.",
            ("GET /applications/{applicationId}/export",),
        ),
        Deviation(
            "200",
            "[].name is null",
            "Only a protocol with a friendly name of its own has one.",
            ("GET /applications/{applicationId}/inbound-protocols/",),
        ),
        Deviation(
            "404",
            STATUS,
            _GONE,
            (
                "PATCH /applications/{applicationId}",
                "PUT /applications/{applicationId}/authenticationSequence/script",
                "DELETE /applications/{applicationId}/authorized-apis/{apiId}",
            ),
        ),
        Deviation(
            "404",
            "a body is not described",
            _GONE,
            (
                "GET /applications/{applicationId}/authorized-apis",
                "POST /applications/{applicationId}/authorized-apis",
                "PATCH /applications/{applicationId}/authorized-apis/{apiId}",
            ),
        ),
    ),
    "claims": (
        Deviation(
            "401",
            "a body is not described",
            "A refusal of the guard in front of the API says what it misses.",
            (
                "GET /claim-dialects",
                "POST /claim-dialects",
                "PUT /claim-dialects/{dialect-id}",
                "GET /claim-dialects/local/claims",
                "POST /claim-dialects/local/claims",
                "PUT /claim-dialects/local/claims/{claim-id}",
                "GET /claim-dialects/{dialect-id}/claims",
                "POST /claim-dialects/{dialect-id}/claims",
                "PUT /claim-dialects/{dialect-id}/claims/{claim-id}",
            ),
        ),
    ),
    "identity providers": (
        Deviation(
            "200",
            "Missing response data",
            "Of an authenticator or a connector that there is not, nothing is told.",
            (
                "GET /identity-providers/meta/federated-authenticators/{federated-authenticator-id}",
                "GET /identity-providers/meta/outbound-provisioning-connectors/{outbound-provisioning-connector-id}",
            ),
        ),
        Deviation("415", STATUS, "A body is JSON, although XML is described too.", ("POST /identity-providers",)),
        Deviation(
            "404",
            "Missing response data",
            _NO_NUMBER,
            (
                "GET /identity-providers",
                "GET /identity-providers/templates",
                "GET /identity-providers/{identity-provider-id}/connected-apps",
            ),
        ),
    ),
    "SCIM": GENERATED_SCIM,
    "developer portal": (
        *(
            Deviation(
                "200",
                f"{member} is null",
                _UNSET,
                (f"GET {_KEYS}/{{keyType}}", f"GET {_OAUTH_KEY}", f"PUT {_OAUTH_KEY}"),
            )
            for member in ("callbackUrl", "consumerSecret", "groupId", "token")
        ),
        *(
            Deviation("200", f"{member} is null", _UNSET, ("POST /applications/{applicationId}/generate-keys",))
            for member in ("callbackUrl", "groupId", "token")
        ),
        Deviation("200", "redirectionParams is null", _UNSET, ("GET /subscriptions/{subscriptionId}",)),
        Deviation(
            "400", STATUS, "Neither an application nor an API is named, and one must be.", ("GET /subscriptions",)
        ),
        Deviation(
            "404",
            STATUS,
            "What the request names is looked for first, and a missing one is a 404.",
            ("GET /subscriptions", "POST /subscriptions", "GET /throttling-policies/{policyLevel}"),
        ),
        Deviation("404", STATUS, _NO_NUMBER, ("GET /apis", "GET /applications")),
        *(
            Deviation(
                "500",
                what,
                "The server's own code fails for a format that there is not, and for what is no archive.",
                ("GET /applications/export", "POST /applications/import"),
            )
            for what in (STATUS, BREAKDOWN)
        ),
        *(
            Deviation(
                "500", what, _OTHERS, (f"POST {_OAUTH_KEY}/generate-token", f"POST {_OAUTH_KEY}/regenerate-secret")
            )
            for what in (STATUS, BREAKDOWN)
        ),
    ),
    "API Portal": (
        Deviation(
            "404",
            "code breaks pattern",
            "The code of an application that is not there is its status in digits.",
            tuple(f"{verb} {_PORTAL_APPLICATION}" for verb in ("GET", "PUT", "DELETE")),
        ),
        Deviation(
            "404",
            "errors[]: field is missing",
            _NO_FIELD,
            (
                *(f"{verb} {_PLAN}" for verb in ("GET", "DELETE")),
                *(f"{verb} {_ONE_SUBSCRIPTION}" for verb in ("GET", "PUT", "DELETE")),
                f"POST {_ONE_SUBSCRIPTION}/change-plan",
                f"POST {_ONE_SUBSCRIPTION}/regenerate-token",
                "GET /subscriptions",
                "POST /subscriptions",
            ),
        ),
        Deviation(
            "400",
            STATUS,
            "A query that the server does not know or take is refused before its code is asked.",
            (
                "GET /applications",
                f"GET {_PORTAL_APPLICATION}/api-keys",
                "GET /key-managers",
                "GET /subscriptions",
            ),
        ),
        Deviation(
            "400",
            "the body breaks oneOf",
            _SEVERAL,
            ("GET /subscription-plans", *_TAKING_JSON, f"PUT {_PORTAL_APPLICATION}"),
        ),
        Deviation("400", "Missing response data", _PAGE, (*_TAKING_JSON, *_PLANS, f"PUT {_PORTAL_APPLICATION}")),
        *(
            Deviation("500", what, "A form without an end breaks what reads it.", _TAKING_FORMS)
            for what in (
                BREAKDOWN,
                "code is int",
                "the body: not described: tracking_id",
                "the body: status is missing",
            )
        ),
    ),
}
