"""Question and passages -> the sentences that answer, what is marked in them, and how sure that is."""
