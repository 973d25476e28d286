"""What questions mean in a conversation: of all that each may stand for, what the documents answer most surely."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from retrieval.across_languages import AcrossLanguages
from retrieval.answers.places import Places
from retrieval.answers.their_words import in_their_words
from retrieval.answers.turns import chosen, fitting, meant, told_as
from retrieval.finding import Finder
from retrieval.index.protocols import Index
from retrieval.lookups.nearby import Place, nearby
from retrieval.questions.capitals import with_capitals
from retrieval.questions.clock import by_the_clock
from retrieval.questions.follow_ups import variants
from retrieval.questions.variant import Variant
from retrieval.values import Passage, Reading, Turn


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a question means, and what was read for it.

    `text` is the question that is answered, `readings` those that may answer it, best first, and `about` all that was
    read, also what may not be cited again: `said`, if there is such. `understood` and `told` are as in an Answer.
    """

    text: str
    readings: Sequence[Reading]
    about: Sequence[Reading]
    said: bool = False
    understood: str = ""
    told: str = ""


class Interpreter:
    """Interprets questions by what an index answers; may be used by several threads at once."""

    def __init__(
        self, index: Index, finder: Finder, across: AcrossLanguages, places: Places, *, threshold: float
    ) -> None:
        """From `threshold` on, a confidence in [0, 1], a sentence answers."""
        self._index = index
        self._finder = finder
        self._across = across
        self._places = places
        self._threshold = threshold

    def interpret(self, questions: Sequence[str], turns: Sequence[Turn | None]) -> list[Interpretation]:
        """Return what each question means after its turn: what it names beside what was cited, else what is read."""
        places = [self._places.find(turn.key) if turn else None for turn in turns]
        near = [self._nearby(*one) for one in zip(questions, turns, places, strict=True)]
        left = [number for number, one in enumerate(near) if one is None]
        read = iter(
            self._read([questions[one] for one in left], [turns[one] for one in left], [places[one] for one in left])
        )
        return [one or next(read) for one in near]

    def _nearby(self, question: str, turn: Turn | None, place: Place | None) -> Interpretation | None:
        found = nearby(question, turn, place, self._index) if turn and place else None
        if found is None:
            return None
        read = [found.reading]
        return Interpretation(found.understood, read, read, understood=found.understood, told=found.told)

    def _read(
        self, questions: Sequence[str], turns: Sequence[Turn | None], cited: Sequence[Place | None]
    ) -> list[Interpretation]:
        """Read what each may stand for; `cited` are the places of their turns' answers, where they are there still."""
        turns = [
            replace(turn, key="") if turn and place is None else turn for turn, place in zip(turns, cited, strict=True)
        ]
        asked = [
            self._variants(question, turn, place) for question, turn, place in zip(questions, turns, cited, strict=True)
        ]
        places = [
            self._place(variant, place[0].document if place else None)
            for found, place in zip(asked, cited, strict=True)
            for variant in found
        ]
        readings = iter(self._finder.find([variant.text for found in asked for variant in found], places))
        told = [
            self._most_surely(question, turn, found, [next(readings) for _ in found])
            for question, turn, found in zip(questions, turns, asked, strict=True)
        ]
        stands_alone = [turn is None or len(found) == 1 for turn, found in zip(turns, asked, strict=True)]
        return self._or_across(told, stands_alone)

    def _or_across(self, told: list[Interpretation], stands_alone: Sequence[bool]) -> list[Interpretation]:
        """Read what stands alone, and is not answered, in the documents in the other language, too.

        All that was read for it is then in the order of its confidence, so that what is surest is shown as related.
        """
        unsure = [
            place
            for place, (one, alone) in enumerate(zip(told, stands_alone, strict=True))
            if alone and not any(reading.confidence >= self._threshold for reading in one.readings)
        ]
        across = self._across.find([told[place].text for place in unsure])
        for place, found in zip(unsure, across, strict=True):
            one = told[place]
            readings = sorted([*one.readings, *found], key=lambda reading: -reading.confidence)
            told[place] = replace(one, readings=readings, about=[*one.about, *found])
        return told

    def _most_surely(
        self, question: str, turn: Turn | None, found: Sequence[Variant], readings: Sequence[Sequence[Reading]]
    ) -> Interpretation:
        """Return which of all that a question may stand for is answered most surely, by what was read for each."""
        about = [meant(read, variant, turn) for read, variant in zip(readings, found, strict=True)]
        theirs = [in_their_words(question, one, turn) for one in about]
        read = [fitting(one, variant, turn, self._threshold) for one, variant in zip(theirs, found, strict=True)]
        best = chosen(found, [one[0].confidence if one else 0.0 for one in read], self._threshold, turn)
        text = found[best].text
        understood = "" if found[best].alone or found[best].here or text == question else text
        alone = [one for each, variant in zip(about, found, strict=True) if variant.alone for one in each]
        return Interpretation(
            text,
            read[best],
            [*about[best], *alone],
            said=len(read[best]) < len(about[best]),
            understood=understood,
            told=told_as(found[best], question, turn) if understood and turn else "",
        )

    def _variants(self, question: str, turn: Turn | None, cited: Place | None) -> list[Variant]:
        """Return what a question may stand for; itself, if that is a report beside the one `cited` that is not there.

        Names in small letters are known by what stands beside that. A first question may also stand for the month or
        year that it tells by the clock.
        """
        document = cited[0].document if cited else None
        found = variants(question, turn, self._with_capitals(question, cited[0]) if cited else "")
        if turn is None and (meant := by_the_clock(found[0].text, date.today())):
            found.append(Variant(meant))
        there = [one for one in found if not one.step or self._place(one, document) is not None]
        return there or variants(question, None)

    def _with_capitals(self, question: str, passage: Passage) -> str:
        document = self._index.document(passage.document)
        return with_capitals(question, map(document.text_of, passage.sentences))

    def _place(self, variant: Variant, document: int | None) -> int | None:
        """Return the number of the one document where it is looked for; `document` is that of the turn before."""
        if document is None or variant.here:
            return document
        return self._finder.beside(document, variant.step) if variant.step else None
