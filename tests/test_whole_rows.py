"""All rows are cited that have what a question names in a column."""

import pytest

from retrieval.text.markup import quote_parts
from tests.fakes import BuildSnapshot

BOARD = """No,Nama,Jabatan,Partai
1,Sari Lontoh,Ketua,Nelayan Bersatu
2,Bram Ndolu,Anggota,Tani Makmur
3,Rita Moke,Anggota,Nelayan Bersatu
"""
CREWS = """# Crews

| Vessel | Name | Role |
|---|---|---|
| Corvo | Ana Lim | Captain |
| Wick | Bo Roe | Captain |
| Corvo | Cy Dunn | Cook |
"""


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("dari partai nelayan bersatu siapa aja?", ["Sari Lontoh", "Rita Moke"]),
        ("siapa saja anggota partai nelayan bersatu?", ["Sari Lontoh", "Rita Moke"]),
        ("siapa aja dari vessel Corvo di crews?", ["Ana Lim", "Cy Dunn"]),
        ("who is from vessel Corvo?", ["Ana Lim", "Cy Dunn"]),
        ("who are the members of vessel Corvo?", ["Ana Lim", "Cy Dunn"]),
    ],
)
def test_all_rows_have_what_is_named_in_a_column(question: str, names: list[str], snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.csv": BOARD, "b.md": CREWS}).answer([question])
    assert [quote_parts(one)[1] for one in answer.citations] == names


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("siapa saja ketua partai nelayan bersatu?", id="with-another-word"),
        pytest.param("siapa saja anggota partai tani makmur?", id="of-one-row"),
        pytest.param("who are the captains of vessel Corvo?", id="of-another-column-too"),
    ],
)
def test_other_questions_do_not_have_all_rows(question: str, snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.csv": BOARD, "b.md": CREWS}).answer([question])
    assert len(answer.citations) <= 1


FERRIES = """Ferry,Route,Remarks
Corvo,Holm – Tern,"CANCELLED, high waves"
Wick,Holm – Orla,not cancelled
Selle,Orla – Tern,cancelled
"""


@pytest.mark.parametrize(
    ("question", "ferries"),
    [
        pytest.param("which ferry was cancelled?", ["Corvo", "Selle"], id="in-a-state"),
        pytest.param("which ferry is cancelled", ["Corvo", "Selle"], id="without-a-question-mark"),
        pytest.param("which game was cancelled?", [], id="of-something-else"),
        pytest.param("which ferry was delayed?", [], id="in-another-state"),
    ],
)
def test_rows_are_named_by_a_state(question: str, ferries: list[str], snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.csv": FERRIES}).answer([question])
    assert [one.sentence.split(";")[0] for one in answer.citations] == [f"Ferry: {one}" for one in ferries]
