"""Applications as files: exported and imported in the form of the server's own classes, as XML, YAML or JSON."""
