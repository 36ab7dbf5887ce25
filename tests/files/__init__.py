"""Files on disk, and CSV."""
