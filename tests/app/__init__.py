"""The app: its function, its server under attack, and its page in a browser."""
