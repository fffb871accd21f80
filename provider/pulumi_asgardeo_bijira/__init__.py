# Generated from the declarations by make generate: change those, not this.
"""Secure APIs with WSO2 Asgardeo and WSO2 Bijira (WSO2 API Platform) in one `pulumi up`.

import pulumi
import pulumi_asgardeo_bijira as wso2

orders = wso2.SecuredApi(
    "orders",
    identifier="https://api.example.com/orders",
    scopes=[{"name": "orders:read"}, {"name": "orders:write"}],
    subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0", "plan": "Gold"}],
)
pulumi.export("tokenEndpoint", orders.token_endpoint)
pulumi.export("clientId", orders.client_id)
pulumi.export("clientSecret", orders.client_secret)
pulumi.export("scope", orders.scope)
"""

from importlib import import_module
from typing import TYPE_CHECKING

from .sdk import outputs
from .sdk.api import AsgardeoApi
from .sdk.application import AsgardeoApplication
from .sdk.application_client import BijiraApplicationClient
from .sdk.enums import (
    AccessTokenType,
    AllowedAudience,
    ApplicationType,
    AsgardeoRoleWarnings,
    AsgardeoStrictSettings,
    AuthorizedApiPolicy,
    BijiraBackend,
    BijiraGrantType,
    BijiraStrictSettings,
    CertificateType,
    ClaimsDialect,
    FapiProfile,
    GrantType,
    HybridFlowResponseType,
    KeyType,
    ResourceType,
    SubjectSubjectType,
)
from .sdk.inputs import (
    AccessTokenArgs,
    AccessTokenArgsDict,
    AdvancedArgs,
    AdvancedArgsDict,
    ApiScopeArgs,
    ApiScopeArgsDict,
    AuthorizationDetailsTypeArgs,
    AuthorizationDetailsTypeArgsDict,
    AuthorizedApiArgs,
    AuthorizedApiArgsDict,
    CertificateArgs,
    CertificateArgsDict,
    CibaAuthenticationRequestArgs,
    CibaAuthenticationRequestArgsDict,
    ClaimMappingArgs,
    ClaimMappingArgsDict,
    ClaimsArgs,
    ClaimsArgsDict,
    ClientAuthenticationArgs,
    ClientAuthenticationArgsDict,
    ConnectorSettingArgs,
    ConnectorSettingArgsDict,
    EncryptionArgs,
    EncryptionArgsDict,
    HybridFlowArgs,
    HybridFlowArgsDict,
    IdTokenArgs,
    IdTokenArgsDict,
    KeyManagerEndpointsArgs,
    KeyManagerEndpointsArgsDict,
    LogoutArgs,
    LogoutArgsDict,
    PkceArgs,
    PkceArgsDict,
    RefreshTokenArgs,
    RefreshTokenArgsDict,
    RequestedClaimArgs,
    RequestedClaimArgsDict,
    RequestObjectArgs,
    RequestObjectArgsDict,
    RequestObjectEncryptionArgs,
    RequestObjectEncryptionArgsDict,
    RoleClaimArgs,
    RoleClaimArgsDict,
    SecuredApiRoleArgs,
    SecuredApiRoleArgsDict,
    SubjectArgs,
    SubjectArgsDict,
    SubjectClaimArgs,
    SubjectClaimArgsDict,
    SubscriptionArgs,
    SubscriptionArgsDict,
)
from .sdk.key_manager import BijiraKeyManager
from .sdk.role import AsgardeoRole
from .sdk.secured_api import SecuredApi

if TYPE_CHECKING:
    from .sdk.lookups import get_api, get_application, get_bijira_api, get_group, get_key_manager, get_role, get_user
    from .sdk.provider import Provider
    from .sdk.results import (
        ApiResult,
        ApplicationResult,
        BijiraApiResult,
        GroupResult,
        KeyManagerResult,
        RoleResult,
        ScopeResult,
        UserResult,
    )
    from .sdk.settings import AsgardeoSettingsArgs, AsgardeoSettingsArgsDict, BijiraSettingsArgs, BijiraSettingsArgsDict
