"""A small engine of our own for machines without the Pulumi CLI.

It serves the real Python SDK and drives the real dynamic provider host, so a program cannot tell the difference;
what it cannot do it refuses in one line. Its state lives in memory, for one rehearsal.
"""

from pulumi_asgardeo_bijira.rehearsal.engines.built_in.engine import BuiltInEngine

__all__ = ["BuiltInEngine"]
