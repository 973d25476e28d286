"""Who somebody is stands before their name in a list, and is not told by what names others."""

import pytest

from retrieval.lookups.sure import LOOKED_UP
from retrieval.text.markup import quote_parts
from tests.fakes import BuildSnapshot

BOARD = """# The harbour authority

The authority runs three ports and a school for pilots. It was founded in 1968.

## Board

- Chair: Wilma Hardy
- Deputy chair: Dr Rhona Dale
- Treasurer: Simon Tait
- **Press:** Helena Storck, 555 0190
- Pilot: Tono Drh

Wilma Hardy, a former captain, was elected in June 2023.

Members: Ana Lim, Bo Roe, Cy Dunn
"""
TABLE = "Name,Position,Phone\nYara Kelen,Deputy Minister,555-0101\nBo Suryadi,Minister of Ports,555-0100\n"
MAIL = "From: Simon Tait\nTo: Bo Roe\n\nThe harbour opens on Monday.\n"


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        pytest.param("who is simon tait", "Treasurer", id="in-small-letters"),
        pytest.param("Siapa Rhona Dale?", "Deputy chair", id="with-a-title"),
        pytest.param("who is Helena Storck?", "Press", id="with-a-number-behind-it"),
        pytest.param("who is Wilma Hardy?", "Chair", id="before-what-prose-tells"),
        pytest.param("who is Bo Roe?", "Members", id="among-others"),
        pytest.param("who is Tono Drh?", "Pilot", id="with-the-letters-of-a-title"),
    ],
)
def test_the_label_before_a_name_tells_who_that_is(question: str, marked: str, snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.md": BOARD}).answer([question])
    assert quote_parts(answer.citations[0])[1] == marked
    assert answer.confidence >= LOOKED_UP


@pytest.mark.parametrize(
    ("text", "question"),
    [
        pytest.param({"a.md": BOARD}, "who is Wilma Tait?", id="another-of-that-name"),
        pytest.param({"a.csv": TABLE}, "who is Yara Kelen?", id="a-row-of-a-table"),
        pytest.param({"a.md": "# Minutes\n\nPresent: Ana Lim, Bo Roe\n"}, "who is Bo Roe?", id="who-is-there"),
        pytest.param({"a.md": "# Minutes\n\nBo Roe: leaflet by May\n"}, "who is Bo Roe?", id="who-does-something"),
        pytest.param({"a.txt": MAIL}, "who is Simon Tait?", id="head-of-a-mail"),
        pytest.param({"a.md": f"{BOARD}\nPilot: Ida Tait\n"}, "who is Tait?", id="two-of-that-last-name"),
        pytest.param({"a.txt": "CHAIR: Ana Lim, please.\n\nANA LIM: No."}, "who is Ana Lim?", id="said-to-them"),
    ],
)
def test_other_lines_do_not_tell_who_somebody_is(
    text: dict[str, str], question: str, snapshot_of: BuildSnapshot
) -> None:
    [answer] = snapshot_of(text).answer([question])
    assert answer.confidence < LOOKED_UP


def test_what_names_others_does_not_tell_who_somebody_is(snapshot_of: BuildSnapshot) -> None:
    told = "Dina Wick, Wilma Hardy\n\nWilma Hardy, a former captain, was elected in June 2023.\n"
    [answer] = snapshot_of({"a.md": f"# The board\n\n{told}"}).answer(["who is Dina Wick?"])
    assert not answer.found
