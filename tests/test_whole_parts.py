"""Parts of documents that are named by their numbers: quoted as a whole, and told with each quote."""

import time

import pytest

from retrieval.answering import Snapshot
from retrieval.documents.parsing import parse_document
from retrieval.questions.asked_part import asked_part, asks_which_part, with_other_part
from retrieval.questions.follow_ups import variants
from retrieval.text.numbered_parts import label, labelled_kind, order, part_above
from retrieval.values import Document, Sentence, Turn
from tests.conversations import answers_in_turn
from tests.fakes import BuildSnapshot

ACT = """Lighthouses Act

PART I
GENERAL

Section 1
Keepers

(1) Every lighthouse has two keepers.
(2) A keeper is appointed for three years.

Section 2
Lamps

A lamp burns from sunset to sunrise.

PART II
DUES

Section 3 (Collection)

1. Ships of more than 40 tonnes pay dues.
(a) Fishing boats pay half.
(b) Lifeboats pay nothing.
2. Dues are paid at the first port.
3. The harbour office keeps the books.
4. Nobody pays twice on one voyage.

Annex A: Forms

Form 12 is sent with every payment.

Done at Porthaven on 3 May 2021.
"""
RULING = """---
title: Peraturan Bupati Nomor 7 Tahun 2025 tentang Menara Suar
---

BAB I

KETENTUAN UMUM

Pasal 1

Menara suar adalah bangunan yang memberi tanda kepada kapal.

BAB II

KEWAJIBAN

Pasal 2

(1) Penjaga wajib menyalakan lampu sebelum malam.

(2) Penjaga yang lalai dikenai denda Rp300.000.

Pasal 3

Peraturan ini mulai berlaku pada tanggal 1 Juli 2025.

Ditetapkan di Porthaven
"""
GUIDE = """# Visitors' Guide

## 1. Opening

The tower opens at nine.

## 2. Prices

### 2.1 Adults

Adults pay four euros.

### 2.2 Children

Children pay one euro.

## 3. Dogs

Dogs wait outside.
"""
MOTION = """Motion 14 of the Harbour Council

The Council,

1. Asks the keeper to report every month;

2. Thanks the volunteers of the lifeboat;

3. Decides to meet again in autumn.
"""


@pytest.fixture
def snapshot(snapshot_of: BuildSnapshot) -> Snapshot:
    return snapshot_of({"act.txt": ACT, "perbup.md": RULING, "guide.md": GUIDE, "motion.txt": MOTION})


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("What does section 1 of the Lighthouses Act say?", ["(1) Every lighthouse", "(2) A keeper is"]),
        ("section 2 lighthouses act", ["A lamp burns"]),
        ("§ 2 lighthouses act", ["A lamp burns"]),
        ("s. 2 of the lighthouses act", ["A lamp burns"]),
        ("What does Section 3(2) of the Act say?", ["2. Dues are paid"]),
        ("what does section 3 paragraph 1 of the act say?", ["1. Ships of more", "(a) Fishing boats", "(b) Lifeboats"]),
        ("Section 3(1)(b) of the lighthouses act", ["(b) Lifeboats pay nothing."]),
        ("What is in part 2 of the act?", ["1. Ships of more", "(a) Fishing boats", "(b) Lifeboats"]),
        ("What does Annex A say?", ["Form 12 is sent"]),
        ("apa isi pasal 2?", ["(1) Penjaga wajib", "(2) Penjaga yang lalai"]),
        ("Apa bunyi Pasal 2 ayat (2) Perbup 7/2025?", ["(2) Penjaga yang lalai"]),
        ("isi bab I perbup menara suar", ["Menara suar adalah"]),
        ("apa isi bab 2 perbup menara suar?", ["(1) Penjaga wajib", "(2) Penjaga yang lalai", "Peraturan ini mulai"]),
        ("What does section 2.2 say?", ["Children pay one euro."]),
        ("What does section 2 of the guide say?", ["Adults pay four", "Children pay one"]),
        ("what does operative paragraph 2 of the motion say?", ["2. Thanks the volunteers"]),
    ],
)
def test_a_part_that_is_named_is_quoted(snapshot: Snapshot, question: str, quoted: list[str]) -> None:
    [answer] = snapshot.answer([question])
    assert [one.sentence[: len(begins)] for one, begins in zip(answer.citations, quoted, strict=True)] == quoted
    assert not answer.disagree


