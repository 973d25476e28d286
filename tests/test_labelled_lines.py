"""A line is found by its label and what it is of: "Room: 214" of "Maritime History", "Ambulance | 118"."""

import pytest

from retrieval.lookups.sure import LOOKED_UP
from retrieval.questions.minutes_heads import asked_by_label
from retrieval.text.markup import quote_parts
from retrieval.values import Answer
from tests.conversations import answers_in_turn
from tests.fakes import BuildSnapshot

COURSES = """# Courses

## Maritime History

Lecturer: Maria Tan
Room: 214
Language: English

## Oral History

Lecturer: Agus Prasetyo
**Room:** Studio B
Language: Indonesian

## Batik Design

Lecturer: Sri Utami
Room: 12
Language: Indonesian
"""


def marked(answer: Answer) -> tuple[str, str]:
    """Return what is marked in the first quote, and the heading that stands with it; nothing if it is not looked up."""
    if answer.confidence < LOOKED_UP:
        return "", ""
    return quote_parts(answer.citations[0])[1], answer.citations[0].part


@pytest.mark.parametrize(
    ("question", "value", "heading"),
    [
        ("which room is Batik Design in?", "12", "Batik Design"),
        ("room of oral history", "Studio B", "Oral History"),
        ("language of Maritime History?", "English", "Maritime History"),
        ("language of Maritime Law?", "", ""),
        ("room", "", ""),
    ],
)
def test_a_line_is_found_by_its_label_and_the_heading(
    snapshot_of: BuildSnapshot, question: str, value: str, heading: str
) -> None:
    [answer] = snapshot_of({"a.md": COURSES}).answer([question])
    assert marked(answer) == (value, heading)


COORDINATION = """---
date: 2024-01-18
---
# Minutes of the coordination meeting

Date: 18 January 2024, 09.00
Chair: Dr Ratna Wisesa
Minutes: Mirna Tobeli

Present: Yosef Palamba, Grace Tompira, Daud Kasiang
Apologies: Simon Larube, who is on leave

## Trail

Mr Palamba reported that the trail has been repaired.
"""
KOORDINASI = """---
date: 2024-01-18
---
# Notulen rapat koordinasi

Tanggal: 18 Januari 2024, 09.00
Pimpinan: Dr Ratna Wisesa
Notulis: Mirna Tobeli

Hadir: Yosef Palamba, Grace Tompira, Daud Kasiang
Berhalangan: Simon Larube, sedang cuti

## Jalur

Yosef Palamba melaporkan bahwa jalur itu sudah diperbaiki.
"""


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("who took the minutes of the January meeting?", "Mirna Tobeli"),
        ("who couldn't attend the coordination meeting?", "Simon Larube, who is on leave"),
        ("who was absent at the january meeting?", "Simon Larube, who is on leave"),
        ("who attended the coordination meeting on 18 January", "Yosef Palamba, Grace Tompira, Daud Kasiang"),
        ("who was absent at the march meeting?", ""),
        ("who took part in the trail run?", ""),
        ("siapa yang menulis notulen rapat Januari?", "Mirna Tobeli"),
        ("siapa yg ga bisa datang rapat koordinasi?", "Simon Larube, sedang cuti"),
        ("siapa saja yang hadir di rapat koordinasi", "Yosef Palamba, Grace Tompira, Daud Kasiang"),
        ("siapa yang tidak hadir di rapat maret?", ""),
    ],
)
def test_the_head_of_minutes_is_asked_for_by_other_words(snapshot_of: BuildSnapshot, question: str, value: str) -> None:
    text = KOORDINASI if question.startswith("siapa") else COORDINATION
    assert marked(snapshot_of({"a.md": text}).answer([question])[0])[0] == value


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("siapa yg gak bisa datang rapat?", "Absen"),
        ("and who wrote the minutes?", "Notulis"),
        ("who wrote the minute book?", ""),
        ("when was he absent?", ""),
        ("siapa yang izin?", ""),
    ],
)
def test_a_question_has_the_label_that_a_document_has(question: str, label: str) -> None:
    asked = asked_by_label(question, ["Ketua", "Notulis", "Hadir", "Absen", "Izin"])
    assert asked.startswith(f"who {label}") if label else asked == question


