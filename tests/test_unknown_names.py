"""Names that no document has are told, and no others."""

from dataclasses import replace

import pytest

from retrieval.answers.unknown_names import namesakes, unknown_names
from retrieval.index.numpy_index.word_index import WordIndex
from retrieval.values import Citation, Document
from tests.fakes import BuildSnapshot

WORDS = WordIndex.build(
    [
        ("Minister Hjelm and Kelly Pedersen met in Indonesia. Pedersen left.", "en"),
        ("Menteri Hjelm berangkat ke Norwegia.", "id"),
    ]
)


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        pytest.param("What did Helm say?", ("Helm",), id="one"),
        pytest.param("Did Helm meet Peterson?", ("Helm", "Peterson"), id="two"),
        pytest.param("Did Kelly Peterson leave?", ("Peterson",), id="a-part-of-one"),
        pytest.param("Hello! Was it Helm's plan? Was it?", ("Helm",), id="in-the-midst"),
        pytest.param("Helm Hansen left?", ("Helm", "Hansen"), id="at-the-beginning"),
        pytest.param("Apa kata Menteri Helm?", ("Helm",), id="indonesian"),
        pytest.param("What did Hjelm say?", (), id="known"),
        pytest.param("What did General Hjelm say to Ibu Pedersen?", (), id="forms-of-address"),
        pytest.param("Siapa Hendra Gunawan?", ("Hendra", "Gunawan"), id="each-with-a-capital-in-indonesian"),
        pytest.param("What did Kelly King say?", ("King",), id="a-surname-like-one"),
        pytest.param("What did the Indonesian minister say?", (), id="known-with-another-ending"),
        pytest.param("what did helm say?", (), id="no-capital"),
        pytest.param("WHAT DID HELM SAY?", (), id="all-capitals"),
        pytest.param("What Did Helm Say?", (), id="each-with-a-capital"),
        pytest.param("Besides Hjelm, who left?", (), id="the-first-word"),
        pytest.param("Hjelm left. Tomorrow he comes back?", (), id="the-first-word-of-a-sentence"),
        pytest.param("Kindergartens this year?", (), id="one-that-a-phone-may-have-made"),
        pytest.param("Was that in 2019?", (), id="a-number"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_names_that_no_document_has_are_told(question: str, unknown: tuple[str, ...]) -> None:
    assert unknown_names(question, [], WORDS) == unknown


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        pytest.param(
            "What did Robert Harper say?", "Then William Rainey Harper spoke.", "William Rainey Harper", id="other"
        ),
        pytest.param("What did Robert Harper say?", "Robert F. Harper spoke.", "", id="the-same"),
        pytest.param("What did Robert Harper say?", "The minister came. So Minister Harper spoke.", "", id="a-title"),
        pytest.param(
            "What did Robert Harper say?",
            "There Minister Ann Harper spoke. A minister!",
            "Ann Harper",
            id="after-a-title",
        ),
        pytest.param("Apa kata Robert Harper?", "Kata Robert Ir. Hj. Harper, tidak.", "", id="titles-between"),
        pytest.param("What did Doctor Harper say?", "Then Dr Ann Harper spoke.", "", id="a-title-alone"),
        pytest.param("What did Robert Harper say?", "So it was. Yesterday Harper spoke.", "", id="the-first-word"),
        pytest.param("What did Harper say?", "Then Ann Harper spoke.", "", id="one-word"),
        pytest.param("What did Robert Harper say?", "Nobody spoke.", "", id="not-there"),
        pytest.param("What did Robert Harper say?", "Name: Ann Harper. So Rupert Harper.", "Rupert Harper", id="alike"),
        pytest.param("Apa kata Robert Harper?", "Kata Ann Harper, tidak.", "Ann Harper", id="indonesian"),
        pytest.param("what did robert harper say?", "Then Ann Harper spoke.", "", id="no-capitals"),
    ],
)
def test_another_of_the_name_is_told(question: str, text: str, other: str) -> None:
    cited = [Citation(1, "", 0, 0, Document("a.txt", "A talk", text)), in_document("Rain")]
    assert namesakes(question, cited) == ((("Robert Harper", other),) if other else ())
    assert namesakes(question, [*cited, in_document("Robert Harper")]) == ()


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What did Minister Robert Harper say?", (("Minister Robert Harper", "Annabel Harper"),)),
        ("What did Minister Annabel Harper say?", ()),
        ("What did Ann Harper say?", ()),
    ],
)
def test_a_title_or_a_short_form_is_no_other_name(question: str, found: tuple[tuple[str, str], ...]) -> None:
    text = "A minister spoke. So Minister Annabel Harper spoke."
    assert namesakes(question, [Citation(1, "", 0, 0, Document("a.txt", "A talk", text))]) == found


