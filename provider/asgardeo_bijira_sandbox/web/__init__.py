"""Bodies, requests, routes and errors: what the endpoints of every platform are made of."""
