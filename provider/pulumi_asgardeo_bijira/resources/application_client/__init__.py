"""An OAuth client of Asgardeo that stands for an application of Bijira."""