def test_a_sentence_of_the_document_may_say_otherwise(snapshot_of: BuildSnapshot) -> None:
    text = (
        "# C\n\n## Maritime History\n\nRoom: 214\n\nThe lessons were moved: Maritime History now meets in room 410.\n"
    )
    [answer] = snapshot_of({"a.md": text}).answer(["Which room is Maritime History in?"])
    assert answer.citations[0].sentence.endswith("now meets in room 410.")


def test_where_somebody_is_no_label_tells(snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.md": "# C\n\n## Book Club\n\nTeacher: Bo\n\nThey meet.\n"}).answer(
        ["Where is the teacher of the Book Club?"]
    )
    assert not answer.found


def test_who_holds_an_office_is_not_told_by_what_it_is_of(snapshot_of: BuildSnapshot) -> None:
    text = "Program: Pagi Bersama\nPewawancara: Doni Setiawan\nNarasumber: Nurlaila Hasan, Direktur Program Gizi\n"
    [answer] = snapshot_of({"a.txt": text}).answer(["siapa direktur program gizi?"])
    assert quote_parts(answer.citations[0])[1] == "Nurlaila Hasan"


def test_who_answers_in_an_interview_is_no_place(snapshot_of: BuildSnapshot) -> None:
    text = "# Helena Voss leaves\n\nQ: You leave on Monday?\nA: No. I told the chair in April that I would go.\n"
    [answer] = snapshot_of({"a.md": text}).answer(["where is Voss going?"])
    assert not answer.found


def test_what_goes_on_stays_below_the_heading(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"a.md": COURSES})
    answers = answers_in_turn(snapshot, "which room is Oral History in?", "in which language?", "and Batik Design?")
    values = [marked(answer) for answer in answers]
    assert values == [("Studio B", "Oral History"), ("Indonesian", "Oral History"), ("Indonesian", "Batik Design")]


def test_what_stands_in_a_value_may_be_asked_for_next(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of(
        {"a.md": "# Wool Museum\n\n**Address:** 12 Fuller's Row\n**Director:** Lucy Amberley (since 2019)\n"}
    )
    _, answer = answers_in_turn(snapshot, "who is the director of the Wool Museum?", "since when?")
    assert answer.found and "2019" in quote_parts(answer.citations[0])[1]


def test_a_question_that_says_a_number_of_the_value_does_not_ask_for_it(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"a.txt": "Laporan erupsi\n\nTanggal: 14 Agustus 2026\nLokasi: Selaru\n"})
    assert [one.found for one in snapshot.answer(["tanggal 14?", "tanggal laporan erupsi?"])] == [False, True]


HOTLINES = """# Emergency numbers

- Police: 110
- Ambulance: 118
- Fire brigade: 113
- Coastguard: 0800 555 200
"""
SCORERS = """# Liga Nusantara

## Pencetak gol terbanyak

1. Fajar Nugroho (Persira) – 11 gol
2. Carlos Mendez (Bahari United) – 9 gol
3. Ilham Jaya (Garuda Muda) – 7 gol
"""
QUAKE = """Info Gempabumi 21 November 2026

Tanggal    : 21 November 2026
Magnitudo  : 6,2
Kedalaman  : 18 km
"""
POST = "Laporan Posko\n\nRelawan: 71 orang\nKorban luka: nihil\nKorban hilang: -\nLayanan: 174 orang\n"
CONTACTS = """# Contacts

- Matthew Oduya, Director. Phone: 555 0101
- Clara Weiss, Grants Manager. Phone: 555 0104. Email: c.weiss@brightwater.example
"""
NOTICE = """UNION OF STAFF

NOTICE OF ANNUAL GENERAL MEETING

Date:   Thursday 20 November 2025
Time:   12.30 pm (sandwiches from 12.10)
Venue:  Lecture Theatre 2, Maddox Building
Quorum: 40 members

AGENDA
1.  Apologies
2.  Minutes of the AGM of 21 November 2024
"""
DIVISION = "HOUSE OF ASSEMBLY\n\nThe House divided on the amendment:\n\nAyes, 19\nNoes, 26\nMajority, 7\n"
FACTS = """PT SAMUDRA LESTARI Tbk
Lembar Fakta

Karyawan: 5.230
Kode saham: SMLS
Auditor: Kantor Akuntan Publik Tjandra & Rekan
"""


