"""The engines, held to one table of scenarios."""