def test_dots_and_endless_titles_take_no_time() -> None:
    for text in (f"The South{'.' * 200} 12 … North Sulawesi", "So Minister Harper came. " * 20_000):
        cited = [Citation(1, "", 0, 0, Document("a.txt", "A talk", text))]
        assert len(namesakes("Did Robert Harper come from South Sulawesi?", cited)) < 2


def in_document(title: str, language: str = "en") -> Citation:
    return Citation(1, "It rained.", 0, 10, Document("rain.txt", title, "It rained.", language=language))


def test_a_name_that_stands_in_the_title_of_what_is_shown_is_known() -> None:
    assert unknown_names("What did Helm say?", [in_document("Helm and the rain")], WORDS) == ()
    assert unknown_names("What did Helm say?", [in_document("Overwhelmed by rain")], WORDS) == ("Helm",)
    written = replace(in_document("Rain"), document=Document("rain.txt", "Rain", "It rained.", author="Jo Helm"))
    assert unknown_names("What did Jo Helm say?", [written], WORDS) == ()
    quoted = replace(in_document("Rain"), sentence="Helmut Hansen came.")
    assert unknown_names("What did Helm say?", [quoted], WORDS) == ()
    accented = replace(in_document("Rain"), sentence="Zoë Müller came.")
    assert unknown_names("What does Zoe Muller lead?", [accented], WORDS) == ()


def test_a_month_is_known_by_its_short_form() -> None:
    words = WordIndex.build([("Price Oct: 30,000", "en")])
    assert unknown_names("What was the price in October?", [], words) == ()
    assert unknown_names("What was the price in November?", [], words) == ("November",)


def test_a_name_with_a_letter_of_two_is_looked_for() -> None:
    assert unknown_names("Who leads TÜBİTAK Ankara?", [in_document("Rain")], WORDS) == ("TÜBİTAK", "Ankara")


def test_where_only_another_language_is_shown_names_may_be_written_otherwise() -> None:
    assert unknown_names("Where in Norway did the ministers meet?", [in_document("Hujan", "id")], WORDS) == ()
    shown = [in_document("Hujan", "id"), in_document("Rain")]
    assert unknown_names("Where in Sweden did the ministers meet?", shown, WORDS) == ("Sweden",)


def test_an_answer_that_is_found_for_another_name_says_so(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"flood.txt": "Minister Greta Hjelm called the flood a warning. She spoke on Monday."})
    known, unknown = snapshot.answer(["What did Greta Hjelm call the flood?", "What did Greta Helm call the flood?"])
    assert known.found
    assert known.unknown_names == ()
    assert unknown.found
    assert unknown.unknown_names == ("Helm",)


def test_an_answer_about_another_of_the_name_says_so(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"flood.txt": "On Monday Greta Hjelm called the flood a warning. She spoke in Orla."})
    known, other = snapshot.answer(["What did Greta Hjelm call the flood?", "What did Sven Hjelm call the flood?"])
    assert (known.namesakes, known.unknown_names) == ((), ())
    assert other.found
    assert (other.namesakes, other.unknown_names) == ((("Sven Hjelm", "Greta Hjelm"),), ())


def test_the_word_for_a_part_is_no_name(snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.txt": "Port Act\n\nArticle 5\n\nShips wait."}).answer(["Do ships wait under Art 5?"])
    assert answer.unknown_names == ()
