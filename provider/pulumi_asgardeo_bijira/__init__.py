"""Secure APIs with WSO2 Asgardeo and WSO2 Bijira (WSO2 API Platform) in one `pulumi up`.

import pulumi_asgardeo_bijira as wso2

wso2.SecuredApi(
    "orders",
    identifier="https://api.example.com/orders",
    scopes=[{"name": "orders:read"}],
    subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0"}],
)
"""

from .resources import (
    AccessTokenArgs,
    AdvancedArgs,
    ApiScopeArgs,
    AsgardeoApi,
    AsgardeoApplication,
    AuthorizedApiArgs,
    BijiraApplicationClient,
    ClaimMappingArgs,
    ClaimsArgs,
    ClientAuthenticationArgs,
    EncryptionArgs,
    IdTokenArgs,
    LogoutArgs,
    PkceArgs,
    RefreshTokenArgs,
    RequestedClaimArgs,
    RoleClaimArgs,
    SecuredApi,
    SubjectClaimArgs,
    SubscriptionArgs,
)

__all__ = (
    "AccessTokenArgs",
    "AdvancedArgs",
    "ApiScopeArgs",
    "AsgardeoApi",
    "AsgardeoApplication",
    "AuthorizedApiArgs",
    "BijiraApplicationClient",
    "ClaimMappingArgs",
    "ClaimsArgs",
    "ClientAuthenticationArgs",
    "EncryptionArgs",
    "IdTokenArgs",
    "LogoutArgs",
    "PkceArgs",
    "RefreshTokenArgs",
    "RequestedClaimArgs",
    "RoleClaimArgs",
    "SecuredApi",
    "SubjectClaimArgs",
    "SubscriptionArgs",
)
