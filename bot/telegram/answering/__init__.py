"""From a message that asks to the messages that answer it, and what opens from these."""
