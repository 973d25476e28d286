"""Short names that texts explain, and what is none."""

import time

import pytest

from retrieval.documents.parsing import parse_document
from retrieval.text.short_names import letters_of, short_names, well_known_names, words_of


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        pytest.param(
            "The International Organization for Migration (IOM) came.",
            "IOM",
            "International Organization for Migration",
            id="in-brackets",
        ),
        pytest.param("In ( DAS ) the Daerah Aliran Sungai ( DAS )", "DAS", "Daerah Aliran Sungai", id="with-blanks"),
        pytest.param("The Velmora Relief Agency (the “VRA”) came.", "VRA", "Velmora Relief Agency", id="in-marks"),
        pytest.param("PBB (Perserikatan Bangsa-Bangsa)", "PBB", "Perserikatan Bangsa-Bangsa", id="before-it"),
        pytest.param("IDPs (internally displaced persons) fled.", "IDPs", "internally displaced persons", id="several"),
        pytest.param(
            "A memorandum of understanding (MoU) was", "MoU", "memorandum of understanding", id="a-small-word"
        ),
        pytest.param(
            "The UN Educational, Scientific and Cultural Organization (UNESCO)",
            "UNESCO",
            "UN Educational, Scientific and Cultural Organization",
            id="commas-and-two-letters-of-a-word",
        ),
        pytest.param(
            "The Association of Southeast Asian Nations (ASEAN) met.",
            "ASEAN",
            "Association of Southeast Asian Nations",
            id="a-letter-from-within",
        ),
        pytest.param("Pemilihan Umum (Pemilu) 2024", "Pemilu", "Pemilihan Umum", id="of-syllables"),
        pytest.param(
            "UNHCR stands for the United Nations High Commissioner for Refugees.",
            "UNHCR",
            "United Nations High Commissioner for Refugees",
            id="stands-for",
        ),
        pytest.param(
            "ILO is the abbreviation of the International Labour Organization.",
            "ILO",
            "International Labour Organization",
            id="abbreviation-of",
        ),
        pytest.param(
            "KPU (singkatan dari Komisi Pemilihan Umum) rapat.", "KPU", "Komisi Pemilihan Umum", id="singkatan-dari"
        ),
        pytest.param(
            "Anggaran Pendapatan dan Belanja Daerah yang selanjutnya disingkat APBD adalah rencana.",
            "APBD",
            "Anggaran Pendapatan dan Belanja Daerah",
            id="as-laws-say-it",
        ),
        pytest.param("The National Disaster Agency, or NDA, said", "NDA", "National Disaster Agency", id="or"),
        pytest.param("NDA, the National Disaster Agency, said", "NDA", "National Disaster Agency", id="a-comma"),
        pytest.param("| NDA | National Disaster Agency |", "NDA", "National Disaster Agency", id="a-row"),
        pytest.param("NDA: National Disaster Agency", "NDA", "National Disaster Agency", id="a-line-of-a-list"),
        pytest.param("CP – Child Protection", "CP", "Child Protection", id="two-letters-of-a-list"),
        pytest.param(
            "| CHWs | Community health workers | 40 |", "CHWs", "Community health workers", id="several-in-a-row"
        ),
        pytest.param("PiN: people in need.", "PiN", "people in need", id="a-small-word-of-a-list"),
        pytest.param("A situation report (SitRep) came.", "SitRep", "situation report", id="two-syllables"),
        pytest.param(
            "Wakil Menteri Perdagangan (Wamendag)", "Wamendag", "Wakil Menteri Perdagangan", id="of-its-middle"
        ),
        pytest.param("Badan Pengawas Pasar Modal (Bapepam)", "Bapepam", "Badan Pengawas Pasar Modal", id="one-letter"),
        pytest.param("The World Food Programme's (WFP's) trucks", "WFP", "World Food Programme", id="what-is-its"),
        pytest.param(
            "Tenaga Kerja Asing yang selanjutnya disingkat TKA adalah tenaga kerja ahli.",
            "TKA",
            "Tenaga Kerja Asing",
            id="not-what-a-law-says-it-is",
        ),
        pytest.param("Le Mans Prototype 2 (LMP2)", "LMP2", "Le Mans Prototype 2", id="a-figure"),
        pytest.param(
            "SFM refers to the Ministers' Meeting of the Steering Group, which met.",
            "SFM",
            "Ministers' Meeting of the Steering Group",
            id="told-outright",
        ),
        pytest.param(
            "the Flood Victims' Support Fund (FVSF)", "FVSF", "Flood Victims' Support Fund", id="an-apostrophe"
        ),
        pytest.param(
            "It goes to the Green Committee. The Local Action Committee (LAC) met.",
            "LAC",
            "Local Action Committee",
            id="not-beyond-its-sentence",
        ),
    ],
)
def test_a_short_name_is_known_with_the_name_in_full(text: str, short: str, full: str) -> None:
    assert short_names(text) == [(short, full)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The minister of trade (Menlu) said.", id="other-letters"),
        pytest.param("He was in Jakarta (Java) then.", id="a-place"),
        pytest.param("The goal came late (GWL).", id="a-letter-too-many"),
        pytest.param("Anna Berg (A) spoke.", id="one-letter"),
        pytest.param("and computational mathematics (ACM)", id="begins-with-a-small-word"),
        pytest.param("The Chosen Oak, or Chok, is a tree.", id="no-capitals-after-or"),
        pytest.param("AB, the amber bee, flew.", id="two-letters-loosely"),
        pytest.param("WHO: We have only 40 kits left.", id="a-speaker"),
        pytest.param("IMF refers to the report of the bank.", id="what-somebody-refers-to"),
        pytest.param("NRC: No refugee camps were visited.", id="a-speaker-of-as-many-words"),
        pytest.param("Participants: ACF, WFP, WHO, FAO, PIN", id="a-list-of-short-names"),
        pytest.param("In WASH, the water and sanitation had half.", id="words-that-go-on"),
        pytest.param("The new CEO, Carl Erik Olsen, spoke.", id="who-holds-an-office"),
        pytest.param("Liam Byrne (Lab) and Alice Norman Addison (Anna)", id="persons"),
        pytest.param("Alice Ford Dean (AfD)", id="a-person-of-a-party"),
        pytest.param("The Southern Organi- sation of Farmers (SOF)", id="a-word-that-was-cut"),
        pytest.param("The Oak Peripherals of Reed (Oapere, Addons)", id="a-word-in-a-list"),
        pytest.param("Dinas Lingkungan Hidup yang selanjutnya disebut Dinas adalah", id="a-word-of-it"),
        pytest.param("", id="nothing"),
        pytest.param("(((((IOM)))))", id="brackets-alone"),
    ],
)
def test_what_explains_no_short_name(text: str) -> None:
    assert short_names(text) == []


