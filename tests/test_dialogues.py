"""Conversations over the sample documents and the invented ones, with the real model: follow-ups are understood."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from benchmarks.dialogues import Told, comes_first, is_right, tell
from retrieval.answering import Snapshot
from retrieval.answers.turns import turn_after
from retrieval.documents.workers import FileWorkers
from retrieval.embedding.embedder import OnnxEmbedder
from retrieval.reading.reader import THRESHOLD
from retrieval.reading.reading_model import load_reading_model
from retrieval.reading.span_reader import SpanReader
from retrieval.text.markup import quote_parts
from tests.indexed import index_of_texts

ROOT = Path(__file__).parent.parent
DIALOGUES = [json.loads(line) for line in (ROOT / "tests/dialogues.jsonl").read_text("utf-8").splitlines()]
# Shares of the turns that depend on those before, a little below what is measured: right, and right sentence first,
# whatever the threshold.
FLOOR, FLOOR_OF_THE_FIRST = 0.6, 0.7


@pytest.fixture(scope="module")
def told(all_snapshot: Snapshot) -> list[Told]:
    """Every other conversation; `python -m benchmarks.dialogues tests --knowledge FOLDER` tells all of them."""
    return tell(all_snapshot, DIALOGUES[::2])


def test_the_set_holds_enough_of_each_kind() -> None:
    turns = [turn for dialogue in DIALOGUES for turn in dialogue["turns"]]
    kinds = [turn.get("kind") for turn in turns if not turn["alone"]]
    assert len(DIALOGUES) >= 30
    assert all(2 <= len(dialogue["turns"]) <= 4 for dialogue in DIALOGUES)
    assert all(kinds.count(kind) >= 5 for kind in ("ellipsis", "pronoun", "substitution", "else", "why"))


def test_follow_ups_are_understood(told: list[Told]) -> None:
    dependent = [one for one in told if not one.turn["alone"]]
    counts: dict[str, list[tuple[bool, bool, bool, bool]]] = defaultdict(list)
    for one in dependent:
        sentences = one.turn["sentences"]
        row = [judge(sentences, answer) for judge in (is_right, comes_first) for answer in (one.answer, one.alone)]
        counts[one.turn["kind"]].append((row[0], row[1], row[2], row[3]))
    for kind, rows in sorted(counts.items()):
        shares = [f"{sum(column) / len(rows):.2f}" for column in zip(*rows, strict=True)]
        print(f"{kind}: right {shares[0]}, alone {shares[1]}; first {shares[2]}, alone {shares[3]}; of {len(rows)}")
    right = sum(is_right(one.turn["sentences"], one.answer) for one in dependent) / len(dependent)
    alone = sum(is_right(one.turn["sentences"], one.alone) for one in dependent) / len(dependent)
    answerable = [one for one in dependent if one.turn["sentences"]]
    first = sum(comes_first(one.turn["sentences"], one.answer) for one in answerable) / len(answerable)
    print(f"all that depend: right {right:.3f}, each turn alone {alone:.3f}; right sentence first {first:.3f}")
    assert right >= FLOOR
    assert right >= alone + 0.2
    assert first >= FLOOR_OF_THE_FIRST


def test_what_stands_alone_is_not_harmed_in_a_conversation(told: list[Told]) -> None:
    harmed = [
        one.turn["question"]
        for one in told
        if one.turn["alone"]
        and is_right(one.turn["sentences"], one.alone)
        and not is_right(one.turn["sentences"], one.answer)
    ]
    assert harmed == []


def test_a_conversation_keeps_to_its_subject_and_says_how_it_understood(all_snapshot: Snapshot) -> None:
    [first] = all_snapshot.answer(["Who started the Lantern Library?"])
    [second] = all_snapshot.answer(["And when?"], [turn_after(first)])
    assert first.understood == ""
    assert second.understood in ("when started the Lantern Library?", "when Amara Quill started the Lantern Library?")
    assert "2014" in second.citations[0].sentence


def test_a_follow_up_is_not_answered_with_its_own_question(all_snapshot: Snapshot) -> None:
    [first] = all_snapshot.answer(["who co-chaired the meeting?"])
    assert first.found
    for question in ("And where?", "and why?", "And when?"):
        [answer] = all_snapshot.answer([question], [turn_after(first)])
        assert first.citations[0].sentence not in [citation.sentence for citation in answer.citations], question


@pytest.mark.parametrize(
    ("text", "conversation", "marked"),
    [
        pytest.param(
            "The minister of trade of Fiji signed the treaty in the capital of Samoa.",
            ("Who signed the treaty?", "And where?"),
            "capital of Samoa",
            id="another-part-of-it",
        ),
        pytest.param(
            "UNHCR has its headquarters in Geneva. The World Food Programme is old. Its headquarters are in Rome.",
            ("Where does UNHCR have its headquarters?", "And the World Food Programme?"),
            "Rome",
            id="the-next-sentence",
        ),
    ],
)
def test_a_follow_up_is_answered_from_what_is_near(
    text: str, conversation: tuple[str, str], marked: str, embedder: OnnxEmbedder, workers: FileWorkers, tmp_path: Path
) -> None:
    index = index_of_texts(tmp_path, {"a.txt": text}, embedder, workers)
    snapshot = Snapshot(index, embedder, SpanReader(load_reading_model(None), index.words), threshold=THRESHOLD)
    [first] = snapshot.answer([conversation[0]])
    [answer] = snapshot.answer([conversation[1]], [turn_after(first)])
    assert answer.found
    assert marked in quote_parts(answer.citations[0])[1]


def test_an_answer_that_says_when_is_cited_again_for_it(all_snapshot: Snapshot) -> None:
    [first] = all_snapshot.answer(["Who founded the Bali Process?"])
    [answer] = all_snapshot.answer(["And when?"], [turn_after(first)])
    assert "2002" in quote_parts(answer.citations[0])[1]


def test_what_was_found_is_gone_on_from_after_questions_that_find_nothing(all_snapshot: Snapshot) -> None:
    before, answers = None, []
    for question in (
        "who co-chaired the meeting?",
        "Who brought the cake?",
        "Was there a dinner?",
        "And where was it?",
    ):
        [answer] = all_snapshot.answer([question], [before])
        answers.append(answer)
        before = turn_after(answer, before)
    assert [answer.found for answer in answers] == [True, False, False, True]
    assert "Paris" in answers[-1].citations[0].sentence


def test_who_asks_for_more_again_and_again_gets_nothing_twice(all_snapshot: Snapshot) -> None:
    before, cited = None, []
    for question in ["Who belongs to the Bali Process?"] + ["Who else belongs to the Bali Process?"] * 4:
        [answer] = all_snapshot.answer([question], [before])
        cited += [citation.sentence for citation in answer.citations]
        before = turn_after(answer, before)
    assert len(cited) == len(set(cited)) >= 2
