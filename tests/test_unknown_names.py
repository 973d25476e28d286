"""Names that no document has are told, and no others."""

from collections.abc import Callable

import pytest

from retrieval.answering import Snapshot
from retrieval.embedding import Embedder
from retrieval.numpy_index.index import NumpyIndex
from retrieval.numpy_index.word_index import WordIndex
from retrieval.reader import THRESHOLD
from retrieval.reading import load_reading_model
from retrieval.span_reader import SpanReader
from retrieval.unknown_names import unknown_names
from retrieval.values import Citation, Document

WORDS = WordIndex.build(
    [
        ("Minister Hjelm and Kelly Pedersen met in Indonesia. Pedersen left.", "en"),
        ("Menteri Hjelm berangkat ke Norwegia.", "id"),
    ]
)


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        pytest.param("What did Helm say?", ("Helm",), id="one"),
        pytest.param("Did Helm meet Peterson?", ("Helm", "Peterson"), id="two"),
        pytest.param("Did Kelly Peterson leave?", ("Peterson",), id="a-part-of-one"),
        pytest.param("Hello! Was it Helm's plan? Was it?", ("Helm",), id="in-the-midst"),
        pytest.param("Helm Hansen left?", ("Helm", "Hansen"), id="at-the-beginning"),
        pytest.param("Apa kata Menteri Helm?", ("Helm",), id="indonesian"),
        pytest.param("What did Hjelm say?", (), id="known"),
        pytest.param("What did the Indonesian minister say?", (), id="known-with-another-ending"),
        pytest.param("what did helm say?", (), id="no-capital"),
        pytest.param("WHAT DID HELM SAY?", (), id="all-capitals"),
        pytest.param("What Did Helm Say?", (), id="each-with-a-capital"),
        pytest.param("Besides Hjelm, who left?", (), id="the-first-word"),
        pytest.param("Hjelm left. Tomorrow he comes back?", (), id="the-first-word-of-a-sentence"),
        pytest.param("Kindergartens this year?", (), id="one-that-a-phone-may-have-made"),
        pytest.param("Was that in 2019?", (), id="a-number"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_names_that_no_document_has_are_told(question: str, unknown: tuple[str, ...]) -> None:
    assert unknown_names(question, [], WORDS) == unknown


def in_document(title: str, language: str = "en") -> Citation:
    return Citation(1, "It rained.", 0, 10, Document("rain.txt", title, "It rained.", language=language))


def test_a_name_that_stands_in_the_title_of_what_is_shown_is_known() -> None:
    assert unknown_names("What did Helm say?", [in_document("Helm and the rain")], WORDS) == ()
    assert unknown_names("What did Helm say?", [in_document("Overwhelmed by rain")], WORDS) == ("Helm",)


def test_where_only_another_language_is_shown_names_may_be_written_otherwise() -> None:
    assert unknown_names("Where in Norway did the ministers meet?", [in_document("Hujan", "id")], WORDS) == ()
    shown = [in_document("Hujan", "id"), in_document("Rain")]
    assert unknown_names("Where in Sweden did the ministers meet?", shown, WORDS) == ("Sweden",)


def test_an_answer_that_is_found_for_another_name_says_so(
    index_of: Callable[[Embedder, dict[str, str]], NumpyIndex], embedder: Embedder
) -> None:
    index = index_of(embedder, {"flood.txt": "Minister Greta Hjelm called the flood a warning. She spoke on Monday."})
    snapshot = Snapshot(index, embedder, SpanReader(load_reading_model(None), index.words), threshold=THRESHOLD)
    known, unknown = snapshot.answer(["What did Greta Hjelm call the flood?", "What did Greta Helm call the flood?"])
    assert known.found
    assert known.unknown_names == ()
    assert unknown.found
    assert unknown.unknown_names == ("Helm",)
