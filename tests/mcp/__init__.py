"""The calls by the Model Context Protocol."""
