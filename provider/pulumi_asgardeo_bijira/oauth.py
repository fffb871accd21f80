"""What OAuth 2.0 and OpenID Connect call things, as far as it takes knowing which are about people."""

__all__ = ("OPENID_SCOPES", "grants_by_type", "grants_of_people")

#: Scopes that are no API's, and that no role has a say in.
OPENID_SCOPES = frozenset({"openid", "profile", "email", "address", "phone", "groups", "roles", "internal_login"})

_WITHOUT_PEOPLE = frozenset({"client_credentials", "refresh_token", "account_switch", "organization_switch"})
#: The types of application that people sign in to where no grants are declared.
_TYPES_OF_PEOPLE = frozenset({"web", "spa", "mobile"})


def grants_by_type(application_type: str | None) -> list[str]:
    """The grants of people that a type of application has where none are declared."""
    return ["authorization_code"] if application_type in _TYPES_OF_PEOPLE else []


def grants_of_people(grants: list[str]) -> list[str]:
    """Those in which a person signs in: in no others does a role decide."""
    return [grant for grant in grants if grant not in _WITHOUT_PEOPLE]
