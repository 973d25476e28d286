"""A sentence of another class, phase or weekday than a question names does not answer it."""

import pytest

from retrieval.answering import Snapshot
from tests.fakes import BuildSnapshot

DOCUMENTS = {
    "klb.txt": "Seluruh biaya perawatan pasien DBD di kelas III ditanggung pemerintah kabupaten, kata Gatot Prakoso.",
    "plan.txt": "Phase 1 costs 4 million crowns. Phases 2 and 3 are not funded yet. Terminal B opens in May.",
    "bus.txt": "Buses to Orla run every hour. On Sundays the first bus leaves at 8.15.",
    "museum.txt": "The Salt Museum is open every day except Mondays.",
    "rapat.md": "Rapat dewan pada hari Senin sampai hari Kamis dimulai pukul 09.00.\n",
    "bulletin.md": "# Cholera bulletin, week 14\n\nCompared with week 13, cases of cholera fell by 40 to 210.\n",
}


@pytest.fixture
def snapshot(snapshot_of: BuildSnapshot) -> Snapshot:
    return snapshot_of(DOCUMENTS)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("biaya perawatan DBD kelas II ditanggung siapa?", id="a-roman-number"),
        pytest.param("biaya perawatan DBD kelas 2 ditanggung siapa?", id="in-figures"),
        pytest.param("how much does phase 2 cost?", id="a-number"),
        pytest.param("when does Terminal A open?", id="a-letter"),
        pytest.param("when does the first bus leave on Saturdays?", id="a-weekday"),
    ],
)
def test_another_number_is_related_and_no_answer(snapshot: Snapshot, question: str) -> None:
    [answer] = snapshot.answer([question])
    assert not answer.found and answer.related


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        pytest.param("biaya perawatan DBD kelas 3 ditanggung siapa?", "pemerintah kabupaten", id="the-same-in-figures"),
        pytest.param("how much does phase 1 cost?", "4 million crowns", id="a-number"),
        pytest.param("is phase 3 funded?", "Phases 2 and 3 are not funded yet", id="of-several"),
        pytest.param("when does terminal B open?", "May", id="a-letter"),
        pytest.param("when does the first bus leave on Sunday?", "8.15", id="a-weekday"),
        pytest.param("is the Salt Museum open on Sundays?", "every day except Mondays", id="all-but-one-day"),
        pytest.param("rapat dewan hari selasa jam berapa?", "pukul 09.00", id="between-two-days"),
        pytest.param("which terminal opens after Terminal A?", "Terminal B", id="another-that-is-asked-for"),
        pytest.param("how many cases of cholera in week 14?", "40 to 210", id="of-the-title"),
    ],
)
def test_the_same_number_answers(snapshot: Snapshot, question: str, marked: str) -> None:
    [citation, *_] = snapshot.answer([question])[0].citations
    assert citation.highlight and marked in citation.document.text[slice(*citation.highlight)]
