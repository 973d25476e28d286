"""Choosing by similarity, which the reader is compared with."""

from collections.abc import Callable, Sequence

import pytest

from retrieval.embedding.embedder import Embedder
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.reading.similarity import SimilarityReader
from retrieval.retriever import Retriever
from retrieval.values import Question, Reading
from tests.fakes import FakeEmbedder, quotes

BuildIndex = Callable[[Embedder, dict[str, str]], NumpyIndex]

MEETING = """# Steering group

The group met in Jakarta on 14 February 2022. It was co-chaired by Indonesia and Australia.
Forty-five delegates from 20 countries came. They agreed on a plan against people smuggling.

## Lunch

Rice was served.
"""


def read(index: NumpyIndex, embedder: Embedder, questions: Sequence[str], *, count: int = 5) -> list[list[Reading]]:
    vectors = embedder.embed_questions(questions)
    asked = [Question(text, vector) for text, vector in zip(questions, vectors, strict=True)]
    hits = [Retriever(index).retrieve(one, count=count) for one in asked]
    return SimilarityReader(embedder, index.words).read(asked, hits)


# Reading


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        pytest.param("Who co-chaired the meeting?", "It was co-chaired by Indonesia and Australia.", id="who"),
        pytest.param("When did the group meet?", "The group met in Jakarta on 14 February 2022.", id="when"),
        pytest.param("How many delegates came?", "Forty-five delegates from 20 countries came.", id="how-many"),
        pytest.param("What did they agree on?", "They agreed on a plan against people smuggling.", id="what"),
        pytest.param("What was served for lunch?", "Rice was served.", id="in-another-passage"),
    ],
)
def test_the_sentence_that_answers_comes_first(
    index_of: BuildIndex, embedder: Embedder, question: str, answer: str
) -> None:
    [readings] = read(index_of(embedder, {"meeting.md": MEETING}), embedder, [question])
    assert quotes(readings)[0] == answer


def test_a_reading_stands_in_its_hit(index_of: BuildIndex, embedder: Embedder) -> None:
    [readings] = read(index_of(embedder, {"meeting.md": MEETING}), embedder, ["Who came?"])
    assert len(readings) > 1
    for reading in readings:
        assert reading.sentence in reading.hit.passage.sentences
        assert 0 < reading.confidence < 1
        assert type(reading.confidence) is float


def test_headings_are_not_quoted(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.md": "# Apple\n\nAlmond.\n\n## Apricot\n\nAvocado.\n"})
    [readings] = read(index, FakeEmbedder(), ["apple apricot"])
    assert sorted(quotes(readings)) == ["Almond.", "Avocado."]


def test_headings_are_quoted_where_there_is_nothing_else(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.md": "# Apple\n\n## Apricot\n"})
    [readings] = read(index, FakeEmbedder(), ["apple"])
    assert sorted(quotes(readings)) == ["Apple", "Apricot"]


def test_no_passages_give_no_readings(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.txt": "Apple."})
    assert SimilarityReader(FakeEmbedder(), index.words).read([], []) == []
    [question] = [Question("apple", FakeEmbedder().embed_questions(["apple"])[0])]
    assert SimilarityReader(FakeEmbedder(), index.words).read([question], [[]]) == [[]]


def test_questions_read_together_are_kept_apart(index_of: BuildIndex) -> None:
    documents = {"a.txt": "Apple tree.", "b.txt": "Bee hive.", "c.txt": "Cherry pie."}
    index = index_of(FakeEmbedder(), documents)
    questions = ["cherry", "apple", "zebra", "bee", "apple"]
    together = read(index, FakeEmbedder(), questions)
    assert together == [read(index, FakeEmbedder(), [question])[0] for question in questions]
    assert [quotes(readings)[0] for readings in together if readings][:2] == ["Cherry pie.", "Apple tree."]


def test_sentences_are_compared_as_people_see_them(index_of: BuildIndex) -> None:
    embedder = FakeEmbedder()
    index = index_of(embedder, {"a.md": "# T\n\nAn **apple** [tree](http://x.org).\n"})
    embedder.passages.clear()
    read(index, embedder, ["apple"])
    assert embedder.passages == ["An apple tree."]


def test_only_the_sentences_that_may_answer_are_embedded(index_of: BuildIndex) -> None:
    embedder = FakeEmbedder(max_tokens=64)
    index = index_of(embedder, {f"{n}.txt": "Apple. Almond. Apricot. Avocado. Ant. Axe." for n in range(1)})
    embedder.passages.clear()
    read(index, embedder, ["apple"])
    assert 0 < len(embedder.passages) < 6
    assert "Apple." in embedder.passages
