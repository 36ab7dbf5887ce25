"""When after-tax money moves to Roth, and what is taxable when it does."""
