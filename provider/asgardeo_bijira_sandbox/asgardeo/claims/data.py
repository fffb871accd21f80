"""The claims and OpenID Connect scopes that every organisation has from the start."""

from __future__ import annotations

__all__ = ("EXTERNAL_CLAIMS", "LOCAL_CLAIMS", "LOCAL_DIALECT", "OIDC_CLAIMS", "OIDC_DIALECT", "OIDC_SCOPE_CLAIMS")

LOCAL_DIALECT = "http://wso2.org/claims"
OIDC_DIALECT = "http://wso2.org/oidc/claim"

# the local claims that OpenID Connect has no name for: name, display name
_LOCAL_ONLY = {
    "active": "Active",
    "costCenter": "Cost Center",
    "created": "Created Time",
    "division": "Division",
    "emails.home": "Email - Home",
    "emails.work": "Email - Work",
    "employeeNumber": "Employee Number",
    "externalid": "External ID",
    "identity/accountDisabled": "Account Disabled",
    "identity/accountLocked": "Account Locked",
    "identity/askPassword": "Ask Password",
    "identity/verifyEmail": "Verify Email",
    "location": "Location",
    "manager": "Manager",
    "phoneNumbers.home": "Phone - Home",
    "phoneNumbers.work": "Phone - Work",
    "preferredLanguage": "Preferred Language",
    "resourceType": "Resource Type",
    "userType": "User Type",
    "accountLocked": "Account Locked",
    "accountDisabled": "Account Disabled",
    "department": "Department",
    "im": "IM",
    "organization": "Organization",
    "otherphone": "Other Phone",
    "role": "Role",
    "stateorprovince": "State",
    "telephone": "Telephone",
    "title": "Title",
}

# claim of OpenID Connect -> local claim, its display name
_MAPPED = {
    "sub": ("userid", "User ID"),
    "username": ("username", "Username"),
    "preferred_username": ("displayName", "Display Name"),
    "email": ("emailaddress", "Email"),
    "email_verified": ("identity/emailVerified", "Email Verified"),
    "given_name": ("givenname", "First Name"),
    "family_name": ("lastname", "Last Name"),
    "middle_name": ("middleName", "Middle Name"),
    "name": ("fullname", "Full Name"),
    "nickname": ("nickname", "Nick Name"),
    "picture": ("photourl", "Photo URL"),
    "profile": ("url", "Profile URL"),
    "website": ("url", "Website"),
    "gender": ("gender", "Gender"),
    "birthdate": ("dob", "Birth Date"),
    "zoneinfo": ("timeZone", "Time Zone"),
    "locale": ("local", "Local"),
    "updated_at": ("modified", "Last Modified Time"),
    "phone_number": ("mobile", "Mobile"),
    "phone_number_verified": ("identity/phoneVerified", "Phone Verified"),
    "address": ("addresses", "Address"),
    "formatted": ("addresses.formatted", "Address - Formatted"),
    "street_address": ("streetaddress", "Address - Street"),
    "locality": ("addresses.locality", "Address - Locality"),
    "region": ("region", "Region"),
    "postal_code": ("postalcode", "Address - Postal Code"),
    "country": ("country", "Country"),
    "groups": ("groups", "Groups"),
    "roles": ("roles", "Roles"),
    "application_roles": ("applicationRoles", "Application Roles"),
    "org_id": ("organizationId", "Organization ID"),
    "org_name": ("organizationName", "Organization Name"),
}

OIDC_CLAIMS = {name: f"{LOCAL_DIALECT}/{local}" for name, (local, _) in _MAPPED.items()}
"""Each claim of OpenID Connect, and the local claim that it is filled from."""

LOCAL_CLAIMS = {
    f"{LOCAL_DIALECT}/{local}": title for local, title in (*dict(_MAPPED.values()).items(), *_LOCAL_ONLY.items())
}
"""Each local claim by its URI, and its display name."""

_CORE = "urn:ietf:params:scim:schemas:core:2.0"
# dialect of SCIM -> its attributes, each with the local claim that it is filled from
_SCIM = {
    _CORE: {
        "id": "userid",
        "externalId": "externalid",
        "meta.created": "created",
        "meta.lastModified": "modified",
        "meta.location": "location",
        "meta.resourceType": "resourceType",
    },
    f"{_CORE}:User": {
        "userName": "username",
        "name.givenName": "givenname",
        "name.familyName": "lastname",
        "name.middleName": "middleName",
        "displayName": "displayName",
        "nickName": "nickname",
        "profileUrl": "url",
        "title": "title",
        "userType": "userType",
        "preferredLanguage": "preferredLanguage",
        "locale": "local",
        "timezone": "timeZone",
        "active": "active",
        "emails": "emailaddress",
        "emails.home": "emails.home",
        "emails.work": "emails.work",
        "phoneNumbers.mobile": "mobile",
        "phoneNumbers.home": "phoneNumbers.home",
        "phoneNumbers.work": "phoneNumbers.work",
        "photos": "photourl",
        "addresses": "addresses",
        "groups": "groups",
        "roles.default": "roles",
    },
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
        "employeeNumber": "employeeNumber",
        "costCenter": "costCenter",
        "organization": "organization",
        "division": "division",
        "department": "department",
        "manager.value": "manager",
    },
    "urn:scim:wso2:schema": {
        "accountLocked": "identity/accountLocked",
        "accountDisabled": "identity/accountDisabled",
        "askPassword": "identity/askPassword",
        "verifyEmail": "identity/verifyEmail",
        "emailVerified": "identity/emailVerified",
        "phoneVerified": "identity/phoneVerified",
        "country": "country",
        "dateOfBirth": "dob",
    },
}

EXTERNAL_CLAIMS = {
    OIDC_DIALECT: OIDC_CLAIMS,
    **{
        dialect: {f"{dialect}:{path}": f"{LOCAL_DIALECT}/{local}" for path, local in attributes.items()}
        for dialect, attributes in _SCIM.items()
    },
}
"""Each dialect but the local one by its URI: its claims, each with the local claim that it is filled from."""

OIDC_SCOPE_CLAIMS = {
    "address": ("Address", ("address",)),
    "email": ("Email", ("email", "email_verified")),
    "groups": ("Groups", ("groups",)),
    "openid": (
        "OpenID",
        ("sub", "email", "email_verified", "name", "family_name", "given_name", "phone_number", "updated_at"),
    ),
    "phone": ("Phone", ("phone_number", "phone_number_verified")),
    "profile": (
        "Profile",
        (
            "name",
            "family_name",
            "given_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "updated_at",
            "username",
        ),
    ),
    "roles": ("Roles", ("roles",)),
}
"""Each scope of OpenID Connect: its display name and its claims."""
