"""Sources agree where the words of their answers do, and are cited in an order that shows it."""

from dataclasses import replace

import pytest

from retrieval.answers.agreement import cited_together, same_answer
from retrieval.text.dates import dates_tell
from retrieval.values import Document, Hit, Passage, Reading, Sentence

TEXT = "It was {} then."


def reading(answer: str, *, id: str = "a.txt", language: str = "en", date: str | None = None) -> Reading:
    """Make a reading of "It was ... then." with the answer marked."""
    text = TEXT.format(answer)
    sentence = Sentence(0, len(text))
    document = Document(id, "T", text, markdown=id.endswith(".md"), language=language, date=date)
    hit = Hit(Passage(0, 0, (sentence,)), document, 0.5, 0.5, 1.25)
    return Reading(hit, sentence, 0.9, (7, 7 + len(answer)))


def unmarked(text: str) -> Reading:
    sentence = Sentence(0, len(text))
    return Reading(Hit(Passage(0, 0, (sentence,)), Document("a.txt", "T", text), 0.5, 0.5, 1.25), sentence, 0.9)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("Jakarta", "JAKARTA", True, id="case"),
        pytest.param("Jakarta", "Paris", False, id="different"),
        pytest.param("the Plan", "a plan", True, id="article"),
        pytest.param("a \u201cplan\u201d", "plan,", True, id="punctuation"),
        pytest.param("the 14 February 2022", "2022", True, id="contained"),
        pytest.param("2022", "on 14 February 2022", True, id="contains"),
        pytest.param("14 February 2022", "February 14, 2022", True, id="other-order"),
        pytest.param("14 February", "14 every February", False, id="words-between"),
        pytest.param("2 May", "the 2nd of May", True, id="of-between"),
        pytest.param("5.400 orang", "5.400 jiwa", True, id="counted-people"),
        pytest.param("15 km", "15 kilometres", True, id="kilometres"),
        pytest.param("15 km", "15 kg", False, id="two-measures"),
        pytest.param("3 billion pounds", "£3bn", True, id="pounds"),
        pytest.param("12m euros", "€12m", True, id="million-euros"),
        pytest.param("24 sailors", "two dozen sailors", True, id="dozen"),
        pytest.param("calon gubernur", "gubernur", False, id="candidate-in-indonesian"),
        pytest.param("president elect", "president", False, id="elect"),
        pytest.param("below 30", "30", False, id="below"),
        pytest.param("the bridge over the Kolm", "the bridge", True, id="over-no-number"),
        pytest.param("President-elect Ana Lim", "Ana Lim", True, id="elect-with-a-name"),
        pytest.param("art", "party", False, id="part-of-a-word"),
        pytest.param("1,200 people", "1.200 people", True, id="thousands"),
        pytest.param("12,345,678 people", "12.345.678 people", True, id="millions-with-signs"),
        pytest.param("$1,500m", "1,500 million dollars", True, id="thousands-before-a-unit"),
        pytest.param("0.125 percent", "125 percent", False, id="three-decimals"),
        pytest.param("0,125 persen", "0.125 percent", True, id="three-decimals-in-two-signs"),
        pytest.param("Rp 0,250", "Rp 250", False, id="three-decimals-of-a-currency"),
        pytest.param("1234.567", "1234567", False, id="three-decimals-after-four-digits"),
        pytest.param("1234.567", "1,234.567", True, id="three-decimals-after-thousands"),
        pytest.param("1.234,567", "1,234.567", True, id="three-decimals-after-thousands-in-two-signs"),
        pytest.param("1,234.567", "1,234,567", False, id="thousands-in-one-sign"),
        pytest.param("1,23,456", "123456", False, id="groups-of-two"),
        pytest.param("1.234.56", "1234.56", False, id="a-last-group-of-two"),
        pytest.param("3.5", "35", False, id="decimals"),
        pytest.param("3.5", "3", False, id="part-of-a-number"),
        pytest.param("\ufb01ve", "five", True, id="ligature"),
        pytest.param("\u2014", "Paris", None, id="no-words"),
        pytest.param("guilty", "not guilty", False, id="negation"),
        pytest.param("disetujui", "tidak disetujui", False, id="negation-in-indonesian"),
        pytest.param("5", "5 million", False, id="millions"),
        pytest.param("5 million", "about 5 million", True, id="about"),
        pytest.param("5.2%", "5.2 percent", True, id="percent"),
        pytest.param("5,2 persen", "5,2 per cent", True, id="percent-in-words"),
        pytest.param("Rp5 triliun", "Rp 5 triliun", True, id="currency-apart"),
        pytest.param("$5 million", "€5 million", False, id="two-currencies"),
        pytest.param("$5 million", "5 million", True, id="currency-left-out"),
        pytest.param("3-1", "1-3", False, id="scores"),
        pytest.param("3–1", "3-1", True, id="dashes"),
        pytest.param("from 2 to 5", "from 5 to 2", False, id="numbers-in-another-order"),
        pytest.param("-2.5 percent", "2.5 percent", False, id="minus"),
        pytest.param("fewer than 200", "200", False, id="fewer"),
        pytest.param("three people", "3 people", True, id="numbers-in-words"),
        pytest.param("dua orang", "2 orang", True, id="numbers-in-indonesian-words"),
        pytest.param("$5 million", "5 million dollars", True, id="dollars"),
        pytest.param("$3.5 million", "USD 3.5m", True, id="dollars-in-code"),
        pytest.param("5 million", "5,000,000", True, id="millions-written-out"),
        pytest.param("1,5 juta", "1.500.000", True, id="juta-written-out"),
        pytest.param("1,5 juta", "1.5 juta", True, id="decimal-signs"),
        pytest.param("3 hundred thousand", "300,000", True, id="hundred-thousand"),
        pytest.param("5 million", "5 billion", False, id="millions-and-billions"),
        pytest.param("200", "two hundred and five", False, id="more-hundreds"),
        pytest.param("205", "two hundred and five", True, id="hundreds-and-units"),
        pytest.param("5 million", "5 million 300 thousand", False, id="more-millions"),
        pytest.param("Rp2 miliar 500 juta", "Rp2.500.000.000", True, id="miliar-and-juta"),
        pytest.param("dua juta lima ratus ribu", "2,5 juta", True, id="words-and-figures"),
        pytest.param("2", "dua belas", False, id="belas"),
        pytest.param("12", "dua belas", True, id="belas-written-out"),
        pytest.param("25 orang", "dua puluh lima orang", True, id="puluh"),
        pytest.param("1", "twenty-one", False, id="twenty-one"),
        pytest.param("21", "twenty-one", True, id="twenty-one-written-out"),
        pytest.param("3", "three quarters", False, id="quarters"),
        pytest.param("520", "lima ratus dua puluh", True, id="ratus-and-puluh"),
        pytest.param("1.500", "seribu lima ratus", True, id="seribu"),
        pytest.param("345,000", "three hundred and forty five thousand", True, id="hundreds-of-thousands"),
        pytest.param("2 and 3", "23", False, id="two-numbers"),
        pytest.param("20 5", "25", False, id="two-figures"),
        pytest.param("28 Nov.", "28 November", True, id="month-cut-short"),
        pytest.param("28 November", "28 December", False, id="two-months"),
        pytest.param("the U.S.", "US", True, id="full-stops"),
        pytest.param("dijawab", "tak dijawab", False, id="negation-as-newspapers-write-it"),
        pytest.param("tiada korban", "korban", False, id="tiada"),
        pytest.param("the Deputy Foreign Minister", "the Foreign Minister", False, id="deputy"),
        pytest.param("Wakil Presiden", "Presiden", False, id="wakil"),
        pytest.param("mantan menteri", "menteri", False, id="mantan"),
        pytest.param("former minister", "minister", False, id="former"),
        pytest.param("all except Fiji", "all", False, id="except"),
        pytest.param("semua selain Fiji", "semua", False, id="selain"),
        pytest.param("ratusan orang", "orang", False, id="ratusan"),
        pytest.param("thousands of people", "people", False, id="thousands-of"),
        pytest.param("A$5 million", "$5 million", False, id="other-dollars"),
        pytest.param("A$5 million", "US$5 million", False, id="two-dollars"),
        pytest.param("a $5 million plan", "$5 million plan", True, id="article-before-a-sum"),
        pytest.param("US$5 million", "$5m", True, id="dollars-of-america"),
        pytest.param("5 juta dolar AS", "$5 mn", True, id="dolar-as"),
        pytest.param("USD 5 billion", "5bn U.S. dollars", True, id="usd"),
        pytest.param("5 m", "5 million", False, id="metres"),
        pytest.param("Rp10rb", "Rp10.000", True, id="rb"),
        pytest.param("IDR 10 jt", "10 juta rupiah", True, id="jt"),
        pytest.param("Rp2,5 M", "Rp2.500.000.000", True, id="miliar-cut-short"),
        pytest.param("A million", "1 million", True, id="a-million"),
        pytest.param("a hundred and five", "105", True, id="a-hundred"),
        pytest.param("semiliar rupiah", "1 miliar rupiah", True, id="semiliar"),
        pytest.param("half a million", "1 million", False, id="half-a-million"),
        pytest.param("Retno Marsudi", "Retno L.P. Marsudi", True, id="initials-left-out"),
        pytest.param("George H.W. Bush", "George W. Bush", False, id="other-initials"),
        pytest.param("Bank Indonesia", "Bank Rakyat Indonesia", False, id="a-name-within-a-name"),
        pytest.param("Abdul Marsudi", "Abdul No Marsudi", False, id="turned-between"),
        pytest.param("12 tewas", "12 orang tewas", True, id="people-left-out"),
        pytest.param("12 tewas", "12 ayam tewas", False, id="others-left-out"),
        pytest.param("7 November 2022", "November 7th, 2022", True, id="ordinal"),
        pytest.param("2021-11-07", "7 November 2021", True, id="iso-date"),
        pytest.param("2021-11-07", "8 November 2021", False, id="another-day"),
        pytest.param("1:21 p.m.", "13.21 WIB", True, id="afternoon"),
        pytest.param("4.30 am", "4:30 a.m", True, id="morning"),
        pytest.param("4:30 a.m.", "4:30 p.m.", False, id="morning-and-afternoon"),
        pytest.param("12 a.m.", "00:00", True, id="midnight"),
        pytest.param("3-1", "3:1", False, id="no-time"),
        pytest.param("A", "a", True, id="a-letter"),
        pytest.param("A", "B", False, id="two-letters"),
    ],
)
def test_answers_are_the_same_by_their_words(one: str, other: str, same: bool | None) -> None:
    assert same_answer(reading(one), reading(other)) is same
    assert same_answer(reading(other), reading(one)) is same


