"""Which kind of thing a question asks for is told, and whether a sentence has it."""

import pytest

from retrieval.questions.kinds import asked_kind_is_there, asks_number, asks_who, whose_words


@pytest.mark.parametrize(
    ("question", "sentence", "there"),
    [
        pytest.param("When did they meet?", "They met in 2022.", 1, id="year"),
        pytest.param("When did they meet?", "They met on Monday.", 1, id="weekday"),
        pytest.param("How many people died?", "Fifteen people were killed.", 1, id="fifteen"),
        pytest.param("How many people died?", "Twenty people died.", 1, id="twenty"),
        pytest.param("How many people died?", "Dozens of people died.", 1, id="dozens"),
        pytest.param("How many people died?", "People died in the tents.", -1, id="tents"),
        pytest.param("Berapa rumah rusak?", "Seratus rumah rusak.", 1, id="seratus"),
        pytest.param("Berapa warga mengungsi?", "Ratusan warga mengungsi.", 1, id="ratusan"),
        pytest.param("When did they meet?", "They met in JUNE.", 1, id="month"),
        pytest.param("When was it built?", "It is of the 12th century.", 1, id="century"),
        pytest.param("When did they meet?", "They met at noon.", -1, id="no-date"),
        pytest.param("When did they meet?", "They met 300 people.", -1, id="a-number-is-no-date"),
        pytest.param("When may they ask?", "Passengers may ask at any desk.", -1, id="may-that-allows"),
        pytest.param("When did they meet?", "They met in May.", 1, id="may"),
        pytest.param("When did they meet?", "They began to march.", -1, id="march-on-foot"),
        pytest.param("When did they meet?", "They met on 5 Nov.", 1, id="month-cut-short"),
        pytest.param("When did they meet?", "They met on Sept. 12th.", 1, id="month-cut-short-before-the-day"),
        pytest.param("When did they meet?", "They met in a dec and a jan.", -1, id="month-cut-short-without-a-day"),
        pytest.param("Kapan mereka bertemu?", "Mereka bertemu (17/8).", 1, id="day-and-month-in-figures"),
        pytest.param("When did they meet?", "They met on 5/8/22.", 1, id="date-in-figures"),
        pytest.param("When did they meet?", "Of them, 2/3 met.", -1, id="fraction"),
        pytest.param("Who led the agency when the flood came?", "Dr. Lee did.", 0, id="when-that-joins"),
        pytest.param("In Bali, when did they meet?", "In 2002.", 1, id="when-after-a-comma"),
        pytest.param("Who met and when did they?", "In 2002.", 1, id="when-after-and"),
        pytest.param("Do you know when they met?", "In 2002.", 1, id="when-after-know"),
        pytest.param("They met when?", "In 2002.", 1, id="when-at-the-end"),
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
        pytest.param("How many died in 2015?", "5 people died, not 15.", 1, id="a-part-of-the-same-number"),
        pytest.param("How many died in 2015?", "The flood came in 2015.", -1, id="the-same-number-at-the-end"),
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


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("How many houses were damaged in week 3?", True),
        ("Berapa rumah rusak?", True),
        ("Which houses were damaged in week 3?", False),
        ("What year did 3 houses burn?", False),
    ],
)
def test_a_question_asks_for_a_number_whatever_numbers_it_has(question: str, asks: bool) -> None:
    assert asks_number(question) == asks


@pytest.mark.parametrize(
    ("question", "for_who"),
    [
        ("When does it open for those who paid?", False),
        ("How many of the people who came were paid?", False),
        ("In 2022 who led it?", True),
        ("The meeting was led by whom?", True),
        ("Tell me who was there", True),
    ],
)
def test_who_asks_where_it_does_not_only_go_on(question: str, *, for_who: bool) -> None:
    assert asks_who(question) is for_who


def test_the_who_is_a_body_and_asks_nothing() -> None:
    question = "What did the WHO say about cholera?"
    assert (whose_words(question), asks_who(question), asks_who("Who leads the WHO?")) == ("the WHO", False, True)
