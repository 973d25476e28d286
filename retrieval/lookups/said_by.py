"""What somebody says whom a question names, sentence by sentence: "What did Mrs Okafor say about the bridge?"

That are the turns below their label in a transcript, and what is told to be theirs by the words beside it.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from retrieval.index.protocols import Index
from retrieval.lookups.sure import as_named
from retrieval.questions.asked_words import AskedWords
from retrieval.text.patterns import regex
from retrieval.text.people import names_of, only_one_named
from retrieval.text.quotations import meant_by_pronoun, quoted_by, said_within, teller_in
from retrieval.text.speakers import Speakers
from retrieval.text.words import has_each
from retrieval.values import Document, Passage, Reading, Sentence

_ENDS_QUESTION = regex(r"\?[\"'”’*_)]*\Z")
_MOST_DOCUMENTS = 8
_FEW = 4  # sentences of somebody in a document
_MOST_SENTENCES = 400  # of a document
_FAR = 20_000  # characters from somebody's name, up to which their turn goes on
_NEAR = 2_000  # characters from it, within which what is told to be theirs stands
_SHARED = 10_000  # characters, over which the turns around one sentence are those around the next ones


def said_by(asked: AskedWords, documents: Iterable[int], index: Index) -> list[Reading]:
    """Return what a question asks for of the first document, given by their numbers, that has it; else none.

    Where several people of that name speak, it has none; of words on a subject, what has all words of that.
    """
    found = (_said_in(asked, index.document(number), index.passages_of(number)) for number in documents)
    return next(filter(None, islice(found, _MOST_DOCUMENTS)), [])


def said_below_title(asked: AskedWords, numbers: Iterable[int], index: Index) -> list[Reading]:
    """Return the few words of the person that a question names in the first document whose title has their subject.

    The question is for what they say about that (AskedWords.of_person_on_subject).
    """
    documents = ((number, index.document(number)) for number in islice(numbers, _MOST_DOCUMENTS))
    titled = ((number, one) for number, one in documents if has_each(asked.subject, one.title, one.language))
    anything = replace(asked, subject=())
    found = (_said_in(anything, document, index.passages_of(number)) for number, document in titled)
    return next((said for said in found if 0 < len(said) <= _FEW), [])


def _said_in(asked: AskedWords, document: Document, passages: Sequence[Passage]) -> list[Reading]:
    tellers = _Tellers(document, asked.person)
    may_fit = (
        (passage, one)
        for passage in passages
        for one in passage.sentences
        if not one.heading and tellers.may_speak(one) and _is_on(asked, document, one.start, one.end)
    )
    found = defaultdict(list)
    for passage, sentence in islice(may_fit, _MOST_SENTENCES):
        teller, label = tellers.of(sentence)
        begin = label[1] if label else sentence.start
        if teller and (tellers.asks(sentence) or not asked.asks) and _is_on(asked, document, begin, sentence.end):
            found[teller].append(as_named(document, passage, sentence, None if asked.person else label))
    meant = only_one_named(asked.person, found, document.text) if asked.person else found
    said = sorted((one for teller in meant for one in found[teller]), key=lambda one: one.sentence.start)
    questions = [one for one in said if _ENDS_QUESTION.search(one.text)] if asked.asks else []
    return questions or said


def _is_on(asked: AskedWords, document: Document, start: int, end: int) -> bool:
    return not asked.subject or has_each(asked.subject, document.text[start:end], document.language)


class _Tellers:
    """Who is told to say the sentences of a document, asked for in order, where the names of a person are near."""

    def __init__(self, document: Document, person: str) -> None:
        self._document = document
        found = (re.finditer(rf"\b{re.escape(name)}\b", document.text, re.IGNORECASE) for name in names_of(person))
        places = filter(None, ([match.start() for match in each] for each in found))
        self._places = min(places, key=len, default=[]) if person else None
        self._until = 0

    def may_speak(self, sentence: Sentence) -> bool:
        """Tell whether whoever is asked for may say a sentence, as one of their names is not far."""
        return self._is_named_within(_FAR, sentence)

    def of(self, sentence: Sentence) -> tuple[str, tuple[int, int] | None]:
        """Return who is told to say a sentence, and the span of their label if it has that."""
        speakers = self._around(sentence)
        if label := speakers.of(sentence):
            return label, speakers.label_in(sentence)
        if not self._is_named_within(_NEAR, sentence):
            return "", None
        if not (told := quoted_by(self._document, sentence)):
            within = said_within(self._document, sentence)
            told = self._document.text[slice(*within)] if within else meant_by_pronoun(self._document, sentence)
        return teller_in(told), None

    def asks(self, sentence: Sentence) -> bool:
        """Tell whether somebody says a sentence who asks others."""
        return self._around(sentence).asks(sentence)

    def _around(self, sentence: Sentence) -> Speakers:
        if sentence.start >= self._until:
            self._speakers, self._until = Speakers(self._document, sentence), sentence.start + _SHARED
        return self._speakers

    def _is_named_within(self, far: int, sentence: Sentence) -> bool:
        if self._places is None:
            return True
        first = bisect_left(self._places, sentence.start - far)
        return first < len(self._places) and self._places[first] <= sentence.end + far
