"""What is said of another month, quarter or year than a question asks for does not answer it."""

import pytest

from retrieval.answering import Snapshot
from retrieval.questions.periods import Period, asked_periods, is_of_another_period, names_others, without_periods
from retrieval.ruling_out.other_periods import without_other_periods
from retrieval.values import Document, Hit, Passage, Reading, Sentence
from tests.fakes import BuildSnapshot

SECOND = Period("2026", 4, 6)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        pytest.param("inflasi agustus 2026", [Period("2026", 8, 8)], id="month-and-year"),
        pytest.param("inflasi agustus 2026 di telaga", [Period("2026", 8, 8)], id="in-the-middle"),
        pytest.param("What was inflation in August?", [Period("", 8, 8)], id="month"),
        pytest.param("How much did it grow in the second quarter of 2026?", [SECOND], id="quarter"),
        pytest.param("gdp growth Q2 2026", [SECOND], id="letter"),
        pytest.param("gdp growth 2q26", [SECOND], id="short-year"),
        pytest.param("pertumbuhan triwulan II-2026", [SECOND], id="roman"),
        pytest.param("laba kuartal kedua", [Period("", 4, 6)], id="indonesian-word"),
        pytest.param("laba kuartal ke-2 tahun 2026", [SECOND], id="indonesian-number"),
        pytest.param("third-quarter profit", [Period("", 7, 9)], id="hyphen"),
        pytest.param("budget in 2025", [Period("2025")], id="year"),
        pytest.param("debt at the end of August 2026", [Period("2026", 8, 8)], id="end"),
        pytest.param("debt by the end of August 2026", [], id="by-the-end"),
        pytest.param("sales in the same month of 2025", [], id="same"),
        pytest.param("How much since August 2026?", [], id="since"),
        pytest.param("growth from q1 to q2", [], id="from-to"),
        pytest.param("rate in August 2026 compared with July", [], id="compared"),
        pytest.param("deaths in the August 2026 earthquake", [], id="event"),
        pytest.param("denda menurut perda nomor 7 tahun 2023", [], id="regulation"),
        pytest.param("Who may come?", [], id="may"),
        pytest.param("a quarter of the people", [], id="a-quarter"),
    ],
)
def test_a_question_asks_for_periods(question: str, asked: list[Period]) -> None:
    assert asked_periods(question) == asked


@pytest.mark.parametrize(
    ("text", "others"),
    [
        pytest.param("GDP grew by 4.9% in the third quarter of 2026.", True, id="quarter"),
        pytest.param("Oktober 2026 inflasi 2,41 persen.", True, id="month"),
        pytest.param("In May inflation was 2%.", False, id="month-within"),
        pytest.param("It was 5% in Q2, 4.9% in Q3.", False, id="one-of-several"),
        pytest.param("It was 5% on 2 May, 4% in July.", False, id="day-within"),
        pytest.param("It was 5% on 2 July.", False, id="day"),
        pytest.param("It has been 5% since July.", False, id="since"),
        pytest.param("It is shut from 1 July until the middle of August.", False, id="until-the-middle"),
        pytest.param("It was 9 in Q3 2026, after 8 in the same quarter of 2025.", True, id="same-quarter"),
        pytest.param(
            "Ada 9 pada kuartal III 2026, naik dari kuartal yang sama tahun 2025.", True, id="same-indonesian"
        ),
        pytest.param("It was 9 in Q2 2025, 8 in the same quarter of 2026.", False, id="same-quarter-of-the-year"),
        pytest.param("It was 9, after 8 in the same quarter of 2025.", False, id="same-as-nothing"),
        pytest.param("Januari-Oktober 2026 sebesar 5 persen.", False, id="from-to"),
        pytest.param("It grew by 5% in Q3 of fiscal year 2026.", False, id="fiscal"),
        pytest.param("It was 5%, as in 2019.", False, id="year"),
        pytest.param("Mr August said that with June Lee it was 5%.", False, id="names"),
    ],
)
def test_a_text_names_other_months_or_quarters(text: str, others: bool) -> None:
    assert names_others([SECOND], text) is others


