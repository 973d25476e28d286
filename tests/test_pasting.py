"""Who said what: what is marked, or cited before it, where the sentence has only a pronoun."""

from collections.abc import Callable

import pytest

from retrieval.answers.pasting import pasted_only
from retrieval.embedding.embedder import Embedder
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.values import Hit, Reading
from tests.fakes import FakeEmbedder

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
