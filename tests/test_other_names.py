"""What a question calls by another name than the documents is found, and what a short name stands for is told."""

from dataclasses import replace

import pytest

from retrieval.answering import Snapshot
from retrieval.answers.other_names import OtherNames
from retrieval.answers.turns import turn_after
from retrieval.reading.reader import THRESHOLD
from tests.fakes import BuildSnapshot

DOCUMENTS = {
    "names.md": "# Names\n\nThe Velmora Relief Agency (VRA) was founded in 1999. OFB: Orla Fund Board\n",
    "flood.txt": "The VRA sent twelve boats to Hemmet on Sunday. Ilse Marrowby led the crews.",
    "fund.txt": "The Orla Fund Board paid 900 crowns to every household in Hemmet. It met in March.",
    "rapat.txt": "Menteri Luar Negeri Retno Marsudi memimpin rapat itu di Paris. Rapat berlangsung dua hari.",
    "twice.txt": "The Central Sea Agency (CSA) and the Coastal Schools Association (CSA) share a house.",
    "words.txt": "The Rapid Emergency Support Team (REST) arrives on 4 May.",
    "balai.txt": "Balai Pelatihan Sosial (BPS) menampung 214 anak di Bekasi.",
    "marks.md": "The **Water, Sanitation\nand Hygiene** (WASH) cluster met. Non-food items (NFIs) came.\n",
    "list.txt": "NFI: non-food item",
}


@pytest.fixture
def snapshot(snapshot_of: BuildSnapshot) -> Snapshot:
    return snapshot_of(DOCUMENTS)


@pytest.fixture
def names(snapshot: Snapshot) -> OtherNames:
    return OtherNames(snapshot.index, lambda word: word in {"rest", "start", "wash"})


