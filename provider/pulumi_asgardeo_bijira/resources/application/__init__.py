"""An application of Asgardeo with its OIDC configuration and the APIs that it is authorised for."""
