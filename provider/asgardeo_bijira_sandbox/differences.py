"""What is known to differ between the sandbox and the platforms that it stands for, and what of them it does not serve.

The page about the sandbox in the documents is made of this list and of the tables of endpoints.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

__all__ = ("DIFFERENCES", "NOT_SERVED", "Difference", "Service", "is_listed", "refusal_of")

Service = Literal["Asgardeo", "Bijira", "API Portal", "gateway"]


@dataclass(frozen=True)
class Difference:
    """Where the sandbox answers otherwise: to which requests, what the original does, and what the sandbox does."""

    where: str
    original: str
    sandbox: str


DIFFERENCES: dict[Service, tuple[Difference, ...]] = {
    "Asgardeo": (
        Difference(
            "any request of an organisation that the scenario does not name",
            "404",
            "The organisation begins there and then, empty but for the default users, unless the scenario has "
            "`openOrganizations: false`.",
        ),
        Difference(
            "a path that is not served, with a good token",
            "403 where no API begins so, else 404 without a body.",
            "404 with the error body of the API, whose description says that the sandbox does not serve it.",
        ),
        Difference(
            "`/applications/loginflow`",
            "A language model makes a flow of the words, after a while.",
            "The words say nothing: one step with the first of the ways to sign in that the request names, at once.",
        ),
        Difference(
            "`/applications/{id}/export` and `/exportFile`",
            "Every member of the server's own classes.",
            "Of those the members that the API can set; a file of the one is read by the other.",
        ),
        Difference(
            "more than 200 requests a minute", "429", "No limit, until a fault of the kind `rate_limit` is switched on."
        ),
        Difference(
            "reads soon after a write",
            "May answer as before the write for some seconds.",
            "See the write at once, until a fault of the kind `stale` is switched on.",
        ),
        Difference(
            "`/o/` paths",
            "Are those of an organisation below the tenant, with the scopes `internal_org_…`.",
            "Are those of the tenant itself, and the usual scopes do as well, unless the scenario has "
            "`strictOrganizationPaths: true`.",
        ),
        Difference(
            "`/authenticators` and `/identity-providers/meta`",
            "Name what the organisation's subscription and the platform's version bring, with its titles and tags.",
            "Name those that every organisation has.",
        ),
        Difference(
            "an identity provider",
            "Signs users in, who come with its groups and claims.",
            "Is kept and shown, can be named in the steps of applications, and signs nobody in.",
        ),
        Difference(
            "organisations below the tenant, and applications shared with them",
            "Have users, roles and applications of their own; sharing takes its time.",
            "Are kept and listed, and nothing is in them; an application is shared at once.",
        ),
        Difference(
            "`/meta/api-resource-collections`",
            "Groups the management APIs as the version of the console needs them.",
            "Groups those that a console has always had, into reading and writing.",
        ),
        Difference(
            "claims and the scopes of OpenID Connect",
            "Change what tokens and users hold.",
            "Are kept and can be named elsewhere; tokens hold what they held at the start.",
        ),
        Difference(
            "`/oauth2/authorize`",
            "Takes hybrid response types and request objects; a user who has signed in is remembered.",
            "Takes response types without a token in the front channel; each request signs the user in anew.",
        ),
        Difference(
            "`/oauth2/token`",
            "Authenticates clients by mutual TLS too.",
            "Listens without TLS: by secret, by signed assertion, or not at all for a public client.",
        ),
    ),
    "Bijira": (
        Difference(
            "published APIs, plans and their gateway",
            "Are made in the console, or by the publisher's API.",
            "Are those of the scenario; nothing publishes, changes or deletes one.",
        ),
        Difference(
            "`/oauth2/token` of the control plane",
            "Signs in users and registered clients.",
            "Signs in `sandbox-management`, clients that `generate-keys` made, any user, and whoever brings a token of "
            "one of its Asgardeo organisations.",
        ),
        Difference(
            "`generate-token` for a client of an external key manager",
            "The key manager's connector signs in as the client, wherever that is.",
            "A token where the key manager is an Asgardeo organisation of this sandbox; else error 900967.",
        ),
        Difference(
            "personal tokens",
            "Are exchanged at the gateway before the API; whether an address without it takes them is not known.",
            "Are taken at each address, where the scenario names them (`personalTokens`).",
        ),
        Difference(
            "`preserveOwner=true`",
            "Which right it takes is not documented.",
            "Whoever has the scope `apim:app_import_export` sets up applications for their owners.",
        ),
        Difference(
            "API keys and subscriptions of the newer gateway", "Are listed.", "The lists are there, and always empty."
        ),
    ),
    "API Portal": (
        Difference(
            "addresses outside of `/api-portal`",
            "404 in plain text.",
            "Are those of the other platforms and of the gateway.",
        ),
        Difference(
            "a YAML or JSON file that cannot be read",
            "The refusal ends with what its parser says.",
            "The refusal ends in words of our own parser's.",
        ),
        Difference(
            "limits of a subscription plan",
            "Are listed in the order of ids that nobody sees.",
            "Are listed in the order in which they were sent.",
        ),
        Difference(
            "`PUT /organizations/{orgId}`",
            "Makes and changes labels and views too, where the body or a file has any.",
            "Takes the organisation's own names, contacts and configuration.",
        ),
        Difference(
            "half of a surrogate pair in JSON",
            "Is told back as it came, and replaced where it is kept.",
            "Is replaced at once.",
        ),
        Difference("a body that is compressed with `br`", "Is read.", "400: there is no Brotli here."),
        Difference(
            "fields of a form whose names have brackets, such as `displayName[a]`",
            "Are read as objects and lists: 400 where text is due.",
            "Are fields of these very names, so that the field itself is missing.",
        ),
        Difference(
            "requests that no client makes: a method that HTTP does not know, `#` in a query, a whole URL in place of "
            "the path",
            "400 without a body; ends the query; answered as usual.",
            "405; is read as any other sign; 404.",
        ),
        Difference(
            "a token whose `sub` is a number", "The number is shown as who made something.", "Its digits are, as text."
        ),
        Difference(
            "`generate-token` for a key manager whose token endpoint is on another machine",
            "Asks it.",
            "Answers as where its address is unknown: the sandbox asks nobody outside of this machine.",
        ),
        Difference(
            "`POST /apis` and `PUT /apis/{apiId}`",
            "Keep pictures and documents, of an archive (`artifact`) or as files (`docs`).",
            "Take of an archive its metadata and its definition, and keep no other files.",
        ),
        Difference(
            "a portal that goes by scopes",
            "May sign in by itself or by an identity provider, whatever it goes by.",
            "Signs in by an identity provider then (`portalByScopes: true` in the scenario): a token without an "
            "organisation, or of another issuer, is refused. One that goes by roles signs in by itself.",
        ),
        Difference(
            "pages for people",
            "Are there, other addresses lead to them, and every answer sets their session's cookie.",
            "There are none, and no cookie: 404.",
        ),
        Difference(
            "the database behind it",
            "Some things differ on PostgreSQL and SQL Server: a search goes by words there.",
            "Is that of SQLite: a search looks for the text.",
        ),
        Difference(
            "webhook subscribers and the keys of APIs",
            "What happens is sent to subscribers; a gateway learns of keys by that.",
            "Are kept; nothing is sent, and the gateway asks for no such key.",
        ),
    ),
    "gateway": (
        Difference("more requests than a plan allows", "429", "Plans are compared by their names; no request counts."),
        Difference(
            "an API's backend",
            "Answers what the gateway lets pass.",
            "There is none: the gateway answers 200 with what it found in the token.",
        ),
        Difference(
            "a new mapping or subscription",
            "Reaches the gateway some seconds later.",
            "Is known at once.",
        ),
    ),
}

_CONNECTORS = "/identity-providers/{identity-provider-id}/provisioning/outbound-connectors"

#: Operations as the vendors' descriptions have them; `*` is every method.
NOT_SERVED: dict[Service, tuple[str, ...]] = {
    "Asgardeo": (
        "* /authenticators/custom",
        "* /trusted-token-issuers",
        "POST /identity-providers/import",
        "POST /identity-providers/templates",
        "* /identity-providers/templates/{template-id}",
        "GET /identity-providers/{identity-provider-id}/export",
        "PUT /identity-providers/{identity-provider-id}/import",
        f"PUT {_CONNECTORS}",
        f"* {_CONNECTORS}/{{outbound-provisioning-connector-id}}",
        "PATCH /organizations/self",
        "POST /organizations/check-discovery",
        "* /organizations/discovery",
        "GET /organizations/meta-attributes",
        "GET /organizations/metadata",
        "* /organizations/{organization-id}/discovery",
        "* /organizations/{organization-id}/applications",
        "GET /applications/{applicationId}/inbound-protocols/oidc/secrets",
        "POST /applications/{applicationId}/inbound-protocols/oidc/secrets",
        "GET /applications/{applicationId}/inbound-protocols/oidc/secrets/{secretId}",
        "DELETE /applications/{applicationId}/inbound-protocols/oidc/secrets/{secretId}",
        "POST /Me",
        "DELETE /Me",
        "* /Roles",
        "POST /claim-dialects/import",
        "PUT /claim-dialects/import",
        "GET /claim-dialects/{dialect-id}/export",
        "* /actions",
        "* /async-operations",
        "* /branding-preference",
        "* /certificate-validation",
        "* /challenges",
        "* /configs",
        "* /cors/origins",
        "* /email",
        "* /extensions",
        "* /flow",
        "* /guests",
        "* /identity-governance",
        "* /idv-providers",
        "* /keystores",
        "* /notification",
        "* /notification-senders",
        "* /organization-configs",
        "* /password-expired-users",
        "* /permission-management",
        "* /rules",
        "* /script-libraries",
        "* /secrets",
        "* /userstores",
        "* /users",
        "* /validation-rules",
        "* /vc-templates",
        "* /webhooks",
        "* /workflow-associations",
        "* /workflow-instances",
        "* /workflows",
        "* /Agents",
    ),
    "Bijira": (
        "GET /applications/{applicationId}/api-keys/{keyType}",
        "GET /applications/{applicationId}/api-keys/{keyType}/associations",
        "GET /applications/{applicationId}/api-keys/{keyType}/subscriptions",
        "POST /applications/{applicationId}/api-keys/{keyType}/associate",
        "POST /applications/{applicationId}/api-keys/{keyType}/dissociate",
        "POST /applications/{applicationId}/api-keys/{keyType}/generate",
        "POST /applications/{applicationId}/api-keys/{keyType}/regenerate",
        "POST /applications/{applicationId}/api-keys/{keyType}/revoke",
        "GET /applications/{applicationId}/oauth-keys/{keyMappingId}/secrets",
        "POST /applications/{applicationId}/oauth-keys/{keyMappingId}/generate-secret",
        "POST /applications/{applicationId}/oauth-keys/{keyMappingId}/revoke-secret",
        "PUT /applications/{applicationId}/keys/{keyType}",
        "POST /applications/{applicationId}/keys/{keyType}/clean-up",
        "POST /applications/{applicationId}/keys/{keyType}/generate-token",
        "POST /applications/{applicationId}/keys/{keyType}/regenerate-secret",
        "POST /applications/{applicationId}/reset-throttle-policy",
        "GET /subscriptions/{apiId}/additionalInfo",
        "GET /subscriptions/{subscriptionId}/usage",
        "POST /key-managers/discover",
    ),
    "API Portal": (
        "* /apis/{apiId}/assets",
        "* /mcp-servers/{mcpServerId}/assets",
        "* /views/{viewId}/api-workflows",
        "GET /views/{viewId}/asset",
        "POST /views/{viewId}/apply-theme",
        "POST /views/{viewId}/reset-theme",
        "GET /views/{viewId}/export-theme",
        "GET /webhook-subscribers/{subscriberId}/deliveries",
        "* /webhook-events",
    ),
}


def is_listed(service: Service, method: str, path: str) -> bool:
    """Whether the original answers a request that the sandbox does not serve."""
    return any(pattern.fullmatch(f"{method} {path}") for pattern in _patterns(service))


def refusal_of(operation: str) -> str:
    """What is said of one that the sandbox does not serve."""
    return f"The sandbox does not serve {operation}. What it serves stands in docs/reference/sandbox.md."


@cache
def _patterns(service: Service) -> list[re.Pattern[str]]:
    return [_pattern(*one.split(" ")) for one in NOT_SERVED.get(service, ())]


def _pattern(method: str, path: str) -> re.Pattern[str]:
    """That of an operation; one for every method is there for what lies below, too."""
    here = "/".join("[^/]+" if part.startswith("{") else re.escape(part) for part in path.split("/"))
    return re.compile(rf"\S+ {here}(?:/.*)?" if method == "*" else f"{method} {here}")
