"""Questions that go on from each other, asked as somebody would in a chat."""

from retrieval.answering import Snapshot
from retrieval.answers.turns import turn_after
from retrieval.values import Answer, Turn


def answers_in_turn(snapshot: Snapshot, *questions: str) -> list[Answer]:
    """Return the answer to each question, every one asked after those before it."""
    answers: list[Answer] = []
    before: Turn | None = None
    for question in questions:
        answers += snapshot.answer([question], [before])
        before = turn_after(answers[-1], before)
    return answers
