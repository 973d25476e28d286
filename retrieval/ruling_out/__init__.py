"""Readings -> those that do not answer, whatever a model takes them for, behind the others."""
