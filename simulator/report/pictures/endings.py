"""The endings of pictures."""

from simulator.files.whole import write as write

IMAGES = (".png", ".svg", ".pdf")
"""The endings of pictures."""
