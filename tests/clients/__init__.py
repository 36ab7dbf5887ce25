"""A page for each of many clients, and their index."""
