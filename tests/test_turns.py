"""What a follow-up makes of what was read for it, and what the next may go on from."""

from dataclasses import replace
from typing import Any

import pytest

from retrieval.answers.turns import chosen, fitting, meant, told_as, turn_after
from retrieval.questions.variant import Variant
from retrieval.values import Answer, Citation, Document, Hit, Passage, Reading, Sentence, Turn

TEXT = "Indonesia founded it in 2002 in Bali."
BEFORE = Turn("When founded it?", "2002", "About it", frozenset([TEXT]), earlier=("Indonesia",), document="a.txt")


def reading(marked: str, id: str = "a.txt") -> Reading:
    sentence = Sentence(0, len(TEXT))
    begin = TEXT.index(marked)
    hit = Hit(Passage(0, 0, (sentence,)), Document(id, "About it", TEXT), 0.5, 0.5, 1.0)
    return Reading(hit, sentence, 0.9, (begin, begin + len(marked)))


def answered(question: str, marked: str, understood: str = "") -> Answer:
    one = reading(marked)
    citation = Citation(1, TEXT, 0, len(TEXT), one.hit.document, one.highlight)
    return Answer(question, (citation,), (), 0.9, 0.1, understood=understood)


def test_of_what_is_about_as_sure_the_likelier_is_chosen() -> None:
    found = [Variant("How many deaths in Wick?"), Variant("How many cases in deaths?")]
    assert chosen(found, [0.9, 0.91], 0.45) == 0
    assert chosen(found, [0.6, 0.91], 0.45) == 1
    assert chosen([replace(one, goes_on=True) for one in found], [0.9, 0.91], 0.45) == 1


def test_what_a_follow_up_was_taken_for_is_told_in_short() -> None:
    told = told_as(Variant(f"who said: {TEXT * 20}"), "who said that?", BEFORE)
    assert told.startswith("who said: Indonesia founded it")
    assert len(told) <= 150


def test_a_bare_phrase_in_the_document_before_has_to_be_as_sure_as_in_the_place_of_another() -> None:
    found = [Variant("Q3 2025?", here=True, doubtful=True), Variant("Profit in Q3 2025?", about="2025")]
    assert chosen(found, [0.8, 0.9], 0.45) == 1
    assert chosen(found, [0.9, 0.8], 0.45) == 0
    assert chosen([replace(found[0], doubtful=False), found[1]], [0.8, 0.9], 0.45) == 0


def test_of_a_sentence_that_was_marked_whole_a_part_is_new() -> None:
    before = replace(BEFORE, answer=TEXT.rstrip("."), earlier=(), cited=TEXT)
    variant = Variant("When founded it?", goes_on=True)
    assert fitting([reading("2002")], variant, before, 0.45)
    assert not fitting([reading(TEXT.rstrip("."))], variant, before, 0.45)


def test_the_name_of_a_column_is_spoken_of_in_its_rows() -> None:
    text = "What | Q3 2025\nProfit | 91"
    row = Sentence(text.index("Profit"), len(text))
    passage = Passage(0, 0, (Sentence(0, row.start - 1), row))
    one = Reading(Hit(passage, Document("a.txt", "", text), 0.5, 0.5, 1.0), row, 0.9)
    assert meant([one], Variant("", about="Q3 2025"), BEFORE) == [one]
    assert meant([one], Variant("", about="Q3 2024"), BEFORE) == []


def test_what_takes_the_place_of_its_like_is_meant_before_what_was_only_added() -> None:
    found = [Variant("How many injured?", like=True), Variant("How many are missing injured?", pieced=True)]
    assert chosen(found, [0.6, 0.91], 0.45) == 0
    assert chosen(found, [0.4, 0.91], 0.45) == 1
    assert chosen([replace(found[0], like=False), found[1]], [0.6, 0.91], 0.45) == 1
    assert chosen([found[0], Variant("injured, Report?")], [0.6, 0.91], 0.45) == 1


@pytest.mark.parametrize(
    ("about", "text", "spoken_of"),
    [
        ("6.2", "The magnitude 6.2 quake killed nine.", True),
        ("6.2", "The magnitude 5.8 quake killed nine.", False),
        ("U.S.", "The US sent nine.", True),
        ("Rp1,2 miliar", "Ia menerima Rp 1,2 miliar.", True),
        ("Rp1,2 miliar", "Ia menerima Rp1,5 miliar.", False),
    ],
)
def test_what_takes_the_place_of_another_has_to_be_spoken_of(about: str, text: str, spoken_of: bool) -> None:
    sentence = Sentence(0, len(text))
    one = Reading(Hit(Passage(0, 0, (sentence,)), Document("a.txt", "", text), 0.5, 0.5, 1.0), sentence, 0.9)
    assert bool(meant([one], Variant("", about=about), BEFORE)) == spoken_of


