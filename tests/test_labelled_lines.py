"""The line below a heading is found by its label and the heading: "Room: 214" of "Maritime History"."""

import pytest

from retrieval.answers.named_cell import LOOKED_UP
from retrieval.markup import quote_parts
from retrieval.values import Answer
from tests.conversations import answers_in_turn
from tests.fakes import BuildSnapshot

COURSES = """# Courses

## Maritime History

Lecturer: Maria Tan
Room: 214
Language: English

## Oral History

Lecturer: Agus Prasetyo
**Room:** Studio B
Language: Indonesian

## Batik Design

Lecturer: Sri Utami
Room: 12
Language: Indonesian
"""


def marked(answer: Answer) -> tuple[str, str]:
    """Return what is marked in the first quote, and the heading that stands with it; nothing if it is not looked up."""
    if answer.confidence < LOOKED_UP:
        return "", ""
    return quote_parts(answer.citations[0])[1], answer.citations[0].part


@pytest.mark.parametrize(
    ("question", "value", "heading"),
    [
        ("which room is Batik Design in?", "12", "Batik Design"),
        ("room of oral history", "Studio B", "Oral History"),
        ("language of Maritime History?", "English", "Maritime History"),
        ("language of Maritime Law?", "", ""),
        ("room", "", ""),
    ],
)
def test_a_line_is_found_by_its_label_and_the_heading(
    snapshot_of: BuildSnapshot, question: str, value: str, heading: str
) -> None:
    [answer] = snapshot_of({"a.md": COURSES}).answer([question])
    assert marked(answer) == (value, heading)


def test_a_sentence_of_the_document_may_say_otherwise(snapshot_of: BuildSnapshot) -> None:
    text = (
        "# C\n\n## Maritime History\n\nRoom: 214\n\nThe lessons were moved: Maritime History now meets in room 410.\n"
    )
    [answer] = snapshot_of({"a.md": text}).answer(["Which room is Maritime History in?"])
    assert answer.citations[0].sentence.endswith("now meets in room 410.")


def test_where_somebody_is_no_label_tells(snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.md": "# C\n\n## Book Club\n\nTeacher: Bo\n\nThey meet.\n"}).answer(
        ["Where is the teacher of the Book Club?"]
    )
    assert not answer.found


def test_what_goes_on_stays_below_the_heading(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"a.md": COURSES})
    answers = answers_in_turn(snapshot, "which room is Oral History in?", "in which language?", "and Batik Design?")
    values = [marked(answer) for answer in answers]
    assert values == [("Studio B", "Oral History"), ("Indonesian", "Oral History"), ("Indonesian", "Batik Design")]
