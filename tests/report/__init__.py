"""What people look at: sentences, pages, pictures, calendars."""
