"""Paragraphs end at empty lines, whichever way lines end."""

import pytest

from retrieval.text.paragraphs import paragraph_begin, paragraph_end


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("empty", ["", " ", "\t", ">", "> "])
def test_a_paragraph_lies_between_empty_lines(empty: str, line_end: str) -> None:
    text = line_end.join(["One.", empty, "Two,", "three.", empty, "Four."])
    place = text.index("three")
    begin, end = paragraph_begin(text, 0, place), paragraph_end(text, place, len(text))
    assert text[begin:end].rstrip() == f"Two,{line_end}three."


def test_where_no_line_is_empty_all_of_it_is_one() -> None:
    text = "One.\nTwo."
    assert (paragraph_begin(text, 2, 6), paragraph_end(text, 6, 8)) == (2, 8)
