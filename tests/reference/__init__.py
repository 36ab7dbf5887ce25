"""Slow, literal reference implementations that the fast ones are tested against."""
