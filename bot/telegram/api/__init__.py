"""To Telegram and from it: what is fetched, brought and sent, what is tried again."""
