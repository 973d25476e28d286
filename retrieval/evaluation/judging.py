"""Tell which passages and which sentences answer the questions of a set."""

from collections.abc import Mapping, Sequence

from retrieval.evaluation.question_sets import QuestionSet, SetQuestion
from retrieval.values import Document, Hit, Reading, Sentence


class Judge:
    """Knows what is right in a set. Passages are told by their texts: of equal ones, only one is in the index."""

    def __init__(self, data: QuestionSet) -> None:
        self._gold = {id: text for id, _, text in data.passages}
        self._whole = data.documents is None

    def holds(self, question: SetQuestion, reading: Reading) -> bool:
        """Tell whether a reading's sentence is a right one."""
        return holds_answer(question, reading.hit.document, reading.sentence, self._gold)

    def answers(self, question: SetQuestion, hit: Hit) -> bool:
        """Tell whether a hit is a right passage."""
        if self._whole:
            return hit.document.text[hit.document.body :] in {self._gold[id] for id in question.passages}
        return any(holds_answer(question, hit.document, one, self._gold) for one in hit.passage.sentences)


def holds_answer(question: SetQuestion, document: Document, sentence: Sentence, gold: Mapping[str, str]) -> bool:
    """Tell whether one of the answers stands or begins in a sentence, and its document is one that should answer.

    Where answers are whole sentences, a part of one is right too: Kutip may split them further.
    `gold` has the text of each passage of the set by its id.
    """
    if document.text[document.body :] not in {gold[id] for id in question.passages if id in gold}:
        return False
    return any(
        _begins(answer, document.text, sentence) or (not question.spans and _holds(answer, document.text, sentence))
        for answer in question.answers
    )


def _begins(answer: str, text: str, sentence: Sentence) -> bool:
    """Tell whether an answer begins within a sentence: an annotated one may go on in the next."""
    return text.find(answer, sentence.start, sentence.end + len(answer) - 1) >= 0


def _holds(answer: str, text: str, sentence: Sentence) -> bool:
    """Tell whether a sentence stands within an answer."""
    return text.find(answer, max(0, sentence.end - len(answer)), sentence.start + len(answer)) >= 0


def distinct(readings: Sequence[Reading]) -> list[Reading]:
    """Keep the best reading of each sentence."""
    best: dict[tuple[str, int], Reading] = {}
    for reading in readings:
        best.setdefault((reading.hit.document.id, reading.sentence.start), reading)
    return list(best.values())
