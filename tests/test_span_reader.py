"""The trained reader takes the sentence in which the answer stands, marks the answer, and says how sure it is."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.numpy_index.word_index import WordIndex
from retrieval.reading.reader import READ_AT_ONCE
from retrieval.reading.reading_model import Calibration, ConfidenceWeights, ScoreWeights
from retrieval.reading.span_reader import (
    READ_ON_FROM,
    READ_ON_SURE,
    READ_ON_WITHIN,
    READ_WITHIN,
    SpanReader,
    rank,
)
from retrieval.text.markup import visible_parts
from retrieval.values import Document, Hit, Passage, Question, Reading
from tests.fakes import PLAIN, FakeReadingModel, quotes, sentences_of

WORDS = WordIndex.build([("Ana came. Ben left.", "en"), ("It rained.", "en")])
NOTHING = Calibration(ScoreWeights(*[0.0] * 6), ConfidenceWeights(*[0.0] * 6))


def question(text: str) -> Question:
    return Question(text, np.zeros(4, dtype=np.float32))


def hit_of(
    text: str,
    *,
    cosine: float = 0.0,
    words: float = 0.0,
    score: float = 0.0,
    name: str = "a.txt",
    title: str = "Zoo",
) -> Hit:
    document = Document(name, title, text, markdown=name.endswith(".md"))
    return Hit(Passage(0, 0, tuple(sentences_of(document))), document, cosine, words, score)


def read(
    answers: dict[str, str], *hits: Hit, asked: str = "who?", calibration: Calibration | None = None
) -> list[Reading]:
    [readings] = SpanReader(FakeReadingModel(answers, calibration), WORDS).read([question(asked)], [hits])
    return readings


def marked(reading: Reading) -> str | None:
    return reading.hit.document.text[slice(*reading.highlight)] if reading.highlight else None


# Which sentence


def test_the_sentence_with_the_answer_comes_first() -> None:
    assert quotes(read({"who?": "Ben"}, hit_of("Ana came. Ben left. It rained."))) == [
        "Ben left.",
        "Ana came.",
        "It rained.",
    ]


def test_sentences_of_all_passages_are_ranked_together() -> None:
    readings = read({"who?": "Ben"}, hit_of("Ana came."), hit_of("It rained. Then Ben left."))
    assert quotes(readings) == ["Then Ben left.", "Ana came.", "It rained."]


def test_passages_far_behind_the_best_are_not_read() -> None:
    best, near = hit_of("Ana came.", score=1.0), hit_of("It rained.", score=1.0 - READ_WITHIN)
    far = hit_of("Ben left.", score=0.99 - READ_WITHIN)
    assert quotes(read({"who?": "Ana"}, best, near, far)) == ["Ana came.", "It rained."]


def closest(score: float) -> list[Hit]:
    """Return as many passages as are read at once, all with the same score."""
    return [hit_of("Ana came.", score=score)] * READ_AT_ONCE


FARTHER = "Ben left."
ANSWERED_THERE = Calibration(ScoreWeights(*[1.0] * 6), ConfidenceWeights(1.0, 0.0, 0.0, 0.0, 0.0, 0.0))


@pytest.mark.parametrize(
    ("asked", "answer", "behind", "is_read"),
    [
        pytest.param("who?", "Ben", 0.4, True, id="where-none-that-is-closer-answers"),
        pytest.param("who?", "Ana", 0.4, False, id="not-where-one-does"),
        pytest.param("who?", "", 0.4, False, id="not-kept-where-it-does-not-answer-either"),
        pytest.param("who?", "Ben", READ_ON_WITHIN + 0.01, False, id="not-if-it-is-very-far"),
    ],
)
def test_a_passage_behind_those_that_are_read_at_once(asked: str, answer: str, behind: float, is_read: bool) -> None:
    hits = [*closest(1.0), hit_of(FARTHER, score=1.0 - behind)]
    found = read({asked: answer}, *hits, asked=asked, calibration=ANSWERED_THERE)
    assert (quotes(found)[0], FARTHER in quotes(found)) == (FARTHER if is_read else "Ana came.", is_read)


def test_one_among_the_first_that_is_far_behind_is_read_where_none_that_is_closer_answers() -> None:
    hits = hit_of("Ana came.", score=1.0), hit_of(FARTHER, score=0.99 - READ_WITHIN)
    assert quotes(read({"who?": "Ben"}, *hits, calibration=ANSWERED_THERE)) == [FARTHER, "Ana came."]


@pytest.mark.parametrize(("score", "is_read"), [(READ_ON_FROM, True), (READ_ON_FROM - 0.01, False)])
def test_no_more_is_read_where_nothing_speaks_of_the_subject(score: float, is_read: bool) -> None:
    hits = [*closest(score), hit_of(FARTHER, score=score - READ_ON_WITHIN)]
    assert (FARTHER in quotes(read({"who?": "Ben"}, *hits, calibration=ANSWERED_THERE))) is is_read


@pytest.mark.parametrize(("confidence", "is_kept"), [(READ_ON_SURE + 0.01, True), (READ_ON_SURE - 0.01, False)])
def test_what_is_read_farther_off_counts_only_if_it_is_rather_sure(confidence: float, is_kept: bool) -> None:
    odds = math.log(confidence / (1 - confidence))
    weights = replace(ANSWERED_THERE.confidence, bias=odds - 4.0)  # 4 is what the model gives for the answer
    hits = [*closest(1.0), hit_of(FARTHER, score=1.0 - READ_ON_WITHIN)]
    found = read({"who?": "Ben"}, *hits, calibration=replace(ANSWERED_THERE, confidence=weights))
    assert quotes(found)[0] == (FARTHER if is_kept else "Ana came.")


def test_of_equally_good_sentences_the_better_passages_comes_first() -> None:
    readings = read({"who?": "Ben"}, hit_of("Ben left.", cosine=0.5), hit_of("Ben came.", cosine=0.6))
    assert quotes(readings) == ["Ben came.", "Ben left."]


def test_equal_sentences_keep_the_order_of_the_passages() -> None:
    assert quotes(read({}, hit_of("Ana came. Ben left."), hit_of("It rained."))) == [
        "Ana came.",
        "Ben left.",
        "It rained.",
    ]


def test_a_heading_is_not_taken_where_there_is_a_sentence() -> None:
    assert quotes(read({"who?": "Ben"}, hit_of("## Ben\n\nAna came.\n", name="a.md"))) == ["Ana came."]


@pytest.mark.parametrize(
    "asks",
    [
        pytest.param("Did Ben leave?", id="verb"),
        pytest.param("“And where did Ben go?”", id="quoted"),
        pytest.param("Ke mana Ben pergi?", id="indonesian"),
    ],
)
def test_a_sentence_that_asks_is_not_taken_where_there_is_another(asks: str) -> None:
    assert quotes(read({"who?": "Ben"}, hit_of(f"{asks} Ana came."))) == ["Ana came."]
    assert quotes(read({"who?": "Ben"}, hit_of(asks))) == [asks]


def test_a_sentence_that_only_ends_as_a_question_does_may_be_taken() -> None:
    assert quotes(read({"who?": "Ben"}, hit_of("Ben wrote “Where now?” Ana came.")))[0] == "Ben wrote “Where now?”"


HEARING = (
    "PELL: It sank. What of Ben?\n\nLIM: Ben paid.\n\nPELL: And then?\n\nROE: Ben left.\n\nLIM: Yes.\n\nROE: No.\n"
)


def test_an_interviewer_answers_nothing_but_who_somebody_is() -> None:
    asked = "what happened to Ben?"
    assert quotes(read({asked: "sank"}, hit_of(HEARING), asked=asked)) == [
        "LIM: Ben paid.",
        "ROE: Ben left.",
        "LIM: Yes.",
        "ROE: No.",
    ]
    assert quotes(read({"who?": "sank"}, hit_of(HEARING)))[0] == "PELL: It sank."


def test_whose_words_are_asked_for_is_not_answered_by_others() -> None:
    asked = "what did Lim say about Ben?"
    assert quotes(read({asked: "left"}, hit_of(HEARING), asked=asked)) == ["LIM: Ben paid.", "LIM: Yes."]


def test_who_asks_others_is_quoted_where_their_own_words_are_asked_for() -> None:
    asked = "what did Pell say about the ship?"
    assert quotes(read({asked: "sank"}, hit_of(HEARING), asked=asked)) == ["PELL: It sank.", "PELL: And then?"]


def test_a_heading_is_taken_where_there_is_nothing_else() -> None:
    assert quotes(read({"who?": "Ben"}, hit_of("## Ben left\n", name="a.md"))) == ["Ben left"]
    assert quotes(read({"who?": "Ben"}, hit_of("# Ben left\n", name="a.md", title="Ben left"))) == ["Ben left"]


def test_a_heading_is_read_with_the_sentences() -> None:
    model = FakeReadingModel()
    SpanReader(model, WORDS).read([question("who?")], [[hit_of("## Lions\n\nBen came.\n", name="a.md")]])
    assert model.calls == [[("who?", "Zoo: Lions Ben came.")]]


def test_several_questions_are_read_in_one_call_and_each_gets_its_own() -> None:
    model = FakeReadingModel({"who?": "Ben", "when?": "May"})
    hits = [hit_of("Ana came. Ben left."), hit_of("It was in May.")]
    asked = [question("who?"), question("what?"), question("when?")]
    readings = SpanReader(model, WORDS).read(asked, [hits[:1], [], hits])
    assert [quotes(found)[:1] for found in readings] == [["Ben left."], [], ["It was in May."]]
    assert [[asked for asked, _ in call] for call in model.calls] == [["who?", "when?", "when?"]]


def test_no_questions_have_no_readings() -> None:
    assert SpanReader(FakeReadingModel(), WORDS).read([], []) == []


# How sure


def test_the_score_weighs_what_the_model_reads_the_passage_and_the_words() -> None:
    hit = hit_of("Carla rested. It was in May.", cosine=0.25, words=0.5)
    candidates = SpanReader(FakeReadingModel({"when did Ana come?": "May"}), WORDS).candidates(
        [question("when did Ana come?")], [[hit]]
    )
    weights = ScoreWeights(odds=0.5, cosine=2.0, words=1.0, own=0.0, near=0.0, kind=3.0)
    ranked = rank(candidates[0], Calibration(weights, PLAIN.confidence))
    assert [one.score for one in ranked] == [
        pytest.approx(0.5 * 4 + 2.0 * 0.25 + 1.0 * 0.5 + 3.0),
        pytest.approx(0.5 * -4 + 2.0 * 0.25 + 1.0 * 0.5 - 3.0),
    ]


def test_words_of_the_question_in_the_sentence_or_the_one_before_speak_for_it() -> None:
    weights = ScoreWeights(0.0, 0.0, 0.0, own=1.0, near=0.5, kind=0.0)
    calibration = Calibration(weights, PLAIN.confidence)
    hit = hit_of("It rained. Ana left. They met.")
    readings = read({}, hit, asked="did Ana leave?", calibration=calibration)
    assert quotes(readings) == ["Ana left.", "They met.", "It rained."]


@pytest.mark.parametrize(("words", "shared"), [(0.0, 0.0), (0.01, 1.0), (0.5, 1.0)])
def test_the_confidence_is_the_logistic_function_of_what_speaks_for_a_sentence(words: float, shared: float) -> None:
    weights = ConfidenceWeights(odds=0.5, share=0.75, cosine=2.0, shared=1.0, missing=-1.0, bias=-0.25)
    asked = "Did Ana meet Carla or Dov?"
    hit = hit_of("Ana came.", cosine=0.75, words=words)
    readings = read({asked: "Ana"}, hit, asked=asked, calibration=Calibration(PLAIN.score, weights))
    logit = 0.5 * 4 + 0.75 * 1 + 2.0 * 0.75 + 1.0 * shared - 1.0 * 2 / 3 - 0.25  # of three names, two are missing
    assert [reading.confidence for reading in readings] == [pytest.approx(1 / (1 + math.exp(-logit)))]


@given(st.floats(-1e6, 1e6))
def test_the_confidence_is_a_probability_whatever_the_odds(bias: float) -> None:
    [reading] = read({}, hit_of("Ana came."), calibration=Calibration(PLAIN.score, ConfidenceWeights(bias=bias)))
    assert 0 <= reading.confidence <= 1


def test_a_name_in_the_title_is_not_missing() -> None:
    calibration = replace(NOTHING, confidence=replace(NOTHING.confidence, missing=-1.0))
    [reading] = read({}, hit_of("It came.", title="About Ana"), asked="Did Ana come?", calibration=calibration)
    assert reading.confidence == 0.5


def shares(*hits: Hit, answer: str) -> list[float]:
    """Return the shares of the candidates of all hits, as ranked."""
    candidates = SpanReader(FakeReadingModel({"who?": answer}), WORDS).candidates([question("who?")], [hits])
    return [one.share for one in rank(candidates[0], PLAIN)]


def test_answers_share_what_all_say() -> None:
    low, high = math.exp(-4), math.exp(4)
    assert shares(hit_of("Ben left. It rained."), answer="Ben") == [
        pytest.approx(high / (high + low)),
        pytest.approx(low / (high + low)),
    ]


def test_sources_that_give_the_same_answer_do_not_take_from_each_other() -> None:
    assert shares(hit_of("Ben left."), hit_of("It was Ben."), answer="Ben") == [1.0, 1.0]


def test_an_answer_without_words_agrees_with_none() -> None:
    first, second = shares(hit_of("It \u2014 rained. Ben left."), answer="\u2014")
    assert first == pytest.approx(1 - second)
    assert second < 0.001


def test_an_answer_in_another_language_is_no_rival() -> None:
    document = Document("b.txt", "Zoo", "Hujan turun.", language="id")
    other = Hit(Passage(1, 1, tuple(sentences_of(document))), document, 0.0, 0.0, 0.0)
    assert shares(hit_of("Ben left."), other, answer="Ben") == [1.0, 1.0]


def test_what_another_document_says_takes_nothing_from_one_by_itself() -> None:
    answers = {"who?": "Ben"}
    model = Calibration(confidence=ConfidenceWeights(odds=0.0, share=1.0, bias=0.0))
    rival = hit_of("Ann came. Ben left.", name="b.txt")
    [readings] = SpanReader(FakeReadingModel(answers, model), WORDS).read([question("who?")], [[hit_of("It rained.")]])
    assert readings[0].in_document == readings[0].confidence
    [readings] = SpanReader(FakeReadingModel(answers, model), WORDS).read(
        [question("who?")], [[hit_of("It rained."), rival]]
    )
    rained = next(one for one in readings if one.text == "It rained.")
    assert rained.confidence < 0.51 < 0.73 < rained.in_document


# What is marked


def test_the_answer_is_marked_in_the_document() -> None:
    [first, second] = read({"who?": "Ben"}, hit_of("Ana came. So Ben left."))
    assert (first.highlight, marked(first)) == ((13, 16), "Ben")
    assert (second.highlight, marked(second)) == ((0, 9), "Ana came.")


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        pytest.param("It was **Ben Okri** himself.", "Ben Okri", "Ben Okri", id="bold"),
        pytest.param("It was **Ben** Okri himself.", "Ben Okri", "Ben** Okri", id="bold-in-part"),
        pytest.param("See [Ben Okri](http://a.org/Ben) there.", "Ben Okri", "Ben Okri", id="link"),
        pytest.param("Ask Smith &amp; Sons now.", "Smith & Sons", "Smith &amp; Sons", id="entity"),
        pytest.param("Ask R&amp;D now.", "R&", "R&amp;", id="entity-at-the-end"),
        pytest.param("It is 5 \\* 4 wide.", "5 * 4", "5 \\* 4", id="escaped"),
        pytest.param("Call `open()` then.", "open()", "open()", id="code"),
        pytest.param("> It was Ben\n> Okri who came.", "Ben Okri", "Ben\n> Okri", id="quoted-lines"),
        pytest.param("- It was Ben\n  Okri who came.", "Ben Okri", "Ben\n  Okri", id="list"),
    ],
)
def test_the_answer_is_marked_below_the_marks_of_markdown(text: str, answer: str, expected: str) -> None:
    [reading] = read({"who?": answer}, hit_of(text, name="a.md"))
    assert marked(reading) == expected
    assert reading.highlight is not None
    start, end = (place - reading.sentence.start for place in reading.highlight)
    sentence = text[reading.sentence.start : reading.sentence.end]
    assert visible_parts(sentence, (start, end), markdown=True)[1] == answer


def test_half_of_what_one_sign_of_the_document_stands_for_is_not_marked() -> None:
    [reading] = read({"who?": "≂"}, hit_of("It is &NotEqualTilde; b.", name="a.md"))
    assert reading.highlight is None


PIECES = st.sampled_from(
    [
        "Ana",
        "**Ben**",
        "*left*",
        "[Okri](http://a.org)",
        "&amp;",
        "&nbsp;",
        "`code`",
        "\\*",
        "<b>",
        "\n",
        "\n> ",
        "_",
        "  ",
        "x.",
        "![i](j)",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=12), st.sampled_from(["a.md", "a.txt"]), st.data())
def test_a_highlight_lies_in_its_sentence_and_shows_the_answer(
    pieces: list[str], name: str, data: st.DataObject
) -> None:
    hit = hit_of(" ".join(pieces), name=name)
    sentences = hit.passage.sentences
    if not sentences:
        return
    text = hit.document.text
    sentence = data.draw(st.sampled_from(sentences))
    seen = "".join(visible_parts(text[sentence.start : sentence.end], None, markdown=name == "a.md"))
    start = data.draw(st.integers(0, len(seen) - 1))
    answer = seen[start : data.draw(st.integers(start + 1, len(seen)))].strip()
    for reading in read({"who?": answer}, hit):
        quote = text[reading.sentence.start : reading.sentence.end]
        whole = "".join(visible_parts(quote, None, markdown=name == "a.md"))
        if name == "a.txt":
            assert reading.highlight is not None
        if reading.highlight is not None:
            first, end = reading.highlight
            assert reading.sentence.start <= first < end <= reading.sentence.end
            span = first - reading.sentence.start, end - reading.sentence.start
            shown = visible_parts(quote, span, markdown=name == "a.md")[1]
            assert shown == (answer if answer and answer in whole else whole)
