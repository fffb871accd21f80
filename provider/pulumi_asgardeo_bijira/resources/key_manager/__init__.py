"""An Asgardeo organisation as a key manager of Bijira."""
