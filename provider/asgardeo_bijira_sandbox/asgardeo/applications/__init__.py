"""Applications, their protocols and what they are authorised for: `/applications`."""
