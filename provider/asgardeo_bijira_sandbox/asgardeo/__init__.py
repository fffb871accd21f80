"""Asgardeo: one organisation per `/t/{org}`, its management APIs and its OpenID provider."""
