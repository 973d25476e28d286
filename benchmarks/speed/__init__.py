"""How fast Kutip is, beside what people would use instead, and beside what the machine allows."""
