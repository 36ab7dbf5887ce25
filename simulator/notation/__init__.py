"""How things are written: numbers, letters, the fields of a file, its mistakes, the YAML document, ranges."""
