"""Many paths, on any engine."""
