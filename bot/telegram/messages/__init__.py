"""What is sent: the text of an answer, the buttons below it, and how a message goes out."""
