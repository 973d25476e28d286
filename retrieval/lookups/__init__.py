"""What a question names is looked up: a cell, a labelled line, a part, a day, a report, somebody's words."""
