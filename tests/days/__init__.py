"""Bank days, sessions, pay dates."""
