"""How fast Kutip is, beside what people would use instead, and beside what the machine allows."""

import retrieval  # noqa: F401  # before NumPy, as Kutip does: it says how many threads that uses