@pytest.mark.parametrize(
    ("question", "readings"),
    [
        pytest.param("What did the VRA send?", ["What did the Velmora Relief Agency send?"], id="a-short-name"),
        pytest.param("what did the vra send", ["what did the Velmora Relief Agency send"], id="in-small-letters"),
        pytest.param("the VRA's boats?", ["the Velmora Relief Agency's boats?"], id="with-a-possessive"),
        pytest.param("Did the velmora relief  agency come?", ["Did the VRA come?"], id="in-full"),
        pytest.param(
            "Did the VRA pay the Orla Fund Board?",
            [
                "Did the Velmora Relief Agency pay the OFB?",
                "Did the Velmora Relief Agency pay the Orla Fund Board?",
                "Did the VRA pay the OFB?",
            ],
            id="two",
        ),
        pytest.param(
            "Where is the CSA?",
            ["Where is the Central Sea Agency?", "Where is the Coastal Schools Association?"],
            id="of-two-meanings",
        ),
        pytest.param("Where is the Central Sea Agency?", [], id="whose-short-name-is-another's-too"),
        pytest.param("Siapa Menlu?", ["Siapa Menteri Luar Negeri?"], id="well-known"),
        pytest.param("sekdesnya siapa?", ["Sekretaris Desa siapa?"], id="well-known-with-an-ending"),
        pytest.param("berapa lama rs tutup?", ["berapa lama Rumah Sakit tutup?"], id="well-known-of-two-small-letters"),
        pytest.param("who told us and mr go?", [], id="two-small-letters-that-nothing-explains"),
        pytest.param("berapa data Badan Pusat Statistik?", [], id="well-known-but-another-one-here"),
        pytest.param("VRA-led crews", ["Velmora Relief Agency-led crews"], id="joined"),
        pytest.param("WHERE IS THE VRA?", ["WHERE IS THE Velmora Relief Agency?"], id="all-in-capitals"),
        pytest.param("WHO LEFT THE REST?", [], id="ordinary-words-in-capitals"),
        pytest.param("where is the rest of it?", [], id="an-ordinary-word"),
        pytest.param("where is REST?", ["where is Rapid Emergency Support Team?"], id="which-has-capitals"),
        pytest.param("How many nfi kits?", ["How many non-food item kits?"], id="one-of-several"),
        pytest.param("How many non-food item kits?", ["How many NFI kits?"], id="one-of-several-in-full"),
        pytest.param("Did the Velmora Relief Agency (VRA) come?", [], id="both-there"),
        pytest.param("Who is that?", [], id="WHO-in-small-letters"),
        pytest.param("Did XYZ come?", [], id="unknown"),
        pytest.param("What does WHO stand for?", [], id="asks-for-letters"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_question_is_read_with_other_names(names: OtherNames, question: str, readings: list[str]) -> None:
    assert names.readings(question) == readings


@pytest.mark.parametrize(
    ("question", "understood", "sentence"),
    [
        pytest.param(
            "When did the Velmora Relief Agency send boats?",
            "When did the VRA send boats?",
            "The VRA sent twelve boats to Hemmet on Sunday.",
            id="in-full",
        ),
        pytest.param(
            "How much did the OFB pay?",
            "How much did the Orla Fund Board pay?",
            "The Orla Fund Board paid 900 crowns to every household in Hemmet.",
            id="a-short-name",
        ),
        pytest.param(
            "Siapa Menlu?",
            "Siapa Menteri Luar Negeri?",
            "Menteri Luar Negeri Retno Marsudi memimpin rapat itu di Paris.",
            id="well-known",
        ),
    ],
)
def test_what_has_another_name_in_the_documents_is_found(
    snapshot: Snapshot, question: str, understood: str, sentence: str
) -> None:
    assert snapshot.read([question])[0][0].confidence < THRESHOLD
    [answer] = snapshot.answer([question])
    assert (answer.question, answer.spelt, answer.understood) == (question, understood, "")
    assert [one.sentence for one in answer.citations] == [sentence]


def test_what_is_surer_by_the_other_name_comes_in_the_place_of_what_was_found(snapshot_of: BuildSnapshot) -> None:
    fund = {
        "old.md": "# Hall\n\nOFB president Ana Lim was glad on Monday. The Orla Fund Board (OFB) paid.\n",
        "new.md": "# The fund\n\nORLA – Bo Roe is the new president of the Orla Fund Board. He got 74 of 132 votes.\n",
    }
    snapshot = snapshot_of(fund)
    assert snapshot.read(["who is president of the OFB?"])[0][0].confidence >= THRESHOLD
    [answer] = snapshot.answer(["who is president of the OFB?"])
    assert answer.citations[0].document.id == "new.md"
    assert answer.spelt == "who is president of the Orla Fund Board?"


def test_a_well_known_name_of_which_documents_have_only_the_words_is_not_found(snapshot_of: BuildSnapshot) -> None:
    text = "Wakil Menteri Sosial Budi hadir. Presiden datang kemudian."
    [answer] = snapshot_of({"a.txt": text}).answer(["siapa Wapres?"])
    assert not answer.found and answer.spelt == ""


@pytest.mark.parametrize(
    ("text", "letters", "name"),
    [
        pytest.param("Bantuan Tunai Kapal desa ini", "BTK", "Bantuan Tunai Kapal", id="in-capitals"),
        pytest.param("Bantuan Tunai\nuntuk Kapal desa", "BTK", "Bantuan Tunai untuk Kapal", id="on-two-lines"),
        pytest.param("Bantuan Tunai\r\nuntuk Kapal desa", "BTK", "Bantuan Tunai untuk Kapal", id="as-on-windows"),
        pytest.param("Badan Tani Kota. Bantuan Tunai Kapal desa", "BTK", "", id="of-two-names"),
        pytest.param("Bantuan Kapal desa", "BK", "", id="too-short"),
        pytest.param("Bantuan tunai Kapal desa", "BTK", "", id="of-words-without-capitals"),
    ],
)
def test_letters_that_nothing_explains_are_those_of_the_only_name_with_them(
    snapshot_of: BuildSnapshot, text: str, letters: str, name: str
) -> None:
    text += " diberikan kepada 41 keluarga penerima manfaat sebesar Rp300.000 per bulan."
    [answer] = snapshot_of({"a.txt": text}).answer([f"berapa keluarga penerima {letters}"])
    assert answer.found == bool(name)
    assert answer.spelt == (f"berapa keluarga penerima {name}" if name else "")


def test_such_letters_may_be_small_ones(snapshot: Snapshot, names: OtherNames) -> None:
    [cited] = snapshot.answer(["Who led the crews?"])[0].citations
    document = replace(cited.document, text="The Inner Coast Group came.")
    assert names.readings("did the icg come?", [document]) == ["did the Inner Coast Group come?"]


def test_a_slip_and_another_name_are_told_together(snapshot: Snapshot) -> None:
    [answer] = snapshot.answer(["When did the Velmora Relief Agancy send boats?"])
    assert (answer.spelt, answer.unknown_names) == ("When did the VRA send boats?", ())
    assert answer.citations[0].sentence == "The VRA sent twelve boats to Hemmet on Sunday."


def test_a_question_that_stands_alone_goes_on_from_nothing(snapshot: Snapshot) -> None:
    [first] = snapshot.answer(["Who led the crews?"])
    turn = turn_after(first, None)
    [answer] = snapshot.answer(["How much did the OFB pay?"], [turn])
    assert answer.found and turn_after(answer, turn).earlier == ()


def test_a_follow_up_goes_on_from_there(snapshot: Snapshot) -> None:
    [answer] = snapshot.answer(["How much did the OFB pay?"])
    [again] = snapshot.answer(["And when did it meet?"], [turn_after(answer, None)])
    assert again.citations[0].sentence == "It met in March."


def test_a_name_is_not_unknown_that_the_documents_have_in_full(snapshot: Snapshot) -> None:
    [known, unknown] = snapshot.answer(["di mana Menlu memimpin rapat?", "di mana Kapolda memimpin rapat?"])
    assert (known.unknown_names, unknown.unknown_names) == ((), ("Kapolda",))
    [both] = snapshot.answer(["apakah Menlu bertemu Kapolda?"])
    assert both.unknown_names == ("Kapolda",)


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        pytest.param("VRA?", "Velmora Relief Agency", id="the-name-alone"),
        pytest.param("the VRA, what do the letters stand for?", "Velmora Relief Agency", id="letters"),
        pytest.param("what is the full name of the OFB", "Orla Fund Board", id="full-name"),
        pytest.param("apa kepanjangannya OFB?", "Orla Fund Board", id="kepanjangan"),
        pytest.param("What is Orla Fund Board short for?", "OFB", id="the-other-way-round"),
        pytest.param("what does wash stand for", "Water, Sanitation\nand Hygiene", id="an-ordinary-word"),
    ],
)
def test_what_a_short_name_stands_for_is_told(names: OtherNames, question: str, marked: str) -> None:
    [reading] = names.explaining(question, only_letters=False)
    assert reading.highlight is not None
    start, end = reading.highlight
    assert reading.sentence.start <= start and end <= reading.sentence.end
    assert reading.hit.document.text[start:end] == marked


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Where is the VRA?", id="asks-for-something-else"),
        pytest.param("What is the Orla Fund Board?", id="asks-for-more-than-letters"),
        pytest.param("What does UNHCR stand for?", id="known-but-not-explained"),
        pytest.param("Are VRA and OFB the same?", id="two"),
        pytest.param("What does it stand for?", id="none"),
        pytest.param("What is the rest?", id="an-ordinary-word"),
    ],
)
def test_what_asks_for_something_else_is_not_answered_with_a_name(names: OtherNames, question: str) -> None:
    assert names.explaining(question, only_letters=False) == []


def test_both_meanings_are_told_and_do_not_disagree(snapshot: Snapshot) -> None:
    [answer] = snapshot.answer(["what does NFI stand for?"])
    assert [one.document.id for one in answer.citations] == ["list.txt", "marks.md"]
    assert not answer.disagree


def test_letters_are_told_before_what_else_reads_like_an_answer(snapshot_of: BuildSnapshot) -> None:
    text = "Jaminan Kecelakaan Kerja (JKK) dan Jaminan Kematian (JKM) dibayar negara."
    [answer] = snapshot_of({"a.txt": text}).answer(["JKK singkatan dari apa?"])
    [citation] = answer.citations
    assert citation.highlight == (0, len("Jaminan Kecelakaan Kerja"))


def test_an_explanation_is_cited_where_nothing_else_answers(snapshot: Snapshot) -> None:
    [answer] = snapshot.answer(["VRA?"])
    assert [one.sentence for one in answer.citations] == ["The Velmora Relief Agency (VRA) was founded in 1999."]