@pytest.mark.parametrize(
    ("name", "text", "question", "value"),
    [
        pytest.param("a.md", HOTLINES, "number of the fire brigade", "113", id="list"),
        pytest.param("a.md", HOTLINES, "what is the phone number of the coastguard", "0800 555 200", id="phone"),
        pytest.param("a.md", SCORERS, "berapa gol carlos mendez", "9 gol", id="dash"),
        pytest.param("a.txt", DIVISION, "how many noes?", "26", id="comma"),
        pytest.param("a.txt", QUAKE, "berapa kedalaman gempa", "18 km", id="blanks before the colon"),
        pytest.param("a.txt", FACTS, "kode saham", "SMLS", id="only the label"),
        pytest.param(
            "a.txt", FACTS, "siapa auditor samudra lestari", "Kantor Akuntan Publik Tjandra & Rekan", id="head"
        ),
        pytest.param("a.txt", NOTICE, "what is the quorum?", "40 members", id="what is the"),
        pytest.param("a.txt", NOTICE, "when is the agm?", "Thursday 20 November 2025", id="when"),
        pytest.param("a.txt", POST, "korban luka berapa?", "nihil", id="nihil"),
        pytest.param("a.txt", POST, "berapa korban hilang?", "-", id="a dash for none"),
        pytest.param("a.md", CONTACTS, "matthew oduya's phone", "555 0101", id="its own line"),
        pytest.param("a.md", CONTACTS, "clara's phone?", "555 0104", id="its own line, too"),
        pytest.param(
            "a.txt", "Opening: 9.30 a.m.\nClosing: 5 pm\nFee: $4\n", "when is the opening?", "9.30 a.m.", id="an hour"
        ),
        pytest.param(
            "a.txt", NOTICE, "where is the annual general meeting?", "Lecture Theatre 2, Maddox Building", id="where"
        ),
        pytest.param(
            "a.html",
            "<table><tr><td>Police</td><td>110</td></tr><tr><td>Ambulance</td><td>118</td></tr></table>",
            "ambulance number",
            "118",
            id="row",
        ),
        pytest.param(
            "a.md", "# T\n\n| Police | 110 |\n|---|---|\n| Ambulance | 118 |\n", "police number", "110", id="first row"
        ),
        pytest.param(
            "a.csv", "Police,110\nAmbulance,118\nFire brigade,113\n", "ambulance number", "118", id="file without names"
        ),
    ],
)
def test_a_line_with_the_label_that_is_asked_for_answers(
    snapshot_of: BuildSnapshot, name: str, text: str, question: str, value: str
) -> None:
    [answer] = snapshot_of({name: text}).answer([question])
    assert quote_parts(answer.citations[0])[1] == value


