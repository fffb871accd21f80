"""The clients and the sandbox against the vendors' descriptions of their APIs."""
