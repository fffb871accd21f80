"""Certificates and keys as text."""

from __future__ import annotations

import base64
import binascii

__all__ = ("pem_text",)


def pem_text(value: str) -> str:
    """A certificate or public key as PEM text, which some send once more encoded."""
    if value.lstrip().startswith("-----"):
        return value
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return value
