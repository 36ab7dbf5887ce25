"""Letters, numbers, ranges as people write them."""
