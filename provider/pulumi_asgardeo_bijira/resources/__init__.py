"""What a Pulumi program sees: a typed class for each resource."""

from .api import ApiScopeArgs, AsgardeoApi
from .application import AsgardeoApplication
from .application_args import (
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
from .client import BijiraApplicationClient, SubscriptionArgs
from .lookups import (
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
from .provider import AsgardeoSettingsArgs, BijiraSettingsArgs, Provider
from .secured_api import SecuredApi

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
    "BijiraSettingsArgs",
    "ClaimMappingArgs",
    "ClaimsArgs",
    "ClientAuthenticationArgs",
    "EncryptionArgs",
    "IdTokenArgs",
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
