"""The API Portal of WSO2 API Platform."""

from .client import ApiPortal, handle_of

__all__ = ("ApiPortal", "handle_of")
