"""Where a number to call, or an address of e-mail, is asked for, what has none does not answer."""

import pytest

from retrieval.questions.asked_contact import called_about, lacks_contact
from retrieval.text.markup import quote_parts
from tests.conversations import answers_in_turn
from tests.fakes import BuildSnapshot


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        ("What is the phone number of the clinic?", "Reference 400.10/112/IV/2026", True),
        ("nomor telepon kelurahan?", "Nomor : 12 Tahun 2026/A", True),
        ("carla wene phone number", "Carla Wene: leaflet by 15 March", True),
        ("What's Carla Wene's mobile phone number?", "Carla Wene: leaflet", True),
        ("what is her email?", "Carla Wene: leaflet", True),
        ("nomor telepon darurat?", "Darurat: 112", False),
        ("telepon dinas pendidikan", "Nomor : 421/118/2026", True),
        ("phone bo suryadi", "555-0100", False),
        ("telepon dari siapa?", "Bo.", False),
        ("emergency phone number?", "Call 503.555.0134.", False),
        ("berapa nomor hp camat?", "Telp. 0274/555123", False),
        ("Who leaked the mayor's phone number?", "Bo did.", False),
        ("How can I change my phone number?", "On the page of settings.", False),
        ("email of the archive", "Write to the archive.", True),
        ("email puskesmas waringin?", "Telepon: (0271) 664301", True),
        ("harbour office email", "Call 044-5010.", True),
        ("dinas kesehatan email", "Telepon: 044-5010.", True),
        ("island clinic phone number", "The clinic is on the island.", True),
        ("Dinah Wene's phone number", "Dinah Wene leads the crew.", True),
        ("White House email", "The White House is in Wick.", True),
        ("Whitby office email", "Call 044-5010.", True),
        ("did anybody email?", "Bo did.", False),
        ("didn't the board email?", "Nobody wrote.", False),
        ("bolehkah warga kirim email?", "Boleh.", False),
        ("dimana saya kirim email?", "Di kantor.", False),
        ("siapa kirim email?", "Bo.", False),
        ("can I apply by email?", "Applications by letter only.", False),
        ("berkas dikirim lewat email?", "Ya.", False),
        ("email storage limit?", "5 gigabytes", False),
        ("press office email?", "There is no email address.", False),
        ("email from Ana about the strike", "She wrote that it ends.", False),
        ("What is the email retention period?", "Ninety days.", False),
        ("alamat email dinas?", "dinas@orla.example", False),
        ("What is the email address for complaints?", "complaints (at) orla.example", False),
        ("humas pelabuhan nomor teleponnya?", "humas@orla.example", True),
        ("contact of Captain Wene", "Captain Wene leads the crew.", True),
        ("kontak kapten wene", "Kapten Wene memimpin regu.", True),
        ("contact for the archive?", "Archive: archive@orla.example", False),
        ("contact details for press", "Press: www.orla.example/press", False),
        ("press contact", "The press was there.", True),
        ("contact with the crew was lost when?", "At noon.", False),
        ("contacts of the first case", "The 12 contacts of the first case are in quarantine.", False),
        ("kontak erat kasus campak", "Sebanyak 42 kontak erat dipantau.", False),
        ("siapa narahubung acara?", "Narahubung acara: Dewi Marampa", False),
        ("wa loket berapa?", "Loket buka pukul 8.", True),
        ("hp siapa yang hilang?", "Milik Bo.", False),
        ("hp bagus", "Bagus memimpin tim.", True),
        ("nomor juru bicara BPBD?", "Juru bicara BPBD adalah Rukmini Sari.", True),
        ("nomor surat?", "Perihal: pipa", False),
    ],
)
def test_a_number_to_call_or_an_address_may_be_lacking(question: str, sentence: str, lacks: bool) -> None:
    assert lacks_contact(question, sentence) is lacks


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("email of the Brennick press office", "press@brennick.example"),
        ("phone number of Iona Marsh", "01632 960 188"),
    ],
)
def test_of_both_in_a_line_that_is_marked_which_is_asked_for(
    snapshot_of: BuildSnapshot, question: str, marked: str
) -> None:
    line = "Press contact: Iona Marsh, head of communications, 01632 960 188, press@brennick.example"
    [answer] = snapshot_of({"a.txt": f"Statement of Brennick Civil\n\n{line}\n"}).answer([question])
    assert quote_parts(answer.citations[0])[1] == marked


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("nomor wa pelabuhan orla?", "0812-5500-1133"),
        ("nomor telepon pelabuhan orla?", "(0551) 880-410"),
        ("pelabuhan orla nomor telepon nya?", "(0551) 880-410"),
    ],
)
def test_a_number_for_whatsapp_is_told_from_that_of_a_telephone(
    snapshot_of: BuildSnapshot, question: str, marked: str
) -> None:
    text = "# Kontak\n\nPelabuhan Orla: telepon (0551) 880-410, WhatsApp 0812-5500-1133, surel kantor@orla.example.\n"
    [answer] = snapshot_of({"a.md": text}).answer([question])
    assert quote_parts(answer.citations[0])[1] == marked


