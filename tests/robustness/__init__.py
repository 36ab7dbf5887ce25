"""Nothing breaks, whatever is asked: docs/robustness.md."""
