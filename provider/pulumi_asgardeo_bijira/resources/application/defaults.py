"""What an application has of which nothing is declared: what goes without saying of one that is there already."""

from ..property_maps import without
from ..schema import PropertyMap
from .application_types import TYPES

__all__ = ("without_defaults",)

#: As Asgardeo has them, but for the type of access tokens: left out, that is not Asgardeo's.
_OF_SERVER: PropertyMap = {
    "enabled": True,
    "publicClient": False,
    "pkce": {"mandatory": False, "supportPlainTransformAlgorithm": True},
    "accessToken": {
        "userAccessTokenExpiryInSeconds": 3600,
        "applicationAccessTokenExpiryInSeconds": 3600,
        "bindingType": "None",
        "revokeTokensWhenIdpSessionTerminated": False,
        "validateTokenBinding": False,
        "enableJwtScopeAsArray": False,
    },
    "refreshToken": {
        "expiryInSeconds": 86400,
        "renewRefreshToken": True,
        "extendRenewedRefreshTokenExpiryTime": False,
        "gracefulRefreshTokenRotationEnabled": False,
        "gracefulRefreshTokenRotationValidityPeriod": 30,
        "gracefulRefreshTokenReuseLimit": 1,
    },
    "idToken": {
        "expiryInSeconds": 3600,
        "idTokenSignedResponseAlg": "RS256",
        "encryption": {"enabled": False},
    },
    "hybridFlow": {"enable": False},
    "requirePushedAuthorizationRequests": False,
    "validateRequestObjectSignature": False,
    "isFapiApplication": False,
    "subject": {"subjectType": "public"},
    "allowedAudience": "ORGANIZATION",
    "claims": {
        "dialect": "LOCAL",
        "subject": {
            "claim": "http://wso2.org/claims/userid",
            "includeUserDomain": False,
            "includeTenantDomain": False,
            "useMappedLocalSubject": False,
        },
        "role": {"claim": "http://wso2.org/claims/roles", "includeUserDomain": True},
    },
    "advanced": {
        "saas": False,
        "discoverableByEndUsers": False,
        "skipLoginConsent": False,
        "skipLogoutConsent": False,
        "returnAuthenticatedIdpList": False,
        "enableAuthorization": True,
        "enableApiBasedAuthentication": False,
    },
}


def without_defaults(properties: PropertyMap) -> PropertyMap:
    """The inputs that say more than that there is an application of that type. What is switched off goes whole."""
    defaults = {**_OF_SERVER, **TYPES[properties["applicationType"]].defaults}
    flow, encryption = properties.get("hybridFlow", {}), properties.get("idToken", {}).get("encryption", {})
    if flow.get("enable") is False:
        defaults["hybridFlow"] = flow
    if encryption.get("enabled") is False:
        defaults["idToken"] = {**_OF_SERVER["idToken"], "encryption": encryption}
    return without(properties, defaults)
