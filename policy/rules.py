"""What is allowed of applications, APIs and clients: each rule as a function of a resource's inputs and its settings.

Inputs are those of the state, in camelCase. What a preview does not know yet is `UNKNOWN`, at any depth, and breaks no
rule. What is left out is not managed, and breaks a rule only where the platform's default for it would.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ("LIFETIMES", "RULES", "UNKNOWN", "Rule", "kind_of")

#: Stands for a value that is not known yet.
UNKNOWN = object()

Inputs = Mapping[str, Any]
Settings = Mapping[str, Any]

#: What a resource is by its type, as a Python program has it and as the plugin has it.
_KINDS = {
    "pulumi-python:dynamic/asgardeo:Api": "api",
    "pulumi-python:dynamic/asgardeo:Application": "application",
    "pulumi-python:dynamic/bijira:ApplicationClient": "client",
    "asgardeo-bijira:index:AsgardeoApi": "api",
    "asgardeo-bijira:index:AsgardeoApplication": "application",
    "asgardeo-bijira:index:BijiraApplicationClient": "client",
}

#: The longest that a token may live, in seconds, by the setting that says so and the way to the input.
LIFETIMES: Mapping[str, tuple[tuple[str, str], int]] = {
    "userAccessToken": (("accessToken", "userAccessTokenExpiryInSeconds"), 3600),
    "applicationAccessToken": (("accessToken", "applicationAccessTokenExpiryInSeconds"), 3600),
    "refreshToken": (("refreshToken", "expiryInSeconds"), 86400),
    "idToken": (("idToken", "expiryInSeconds"), 3600),
}

#: An address of one's own machine, of any port, which an expression may leave open.
_LOOPBACK = re.compile(r"http://(localhost|127\.0\.0\.1|\[::1\])(:[^/@]*)?([/?]|$)", re.IGNORECASE)
_PUBLIC_TYPES = ("spa", "mobile")
#: What a subscription without a plan becomes.
_NO_PLAN = "Unlimited"
_NAMES = {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True)
class Rule:
    """One rule: whom it is about, what it says, and what can be set of it, as a JSON schema with defaults."""

    name: str
    description: str
    kinds: tuple[str, ...]
    violations: Callable[[Inputs, Settings], Iterator[str]]
    settings: Mapping[str, dict[str, Any]] = field(default_factory=dict)

    def broken_by(self, type: str, inputs: Inputs, settings: Settings) -> list[str]:
        """What breaks the rule, a line each; settings that are left out have their defaults."""
        if kind_of(type) not in self.kinds:
            return []
        defaults = {name: schema["default"] for name, schema in self.settings.items()}
        return list(self.violations(inputs, {**defaults, **settings}))


def kind_of(type: str) -> str:
    """What a resource of a type is; empty where it is none of these."""
    return _KINDS.get(type, "")


def _texts(value: Any) -> Sequence[str]:
    """The known texts of a list."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _objects(value: Any) -> Sequence[Inputs]:
    """The known objects of a list."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _grants(application: Inputs, settings: Settings) -> Iterator[str]:
    for grant in _texts(application.get("grantTypes")):
        if grant in settings["forbidden"]:
            yield f"The grant {grant} is not allowed. Take it off the application's grant types."


def _pkce(application: Inputs, settings: Settings) -> Iterator[str]:
    by_type = application.get("applicationType") in _PUBLIC_TYPES
    if application.get("publicClient", by_type) is not True:
        return
    grants = application.get("grantTypes")
    if isinstance(grants, list) and UNKNOWN not in grants and "authorization_code" not in grants:
        return
    pkce = application.get("pkce", {})
    if not isinstance(pkce, Mapping):
        return
    mandatory = pkce.get("mandatory", by_type)
    if mandatory is False:
        yield "A public client needs PKCE. Set `mandatory` of its `pkce` to true."
    if pkce.get("supportPlainTransformAlgorithm") is True:
        yield "Plain challenges protect nobody. Set `supportPlainTransformAlgorithm` of `pkce` to false."


def _lifetimes(application: Inputs, settings: Settings) -> Iterator[str]:
    for name, (path, _) in LIFETIMES.items():
        value: Any = application
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(value, int | float) and value > settings[name]:
            yield f"{'.'.join(path)} is {value:g} seconds, and at most {settings[name]:g} are allowed."


def _callbacks(application: Inputs, settings: Settings) -> Iterator[str]:
    for callback in _texts(application.get("callbackUrls")):
        if wrong := [one for one in _alternatives(callback) if not _is_safe(one)]:
            yield f"The callback {', '.join(wrong)} cannot be seen to use https. Only loopback may do without."


def _alternatives(callback: str) -> list[str]:
    """A callback as it is, or each that a regular expression allows, without its escapes."""
    if not callback.startswith("regexp="):
        return [callback]
    return list(_branches(callback.removeprefix("regexp=").removeprefix("^").removesuffix("$")))


def _branches(expression: str) -> Iterator[str]:
    """What stands between the bars of an expression, through the parentheses around all of it."""
    depth, start = 0, 0
    parts = []
    for found in re.finditer(r"\\.|[(|)]", expression):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if found[0] == "|" and depth == 0:
            parts.append(expression[start : found.start()])
            start = found.end()
    parts.append(expression[start:])
    if len(parts) > 1:
        for part in parts:
            yield from _branches(part)
    elif expression.startswith("(") and expression.endswith(")"):
        yield from _branches(expression[1:-1])
    else:
        yield re.sub(r"\\(.)", r"\1", expression)


def _is_safe(url: str) -> bool:
    scheme, separator, _ = url.partition(":")
    if not separator or not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme):
        return False
    return scheme.lower() != "http" or _LOOPBACK.match(url) is not None


def _no_policy(application: Inputs, settings: Settings) -> Iterator[str]:
    name = application.get("name")
    if name is UNKNOWN or name in settings["applications"]:
        return
    for authorized in _objects(application.get("authorizedApis")):
        api = authorized.get("apiId")
        if authorized.get("policy") == "No Policy" and api is not UNKNOWN and api not in settings["apis"]:
            yield (
                f"The authorization for the API {api} has no policy, so everybody gets its scopes. Use RBAC, or name "
                "the application or the API's id in the rule's settings."
            )


def _no_authorization(api: Inputs, settings: Settings) -> Iterator[str]:
    names = [api.get("name"), api.get("identifier")]
    if api.get("requiresAuthorization") is not False or UNKNOWN in names:
        return
    if not set(names) & set(settings["apis"]):
        yield (
            f"The API {api.get('identifier')} requires no authorization. Have it require one, or name it in the rule's "
            "settings."
        )


def _plans(client: Inputs, settings: Settings) -> Iterator[str]:
    allowed = settings["allowed"]
    for subscription in _objects(client.get("subscriptions")):
        plan = subscription.get("plan", _NO_PLAN)
        if plan is UNKNOWN or (plan in allowed if allowed else plan != _NO_PLAN):
            continue
        api = subscription.get("apiName", subscription.get("apiId"))
        which = f"one of {', '.join(allowed)}" if allowed else f"a plan other than {_NO_PLAN}"
        yield f"The subscription to {'an API' if api is UNKNOWN else api} has the plan {plan}. Name {which}."


RULES: tuple[Rule, ...] = (
    Rule(
        "allowed-grants",
        "Applications use no grant that hands out passwords or tokens in the browser's address.",
        ("application",),
        _grants,
        {"forbidden": {**_NAMES, "default": ["password", "implicit"]}},
    ),
    Rule("pkce-for-public-clients", "Public clients prove with PKCE that a code is theirs.", ("application",), _pkce),
    Rule(
        "token-lifetimes",
        "No token lives longer than it is allowed to.",
        ("application",),
        _lifetimes,
        {name: {"type": "number", "minimum": 1, "default": most} for name, (_, most) in LIFETIMES.items()},
    ),
    Rule(
        "https-callbacks",
        "Codes and tokens are sent to https addresses, to an app's own scheme or to loopback.",
        ("application",),
        _callbacks,
    ),
    Rule(
        "policy-for-authorizations",
        "Scopes are given to people by their roles, unless the application or the API is named.",
        ("application",),
        _no_policy,
        {"applications": {**_NAMES, "default": []}, "apis": {**_NAMES, "default": []}},
    ),
    Rule(
        "apis-require-authorization",
        "APIs require authorization, unless they are named.",
        ("api",),
        _no_authorization,
        {"apis": {**_NAMES, "default": []}},
    ),
    Rule(
        "subscriptions-by-plan",
        "Every subscription has an allowed plan.",
        ("client",),
        _plans,
        {"allowed": {**_NAMES, "default": []}},
    ),
)
