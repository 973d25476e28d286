"""A sentence's key leads back to it, and the other reports that have it are known."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.answers.citing import citation_of
from retrieval.answers.places import Places
from retrieval.embedding.embedder import Embedder
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.values import Document, Passage, Sentence
from tests.fakes import FakeEmbedder, write_index
from tests.test_index import contents

BuildIndex = Callable[[Embedder, dict[str, str]], NumpyIndex]

OPENED = "The harbour was opened on Monday."
COST = "It cost 40 million rupiah."
WAITED = "Hundreds of people waited in the rain."
REPORT = f"{OPENED} {COST} {WAITED}"


def every_place(index: NumpyIndex) -> list[tuple[Passage, Sentence]]:
    passages = (index.passage(number) for number in range(index.passage_count))
    return [(passage, sentence) for passage in passages for sentence in passage.sentences]


def place(index: NumpyIndex, id: str, text: str, *, turn: int = 0) -> tuple[Passage, Sentence]:
    """Find a sentence of a document by its text, the first or one after it."""
    document = index.document(index.numbers()[id])
    return [
        (passage, sentence)
        for passage in index.passages_of(index.numbers()[id])
        for sentence in passage.sentences
        if document.text[sentence.start : sentence.end] == text
    ][turn]


def also_in(index: NumpyIndex, id: str, text: str) -> tuple[str, ...]:
    return Places(index).also_in(*place(index, id, text))


# Sentences that were cut


def test_of_a_sentence_that_was_cut_the_whole_is_cited(index_of: BuildIndex) -> None:
    words = " ".join(f"Word{number}" for number in range(12))
    text = f"It rained. {words}. It stopped."
    index = index_of(FakeEmbedder(max_tokens=5), {"a.txt": text})
    parts = [one for one in every_place(index) if "Word" in text[slice(one[1].start, one[1].end)]]
    assert len(parts) > 2
    cited = [citation_of(1, index.document(0), *part, Places(index)) for part in parts]
    assert {one.sentence for one in cited} == {f"{words}."}
    assert {(one.opening, one.closing) for one in cited} == {("“", "”")}
    assert all("Word" not in one.before + one.after for one in cited)


@pytest.mark.parametrize(
    ("sentence", "marks"),
    [
        ("It rained.", ("“", "”")),
        ("“It rained.”", ("", "")),
        ('"It rained."', ("", "")),
        ("“It rained.", ("", "”")),
        ("It stopped.”", ("“", "")),
        ("“It rained,” he said.", ("“", "”")),
        ('"It rained," he said. and left.', ("“", "”")),
        ("He said “no”", ("“", "”")),
    ],
)
def test_what_is_a_quotation_itself_gets_no_second_marks(
    index_of: BuildIndex, sentence: str, marks: tuple[str, str]
) -> None:
    index = index_of(FakeEmbedder(), {"a.txt": sentence})
    cited = citation_of(1, index.document(0), *every_place(index)[0], Places(index))
    assert (cited.sentence, cited.opening, cited.closing) == (sentence, *marks)


def test_of_a_sentence_too_long_to_be_shown_it_is_told_where_it_goes_on(index_of: BuildIndex) -> None:
    text = " ".join(f"word{number:04}" for number in range(400)) + "."
    index = index_of(FakeEmbedder(max_tokens=60), {"a.txt": text})
    cited = [citation_of(1, index.document(0), *part, Places(index)) for part in every_place(index)]
    assert [one.opening == "“" for one in cited] == [one.start == 0 for one in cited]
    assert [one.closing == "”" for one in cited] == [one.end == len(text) for one in cited]
    assert {"… “", "“"} == {one.opening for one in cited}
    assert all(one.sentence == text[one.start : one.end] and len(one.sentence) <= 1_200 for one in cited)


# Keys


def test_each_sentence_has_a_key_of_its_own_that_leads_to_it(index_of: BuildIndex) -> None:
    files = {"a.md": f"# Harbour\n\n{REPORT}\n\n{COST}", "b/c.txt": f"{WAITED} {REPORT}", "d.txt": COST}
    index = index_of(FakeEmbedder(max_tokens=8), files)
    places = every_place(index)
    keys = [Places(index).key(*place) for place in places]
    assert len(set(keys)) == len(keys) == 10
    assert [Places(index).find(key) for key in keys] == places


def test_a_key_leads_to_its_document_however_many_others_say_the_same(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {f"{number:03}.txt": f"{COST} Report {number}. {COST}" for number in range(120)})
    for id, turn in (("000.txt", 0), ("077.txt", 1), ("119.txt", 1)):
        found = place(index, id, COST, turn=turn)
        assert Places(index).find(Places(index).key(*found)) == found


def test_a_key_is_what_a_deep_link_may_hold(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {f"{number}.txt": f"Sentence {number}." for number in range(20)})
    for found in every_place(index):
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", Places(index).key(*found))


@pytest.mark.parametrize(
    "after",
    [
        pytest.param({"a.txt": f"A new beginning.\n\n{COST}  {OPENED}"}, id="the document was changed"),
        pytest.param({"moved/b.txt": REPORT}, id="the document was moved"),
        pytest.param({"0.txt": f"{COST} Indeed.", "a.txt": REPORT.replace(" ", "  ")}, id="another came before"),
    ],
)
def test_a_key_leads_to_its_sentence_as_long_as_it_stands(index_of: BuildIndex, after: dict[str, str]) -> None:
    before = index_of(FakeEmbedder(), {"a.txt": REPORT})
    key = Places(before).key(*place(before, "a.txt", COST))
    for file in [*before.folder.parents[2].glob("knowledge/*.txt")]:
        file.unlink()
    index = index_of(FakeEmbedder(), after)
    found = Places(index).find(key)
    assert found is not None
    document = index.document(found[0].document)
    assert document.id == ("a.txt" if "a.txt" in after else "moved/b.txt")
    assert document.text[found[1].start : found[1].end].split() == COST.split()


def test_a_key_of_a_sentence_that_is_gone_leads_nowhere(index_of: BuildIndex) -> None:
    before = index_of(FakeEmbedder(), {"a.txt": REPORT})
    key = Places(before).key(*place(before, "a.txt", COST))
    assert Places(index_of(FakeEmbedder(), {"a.txt": REPORT.replace("40", "45")})).find(key) is None


@settings(max_examples=200)
@given(key=st.text() | st.binary(min_size=12, max_size=12).map(bytes.hex) | st.from_regex(r"[\w-]{16}", fullmatch=True))
def test_what_is_no_key_leads_nowhere(indexed: NumpyIndex, key: str) -> None:
    assert Places(indexed).find(key) is None


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> NumpyIndex:
    folder = tmp_path_factory.mktemp("index")
    write_index(folder, contents([Document("a.txt", "a", OPENED)], [[(Sentence(0, len(OPENED)),)]]))
    return NumpyIndex.open(folder, fingerprint="fake")


# The same report elsewhere


def test_a_sentence_of_one_report_in_two_papers_is_known_in_both(index_of: BuildIndex) -> None:
    files = {
        "a.txt": f"{REPORT} Our own reporter saw it.",
        "b.txt": f"From our agency. {OPENED}\n{COST}",
        "c.txt": "No.",
    }
    index = index_of(FakeEmbedder(), files)
    assert also_in(index, "a.txt", COST) == ("b.txt",)
    assert also_in(index, "b.txt", OPENED) == ("a.txt",)
    assert also_in(index, "a.txt", WAITED) == ()


def test_files_that_say_the_same_as_the_other_report_are_named_too(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.txt": f"{REPORT} More.", "b.txt": REPORT, "c.txt": REPORT})
    assert also_in(index, "a.txt", COST) == ("b.txt", "c.txt")
    assert also_in(index, "b.txt", COST) == ("c.txt", "a.txt")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(f"The bridge was opened on Friday. {COST} Nobody came.", id="alone"),
        pytest.param(f"{OPENED} It cost 45 million rupiah. {WAITED}", id="another number"),
        pytest.param(f"{WAITED} {COST} {OPENED}", id="in another order"),
        pytest.param(COST, id="nothing else"),
    ],
)
def test_the_same_words_in_another_report_are_another_place(index_of: BuildIndex, other: str) -> None:
    index = index_of(FakeEmbedder(), {"a.txt": REPORT, "b.txt": other})
    assert also_in(index, "a.txt", COST) == ()


def test_a_heading_in_common_makes_no_report_the_same(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.md": f"# Costs\n\n{COST} A.", "b.md": f"# Costs\n\n{COST} B."})
    assert also_in(index, "a.md", COST) == ()


def test_the_end_of_one_document_and_the_beginning_of_the_next_are_not_side_by_side(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.txt": COST, "b.txt": f"{WAITED} B.", "c.txt": f"{COST} {WAITED}"})
    assert also_in(index, "a.txt", COST) == ()


def test_a_sentence_that_a_document_says_twice_is_no_other_place(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.txt": f"{OPENED} {COST} And: {OPENED} {COST}"})
    assert also_in(index, "a.txt", COST) == ()