def test_of_several_documents_each_is_cited_for_a_label_alone(snapshot_of: BuildSnapshot) -> None:
    sheet = "# {0} Holdings\n\n- Ticker: {1}\n- Headquarters: Orla\n"
    snapshot = snapshot_of({"a.md": sheet.format("Nordal", "NDL"), "b.md": sheet.format("Tessal", "TES")})
    alone, named, unknown = snapshot.answer(["ticker", "nordal ticker", "ticker of Halden"])
    assert {quote_parts(one)[1] for one in alone.citations} == {"NDL", "TES"}
    assert [quote_parts(one)[1] for one in named.citations] == ["NDL"]
    assert not unknown.found


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("how many goals has Carlos Mendez scored", "9 gol"),
        ("siapa pencetak gol terbanyak", "Fajar Nugroho"),
        ("berapa gol pemain Garuda Muda", "7 gol"),
    ],
)
def test_a_line_beside_that_which_is_named_does_not_answer(
    snapshot_of: BuildSnapshot, question: str, value: str
) -> None:
    [answer] = snapshot_of({"a.md": SCORERS}).answer([question])
    assert quote_parts(answer.citations[0])[1] == value


LOG = """Daily summary of incidents

Ref: MB/3381/25
Place: Quay Street
Offence: Assault
Details: A man was struck with a bottle.
Officer in case: PC Nadia Farrow

Ref: MB/3390/25
Place: Lidgate Retail Park
Offence: Shoplifting
Details: Two girls were stopped with perfume worth £212.
Officer in case: Sgt Tom Hale
"""


@pytest.mark.parametrize("text", [LOG, LOG.replace("\n", "\n\n")], ids=["records", "a paragraph each"])
@pytest.mark.parametrize(
    ("question", "value", "part"),
    [
        ("offence of MB/3390/25?", "Shoplifting", "Ref: MB/3390/25"),
        ("who is the officer in case for the shoplifting?", "Sgt Tom Hale", "Ref: MB/3390/25"),
        ("what was the offence at Quay Street?", "Assault", "Ref: MB/3381/25"),
        ("where was the assault?", "Quay Street", "Ref: MB/3381/25"),
    ],
)
def test_a_line_is_that_of_the_record_that_is_named(
    snapshot_of: BuildSnapshot, text: str, question: str, value: str, part: str
) -> None:
    [answer] = snapshot_of({"a.txt": text}).answer([question])
    assert marked(answer) == (value, part)


@pytest.mark.parametrize(
    ("question", "value"), [("minister of defence", "Bo Roe"), ("what is the office of Bo Roe?", "Defence")]
)
def test_the_first_row_of_a_table_may_name_its_columns(snapshot_of: BuildSnapshot, question: str, value: str) -> None:
    rows = [("Office", "Person"), ("Finance", "Ana Lim"), ("Defence", "Bo Roe")]
    table = "".join(f"<tr><td>{office}</td><td>{person}</td></tr>" for office, person in rows)
    [answer] = snapshot_of({"a.html": f"<h1>Ministers</h1><table>{table}</table>"}).answer([question])
    assert quote_parts(answer.citations[0])[1] == value


def test_of_a_line_that_is_asked_when_the_time_is_marked(snapshot_of: BuildSnapshot) -> None:
    text = "# Port of Ansel\n\nStaff: 340\nDirector: Ana Lim (since 2021)\n"
    [answer] = snapshot_of({"a.md": text}).answer(["since when is Ana Lim director?"])
    assert quote_parts(answer.citations[0])[1] == "since 2021"


def test_what_begins_a_record_says_which_one_it_is(snapshot_of: BuildSnapshot) -> None:
    text = "RAPAT\n\nAgenda 1: Biaya\nHasil: disetujui\n\nAgenda 2: Jam malam\nHasil: ditolak\n"
    [answer] = snapshot_of({"a.txt": text}).answer(["hasil agenda 2"])
    assert marked(answer) == ("ditolak", "Agenda 2: Jam malam")


def test_a_line_below_another_heading_than_that_which_is_named_does_not_answer(snapshot_of: BuildSnapshot) -> None:
    text = "# Floods in Wick and Milton\n\n## Wick\n\nHomes: 12\n\n## Milton\n\nDeaths: 3\nHomes: 40\n"
    homes, deaths = snapshot_of({"a.md": text}).answer(["homes in Wick", "deaths in Wick"])
    assert marked(homes) == ("12", "Wick")
    assert marked(deaths) == ("", "")


