"""The passages closest to a question come first, by vectors and words together."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from retrieval.embedding.embedder import Embedder
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.index.numpy_index.search import top
from retrieval.retriever import WORDS_WEIGHT, Retriever
from retrieval.values import Hit, Question
from tests.fakes import FakeEmbedder

BuildIndex = Callable[[Embedder, dict[str, str]], NumpyIndex]


def ask(index: NumpyIndex, *questions: str, count: int = 10) -> list[list[Hit]]:
    vectors = FakeEmbedder().embed_questions(questions)
    asked = [Question(text, vector) for text, vector in zip(questions, vectors, strict=True)]
    return [Retriever(index).retrieve(one, count=count) for one in asked]


def ids(hits: list[Hit]) -> list[str]:
    return [hit.document.id for hit in hits]


def titled(text: str, *, date: int = 2020) -> str:
    """Make a document whose title is embedded as nothing but "b", so that its vector is easily told."""
    return f"---\ntitle: b\ndate: {date}\n---\n{text}\n"


# The best of many scores


@settings(max_examples=200)
@given(
    st_numpy.arrays(
        np.float32, st.integers(0, 40), elements=st.sampled_from([-1.0, -0.5, 0.0, 0.25, 0.5, 1.0, 1.0000001])
    ),
    st.integers(0, 50),
)
def test_the_top_is_the_head_of_a_full_sort(scores: np.ndarray, count: int) -> None:
    numbers = range(len(scores))
    assert top(scores, count) == sorted(numbers, key=lambda number: -float(scores[number]))[:count]


@pytest.mark.parametrize("count", [1, 10, 400, 4_999, 6_000])
@pytest.mark.parametrize("kinds", [3, 200, 10**9])
def test_the_top_of_very_many_is_the_head_of_a_full_sort(count: int, kinds: int) -> None:
    scores = np.random.default_rng(count).integers(0, kinds, 5_000).astype(np.float32)
    scores[:100] = kinds  # where one that is looked at first says little of the others
    assert top(scores, count) == np.argsort(-scores, kind="stable")[:count].tolist()


def test_equal_scores_keep_their_order() -> None:
    assert top(np.array([0, 1, 0.5, 1, 1, 0.5, 1], dtype=np.float32), 5) == [1, 3, 4, 6, 2]


def test_the_top_are_plain_numbers() -> None:
    assert [type(number) for number in top(np.array([1, 2], dtype=np.float32), 1)] == [int]


# Passages


def test_a_hit_tells_the_passage_its_document_and_its_scores(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.md": titled("Apple."), "c.md": titled("Cherry.")})
    [[first, second]] = ask(index, "apricot")
    assert (first.passage, first.document) == (index.passage(0), index.document(0))
    assert (second.passage, second.document) == (index.passage(1), index.document(1))
    assert (first.cosine, second.cosine) == pytest.approx((np.sqrt(0.5), 0))
    assert (first.words, second.words) == (0, 0)
    assert (first.score, second.score) == pytest.approx((first.cosine, second.cosine), abs=1e-6)


def test_without_common_words_the_vectors_decide(index_of: BuildIndex) -> None:
    documents = {"1.md": titled("Cherry currant."), "2.md": titled("Apple avocado."), "3.md": titled("Apple cherry.")}
    index = index_of(FakeEmbedder(), documents)
    [hits] = ask(index, "apricot almond")
    assert ids(hits) == ["2.md", "3.md", "1.md"]
    assert [hit.words for hit in hits] == [0, 0, 0]


def test_with_equal_vectors_the_words_decide(index_of: BuildIndex) -> None:
    documents = {"1.md": titled("Apple."), "2.md": titled("Almond."), "3.md": titled("Apricot.")}
    [hits] = ask(index_of(FakeEmbedder(), documents), "apricot")
    assert ids(hits) == ["3.md", "1.md", "2.md"]
    assert len({hit.cosine for hit in hits}) == 1
    assert hits[0].words > 0


def test_vectors_and_words_are_added(index_of: BuildIndex) -> None:
    documents = {"1.md": titled("Apple cherry."), "2.md": titled("Almond apple."), "3.md": titled("Cherry dune.")}
    [hits] = ask(index_of(FakeEmbedder(), documents), "apple cherry")
    assert [hit.score for hit in hits] == pytest.approx([hit.cosine + WORDS_WEIGHT * hit.words for hit in hits])
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert ids(hits)[0] == "1.md"


def sharing(text: str, number: int) -> str:
    """Make a document whose first passage is that of others, and whose second is its own."""
    return titled(f"# One\n\n{text}\n\n# Two\n\nZebra {number}.")


def test_equal_passages_keep_document_order(index_of: BuildIndex) -> None:
    documents = {f"{number}.md": sharing("Apple.", number) for number in range(10, 30)}
    [hits] = ask(index_of(FakeEmbedder(), documents), "apple", count=20)
    assert ids(hits) == sorted(documents)


@pytest.mark.parametrize("count", [3, 5, 7, 17])
@pytest.mark.parametrize("together", [1, 3])
def test_equal_passages_keep_document_order_with_real_vectors(
    index_of: BuildIndex, embedder: Embedder, count: int, together: int
) -> None:
    documents = {f"{n}.md": sharing("The delegations agreed on it.", n) for n in range(10, 10 + count)}
    index = index_of(embedder, documents)
    questions = ["Who agreed?", "What did the delegations agree on?", "A plan"][:together]
    vectors = embedder.embed_questions(questions)
    asked = [Question(text, vector) for text, vector in zip(questions, vectors, strict=True)]
    for hits in [Retriever(index).retrieve(one, count=2 * count) for one in asked]:
        shared = [hit for hit in hits if hit.passage.number % 2 == 0]
        assert ids(shared) == sorted(documents)
        assert len({hit.score for hit in shared}) == 1


def test_what_several_documents_say_in_the_same_words_takes_one_place(index_of: BuildIndex) -> None:
    documents = {f"{n}.md": sharing("Apple pie. Apple cake.", n) for n in range(5)} | {"z.txt": "Apple."}
    [hits] = ask(index_of(FakeEmbedder(), documents), "apple", count=3)
    assert ids(hits) == ["z.txt", "0.md", "0.md"]


def test_a_single_sentence_may_be_chance_and_takes_its_own_place(index_of: BuildIndex) -> None:
    documents = {f"{n}.md": sharing("Apple pie.", n) for n in range(3)}
    [hits] = ask(index_of(FakeEmbedder(), documents), "apple", count=3)
    assert ids(hits) == ["0.md", "1.md", "2.md"]


def test_with_the_signs_of_vectors_the_same_passages_are_found(
    index_of: BuildIndex, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = {path.name: path.read_text("utf-8") for path in sorted(Path("tests/documents").glob("*.txt"))}
    questions = ["When was Anselma Thorne born?", "Who started the Lantern Library?", "What is the rent?"]
    vectors = embedder.embed_questions(questions)
    asked = [Question(text, vector) for text, vector in zip(questions, vectors, strict=True)]
    exact = index_of(embedder, documents)
    expected = [Retriever(exact).retrieve(one, count=4) for one in asked]
    monkeypatch.setattr("retrieval.index.numpy_index.sign_codes.LEAST", 1)
    by_signs = index_of(embedder, {**documents, "zz.txt": "Zebra."})
    assert (exact.signs, by_signs.signs is not None) == (None, True)
    found = [Retriever(by_signs).retrieve(one, count=4) for one in asked]
    assert [[hit.passage for hit in hits] for hits in found] == [[hit.passage for hit in hits] for hits in expected]


def test_no_more_passages_are_retrieved_than_asked_for_or_than_there_are(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {f"{n}.txt": f"Apple number {n}." for n in range(3)})
    assert [len(ask(index, "apple", count=count)[0]) for count in (1, 2, 3, 4, 100)] == [1, 2, 3, 3, 3]


def test_scores_leave_numpy_at_the_edge(index_of: BuildIndex) -> None:
    [[hit]] = ask(index_of(FakeEmbedder(), {"a.txt": "Apple."}), "apple")
    assert [type(value) for value in (hit.cosine, hit.words, hit.score)] == [float, float, float]
