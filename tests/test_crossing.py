"""Across languages, the sentence most like the question is chosen; in one language, the span reader reads."""

from pathlib import Path

import pytest

from retrieval.crossing import CrossingReader, CrossingWeights, reader_for
from retrieval.numpy_index.index import NumpyIndex
from retrieval.numpy_index.word_index import WordIndex
from retrieval.span_reader import SpanReader
from retrieval.values import Document, Hit, Passage, Question, Reading
from tests.fakes import FakeEmbedder, FakeReadingModel, sentences_of

WORDS = WordIndex.build([("The city council met.", "en")])
ENGLISH = "The apple trees were cut down. All that happened before the council met."
INDONESIAN = "Pohon apel itu ditebang. Semua itu terjadi sebelum rapat dewan kota."
GERMAN = "Die Apfelbäume wurden gefällt. Das alles geschah vor der Sitzung des Rates."
ASKED_IN_ENGLISH = "What happened to the apple trees?"
ASKED_IN_INDONESIAN = "Apa yang terjadi dengan pohon apel itu?"


def hit_of(text: str, *, language: str = "en", name: str = "a.txt") -> Hit:
    document = Document(name, "", text, markdown=name.endswith(".md"), language=language)
    return Hit(Passage(0, 0, tuple(sentences_of(document))), document, 0.0, 0.0, 0.0)


def question(text: str) -> Question:
    [vector] = FakeEmbedder().embed_questions([text])
    return Question(text, vector)


def read(asked: str, *hits: Hit, weights: CrossingWeights | None = None) -> tuple[list[Reading], FakeReadingModel]:
    model = FakeReadingModel({ASKED_IN_ENGLISH: "cut down", ASKED_IN_INDONESIAN: "ditebang"})
    reader = CrossingReader(SpanReader(model, WORDS), FakeEmbedder(), weights or CrossingWeights())
    [readings] = reader.read([question(asked)], [hits])
    return readings, model


def quoted(reading: Reading) -> str:
    return reading.hit.document.text[reading.sentence.start : reading.sentence.end]


@pytest.mark.parametrize(
    ("asked", "text", "language", "crosses"),
    [
        pytest.param(ASKED_IN_ENGLISH, ENGLISH, "en", False, id="english"),
        pytest.param(ASKED_IN_INDONESIAN, INDONESIAN, "id", False, id="indonesian"),
        pytest.param(ASKED_IN_INDONESIAN, ENGLISH, "en", True, id="indonesian-of-english"),
        pytest.param(ASKED_IN_ENGLISH, INDONESIAN, "id", True, id="english-of-indonesian"),
        pytest.param(ASKED_IN_ENGLISH, GERMAN, "de", True, id="english-of-german"),
        pytest.param(ASKED_IN_ENGLISH, GERMAN, "en", True, id="german-taken-for-english"),
        pytest.param("Was geschah mit den Apfelbäumen im Garten?", GERMAN, "de", True, id="german-which-nobody-taught"),
    ],
)
def test_the_span_reader_reads_only_what_it_was_taught(asked: str, text: str, language: str, crosses: bool) -> None:
    readings, model = read(asked, hit_of(text, language=language))
    assert [reading.crosses for reading in readings] == [crosses, crosses]
    assert bool(model.calls[0]) is not crosses


def test_across_languages_the_sentence_most_like_the_question_comes_first_and_no_answer_is_marked() -> None:
    readings, _ = read("Apa apa apa apel apel?", hit_of("The council met. All apples are around.", language="en"))
    assert [(quoted(one), one.highlight) for one in readings] == [
        ("All apples are around.", None),
        ("The council met.", None),
    ]


def test_the_surest_comes_first_whichever_way_it_was_read() -> None:
    hits = hit_of(ENGLISH), hit_of(INDONESIAN, language="id", name="b.txt")
    for bias, crosses in ((-50.0, False), (50.0, True)):
        readings, _ = read(ASKED_IN_INDONESIAN, *hits, weights=CrossingWeights(bias=bias))
        assert readings[0].crosses is crosses
        assert [one.confidence for one in readings] == sorted((one.confidence for one in readings), reverse=True)
        assert len(readings) == 4


def test_headings_are_chosen_only_where_there_is_nothing_else() -> None:
    readings, _ = read(ASKED_IN_INDONESIAN, hit_of("# Apples\n\nThe council met.\n", name="a.md"))
    assert [quoted(one) for one in readings] == ["The council met."]
    readings, _ = read(ASKED_IN_INDONESIAN, hit_of("# The city council\n", name="a.md"))
    assert [quoted(one) for one in readings] == ["The city council"]


def test_shares_are_those_of_a_question_and_add_up_to_one() -> None:
    reader = CrossingReader(SpanReader(FakeReadingModel(), WORDS), FakeEmbedder())
    found = reader.candidates(question("apple bee"), [hit_of("Apple bee. Apple. City."), hit_of("Bee bee.")])
    assert sum(one.share for one in found) == pytest.approx(1)
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)
    assert reader.candidates(question("apple"), []) == []


def test_names_that_the_passage_lacks_make_it_less_sure() -> None:
    reader = CrossingReader(SpanReader(FakeReadingModel(), WORDS), FakeEmbedder())
    [with_name], [without] = (
        reader.candidates(question("apa kata Ana Clark?"), [hit_of(text)]) for text in ("Ana Clark came.", "Ana came.")
    )
    assert (with_name.missing, without.missing) == (0.0, 0.5)
    weights = CrossingWeights(likeness=0.0)
    assert with_name.confidence(weights) > without.confidence(weights)


def test_questions_without_hits_have_no_readings() -> None:
    reader = CrossingReader(SpanReader(FakeReadingModel(), WORDS), FakeEmbedder())
    assert reader.read([question("who?"), question("siapa?")], [[], []]) == [[], []]


def test_only_a_multilingual_model_reads_across_languages(tmp_path: Path) -> None:
    class OnlyWords:
        words = WORDS

    index: NumpyIndex = OnlyWords()  # type: ignore[assignment]
    kinds = [reader_for(FakeEmbedder(multilingual=many), FakeReadingModel(), index) for many in (False, True)]
    assert [type(one) for one in kinds] == [SpanReader, CrossingReader]
