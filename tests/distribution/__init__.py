"""Tests of the distributions that are known without paths."""
