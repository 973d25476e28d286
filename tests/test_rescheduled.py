"""Who asks when something is hears the day that it was moved to, not the one of before."""

import re

import pytest

from retrieval.answers.rescheduled import rescheduled_first
from retrieval.text.markup import quote_parts
from retrieval.values import Document, Hit, Passage, Reading, Sentence
from tests.fakes import BuildSnapshot

CHAT = """[10/08/26 08.31] Humas PN: Vonis perkara dermaga dijadwalkan 27 Agustus, Ruang Kenari.
[12/08/26 09.02] Bram: parkir mobil di mana ya?
[26/08/26 15.50] Humas PN: PERUBAHAN: vonis perkara dermaga besok batal, hakim sakit. Dijadwal ulang Kamis 3 September.
[27/08/26 10.10] Humas PN: Sidang perkara kapal diundur ke 9 September.
"""
COUNCIL = "---\ndate: {date}\n---\n\n# {title}\n\n{text}\n"
FIRST = COUNCIL.format(
    date="2026-07-16", title="Council to vote on harbour", text="The council votes on the harbour plan on 13 August."
)
MOVED = COUNCIL.format(
    date="2026-08-10",
    title="Council",
    text="The vote on the harbour plan, originally on 13 August, was put off to 20 August.",
)
OTHER = COUNCIL.format(
    date="2026-08-11",
    title="Council",
    text="The vote on the school roof, originally on 14 August, was put off to 21 August.",
)
EXPECTED = COUNCIL.format(
    date="2026-08-12",
    title="Council",
    text="The vote of the council on the harbour plan is still not held. The mayor now expects it on 27 August.",
)
ROOF_EXPECTED = EXPECTED.replace("harbour plan", "school roof")
OLDER = COUNCIL.format(
    date="2026-07-01", title="Council", text="The vote on the harbour plan was moved from 2 July to 9 July."
)


@pytest.mark.parametrize(
    ("documents", "question", "day"),
    [
        pytest.param([CHAT], "kapan vonis perkara dermaga?", "Kamis 3 September", id="later-in-a-chat"),
        pytest.param([CHAT], "vonis dermaga jadinya kapan?", "Kamis 3 September", id="with-some-of-the-words"),
        pytest.param([CHAT], "vonis dermaga semula dijadwalkan kapan?", "27 Agustus", id="who-asks-for-that-of-before"),
        pytest.param([FIRST, MOVED], "when does the council vote on the harbour plan?", "20 August", id="newer"),
        pytest.param([FIRST, OTHER], "when does the council vote on the harbour plan?", "13 August", id="of-another"),
        pytest.param([FIRST, OLDER], "when does the council vote on the harbour plan?", "13 August", id="older"),
        pytest.param([FIRST, EXPECTED], "when does the council vote on the harbour plan?", "27 August", id="expected"),
        pytest.param([FIRST, ROOF_EXPECTED], "when does the council vote on the harbour plan?", "13 August", id="roof"),
        pytest.param([MOVED], "when is the vote on the harbour plan?", "20 August", id="in-one-sentence"),
    ],
)
def test_the_day_to_which_something_was_moved_comes_first(
    documents: list[str], question: str, day: str, snapshot_of: BuildSnapshot
) -> None:
    files = {f"{number}.{'txt' if text is CHAT else 'md'}": text for number, text in enumerate(documents)}
    [answer] = snapshot_of(files).answer([question])
    assert day in quote_parts(answer.citations[0])[1]


def test_what_was_moved_may_stand_in_the_passage_before() -> None:
    text = "Vonis dermaga dijadwalkan 27 Agustus.\nVonis dermaga batal. Dijadwal ulang Kamis 3 September.\n"
    document = Document("a.txt", "", text, language="id")
    first, told, moved = (Sentence(match.start(), match.end()) for match in re.finditer(r"[A-Z][^.]+\.", text))
    before, behind = Passage(0, 0, (first, told)), Passage(1, 0, (moved,))
    day = text.index("27")
    reading = Reading(Hit.looked_up(before, document), first, 0.8, (day, day + len("27 Agustus")))
    found, *_ = rescheduled_first("kapan vonis dermaga?", [reading], [Hit.looked_up(behind, document)])
    assert (found.marked, found.confidence) == ("Kamis 3 September", 0.8)


FEE = COUNCIL.format(
    date="2026-03-01", title="Harbour of Orla", text="A berth costs 15 crowns a day, and 38 boats came in spring."
)
RAISED = COUNCIL.format(
    date="2026-05-01", title="Harbour", text="The fee of a berth is changed from {old} crowns to 18 crowns."
)
COUNT = COUNCIL.format(
    date="2026-06-01", title="Harbour of Orla", text="In 2026, 45 boats and 3 ferries came; earlier reports gave {old}."
)
BANTUAN = COUNCIL.format(date="2026-03-01", title="Tanya jawab", text="Bantuan atap rusak sebesar Rp15 juta.")
DIUBAH = COUNCIL.format(
    date="2026-05-01", title="Siaran pers", text="Bantuan atap rusak semula Rp15 juta, kini Rp10 juta per rumah."
)
LATER_FEE = FEE.replace("03-01", "08-01")
UNDATED = COUNT.format(old=38).replace("date: 2026", "note: 2026")


@pytest.mark.parametrize(
    ("documents", "question", "figure"),
    [
        pytest.param([FEE, RAISED.format(old=15)], "how much is a berth?", "18 crowns", id="from-to"),
        pytest.param([FEE, RAISED.format(old=16)], "how much is a berth a day?", "15 crowns", id="from-another"),
        pytest.param([FEE, RAISED.format(old=15)], "how much was a berth a day before?", "15 crowns", id="of-before"),
        pytest.param([FEE, COUNT.format(old=38)], "how many boats came in spring?", "45", id="earlier-reports"),
        pytest.param([LATER_FEE, COUNT.format(old=38)], "how many boats came in spring?", "38", id="older"),
        pytest.param([FEE, UNDATED], "how many boats came in spring?", "45", id="undated"),
        pytest.param([BANTUAN, DIUBAH], "berapa bantuan atap rusak?", "Rp10 juta", id="semula"),
    ],
)
def test_the_figure_that_takes_the_place_of_one_of_before_comes_first(
    documents: list[str], question: str, figure: str, snapshot_of: BuildSnapshot
) -> None:
    [answer] = snapshot_of({f"{number}.md": text for number, text in enumerate(documents)}).answer([question])
    _, *marked_and_behind = quote_parts(answer.citations[0])
    assert "".join(marked_and_behind).startswith(figure)
