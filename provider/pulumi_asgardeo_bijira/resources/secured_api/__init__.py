"""The whole way from an API's scopes to a client that the gateway knows, as one component."""
