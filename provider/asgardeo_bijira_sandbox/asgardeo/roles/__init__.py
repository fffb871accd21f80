"""Roles, by SCIM: `/scim2/v2/Roles`."""
