"""What the year's tax on the taxable earnings is: at flat rates, or from the tables of the law."""
