"""A role of Asgardeo: what it permits, and whom it is given to."""
