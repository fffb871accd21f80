"""Programs that declare what there is."""

from .program import Export, Reference

__all__ = ("Export", "Reference")
