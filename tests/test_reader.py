"""The reader finds the sentence that answers, and tells dates, numbers and names that a question asks for."""

from collections.abc import Callable, Sequence

import pytest

from retrieval.cues import asked_kind_is_there, missing_names
from retrieval.embedding import Embedder
from retrieval.index import Index
from retrieval.reader import SimilarityReader
from retrieval.retriever import Retriever
from retrieval.values import Question, Reading
from tests.fakes import FakeEmbedder

BuildIndex = Callable[[Embedder, dict[str, str]], Index]

MEETING = """# Steering group

The group met in Jakarta on 14 February 2022. It was co-chaired by Indonesia and Australia.
Forty-five delegates from 20 countries came. They agreed on a plan against people smuggling.

## Lunch

Rice was served.
"""


def read(index: Index, embedder: Embedder, questions: Sequence[str], *, count: int = 5) -> list[list[Reading]]:
    vectors = embedder.embed_questions(questions)
    asked = [Question(text, vector) for text, vector in zip(questions, vectors, strict=True)]
    hits = Retriever(index).retrieve(asked, count=count)
    return SimilarityReader(embedder, index.words).read(asked, hits)


def quotes(readings: Sequence[Reading]) -> list[str]:
    return [reading.hit.document.text[reading.sentence.start : reading.sentence.end] for reading in readings]


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


# Dates and numbers


@pytest.mark.parametrize(
    ("question", "sentence", "there"),
    [
        pytest.param("When did they meet?", "They met in 2022.", 1, id="year"),
        pytest.param("When did they meet?", "They met on Monday.", 1, id="weekday"),
        pytest.param("When did they meet?", "They met in JUNE.", 1, id="month"),
        pytest.param("When was it built?", "It is of the 12th century.", 1, id="century"),
        pytest.param("When did they meet?", "They met at noon.", -1, id="no-date"),
        pytest.param("When did they meet?", "They met 300 people.", -1, id="a-number-is-no-date"),
        pytest.param("In what year did they meet?", "They met in 1999.", 1, id="what-year"),
        pytest.param("On which day did they meet?", "They met in Bali.", -1, id="which-day"),
        pytest.param("Kapan mereka bertemu?", "Mereka bertemu pada bulan Agustus.", 1, id="kapan"),
        pytest.param("Kapankah mereka bertemu?", "Mereka bertemu di Bali.", -1, id="kapankah"),
        pytest.param("Tahun berapa mereka bertemu?", "Pada tahun 2001.", 1, id="tahun-berapa"),
        pytest.param("Abad ke berapa itu?", "Pada abad kelima.", 1, id="abad-ke-berapa"),
        pytest.param("How many people came?", "45 people came.", 1, id="number"),
        pytest.param("How many people came?", "Forty came, or twelve.", 1, id="number-word"),
        pytest.param("How many people came?", "Many people came.", -1, id="no-number"),
        pytest.param("How many of the 45 people left?", "All of the 45 people stayed.", -1, id="only-the-same-number"),
        pytest.param("How many of the 45 people left?", "Of the 45 people, 3 left.", 1, id="another-number"),
        pytest.param("How long is it?", "It is 3.5 km long.", 1, id="how-long"),
        pytest.param("HOW OLD is she?", "She is two.", 1, id="capitals"),
        pytest.param("What percentage came?", "Half of them.", 1, id="percentage"),
        pytest.param("Berapa orang datang?", "Tiga puluh orang datang.", 1, id="berapa"),
        pytest.param("Berapakah panjangnya?", "Panjang sekali.", -1, id="berapakah"),
        pytest.param("Who came?", "45 people came in 2022.", 0, id="neither"),
        pytest.param("Whenever did it somehow many?", "No.", 0, id="inside-other-words"),
        pytest.param("", "", 0, id="empty"),
    ],
)
def test_what_is_asked_for_is_seen_in_a_sentence(question: str, sentence: str, there: int) -> None:
    assert asked_kind_is_there(question, sentence) == there


# Names


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        pytest.param("Who chaired it?", "Nobody.", 0, id="no-names"),
        pytest.param("Did Indonesia chair it?", "Indonesia chaired it.", 0, id="there"),
        pytest.param("Did Indonesia chair it?", "Australia chaired it.", 1, id="missing"),
        pytest.param("Did Indonesia or Australia chair it?", "Australia did.", 0.5, id="one-of-two"),
        pytest.param("Did Indonesia chair it?", "INDONESIA did.", 0, id="capitals"),
        pytest.param("Indonesia chaired it?", "Nobody.", 0, id="the-first-word-is-no-name"),
        pytest.param("What came in 2022?", "Nothing.", 1, id="year"),
        pytest.param("What came in 2022?", "In 2022, nothing.", 0, id="year-there"),
        pytest.param("Were there 1,200 people?", "There were 1,200.", 0, id="number-with-a-comma"),
        pytest.param("Were there 5 people?", "There were 5.", 0, id="one-digit"),
        pytest.param('What is "Kutip"?', "Kutip quotes.", 0, id="quoted"),
        pytest.param("What is (Kutip)?", "It quotes.", 1, id="in-brackets"),
        pytest.param("Did Indonesia chair it?", "Indonesians did.", 1, id="whole-words"),
        pytest.param("What of Al-Azhar?", "Al-Azhar is old.", 0, id="hyphen"),
        pytest.param("What did Azizah say?", "Azizah’s speech was long.", 0, id="possessive"),
        pytest.param("Apa kata Übermut?", "Übermut diam.", 0, id="umlaut"),
        pytest.param("", "", 0, id="empty"),
    ],
)
def test_names_that_a_text_does_not_have_are_counted(question: str, text: str, missing: float) -> None:
    assert missing_names(question, text) == missing
