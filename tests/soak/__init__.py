"""Every fault at every request of every operation, and what must hold after the next run: `make soak`."""
