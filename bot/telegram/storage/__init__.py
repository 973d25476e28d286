"""What outlives the process: the updates that wait, and what is written down of them."""
