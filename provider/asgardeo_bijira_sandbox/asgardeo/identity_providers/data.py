"""The ways to sign in that every organisation has, and what those at an identity provider are set up with."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ("CONNECTORS", "FEDERATED", "LOCAL", "REQUEST_PATH", "Authenticator", "Property")


@dataclass(frozen=True)
class Property:
    """A property of an authenticator."""

    key: str
    title: str
    mandatory: bool = False
    confidential: bool = False
    type: str = "STRING"


@dataclass(frozen=True)
class Authenticator:
    """A way to sign in, as a console shows it."""

    title: str
    tags: tuple[str, ...] = ()
    properties: tuple[Property, ...] = field(default=())


LOCAL = {
    "BasicAuthenticator": Authenticator("Username & Password", ("Username-Password",)),
    "IdentifierExecutor": Authenticator("Identifier First"),
    "FIDOAuthenticator": Authenticator("Passkey", ("Passwordless", "MFA")),
    "MagicLinkAuthenticator": Authenticator("Magic Link", ("Passwordless",)),
    "totp": Authenticator("TOTP", ("MFA",)),
    "email-otp-authenticator": Authenticator("Email OTP", ("MFA", "Passwordless")),
    "sms-otp-authenticator": Authenticator("SMS OTP", ("MFA", "Passwordless")),
    "push-notification-authenticator": Authenticator("Push Notification", ("MFA",)),
    "backup-code-authenticator": Authenticator("Backup Code", ("MFA",)),
    "SessionExecutor": Authenticator("Active Sessions Limit"),
}
REQUEST_PATH = {
    "BasicAuthRequestPathAuthenticator": Authenticator("Basic Auth", ("Request-Path",)),
    "OAuthRequestPathAuthenticator": Authenticator("OAuth", ("Request-Path",)),
}

_CLIENT = (
    Property("ClientId", "Client ID", mandatory=True),
    Property("ClientSecret", "Client secret", mandatory=True, confidential=True),
)
_CALLBACK = Property("callbackUrl", "Callback URL")
_SOCIAL = (*_CLIENT, _CALLBACK, Property("AdditionalQueryParameters", "Additional query parameters"))

FEDERATED = {
    "OpenIDConnectAuthenticator": Authenticator(
        "OpenID Connect",
        ("OIDC",),
        (
            *_CLIENT,
            Property("OAuth2AuthzEPUrl", "Authorization endpoint URL", mandatory=True),
            Property("OAuth2TokenEPUrl", "Token endpoint URL", mandatory=True),
            _CALLBACK,
            Property("UserInfoUrl", "Userinfo endpoint URL"),
            Property("OIDCLogoutEPUrl", "Logout endpoint URL"),
            Property("IsUserIdInClaims", "User ID in claims", type="BOOLEAN"),
            Property("Scopes", "Scopes"),
            Property("commonAuthQueryParams", "Additional query parameters"),
            Property("IsBasicAuthEnabled", "Basic authentication", type="BOOLEAN"),
        ),
    ),
    "SAMLSSOAuthenticator": Authenticator(
        "SAML2 Web SSO",
        ("SAML",),
        (
            Property("SPEntityId", "Service provider entity ID", mandatory=True),
            Property("SSOUrl", "SSO URL", mandatory=True),
            Property("IdPEntityId", "Identity provider entity ID", mandatory=True),
            Property("NameIDType", "Name ID format"),
            Property("RequestMethod", "HTTP binding"),
            Property("SelectMode", "Mode"),
            Property("meta_data_saml", "Metadata"),
            Property("IsLogoutEnabled", "Logout", type="BOOLEAN"),
            Property("LogoutReqUrl", "Logout URL"),
            Property("IsAuthnRespSigned", "Signed response", type="BOOLEAN"),
            Property("ISAuthnReqSigned", "Signed request", type="BOOLEAN"),
        ),
    ),
    "GoogleOIDCAuthenticator": Authenticator("Google", ("Social-Login", "OIDC"), _SOCIAL),
    "FacebookAuthenticator": Authenticator("Facebook", ("Social-Login",), (*_CLIENT, _CALLBACK)),
    "GithubAuthenticator": Authenticator("GitHub", ("Social-Login",), (*_CLIENT, _CALLBACK)),
    "MicrosoftWindowsLiveAuthenticator": Authenticator("Microsoft", ("Social-Login",), (*_CLIENT, _CALLBACK)),
    "AppleOIDCAuthenticator": Authenticator(
        "Apple",
        ("Social-Login", "OIDC"),
        (
            Property("ClientId", "Services ID", mandatory=True),
            Property("TeamId", "Team ID", mandatory=True),
            Property("KeyId", "Key ID", mandatory=True),
            Property("PrivateKey", "Private key", mandatory=True, confidential=True),
            _CALLBACK,
        ),
    ),
    "OrganizationAuthenticator": Authenticator("Organization Login", ("Organization-Login",)),
    "PassiveSTSAuthenticator": Authenticator(
        "Passive STS",
        (),
        (
            Property("RealmId", "Realm ID", mandatory=True),
            Property("PassiveSTSUrl", "URL", mandatory=True),
            Property("IsUserIdInClaims", "User ID in claims", type="BOOLEAN"),
        ),
    ),
}

#: Where users and groups of the organisation can be copied to.
CONNECTORS = {
    "SCIM2": (
        Property("scim2-username", "Username"),
        Property("scim2-password", "Password", confidential=True),
        Property("scim2-user-ep", "User endpoint", mandatory=True),
        Property("scim2-group-ep", "Group endpoint"),
    ),
    "googleapps": (Property("google_prov_domain_name", "Domain", mandatory=True),),
    "salesforce": (Property("sf-api-version", "API version", mandatory=True),),
}
