"""What stands below a line that is only a day, as in a log, was that day."""

import pytest

from retrieval.text.day_entries import day_above
from retrieval.text.markup import quote_parts
from retrieval.values import Document, Sentence
from tests.conversations import answers_in_turn
from tests.fakes import BuildSnapshot

UPDATES = """# Updates

**20 February 2026**

The trial was postponed because the judge was ill.

**1 February 2026**

We handed 40,000 signatures to the deputy prosecutor.

**9 January 2026**

Hasna Dano was released on bail.
"""
LOG = """KRONOLOGI KEJADIAN

Kamis, 1 Mei 2025
Pukul 08.15 WITA: Warga berkumpul di balai desa.

Jumat, 2 Mei 2025
Pukul 14.20 WITA: Warga menutup jalan.
Pukul 21.45 WITA: Elias Wono tertembak.
"""


@pytest.mark.parametrize(
    ("name", "text", "question", "sentence", "day"),
    [
        (
            "a.md",
            UPDATES,
            "when was the trial postponed",
            "The trial was postponed because the judge was ill.",
            "20 February 2026",
        ),
        ("a.md", UPDATES, "when was Hasna Dano released?", "Hasna Dano was released on bail.", "9 January 2026"),
        (
            "a.txt",
            LOG,
            "kapan Elias Wono tertembak?",
            "Pukul 21.45 WITA: Elias Wono tertembak.",
            "Jumat, 2 Mei 2025",
        ),
    ],
)
def test_when_something_was_is_the_day_above_it(
    snapshot_of: BuildSnapshot, name: str, text: str, question: str, sentence: str, day: str
) -> None:
    [answer] = snapshot_of({name: text}).answer([question])
    assert [(one.sentence, one.part) for one in answer.citations] == [(sentence, day)]


def test_a_day_may_be_a_heading(snapshot_of: BuildSnapshot) -> None:
    text = UPDATES.replace("**20", "## 20").replace("**1", "## 1").replace("**9", "## 9").replace("2026**", "2026")
    [answer] = snapshot_of({"a.md": text}).answer(["when was Hasna Dano released?"])
    assert [(one.sentence, one.part) for one in answer.citations] == [
        ("Hasna Dano was released on bail.", "9 January 2026")
    ]


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ("what happened on 1 February?", ["We handed 40,000 signatures to the deputy prosecutor."]),
        ("What happened on February 1, 2026?", ["We handed 40,000 signatures to the deputy prosecutor."]),
        ("What happened on 2026-02-01?", ["We handed 40,000 signatures to the deputy prosecutor."]),
        (
            "apa yang terjadi pada tanggal 2 mei 2025?",
            ["Pukul 14.20 WITA: Warga menutup jalan.", "Pukul 21.45 WITA: Elias Wono tertembak."],
        ),
        ("what was reported on 1 february?", ["We handed 40,000 signatures to the deputy prosecutor."]),
        ("what's on 1 February?", ["We handed 40,000 signatures to the deputy prosecutor."]),
        ("what was lost on 1 february?", []),
        ("what happened on 3 March?", []),
        ("what happened on 1 February 2025?", []),
    ],
)
def test_what_happened_on_a_day_is_its_entry(snapshot_of: BuildSnapshot, question: str, sentences: list[str]) -> None:
    [answer] = snapshot_of({"a.md": UPDATES, "b.txt": LOG}).answer([question])
    assert [one.sentence for one in answer.citations] == sentences


def test_what_happened_on_a_day_goes_on_from_nothing(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"a.md": UPDATES})
    _, then = answers_in_turn(snapshot, "when was the trial postponed?", "what happened on 1 February?")
    assert [one.sentence for one in then.citations] == ["We handed 40,000 signatures to the deputy prosecutor."]


def test_another_day_is_asked_for_next(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"a.md": UPDATES})
    _, then = answers_in_turn(snapshot, "what happened on 1 February?", "and on 9 January?")
    assert [one.sentence for one in then.citations] == ["Hasna Dano was released on bail."]


