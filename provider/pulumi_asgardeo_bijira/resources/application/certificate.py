"""The certificate or keys of an application, as a program declares them."""

import re
from collections.abc import Iterator
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator

from ..schema import PASSING_UNKNOWNS, Inputs, IsUnknown, Violation, like
from ..widening import CHANGE_WIDENS

__all__ = ("Certificate",)

_PEM = re.compile(r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----")


def _stripped(value: str) -> str:
    """A file's last line break is not part of a certificate, and the server does not read one that has it."""
    if "PRIVATE KEY" in value:
        raise ValueError("holds a private key, which belongs to the application alone; declare the certificate")
    return value.strip() if isinstance(value, str) else value


class Certificate(Inputs):
    """The application's certificate, or where its keys are published."""

    type: Annotated[Literal["JWKS", "PEM"], CHANGE_WIDENS]
    """`JWKS` for the URL of a key set, `PEM` for a certificate."""

    value: Annotated[
        Annotated[str, AfterValidator(_stripped), PASSING_UNKNOWNS],
        like("https://app.example.com/jwks.json", "https://shop.example.com/jwks.json"),
        CHANGE_WIDENS,
    ]
    """URL of the key set, or the certificate in PEM format. `""` clears it."""

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """The value is of the type."""
        if not isinstance(self.value, str) or unknown(self.value) or not self.value:
            return
        if self.type == "PEM" and not _PEM.fullmatch(self.value):
            yield "value", "is not one certificate in PEM format, which begins with -----BEGIN CERTIFICATE-----"
        if self.type == "JWKS" and not (_scheme(self.value) in ("http", "https") and _PEM.search(self.value) is None):
            yield "value", "is not the URL of a key set such as https://app.example.com/jwks.json"


def _scheme(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.scheme if parts.netloc and not re.search(r"\s", url) else ""