PRICES = """# Perkembangan Indeks Harga Konsumen

Oktober 2026 inflasi Provinsi Sagara sebesar 2,41 persen.
"""
GROWTH = "# Gross domestic product, {0} quarter 2026\n\nGDP grew by {1}% year on year in the {0} quarter of 2026.\n"
VISITORS = """# Visitors of the museum

## August 2026

The museum had 5,100 visitors.

## September 2026

The gardens had 4,300 visitors.
"""


@pytest.fixture
def figures(snapshot_of: BuildSnapshot) -> Snapshot:
    growth = {"q2.md": GROWTH.format("second", 5.1), "q3.md": GROWTH.format("third", 4.9)}
    return snapshot_of({"prices.md": PRICES, "visitors.md": VISITORS, **growth})


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        pytest.param("inflasi oktober 2026", ["prices.md"], id="month"),
        pytest.param("inflasi agustus 2026", [], id="another-month"),
        pytest.param("how much did gdp grow in q2 2026", ["q2.md"], id="quarter"),
        pytest.param("how much did gdp grow in the first quarter of 2026", [], id="another-quarter"),
        pytest.param("How many visitors did the museum have in August 2026?", ["visitors.md"], id="heading"),
        pytest.param("How many visitors did the museum have in July 2026?", [], id="another-heading"),
    ],
)
def test_a_figure_of_another_period_does_not_answer(figures: Snapshot, question: str, cited: list[str]) -> None:
    [answer] = figures.answer([question])
    assert [citation.document.id for citation in answer.citations] == cited
    assert answer.found or answer.on_subject


@pytest.mark.parametrize(
    ("question", "title", "sentence", "other"),
    [
        ("waiting time in February 2026?", "Bulletin, March 2026", "It was 3 hours.", True),
        ("waiting time in February 2026?", "Bulletin, March 2026", "In February it was 3 hours.", False),
        ("waiting time in February?", "Bulletin, 3 March 2026", "It was 3 hours.", False),
        ("berapa anggaran tahun 2023?", "Anggaran 2024", "It was 3.", True),
        ("budget 2023?", "Budget 2023", "It was 3.", False),
        ("how big in 2023?", "Budget", "In 2024 it was 3.", True),
        ("how big was it?", "Budget 2024", "It was 3.", False),
        ("how many died in December?", "Report", "19 died, and the toll may rise.", False),
        ("how many died in December 2025?", "Report, January 2026", "In December, 19 died.", False),
        ("how much since 2023?", "Budget 2024", "It was 3.", False),
        ("how many died in the 2023 flood?", "Report 2024", "They died.", False),
    ],
)
def test_what_names_another_month_or_year_than_a_question_is_not_asked_for(
    question: str, title: str, sentence: str, other: bool
) -> None:
    assert is_of_another_period(question, Document("a.md", title, sentence), sentence) == other


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("In 2024, what is the budget?", "what is the budget?"),
        ("How big was it in the year 2024?", "How big was it?"),
        ("Berapa kapal pada bulan Maret 2026?", "Berapa kapal?"),
        ("How many ships in March?", "How many ships?"),
        ("What is the budget for 2024/25?", "What is the budget for 2024/25?"),
        ("How many ships?", "How many ships?"),
    ],
)
def test_a_question_is_asked_without_its_period(question: str, rest: str) -> None:
    assert without_periods(question) == rest


@pytest.mark.parametrize(
    ("sentence", "marked", "silent"),
    [
        pytest.param("The levy will be 6 per cent in January 2027.", "6 per cent", False, id="plan"),
        pytest.param("The levy was 5 per cent in September 2026.", "5 per cent", True, id="before"),
        pytest.param(
            "Ana Lim, who left on 3 May, decided in September.", "Ana Lim, who left on 3 May", False, id="day"
        ),
        pytest.param("The levy was decided by parliament in September 2026.", "parliament", False, id="no-figure"),
    ],
)
def test_what_was_written_in_the_month_that_is_asked_for_may_plan(sentence: str, marked: str, silent: bool) -> None:
    document = Document("levy.md", "The levy", sentence, date="2026-10-14")
    whole, begin = Sentence(0, len(sentence)), sentence.index(marked)
    hit = Hit(Passage(0, 0, (whole,)), document, 0.5, 0.5, 1.25)
    reading = Reading(hit, whole, 0.9, (begin, begin + len(marked)), in_document=0.9)
    [one] = without_other_periods("levy in October 2026", [reading])
    assert (one != reading) is silent