SECTORS = """# Situation in Milton

- Shelter: 300 families live in three schools.
- Food: rice and fish are handed out twice a day.
- Health: two clinics are open.
"""
MINUTES = """Minutes of the committee

Present: Ana Lim, Bo Roe
Date: 8 May 2026

The minister said: “The bridge will open in June.”
"""
INTERVIEW = """Interview with the mayor

REPORTER: How many homes were lost?
REYLE: About 40 homes.
REPORTER: And the school?
REYLE: The school stands. It reopens on Monday.
"""


@pytest.mark.parametrize(
    ("text", "question", "sentence"),
    [
        (SECTORS, "what do people in the shelters eat?", "Food: rice and fish are handed out twice a day."),
        (SECTORS, "where do the families live?", "Shelter: 300 families live in three schools."),
        (MINUTES, "when will the bridge open?", "The minister said: “The bridge will open in June.”"),
        (MINUTES, "what did the minister say?", "The minister said: “The bridge will open in June.”"),
        (INTERVIEW, "how many homes were lost?", "REYLE: About 40 homes."),
        (INTERVIEW, "when does the school reopen?", "It reopens on Monday."),
    ],
)
def test_sentences_with_a_colon_answer_as_others_do(
    snapshot_of: BuildSnapshot, text: str, question: str, sentence: str
) -> None:
    [answer] = snapshot_of({"a.md": text}).answer([question])
    assert answer.citations[0].sentence == sentence


def test_a_list_goes_on_with_another_label(snapshot_of: BuildSnapshot) -> None:
    answers = answers_in_turn(snapshot_of({"a.md": HOTLINES}), "ambulance number", "and the fire brigade?")
    assert [quote_parts(answer.citations[0])[1] for answer in answers] == ["118", "113"]


REGISTER = """# Register

## Case 14/2025

Ship: Orla
Reported: 3 June 2025
Status: closed

## Case 15/2025

Ship: Medea
Reported: 9 June 2025
Status: open
"""


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("status of case 14/2025", "closed"),
        ("status of case 15/2025", "open"),
        ("status of case 9/2025", ""),  # though that of 9 June 2025 has both numbers
        ("who reported case 15/2025?", ""),
    ],
)
def test_a_number_of_a_case_is_one(snapshot_of: BuildSnapshot, question: str, value: str) -> None:
    [answer] = snapshot_of({"a.md": REGISTER}).answer([question])
    assert marked(answer)[0] == value


def test_a_place_is_not_meant_where_another_label_is_named(snapshot_of: BuildSnapshot) -> None:
    text = "KERJA BAKTI\n\nWaktu : 07.00 WIB\nTempat : lingkungan RT\nTitik kumpul : Balai Warga\n"
    meeting, place = snapshot_of({"a.txt": text}).answer(["di mana titik kumpul kerja bakti?", "di mana kerja bakti?"])
    assert (marked(meeting)[0], marked(place)[0]) == ("", "lingkungan RT")


def test_a_number_to_call_and_an_address_are_no_other_number(snapshot_of: BuildSnapshot) -> None:
    text = "KELURAHAN SUKAMANAH\n\nNomor : 400.10/112/IV/2026\nPerihal : Kerja bakti\n\nWarga diundang.\n"
    answers = snapshot_of({"a.txt": text}).answer(["nomor telepon kelurahan?", "email kelurahan?", "nomor surat?"])
    assert [one.found for one in answers] == [False, False, True]


