"""An application's SAML document: what is read, and the default of all that is left out."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from ..bodies import Body
from ..exceptions import application_error

__all__ = ("SamlConfiguration", "checked_saml")

_POST_AND_REDIRECT = ["HTTP_POST", "HTTP_REDIRECT"]
_SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1"


class AssertionEncryption(Body):
    """Encryption of assertions."""

    enabled: bool = False
    assertion_encryption_algorithm: str = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
    key_encryption_algorithm: str = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"


class Assertion(Body):
    """Assertions."""

    name_id_format: str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
    audiences: list[str] = []
    recipients: list[str] = []
    digest_algorithm: str = _SHA1
    encryption: AssertionEncryption = Field(default_factory=AssertionEncryption)


class SingleSignOn(Body):
    """How users sign in."""

    bindings: list[Literal["HTTP_POST", "HTTP_REDIRECT", "ARTIFACT"]] = []
    enable_signature_validation_for_artifact_binding: bool = False
    attribute_consuming_service_index: str | None = None
    enable_idp_initiated_single_sign_on: bool = False
    assertion: Assertion = Field(default_factory=Assertion)


class AttributeProfile(Body):
    """Attributes in assertions."""

    enabled: bool = False
    always_include_attributes_in_response: bool = False
    name_format: str = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic"


class IdpInitiatedLogout(Body):
    """Logout that begins at the provider."""

    enabled: bool = False
    return_to_urls: list[str] = []


class SingleLogout(Body):
    """How users sign out."""

    enabled: bool = True
    logout_request_url: str | None = None
    logout_response_url: str | None = None
    logout_method: Literal["BACKCHANNEL", "FRONTCHANNEL_HTTP_REDIRECT", "FRONTCHANNEL_HTTP_POST"] = "BACKCHANNEL"
    idp_initiated_single_logout: IdpInitiatedLogout = Field(default_factory=IdpInitiatedLogout)


class RequestValidation(Body):
    """Signatures of requests."""

    enable_signature_validation: bool = True
    signature_validation_cert_alias: str | None = None


class ResponseSigning(Body):
    """Signatures of responses."""

    enabled: bool = True
    signing_algorithm: str = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"


class SamlProvider(Body):
    """The service provider."""

    issuer: str
    service_provider_qualifier: str | None = None
    assertion_consumer_urls: list[str]
    default_assertion_consumer_url: str | None = None
    idp_entity_id_alias: str | None = None
    single_sign_on_profile: SingleSignOn = Field(default_factory=SingleSignOn)
    attribute_profile: AttributeProfile = Field(default_factory=AttributeProfile)
    single_logout_profile: SingleLogout = Field(default_factory=SingleLogout)
    request_validation: RequestValidation = Field(default_factory=RequestValidation)
    response_signing: ResponseSigning = Field(default_factory=ResponseSigning)
    enable_assertion_query_profile: bool = False


class SamlConfiguration(Body):
    """What is written. What is read is the service provider alone, however it was written."""

    metadata_file: str | None = None
    metadata_url: str | None = Field(default=None, alias="metadataURL")
    manual_configuration: SamlProvider | None = None


def checked_saml(body: SamlConfiguration) -> dict[str, Any]:
    """The document to keep, or a refusal. Metadata is not fetched and not read here: only the form in full is."""
    provider = body.manual_configuration
    if provider is None:
        raise application_error(
            400, "APP-60001", "Invalid Request.", "The sandbox takes a SAML application by manualConfiguration only."
        )
    profile = provider.single_sign_on_profile
    sent = profile.bindings
    if "bindings" in profile.model_fields_set and not set(_POST_AND_REDIRECT) <= set(sent):
        raise application_error(
            409,
            "APP-60007",
            "Disabling HTTP_POST or HTTP_REDIRECT is not allowed",
            "HTTP_POST or HTTP_REDIRECT cannot be disabled",
        )
    document = provider.document()
    artifact = ["ARTIFACT"] if "ARTIFACT" in sent else []
    document["singleSignOnProfile"]["bindings"] = [*_POST_AND_REDIRECT, *artifact]
    if provider.default_assertion_consumer_url is None and provider.assertion_consumer_urls:
        document["defaultAssertionConsumerUrl"] = provider.assertion_consumer_urls[0]
    return document