PROGRAMME = """# Harbour Festival 2025

| Date | Time | Event | Place |
| --- | --- | --- | --- |
| 18 July | 10:00 | Opening parade | Quay Street |
| 19 July | 11:00 | Boat race | Outer harbour |
| Sun 20 July | 09:30 | Open-air mass | St Anne's |
| 21 July | 19:00 | Thanks to all helpers of 19 July | Old Market |
"""
WEEK = """# A week at the museum

## Day 1: Saturday, 26 July

- 10:00 Guided tour, Hall 1
- 14:00 Workshop for children, Studio

## Day 2: Sunday, 27 July

- 11:00 Lecture on maps, Room 4
"""
TIMELINE = """# How it came

- **2 May 2024**: The mine is licensed.
- **9 June 2024**: The village of Ulu protests, as it did on 2 May 2024.
"""
DAYS = {
    "a.md": PROGRAMME,
    "b.md": WEEK,
    "c.csv": "Tanggal,Acara,Tempat\n2025-08-19,Lomba perahu,Teluk\n2025-08-20,Bazar buku,Balai\n",
    "d.md": TIMELINE,
}


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ("what is on 19 July?", ["| 19 July | 11:00 | Boat race | Outer harbour |"]),
        ("what's the programme for sunday 20 july", ["| Sun 20 July | 09:30 | Open-air mass | St Anne's |"]),
        ("acara tanggal 19 agustus apa saja?", ["Tanggal: 2025-08-19; Acara: Lomba perahu; Tempat: Teluk"]),
        ("what happened on 2 May 2024?", ["The mine is licensed."]),
        ("what's on on Saturday?", ["10:00 Guided tour, Hall 1", "14:00 Workshop for children, Studio"]),
        (
            "jadwal hari minggu?",
            ["| Sun 20 July | 09:30 | Open-air mass | St Anne's |", "11:00 Lecture on maps, Room 4"],
        ),
        ("what is on at the harbour festival on 19 July?", ["| 19 July | 11:00 | Boat race | Outer harbour |"]),
        ("apa saja acara harbour festival tanggal 19 juli?", ["| 19 July | 11:00 | Boat race | Outer harbour |"]),
        ("what is on at the book festival on 19 July?", []),
        ("what is on 22 July?", []),
        ("what's on on Monday?", []),
    ],
)
def test_what_is_on_a_day_is_told_by_rows_lines_and_headings(
    snapshot_of: BuildSnapshot, question: str, sentences: list[str]
) -> None:
    [answer] = snapshot_of(DAYS).answer([question])
    assert [one.sentence.removeprefix("**2 May 2024**: ") for one in answer.citations] == sentences


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 March\n\nOne.\n\nMonday, 4 March 2026:\n\nTwo.\n", "Monday, 4 March 2026"),
        ("2026-03-03\nOne.\n2026-03-04\nTwo.\n", "2026-03-04"),
        ("March 4\nTwo.\nMarch 5\nThree.\n", "March 4"),
        ("Saturday\n\nTwo.\n\nSunday\n\nOne.\n", "Saturday"),
        ("Saturday – 3 May 2026\n\nTwo.\n\nSunday\n\nOne.\n", "Saturday – 3 May 2026"),
        ("## Day 1: Sat. 3 March\n\nTwo.\n\n## Day 2: Sun. 4 March\n\nOne.\n", "Sat. 3 March"),
        ("Saturday\n\nTwo.\n", ""),
        ("3 March 2026\n\nTwo.\n", ""),  # the only one
        ("4 May 2026\n\nTwo.\n\n3 March 2026\n\nOne.\n", ""),  # that of the document
        ("3 March\n\nOne.\n\n4 March\n\n# Contact\n\nTwo.\n", ""),
        ("3 March\n\nOne.\n\n4 March\n\nTwo.\n", "4 March"),
        ("On 3 March\n\nOne.\n\nUntil 4 March\n\nTwo.\n", ""),
        ("Two.\n", ""),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_day_of_an_entry(text: str, line_end: str, day: str) -> None:
    text = text.replace("\n", line_end)
    begin = text.index("Two.")
    document = Document("a.md", "T", text, markdown=True, date="2026-05-04")
    assert day_above(document, Sentence(begin, begin + 4)) == day


