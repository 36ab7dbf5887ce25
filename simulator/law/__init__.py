"""What the law allows: each limit of a year with its notice, as data, and its projection beyond the table."""
