"""Why a client's token opens an API or does not: every link of the chain from the API's scope to the subscription, read
and never changed."""

from .chain import explain
from .link import Link, Question

__all__ = ("Link", "Question", "explain")
