"""What is told of a text by itself: its words, marks, days, names, speakers, tables, parts with numbers."""
