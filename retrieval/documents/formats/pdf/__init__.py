"""PDF files: characters -> lines -> rows of tables and paragraphs."""
