"""A page for each of many clients and an index of what each can save; it goes on where it stopped."""