def test_marks_of_markdown_make_no_difference() -> None:
    assert same_answer(reading("**the** [Bali](x/y) *Process*", id="a.md"), reading("Bali Process")) is True


@pytest.mark.parametrize(("sign", "same"), [("-", False), ("−", False), ("€", False), ("~", True)])
def test_a_sign_before_the_marked_number_counts(sign: str, same: bool) -> None:
    signed = reading(f"{sign}2.5 percent")
    assert signed.highlight is not None
    number = replace(signed, highlight=(signed.highlight[0] + 1, signed.highlight[1]))
    assert same_answer(number, reading("2.5 percent" if sign != "€" else "$2.5 percent")) is same


def test_the_dash_of_a_range_is_no_sign() -> None:
    range_ = reading("2010–2015")
    assert range_.highlight is not None
    end = replace(range_, highlight=(range_.highlight[0] + len("2010–"), range_.highlight[1]))
    assert same_answer(end, reading("2015")) is True


@pytest.mark.parametrize("marked", ["$5 million", "5 million"])
def test_the_kind_of_dollar_before_the_marked_sum_counts(marked: str) -> None:
    whole = reading("A$5 million")
    assert whole.highlight is not None
    sum_ = replace(whole, highlight=(whole.highlight[1] - len(marked), whole.highlight[1]))
    assert same_answer(sum_, reading("US$5 million")) is False
    assert same_answer(sum_, reading("A$5,000,000")) is True


