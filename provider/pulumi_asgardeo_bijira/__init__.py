"""Secure APIs with WSO2 Asgardeo and WSO2 Bijira (WSO2 API Platform) in one `pulumi up`.

import pulumi_asgardeo_bijira as wso2

wso2.SecuredApi(
    "orders",
    identifier="https://api.example.com/orders",
    scopes=[{"name": "orders:read"}],
    subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0"}],
)
"""

from .sdk.api import ApiScopeArgs, AsgardeoApi
from .sdk.application import AsgardeoApplication
from .sdk.application_args import (
    AccessTokenArgs,
    AdvancedArgs,
    AuthorizedApiArgs,
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
    SubjectClaimArgs,
)
from .sdk.client import BijiraApplicationClient, SubscriptionArgs
from .sdk.key_manager import BijiraKeyManager, ConnectorSettingArgs, KeyManagerEndpointsArgs
from .sdk.lookups import (
    ApiResult,
    ApplicationResult,
    BijiraApiResult,
    KeyManagerResult,
    ScopeResult,
    get_api,
    get_application,
    get_bijira_api,
    get_key_manager,
)
from .sdk.provider import AsgardeoSettingsArgs, BijiraSettingsArgs, Provider
from .sdk.secured_api import SecuredApi

__all__ = (
    "AccessTokenArgs",
    "AdvancedArgs",
    "ApiResult",
    "ApiScopeArgs",
    "ApplicationResult",
    "AsgardeoApi",
    "AsgardeoApplication",
    "AsgardeoSettingsArgs",
    "AuthorizedApiArgs",
    "BijiraApiResult",
    "BijiraApplicationClient",
    "BijiraKeyManager",
    "BijiraSettingsArgs",
    "ClaimMappingArgs",
    "ClaimsArgs",
    "ClientAuthenticationArgs",
    "ConnectorSettingArgs",
    "EncryptionArgs",
    "IdTokenArgs",
    "KeyManagerEndpointsArgs",
    "KeyManagerResult",
    "LogoutArgs",
    "PkceArgs",
    "Provider",
    "RefreshTokenArgs",
    "RequestedClaimArgs",
    "RoleClaimArgs",
    "ScopeResult",
    "SecuredApi",
    "SubjectClaimArgs",
    "SubscriptionArgs",
    "get_api",
    "get_application",
    "get_bijira_api",
    "get_key_manager",
)