def test_the_rest_of_a_part_is_there_to_open(snapshot: Snapshot) -> None:
    [answer] = snapshot.answer(["What does section 3 of the act say?"])
    more = [found.sentence for key in answer.more if (found := snapshot.find(key))]
    assert [one[:4] for one in more] == ["2. D", "3. T", "4. N"]


def test_of_several_documents_each_is_quoted_those_first_that_call_it_so(snapshot_of: BuildSnapshot) -> None:
    files = {
        "one.txt": "Tea Code\n\nArticle 4\n\nTea is poured first.\n\nThe cups are warmed.",
        "two.txt": "Milk Code\n\nArticle 4\n\nMilk is poured last.",
        "three.txt": "Kode Teh\n\nPasal 4\n\nTeh diseduh empat menit.",
    }
    snapshot = snapshot_of(files)
    english, indonesian = snapshot.answer(["What does article 4 say?", "apa isi pasal 4?"])
    assert {one.sentence for one in english.citations} == {"Tea is poured first.", "Milk is poured last."}
    assert not english.disagree
    assert [one.sentence for one in indonesian.citations] == ["Teh diseduh empat menit."]


@pytest.mark.parametrize("question", ["What does section 9 of the act say?", "apa isi pasal 8?", "what is article 30?"])
def test_a_part_that_is_not_there_is_not_found(snapshot: Snapshot, question: str) -> None:
    assert not snapshot.answer([question])[0].found


def test_what_is_asked_of_something_in_a_part_is_read(snapshot: Snapshot) -> None:
    [answer] = snapshot.answer(["Who keeps the books under section 3 of the Lighthouses Act?"])
    assert answer.citations[0].sentence == "3. The harbour office keeps the books."
    assert answer.citations[0].part == "Section 3"


@pytest.mark.parametrize(
    ("question", "found"), [("what does clause 2 say?", True), ("what does article 2 say?", False)]
)
def test_a_number_alone_is_that_of_a_clause_and_of_no_article(
    snapshot_of: BuildSnapshot, question: str, *, found: bool
) -> None:
    snapshot = snapshot_of({"a.txt": "Lease\n\n1. The rent is 40 crowns.\n2. The garden may be used.\n3. No dogs.\n"})
    assert snapshot.answer([question])[0].found is found


def test_which_part_it_is_stands_with_the_quote(snapshot: Snapshot) -> None:
    english, indonesian = snapshot.answer(
        ["Which section is about lamps?", "pasal berapa yang mengatur denda penjaga?"]
    )
    assert (english.shown[0].sentence, english.shown[0].part) == ("A lamp burns from sunset to sunrise.", "Section 2")
    assert indonesian.shown[0].part == "Pasal 2"