def test_what_has_none_is_related(snapshot_of: BuildSnapshot) -> None:
    text = "# Puskesmas Waringin\n\nTelepon: (0271) 664301\n\nKepala: dr. Mutia Rahayu\n"
    [phone, mail] = snapshot_of({"a.md": text}).answer(["telepon puskesmas waringin?", "email puskesmas waringin?"])
    assert phone.citations[0].sentence == "Telepon: (0271) 664301"
    assert not mail.found and mail.related[0].sentence == "Telepon: (0271) 664301"


def test_a_label_does_not_answer_without_a_number(snapshot_of: BuildSnapshot) -> None:
    text = "Komandan Pos    : Kapten Inf. Sugeng Riyadi\nKoordinator SAR : Bagus Pranoto (HP 0812-9990-1111)\n"
    of_one, of_other = snapshot_of({"a.txt": text}).answer(["no hp komandan pos?", "no hp koordinator SAR?"])
    assert not any("Sugeng" in one.sentence for one in of_one.citations)
    assert "0812-9990-1111" in of_other.citations[0].sentence


RELEASE = """# The harbour of Orla is dredged

The harbour is dredged from May to July, so that larger ships can call. Ferries sail from the west pier in these months.

Fishermen land their catch in Tern. The council pays for the way there. It expects the work to cost 40 million crowns.

Press contact: Iona Marsh, 01632 960 188, press@orla.example
"""
OTHER_DESK = "# Licences\n\nTelephone 01632 555 150; ask for Miriam Tolle.\n\nThe desk opens at nine.\n"
APPOINTED = """# In brief

The board has appointed an ombudswoman: Theresa Quayle, a former judge, can be reached from 1 July at 01632 555 199.

She reports once a year.
"""


@pytest.mark.parametrize(
    ("question", "marked"),
    [("iona marsh phone number", "01632 960 188"), ("what is the email of iona marsh?", "press@orla.example")],
)
def test_a_number_is_found_in_a_passage_that_was_not_read(
    snapshot_of: BuildSnapshot, question: str, marked: str
) -> None:
    said = {f"{number}.txt": f"Iona Marsh: Question {number}, please.\n" for number in range(9)}
    snapshot = snapshot_of({**said, "release.md": RELEASE})
    [answer] = snapshot.answer([question])
    assert quote_parts(answer.citations[0])[1] == marked


def test_a_number_alone_is_that_of_whom_the_answer_named(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"brief.md": APPOINTED, "licences.md": OTHER_DESK})
    _, number = answers_in_turn(snapshot, "whom did the board appoint as ombudswoman?", "phone number?")
    assert quote_parts(number.citations[0])[1] == "01632 555 199"


def test_a_number_alone_is_not_that_of_somebody_else(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"brief.md": APPOINTED.replace("at 01632 555 199", "by all"), "licences.md": OTHER_DESK})
    _, number = answers_in_turn(snapshot, "whom did the board appoint as ombudswoman?", "phone number?")
    assert not number.found


@pytest.mark.parametrize(
    "said", ["counted 347 boats", "paid 1.200.000 crowns", "was there on 12/05/2025", "written 05/08/26 11.15"]
)
def test_another_figure_beside_a_name_is_no_number_to_call(snapshot_of: BuildSnapshot, said: str) -> None:
    text = f"# The harbour\n\nIona Marsh of the harbour office has {said}, and asked to be called.\n"
    [answer] = snapshot_of({"a.md": text}).answer(["What is the phone number of Iona Marsh?"])
    assert not answer.found


DESKS = """# Whom to turn to

## Permits

The desk is led by Dewi Marampa, phone 0455 321 730.

## Boats

The desk for boats opens at 09.30 and calls for applications until 31 March 2024.

## If your power is out

Ring 1800 at any hour.

## Parade

The parade of 1998 began at the old gate.
"""


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("lapor kemana kalau ada kebakaran?", True),
        ("siapa yang harus dihubungi soal izin?", True),
        ("whom to call about permits", True),
        ("siapa yang melapor kebakaran itu?", False),
        ("where do people turn right?", False),
    ],
)
def test_whom_to_call_is_not_who_called(question: str, about: bool) -> None:
    assert (called_about(question) is not None) == about


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("who do i call about permits?", "The desk is led by Dewi Marampa, phone 0455 321 730."),
        ("my power is out, who do I ring", "Ring 1800 at any hour."),
        ("who do i call about the parade of 1998?", ""),
        ("who do i call about boats?", ""),
        ("who do i call about my lost dog?", ""),
    ],
)
def test_whom_to_call_is_who_can_be_reached(snapshot_of: BuildSnapshot, question: str, quote: str) -> None:
    [answer] = snapshot_of({"desks.md": DESKS}).answer([question])
    assert [one.sentence for one in answer.citations] == [quote] * bool(quote)
