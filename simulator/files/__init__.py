"""Files: opened within a bound, never half-written, and CSV."""
