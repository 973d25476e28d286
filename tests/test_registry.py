"""Every format is read by its bytes before its name, into the same text each time, with offsets that hold."""

from importlib import import_module
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.documents.formats.registry import FORMATS, NOT_READ, SUFFIXES, extract
from retrieval.documents.parsing import parse_document
from retrieval.errors import DocumentError
from retrieval.values import Parsed
from tests.made_files import MADE, SENTENCES, TITLE

TOLD_BY_BYTES = ["a.html", "a.docx", "a.rtf", "a.pdf", "a.pptx", "a.odt"]
TEXTS = [name for name in MADE if name not in ("a.csv", "a.xlsx")]


def parsed(name: str, data: bytes | None = None) -> Parsed:
    found = parse_document(name, data or MADE[name])
    assert found is not None
    return found


def quotes(found: Parsed) -> list[str]:
    return [found.document.text[one.start : one.end] for one in found.sentences if not one.heading]


def test_there_is_a_made_file_of_every_format() -> None:
    assert {suffix for name in MADE for suffix in [name[1:]]} <= {one for format in FORMATS for one in format.suffixes}
    assert all(any(name.endswith(format.suffixes) for name in MADE) for format in FORMATS)


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.module)
def test_every_format_has_a_module_that_reads_it(format: object) -> None:
    module = import_module(f"retrieval.documents.formats.{getattr(format, 'module')}")  # noqa: B009
    assert callable(module.extract)


@pytest.mark.parametrize("name", TEXTS)
def test_the_same_words_give_the_same_sentences_in_every_format(name: str) -> None:
    found = parsed(name)
    assert found.document.title == TITLE
    assert quotes(found) == SENTENCES


@pytest.mark.parametrize("name", TOLD_BY_BYTES)
def test_a_file_is_known_by_its_bytes_whatever_its_name(name: str) -> None:
    assert quotes(parsed("a.txt", MADE[name])) == SENTENCES


@pytest.mark.parametrize("name", MADE)
def test_a_file_gives_the_same_document_every_time(name: str) -> None:
    assert parsed(name) == parsed(name)


@pytest.mark.parametrize("name", MADE)
def test_sentences_stand_in_the_text_one_after_the_other(name: str) -> None:
    found = parsed(name)
    for sentence in found.sentences:
        quote = found.document.text[sentence.start : sentence.end]
        assert quote == quote.strip() != ""
    assert all(before.end <= after.start for before, after in pairwise(found.sentences))


@pytest.mark.parametrize("name", TOLD_BY_BYTES)
def test_text_that_is_named_like_another_format_says_what_is_wrong(name: str) -> None:
    with pytest.raises(DocumentError):
        extract(name, b"\x00\x01\x02 no such file")


def test_a_kind_that_is_not_read_says_how_to_save_it() -> None:
    assert set(NOT_READ.values()) <= set(SUFFIXES)
    with pytest.raises(DocumentError, match=r"not read: save it as \.docx"):
        extract("Minutes.DOC", b"\xd0\xcf\x11\xe0 as Word 97 wrote it")


def test_slides_that_hold_a_workbook_are_slides() -> None:
    out = BytesIO()
    with ZipFile(BytesIO(MADE["a.pptx"])) as before, ZipFile(out, "w") as after:
        after.writestr("ppt/embeddings/a.xlsx", MADE["a.xlsx"], ZIP_STORED)
        for name in before.namelist():
            after.writestr(name, before.read(name))
    assert quotes(parsed("a.pptx", out.getvalue())) == SENTENCES


def test_a_kind_that_is_not_read_is_where_its_bytes_are_of_one_that_is() -> None:
    assert quotes(parsed("a.doc", MADE["a.rtf"])) == SENTENCES


@pytest.mark.parametrize("name", MADE)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(name: str, data: st.DataObject) -> None:
    whole = bytearray(MADE[name])
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[place] ^= 1 << data.draw(st.integers(0, 7))
    cut = data.draw(st.integers(0, len(whole)))
    try:
        found = parse_document(name, bytes(whole[:cut]))
    except DocumentError as error:
        assert str(error)
        return
    for sentence in found.sentences if found else ():
        assert found and found.document.text[sentence.start : sentence.end].strip()


def test_a_text_that_speaks_of_a_format_is_not_of_it() -> None:
    text = "# About files\n\nA PDF file begins with %PDF-1.7, and a page with <!DOCTYPE html>.\n"
    assert quotes(parsed("a.md", text.encode())) == [
        "A PDF file begins with %PDF-1.7, and a page with <!DOCTYPE html>."
    ]


def test_many_comments_before_a_page_take_no_time() -> None:
    data = b"<!---->" * 500 + MADE["a.html"]
    assert quotes(parsed("a.txt", data)) == SENTENCES


def test_whatever_goes_wrong_in_a_library_is_the_files_own_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes) -> None:
        raise AttributeError("no such thing")

    monkeypatch.setattr("retrieval.documents.formats.plain.extract", broken)
    with pytest.raises(DocumentError) as caught:
        extract("a.txt", b"words")
    assert str(caught.value) == "it cannot be read (AttributeError: no such thing)"
