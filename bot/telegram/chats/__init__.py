"""Who writes, and where: who may ask, how often, in which language, after which question."""
