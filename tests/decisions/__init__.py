"""The best dates, by the command and the library."""
