"""Who said what: what is marked, or cited before it, where the sentence has only a pronoun."""

from collections.abc import Callable

import pytest

from retrieval.answers.pasting import pasted_only
from retrieval.embedding.embedder import Embedder
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.values import Hit, Reading
from tests.fakes import FakeEmbedder

QUOTED = "who said the answer was always the same?"
BuildIndex = Callable[[Embedder, dict[str, str]], NumpyIndex]


def answers(index: NumpyIndex, question: str, marked: str = "", sure: float = 0.9) -> list[tuple[str, str]]:
    """Return what answers of a text's sentences, and its mark, where a reader is sure of what is marked."""
    document = index.document(0)
    begin = document.text.index(marked) if marked else 0
    readings = [
        Reading(Hit.looked_up(passage, document), one, sure, (begin, begin + len(marked)))
        if one.start <= begin < one.end and marked
        else Reading(Hit.looked_up(passage, document), one, 0.0)
        for passage in index.passages_of(0)
        for one in passage.sentences
    ]
    return [(one.text, one.marked) for one in pasted_only(question, readings) if one.confidence]


@pytest.mark.parametrize(
    ("question", "is_marked"), [("who said nobody wants that?", False), ("who asked for that?", True)]
)
def test_who_asks_did_not_say_what_is_answered(index_of: BuildIndex, question: str, is_marked: bool) -> None:
    text = 'Ana Lim, the chair, asked whether it would close. "Nobody wants that," he said.'
    index = index_of(FakeEmbedder(max_tokens=128), {"a.txt": text})
    assert bool(answers(index, question, "Ana Lim")) is is_marked


@pytest.mark.parametrize(
    ("marked", "sure", "cited"),
    [
        pytest.param("Bo Roe", 0.4, [("It was led by Bo Roe.", "Bo Roe")], id="likely"),
        pytest.param("Bo Roe", 0.1, [], id="not-likely"),
        pytest.param("led", 0.9, [], id="no-name"),
        pytest.param("Cy Tan", 0.9, [], id="after-it"),
    ],
)
def test_who_is_meant_by_he_said_is_cited_before_it(
    index_of: BuildIndex, marked: str, sure: float, cited: list[tuple[str, str]]
) -> None:
    text = 'It was led by Bo Roe.\n\n"The answer was always the same," he said.\n\nThat was Cy Tan.\n'
    found = answers(index_of(FakeEmbedder(max_tokens=128), {"a.txt": text}), QUOTED, marked, sure)
    assert found == [*cited, ('"The answer was always the same," he said.', "")]


@pytest.mark.parametrize(
    ("above", "beside"),
    [
        pytest.param("It was led by Bo Roe, as Cy Tan knows.", "", id="two-are-named-above"),
        pytest.param("It was led by Bo Roe.", "His brother Dan was glad. ", id="another-is-named-beside-it"),
    ],
)
def test_who_is_named_in_the_paragraph_above_is_meant_only_where_nobody_else_is(
    index_of: BuildIndex, above: str, beside: str
) -> None:
    quotation = '"The answer was always the same," he said.'
    index = index_of(FakeEmbedder(max_tokens=128), {"a.txt": f"{above}\n\n{beside}{quotation}\n"})
    assert answers(index, QUOTED, "Bo Roe") == [(quotation, "")]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("who said the seven was a grandchild on a lap?", id="a-later-sentence-of-a-quotation"),
        pytest.param("who said the seven was his grandchild on her lap?", id="nearly-so"),
    ],
)
def test_who_says_all_of_a_quotation_is_cited_before_each_of_its_sentences(index_of: BuildIndex, question: str) -> None:
    text = (
        'It was led by Bo Roe. "We saw the error," he said. "There was no crime. The seven was a grandchild on a lap."'
    )
    found = answers(index_of(FakeEmbedder(max_tokens=128), {"a.txt": text}), question, "Bo Roe", 0.4)
    assert found == [("It was led by Bo Roe.", "Bo Roe"), ('The seven was a grandchild on a lap."', "")]


def test_who_is_told_beside_what_they_said_is_not_cited_before_it(index_of: BuildIndex) -> None:
    text = 'It was led by Bo Roe. "The answer was always the same," said Ana Lim.'
    found = answers(index_of(FakeEmbedder(max_tokens=128), {"a.txt": text}), QUOTED, "Bo Roe")
    assert found == [('"The answer was always the same," said Ana Lim.', "said Ana Lim")]