@pytest.mark.parametrize(("marked", "fits"), [("Bali", True), ("2002", False), ("Indonesia", False)])
def test_what_any_turn_of_the_talk_has_marked_is_nothing_new(marked: str, fits: bool) -> None:
    assert bool(fitting([reading(marked)], Variant("Where founded it?", goes_on=True), BEFORE, 0.45)) == fits


@pytest.mark.parametrize(
    ("alone", "here", "other", "best"),
    [
        pytest.param(0.6, 0.5, 0.9, 1, id="found-here"),
        pytest.param(0.9, 0.8, 0.9, 1, id="surely-found-here"),
        pytest.param(0.9, 0.5, 0.5, 0, id="surely-found-elsewhere"),
        pytest.param(0.9, 0.4, 0.4, 0, id="found-elsewhere"),
        pytest.param(0.4, 0.4, 0.9, 2, id="found-as-another-question"),
        pytest.param(0.4, 0.1, 0.4, 1, id="not-found"),
    ],
)
def test_the_document_before_comes_first_also_where_nothing_is_found(
    alone: float, here: float, other: float, best: int
) -> None:
    found = [Variant("How much?", alone=True), Variant("How much?", here=True), Variant("How much, About it?")]
    assert chosen(found, [alone, here, other], 0.45) == best


@pytest.mark.parametrize(("confidence", "best"), [(0.9, 0), (0.6, 1)])
def test_what_stands_in_the_document_before_has_to_be_surer_where_another_thing_may_be_meant(
    confidence: float, best: int
) -> None:
    found = [Variant("What about Laos?", here=True, doubtful=True), Variant("When did Laos join?")]
    assert chosen(found, [confidence, 0.5], 0.45) == best


@pytest.mark.parametrize(
    ("title", "confidence", "best"), [("About it", 0.9, 0), ("About it", 0.6, 1), ("Another report", 0.6, 0)]
)
def test_the_words_of_a_title_make_nothing_an_answer(title: str, confidence: float, best: int) -> None:
    found = [Variant("How much, About it?"), Variant("How much Bali?")]
    assert chosen(found, [confidence, 0.5], 0.45, replace(BEFORE, title=title)) == best


def test_of_what_does_not_count_what_is_likest_is_shown() -> None:
    found = [Variant("How much?"), Variant("How much, About it?"), Variant("How many, About it?")]
    assert chosen(found, [0.0, 0.3, 0.6], 0.45, BEFORE) == 1


@pytest.mark.parametrize(
    ("variant", "said", "fits"),
    [
        pytest.param(Variant("How old is she, About it?"), "Ana Lim is 47.", True, id="of-whom-was-named"),
        pytest.param(Variant("How old is she, About it?"), "Bo Roe is 47.", False, id="of-another"),
        pytest.param(Variant("How old is she is chair?", goes_on=True), "Bo Roe is 47.", False, id="asked-again"),
        pytest.param(Variant("umurnya, About it?"), "Bo Roe is 47.", False, id="by-an-ending"),
        pytest.param(Variant("How old is it, About it?"), "Bo Roe is 47.", True, id="of-a-thing"),
        pytest.param(Variant("How old is she Ana Lim?"), "Bo Roe is 47.", True, id="with-a-name"),
    ],
)
def test_beside_a_title_a_pronoun_means_whom_the_answer_named(variant: Variant, said: str, *, fits: bool) -> None:
    sentence = Sentence(0, len(said))
    one = Reading(Hit(Passage(0, 0, (sentence,)), Document("a.txt", "About it", said), 0.5, 0.5, 1.0), sentence, 0.9)
    before = replace(BEFORE, question="Who is chair?", answer="the engineer Ana Lim", earlier=())
    assert bool(fitting([one], variant, before, 0.45)) is fits


@pytest.mark.parametrize("doubtful", [True, False])
def test_what_may_well_not_go_on_is_not_answered_with_what_was_said(doubtful: bool) -> None:
    assert (
        bool(fitting([reading("Bali")], Variant("Which island, About it?", doubtful=doubtful), BEFORE, 0.45))
        != doubtful
    )


