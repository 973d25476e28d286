"""Question sets in an index of their own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.evaluation.set_index import SetIndex, set_index
from retrieval.receipts import Progress
from tests.fakes import FakeEmbedder
from tests.made_files import SENTENCES, made_pdf

PASSAGES = [("p1", "Old_town", "Alpha lies here."), ("p2", "", "Bee lies there.")]


@pytest.fixture
def fake() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def place(fake: FakeEmbedder, quick_disk: None) -> Iterator[SetIndex]:
    with set_index(fake) as place:
        yield place


def test_each_passage_is_a_document_with_its_title(place: SetIndex) -> None:
    documents = [document for document, _ in place.open(PASSAGES).documents()]
    assert [(document.id, document.title) for document in documents] == [("p1.txt", "Old town"), ("p2.txt", "p2")]
    assert [document.text[document.body :] for document in documents] == ["Alpha lies here.", "Bee lies there."]


@pytest.mark.parametrize("id", ["a/b", "../a", ".hidden", "a" * 300, "é", "", "a\0b"])
def test_any_id_can_be_a_file(id: str, place: SetIndex) -> None:
    index = place.open([(id, "", "Amber lies here."), *PASSAGES])
    assert index.document_count == 3


def test_what_is_taken_out_is_gone_and_what_is_put_back_is_not_embedded_again(
    place: SetIndex, fake: FakeEmbedder
) -> None:
    counts = [place.open(passages).document_count for passages in (PASSAGES, PASSAGES[:1], PASSAGES)]
    assert counts == [2, 1, 2]
    assert len(fake.passages) == 2


def test_documents_are_copied_byte_for_byte(place: SetIndex, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "alpha.md").write_bytes("\ufeff# Café\r\n\r\nAlpha lies here.\r\n".encode())
    index = place.open([("old/alpha.md", "", "")], documents=tmp_path)
    assert index.document(0).text == "# Café\r\n\r\nAlpha lies here.\r\n"
    assert index.document(0).id == "old/alpha.md"


def test_a_quote_is_compared_with_the_file(place: SetIndex) -> None:
    document = place.open(PASSAGES).document(1)
    assert place.is_verbatim(document, 0, 15)
    (place._knowledge / "p2.txt").write_text("Bee lies over there.", "utf-8")
    assert not place.is_verbatim(document, 0, 15)


def test_a_quote_from_a_file_that_is_no_text_is_compared_with_what_is_read_of_it(
    place: SetIndex, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(made_pdf())
    document = place.open([("a.pdf", "", "")], documents=tmp_path).document(0)
    start = document.text.index(SENTENCES[1])
    assert place.is_verbatim(document, start, start + len(SENTENCES[1]))
    assert not place.is_verbatim(replace(document, text=document.text.upper()), start, start + 9)


def test_what_stands_beside_a_document_is_copied_with_it(place: SetIndex, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Alpha lies here.")
    (tmp_path / "a.txt.meta.toml").write_text('title = "The letters"')
    assert place.open([("a.txt", "", "")], documents=tmp_path).document(0).title == "The letters"


def test_nothing_is_no_quote(place: SetIndex) -> None:
    assert not place.is_verbatim(place.open(PASSAGES).document(1), 3, 3)


def test_progress_is_told(place: SetIndex) -> None:
    stages: list[Progress] = []
    place.open(PASSAGES, on_progress=stages.append)
    assert Progress("Reading", 2, 2, "files", embedded=2) in stages
