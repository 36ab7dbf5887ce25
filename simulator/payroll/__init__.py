"""What goes in, and on which day: from gross pay through the elections and the limits to each contribution."""
