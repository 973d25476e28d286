"""What happened at an hour is told by what stands behind it, or below it, in live reports and programmes."""

import pytest

from retrieval.lookups.sure import LOOKED_UP
from retrieval.lookups.whole_hours import asked_hour
from tests.fakes import BuildSnapshot

LIVE = """# Live: bridge collapse

### 16.15 Infirmary appeals for blood

The infirmary has asked people to come forward. It needs O negative.

### 12.20 No explosion

The police say there is nothing to suggest an explosion.
"""
LINES = "Live: fire\n\n4.15 pm The road is open again.\n\n09.30 Norland Rail has stopped all trains.\n"
TWO_DAYS = """# Fair of the guilds

Orla, 6-7 May 2026

## Wednesday, 6 May 2026

| Time | Event |
| --- | --- |
| 09.00 | Opening by the mayor |
| 17.00 | Choir of the guild |

## Thursday, 7 May 2026

| Time | Event |
| --- | --- |
| 09.00 | Race of the coopers |
"""
AGENDA = "# Agenda\n\n- 08.00 Pendaftaran\n- 09.30 Sambutan bupati\n"


@pytest.mark.parametrize(
    ("text", "question", "said"),
    [
        (LIVE, "what happened at 12.20?", ["The police say there is nothing to suggest an explosion."]),
        (
            LIVE,
            "what was reported at 16:15",
            ["The infirmary has asked people to come forward.", "It needs O negative."],
        ),
        (LINES, "What happened at 16.15?", ["4.15 pm The road is open again."]),
        (LINES, "what happened at 9.30 am?", ["09.30 Norland Rail has stopped all trains."]),
        (AGENDA, "ada acara apa jam 09.30?", ["09.30 Sambutan bupati"]),
        (TWO_DAYS, "what happens on thursday at 9.00?", ["| 09.00 | Race of the coopers |"]),
        (TWO_DAYS, "what's on at 09.00 on 6 May", ["| 09.00 | Opening by the mayor |"]),
        (TWO_DAYS, "acara apa hari rabu jam 17.00", ["| 17.00 | Choir of the guild |"]),
        (TWO_DAYS, "what's on on thursday at 9.00 at the fair of the guilds?", ["| 09.00 | Race of the coopers |"]),
    ],
)
def test_what_happened_at_an_hour_stands_behind_it_or_below(
    snapshot_of: BuildSnapshot, text: str, question: str, said: list[str]
) -> None:
    [answer] = snapshot_of({"a.md": text}).answer([question])
    assert [one.sentence.removeprefix("- ") for one in answer.citations] == said


@pytest.mark.parametrize("question", ["what's on at 17.00 on thursday?", "what happens on friday at 9.00?"])
def test_of_an_hour_on_another_day_nothing_is_said(snapshot_of: BuildSnapshot, question: str) -> None:
    [answer] = snapshot_of({"a.md": TWO_DAYS}).answer([question])
    assert answer.confidence < LOOKED_UP


@pytest.mark.parametrize("question", ["what happened at 12.30?", "what happened at 4.15 am?"])
def test_of_another_hour_nothing_is_said(snapshot_of: BuildSnapshot, question: str) -> None:
    answers = [snapshot_of({"a.md": text}).answer([question])[0] for text in (LIVE, LINES)]
    assert not any(one.found for one in answers)


def test_what_happens_somewhere_at_an_hour_is_looked_up_there(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"fair.md": TWO_DAYS, "live.txt": LINES.replace("09.30", "09.00")})
    [answer] = snapshot.answer(["what happens at 9.00 at the fair of the guilds?"])
    assert {one.document.id for one in answer.citations} == {"fair.md"}
    assert asked_hour("what happened at 10.30 in the morning?") is None


def test_what_happens_at_an_hour_elsewhere_is_not_looked_up(snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"fair.md": TWO_DAYS}).answer(["what happens at 9.00 at the summit in Wick?"])
    assert answer.confidence < LOOKED_UP
