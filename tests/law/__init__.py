"""The limits of the law."""
