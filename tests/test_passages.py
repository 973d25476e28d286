"""Passages hold all sentences of a document, fit the model's window, and mostly outlive an edit."""

import random
from itertools import chain, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.index.passages import MAX_SENTENCE_LENGTH, embedded_text, split_passages
from retrieval.values import Document, Sentence
from tests.fakes import FakeEmbedder, sentences_of

WORDS = "amber beech cedar dune elm fern grove hazel iris jade kelp lily moss nettle oak pine quince reed".split()


def document(text: str, *, id: str = "a.md", title: str = "Title") -> Document:
    return Document(id, title, text, markdown=id.endswith(".md"))


def passages(text: str, *, max_tokens: int, id: str = "a.md", title: str = "Title") -> list[list[str]]:
    """Return the sentences of each passage."""
    whole = document(text, id=id, title=title)
    split = split_passages(whole, sentences_of(whole), FakeEmbedder(max_tokens=max_tokens))
    return [[text[sentence.start : sentence.end] for sentence in passage] for passage in split]


def sentence(number: int) -> str:
    """Make a sentence of five to eight words that no other number makes."""
    words = [WORDS[number * 7 % 18], WORDS[number * 5 % 17], *WORDS[: number % 4], f"x{number}"]
    return f"A {' '.join(words)} here."


def article(*, sections: int = 12, paragraphs: int = 6) -> list[str]:
    """Make the paragraphs and headings of a long document."""
    numbers = iter(range(10_000))
    blocks = []
    for section in range(sections):
        blocks.append(f"## Section {section}")
        for paragraph in range(paragraphs):
            blocks.append(" ".join(sentence(next(numbers)) for _ in range(2 + (section + paragraph) % 4)))
    return blocks


texts = st.lists(
    st.sampled_from(
        ["a", "bee", "word. ", "Word. ", "end! ", " ", "  ", "\n", "\n\n", "\r\n", "# H\n", "- ", "x" * 1_300]
    )
).map(" ".join)


@settings(max_examples=200)
@given(texts, st.integers(2, 40), st.sampled_from(["a.txt", "a.md"]), st.sampled_from(["", "T", "T " * 50]))
def test_passages_hold_every_sentence_in_order_and_once(text: str, max_tokens: int, id: str, title: str) -> None:
    whole = document(text, id=id, title=title)
    split = split_passages(whole, sentences_of(whole), FakeEmbedder(max_tokens=max_tokens))
    pieces = list(chain(*split))
    quotes = [text[piece.start : piece.end] for piece in pieces]
    assert all(split)
    assert quotes == [quote.strip() for quote in quotes]
    assert all(before.end <= after.start for before, after in pairwise(pieces))
    expected = "".join(text[sentence.start : sentence.end] for sentence in sentences_of(whole))
    assert "".join("".join(quotes).split()) == "".join(expected.split())


