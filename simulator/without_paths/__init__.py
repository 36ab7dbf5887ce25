"""What a policy comes to under lognormal returns, without paths: the distribution of its Box 2a, exact."""