__all__ = (
    "AccessTokenArgs",
    "AccessTokenArgsDict",
    "AccessTokenType",
    "AdvancedArgs",
    "AdvancedArgsDict",
    "AllowedAudience",
    "ApiResult",
    "ApiScopeArgs",
    "ApiScopeArgsDict",
    "ApplicationResult",
    "ApplicationType",
    "AsgardeoApi",
    "AsgardeoApplication",
    "AsgardeoRole",
    "AsgardeoRoleWarnings",
    "AsgardeoSettingsArgs",
    "AsgardeoSettingsArgsDict",
    "AsgardeoStrictSettings",
    "AuthorizationDetailsTypeArgs",
    "AuthorizationDetailsTypeArgsDict",
    "AuthorizedApiArgs",
    "AuthorizedApiArgsDict",
    "AuthorizedApiPolicy",
    "BijiraApiResult",
    "BijiraApplicationClient",
    "BijiraBackend",
    "BijiraGrantType",
    "BijiraKeyManager",
    "BijiraSettingsArgs",
    "BijiraSettingsArgsDict",
    "BijiraStrictSettings",
    "CertificateArgs",
    "CertificateArgsDict",
    "CertificateType",
    "CibaAuthenticationRequestArgs",
    "CibaAuthenticationRequestArgsDict",
    "ClaimMappingArgs",
    "ClaimMappingArgsDict",
    "ClaimsArgs",
    "ClaimsArgsDict",
    "ClaimsDialect",
    "ClientAuthenticationArgs",
    "ClientAuthenticationArgsDict",
    "ConnectorSettingArgs",
    "ConnectorSettingArgsDict",
    "EncryptionArgs",
    "EncryptionArgsDict",
    "FapiProfile",
    "GrantType",
    "GroupResult",
    "HybridFlowArgs",
    "HybridFlowArgsDict",
    "HybridFlowResponseType",
    "IdTokenArgs",
    "IdTokenArgsDict",
    "KeyManagerEndpointsArgs",
    "KeyManagerEndpointsArgsDict",
    "KeyManagerResult",
    "KeyType",
    "LogoutArgs",
    "LogoutArgsDict",
    "PkceArgs",
    "PkceArgsDict",
    "Provider",
    "RefreshTokenArgs",
    "RefreshTokenArgsDict",
    "RequestObjectArgs",
    "RequestObjectArgsDict",
    "RequestObjectEncryptionArgs",
    "RequestObjectEncryptionArgsDict",
    "RequestedClaimArgs",
    "RequestedClaimArgsDict",
    "ResourceType",
    "RoleClaimArgs",
    "RoleClaimArgsDict",
    "RoleResult",
    "ScopeResult",
    "SecuredApi",
    "SecuredApiRoleArgs",
    "SecuredApiRoleArgsDict",
    "SubjectArgs",
    "SubjectArgsDict",
    "SubjectClaimArgs",
    "SubjectClaimArgsDict",
    "SubjectSubjectType",
    "SubscriptionArgs",
    "SubscriptionArgsDict",
    "UserResult",
    "get_api",
    "get_application",
    "get_bijira_api",
    "get_group",
    "get_key_manager",
    "get_role",
    "get_user",
    "outputs",
)
#: Where the rest is.
_LATER = {
    "AsgardeoSettingsArgs": "sdk.settings",
    "AsgardeoSettingsArgsDict": "sdk.settings",
    "BijiraSettingsArgs": "sdk.settings",
    "BijiraSettingsArgsDict": "sdk.settings",
    "Provider": "sdk.provider",
    "get_api": "sdk.lookups",
    "get_application": "sdk.lookups",
    "get_role": "sdk.lookups",
    "get_group": "sdk.lookups",
    "get_user": "sdk.lookups",
    "get_key_manager": "sdk.lookups",
    "get_bijira_api": "sdk.lookups",
    "ScopeResult": "sdk.results",
    "ApiResult": "sdk.results",
    "ApplicationResult": "sdk.results",
    "RoleResult": "sdk.results",
    "GroupResult": "sdk.results",
    "UserResult": "sdk.results",
    "KeyManagerResult": "sdk.results",
    "BijiraApiResult": "sdk.results",
}

if not TYPE_CHECKING:  # to a type checker it would mean that there is every name

    def __getattr__(name: str) -> object:
        """Load what few programs use when one does."""
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_LATER[name]}", __name__), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *_LATER})
