"""A short question after a cell of a table or a labelled line names another one beside it; "source?" what was cited."""

import pytest

from retrieval.text.markup import quote_parts
from tests.conversations import answers_in_turn
from tests.fakes import BuildSnapshot

FLOOD = """# Lune floods: report

| District | Displaced (persons) | Dead | Shelters open | Supplied by |
|---|---:|---:|---:|---|
| Ansel | 4,120 | 7 | 9 | Army |
| Wick | 1,860 | 2 | 4 | Red Cross |
| Upper Wick | 86 | | 2 | Army |
| **Total** | **6,066** | **9** | **15** | |

The army sent 40 soldiers to Wick.
"""
PUPILS = """Sekolah,Kelas X Laki-laki,Kelas X Perempuan,Kelas XI Laki-laki,Kelas XI Perempuan,Guru
SMAN 1 Wera,168,192,155,181,62
SMAN 2 Wera,121,117,126,108,44
Jumlah,289,309,281,289,106
"""
MEMBERS = """No,Nama,Partai,Daerah pemilihan
1,Sari Lontoh,Nelayan Bersatu,Kolaka 1
2,Bram Ndolu,Tani Makmur,Kolaka 3
"""
MUSEUM = """# Wool Museum: facts

**Address:** 12 Fuller's Row, Harding
**Director:** Lucy Amberley (since 2019)

## Admission

- Adults: £9
- Students and pensioners: £6
- Family ticket: £20

## Contacts

Press: Anneke Voss, 01700 551 224
Press officer on duty: Joan Rudd
"""


@pytest.mark.parametrize(
    ("first", "then", "understood", "value"),
    [
        ("how many people are displaced in Ansel?", "deaths?", "Dead, Ansel?", "7"),
        ("how many people are displaced in Ansel?", "and in wick?", "how many people are displaced in Wick?", "1,860"),
        (
            "how many people are displaced in Ansel?",
            "what about upper wick?",
            "how many people are displaced in Upper Wick?",
            "86",
        ),
        ("how many people are displaced in Ansel?", "in total?", "Displaced (persons), Total?", "6,066"),
        ("how many people are displaced in Ansel?", "shelters in wick?", "Shelters open, Wick?", "4"),
        ("how many people are displaced in Ansel?", "who supplied it?", "Supplied by, Ansel?", "Army"),
        ("how many died in Wick?", "which shelters are open?", "Shelters open, Wick?", "4"),
        ("berapa perempuan kelas X di SMAN 1 Wera?", "laki-laki?", "Kelas X Laki-laki, SMAN 1 Wera?", "168"),
        (
            "berapa perempuan kelas X di SMAN 1 Wera?",
            "kalau SMAN 2 Wera?",
            "berapa perempuan kelas X di SMAN 2 Wera?",
            "117",
        ),
        ("berapa perempuan kelas X di SMAN 1 Wera?", "kelas XI?", "Kelas XI Perempuan, SMAN 1 Wera?", "181"),
        ("berapa perempuan kelas X di SMAN 1 Wera?", "berapa gurunya?", "Guru, SMAN 1 Wera?", "62"),
        ("berapa perempuan kelas X di SMAN 1 Wera?", "totalnya?", "Kelas X Perempuan, Jumlah?", "309"),
        ("bram ndolu dari partai apa?", "dapilnya?", "Daerah pemilihan, Bram Ndolu?", "Kolaka 3"),
    ],
)
def test_another_cell_of_the_table_is_named(
    snapshot_of: BuildSnapshot, first: str, then: str, understood: str, value: str
) -> None:
    _, answer = answers_in_turn(snapshot_of({"a.md": FLOOD, "b.csv": PUPILS, "c.csv": MEMBERS}), first, then)
    [citation] = answer.citations
    assert citation.highlight is not None
    marked = citation.document.text[slice(*citation.highlight)].strip("*")
    assert (marked, answer.understood) == (value, understood)