def test_a_conversation_goes_on_to_another_part(snapshot: Snapshot) -> None:
    _, second = answers_in_turn(snapshot, "What does section 1 of the Lighthouses Act say?", "and section 2?")
    assert [one.sentence for one in second.citations] == ["A lamp burns from sunset to sunrise."]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Article 5", "article"),
        ("**Pasal 5**", "article"),
        ("ARTICLE IV.", "article"),
        ("Article 12 (Withdrawal)", "article"),
        ("Section 3. Complaints", "section"),
        ("Bagian Kesatu", "section"),
        ("BAB II KEWAJIBAN", "chapter"),
        ("Annex A: Forms", "annex"),
        ("Agenda item 4 – Budget", "item"),
        ("Article 5 says that nobody pays.", ""),
        ("Article 5. Nobody pays twice.", ""),
        ("Article 5, which", ""),
        ("Part of the wall", ""),
        ("Pasal 5 ayat (1) mengatur hal itu", ""),
        ("Rules 5", ""),
    ],
)
def test_a_line_calls_a_part_by_its_number(line: str, kind: str) -> None:
    assert labelled_kind(line) == kind


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("A title\n\nArticle 1\nUse of words\n\nA ship is a ship.", ["A title", "Article 1", "Use of words"]),
        ("# T\n\nPasal 1\n(1) Satu itu satu.\n(2) Dua itu dua.", ["# T", "Pasal 1"]),
        ("# T\n\nPasal 1\n\nUsaha mikro\n\nPasal 2\n\nUsaha kecil", ["# T", "Pasal 1", "Pasal 2"]),
        ("# T\n\nBAB I\n\nUMUM\n\nPasal 1\n\nSatu itu satu.", ["# T", "BAB I", "UMUM", "Pasal 1"]),
        ("T\n\n1. We met.\n\nSea and Ports\n\n2. We left.\n\nBoat\n\nKapal\n", ["T", "Sea and Ports"]),
        ("T\n\n1. We met.\n\nWe also ate\n\n2. We left.\n\nSea\n\n4. We slept.\n", ["T"]),
        ("T\n\nSection 2. The mayor shall be chosen by the\nmasters of the islands every year.", ["T"]),
        (
            "T\n\n§ 3 Photography\n\nYes.\n\n§ 4 Food, drink and the carrying of animals\n\nNo.\n\n§ 5 Chairs\n\nNo.",
            ["T", "§ 3 Photography", "§ 4 Food, drink and the carrying of animals", "§ 5 Chairs"],
        ),
        ("# T\n\nThe keeper has to follow the rules of\nArticle 5.\nHe does.", ["# T"]),
    ],
)
def test_labels_and_their_titles_are_headings(text: str, headings: list[str]) -> None:
    parsed = parse_document("a.md" if text.startswith("#") else "a.txt", text.encode())
    assert parsed is not None
    assert [parsed.document.text[one.start : one.end] for one in parsed.sentences if one.heading] == [
        heading.removeprefix("# ") for heading in headings
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Article 5\n\nOne.\n\nTwo.", "Article 5"),
        ("Article 5\n\nOne.\n\nDone at Rome, 3 May 2021\n\nTwo.", ""),
        ("Article 5\n\nOne.\n\nDONE in duplicate at Rome this third day of May.\n\nTwo.", ""),
        ("Article 5\n\nOne.\n\nArticle 6. Two.", ""),
        ("## Article 5 Inspection\n\nTwo.", "Article 5"),
        ("Art. 5. One.\n\nTwo.", "Art. 5"),
        ("They had agreed at length on what is in paragraph 3 of\nArticle 5.\nTwo.", ""),
        ("Article 5 says it.\n\nTwo.", ""),
        ("Rule 1\n\nOne.\n\nRule 2 Two. is said here", ""),
        ("One.\n\nTwo.", ""),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_part_above_a_sentence(text: str, line_end: str, part: str) -> None:
    text = text.replace("\n", line_end)
    begin = max(text.find("Two."), 0)
    sentence = Sentence(text.rfind("\n", 0, begin) + 1, len(text))
    assert part_above(Document("a.md", "T", text), sentence) == part


def test_a_sentence_may_begin_a_part_itself() -> None:
    text = "Article 6. Ships wait."
    name, called = label(Document("a.md", "T", text), Sentence(0, len(text))) or (None, "")
    assert (name and name.kind, called) == ("article", "Article 6")
    assert label(Document("a.md", "T", "Article 6 lets ships wait."), Sentence(0, 26)) is None


@pytest.mark.parametrize(
    ("number", "question", "whole"),
    [
        ("2.2", "What does section 2.1 say?", "What does section 2.2 say?"),
        ("2.2", "what does 2.1 say?", "what does point 2.2 say"),
        ("3.2", "isi pasal 3.1", "isi pasal 3.2"),
    ],
)
def test_a_number_alone_takes_the_place_of_that_before(number: str, question: str, whole: str) -> None:
    assert with_other_part(number, question) == whole


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What does Article 5(2)(b) say?", ["article 5", "item 2", "item b"]),
        ("paragraph 2 of article IV", ["article iv", "paragraph 2"]),
        ("bunyi pasal 5 ayat (2) huruf a", ["article 5", "paragraph 2", "item a"]),
        ("Is it allowed under Article 5?", ["article 5"]),
        ("apa isi pasal dua puluh satu?", ["article 21"]),
        ("What does condition 5 of the permit say?", ["article 5"]),
        ("What does rule three times mean?", []),
        ("apa syarat dua orang saksi?", []),
        ("What does article five say?", ["article 5"]),
        ("What does the article say?", []),
        ("what does 2.2 say", ["item 2.2"]),
        ("isi 3.2?", ["item 3.2"]),
        ("2.2?", ["item 2.2"]),
        ("what does 2.2 million buy?", []),
        ("2.50", ["item 2.50"]),
        ("What did Breuer say about Article 5?", []),
        ("Which party is it part of?", []),
    ],
)
def test_the_names_of_a_part_are_read_from_the_outermost_on(question: str, names: list[str]) -> None:
    asked = asked_part(question)
    assert [f"{one.kind.split()[0]} {one.number}" for one in (asked.names if asked else ())] == names


