"""Who holds an office, and who signed, is told from the lines of lists, of letterheads and below letters."""

import re

import pytest

from retrieval.lookups.holders import holder_first
from retrieval.text.markup import quote_parts
from retrieval.values import Document, Hit, Passage, Reading, Sentence
from tests.fakes import BuildSnapshot

PRESENT = """PRESS BRIEFING

Present:

Ivana Creed, Minister of Health
Tomas Wirth, Deputy Minister of Health
Dr Amina Rook, National Coordinator for Cholera
Ruth Vane, Director of Laboratories

The briefing began at ten. Ms Creed said that the outbreak was slowing down.
"""
DEPUTIES = """PRESENT

Dr Ana Lim, Deputy Director
Mr Bob Ray, Head of Finance
"""
LETTER = """CAITHMOOR COUNCIL

Ms Eleanor Brandt
Minister for Coastal Resilience
Scottish House

Dear Minister,

I write to ask for help with the cost of the damage that the storm did to our coast. Of the 212 homes that were
flooded, 147 are in Wick.

Yours sincerely,

Margaret Sinclair
Chief Executive
"""
DECREE = """PENGUMUMAN

Penutupan Jalan Raya Padasuka

Jalan Raya Padasuka ditutup mulai 25 Juni 2026 karena perbaikan jembatan.

Ditetapkan di Sukamaju
pada tanggal 24 Juni 2026

Kepala Dinas PUPR,

ttd

Ir. Wawan Setiawan, M.T.

Tembusan:
Bupati Sukamaju
Camat Padasuka
"""
ADDRESSED = """Orla, 20 April 2026

Nomor: 087/YTL/IV/2026
Perihal: Perbaikan pipa

Kepada Yth.
Bupati Sukamaju
Ibu Hj. Endang Purwati, S.H.
di tempat

Dengan hormat,

Kami memohon agar pemerintah memperbaiki pipa air di Desa Pucangan yang rusak akibat banjir bulan Februari.
"""
HOSPITAL = """# The hospital

The hospital of Selaras has 300 beds. Its staff:

Oskar Bello – Chief Pharmacist
Dr Rahmat Lindqvist – Head of Surgery
Ida Orr: Head of Nursing
"""
CONTACTS = """Contacts

Chair
Ann Gow

Clerk and treasurer
Tom Ogilvie

The committee meets on Mondays.
"""


@pytest.mark.parametrize(
    ("text", "question", "quote"),
    [
        pytest.param(ADDRESSED, "surat itu ditujukan kepada siapa?", "Bupati Sukamaju", id="whom-a-letter-is-to"),
        pytest.param(ADDRESSED, "surat soal pipa untuk siapa?", "Bupati Sukamaju", id="whom-a-letter-on-that-is-to"),
        pytest.param(ADDRESSED, "surat tentang bandara kepada siapa?", "", id="whom-a-letter-on-another-thing-is-to"),
        pytest.param(PRESENT, "who is the minister of health?", "Ivana Creed, Minister of Health", id="in-a-list"),
        pytest.param(HOSPITAL, "head of surgery?", "Dr Rahmat Lindqvist – Head of Surgery", id="behind-a-dash"),
        pytest.param(HOSPITAL, "who is head of nursing?", "Ida Orr: Head of Nursing", id="behind-a-colon"),
        pytest.param(PRESENT, "who is the deputy minister?", "Tomas Wirth, Deputy Minister of Health", id="its-deputy"),
        pytest.param(PRESENT, "director of laboratories?", "Ruth Vane, Director of Laboratories", id="only-the-office"),
        pytest.param(PRESENT, "who is the director of nursing?", "", id="another-office"),
        pytest.param(PRESENT, "when is the director of laboratories?", "", id="when"),
        pytest.param(PRESENT, "who is not the minister of health?", "", id="others-than-that-office"),
        pytest.param(DEPUTIES, "who is the director?", "", id="only-a-deputy"),
        pytest.param(LETTER, "who is the chief executive of Caithmoor Council?", "Margaret Sinclair", id="below"),
        pytest.param(LETTER, "who is the minister for coastal resilience?", "Ms Eleanor Brandt", id="addressee"),
        pytest.param(LETTER, "who signed the letter to the minister?", "Margaret Sinclair", id="signer"),
        pytest.param(LETTER, "who signed the letter about the ferries?", "", id="another-letter"),
        pytest.param(LETTER, "who is the chief executive of Wick Harbour?", "", id="of-another-body"),
        pytest.param(DECREE, "siapa kepala dinas pupr?", "Ir. Wawan Setiawan, M.T.", id="above-in-indonesian"),
        pytest.param(
            DECREE, "siapa yang menandatangani pengumuman jalan?", "Ir. Wawan Setiawan, M.T.", id="signer-in-indonesian"
        ),
        pytest.param(DECREE, "siapa camat padasuka?", "", id="only-the-office-of-a-copy"),
        pytest.param(ADDRESSED, "siapa bupati?", "Ibu Hj. Endang Purwati, S.H.", id="below-its-address"),
        pytest.param(CONTACTS, "who is the chair?", "Ann Gow", id="office-first"),
        pytest.param(CONTACTS, "treasurer?", "Tom Ogilvie", id="second-office"),
    ],
)
def test_the_line_with_the_name_answers(snapshot_of: BuildSnapshot, text: str, question: str, quote: str) -> None:
    [answer] = snapshot_of({"a.txt": text}).answer([question])
    assert [one.sentence for one in answer.citations] == [quote] * bool(quote)


