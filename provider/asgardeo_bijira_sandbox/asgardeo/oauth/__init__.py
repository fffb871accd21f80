"""The OpenID provider of an organisation: tokens, and the clients that ask for them."""
