"""The same calls by the Model Context Protocol: what a call names is read, nothing is written."""
