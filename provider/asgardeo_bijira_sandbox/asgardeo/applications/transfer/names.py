"""How the members of the API are called in files: there the server's classes are written out as they are.

Each pair is a path in the API's document and one in the file. What has another form there too is in `documents`.
"""

from __future__ import annotations

from typing import Any

__all__ = ("APPLICATION", "KINDS", "OIDC", "PROPERTIES", "SAML", "Pairs", "carried", "inner", "place")

Pairs = tuple[tuple[str, str], ...]

_SIGNING_IN = "localAndOutBoundAuthenticationConfig"
APPLICATION: Pairs = (
    ("name", "applicationName"),
    ("description", "description"),
    ("applicationVersion", "applicationVersion"),
    ("imageUrl", "imageUrl"),
    ("accessUrl", "accessUrl"),
    ("templateId", "templateId"),
    ("templateVersion", "templateVersion"),
    ("isManagementApp", "managementApp"),
    ("isB2BSelfServiceApp", "b2BSelfServiceApp"),
    ("applicationEnabled", "applicationEnabled"),
    ("advancedConfigurations.saas", "saasApp"),
    ("advancedConfigurations.discoverableByEndUsers", "discoverable"),
    ("advancedConfigurations.enableAPIBasedAuthentication", "apiBasedAuthenticationEnabled"),
    ("advancedConfigurations.skipLoginConsent", f"{_SIGNING_IN}.skipConsent"),
    ("advancedConfigurations.skipLogoutConsent", f"{_SIGNING_IN}.skipLogoutConsent"),
    ("advancedConfigurations.useExternalConsentPage", f"{_SIGNING_IN}.useExternalConsentPage"),
    ("advancedConfigurations.returnAuthenticatedIdpList", f"{_SIGNING_IN}.alwaysSendBackAuthenticatedListOfIdPs"),
    ("advancedConfigurations.enableAuthorization", f"{_SIGNING_IN}.enableAuthorization"),
    ("authenticationSequence.script", f"{_SIGNING_IN}.authenticationScriptConfig.content"),
    ("claimConfiguration.subject.claim.uri", f"{_SIGNING_IN}.subjectClaimUri"),
    ("claimConfiguration.subject.includeUserDomain", f"{_SIGNING_IN}.useUserstoreDomainInLocalSubjectIdentifier"),
    ("claimConfiguration.subject.includeTenantDomain", f"{_SIGNING_IN}.useTenantDomainInLocalSubjectIdentifier"),
    ("claimConfiguration.subject.useMappedLocalSubject", "claimConfig.alwaysSendMappedLocalSubjectId"),
    ("claimConfiguration.subject.mappedLocalSubjectMandatory", "claimConfig.mappedLocalSubjectMandatory"),
    ("claimConfiguration.role.claim.uri", "claimConfig.roleClaimURI"),
    ("claimConfiguration.role.includeUserDomain", f"{_SIGNING_IN}.useUserstoreDomainInRoles"),
)

OIDC: Pairs = (
    ("clientId", "oauthConsumerKey"),
    ("clientSecret", "oauthConsumerSecret"),
    ("state", "state"),
    ("publicClient", "bypassClientCredentials"),
    ("pkce.mandatory", "pkceMandatory"),
    ("pkce.supportPlainTransformAlgorithm", "pkceSupportPlain"),
    ("hybridFlow.enable", "hybridFlowEnabled"),
    ("hybridFlow.responseType", "hybridFlowResponseType"),
    ("accessToken.type", "tokenType"),
    ("accessToken.userAccessTokenExpiryInSeconds", "userAccessTokenExpiryTime"),
    ("accessToken.applicationAccessTokenExpiryInSeconds", "applicationAccessTokenExpiryTime"),
    ("accessToken.bindingType", "tokenBindingType"),
    ("accessToken.revokeTokensWhenIDPSessionTerminated", "tokenRevocationWithIDPSessionTerminationEnabled"),
    ("accessToken.validateTokenBinding", "tokenBindingValidationEnabled"),
    ("accessToken.accessTokenAttributes", "accessTokenClaims"),
    ("accessToken.enableJwtScopeAsArray", "jwtScopeAsArrayEnabled"),
    ("refreshToken.expiryInSeconds", "refreshTokenExpiryTime"),
    ("refreshToken.renewRefreshToken", "renewRefreshTokenEnabled"),
    ("refreshToken.extendRenewedRefreshTokenExpiryTime", "extendRenewedRefreshTokenExpiryTime"),
    ("refreshToken.gracefulRefreshTokenRotationEnabled", "gracefulRefreshTokenRotationEnabled"),
    ("refreshToken.gracefulRefreshTokenRotationValidityPeriod", "gracefulRefreshTokenRotationValidityPeriod"),
    ("refreshToken.gracefulRefreshTokenReuseLimit", "gracefulRefreshTokenReuseLimit"),
    ("subjectToken.enable", "subjectTokenEnabled"),
    ("subjectToken.applicationSubjectTokenExpiryInSeconds", "subjectTokenExpiryTime"),
    ("idToken.expiryInSeconds", "idTokenExpiryTime"),
    ("idToken.audience", "audiences"),
    ("idToken.idTokenSignedResponseAlg", "idTokenSignatureAlgorithm"),
    ("idToken.encryption.enabled", "idTokenEncryptionEnabled"),
    ("idToken.encryption.algorithm", "idTokenEncryptionAlgorithm"),
    ("idToken.encryption.method", "idTokenEncryptionMethod"),
    ("logout.backChannelLogoutUrl", "backChannelLogoutUrl"),
    ("logout.frontChannelLogoutUrl", "frontchannelLogoutUrl"),
    ("validateRequestObjectSignature", "requestObjectSignatureValidationEnabled"),
    ("scopeValidators", "scopeValidators"),
    ("clientAuthentication.tokenEndpointAuthMethod", "tokenEndpointAuthMethod"),
    ("clientAuthentication.tokenEndpointAllowReusePvtKeyJwt", "tokenEndpointAllowReusePvtKeyJwt"),
    ("clientAuthentication.tokenEndpointAuthSigningAlg", "tokenEndpointAuthSignatureAlgorithm"),
    ("clientAuthentication.tlsClientAuthSubjectDn", "tlsClientAuthSubjectDN"),
    ("requestObject.requestObjectSigningAlg", "requestObjectSignatureAlgorithm"),
    ("requestObject.encryption.algorithm", "requestObjectEncryptionAlgorithm"),
    ("requestObject.encryption.method", "requestObjectEncryptionMethod"),
    ("pushAuthorizationRequest.requirePushAuthorizationRequest", "requirePushedAuthorizationRequests"),
    ("subject.subjectType", "subjectType"),
    ("subject.sectorIdentifierUri", "sectorIdentifierURI"),
    ("isFAPIApplication", "fapiConformanceEnabled"),
    ("fapiProfile", "fapiProfile"),
    ("cibaAuthenticationRequest.authReqExpiryTime", "cibaAuthReqExpiryTime"),
    ("cibaAuthenticationRequest.skipUserValidation", "cibaSkipUserValidation"),
    ("cibaAuthenticationRequest.allowFederatedUsers", "cibaAllowFederatedUsers"),
)

