"""Tell which passages and which sentences answer the questions of a set."""

from collections.abc import Iterable, Mapping

from retrieval.documents.encodings import one_line
from retrieval.evaluation.question_sets import QuestionSet, SetQuestion, answer_pattern
from retrieval.values import Document, Hit, Reading, Sentence

Judgements = Mapping[str, Mapping[tuple[str, int], bool]]
"""Whether sentences answer, against their set: by question, then by passage (its id) and an offset in the sentence."""


class Judge:
    """Knows what is right in a set. Passages are told by their texts, as in the index, where equal ones are one.

    Those that differ in white space only are equal there.
    """

    def __init__(self, data: QuestionSet, *, judgements: Judgements | None = None) -> None:
        self._judgements = judgements or {}
        self._gold = {id: one_line(text) for id, _, text in data.passages}
        self._whole = data.documents is None
        self._texts: dict[Document, str] = {}

    def holds(self, question: SetQuestion, reading: Reading) -> bool:
        """Tell whether a reading's sentence is a right one: an answer stands or begins in it.

        Where answers are whole sentences, a part of one is right too: Kutip may split them further.
        """
        document, sentence = reading.hit.document, reading.sentence
        for (id, offset), answers in self._judgements.get(question.text, {}).items():
            if sentence.start <= document.body + offset < sentence.end and self._is_one_of([id], document):
                return answers
        return self._is_gold(question, document) and _answers(question, document, sentence)

    def answers(self, question: SetQuestion, hit: Hit) -> bool:
        """Tell whether a hit is a right passage."""
        return self._is_gold(question, hit.document) and (
            self._whole or any(_answers(question, hit.document, one) for one in hit.passage.sentences)
        )

    def inside(self, questions: Iterable[SetQuestion], kept: Iterable[str]) -> list[bool]:
        """Tell for each question whether one of its passages, or a copy of one, is among those with these ids."""
        texts = {self._gold[id] for id in kept}
        return [
            any(self._gold[id] in texts for id in question.passages.union(self._judged_to_answer(question)))
            for question in questions
        ]

    def is_unanswerable(self, question: SetQuestion) -> bool:
        """Tell whether no passage of the set answers a question."""
        return not question.answers and not self._judged_to_answer(question)

    def _judged_to_answer(self, question: SetQuestion) -> set[str]:
        judged = self._judgements.get(question.text, {})
        return {id for (id, _), answers in judged.items() if answers and id in self._gold}

    def _is_gold(self, question: SetQuestion, document: Document) -> bool:
        return self._is_one_of(question.passages, document)

    def _is_one_of(self, passages: Iterable[str], document: Document) -> bool:
        if document not in self._texts:
            self._texts[document] = one_line(document.text[document.body :])
        return self._texts[document] in {self._gold[id] for id in passages if id in self._gold}


def _answers(question: SetQuestion, document: Document, sentence: Sentence) -> bool:
    return any(
        _begins(answer, document.text, sentence) or (not question.spans and _holds(answer, document.text, sentence))
        for answer in question.answers
    )


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
