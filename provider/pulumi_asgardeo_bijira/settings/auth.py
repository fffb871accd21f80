"""The settings that say how each platform is signed in to, by which method and with what."""

from dataclasses import dataclass

from .group import Default, SettingGroup, setting

__all__ = ("AsgardeoAuth", "BijiraAuth")

_GIVEN = "the access token that was given"


@dataclass(frozen=True)
class AsgardeoAuth(SettingGroup):
    """How to sign in to Asgardeo."""

    auth_methods = {
        "client_secret": "client id and secret",
        "private_key": "client id and private key (private_key_jwt)",
        "private_key_file": "client id and private key from a file (private_key_jwt)",
        "client_assertion_file": "a client assertion from a file (private_key_jwt)",
        "access_token": _GIVEN,
    }
    choosing = {name: frozenset({name}) for name in auth_methods}

    client_id: str | None = setting("Client id of the management application.")
    private_key: str | None = setting(
        "The client's private key as PEM text, instead of a secret (private_key_jwt).", secret=True
    )
    private_key_file: str | None = setting("PEM file with the private key, instead of a secret; read at each sign-in.")
    key_id: str | None = setting("Id of the private key (`kid`), where several are registered.")
    signing_algorithm: str | None = setting(
        "Algorithm of the private key, such as `PS256`. Default: `RS256` or `ES256`."
    )
    client_assertion_file: str | None = setting(
        "File with a signed client assertion, instead of a secret; read at each sign-in, so that it can be renewed."
    )
    access_token: str | None = setting("An access token to use instead of signing in.", secret=True)

    def secret(self) -> str:
        """The client's secret, where no other method is chosen."""
        if not self.client_secret:
            raise self.missing("client_secret", self.or_another_auth_method())
        return self.client_secret

    def look_at_signing_in(self) -> None:
        """Raise what is wrong with the method of authentication, without reading a file."""
        if self.auth_method == "access_token":
            self.token_text("access_token")
            return
        self.client()
        if self.auth_method == "client_secret":
            self.secret()

    def key_text(self) -> str:
        r"""The private key as it is now; what comes from an environment variable may spell its line ends `\n`."""
        if self.private_key_file:
            return self.file_text("private_key_file")
        return str(self.private_key).replace("\\n", "\n")


TOKEN_URL = Default("https://sts.choreo.dev/oauth2/token")
_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
_JWT = "urn:ietf:params:oauth:token-type:jwt"
_SUBJECTS = frozenset({"subject_token", "subject_token_file"})
_GRANTS = {
    "client_credentials": frozenset({"client_secret"}),
    "password": frozenset({"password"}),
    "token_exchange": _SUBJECTS,
}


@dataclass(frozen=True)
class BijiraAuth(SettingGroup):
    """How to sign in to Bijira. A client secret is part of every method but a given token."""

    auth_methods = {
        "client_secret": "client id and secret",
        "password": "a user's name and password",
        "subject_token": "a token exchanged for Bijira's (token_exchange)",
        "subject_token_file": "a token from a file exchanged for Bijira's (token_exchange)",
        "access_token": _GIVEN,
    }
    choosing = {name: frozenset({name}) for name in auth_methods} | {
        "client_secret": frozenset(auth_methods) - {"access_token"}
    }

    org_handle: str | None = setting("Handle of the organisation, sent to the token endpoint.")
    token_url: str = setting("Address of the token endpoint.", default=TOKEN_URL)
    grant_type: str | None = setting(
        "`client_credentials`, `password` or `token_exchange`. Default: what a password or a subject token asks for, "
        "else `client_credentials`.",
        choices=_GRANTS,
    )
    client_secret: str | None = setting(
        "The client's secret; a public client that exchanges tokens has none.", secret=True
    )
    username: str | None = setting("User name, where `bijira:grantType` is `password` (a self-hosted API Manager).")
    password: str | None = setting("The user's password.", secret=True)
    subject_token: str | None = setting(
        "A token of an identity provider, to exchange for one of Bijira's.", secret=True
    )
    subject_token_file: str | None = setting(
        "File with the token to exchange; read at each sign-in, so that it can be renewed."
    )
    subject_token_type: str = setting("Type of the token to exchange.", default=_JWT)
    requested_token_type: str = setting("Type of the token that is asked for.", default=_JWT)
    scopes: str | None = setting("Scopes to ask for. Default: those that the back end needs.")
    extra_token_params: str | None = setting("JSON object of further form fields for the token endpoint.")
    access_token: str | None = setting("An access token to use instead of signing in.", secret=True)

    @classmethod
    def auth_methods_of(cls, name: str, value: str) -> frozenset[str]:
        """A grant chooses too; one that there is not is judged when it is used."""
        return (
            _GRANTS.get(value, frozenset(cls.auth_methods))
            if name == "grant_type"
            else super().auth_methods_of(name, value)
        )

    @property
    def exchanges(self) -> bool:
        """Whether a token is exchanged."""
        return self.auth_method in _SUBJECTS

    @property
    def grant(self) -> str:
        """The grant that is asked for, under its usual name."""
        return next(grant for grant, methods in _GRANTS.items() if self.auth_method in methods)

    def secret(self) -> str | None:
        """The client's secret, without which only a public client can sign in, and that only by exchanging a token."""
        if not self.client_secret and not self.exchanges:
            raise self.missing("client_secret", self.or_another_auth_method())
        return self.client_secret

    def token_form(self) -> dict[str, str]:
        """The grant and what goes with it to the token endpoint, as it is now."""
        if self.grant_type and self.grant_type not in _GRANTS:
            raise self.wrong("grant_type", f"is none of {', '.join(_GRANTS)}")
        if self.exchanges:
            form = {
                "grant_type": _EXCHANGE,
                "subject_token": self._subject_token(),
                "subject_token_type": self.subject_token_type,
                "requested_token_type": self.requested_token_type,
            }
        elif self.auth_method == "password":
            form = {
                "grant_type": "password",
                "username": self._of_user("username"),
                "password": self._of_user("password"),
            }
        else:
            form = {"grant_type": "client_credentials"}
        if self.org_handle:
            form["orgHandle"] = self.org_handle
        return form | self.json_object("extra_token_params")

    def look_at_signing_in(self) -> None:
        """Raise what is wrong with the method of authentication, without reading a file."""
        if self.auth_method == "access_token":
            self.token_text("access_token")
            return
        self.client()
        self.secret()
        if self.auth_method != "subject_token_file":
            self.token_form()

    def _of_user(self, name: str) -> str:
        value = getattr(self, name)
        if not value:
            raise self.missing(name, ", and `bijira:grantType` password needs it")
        return str(value)

    def _subject_token(self) -> str:
        if self.subject_token_file:
            return self.token_in_file("subject_token_file")
        if not self.subject_token:
            raise self.missing(
                "subject_token", " (nor is `bijira:subjectTokenFile`), and `bijira:grantType` token_exchange needs it"
            )
        return self.token_text("subject_token")
