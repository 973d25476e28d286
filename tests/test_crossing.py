"""Across languages, likeness and what is read choose a sentence together; in one language, the span reader reads."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.index.numpy_index.word_index import WordIndex
from retrieval.reading.crossing import (
    OTHERS,
    READ_ACROSS,
    TAUGHT,
    CrossingConfidence,
    CrossingReader,
    CrossingScore,
    CrossingWeights,
    rank,
    reader_for,
)
from retrieval.reading.span_reader import SpanReader
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


ANSWERS = {ASKED_IN_ENGLISH: "cut down", ASKED_IN_INDONESIAN: "ditebang"}


def reader(answers: dict[str, str] | None = None, weights: CrossingWeights = TAUGHT) -> CrossingReader:
    return CrossingReader(SpanReader(FakeReadingModel(answers), WORDS), FakeEmbedder(), weights)


def read(asked: str, *hits: Hit, weights: CrossingWeights = TAUGHT, answers: dict[str, str] = ANSWERS) -> list[Reading]:
    [readings] = reader(answers, weights).read([question(asked)], [hits])
    return readings


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
def test_what_the_span_reader_cannot_read_alone_crosses(asked: str, text: str, language: str, crosses: bool) -> None:
    readings = read(asked, hit_of(text, language=language))
    assert [reading.crosses for reading in readings] == [crosses, crosses]


APPLES = "Apa apa apa apel apel?"
COUNCIL = "The council met. All apples are around."
READS = replace(TAUGHT, score=replace(TAUGHT.score, likeness=0.1, odds=1.0))


def test_across_languages_the_sentence_most_like_the_question_comes_first_if_the_model_reads_no_answer() -> None:
    readings = read(APPLES, hit_of(COUNCIL))
    assert [(quoted(one), one.highlight) for one in readings] == [
        ("All apples are around.", None),
        ("The council met.", None),
    ]


def test_across_languages_the_sentence_in_which_the_model_reads_an_answer_comes_first_and_it_is_marked() -> None:
    readings = read(APPLES, hit_of(COUNCIL), weights=READS, answers={APPLES: "council"})
    assert [(quoted(one), one.highlight) for one in readings] == [
        ("The council met.", (4, 11)),
        ("All apples are around.", None),
    ]


def test_in_a_language_that_the_model_was_not_taught_likeness_alone_counts_and_no_answer_is_marked() -> None:
    asked = "Was geschah mit den Apfelbäumen im Garten?"
    orders = [
        [
            (quoted(one), one.highlight)
            for one in read(asked, hit_of(GERMAN, language="de"), weights=READS, answers=answers)
        ]
        for answers in ({asked: "Apfelbäume"}, {asked: "Sitzung"})
    ]
    assert orders[0] == orders[1]
    assert {mark for _, mark in orders[0]} == {None}


def test_a_passage_in_another_language_beside_it_makes_a_sentence_no_less_sure() -> None:
    indonesian, german = hit_of(INDONESIAN, language="id"), hit_of(GERMAN, language="de", name="b.txt")
    alone = read(ASKED_IN_ENGLISH, indonesian)
    beside = read(ASKED_IN_ENGLISH, indonesian, german)
    assert [one for one in beside if one.hit == indonesian] == alone
    assert len(beside) == 4


def test_the_surest_comes_first_whichever_way_it_was_read() -> None:
    hits = hit_of(ENGLISH), hit_of(INDONESIAN, language="id", name="b.txt")
    for bias, crosses in ((-50.0, False), (50.0, True)):
        weights = replace(TAUGHT, confidence=replace(TAUGHT.confidence, bias=bias))
        readings = read(ASKED_IN_INDONESIAN, *hits, weights=weights)
        assert readings[0].crosses is crosses
        assert [one.confidence for one in readings] == sorted((one.confidence for one in readings), reverse=True)
        assert len(readings) == 4


def test_of_passages_in_another_language_fewer_are_read() -> None:
    hits = [hit_of(COUNCIL, name=f"{number}.txt") for number in range(READ_ACROSS + 1)]
    assert {one.hit.document.id for one in read(APPLES, *hits)} == {hit.document.id for hit in hits[:READ_ACROSS]}


def test_headings_are_chosen_only_where_there_is_nothing_else() -> None:
    readings = read(ASKED_IN_INDONESIAN, hit_of("# Apples\n\nThe council met.\n", name="a.md"))
    assert [quoted(one) for one in readings] == ["The council met."]
    readings = read(ASKED_IN_INDONESIAN, hit_of("# The city council\n", name="a.md"))
    assert [quoted(one) for one in readings] == ["The city council"]


def test_score_share_and_confidence_are_what_is_weighed() -> None:
    [found] = reader({APPLES: "council"}).candidates([question(APPLES)], [[hit_of(COUNCIL)]])
    first, second = rank(found, CrossingScore(likeness=0.5, odds=0.25))
    scores = [0.5 * one.candidate.likeness + 0.25 * one.candidate.read.reading.odds for one in (first, second)]
    assert [first.score, second.score] == pytest.approx(scores)
    assert first.score > second.score
    assert first.share == pytest.approx(1 / (1 + math.exp(second.score - first.score)))
    assert first.share + second.share == pytest.approx(1)
    logit = 0.5 * first.score + 2.0 * first.share - 1.0 * 0.0 - 1.5
    assert first.confidence(CrossingConfidence(0.5, 2.0, -1.0, -1.5)) == pytest.approx(1 / (1 + math.exp(-logit)))
    assert rank([], TAUGHT.score) == []


def test_names_that_the_passage_lacks_make_it_less_sure() -> None:
    asked = question("apa kata Ana Clark?")
    found = reader().candidates([asked, asked], [[hit_of("Ana Clark came.")], [hit_of("Ana came.")]])
    assert [one.read.cues.missing for [one] in found] == [0.0, 0.5]
    confidences = [rank(one, OTHERS.score)[0].confidence(CrossingConfidence(0.0, 0.0, -2.0, 0.0)) for one in found]
    assert confidences == [0.5, pytest.approx(1 / (1 + math.e))]


def test_questions_without_hits_have_no_readings() -> None:
    assert reader().read([question("who?"), question("siapa?")], [[], []]) == [[], []]


def test_only_a_multilingual_model_reads_across_languages(tmp_path: Path) -> None:
    class OnlyWords:
        words = WORDS

    index: NumpyIndex = OnlyWords()  # type: ignore[assignment]
    kinds = [reader_for(FakeEmbedder(multilingual=many), FakeReadingModel(), index) for many in (False, True)]
    assert [type(one) for one in kinds] == [SpanReader, CrossingReader]
