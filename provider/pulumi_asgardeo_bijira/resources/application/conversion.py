"""An application's inputs as Asgardeo's documents, and its documents as inputs."""

from ...clients.asgardeo import (
    Application,
    ApplicationSettings,
    ListedApplication,
    NewApplication,
    Oidc,
    OidcSettings,
)
from ..property_maps import properties_of, properties_shown_by
from ..schema import PropertyMap
from .application_types import TYPES, ApplicationType
from .declaration import APPLICATION, OIDC, ApplicationInputs
from .rules import CIBA

__all__ = (
    "as_listed",
    "is_listed",
    "is_public",
    "new_application",
    "oidc_settings",
    "shown_oidc",
    "shown_properties",
    "written_itself",
)


def is_listed(declared: PropertyMap) -> bool:
    """Whether a list may show all of an application that is declared of it."""
    return ApplicationInputs.part(APPLICATION, declared).keys() <= properties_shown_by(ListedApplication)


def as_listed(row: ListedApplication, declared: PropertyMap) -> Application | None:
    """An application as a list shows it; None where that is less than what is declared."""
    shown = properties_of(row)
    if ApplicationInputs.part(APPLICATION, declared).keys() <= shown.keys():
        return Application.model_validate(shown)
    return None


def shown_properties(application: Application, oidc: Oidc | None, declared: PropertyMap) -> PropertyMap:
    """What the platform shows, as inputs; what means the same as what is declared shows as that."""
    properties = properties_of(application)
    properties["applicationType"] = declared.get("applicationType") or _type_of(application.template)
    if not application.claims.are_mapped and "claimMappings" not in declared.get("claims", {}):
        properties["claims"].pop("claimMappings", None)
    _request_once(properties["claims"])
    certificate = declared.get("certificate")
    if "certificate" not in properties and certificate and certificate["value"] == "":
        properties["certificate"] = certificate
    return properties if oidc is None else properties | shown_oidc(oidc, declared)


def _request_once(claims: PropertyMap) -> None:
    """A claim may be requested twice, as consoles have left it; it is required where one of them says so."""
    found: dict[str, PropertyMap] = {}
    for one in claims.get("requestedClaims", []):
        kept = found.setdefault(one["claim"], one)
        if one.get("mandatory"):
            kept["mandatory"] = True
    if found:
        claims["requestedClaims"] = list(found.values())


def shown_oidc(oidc: Oidc, declared: PropertyMap) -> PropertyMap:
    """The same of the OIDC part alone. Of what is switched off the server keeps nothing but that, and what it shows of
    CIBA without the grant means nothing."""
    properties = properties_of(oidc)
    if CIBA not in properties.get("grantTypes", []):
        properties.pop("cibaAuthenticationRequest", None)
    urls = declared.get("callbackUrls", [])
    if OidcSettings.model_validate({"callbackUrls": urls}).callback_urls == oidc.callback_urls:
        properties["callbackUrls"] = urls
    _keep_dormant(properties.get("hybridFlow"), declared.get("hybridFlow"), "enable")
    encryption, wanted = (one.get("idToken", {}).get("encryption") for one in (properties, declared))
    _keep_dormant(encryption, wanted, "enabled")
    _show_empty(properties, ApplicationInputs.part(OIDC, declared))
    return properties


def _show_empty(shown: PropertyMap, declared: PropertyMap) -> None:
    """What is declared to be empty may be shown as null."""
    for key, value in declared.items():
        if isinstance(value, dict) and isinstance(shown.get(key), dict):
            _show_empty(shown[key], value)
        elif value in ("", []):
            shown.setdefault(key, value)


def _keep_dormant(shown: PropertyMap | None, declared: PropertyMap | None, switch: str) -> None:
    if shown is not None and shown.get(switch) is False:
        shown.update({key: value for key, value in (declared or {}).items() if key != switch})


def new_application(inputs: PropertyMap) -> NewApplication:
    """What a POST says, which ignores the logout return URL."""
    posted = ApplicationInputs.part(APPLICATION, inputs)
    posted.pop("logoutReturnUrl", None)
    template = TYPES[inputs["applicationType"]].template
    return NewApplication.model_validate({**posted, "template": template, "oidc": oidc_settings(inputs)})


def written_itself(inputs: PropertyMap) -> PropertyMap:
    """What is written of an application apart from its OIDC part, in all."""
    body = new_application(inputs).whole()
    own = ApplicationSettings.model_validate(ApplicationInputs.part(APPLICATION, inputs)).whole()
    return body | own


def is_public(inputs: PropertyMap) -> bool:
    """Whether inputs are known to make a public client, which has no secret."""
    by_type = TYPES.get(str(inputs.get("applicationType")), ApplicationType(""))
    return inputs.get("publicClient", by_type.defaults.get("publicClient")) is True


def oidc_settings(inputs: PropertyMap) -> OidcSettings:
    """What the type brings along, and over it what is declared."""
    defaults = OidcSettings.model_validate(TYPES[inputs["applicationType"]].defaults)
    return defaults.overlaid(OidcSettings.model_validate(ApplicationInputs.part(OIDC, inputs)))


def _type_of(template: str) -> str:
    return next((name for name, kind in TYPES.items() if kind.template == template), "standard")
