"""The docs, which are run."""