def test_the_name_is_marked_in_front_of_the_office(snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.txt": PRESENT}).answer(["who is the director of laboratories?"])
    assert quote_parts(answer.citations[0])[1] == "Ruth Vane"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("who is the spokesperson of the ministry?", "Ada Quill"),
        ("who is the deputy spokesperson?", ""),
        ("who is the minister of fisheries?", ""),
    ],
)
def test_who_speaks_at_the_head_of_several_transcripts_holds_the_office_there(
    snapshot_of: BuildSnapshot, question: str, name: str
) -> None:
    head = "MINISTRY OF FISHERIES\nTranscript of the {} by the Spokesperson, Ada Quill\nOrla, {} May 2026\n\n"
    turns = "QUESTION (Bo Roe, Courier): And the nets?\n\nADA QUILL: They stay.\n\nQUESTION (Bo Roe, Courier): So?\n"
    texts = {"a.txt": head.format("briefing", 4) + turns, "b.txt": head.format("weekly briefing", 11) + turns}
    [answer] = snapshot_of(texts).answer([question])
    assert (quote_parts(answer.citations[0])[1] if answer.found else "") == name


def test_a_letter_without_a_signature_has_no_signer(snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.txt": LETTER.partition("Margaret")[0]}).answer(
        ["who signed the letter to the minister?"]
    )
    assert not answer.found


NEWS = """# Pelantikan di Kolaka

Rapat dibuka Ketua DPRD, Hilda Manu, pada pukul sembilan. Kapal diterima Gubernur Tera Wongso. Mantan Bupati Jaka Umbu
duduk di depan. Istri Wali Kota, Lina Sabu, ikut hadir. Kepala Dinas Sosial Amin Rasyid pulang lebih awal. Kapal lama
dulu diresmikan Rektor saat itu, Bima Lado.
"""


@pytest.mark.parametrize(
    ("question", "name"),
    [
        pytest.param("siapa ketua dprd?", "Hilda Manu", id="behind-a-comma"),
        pytest.param("siapa ketua dprd kolaka?", "Hilda Manu", id="with-the-place-of-the-title"),
        pytest.param("siapa gubernur?", "Tera Wongso", id="right-behind"),
        pytest.param("siapa kepala dinas sosial?", "Amin Rasyid", id="behind-a-body"),
        pytest.param("siapa bupati?", "", id="who-was-it-before"),
        pytest.param("siapa wali kota?", "", id="whose-wife-it-is"),
        pytest.param("siapa rektor?", "", id="who-was-it-then"),
        pytest.param("siapa ketua dprd selaru?", "", id="of-another-place"),
    ],
)
def test_a_sentence_tells_who_holds_an_office_right_behind_it(question: str, name: str) -> None:
    document = Document("a.txt", "Pelantikan di Kolaka", NEWS, language="id")
    spans = [match.span() for match in re.finditer(r"[A-Z][^.]+\.", NEWS)]
    passage = Passage(0, 0, tuple(Sentence(*span) for span in spans))
    readings = [Reading(Hit.looked_up(passage, document), one, 0.1) for one in passage.sentences]
    [first, *_] = holder_first(question, readings)
    assert (first.marked if first.confidence > 0.1 else "") == name
