"""Tests of the answers that need no paths."""
