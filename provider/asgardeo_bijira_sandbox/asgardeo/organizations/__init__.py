"""Organisations below the tenant: `/organizations`."""
