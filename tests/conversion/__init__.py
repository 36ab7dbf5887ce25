"""What leaves, and what is taxed."""