def test_one_after_the_other(snapshot_of: BuildSnapshot) -> None:
    answers = answers_in_turn(
        snapshot_of({"a.md": FLOOD}), "how many people are displaced in Ansel?", "wick?", "shelters?", "and ansel?"
    )
    marked = [one.citations[0].document.text[slice(*(one.citations[0].highlight or ()))] for one in answers]
    assert marked == ["4,120", "1,860", "4", "9"]


def test_a_row_is_named_with_its_column_and_what_is_asked_for_stays(snapshot_of: BuildSnapshot) -> None:
    wards = [
        "Wing | Ward | Beds | Ward manager",
        "---|---|---|---",
        "East | A | 14 | Ana Lim",
        "West | B | 18 | Bo Roe",
    ]
    table = "\n".join(f"| {row} |" for row in (*wards, "East | D | 11 | Cy Dunn"))
    snapshot = snapshot_of({"a.md": f"# Ward list\n\n{table}\n"})
    _, answer = answers_in_turn(snapshot, "who manages ward d?", "and ward b?")
    assert quote_parts(answer.citations[0])[1] == "Bo Roe"


@pytest.mark.parametrize(
    ("then", "sentence"),
    [
        ("students?", "Students and pensioners: £6"),
        ("and the address?", "**Address:** 12 Fuller's Row, Harding"),
        ("who is the director?", "**Director:** Lucy Amberley (since 2019)"),
        ("press?", "Press: Anneke Voss, 01700 551 224"),
    ],
)
def test_another_labelled_line_is_named(snapshot_of: BuildSnapshot, then: str, sentence: str) -> None:
    snapshot = snapshot_of({"a.md": MUSEUM, "b.md": "# Mill\n\nThe director of the mill is Otto Brenn.\n"})
    _, answer = answers_in_turn(snapshot, "how much is a family ticket for the wool museum?", then)
    assert [one.sentence for one in answer.citations] == [sentence]


def test_a_line_is_that_of_the_record_that_was_cited_or_is_named(snapshot_of: BuildSnapshot) -> None:
    courses = "# Courses\n\n## Maritime History\n\nRoom: 214\nLanguage: English\n\n## Oral History\n\nRoom: 12\n"
    snapshot = snapshot_of({"a.md": f"{courses}Language: Indonesian\n"})
    answers = answers_in_turn(snapshot, "room of oral history?", "language?", "and maritime history?", "room?")
    assert [one.citations[0].sentence for one in answers] == [
        "Room: 12",
        "Language: Indonesian",
        "Language: English",
        "Room: 214",
    ]
    assert answers[2].understood == "Language, Maritime History?"


@pytest.mark.parametrize(
    "then",
    [
        "how many soldiers did the army send to wick?",  # not only of what the table has
        "deaths in Torrow?",
        "dead in upper wick?",  # its cell is empty
        "which district has no deaths?",
        "who else?",
        "thanks",
    ],
)
def test_what_the_table_does_not_name_is_looked_for_as_ever(snapshot_of: BuildSnapshot, then: str) -> None:
    _, answer = answers_in_turn(snapshot_of({"a.md": FLOOD}), "how many people are displaced in Ansel?", then)
    assert not any(one.highlight and one.column for one in answer.citations)


def test_a_mailbox_is_not_who_somebody_is(snapshot_of: BuildSnapshot) -> None:
    contacts = "Name,Organisation,Phone,Email\nBo Roe,Harbour office,555 0100,bo@orla.example\n"
    snapshot = snapshot_of({"a.csv": f"{contacts}Ida Orr,Embassy of Selaras,555 0170,ida@selaras.example\n"})
    *_, mailbox, answer = answers_in_turn(
        snapshot, "what is Bo Roe's phone number?", "and his email?", "who is from the embassy?"
    )
    assert quote_parts(mailbox.citations[0])[1] == "bo@orla.example"
    assert quote_parts(answer.citations[0])[1] == "Ida Orr"
    [answer] = snapshot.answer(["nomor hp Ida Orr"])
    assert quote_parts(answer.citations[0])[1] == "555 0170"