@settings(max_examples=200)
@given(texts, st.integers(2, 40), st.sampled_from(["", "One", "A title of several words"]))
def test_each_passage_fits_the_window(text: str, max_tokens: int, title: str) -> None:
    embedder = FakeEmbedder(max_tokens=max_tokens)
    room = max_tokens - min(len(title.split()), max_tokens // 2)
    whole = document(text, title=title)
    for passage in split_passages(whole, sentences_of(whole), embedder):
        parts = [text[piece.start : piece.end] for piece in passage]
        assert sum(len(part.split()) for part in parts) <= room
        assert all(len(part) <= MAX_SENTENCE_LENGTH for part in parts)


def test_a_passage_is_short_enough_for_the_reader_whatever_the_embedding_model_takes() -> None:
    split = passages("One two three four. " * 200, max_tokens=8_000)
    assert len(split) > 3
    assert all(len(" ".join(passage).split()) <= 256 for passage in split)


def test_a_short_document_is_one_passage() -> None:
    assert passages("One. Two.\n\nThree.", max_tokens=10) == [["One.", "Two.", "Three."]]


def test_a_document_without_sentences_has_no_passages() -> None:
    assert passages("---\n\n***\n", max_tokens=10) == []


def test_a_full_passage_ends_between_sentences() -> None:
    text = "Amber beech cedar. Dune elm fern. Grove hazel iris. Jade kelp lily."
    assert passages(text, max_tokens=4, title="T") == [
        ["Amber beech cedar."],
        ["Dune elm fern."],
        ["Grove hazel iris."],
        ["Jade kelp lily."],
    ]


def test_a_passage_ends_between_paragraphs_rather_than_inside_one() -> None:
    text = "Amber beech. Cedar dune.\n\nElm fern. Grove hazel. Iris jade."
    assert passages(text, max_tokens=9, title="T") == [
        ["Amber beech.", "Cedar dune."],
        ["Elm fern.", "Grove hazel.", "Iris jade."],
    ]


def test_a_passage_does_not_end_after_a_question_whose_answer_comes_next() -> None:
    text = "Amber beech. Cedar dune.\n\nElm {}\n\nGrove hazel iris. Jade."
    assert passages(text.format("fern."), max_tokens=9, title="T")[0] == ["Amber beech.", "Cedar dune.", "Elm fern."]
    assert passages(text.format("**fern?**"), max_tokens=9, title="T")[0] == ["Amber beech.", "Cedar dune."]


def test_a_heading_begins_a_passage() -> None:
    assert passages("# One\n\nAmber.\n\n## Two\n\nBeech.", max_tokens=30) == [["One", "Amber."], ["Two", "Beech."]]


def test_headings_that_follow_each_other_stay_together() -> None:
    assert passages("# One\n\n## Two\n\nAmber.", max_tokens=30) == [["One", "Two", "Amber."]]


def test_the_title_takes_its_share_of_the_window() -> None:
    text = "Amber beech cedar. Dune elm fern."
    assert passages(text, max_tokens=8, title="A long title") == [["Amber beech cedar."], ["Dune elm fern."]]
    assert passages(text, max_tokens=8, title="Title") == [["Amber beech cedar.", "Dune elm fern."]]


def test_a_long_title_leaves_the_text_half_the_window() -> None:
    text = "Amber beech cedar. Dune elm fern."
    assert passages(text, max_tokens=12, title="word " * 20) == [["Amber beech cedar.", "Dune elm fern."]]


def test_a_sentence_longer_than_the_window_is_split_between_words() -> None:
    assert passages("A bee can do.\n\nElm fern grove hazel iris jade kelp.", max_tokens=4, title="T") == [
        ["A bee can"],
        ["do."],
        ["Elm fern grove"],
        ["hazel iris jade"],
        ["kelp."],
    ]


def test_pieces_of_a_heading_are_headings() -> None:
    whole = document("# One two three\n")
    split = split_passages(whole, sentences_of(whole), FakeEmbedder(max_tokens=3))
    assert list(chain(*split)) == [Sentence(2, 9, heading=True, cut=True), Sentence(10, 15, heading=True)]


def test_a_sentence_too_long_to_be_quoted_is_split_between_words() -> None:
    pieces = [piece for passage in passages("word " * 300 + "end.", max_tokens=1_000) for piece in passage]
    assert [len(piece) for piece in pieces] == [1_199, 304]


def test_a_word_too_long_to_be_quoted_is_split() -> None:
    [pieces] = passages("short " + "x" * 3_000 + " end.", max_tokens=1_000)
    assert [len(piece) for piece in pieces] == [5, 1_200, 1_200, 605]


def test_pieces_do_not_end_in_white_space() -> None:
    text = "amber   beech \t\n cedar   dune"
    assert passages(text, max_tokens=3, title="T") == [["amber   beech"], ["cedar   dune"]]


@pytest.mark.parametrize("max_tokens", [pytest.param(40, id="small-window"), pytest.param(128, id="large-window")])
def test_an_edit_to_one_paragraph_leaves_nearly_all_other_passages_as_they_are(max_tokens: int) -> None:
    blocks = article()
    before = {tuple(passage) for passage in passages("\n\n".join(blocks), max_tokens=max_tokens)}
    new = []
    for place in range(0, len(blocks), 3):
        edited = [*blocks[:place], blocks[place] + " And more, added later.", *blocks[place + 1 :]]
        after = {tuple(passage) for passage in passages("\n\n".join(edited), max_tokens=max_tokens)}
        new.append(len(after - before))
    assert min(new) >= 1
    assert sum(count <= 3 for count in new) >= 0.9 * len(new), new


@pytest.mark.parametrize("seed", range(3))
def test_a_paragraph_put_in_does_not_shift_where_all_later_passages_end(seed: int) -> None:
    numbers = random.Random(seed).sample(range(10_000, 99_999), 300)
    blocks = [f"Paragraph x{number} says {WORDS[number % 18]} and {WORDS[number % 17]}." for number in numbers]
    before = {tuple(passage) for passage in passages("\n\n".join(blocks), max_tokens=60)}
    new = []
    for place in range(0, len(blocks), 10):
        edited = [*blocks[:place], "A new paragraph stands here now.", *blocks[place:]]
        after = {tuple(passage) for passage in passages("\n\n".join(edited), max_tokens=60)}
        new.append(len(after - before))
    assert sum(new) <= 3 * len(new), new


# What is embedded


def embed(text: str, *, title: str = "Title", id: str = "a.md") -> str:
    whole = document(text, id=id, title=title)
    return embedded_text(whole, sentences_of(whole), FakeEmbedder())


def test_the_title_and_the_visible_sentences_are_embedded() -> None:
    assert embed("A **bold** word. See\n[it](http://a.b).") == "Title\nA bold word.\nSee it."


def test_the_title_is_not_embedded_twice() -> None:
    assert embed("# *Title*\n\nAmber.\n\nTitle\n") == "Title\nAmber.\nTitle"


def test_the_title_alone_is_embedded_once() -> None:
    assert embed("# Title\n") == "Title"


def test_plain_text_is_embedded_as_it_stands() -> None:
    assert embed("A **bold** word.", id="a.txt") == "Title\nA **bold** word."


def test_a_passage_that_begins_within_a_table_is_embedded_with_the_names_of_its_columns() -> None:
    whole = document("| Place | Price |\n| --- | --- |\n| Orla | 5 |\n| Wick | 7 |\n\nAmber.", title="Title")
    *_, last, after = sentences_of(whole)
    assert embedded_text(whole, [last, after], FakeEmbedder()) == "Title\nPlace | Price\n| Wick | 7 |\nAmber."
    assert embedded_text(whole, [after], FakeEmbedder()) == "Title\nAmber."


def test_what_is_embedded_fits_the_window_even_with_a_long_title() -> None:
    embedder = FakeEmbedder(max_tokens=128)
    whole = document("\n\n".join(article()), title="A title of many words, " * 20)
    for passage in split_passages(whole, sentences_of(whole), embedder):
        assert len(embedder.token_spans([embedded_text(whole, passage, embedder)])[0]) <= embedder.max_tokens
