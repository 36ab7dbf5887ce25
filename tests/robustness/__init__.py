"""Nothing breaks, whatever is asked: README.md."""
