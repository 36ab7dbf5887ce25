"""Tax on the taxable earnings."""
