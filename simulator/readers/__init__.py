"""Reading the files that people have: tables of dates and numbers."""