def test_a_question_asks_which_part_it_is() -> None:
    assert asks_which_part("Which article is about dues?") and asks_which_part("diatur di pasal berapa?")
    assert not asks_which_part("What does article 5 say?")


ONE_FILE = {
    "contents": """Shellfish Regulation

Contents

Article 1 – Scope
Article 2 – Temperature
Article 3 – Fines

The Commission has adopted this regulation for reasons of public health.

Article 1 – Scope

This regulation is about oysters.

Article 2 – Temperature

Oysters are kept at 4 degrees.

Article 3 – Fines

The fine is 90 crowns.
""",
    "contract": """SUPPLY AGREEMENT

5. Liability

5.1 Liability is limited to 150,000 euros.

5.2 Clause 5.1 does not apply to fraud.

6. Term

6.1 The term is two years.
""",
    "judgment": "Judgment in Green v Harbour\n\n[13] Paragraph 14 deals with relief.\n\n[14] The decision is quashed.",
    "by-laws": "By-laws\n\nArticle 1 Berths\n\nThe master assigns them.\n\nArticle 2 Dues\n\nThe dues are 45 crowns.",
    "levels": """Supply Act

Article 4
Fees

2. Surcharges apply:

(a) for urgent work:

(i) 25 per cent within two days;

(ii) 60 per cent on the same day;

(b) for weekends, 30 per cent.
""",
    "protocol": """Treaty of Lissa

Article 1

Ships are free.

PROTOCOL ON DISPUTES

Article 1

Disputes go to the court.
""",
    "perda": """PERATURAN DAERAH ORLA
NOMOR 3 TAHUN 2024
TENTANG
PASAR

BAB I
KETENTUAN UMUM

Pasal 1

Pasar adalah tempat jual beli.

BAB II
HAK

Bagian Kesatu
Hak Warga

Paragraf 1
Rumah Tangga

Pasal 2

Setiap warga berhak atas kios.

Pasal 3

Setiap rumah tangga mendapat satu kios.

Bagian Kedua
Hak Pedagang

Pasal 4

(1) Laporan memuat:
 a. jumlah; dan
 b. cara:
  1. dijual; atau
  2. dibakar.
(2) Laporan dikirim tiap bulan.

Ditetapkan di Orla

PENJELASAN

Pasal 4
Ayat (1)
Cukup jelas.
Ayat (2)
Laporan dapat dikirim melalui surat elektronik.
""",
    "explained": """RAPERDA FERI

Pasal 5

(1) Kapal membawa pelampung.

(2) Kapal besar membawa radio.

PENJELASAN

Pasal 5 ayat (2)

Radio itu radio VHF.

Radio itu menjangkau 15 kilometer.

Pasal 8 ayat (2) dan ayat (3)

Pelajar membawa kartu.
""",
    "sk": "KEPUTUSAN BUPATI\n\nKESATU : Membentuk tim pasar.\nKEDUA : Tim menata kios.\nKETIGA : Ini berlaku sekarang.",
    "agenda": "# Dive club\n\nItem 3: Surface with 50 bar\n\nItem 4: Budget of 3 million approved by 12 votes to 3",
    "list": "# Port act\n\nArticle 5\n\n- Ships of the navy pay half\n- Ferries pay nothing\n\nBAB III\n\nLain-lain.",
    "blog": "# Blog\n\n## Article 5 – Dogs\n\nDogs wait outside.\n\n# About the author\n\nLena Farrow lives in Halden.",
    "vote": "# Minutes\n\nItem 2: The budget of 5,000 euros was approved\n\nMr Vance abstained.",
    "lines": "Minutes\n\nItem 1\nThe board approved the new crane\nIt will be delivered in May.",
    "lease": "Lease\n\nClause 2. No smoking.\n\nClause 3. Pets are allowed\n\nSigned at Porthaven on 3 May 2021.",
    "rules": "Pool\n\nRule 1: No running\nRule 2: No balls\nRule 3: Showers first\n\nThe pool is open daily.",
    "schedule": "PENJELASAN\n\nJadwal feri\n\n1. Berangkat pukul 7.\n2. Kembali pukul 9.",
    "last": "Perda\n\nPasal 1\n\nDemikian pula warga wajib membayar.\n\nPasal 2\n\nUsaha mikro\n\nDitetapkan di Orla",
    "listed": """Act

Article 9

(h) hats;
(i) ice;
(j) jam.

Article 10

(a) all:
(i) one;
(ii) two;
(b) both.
""",
    "notes": "Letters\n\n1. Fill in the form.\n2. Send it to the mayor.",
    "changing": """PERATURAN BUPATI ORLA
NOMOR 12 TAHUN 2025
TENTANG
PERUBAHAN ATAS PERATURAN BUPATI NOMOR 5 TAHUN 2020

Pasal I

Beberapa ketentuan diubah sebagai berikut:

1. Ketentuan Pasal 5 ayat (1) diubah, sehingga berbunyi sebagai berikut:

Pasal 5

(1) Retribusi sebesar Rp15.000 per bulan.
(2) Retribusi dibayar setiap bulan.

2. Di antara Pasal 7 dan Pasal 8 disisipkan 1 (satu) pasal, yakni Pasal 7A, sehingga berbunyi sebagai berikut:

Pasal 7A

Yang terlambat didenda 2 persen.

3. Pasal 9 dihapus.

Pasal II

Peraturan ini mulai berlaku pada tanggal diundangkan.
""",
    "order": "Perda\n\nPasal 9\n\n1. Warga melapor.\n2. Setelah data diubah, petugas mencatat.\n\nPasal 10\n\nSelesai.",
    "amendment": """Dues (Amendment) Act

2. Amendment of section 4
For 40 crowns substitute 55 crowns.

3. Insertion of section 4A
After section 4 insert—
"4A. Late payment
(1) Dues that are paid late bear interest.
(2) The harbour master may waive it."

4. Repeal
Section 9 is repealed.
""",
}


