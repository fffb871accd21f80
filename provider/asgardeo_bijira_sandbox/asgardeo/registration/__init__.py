"""Dynamic client registration: `/api/identity/oauth2/dcr/v1.1/register`."""
