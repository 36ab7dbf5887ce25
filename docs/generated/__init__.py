"""The parts of the docs that are written by the program, a module a page."""
