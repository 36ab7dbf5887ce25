"""What goes in, and on which day: from gross pay through elections and limits to contributions."""
