"""An API resource of Asgardeo with its scopes."""