@pytest.mark.parametrize(("id", "fits"), [("a.txt", True), ("another-of-that-title.txt", False)])
def test_whom_a_pronoun_means_is_looked_for_in_the_document_before(id: str, fits: bool) -> None:
    variant = Variant("When did she die?", alone=True, same_document=True)
    assert bool(fitting([reading("2002", id)], variant, BEFORE, 0.45)) == fits
    assert fitting([reading("2002", id)], variant, replace(BEFORE, document=""), 0.45)
    assert fitting([reading("2002", id)], replace(variant, same_document=False), BEFORE, 0.45)


@pytest.mark.parametrize(
    ("id", "confidence", "threshold", "answers"),
    [
        pytest.param("a.txt", 0.5, 0.45, True, id="there"),
        pytest.param("another.txt", 0.72, 0.45, False, id="elsewhere"),
        pytest.param("another.txt", 0.73, 0.45, True, id="surely-elsewhere"),
        pytest.param("another.txt", 0.73, 0.6, False, id="another-threshold"),
    ],
)
def test_what_is_likely_meant_in_the_document_before_has_to_be_surer_in_another(
    id: str, confidence: float, threshold: float, answers: bool
) -> None:
    variant = Variant("how many bid for it?", alone=True, likely_there=True)
    found = replace(reading("2002", id), confidence=confidence)
    assert [one.confidence for one in fitting([found], variant, BEFORE, threshold)] == [confidence if answers else 0.0]
    for before in (replace(BEFORE, said=frozenset()), replace(BEFORE, document="")):
        assert fitting([found], variant, before, threshold) == [found]


def test_what_another_document_says_otherwise_stays_beside_what_is_sure() -> None:
    variant = Variant("how many bid for it?", alone=True, likely_there=True)
    found = [reading("2002", "another.txt"), replace(reading("2002", "third.txt"), confidence=0.6)]
    assert fitting(found, variant, BEFORE, 0.45) == found


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        ("who founded the Bali Process?", "And where?", "who founded the Bali Process? And where?"),
        ("who founded the Bali Process", "Where?! Thanks!", "who founded the Bali Process? Where?"),
        ("Tell me about the Bali Process.", "where", "Tell me about the Bali Process. where?"),
        ("who founded it?", "And where?", "who founded it? And where? (About it)"),
        (f"{'I am a student. ' * 10}who founded it?", "And where?", "where founded it?"),
    ],
)
def test_what_else_is_asked_of_the_same_is_told_after_what_was_asked_before(before: str, asked: str, told: str) -> None:
    variant = Variant("where founded it?", goes_on=True)
    assert told_as(variant, asked, replace(BEFORE, question=before)) == told


def test_a_turn_keeps_the_marked_answers_that_it_goes_on_from() -> None:
    first = turn_after(answered("Who founded it?", "Indonesia"))
    second = turn_after(answered("When?", "2002", "When founded it?"), first)
    third = turn_after(answered("Where?", "Bali", "Where founded it?"), second)
    assert (third.answer, third.earlier) == ("Bali", ("2002", "Indonesia"))
    assert turn_after(answered("Who founded Rome?", "Bali"), second).earlier == ()


@pytest.mark.parametrize(
    ("question", "kept"),
    [("Why?", True), ("When did she die?", True), ("Who founded Rome?", False), ("Did Rome pay for it?", False)],
)
def test_one_follow_up_without_an_answer_does_not_end_the_talk(question: str, kept: bool) -> None:
    assert (turn_after(Answer(question, (), (), 0.1, 0.1), BEFORE) == BEFORE) == kept


@pytest.mark.parametrize(
    ("question", "id", "kept"),
    [
        pytest.param("Was there a dinner?", "a.txt", True, id="of-the-same"),
        pytest.param("Was there a dinner?", "another-of-that-title.txt", False, id="another-document"),
        pytest.param("Was there a dinner in Rome?", "a.txt", False, id="with-a-name"),
        pytest.param("Did the ministers also meet for a long dinner on that day?", "a.txt", False, id="long"),
    ],
)
def test_what_was_found_outlives_a_question_about_it_that_finds_nothing(question: str, id: str, kept: bool) -> None:
    related = Citation(1, TEXT, 0, len(TEXT), Document(id, "About it", TEXT))
    assert (turn_after(Answer(question, (), (related,), 0.1, 0.1), BEFORE) == BEFORE) == kept


