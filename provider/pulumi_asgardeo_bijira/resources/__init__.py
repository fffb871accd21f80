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
from .secured_api import SecuredApi

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