@pytest.mark.parametrize("lead", ["", "Jumlah "])
def test_a_label_is_told_from_others_by_its_own_words(snapshot_of: BuildSnapshot, lead: str) -> None:
    lines = ("korban meninggal dunia: 3 orang", "korban luka-luka: 27 orang", "korban hilang: 1 orang")
    text = "# Laporan\n\n" + "".join(f"- {(lead + line).capitalize()}\n" for line in lines)
    answers = snapshot_of({"a.md": text}).answer(["berapa korban hilang?", "berapa korban luka?"])
    assert [quote_parts(one.citations[0])[1] for one in answers] == ["1 orang", "27 orang"]


def test_hours_of_opening_have_the_zone_of_the_clock(snapshot_of: BuildSnapshot) -> None:
    text = "# Layanan\n\n- Senin-Kamis: 08.00-15.00 WIB\n- Jumat: 08.00-11.00 WIB\n"
    [answer] = snapshot_of({"a.md": text}).answer(["jumat buka jam berapa?"])
    assert marked(answer) == ("08.00-11.00 WIB", "")


RELEASE = """---
title: Kejari Kolaka Tahan Dua Orang dalam Perkara Dermaga
---

# SIARAN PERS
Nomor: PR-044/K.3/02/2026

Kejari Kolaka hari ini menahan dua orang.
"""
VERDICT = """# PUTUSAN SELA DALAM PERKARA DERMAGA

Nomor: 31/Pid.Sus/2026/PN Klk
Dibacakan: Kamis
"""


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        pytest.param(RELEASE, "nomor perkara dermaga apa?", "", id="of-what-a-paper-tells"),
        pytest.param(RELEASE, "nomor siaran pers kejari kolaka?", "PR-044/K.3/02/2026", id="of-the-paper"),
        pytest.param(VERDICT, "nomor perkara dermaga?", "31/Pid.Sus/2026/PN Klk", id="of-a-case-and-its-verdict"),
        pytest.param(VERDICT, "nomor putusan dermaga?", "31/Pid.Sus/2026/PN Klk", id="of-a-verdict"),
    ],
)
def test_the_number_of_a_paper_is_not_that_of_what_it_tells(
    text: str, question: str, value: str, snapshot_of: BuildSnapshot
) -> None:
    [answer] = snapshot_of({"a.md": text}).answer([question])
    assert marked(answer)[0] == value


def test_what_stands_before_several_turns_of_one_line_is_no_label(snapshot_of: BuildSnapshot) -> None:
    turns = (
        "**Suara Kota:** Gaji guru terlambat. Betul? **Wibowo:** Tidak, lihat datanya: rata-rata 109 jam per bulan. "
        "**Suara Kota:** Anda sendiri sudah dibayar? **Wibowo:** Saya minta yang muda didahulukan. Itu saja."
    )
    [answer] = snapshot_of({"a.md": f"# Wawancara dengan Adi Wibowo\n\n{turns}\n"}).answer(["berapa gaji adi wibowo"])
    assert not (answer.found and "109" in answer.citations[0].sentence)


OFFICE = "Dinas Kelautan\n\nKapal tiba.\n\nKepala Dinas\nTelepon: 021-500 4422\nLayanan informasi publik: 1500 424\n"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        pytest.param("telepon layanan informasi", "1500 424", id="of-a-service"),
        pytest.param("telepon layanan pengaduan", "", id="of-another-service"),
    ],
)
def test_a_number_to_call_is_that_of_the_service_of_the_label(
    question: str, value: str, snapshot_of: BuildSnapshot
) -> None:
    [answer] = snapshot_of({"a.txt": OFFICE}).answer([question])
    assert marked(answer)[0] == value


@pytest.mark.parametrize("question", ["who is Ana Lim?", "siapa Bo Roe?"])
def test_what_somebody_is_to_do_does_not_tell_who_they_are(question: str, snapshot_of: BuildSnapshot) -> None:
    tasks = "# Minutes\n\nAna Lim: leaflets by May\nBo Roe: hall keys\nCy Dunn: chairs\n"
    [answer] = snapshot_of({"a.md": tasks}).answer([question])
    assert not answer.found
