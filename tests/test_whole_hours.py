"""What happened at an hour is told by what stands behind it, or below it, in live reports and programmes."""

import pytest

from tests.fakes import BuildSnapshot

LIVE = """# Live: bridge collapse

### 16.15 Infirmary appeals for blood

The infirmary has asked people to come forward. It needs O negative.

### 12.20 No explosion

The police say there is nothing to suggest an explosion.
"""
LINES = "Live: fire\n\n4.15 pm The road is open again.\n\n09.30 Norland Rail has stopped all trains.\n"
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
    ],
)
def test_what_happened_at_an_hour_stands_behind_it_or_below(
    snapshot_of: BuildSnapshot, text: str, question: str, said: list[str]
) -> None:
    [answer] = snapshot_of({"a.md": text}).answer([question])
    assert [one.sentence.removeprefix("- ") for one in answer.citations] == said


@pytest.mark.parametrize("question", ["what happened at 12.30?", "what happened at 4.15 am?"])
def test_of_another_hour_nothing_is_said(snapshot_of: BuildSnapshot, question: str) -> None:
    answers = [snapshot_of({"a.md": text}).answer([question])[0] for text in (LIVE, LINES)]
    assert not any(one.found for one in answers)