def test_words_of_two_languages_cannot_tell_a_difference() -> None:
    assert same_answer(reading("Rain"), reading("Hujan", language="id")) is None
    assert same_answer(reading("Paris"), reading("Paris", language="id")) is True


def test_sentences_without_a_marked_answer_are_the_same_only_word_for_word() -> None:
    assert same_answer(unmarked("It was Paris."), unmarked("It was  PARIS!")) is True
    assert same_answer(unmarked("It was Paris."), unmarked("They met in Paris.")) is None
    assert same_answer(unmarked("It was Paris."), reading("Rome")) is None


def test_the_same_sentence_is_the_same_answer_whatever_is_marked_in_it() -> None:
    one, other = reading("red blue"), reading("red blue")
    assert same_answer(one, Reading(other.hit, other.sentence, 0.9, (7, 10))) is True
    assert same_answer(Reading(one.hit, one.sentence, 0.9, (11, 15)), Reading(other.hit, other.sentence, 0.9, (7, 10)))


@pytest.mark.parametrize(
    ("dates", "tell"),
    [
        pytest.param(["2022", "2021"], True, id="years"),
        pytest.param(["2022-11-28", "2021", "2022-12"], True, id="different-precision"),
        pytest.param(["2022", "2021", "2022"], True, id="two-equal"),
        pytest.param(["2022-11", "2022"], False, id="one-within-the-other"),
        pytest.param(["2022", "2022"], False, id="all-equal"),
        pytest.param(["2022", None, "2021"], False, id="unknown"),
        pytest.param([], False, id="none"),
    ],
)
def test_dates_tell_an_order_or_not(dates: list[str | None], tell: bool) -> None:
    assert dates_tell(dates) is tell


