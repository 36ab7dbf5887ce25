"""Every answer as tables."""
