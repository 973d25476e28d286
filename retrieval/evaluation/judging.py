"""Tell which passages and which sentences answer the questions of a set."""

from collections.abc import Iterable, Mapping, Sequence

from retrieval.evaluation.question_sets import QuestionSet, SetQuestion, answer_pattern, folded
from retrieval.values import Document, Hit, Reading, Sentence


class Judge:
    """Knows what is right in a set. Passages are told by their texts, as in the index, where equal ones are one."""

    def __init__(self, data: QuestionSet) -> None:
        self._gold = {id: folded(text) for id, _, text in data.passages}
        self._whole = data.documents is None

    def holds(self, question: SetQuestion, reading: Reading) -> bool:
        """Tell whether a reading's sentence is a right one."""
        return holds_answer(question, reading.hit.document, reading.sentence, self._gold)

    def answers(self, question: SetQuestion, hit: Hit) -> bool:
        """Tell whether a hit is a right passage."""
        if self._whole:
            return _is_gold(question, hit.document, self._gold)
        return any(holds_answer(question, hit.document, one, self._gold) for one in hit.passage.sentences)

    def is_inside(self, question: SetQuestion, kept: Iterable[str]) -> bool:
        """Tell whether one of the passages with these ids, or a copy of one, is a right one."""
        texts = {self._gold[id] for id in kept}
        return any(self._gold[id] in texts for id in question.passages)


def holds_answer(question: SetQuestion, document: Document, sentence: Sentence, gold: Mapping[str, str]) -> bool:
    """Tell whether one of the answers stands or begins in a sentence, and its document is one that should answer.

    Where answers are whole sentences, a part of one is right too: Kutip may split them further.
    `gold` has the text of each passage of the set, white space folded, by its id.
    """
    if not _is_gold(question, document, gold):
        return False
    return any(
        _begins(answer, document.text, sentence) or (not question.spans and _holds(answer, document.text, sentence))
        for answer in question.answers
    )


def _is_gold(question: SetQuestion, document: Document, gold: Mapping[str, str]) -> bool:
    return folded(document.text[document.body :]) in {gold[id] for id in question.passages if id in gold}


def _begins(answer: str, text: str, sentence: Sentence) -> bool:
    """Tell whether an answer begins within a sentence: an annotated one may go on in the next."""
    found = answer_pattern(answer).search(text, sentence.start, sentence.end + _room(answer))
    return found is not None and found.start() < sentence.end


def _holds(answer: str, text: str, sentence: Sentence) -> bool:
    """Tell whether a sentence stands within an answer."""
    around = max(0, sentence.start - _room(answer)), sentence.end + _room(answer)
    found = answer_pattern(answer).finditer(text, *around)
    return any(one.start() <= sentence.start and sentence.end <= one.end() for one in found)


def _room(answer: str) -> int:
    """Return how many characters an answer may take, its words on several lines."""
    return 2 * len(answer) + 100


def distinct(readings: Sequence[Reading]) -> list[Reading]:
    """Keep the best reading of each sentence."""
    best: dict[tuple[str, int], Reading] = {}
    for reading in readings:
        best.setdefault((reading.hit.document.id, reading.sentence.start), reading)
    return list(best.values())
