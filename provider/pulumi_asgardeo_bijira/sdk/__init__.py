"""What a Pulumi program sees: a typed class for each resource, the explicit provider, look-ups."""
