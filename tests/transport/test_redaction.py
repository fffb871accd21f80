"""A secret is found in every spelling in which a server may repeat it, and nothing else is blanked."""

from __future__ import annotations

import base64
import html
import json
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_asgardeo_bijira.transport import Redactor
from pulumi_asgardeo_bijira.transport.problems import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

SECRETS = (
    "hunter2/+ &=",
    'hun"ter\\2<>',
    "two  blanks  within",
    "line\nand line",
    "gr\u00fc\u00dfe-\U0001f511-x",
    "%41+%2B&amp;x",
)


def every_unit(secret: str) -> str:
    """Each character as an escape of JSON's."""
    raw = secret.encode("utf-16-be")
    return "".join(f"\\u{raw[place : place + 2].hex().upper()}" for place in range(0, len(raw), 2))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper": str.upper,
    "json": lambda secret: json.dumps(secret)[1:-1],
    "json slashes": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1].replace("/", "\\/"),
    "json units": every_unit,
    "json twice": lambda secret: json.dumps(json.dumps(secret)),
    "html": html.escape,
    "html decimal": lambda secret: "".join(f"&#{ord(c)};" for c in secret),
    "html hex": lambda secret: "".join(f"&#x{ord(c):X};" for c in secret),
    "html of json": lambda secret: html.escape(json.dumps(secret)),
    "percent": lambda secret: quote(secret, safe=""),
    "percent lower": lambda secret: "".join(f"%{byte:02x}" for byte in secret.encode()),
    "form": quote_plus,
    "base64": lambda secret: base64.b64encode(secret.encode()).decode(),
    "base64 unpadded": lambda secret: base64.b64encode(secret.encode()).decode().rstrip("="),
    "base64url": lambda secret: base64.urlsafe_b64encode(secret.encode()).decode(),
    "base64 quoted": lambda secret: quote(base64.b64encode(secret.encode()).decode(), safe=""),
    "folded": one_line,
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_found_in_every_spelling(secret: str, spelling: str) -> None:
    """And what stands around it stays."""
    spelt = SPELLINGS[spelling](secret)
    for text in (f"before {spelt} after", one_line(f"before {spelt} after")):
        shown = Redactor(secret)(text).replace("=", "").replace("%3D", "").replace('"', "").replace("&quot;", "")
        assert shown.replace("\\", "") == "before [secret] after"


def test_a_secret_within_what_is_in_base64_is_found() -> None:
    """As in a header that a proxy shows, whatever stands before it."""
    for before in ("", "c", "id", "client"):
        whole = base64.b64encode(f"{before}:hunter2-secret-of-a-client:x".encode()).decode()
        assert len(Redactor("hunter2-secret-of-a-client")(whole).replace("[secret]", "")) <= len(before) * 2 + 8


@given(st.text(max_size=60))
def test_what_is_no_secret_stays_as_it_is(text: str) -> None:
    """Whatever escapes it holds."""
    assert Redactor("hunter2-not-in-there")(text) == text


@given(
    st.text(max_size=12),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=6, max_size=12),
    st.text(max_size=12),
)
def test_a_secret_is_blanked_wherever_it_stands(before: str, secret: str, after: str) -> None:
    """Whatever it is, beside whatever."""
    if len(one_line(secret)) >= 4:
        assert secret.strip() not in Redactor(secret)(f"{before}{secret}{after}").replace("[secret]", "\0")


def test_a_text_of_half_characters_is_no_trouble() -> None:
    """What a variable holds may be no text."""
    assert Redactor("hunter2\udcff")("a hunter2\udcff b").startswith("a [secret]")


def test_one_of_many_secrets_is_found_at_the_end_of_a_long_text() -> None:
    """An answer may be full of escapes, and a stack of clients."""
    redactor = Redactor(*(f"hunter2-{number}-secret" for number in range(300)))
    assert redactor("%41\\u0041&amp;" * 2000 + "hunter2-7-secret").endswith("[secret]")
