"""The documents: that the site can be built, and that what they tell to type works."""
