"""How the answer is told: tables and sentences, files, pictures."""
