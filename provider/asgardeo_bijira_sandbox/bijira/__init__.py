"""Bijira's control plane: the developer-portal API in both versions, the admin API, the token service before them."""
