"""What money is worth after tax in the end: in the plan, and in a brokerage account in its place."""
