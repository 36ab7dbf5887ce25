"""Bank days, sessions, and the simulated years."""
