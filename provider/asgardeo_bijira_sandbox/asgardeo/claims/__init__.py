"""Claims and the scopes of OpenID Connect: `/claim-dialects`, `/oidc/scopes`."""
