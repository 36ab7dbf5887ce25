"""What the year's tax on the taxable earnings is."""