@pytest.mark.parametrize(
    ("name", "question", "quoted"),
    [
        ("contents", "what does article 2 say?", ["Oysters are kept at 4 degrees."]),
        ("contents", "article 3", ["The fine is 90 crowns."]),
        ("contract", "what does clause 5.1 say?", ["5.1 Liability is limited to 150,000 euros."]),
        (
            "contract",
            "clause 5",
            ["5.1 Liability is limited to 150,000 euros.", "5.2 Clause 5.1 does not apply to fraud."],
        ),
        ("judgment", "paragraph 14 of the judgment", ["[14] The decision is quashed."]),
        ("by-laws", "explain article 2", ["The dues are 45 crowns."]),
        ("levels", "what does article 4(2)(a)(ii) say?", ["(ii) 60 per cent on the same day;"]),
        ("levels", "article 4(2)(b)", ["(b) for weekends, 30 per cent."]),
        ("protocol", "What does Article 1 of the protocol say?", ["Disputes go to the court."]),
        ("protocol", "article 1 of the treaty", ["Ships are free."]),
        ("perda", "bagian kesatu", ["Setiap warga berhak atas kios.", "Setiap rumah tangga mendapat satu kios."]),
        ("perda", "pasal 2", ["Setiap warga berhak atas kios."]),
        ("perda", "pasal 4 huruf b", ["b. cara:", "1. dijual; atau", "2. dibakar."]),
        ("perda", "pasal 4 ayat 1 huruf b angka 2", ["2. dibakar."]),
        ("perda", "pasal 4 ayat 2", ["(2) Laporan dikirim tiap bulan."]),
        ("perda", "penjelasan pasal 4 ayat (2)", ["Laporan dapat dikirim melalui surat elektronik."]),
        (
            "explained",
            "penjelasan pasal 5 ayat 2 apa?",
            ["Radio itu radio VHF.", "Radio itu menjangkau 15 kilometer."],
        ),
        ("explained", "penjelasan pasal 8 ayat (3) raperda", ["Pelajar membawa kartu."]),
        ("explained", "apa isi pasal 5 ayat 2?", ["(2) Kapal besar membawa radio."]),
        ("perda", "tlg bunyi pasal 3 perda", ["Setiap rumah tangga mendapat satu kios."]),
        ("sk", "apa isi diktum kedua?", ["KEDUA : Tim menata kios."]),
        ("agenda", "what does item 3 say?", ["Item 3: Surface with 50 bar"]),
        ("list", "article 5", ["Ships of the navy pay half", "Ferries pay nothing"]),
        ("blog", "What is in Article 5 of the blog?", ["Dogs wait outside."]),
        ("vote", "What budget was approved?", ["Item 2: The budget of 5,000 euros was approved"]),
        ("lines", "What did the board approve?", ["The board approved the new crane"]),
        ("lease", "What does clause 3 say?", ["Pets are allowed"]),
        ("rules", "What does rule 3 of the pool say?", ["Rule 3: Showers first", "The pool is open daily."]),
        ("rules", "What does rule 2 of the pool say?", ["Rule 2: No balls"]),
        ("schedule", "apa isi poin 2 jadwal feri?", ["2. Kembali pukul 9."]),
        ("last", "isi pasal 1 perda", ["Demikian pula warga wajib membayar."]),
        ("last", "isi pasal 2 perda", ["Usaha mikro"]),
        ("listed", "article 9(i)", ["(i) ice;"]),
        ("listed", "article 10(a)(ii)", ["(ii) two;"]),
        ("listed", "article 10(a)", ["(a) all:", "(i) one;", "(ii) two;"]),
        ("notes", "What did the letter I sent to the mayor say?", []),
        ("notes", "What does paragraph i of the letters say?", []),
        (
            "changing",
            "isi pasal 5",
            ["(1) Retribusi sebesar Rp15.000 per bulan.", "(2) Retribusi dibayar setiap bulan."],
        ),
        ("changing", "pasal 5 ayat 2", ["(2) Retribusi dibayar setiap bulan."]),
        ("changing", "bunyi pasal 7A", ["Yang terlambat didenda 2 persen."]),
        (
            "changing",
            "apa isi pasal I?",
            [
                "Beberapa ketentuan diubah sebagai berikut:",
                "1. Ketentuan Pasal 5 ayat (1) diubah, sehingga berbunyi sebagai berikut:",
            ],
        ),
        ("order", "isi pasal 9", ["1. Warga melapor.", "2. Setelah data diubah, petugas mencatat."]),
        ("changing", "pasal II", ["Peraturan ini mulai berlaku pada tanggal diundangkan."]),
        (
            "amendment",
            "What does section 4A say?",
            [
                '"4A. Late payment',
                "(1) Dues that are paid late bear interest.",
                '(2) The harbour master may waive it."',
            ],
        ),
        ("amendment", "section 4A(2)", ['(2) The harbour master may waive it."']),
    ],
)
def test_how_documents_number_their_parts(
    snapshot_of: BuildSnapshot, name: str, question: str, quoted: list[str]
) -> None:
    suffix = "md" if ONE_FILE[name].startswith("#") else "txt"
    [answer] = snapshot_of({f"a.{suffix}": ONE_FILE[name]}).answer([question])
    assert [one.sentence for one in answer.citations] == quoted