def test_a_slip_does_not_make_a_question_go_on_from_before() -> None:
    turn = turn_after(replace(answered("Who fuonded Rome?", "Bali"), spelt="Who founded Rome?"), BEFORE)
    assert turn == turn_after(answered("Who founded Rome?", "Bali"), BEFORE)
    assert (turn.question, turn.said, turn.earlier) == ("Who founded Rome?", frozenset([TEXT]), ())


@pytest.mark.parametrize("nothing", [{"said": frozenset()}, {"document": ""}])
def test_a_question_that_finds_nothing_takes_the_place_of_one_that_found_nothing(nothing: dict[str, Any]) -> None:
    before = replace(BEFORE, **nothing)
    related = Citation(1, TEXT, 0, len(TEXT), Document("a.txt", before.title, TEXT))
    missed = Answer("Was there a dinner?", (), (related,), 0.1, 0.1)
    assert turn_after(missed, before).question == "Was there a dinner?"


@pytest.mark.parametrize(
    ("asked", "understood", "kept"),
    [
        pytest.param("Hello, who founded it?", "", "who founded it?", id="as-it-is-read"),
        pytest.param("WHO FOUNDED IT THEN?", "", "who founded it then?", id="capitals"),
        pytest.param("I write. Who founded it?", "Who founded it?", "Who founded it?", id="as-it-was-understood"),
    ],
)
def test_the_next_question_goes_on_from_what_was_read(asked: str, understood: str, kept: str) -> None:
    assert turn_after(answered(asked, "Indonesia", understood)).question == kept


@pytest.mark.parametrize(
    ("understood", "question", "told"),
    [
        pytest.param("Any deaths, About it?", "Any deaths?", "Any deaths? (About it)", id="the-title"),
        pytest.param("who led it Bali?", "And who led it?", "who led it? (Bali)", id="a-name"),
        pytest.param("How old is Bali?", "How old is it?", "How old is Bali?", id="in-its-place"),
    ],
)
def test_what_was_added_to_a_follow_up_is_told_in_brackets(understood: str, question: str, told: str) -> None:
    before = replace(BEFORE, question="When was Bali founded?")
    assert told_as(Variant(understood), question, before) == told


@pytest.mark.parametrize(
    ("question", "text", "document", "goes_on"),
    [
        pytest.param("kenapa ditunda?", "Rapat ditunda karena hujan.", "b.txt", False, id="of-something-else"),
        pytest.param(
            "kenapa ditunda?", "Sidang kapal ditunda karena hujan.", "b.txt", True, id="with-a-word-of-before"
        ),
        pytest.param("kenapa ditunda?", "Rapat ditunda karena hujan.", "c.txt", True, id="of-a-document-cited-before"),
        pytest.param("alasannya apa?", "Harga naik karena hujan.", "b.txt", False, id="whose-it-is"),
        pytest.param("why was it postponed?", "The rain came.", "b.txt", False, id="a-verb-of-English"),
        pytest.param("how many in 2024?", "It sent 40 in 2024.", "b.txt", False, id="a-year"),
        pytest.param("kok naik?", "Harga naik karena hujan.", "b.txt", False, id="a-verb-without-prefix"),
        pytest.param("kenapa ditunda?", "Rapat Kamis ditunda.", "b.txt", False, id="with-the-day-that-answered"),
        pytest.param("berapa korban?", "Korban 45 orang.", "b.txt", True, id="with-a-noun-of-its-own"),
        pytest.param("siapa tersangka?", "Tersangka itu Bo.", "b.txt", True, id="a-noun-that-looks-like-a-verb"),
    ],
)
def test_a_question_without_a_noun_goes_on_from_what_was_spoken_of(
    question: str, text: str, document: str, goes_on: bool
) -> None:
    before = Turn("kapan sidang kapal?", "Kamis", said=frozenset(["x"]), documents=frozenset(["a.txt", "c.txt"]))
    sentence = Sentence(0, len(text))
    hit = Hit(Passage(0, 0, (sentence,)), Document(document, "", text, language="id"), 0.5, 0.5, 1.0)
    [found] = fitting([Reading(hit, sentence, 0.6)], Variant(question, alone=True), before, 0.45)
    assert bool(found.confidence) == goes_on
