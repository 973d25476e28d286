"""Of rich text the paragraphs are read, and its properties."""

import pytest

from retrieval.documents.formats.rtf import extract
from retrieval.documents.parsing import parse_document
from retrieval.errors import DocumentError
from tests.made_files import TITLE, made_rtf


def test_the_properties_say_what_it_is() -> None:
    parsed = parse_document("a.rtf", made_rtf())
    assert parsed is not None
    assert (parsed.document.title, parsed.document.author, parsed.document.date) == (TITLE, "Ana Lim", "2022-11-05")


def test_signs_of_all_kinds_are_read() -> None:
    text = "“Café” — Łódź, 北京 and {braces} \\ back."
    data = made_rtf(text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}"))
    assert extract(data).text.strip() == text


def test_signs_of_the_code_page_are_read() -> None:
    assert extract(rb"{\rtf1\ansi\ansicpg1252 The caf\'e9 is open.\par}").text.strip() == "The café is open."


def test_what_is_hidden_or_struck_out_is_not_read_and_what_is_raised_stays_apart() -> None:
    text = rb"It costs {\strike 5 \} }7{\super\fs16 3} million\super 42\nosupersub  crowns{\v0 .}{\v  No.}\par"
    assert extract(rb"{\rtf1\ansi " + text + b"}").text.strip() == "It costs 7³ million⁴² crowns."


@pytest.mark.parametrize(
    ("source", "read"),
    [
        pytest.param(rb"\strike Harga Rp4.000.\strike0 Harga Rp5.000.", "Harga Rp5.000.", id="switches"),
        pytest.param(rb"{\strike Harga {\b lama} Rp4.000.}Harga baru.", "Harga baru.", id="group-in-it"),
        pytest.param(rb"One.\v \u8220?Two\'e9.\v0  Three.", "One. Three.", id="signs"),
        pytest.param(rb"\v One.\plain Two.", "Two.", id="plain"),
        pytest.param(
            rb'See {\field{\*\fldinst{HYPERLINK "http://x.y/"}}{\fldrslt the site}} here.',
            "See the site here.",
            id="link",
        ),
    ],
)
def test_what_people_do_not_see_is_not_read(source: bytes, read: str) -> None:
    assert extract(rb"{\rtf1\ansi " + source + rb"\par}").text.strip() == read


def test_a_break_within_a_paragraph_is_a_blank() -> None:
    data = rb"{\rtf1\ansi The minister met\line her counterpart.\par}"
    assert extract(data).text.strip() == "The minister met her counterpart."


def test_a_paragraph_does_not_go_on_in_the_next() -> None:
    long = "Retno Marsudi, Menteri Luar Negeri Republik Indonesia dan ketua"
    data = rb"{\rtf1\ansi " + rb"\par ".join([long.encode()] * 4) + rb"\par}"
    assert len(extract(data).blocks) == 4


def test_a_sign_beyond_all_makes_a_file_damaged() -> None:
    with pytest.raises(DocumentError, match="damaged"):
        extract(rb"{\rtf1\ansi \u9999999999 It rained.}")


def test_what_is_no_rich_text_says_so() -> None:
    with pytest.raises(DocumentError, match="no rich text"):
        extract(b"Just some words.")
