"""What the management application of an organisation must be granted, and what to do about each refusal."""

from collections.abc import Mapping

from ...transport import Advice, ApiProfile, ErrorBody

__all__ = ("MANAGEMENT_SCOPES", "PROFILE", "console_path", "token_endpoint_profile")

#: What the management application needs, and the API of the console's list that carries it.
MANAGEMENT_SCOPES: Mapping[str, str] = {
    "internal_api_resource_create": "API Resource Management API",
    "internal_api_resource_view": "API Resource Management API",
    "internal_api_resource_update": "API Resource Management API",
    "internal_api_resource_delete": "API Resource Management API",
    "internal_application_mgt_create": "Application Management API",
    "internal_application_mgt_view": "Application Management API",
    "internal_application_mgt_update": "Application Management API",
    "internal_application_mgt_delete": "Application Management API",
    "internal_application_mgt_client_secret_view": "Application Management API",
    "internal_application_mgt_client_secret_create": "Application Management API",
    "internal_application_business_api_update": "Application Management API",
    "internal_application_internal_api_update": "Application Management API",
    "internal_role_mgt_create": "SCIM2 Roles V2 API",
    "internal_role_mgt_view": "SCIM2 Roles V2 API",
    "internal_role_mgt_update": "SCIM2 Roles V2 API",
    "internal_role_mgt_delete": "SCIM2 Roles V2 API",
    "internal_role_mgt_permissions_update": "SCIM2 Roles V2 API",
    "internal_role_mgt_groups_update": "SCIM2 Roles V2 API",
    "internal_role_mgt_users_update": "SCIM2 Roles V2 API",
    "internal_user_mgt_list": "SCIM2 Users API",
    "internal_user_mgt_view": "SCIM2 Users API",
    "internal_group_mgt_view": "SCIM2 Groups API",
}

_OPERATION_SCOPES = (
    "internal_application_business_api_update (or for an API of the system's own "
    "internal_application_internal_api_update)"
)

_ADVICE = Advice(
    {
        "API-RESOURCE-60008": "Choose a scope name that does not begin with internal or console:",
        "API-RESOURCE-60009": "Choose a scope name that is not one of the organisation's OpenID Connect scopes",
        "API-RESOURCE-60012": "It belongs to the system and cannot be changed: manage another one",
        "API-RESOURCE-60016": "Correct `json_schema`: it must be a JSON Schema",
        "API-RESOURCE-60018": "Choose another type: one name is given once in an organisation",
        "APP-60001": "Correct the value that the text names",
        "APP-60008": "It belongs to the system and cannot be changed: manage another one",
        "APP-60503": "Delete applications that are not needed, or raise the organisation's limit",
        "APP-60507": "Check `api_id`: it is the id of an API resource, not its identifier",
        "APP-60508": "Check the scopes: each must be one of that API",
        "APP-60512": "Set the policy to RBAC: the API requires authorization",
        "APP-60519": "Check the `authorization_details_types`: each must be one of that API",
        "APP-60515": "Choose another name: this one is reserved",
        "APP-60516": "Choose another name: this one is reserved",
        "OAUTH-60001": "Correct the value that the text names",
    }
)

_IN_THE_APPLICATION = "in the application that `application_id` refers to (AsgardeoApplication)"
#: SCIM has no codes: what its refusals say, in small letters, and what to do.
_BY_WORDS: Mapping[str, str] = {
    "already exist": (
        "Choose another name; one that another resource gives up in the same run is free from the next run on, and two "
        "that swap their names need a third in between"
    ),
    "error occurred while adding a new role": (
        "Check users: it is answered so where one is no id of a user of the organisation, whom `get_user` finds"
    ),
    "is not authorized for application": f"Add the scope to `authorized_apis` {_IN_THE_APPLICATION}, or remove it here",
    "does not have application role audience type": f"Set `allowed_audience` to APPLICATION {_IN_THE_APPLICATION}",
    "not found": (
        "Define the scope on an API of the organisation (AsgardeoApi), which the role waits for by the option "
        "`depends_on`, or remove it here"
    ),
    "user can't be resolved": "Check users: each is the id of a user of the organisation, which `get_user` finds",
    "system role": "It belongs to the system and cannot be changed: manage another one",
    "audience": "Check `application_id`: it is the id of an application of the organisation",
}


def _advice_by_words(refusal: ErrorBody) -> str:
    said = refusal.text.lower() if refusal.is_scim and refusal.status in (400, 409, 500) else ""
    return next((advice for words, advice in _BY_WORDS.items() if words in said), "")


def console_path(scope: str) -> str:
    """Where in the console a scope is granted."""
    api = MANAGEMENT_SCOPES.get(scope, "the management API that carries it")
    return f"Grant {scope} in the console: Applications, the management application, API Authorization, {api}"


def _advice(refusal: ErrorBody, scope: str) -> str:
    if refusal.code == "APP-60520":
        wanted = scope if scope.endswith(("secret_create", "secret_view")) else _OPERATION_SCOPES
        return f"Grant {wanted} in the console: Applications, the management application, API Authorization, " + (
            "Application Management API"
        )
    return (
        _ADVICE(refusal)
        or _advice_by_words(refusal)
        or (console_path(scope) if refusal.status == 403 and scope else "")
    )


PROFILE = ApiProfile("Asgardeo", advice=_advice)


_PROTOCOL = "in the console: Applications, the application, Protocol"
_REGISTER = f"Private Key JWT as client authentication, and the certificate or JWKS of the key, are set {_PROTOCOL}"
_SIGN_IN = {
    "invalid_client": (
        "Check `asgardeo:clientId`, `asgardeo:clientSecret` and `asgardeo:organization`: the server does not say "
        f"which, and a secret that was regenerated or has ended is refused like a wrong one. The current one is "
        f"{_PROTOCOL}"
    ),
    "unauthorized_client": f"Allow the grant Client Credentials {_PROTOCOL}, Allowed grant types",
    "unsupported_grant_type": "Check `asgardeo:baseUrl`: what answers there has no client credentials grant",
    "invalid_scope": (
        "Authorise the scopes that asgardeo-bijira doctor lists for the program in the console: Applications, the "
        "application, API Authorization"
    ),
}
_BY_KEY = {
    "invalid_client": (
        f"Check `asgardeo:clientId`, `asgardeo:organization` and that the key is the application's: {_REGISTER}"
    ),
    "invalid_request": (
        "The assertion that was signed here is refused: check `asgardeo:clientId`, `asgardeo:baseUrl` and this "
        "machine's clock"
    ),
}
_BY_ASSERTION = {
    "invalid_client": f"Check `asgardeo:clientId`, `asgardeo:organization` and who signs the assertion: {_REGISTER}",
    "invalid_request": (
        "Have a new assertion written to the file for each sign-in: with the client id as issuer and subject, the "
        "token endpoint as audience, an end ten minutes ahead and a jti that was never used"
    ),
}
_BY_METHOD = {"private_key": _BY_KEY, "private_key_file": _BY_KEY, "client_assertion_file": _BY_ASSERTION}


def token_endpoint_profile(auth_method: str) -> ApiProfile:
    """The token endpoint, to whoever signs in by this method."""
    by_code = _SIGN_IN | _BY_METHOD.get(auth_method, {})
    otherwise = "Check `asgardeo:baseUrl` and `asgardeo:organization`"
    return ApiProfile("Asgardeo", Advice(by_code, {401: by_code["invalid_client"]}, otherwise))
