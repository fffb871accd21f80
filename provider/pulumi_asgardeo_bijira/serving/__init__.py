"""The bridge to Pulumi's plugin protocol: the same resources for programs in every language."""

from .server import main

__all__ = ("main",)
