"""What a question says: its parts, its slips, and what it goes on from."""
