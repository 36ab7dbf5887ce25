"""Distributions that are known without paths: of a batch's value, of sums of gains, of any amount."""
