"""Comparisons, sweeps, statistics."""
