"""Readings -> what is cited: which of them, in which order, with which links."""
