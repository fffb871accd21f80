"""API resources, their scopes and their types of authorization details: `/api-resources`, `/scopes`."""
