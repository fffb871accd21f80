"""Bodies: right by their description, wrong in one thing or in all, and such as are no JSON at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import yaml

from tests.differential.exchange import BOUNDARY, multipart
from tests.differential.mutations import ODD, mutated

if TYPE_CHECKING:
    from random import Random

    from tests.contract.descriptions import Description

__all__ = ("FIELDS", "RAW", "encoded", "form", "sampled")

_DEEPEST = 6
_WORDS = (
    "Gold",
    "Asgardeo",
    "PRODUCTION",
    "standing",
    "sandbox",
    "orders:read",
    "a b",
    "https://a.example/cb",
    "default",
)

#: Names and values of forms, right ones first.
FIELDS: dict[str, tuple[str, ...]] = {
    "grant_type": ("client_credentials", "password", "authorization_code", "refresh_token", "other"),
    "client_id": ("standing", "sandbox-management", "sandbox-public", "other", "ü"),
    "client_secret": ("sandbox-secret", "55555555-5555-4555-8555-555555555555", "wrong", "ü\x00"),
    "scope": ("SYSTEM", "apim:subscribe", "openid orders:read", "\ud7ff", ""),
    "username": ("sandbox-user", "DEFAULT/sandbox-user", "a@b@c", ""),
    "password": ("sandbox-password", "ü", ""),
    "code": ("x",),
    "refresh_token": ("x", ".."),
    "redirect_uri": ("https://a.example/cb", "http://[", "a:b", "javascript:1", "//x:y"),
    "response_type": ("code", "token", "code id_token", "none"),
    "state": ("s", "ü%"),
    "nonce": ("n",),
    "code_challenge": ("x" * 43, "é"),
    "code_challenge_method": ("S256", "plain", "x"),
    "code_verifier": ("x" * 43, "é"),
    "request_uri": ("urn:ietf:params:oauth:par:request_uri:x",),
    "sessionDataKey": ("x",),
    "sessionDataKeyConsent": ("x",),
    "client_assertion_type": ("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "x"),
    "client_assertion": ("x", "a.b.c", "e30.e30.e30", "eyJhbGciOiJSUzI1NiJ9.e30.x", "W10.W10.W10"),
    "token": ("x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."),
    "token_type_hint": ("access_token", "refresh_token", "x"),
    "subject_token": ("x", "e30.e30.e30", "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.x"),
    "subject_token_type": ("urn:ietf:params:oauth:token-type:jwt", "x"),
    "requested_token_type": ("urn:ietf:params:oauth:token-type:jwt", "x"),
    "orgHandle": ("sandbox", "none", ""),
    "prompt": ("none", "login", "x"),
    "max_age": ("1", "x"),
    "consent": ("approve", "deny"),
}

#: What is sent as it stands, whatever is expected.
RAW: tuple[bytes, ...] = (
    b"",
    b" ",
    b"null",
    b"5",
    b"true",
    b'"text"',
    b"[]",
    b"[null]",
    b"{}",
    b"{",
    b'{"a":1,"a":2}',
    b'{"name":"\xff\xfe"}',
    b"\xff\xfe{\x00}\x00",
    b"\xef\xbb\xbf{}",
    b'{"name":"\\ud800"}',
    b'{"id":"\\u0000","name":"\\u0000"}',
    b'{"name":NaN,"id":Infinity,"limits":-Infinity}',
    b'{"name":' + b"9" * 5000 + b"}",
    b"[" * 20_000,
    b"[" * 800 + b"]" * 800,
    b'{"a":' * 800 + b"1" + b"}" * 800,
    b"- a\n- b: [",
    b"a: &x [*x]",
    b"? [a]\n: b",
    b"2020-01-01",
    b"!!python/object:os.system {}",
    b"<a/>",
    b"--boundary\r\n",
    b'--boundary\r\nContent-Disposition: form-data; name="a\r\n\r\n1\r\n--boundary--',
    b"a=%zz&b=%ff&%00=&=&a=2",
)


def sampled(random: Random, description: Description, schema: Any, depth: int = 0) -> Any:
    """A value that a schema describes, as a rule."""
    schema = description.resolved(schema)
    for several in ("oneOf", "anyOf"):
        if several in schema:
            return sampled(random, description, random.choice(schema[several]), depth)
    if "enum" in schema:
        return random.choice(schema["enum"])
    kind = schema.get("type", "object" if {"properties", "allOf"} & schema.keys() else "string")
    match kind:
        case "object":
            return _object(random, description, schema, depth)
        case "array":
            count = random.randrange(3) if depth < _DEEPEST else 0
            return [sampled(random, description, schema.get("items", {}), depth + 1) for _ in range(count)]
        case "boolean":
            return random.random() < 0.5
        case "integer" | "number":
            return random.choice((0, 1, 3600))
    return schema["example"] if "example" in schema and random.random() < 0.5 else random.choice(_WORDS)


def _object(random: Random, description: Description, schema: Any, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in schema.get("allOf", ()):
        value = sampled(random, description, part, depth)
        found |= value if isinstance(value, dict) else {}
    likely = 0.7 if depth < _DEEPEST else 0.0
    for name, one in schema.get("properties", {}).items():
        if name in schema.get("required", ()) or random.random() < likely:
            found[name] = sampled(random, description, one, depth + 1)
    return found


def encoded(random: Random, value: Any) -> tuple[str, bytes]:
    """Content type and bytes of a value: mostly JSON, mostly with something wrong in it."""
    for _ in range(random.choice((0, 0, 0, 1, 1, 2, 5))):
        value = mutated(random, value)
    way = random.random()
    if way < 0.75:
        return random.choice(("application/json", "application/json", "application/scim+json")), json.dumps(
            value
        ).encode()
    if way < 0.85:
        return random.choice(("application/yaml", "text/yaml")), yaml.safe_dump(value).encode("utf-8", "surrogatepass")
    if way < 0.97:
        fields = value if isinstance(value, dict) else {}
        return BOUNDARY, multipart({str(key): _part(random, key, one) for key, one in fields.items()})
    return "text/plain", json.dumps(value).encode()


def _part(random: Random, name: str, value: Any) -> Any:
    text = value if isinstance(value, str) else json.dumps(value)
    if random.random() < 0.7:
        return text
    return {"filename": f"{name}.{random.choice(('json', 'yaml', 'bin'))}", "type": "text/plain", "content": text}


def form(random: Random) -> tuple[str, bytes]:
    """A form of the fields that there are, with right, wrong and repeated ones."""
    names = random.sample(sorted(FIELDS), random.randrange(8))
    pairs = [(name, _field(random, name)) for name in ("grant_type", *names) if random.random() < 0.9]
    text = urlencode(pairs, errors="replace")
    return random.choice(("application/x-www-form-urlencoded",) * 4 + ("application/json", "text/plain")), text.encode()


def _field(random: Random, name: str) -> str:
    if random.random() < 0.1:
        return str(random.choice(ODD))
    values = FIELDS[name]
    return values[0] if random.random() < 0.5 else random.choice(values)
