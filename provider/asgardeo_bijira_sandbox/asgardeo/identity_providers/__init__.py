"""Identity providers and the ways to sign in: `/identity-providers` and `/authenticators`."""
