"""The answer: a comparison or a sweep, its statistics, its records."""