_ASSERTION, _LOGOUT = "singleSignOnProfile.assertion", "singleLogoutProfile"
SAML: Pairs = (
    ("issuer", "issuer"),
    ("serviceProviderQualifier", "issuerQualifier"),
    ("assertionConsumerUrls", "assertionConsumerUrls"),
    ("defaultAssertionConsumerUrl", "defaultAssertionConsumerUrl"),
    ("idpEntityIdAlias", "idpEntityIDAlias"),
    ("singleSignOnProfile.attributeConsumingServiceIndex", "attributeConsumingServiceIndex"),
    ("singleSignOnProfile.enableIdpInitiatedSingleSignOn", "idPInitSSOEnabled"),
    (f"{_ASSERTION}.nameIdFormat", "nameIDFormat"),
    (f"{_ASSERTION}.audiences", "requestedAudiences"),
    (f"{_ASSERTION}.recipients", "requestedRecipients"),
    (f"{_ASSERTION}.digestAlgorithm", "digestAlgorithmURI"),
    (f"{_ASSERTION}.encryption.enabled", "doEnableEncryptedAssertion"),
    (f"{_ASSERTION}.encryption.assertionEncryptionAlgorithm", "assertionEncryptionAlgorithmURI"),
    (f"{_ASSERTION}.encryption.keyEncryptionAlgorithm", "keyEncryptionAlgorithmURI"),
    ("attributeProfile.enabled", "enableAttributeProfile"),
    ("attributeProfile.alwaysIncludeAttributesInResponse", "enableAttributesByDefault"),
    ("attributeProfile.nameFormat", "attributeNameFormat"),
    (f"{_LOGOUT}.enabled", "doSingleLogout"),
    (f"{_LOGOUT}.logoutRequestUrl", "sloRequestURL"),
    (f"{_LOGOUT}.logoutResponseUrl", "sloResponseURL"),
    (f"{_LOGOUT}.idpInitiatedSingleLogout.enabled", "idPInitSLOEnabled"),
    (f"{_LOGOUT}.idpInitiatedSingleLogout.returnToUrls", "idpInitSLOReturnToURLs"),
    ("requestValidation.enableSignatureValidation", "doValidateSignatureInRequests"),
    ("requestValidation.signatureValidationCertAlias", "certAlias"),
    ("responseSigning.enabled", "doSignResponse"),
    ("responseSigning.signingAlgorithm", "signingAlgorithmURI"),
    ("enableAssertionQueryProfile", "assertionQueryRequestProfileEnabled"),
)

#: By the path of a protocol, what its part of a file is called there, and the class that this is.
KINDS = {
    "oidc": ("oAuthAppDO", "org.wso2.carbon.identity.oauth.dao.OAuthAppDO"),
    "saml": ("samlssoServiceProviderDTO", "org.wso2.carbon.identity.sso.saml.dto.SAMLSSOServiceProviderDTO"),
}
#: Of protocols that have no class of their own: the properties that their part is made of.
PROPERTIES: dict[str, Pairs] = {
    "passive-sts": (("replyTo", "passiveSTSWReply"), ("replyToLogout", "passiveSTSWReplyLogout")),
    "ws-trust": (("certificateAlias", "wstrustCertAlias"),),
}


def inner(document: dict[str, Any], path: str) -> Any:
    """What lies at a path; None where nothing does."""
    found: Any = document
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def place(document: dict[str, Any], path: str, value: Any) -> None:
    """Lay a value at a path, unless it is none."""
    *way, last = path.split(".")
    if value is not None:
        for name in way:
            document = document.setdefault(name, {})
        document[last] = value


def carried(document: dict[str, Any], pairs: Pairs, *, back: bool = False) -> dict[str, Any]:
    """The members of a document under the other names: those of files, or back."""
    made: dict[str, Any] = {}
    for api, file in pairs:
        source, target = (file, api) if back else (api, file)
        place(made, target, inner(document, source))
    return made