@pytest.mark.parametrize(
    ("sentence", "marked", "title", "silent"),
    [
        pytest.param(
            "It was 3.9 percent, up from 3.4 percent in August.", "3.9 percent", "September 2026", False, id="from"
        ),
        pytest.param(
            "It was 410 million, 12 percent more than in July.", "410 million", "September 2026", False, id="than"
        ),
        pytest.param("Ada 300 orang, turun dari Agustus.", "300 orang", "September 2026", False, id="indonesian"),
        pytest.param(
            "It was 3.9 percent, up from 3.4 percent in August.", "3.4 percent", "September 2026", True, id="other"
        ),
        pytest.param("It was 410 million, more than in July.", "410 million", "August 2026", True, id="other-title"),
        pytest.param("They sold 4 ships from Java in July.", "4 ships", "September 2026", True, id="no-comparison"),
    ],
)
def test_a_figure_that_is_compared_with_another_month_is_of_the_month_of_its_report(
    sentence: str, marked: str, title: str, silent: bool
) -> None:
    document = Document("a.md", f"Prices, {title}", sentence)
    whole, begin = Sentence(0, len(sentence)), sentence.index(marked)
    hit = Hit(Passage(0, 0, (whole,)), document, 0.5, 0.5, 1.25)
    reading = Reading(hit, whole, 0.9, (begin, begin + len(marked)), in_document=0.9)
    [one] = without_other_periods("inflation in September 2026", [reading])
    assert (one != reading) is silent


@pytest.mark.parametrize(
    ("sentence", "marked", "question", "silent"),
    [
        ("It gave 27 million, half as much again as in 2023.", "27 million", "how much did it give in 2023?", True),
        ("It gave 27 million in 2025, up from 18 million in 2023.", "27 million", "gifts in 2023?", True),
        ("Ia memberi 3 juta, naik dari 2 juta pada tahun 2023.", "3 juta", "berapa yang diberi pada 2023?", True),
        ("It gave 27 million in 2025, up from 18 million in 2023.", "18 million", "gifts in 2023?", False),
        ("It gave 27 million in 2023, half as much again as in 2021.", "27 million", "gifts in 2023?", False),
        ("It gave 27 million, more than the 18 million of 2023.", "27 million", "more than in 2023?", False),
        ("Five people from class 2023 gave 27 million.", "27 million", "how much did they give in 2023?", False),
        ("The club has 640 members as of 2023.", "640", "how many members in 2023?", False),
    ],
)
def test_a_figure_that_is_only_compared_with_that_of_a_year_is_of_another(
    sentence: str, marked: str, question: str, silent: bool
) -> None:
    document = Document("a.md", "Gifts", sentence)
    whole, begin = Sentence(0, len(sentence)), sentence.index(marked)
    hit = Hit(Passage(0, 0, (whole,)), document, 0.5, 0.5, 1.25)
    reading = Reading(hit, whole, 0.9, (begin, begin + len(marked)), in_document=0.9)
    [one] = without_other_periods(question, [reading])
    assert (one != reading) is silent


@pytest.mark.parametrize(
    ("question", "before", "silent"),
    [
        pytest.param("why was the fleet cut in May 2026?", "", False, id="why"),
        pytest.param("how many ships were sold in May 2026?", "", True, id="title"),
        pytest.param(
            "how many ships were sold in May 2026?", "In May the fleet was cut. ", False, id="sentence-before"
        ),
    ],
)
def test_the_title_does_not_tell_the_month_of_a_reason_nor_where_the_paragraph_does(
    question: str, before: str, silent: bool
) -> None:
    sentence = "Nine ships were sold as the debt of 80 million was due."
    text = f"{before}{sentence}"
    whole = Sentence(len(before), len(text))
    document, other = Document("a.md", "Report of June 2026", text), Document("b.md", "Report of May 2026", "It is 1.")
    begin, end = text.index("80"), text.index(" was due")
    one = Reading(Hit(Passage(0, 0, (whole,)), document, 0.5, 0.5, 1.0), whole, 0.9, (begin, end), in_document=0.9)
    of_other = Reading(Hit(Passage(1, 1, (Sentence(0, 8),)), other, 0.5, 0.5, 1.0), Sentence(0, 8), 0.2)
    assert (one not in without_other_periods(question, [one, of_other])) is silent
