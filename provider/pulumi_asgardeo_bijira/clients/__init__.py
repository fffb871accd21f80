"""The platforms' APIs as plain typed clients: nothing above them sees a wire name."""
