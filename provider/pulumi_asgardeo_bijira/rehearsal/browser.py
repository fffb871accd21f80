"""A browser, as far as signing in needs one: it asks for a code, fills in what forms it is shown, and follows.

It is for the sandbox alone and goes to no other host; what it is sent back to the application is read, not followed.
"""

import json
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from ..transport import Problem, stay_in_sandbox

__all__ = ("Code", "sign_in")

_SECONDS = 10
_MOST_HOPS = 10
_FORMS = ("sign-in", "consent")


@dataclass(frozen=True)
class Code:
    """An authorization code as a client presents it, with what proves that the client asked for it."""

    code: str
    redirect_uri: str
    verifier: str

    def grant(self) -> dict[str, str]:
        """Its form fields at the token endpoint."""
        return {
            "grant_type": "authorization_code",
            "code": self.code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": self.verifier,
        }


class _Form(HTMLParser):
    """The first form of a page: where it is sent, what it holds already, and the first button that says something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of forms and their fields."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and not self.action:
            self.action = given.get("action", "")
        elif tag in ("input", "button") and given.get("name"):
            self.fields.setdefault(given["name"], given.get("value", ""))


def sign_in(
    provider: str,
    client_id: str,
    redirect_uri: str,
    *,
    scope: str,
    username: str,
    password: str,
    push_with: str | None = None,
) -> Code:
    """The code that a client gets when a user signs in at this OpenID provider.

    Where the client pushes its request beforehand, `push_with` is its secret; a public client's is empty.
    """
    stay_in_sandbox(provider)
    verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **({"scope": scope} if scope else {}),
    }
    tab = _Tab(provider, redirect_uri)
    if push_with is not None:
        proof = {"client_secret": push_with} if push_with else {}
        pushed = json.loads(tab.follow("POST", f"{provider}/par", urlencode({**asked, **proof})))
        if "request_uri" not in pushed:
            raise _refused(pushed, "", username)
        asked = {"client_id": client_id, "request_uri": pushed["request_uri"]}
    page = tab.follow("GET", f"{provider}/authorize?{urlencode(asked)}")
    known = {"username": username, "password": password}
    for _ in _FORMS:
        form = _Form(page)
        if tab.back or not form.action:
            break
        filled = {name: known.get(name, value) for name, value in form.fields.items()}
        page = tab.follow("POST", urljoin(tab.address, form.action), urlencode(filled))
    returned = dict(parse_qsl(urlsplit(tab.back).query))
    if returned.get("state") != state or "code" not in returned:
        raise _refused(returned, page, username)
    return Code(returned["code"], redirect_uri, verifier)


class _Tab:
    """What the browser shows; `back` is the address of the application's that it was sent to."""

    def __init__(self, start: str, redirect_uri: str) -> None:
        self._host = urlsplit(start).netloc
        self._redirect_uri = redirect_uri
        self.address = start
        self.back = ""

    def follow(self, method: str, address: str, form: str | None = None) -> str:
        """Go there and on to wherever that leads on the same host; the page at the end."""
        for _ in range(_MOST_HOPS):
            self.address = address
            status, location, page = self._request(method, form)
            if status not in (302, 303):
                return page
            target = urljoin(address, location)
            if target.startswith(self._redirect_uri):
                self.back = target
                return ""
            if urlsplit(target).netloc != self._host:
                break
            method, address, form = "GET", target, None
        raise Problem("leads nowhere", subject=f"The sign-in at {self.address}", action="Check callback_urls")

    def _request(self, method: str, form: str | None) -> tuple[int, str, str]:
        parts = urlsplit(self.address)
        connection = HTTPConnection(self._host, timeout=_SECONDS)
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        try:
            connection.request(method, f"{parts.path}?{parts.query}", form, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("location", ""), answer.read().decode("utf-8", "replace")
        except (OSError, HTTPException) as failure:
            raise Problem(
                f"ended without an answer: {failure}",
                subject=f"{method} {parts.scheme}://{parts.netloc}{parts.path}",
                action="Run it again",
            ) from None
        finally:
            connection.close()


def _refused(returned: dict[str, str], page: str, username: str) -> Problem:
    said = returned.get("error_description") or returned.get("error") or " ".join(re.sub(r"<[^>]+>", " ", page).split())
    return Problem(
        f"was not let in: {said[:300]}",
        subject=f"The user {username}",
        action="Check user name and password, grant_types, callback_urls and pkce",
    )
