"""`token` and `invoke`: fetch an access token for what a stack has made, and call the API with it."""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from ..invocation import Token, fetch_token, invoke, without_role
from ..transport import InvalidInput

__all__ = ("Target", "print_answer", "print_token")

#: What Pulumi writes for a secret output unless it is told to show it.
_HIDDEN = "[secret]"
_MAKE = "pulumi stack output --json --show-secrets"
_OPTIONS = {"tokenEndpoint": "--token-endpoint", "clientId": "--client-id", "apiUrl": "the address of the API"}


@dataclass(frozen=True)
class Target:
    """What to fetch a token with and what to call: the options, and for what they leave open the stack's outputs."""

    values: dict[str, str] = field(repr=False)

    @classmethod
    def read(
        cls,
        outputs: str | None,
        token_endpoint: str | None,
        client_id: str | None,
        client_secret: str | None,
        scope: str | None,
        url: str | None,
    ) -> Self:
        """Combine both sources."""
        options = {
            "tokenEndpoint": token_endpoint,
            "clientId": client_id,
            "clientSecret": client_secret,
            "scope": scope,
            "apiUrl": url,
        }
        given = {key: value for key, value in options.items() if value is not None}
        values = {**_stack_outputs(outputs), **given}
        if hidden := [key for key in options if values.get(key) == _HIDDEN]:
            raise InvalidInput(
                f"is hidden in the outputs ({_HIDDEN})",
                subject=", ".join(hidden),
                action=f"Add --show-secrets: {_MAKE}",
            )
        return cls(values)

    def __getitem__(self, key: str) -> str:
        if not self.values.get(key):
            raise InvalidInput(
                "is not given",
                subject=key,
                action=f"Name {_OPTIONS[key]}, or a file with the stack's outputs: --outputs",
            )
        return self.values[key]

    def token(self, username: str, password: str, ca_bundle: str | None) -> Token:
        """Fetch a token; that a user's has none of the scopes asked for is said on stderr."""
        scope = self.values.get("scope", "")
        token = fetch_token(
            self["tokenEndpoint"],
            self["clientId"],
            self.values.get("clientSecret", ""),
            scope=scope,
            username=username,
            password=password,
            ca_bundle=ca_bundle,
        )
        if username and (said := without_role(username, scope, token)):
            print(said, file=sys.stderr)
        return token


def _stack_outputs(source: str | None) -> dict[str, str]:
    if source is None:
        return {}
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
        found: Any = json.loads(text)
    except OSError as problem:
        raise InvalidInput(f"cannot be read: {problem.strerror}", subject=source, action="Check --outputs") from None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise InvalidInput("is not a JSON object", subject=source, action=f"Make it with: {_MAKE}")
    return {str(key): str(value) for key, value in found.items() if isinstance(value, str | int | float)}


def print_token(target: Target, username: str, password: str, ca_bundle: str | None) -> int:
    """Print the token alone; what was granted goes to stderr."""
    token = target.token(username, password, ca_bundle)
    print(f"granted: {token.scope or 'no scope'}; good for {token.expires_in} s", file=sys.stderr)
    print(token.access_token)
    return 0


def print_answer(target: Target, method: str, username: str, password: str, ca_bundle: str | None) -> int:
    """Print the answer's body; its status goes to stderr."""
    url = target["apiUrl"]
    token = target.token(username, password, ca_bundle)
    answer = invoke(url, token.access_token, method=method, ca_bundle=ca_bundle, as_user=bool(username))
    print(f"{method} {url}: {answer.status}", file=sys.stderr)
    print(answer.body)
    return 0
