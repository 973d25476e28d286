"""What a question that goes on from another one makes of what was read for it, and what the next may go on from."""

from collections.abc import Sequence

from retrieval.agreement import answer_words
from retrieval.cues import asked_kind_is_there
from retrieval.follow_ups import Variant, asks_for_more, has_subject
from retrieval.markup import quote_parts
from retrieval.values import Answer, Reading, Turn


def fitting(readings: Sequence[Reading], variant: Variant, before: Turn | None) -> list[Reading]:
    """Leave out what cannot be meant by a follow-up.

    That is, where it puts a name in the place of another, a sentence without that name; where it asks for more, one
    that the conversation has cited before; and where it asks something else of what was asked before, such a one in
    which nothing new is marked.
    """
    if before is None or (variant.alone and not variant.new):
        return list(readings)
    return [
        one
        for one in readings
        if _names_all(one, variant.about)
        and (one.text not in before.said or (not variant.new and _marks_new(one, variant, before)))
    ]


def _names_all(reading: Reading, names: str) -> bool:
    """Tell whether a sentence, or the title of its document, has all words of these names."""
    there = f"{reading.hit.document.title} {reading.text}".casefold()
    return all(word in there for word in names.casefold().split())


def _marks_new(reading: Reading, variant: Variant, before: Turn) -> bool:
    """Tell whether a sentence that was cited before answers something else now.

    A question that holds the answer before would find it there again, whatever else is marked, unless that is a date or
    a number that is asked for.
    """
    marked = reading.hit.document.text[slice(*reading.highlight)] if reading.highlight else ""
    if variant.repeats:
        return asked_kind_is_there(variant.text, marked) > 0
    return not variant.goes_on or set(answer_words(marked)).isdisjoint(answer_words(before.answer))


def chosen(found: Sequence[Variant], confidences: Sequence[float], threshold: float) -> int:
    """Return the number of the variant that is answered most surely; the first, if it stands alone and is found."""
    surely = (1 + threshold) / 2
    worth = [
        0.0 if variant.repeats and confidence < surely else confidence
        for variant, confidence in zip(found, confidences, strict=True)
    ]
    best = max(range(len(found)), key=lambda number: worth[number])
    least = surely if found[best].doubtful else threshold
    if found[0].alone and (confidences[0] >= threshold or confidences[best] < least):
        return 0
    return best


def turn_after(answer: Answer, before: Turn | None = None) -> Turn:
    """Return what the next question may go on from; `before` is what this answer's question may have gone on from."""
    said = frozenset(citation.sentence for citation in answer.citations)
    question = answer.question
    if before and (answer.understood or asks_for_more(answer.question)):
        said |= before.said
    if before and answer.understood:
        question = answer.understood if has_subject(answer.question) else before.question
    marked = quote_parts(answer.citations[0])[1] if answer.found else ""
    closest = next(iter(answer.citations or (answer.related if answer.on_subject else ())), None)
    return Turn(question, marked, closest.document.title if closest else "", said)
