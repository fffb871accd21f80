"""Stacks as earlier versions left them: the program, the deployment, and the platforms at that time."""
