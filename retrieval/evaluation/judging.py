"""Tell which passages and which sentences answer the questions of a set."""

from collections.abc import Mapping, Sequence

from retrieval.evaluation.question_sets import QuestionSet, SetQuestion
from retrieval.values import Document, Hit, Reading


class Judge:
    """Knows what is right in a set. Passages are told by their texts: of equal ones, only one is in the index."""

    def __init__(self, data: QuestionSet) -> None:
        self._gold = {id: text for id, _, text in data.passages}
        self._whole = data.documents is None

    def holds(self, question: SetQuestion, reading: Reading) -> bool:
        """Tell whether a reading's sentence is a right one."""
        text = reading.hit.document.text[reading.sentence.start : reading.sentence.end]
        return holds_answer(question, reading.hit.document, text, self._gold)

    def answers(self, question: SetQuestion, hit: Hit) -> bool:
        """Tell whether a hit is a right passage."""
        text = hit.document.text
        if self._whole:
            return text[hit.document.body :] in {self._gold[id] for id in question.passages}
        return any(
            holds_answer(question, hit.document, text[sentence.start : sentence.end], self._gold)
            for sentence in hit.passage.sentences
        )


def holds_answer(question: SetQuestion, document: Document, sentence: str, gold: Mapping[str, str]) -> bool:
    """Tell whether a sentence of a document holds one of the answers, and the document is one that should.

    `gold` has the text of each passage of the set by its id.
    """
    if document.text[document.body :] not in {gold[id] for id in question.passages if id in gold}:
        return False
    # a sentence set's answer is a whole sentence, which Kutip may split further
    return any(answer in sentence or sentence in answer for answer in question.answers)


def distinct(readings: Sequence[Reading]) -> list[Reading]:
    """Keep the best reading of each sentence."""
    best: dict[tuple[str, int], Reading] = {}
    for reading in readings:
        best.setdefault((reading.hit.document.id, reading.sentence.start), reading)
    return list(best.values())