@pytest.mark.parametrize(
    ("then", "told"),
    [
        ("source?", "where is that written?"),
        ("which document is that from?", "where is that written?"),
        ("sumbernya?", "di mana itu tertulis?"),
        ("itu dari mana?", "di mana itu tertulis?"),
        ("di mana itu tertulis?", "di mana itu tertulis?"),
    ],
)
def test_its_source_is_what_was_cited(snapshot_of: BuildSnapshot, then: str, told: str) -> None:
    snapshot = snapshot_of(
        {"a.md": "# Quay\n\nThe new quay was built by Ines Moro in 2019. It cost 4 million crowns.\n"}
    )
    first, answer, when = answers_in_turn(snapshot, "who built the new quay?", then, "and when?")
    assert [one.sentence for one in answer.citations] == [one.sentence for one in first.citations]
    assert answer.taken_for == told
    assert [one.sentence for one in when.citations] == [one.sentence for one in first.citations]


def test_a_label_that_says_more_is_not_meant_where_a_sentence_has_the_words(snapshot_of: BuildSnapshot) -> None:
    text = "# Water report\n\nChair: Otto Lind\n\nIts price is 2 euros.\n\nPrices since January: 3 for firms.\n"
    _, answer = answers_in_turn(snapshot_of({"a.md": text}), "who is the chair?", "the price?")
    assert "Prices since January" not in answer.understood


def test_a_row_that_begins_with_a_number_is_told_with_its_column(snapshot_of: BuildSnapshot) -> None:
    text = "# List\n\n| Court | Judge | Clerk |\n|---|---|---|\n| 3 | Carrow | Wen |\n| 4 | Bligh | Roe |\n"
    _, answer = answers_in_turn(snapshot_of({"a.md": text}), "who is the judge in court 3?", "clerk?")
    assert (answer.understood, answer.citations[0].sentence) == ("Clerk, Court 3?", "| 3 | Carrow | Wen |")


def test_of_two_equal_cells_that_is_meant_whose_column_was_asked_for(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"a.csv": "Village,Households,Tarpaulins\nNkoro,132,132\nKisi,164,160\n"})
    _, answer = answers_in_turn(snapshot, "how many tarpaulins in nkoro", "and in kisi?")
    assert quote_parts(answer.citations[0])[1] == "160"


def test_what_the_record_that_was_cited_does_not_have_is_not_taken_of_another(snapshot_of: BuildSnapshot) -> None:
    tenders = "# Tenders\n\n## T-01 Two tugs\n\n- Value: 300,000 pounds\n- Bond: 10 per cent\n\n## T-02 Cleaning\n\n"
    snapshot = snapshot_of({"a.md": f"{tenders}- Value: 210,000 pounds\n- Closing date: 9 May 2026\n"})
    _, bond, closing, other = answers_in_turn(snapshot, "value of T-02?", "bond?", "closing date?", "bond of T-01?")
    assert (bond.found, bond.understood, bond.on_subject) == (False, "Bond, T-02 Cleaning?", True)
    assert [one.sentence for one in bond.related] == ["Bond: 10 per cent"]
    assert closing.citations[0].sentence == "Closing date: 9 May 2026"
    assert other.citations[0].sentence == "Bond: 10 per cent"


def test_a_line_of_contacts_is_told_by_what_it_begins_with(snapshot_of: BuildSnapshot) -> None:
    contacts = (
        "# Contacts\n\n- Matthew Oduya, Director. Phone: 0101\n- Clara Weiss, Manager. Phone: 0104. Email: c@bw.org\n"
    )
    snapshot = snapshot_of({"a.md": contacts})
    _, email, phone = answers_in_turn(snapshot, "matthew oduya's phone", "and his email?", "and clara weiss?")
    assert (email.found, email.understood) == (False, "Email, Matthew Oduya, Director?")
    assert quote_parts(phone.citations[0])[1] == "0104."
    assert phone.understood == "Phone, Clara Weiss, Manager?"
