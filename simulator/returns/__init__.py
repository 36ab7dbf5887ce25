"""What a dollar does between two closes: the price of the fund. One model a file."""

from simulator.returns import every_model as every_model  # a model is whole when all are there
