"""Decisions: questions whose answer is a choice, made of comparisons."""
