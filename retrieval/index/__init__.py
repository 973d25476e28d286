"""Passages and their vectors: how an index is made, version by version, kept and searched."""