def cited(*readings: Reading, most: int = 3) -> tuple[list[str], bool]:
    chosen, disagree = cited_together(readings, most)
    return [one.hit.document.id for one in chosen], disagree


def test_the_same_answers_stand_together_the_surest_first() -> None:
    assert cited(reading("Paris", id="1"), reading("Rome", id="2"), reading("Paris", id="3")) == (["1", "3", "2"], True)


def test_sources_that_agree_keep_their_order_whatever_their_dates() -> None:
    assert cited(reading("Paris", id="1", date="2020"), reading("paris", id="2", date="2021")) == (["1", "2"], False)


def test_of_different_answers_each_is_cited_by_the_newest_that_gives_it() -> None:
    days = {"16": "Paris", "15": "Rome", "14": "Oslo", "17": "Paris"}
    readings = [reading(answer, id=day, date=f"2026-03-{day}") for day, answer in days.items()]
    assert cited(*readings) == (["17", "15", "14"], True)


def test_a_different_answer_is_not_crowded_out() -> None:
    readings = [*(reading("Paris", id=f"{n}") for n in range(3)), reading("Rome", id="rome")]
    assert cited(*readings) == (["0", "1", "rome"], True)


def test_no_more_are_cited_than_wanted() -> None:
    readings = [reading(city, id=city) for city in ("Paris", "Rome", "Oslo", "Bern")]
    assert cited(*readings) == (["Paris", "Rome", "Oslo"], True)


def test_what_disagrees_stands_newest_first() -> None:
    readings = [
        reading("Paris", id="1", date="2020"),
        reading("Rome", id="2", date="2022-03"),
        reading("Paris", id="3", date="2021-12-31"),
    ]
    assert cited(*readings) == (["2", "3", "1"], True)


def test_the_same_answers_stand_together_where_dates_tell_too() -> None:
    readings = [
        reading("Paris", id="1", date="2020"),
        reading("Rome", id="2", date="2021"),
        reading("Paris", id="3", date="2022"),
    ]
    assert cited(*readings) == (["3", "1", "2"], True)


def test_without_all_dates_the_surest_stands_first() -> None:
    assert cited(reading("Paris", id="1", date="2020"), reading("Rome", id="2")) == (["1", "2"], True)


def test_what_fits_two_different_answers_stands_with_the_surer() -> None:
    readings = [reading("2 May 2022", id="1"), reading("3 May 2022", id="2"), reading("2022", id="3")]
    assert cited(*readings) == (["1", "3", "2"], True)


def test_a_vague_first_answer_does_not_hide_that_the_others_differ() -> None:
    readings = [reading("2022", id="1"), reading("2 May 2022", id="2"), reading("3 May 2022", id="3")]
    assert cited(*readings) == (["1", "2", "3"], True)


def test_what_cannot_be_told_apart_is_no_disagreement() -> None:
    assert cited(reading("Monday", id="1"), reading("Senin", id="2", language="id")) == (["1", "2"], False)


def test_a_weekday_in_short_is_the_same() -> None:
    assert same_answer(reading("Sat 30 March"), reading("Saturday, 30 March")) is True
