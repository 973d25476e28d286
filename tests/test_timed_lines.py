"""The hour of what a programme has is that of its line."""

import pytest

from retrieval.text.markup import quote_parts
from tests.fakes import BuildSnapshot

PROGRAMME = """# Agenda Kunjungan 21 April 2026

- 09.00 Pertemuan dengan Menlu Velmora
- 15.00-16.30 WIB: Kuliah umum di Universitas Astrel
- 19.00 Makan malam di Wisma
- 21.00 Makan malam di Hotel Orla
"""
EVENTS = (
    "# Events\n\n7pm: Quiz night, Miners' Arms.\n\n8pm: Coldbridge Players, Corn Exchange.\n\n9am to 1pm: Market.\n"
)
ROWS = (
    "The dyke conference\n\n07.45 | Buses leave for Lower Corran | Guild Hall\n"
    "12.00–13.00 | Lunch | Primary School, Lower Corran\n"
)
RUN_OF_SHOW = "Saturday at the fair\n10.00 Opening by the mayor\n2.30 p.m. Boat race\n"


@pytest.mark.parametrize(
    ("text", "question", "hour"),
    [
        (PROGRAMME, "jam berapa kuliah umum?", "15.00-16.30 WIB"),
        (PROGRAMME, "pertemuan dengan menlu velmora jam brp", "09.00"),
        (PROGRAMME, "kapan makan malam di wisma?", "19.00"),
        (PROGRAMME, "jam berapa konser?", ""),
        (PROGRAMME, "jam berapa kuliah umum dimulai?", "15.00-16.30 WIB"),
        (PROGRAMME, "jam berapa kuliah umum selesai?", "15.00-16.30 WIB"),
        (EVENTS, "what time does the market end?", "9am to 1pm"),
        (RUN_OF_SHOW, "what time does the boat race start?", "2.30 p.m."),
        (RUN_OF_SHOW, "what time is the opening?", "10.00"),
        (RUN_OF_SHOW, "what time is the boat race?", "2.30 p.m."),
        (ROWS, "when do the buses leave for lower corran?", "07.45"),
        (EVENTS, "what time is the quiz night", "7pm"),
        (EVENTS, "when is the market", "9am to 1pm"),
    ],
)
def test_the_hour_of_a_line(snapshot_of: BuildSnapshot, text: str, question: str, hour: str) -> None:
    citations = snapshot_of({"a.md" if text.startswith("#") else "a.txt": text}).answer([question])[0].citations
    marked = citations[0].document.text[slice(*citations[0].highlight)] if citations and citations[0].highlight else ""
    assert marked == hour


LOG = """# Night of the storm: log of the harbour office

21:05 Trawler Merel asks for a berth, engine trouble.

21:40 Harbour master informed by telephone.

22:15 The Merel alongside at pier 2; crew unhurt.

23:50 Lights on pier 3 out.
"""


@pytest.mark.parametrize(
    ("question", "hour"),
    [
        ("when did they tell the harbour master?", "21:40"),
        ("when did the lights go on pier 3?", "23:50"),
        ("when is the harbour fair?", ""),
        ("when did the harbour master resign?", ""),
    ],
)
def test_when_something_was_is_the_hour_of_the_line_of_a_log(
    snapshot_of: BuildSnapshot, question: str, hour: str
) -> None:
    [answer] = snapshot_of({"log.md": LOG}).answer([question])
    assert [quote_parts(one)[1] for one in answer.citations] == [hour] * bool(hour)
    assert not hour or answer.doubtful


def test_of_two_lines_none_is_meant(snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.md": PROGRAMME}).answer(["jam berapa makan malam?"])
    assert not answer.found or answer.confidence < 0.9