def test_what_is_on_a_day_of_the_week_is_told_by_sentences_beside_rows_but_not_by_hours(
    snapshot_of: BuildSnapshot,
) -> None:
    log = """# Fire brigade log

On Tuesday a barn burned down. Tuesday to Friday the station is open.

| Day | Leader |
|---|---|
| Tuesday | Ben Ito |
"""
    hours = (
        "# Library\n\nMonday: closed\nTuesday: 9 a.m. to 5 p.m.\nFriday: 9 a.m. to 5 p.m.\nOn Friday: council meeting\n"
    )
    snapshot = snapshot_of({"a.md": log, "b.md": hours})
    answers = snapshot.answer(["What happened on Tuesday?", "What is on Friday?"])
    assert [[one.sentence for one in answer.citations] for answer in answers] == [
        ["On Tuesday a barn burned down.", "| Tuesday | Ben Ito |"],
        ["On Friday: council meeting"],
    ]


AGENDA = """# Agenda

Disusun oleh sekretariat.

**Senin, 6 April 2026**

- Rapat pimpinan

**Selasa, 7 April 2026 s.d. Kamis, 9 April 2026**

- Kunjungan kerja Komisi A

**28 April – 2 Mei 2026**

- Reses
"""


@pytest.mark.parametrize(
    ("day", "sentence", "part"),
    [
        ("6 april", "Rapat pimpinan", "Senin, 6 April 2026"),
        ("8 april", "Kunjungan kerja Komisi A", "Selasa, 7 April 2026 s.d. Kamis, 9 April 2026"),
        ("30 april", "Reses", "28 April – 2 Mei 2026"),
        ("1 mei", "Reses", "28 April – 2 Mei 2026"),
    ],
)
def test_an_entry_of_several_days_is_of_each(snapshot_of: BuildSnapshot, day: str, sentence: str, part: str) -> None:
    [answer] = snapshot_of({"a.md": AGENDA}).answer([f"ada acara apa tanggal {day}?"])
    assert [(one.sentence, one.part) for one in answer.citations] == [(sentence, part)]


def test_what_meets_on_a_day_is_only_what_is_called_so(snapshot_of: BuildSnapshot) -> None:
    text = "# Agenda\n\n## 13 April 2026\n\n- Rapat pimpinan\n- Kunjungan ke Wick\n\n## 15 April 2026\n\n- Reses\n"
    meetings, all_of_it = snapshot_of({"a.md": text}).answer(
        ["ada rapat apa aja tanggal 13 april?", "ada acara apa aja tanggal 13 april?"]
    )
    assert [one.sentence for one in meetings.citations] == ["Rapat pimpinan"]
    assert [one.sentence for one in all_of_it.citations] == ["Rapat pimpinan", "Kunjungan ke Wick"]


@pytest.mark.parametrize(
    ("behind", "sentences"),
    [
        ("\nDelegasi berjumlah 14 orang.\n", ["10.00 Pembukaan", "14.00 Jamuan makan siang"]),
        ("(di ruang utama)\n", ["10.00 Pembukaan", "14.00 Jamuan makan siang", "(di ruang utama)"]),
    ],
)
def test_what_stands_below_a_programme_is_not_of_its_last_day(
    snapshot_of: BuildSnapshot, behind: str, sentences: list[str]
) -> None:
    text = (
        f"Senin, 6 April 2026\n09.00 Rapat\n\nSelasa, 7 April 2026\n10.00 Pembukaan\n14.00 Jamuan makan siang\n{behind}"
    )
    [answer] = snapshot_of({"a.txt": text}).answer(["ada acara apa tanggal 7 april?"])
    assert [one.sentence for one in answer.citations] == sentences


FESTIVAL = """# Susunan acara Festival Burung Maruwa

## Sabtu, 14 September 2024

| Pukul | Acara | Pengisi |
|---|---|---|
| 05.30 | Pengamatan burung di tepi danau | Nurlina Base |

## Minggu, 15 September 2024

| Pukul | Acara | Pengisi |
|---|---|---|
| 09.30 | Ceramah "Mengapa rangkong butuh pohon ara" | Dr. Emilia Santoga |
"""


@pytest.mark.parametrize(
    ("question", "marked"),
    [("kapan festival burung maruwa?", "Sabtu, 14 September 2024"), ("jam berapa ceramah soal pohon ara?", "09.30")],
)
def test_when_what_the_title_names_is_is_a_day_of_its_programme(
    snapshot_of: BuildSnapshot, question: str, marked: str
) -> None:
    [answer] = snapshot_of({"a.md": FESTIVAL}).answer([question])
    assert quote_parts(answer.citations[0])[1] == marked
