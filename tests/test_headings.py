"""A line in bold or capitals, above what it heads, is no answer: what stands below it is."""

import pytest

from retrieval.text.headings import stands_as_heading
from retrieval.values import Document, Sentence
from tests.fakes import BuildSnapshot

BELOW = "Tersangka dinyatakan sehat oleh dokter."


@pytest.mark.parametrize(
    "line", ["**HASIL PEMERIKSAAN KESEHATAN TERSANGKA**", "**Hasil pemeriksaan kesehatan tersangka**"]
)
@pytest.mark.parametrize(
    "question", ["hasil pemeriksaan kesehatan tersangka", "apa hasil pemeriksaan kesehatan tersangka?"]
)
def test_what_stands_below_answers_a_question_with_the_words_of_a_heading(
    snapshot_of: BuildSnapshot, line: str, question: str
) -> None:
    [answer] = snapshot_of({"a.md": f"# Siaran\n\n{line}\n\n{BELOW}\n"}).answer([question])
    assert [one.sentence for one in answer.citations] == [BELOW]


@pytest.mark.parametrize(
    ("line", "below", "stands"),
    [
        ("**What comes next**", "The trial begins on Monday.", True),
        ("WHAT COMES NEXT", "- The trial begins on Monday.", True),
        ("**“We will never sell the harbour”**", "He spoke on Monday.", False),
        ("**We will never sell the harbour.**", "He spoke on Monday.", False),
        ("WE WILL NOT PAY A CENT", "was written on the posters.", False),
        ("KETUA RAPAT:", "Rapat saya buka.", False),
        ("**Ana Lim** is the chair", "She was elected in May.", False),
        ("What comes next", "The trial begins on Monday.", False),
    ],
)
def test_a_line_stands_as_a_heading_by_its_form_and_what_follows(line: str, below: str, stands: bool) -> None:
    text = f"News\n\n{line}\n\n{below}\n"
    start = text.index(line)
    assert stands_as_heading(Document("a.md", "News", text), Sentence(start, start + len(line))) is stands


def test_the_last_line_heads_nothing() -> None:
    assert not stands_as_heading(Document("a.txt", "News", "THE END\n"), Sentence(0, 7))


def test_a_sentence_in_bold_is_found_where_it_is_pasted(snapshot_of: BuildSnapshot) -> None:
    text = "# News\n\nThe minister was clear.\n\n**We will never sell the harbour of Ansel.**\n\nHe spoke on Monday.\n"
    [answer] = snapshot_of({"a.md": text}).answer(["We will never sell the harbour of Ansel"])
    assert (answer.citations[0].sentence, answer.confidence) == ("**We will never sell the harbour of Ansel.**", 1.0)
