"""The Terraform provider's attributes, each with its counterpart here: what a takeover goes by, and the page about it.

A block is written as if it were an object, for there is at most one of each, but for `requested_claims`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ("APPLICATION", "AUTHORIZED_API", "TABLES", "TEMPLATES", "Row", "at", "leaves", "strange_attribute")

APPLICATION, AUTHORIZED_API = "asgardeo_application", "asgardeo_application_authorized_api"
#: Templates by the names that the provider's pages have for them, which are not Asgardeo's.
TEMPLATES = {"single-page-application": "spa", "web-app-template": "web", "custom-application": "standard"}


def _as_stored(urls: list[str]) -> list[str]:
    """Several URLs as the one expression that the provider writes: it escapes nothing in them."""
    return urls if len(urls) < 2 else [f"regexp=({'|'.join(urls)})"]


def _as_claims(rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A claim that is requested twice counts once, and is required where one of them says so."""
    required = {row["uri"]: any(one["mandatory"] for one in rows if one["uri"] == row["uri"]) for row in rows}
    return [{"claim": uri, "mandatory": mandatory} for uri, mandatory in required.items()]


@dataclass(frozen=True)
class Row:
    """An attribute and its argument."""

    attribute: str
    #: Empty where there is none.
    argument: str = ""
    text: str = ""
    #: What becomes of the value on the way.
    convert: Callable[[Any], Any] = lambda value: value
    #: Whether the attribute says nothing that anybody declared.
    is_computed: bool = False

    @property
    def is_lost(self) -> bool:
        """Whether what it says has no place here."""
        return not self.argument and not self.is_computed


_NO_SAML = "SAML is not managed here; the application keeps it"
_EXPRESSION = (
    "one URL as it is; several as the one expression that the provider has stored, for it escapes no dot in them: "
    "write them as a list, and the next `up` stores them escaped"
)

TABLES: Mapping[str, tuple[Row, ...]] = {
    APPLICATION: (
        Row("name", "name"),
        Row("description", "description"),
        Row("access_url", "access_url"),
        Row("logout_return_url", "logout_return_url"),
        Row("application_enabled", "enabled", "left out where it is true"),
        Row("template_id", text="`application_type`, by this or the template that Asgardeo shows", is_computed=True),
        Row("oidc.grant_types", "grant_types"),
        Row("oidc.callback_urls", "callback_urls", _EXPRESSION, _as_stored),
        Row("oidc.allowed_origins", "allowed_origins"),
        Row(
            "oidc.logout_redirect_urls",
            "logout.front_channel_logout_url",
            "where the provider stores them; several as one expression",
            lambda urls: "".join(_as_stored(urls)),
        ),
        Row("oidc.public_client", "public_client", "left out where its type says the same"),
        Row("oidc.pkce.mandatory", "pkce.mandatory"),
        Row("oidc.pkce.support_plain_transform_algorithm", "pkce.support_plain_transform_algorithm"),
        Row(
            "oidc.access_token.type",
            "access_token.type",
            "without that block what Asgardeo shows, since it is `JWT` here unless it is declared",
        ),
        Row(
            "oidc.access_token.user_access_token_expiry_seconds",
            "access_token.user_access_token_expiry_in_seconds",
        ),
        Row(
            "oidc.access_token.application_access_token_expiry_seconds",
            "access_token.application_access_token_expiry_in_seconds",
        ),
        Row("oidc.refresh_token.expiry_seconds", "refresh_token.expiry_in_seconds"),
        Row("oidc.refresh_token.renew_refresh_token", "refresh_token.renew_refresh_token"),
        Row(
            "claim_configuration.requested_claims",
            "claims.requested_claims",
            "`uri` becomes `claim`, `mandatory` stays; a claim that is there twice counts once",
            _as_claims,
        ),
        Row("advanced.skip_login_consent", "advanced.skip_login_consent"),
        Row("advanced.skip_logout_consent", "advanced.skip_logout_consent"),
        Row("advanced.saas", "advanced.saas"),
        Row("advanced.discoverable_by_end_users", "advanced.discoverable_by_end_users"),
        *(
            Row(f"saml.manual_configuration.{name}", text=_NO_SAML)
            for name in (
                "issuer",
                "assertion_consumer_urls",
                "default_assertion_consumer_url",
                "single_logout.enabled",
                "single_logout.logout_request_url",
                "single_logout.logout_response_url",
            )
        ),
        Row("id", text="the id in the import file", is_computed=True),
        Row("client_id", text="the output `client_id`", is_computed=True),
        Row("client_secret", text="the output `client_secret`", is_computed=True),
    ),
    AUTHORIZED_API: (
        Row("api_resource_id", "authorized_apis.api_id"),
        Row("policy_identifier", "authorized_apis.policy"),
        Row("scopes", "authorized_apis.scopes"),
        Row("application_id", text="the application that it becomes a row of", is_computed=True),
        Row("identifier", text="a comment: `get_api(identifier=…).id` finds the id elsewhere", is_computed=True),
        Row("id", text="both ids in one", is_computed=True),
        Row("display_name", text="follows from the API", is_computed=True),
        Row("type", text="follows from the API", is_computed=True),
    ),
}


def at(values: Any, path: str) -> Any:
    """The value of an attribute; None where there is none."""
    for key in path.split("."):
        values = (values or [None])[0] if isinstance(values, list) else values
        values = values.get(key) if isinstance(values, Mapping) else None
    return values


def leaves(values: Any, path: str = "") -> Iterator[str]:
    """The paths of all attributes that say something."""
    if isinstance(values, list) and values and isinstance(values[0], Mapping) and len(values) == 1:
        values = values[0]
    if isinstance(values, Mapping):
        for key, value in values.items():
            yield from leaves(value, f"{path}.{key}" if path else str(key))
    elif values not in (None, "", [], False):
        yield path


#: What is read of every resource, and the attributes that are lists of texts: everything else is judged as an input is.
_NEEDED = {APPLICATION: ("id",), AUTHORIZED_API: ("application_id", "api_resource_id", "identifier")}
_TEXTS = ("oidc.callback_urls", "oidc.allowed_origins", "oidc.logout_redirect_urls", "scopes")
_CLAIMS = "claim_configuration.requested_claims"


def strange_attribute(type: str, values: Mapping[str, Any]) -> str:
    """The first attribute that is of another type than the provider writes; empty where none is."""
    for name in _NEEDED.get(type, ()):
        if not isinstance(values.get(name), str):
            return name
    known = [path for path in (*_TEXTS, _CLAIMS) if any(row.attribute == path for row in TABLES.get(type, ()))]
    for path in known:
        items = at(values, path)
        fits = _is_claim if path == _CLAIMS else _is_text
        if items is not None and not (isinstance(items, list) and all(map(fits, items))):
            return path
    return ""


def _is_text(item: object) -> bool:
    return isinstance(item, str)


def _is_claim(item: object) -> bool:
    return isinstance(item, Mapping) and isinstance(item.get("uri"), str) and "mandatory" in item
