"""Requests of any kind to every endpoint: the sandbox may refuse them in its platform's words, and never break."""
