"""Passages and questions -> unit vectors, and how models are run."""
