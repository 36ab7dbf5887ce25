"""What a dollar does between two closes: the price of the fund. One model a file."""
