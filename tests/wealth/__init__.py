"""Tests of wealth after tax."""