def test_each_is_there_once() -> None:
    text = "The Velmora Relief Agency (VRA) and the Orla Fund Board (OFB); VRA: Velmora Relief Agency."
    assert short_names(text) == [("VRA", "Velmora Relief Agency"), ("OFB", "Orla Fund Board")]


def test_a_document_knows_the_short_names_that_its_sentences_explain() -> None:
    text = "# The Orla Fund Board (OFB)\n\nThe **Velmora Relief\nAgency** (VRA) came. The VRA left.\n"
    parsed = parse_document("a.md", text.encode())
    assert parsed is not None
    assert parsed.document.short_names == (("OFB", "Orla Fund Board"), ("VRA", "Velmora Relief Agency"))


def test_names_are_known_again_whatever_their_marks() -> None:
    assert [letters_of(short) for short in ("IOM", "IDPs", "R&D", "DI/TII")] == ["iom", "idp", "rd", "ditii"]
    assert words_of("Perserikatan  Bangsa-Bangsa") == words_of("perserikatan bangsa bangsa")


def test_well_known_names_stand_once_each_with_one_in_full() -> None:
    names = well_known_names()
    assert len(set(names)) == len(names) > 100
    assert all(len(name) == 2 and all(name) and name == tuple(map(str.strip, name)) for name in names)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("AAAAAAAAAA (A a a a a a a a a a a a a a a " * 200, id="letters"),
        pytest.param("Aaaaaaaaaa (Aaaaa Aaaa Aaaaaa Aaaaa Aaaaa Aaaaa Aaaa " * 200, id="syllables"),
        pytest.param("AAAAAAAAAA, A " * 500, id="commas"),
        pytest.param("“ " * 10_000, id="marks"),
        pytest.param("A (" * 10_000, id="brackets"),
    ],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    began = time.process_time()
    short_names(text)
    assert time.process_time() - began < 5
