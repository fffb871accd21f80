"""API Manager's developer portal, as Bijira's control plane and a self-hosted server have it."""

from .client import DevPortal

__all__ = ("DevPortal",)
