"""The question: a scenario file, its fields, what they must not say against each other, and its mistakes."""
