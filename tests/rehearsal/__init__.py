"""Rehearsals, below the engines that run them."""