def test_how_a_regulation_changes_another_is_no_part_of_what_it_changes(snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.txt": ONE_FILE["changing"]}).answer(["Pasal mana yang dihapus?"])
    assert [(one.sentence, one.part) for one in answer.citations] == [("3. Pasal 9 dihapus.", "")]


def test_what_stands_below_a_part_is_none_of_it(snapshot_of: BuildSnapshot) -> None:
    [author] = snapshot_of({"a.md": ONE_FILE["blog"]}).answer(["where does Lena Farrow live?"])
    [reasons] = snapshot_of({"a.txt": ONE_FILE["contents"]}).answer(["why was the regulation adopted?"])
    assert (author.citations[0].part, reasons.citations[0].part) == ("", "")


def test_what_is_said_on_the_line_of_a_label_is_quoted(snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.md": ONE_FILE["agenda"]}).answer(["By how many votes was the budget approved?"])
    assert answer.citations[0].sentence == "Item 4: Budget of 3 million approved by 12 votes to 3"


@pytest.mark.parametrize(
    ("first", "then", "quoted"),
    [
        ("isi pasal 4 perda orla", "ayat 2?", "(2) Laporan dikirim tiap bulan."),
        ("isi pasal 2 perda orla", "dan pasal 3?", "Setiap rumah tangga mendapat satu kios."),
        ("isi pasal 2 perda orla", "and 3?", "Setiap rumah tangga mendapat satu kios."),
        ("apa itu pasar?", "apa isi pasal 3?", "Setiap rumah tangga mendapat satu kios."),
    ],
)
def test_a_conversation_stays_in_the_document_of_a_part(
    snapshot_of: BuildSnapshot, first: str, then: str, quoted: str
) -> None:
    files = {
        "perda.txt": ONE_FILE["perda"],
        "se.txt": "Edaran\n\n1. Datang pagi.\n2. Dilarang parkir.\n\nPasal 3\n\nApa.",
    }
    snapshot = snapshot_of(files)
    _, answer = answers_in_turn(snapshot, first, then)
    assert [one.sentence for one in answer.citations] == [quoted]


@pytest.mark.parametrize(
    ("first", "then", "quoted"),
    [
        ("What does article 2(b) say?", "and (c)?", "(c) share data."),
        ("what does article 2(b) of the accord say", "and c?", "(c) share data."),
        ("What does article 2 say?", "And (a)?", "(a) exchange staff;"),
        ("What does article 3(1) say?", "and (2)?", "(2) Others are shared."),
        ("what does paragraph 1 of article 3 say", "and 2?", "(2) Others are shared."),
    ],
)
def test_a_conversation_goes_on_to_another_item_of_a_part(
    snapshot_of: BuildSnapshot, first: str, then: str, quoted: str
) -> None:
    text = "Accord\n\nArticle 2\n\nThe Parties:\n(a) exchange staff;\n(b) train them;\n(c) share data.\n\n"
    snapshot = snapshot_of({"a.txt": f"{text}Article 3\n\n(1) Each bears its costs.\n(2) Others are shared.\n"})
    _, answer = answers_in_turn(snapshot, first, then)
    assert [one.sentence for one in answer.citations] == [quoted]


def test_at_most_three_documents_are_quoted(snapshot_of: BuildSnapshot) -> None:
    files = {f"{name}.txt": f"{name} Code\n\nArticle 4\n\n{name} is fine." for name in ("Tea", "Milk", "Mint", "Sage")}
    [answer] = snapshot_of(files).answer(["What does article 4 say?"])
    assert (len(answer.citations), answer.disagree) == (3, False)


def test_a_year_is_no_number_of_a_part() -> None:
    before = Turn("How many families did Section 8 help in 2023?", "120", "Charity", key="k", document="a.txt")
    assert not any("Section 2022" in one.text for one in variants("and 2022?", before))


def test_an_item_that_a_part_has_not_is_not_looked_for_elsewhere(snapshot_of: BuildSnapshot) -> None:
    files = {
        "a.txt": "Sewa Kapal\n\nPasal 2\n\nSewa dibayar tunai.",
        "b.txt": "House rules\n\n1.1 Return the key.\n\n1. Be quiet.",
    }
    snapshot = snapshot_of(files)
    _, answer = answers_in_turn(snapshot, "Apa isi pasal 2 sewa kapal?", "dan ayat 1?")
    assert {one.document.id for one in answer.citations} <= {"a.txt"}


def test_many_headings_are_passed_in_time(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"a.md": "# Act\n\n" + "## Article 5\n\n" * 3_000 + "Ships wait."})
    began = time.monotonic()
    [answer] = snapshot.answer(["What does article 5 say?"])
    assert [one.sentence for one in answer.citations] == ["Ships wait."]
    assert time.monotonic() - began < 5


def test_labels_are_found_in_hostile_text_in_time() -> None:
    lines = [
        "Article 5" + " " * 5_000 + "x",
        "Article 5" + "*" * 5_000,
        "Article 5 (" * 500,
        "#*_ " * 2_000,
        " " * 20_000,
    ]
    text = "\n".join(lines * 20)
    document = Document("a.md", "T", text)
    sentences = [Sentence(place, place + 5, heading=True) for place in range(0, len(text) - 5, 997)]
    began = time.monotonic()
    for one in sentences:
        part_above(document, one)
        label(document, one)
        order(document, one)
    for line in (*lines, text):
        labelled_kind(line, loosely=True)
    assert time.monotonic() - began < 10
