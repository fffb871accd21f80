"""An application's inputs as Asgardeo's documents, and its documents as inputs."""

from ...clients.asgardeo import Application, NewApplication, Oidc, OidcSettings
from ..property_maps import properties_of
from ..schema import PropertyMap
from .declaration import APPLICATION, OIDC, TYPES, ApplicationInputs, ApplicationType

__all__ = ("is_public", "new_application", "oidc_settings", "shown_properties")


def shown_properties(application: Application, oidc: Oidc | None, declared: PropertyMap) -> PropertyMap:
    """What the platform shows, as inputs; what means the same as what is declared shows as that."""
    properties = properties_of(application)
    properties["applicationType"] = declared.get("applicationType") or _type_of(application.template)
    if not application.claims.are_mapped and "claimMappings" not in declared.get("claims", {}):
        properties["claims"].pop("claimMappings", None)
    if oidc is not None:
        properties |= properties_of(oidc)
        urls = declared.get("callbackUrls", [])
        if OidcSettings.model_validate({"callbackUrls": urls}).callback_urls == oidc.callback_urls:
            properties["callbackUrls"] = urls
    return properties


def new_application(inputs: PropertyMap) -> NewApplication:
    """What a POST says, which ignores the logout return URL."""
    posted = ApplicationInputs.part(APPLICATION, inputs)
    posted.pop("logoutReturnUrl", None)
    template = TYPES[inputs["applicationType"]].template
    return NewApplication.model_validate({**posted, "template": template, "oidc": oidc_settings(inputs)})


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
