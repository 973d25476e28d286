"""What a question that goes on from another one makes of what was read for it, and what the next may go on from."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.questions.asked_contact import asks_only_contact
from retrieval.questions.capitals import with_capitals
from retrieval.questions.courtesy import as_read
from retrieval.questions.follow_ups import asks_for_more, leans_on_before, may_go_on
from retrieval.questions.in_place import names_of
from retrieval.questions.kinds import asked_kind_is_there, asks_hour
from retrieval.questions.pronouns import speaks_of_one_person
from retrieval.questions.question_parts import has_no_noun, has_subject, is_name, names_in, opened
from retrieval.questions.variant import Variant
from retrieval.text.answer_words import answer_words
from retrieval.text.headings import headings_above
from retrieval.text.hours import clock_time
from retrieval.text.labels import LABELLED
from retrieval.text.markup import quote_parts, shortened
from retrieval.text.names import without_possessives
from retrieval.text.patterns import regex
from retrieval.text.table_rows import cells_of
from retrieval.text.words import STOP_WORDS, stems, subject_stems
from retrieval.values import Answer, Reading, Turn

_AS_SURE = 0.02  # below the surest confidence, from which on the order of what a question may stand for decides
_SHORTER = 0.7  # of a sentence all of which was marked, what may be marked in it then
_MARKS = ".!? "
_MOST_TOLD = 150  # characters of what a question is told to have been taken for
_DOT_OF_LETTERS = regex(r"(?<!\d)\.|\.(?!\d)")  # "U.S.", not "6.2"
_GOES_ON = regex(
    r"(?:It|He|She|They|This|These|Its|His|Her|Their|Ia|Dia|Beliau|Mereka|Ini|Itu"
    r"|(?:Of|Among) (?:them|these|those)|Dari jumlah (?:itu|tersebut)|Di antara(?:nya| mereka))\b"
)


def meant(readings: Sequence[Reading], variant: Variant, before: Turn | None) -> list[Reading]:
    """Leave out, where a follow-up puts a name in the place of another, what does not speak of it."""
    return [one for one in readings if before is None or one.as_named or _speaks_of(variant.about, one, before)]


def fitting(readings: Sequence[Reading], variant: Variant, before: Turn | None, threshold: float) -> list[Reading]:
    """Leave out what does not answer a follow-up, of what it may mean.

    That is, where a pronoun means what was spoken of, another document than the one before; where it asks for more, or
    may well not go on from before, a sentence that the conversation has cited before; and where it asks something else
    of what was asked before, such a one in which nothing new is marked. Where a pronoun likely means what was spoken
    of, another document stays, but answers only if it does very surely; where a question has no subject of its own,
    only with a word of that before, as where it asks for nothing but a number or an address.
    """
    if before is None:
        return list(readings)
    if before.document and variant.same_document:
        readings = [one for one in readings if one.hit.document.id == before.document]
    elif before.document and before.said and variant.likely_there:
        readings = _surely_elsewhere(readings, before.document, threshold)
    elif who := _still_meant(variant, before):
        readings = [one for one in readings if _speaks_of(who, one, before)]
    if variant.alone and before.said and (has_no_noun(variant.text) or asks_only_contact(variant.text)):
        readings = [one if _goes_on_from(before, one) else one.silent() for one in readings]
        readings = sorted(readings, key=lambda one: -one.confidence)
    if variant.alone and not variant.new:
        return list(readings)
    once = variant.new or variant.doubtful
    return [
        one
        for one in readings
        if one.text not in before.said
        or (not once and _marks_new(one, variant, before))
        or (not variant.new and _marks_other_cell(one, before))
    ]


def _still_meant(variant: Variant, before: Turn) -> str:
    """Return who was spoken of, where "she" is left as it is: "How old is she, The new chair?"; else nothing.

    That is the first name in full of the answer before, or of its question; else the first name.
    """
    is_left = variant.goes_on or _adds_title(variant, before)
    if not (is_left and speaks_of_one_person(variant.text)):
        return ""
    names = list(filter(is_name, [*names_in(before.answer, asks=False), *names_in(before.question)]))
    return next((name for name in names if " " in name), names[0] if names else "")


def _adds_title(variant: Variant, before: Turn | None) -> bool:
    """Tell whether a variant ends with the title of what answered before."""
    return before is not None and bool(before.title) and variant.text.endswith(f", {before.title}?")


def _marks_other_cell(reading: Reading, before: Turn) -> bool:
    """Tell whether another cell of a row is marked than the one that answered before."""
    return reading.marked not in ("", before.answer) and bool(cells_of(reading.hit.document, reading.sentence))


def _surely_elsewhere(readings: Sequence[Reading], document: str, threshold: float) -> list[Reading]:
    """Let no other document answer, unless what comes first is of one, and very sure."""
    if not readings or readings[0].hit.document.id == document or readings[0].confidence >= _surely(threshold):
        return list(readings)
    return [one if one.hit.document.id == document else one.silent() for one in readings]


def _goes_on_from(before: Turn, reading: Reading) -> bool:
    """Tell whether a sentence is of a document that was cited, or has a word of the question or a name that answered.

    So may its title or the sentence before it. In another language it may have others.
    """
    document, sentences = reading.hit.document, reading.hit.passage.sentences
    place = sentences.index(reading.sentence)
    near = " ".join((document.title, *(document.text_of(one) for one in sentences[max(0, place - 1) : place + 1])))
    there = set(stems(near, document.language))
    names = filter(is_name, names_in(before.answer, asks=False))
    spoken_of = subject_stems(" ".join((before.question, *names)))
    is_cited = document.id in (before.document, *before.documents)
    return is_cited or reading.crosses or any(not forms.isdisjoint(there) for forms in spoken_of)


def _speaks_of(names: str, reading: Reading, before: Turn) -> bool:
    """Tell whether a sentence has the last word of these names, or the title, or the sentence before it does.

    So may a column or a heading above, where it is a row or has a label. One that was cited before has to have it
    itself. In another language it may be written otherwise.
    """
    words = answer_words(_DOT_OF_LETTERS.sub("", without_possessives(names)))
    if not words or reading.crosses:
        return True
    document, sentences = reading.hit.document, reading.hit.passage.sentences
    place = sentences.index(reading.sentence)
    goes_on = reading.text not in before.said and _GOES_ON.match(reading.text)
    near = sentences[max(0, place - 1) : place] if goes_on else ()
    there = " ".join([document.title, reading.text, *(document.text_of(one) for one in near)])
    if words[-1] in answer_words(there):
        return True
    cells = cells_of(document, reading.sentence)
    is_below = cells or LABELLED.fullmatch(reading.text)
    above = headings_above(document, reading.hit.passage, reading.sentence) if is_below else []
    return words[-1] in answer_words(" ".join((*above, *(cell.column for cell in cells))))


def _marks_new(reading: Reading, variant: Variant, before: Turn) -> bool:
    """Tell whether a sentence that was cited before answers something else now.

    A question that holds the answer before would find it there again, whatever else is marked, unless that is a date or
    a number that is asked for.
    """
    marked = reading.marked
    if asks_hour(variant.text) and clock_time(marked) and marked != before.answer:  # of a day with its hour
        return True
    if variant.repeats:
        return asked_kind_is_there(variant.text, marked) > 0
    if marked and _all_was_marked(reading, before, behind_label=variant.goes_on):  # "Was it closed?"
        return len(marked) <= _SHORTER * len(before.answer)
    return not variant.goes_on or _content(marked).isdisjoint(_content(" ".join((before.answer, *before.earlier))))


def _all_was_marked(reading: Reading, before: Turn, *, behind_label: bool) -> bool:
    """Tell whether all of a sentence was marked before, or also all that stands behind its label."""
    label = LABELLED.fullmatch(reading.text) if behind_label else None
    said = (reading.text, *([label["value"]] if label else ()))
    return before.answer.strip(_MARKS) in [one.strip(_MARKS) for one in said]


def _content(answer: str) -> set[str]:
    """Return the words of an answer without those that only join others."""
    return {word for word in answer_words(answer) if word not in STOP_WORDS}


def _surely(threshold: float) -> float:
    return (1 + threshold) / 2


def chosen(found: Sequence[Variant], confidences: Sequence[float], threshold: float, before: Turn | None = None) -> int:
    """Return the number of the variant that is answered, by the first of these that holds.

    1. A step from the report before to another one.
    2. What is looked for in the document before, where it is found; a `doubtful` one, where that is sure, and no phrase
       is surer in the place of another. Not where the question stands alone, and only another document answers surely.
    3. Where nothing is found, what is looked for in the document before, if anything is.
    4. The question itself, where it stands alone and is found, or no other is.
    5. The surest of the others; of those that are about as sure, the first, and what takes the place of its like before
       what was only added to it.

    What repeats the question before, or is looked for in its document, counts for 5 only where it is sure. So does what
    adds the title of that document, as its words speak for any sentence there, and not beside what is put in the place
    of something.
    """
    if found[0].step:
        return 0
    surely = _surely(threshold)
    here = next((number for number, one in enumerate(found) if one.here), None)
    if here is not None and not (found[0].alone and confidences[0] >= surely > confidences[here]):
        replaced = [sure for sure, one in zip(confidences, found, strict=True) if one.about or one.like]
        if confidences[here] >= (max([surely, *replaced]) if found[here].doubtful else threshold):
            return here
    is_put = any(sure >= threshold and _put(one, before) for sure, one in zip(confidences, found, strict=True))

    def counts(one: Variant, confidence: float) -> bool:
        added = _adds_title(one, before)
        return not (added and is_put) and (confidence >= surely or not (one.repeats or one.here or added))

    worth = [sure if counts(one, sure) else 0.0 for one, sure in zip(found, confidences, strict=True)]
    shown = [sure if sure < threshold else 0.0 for sure in confidences]  # of what is not found
    best = max(range(len(found)), key=lambda number: (worth[number], shown[number]))
    if worth[best] >= threshold and not found[best].goes_on:  # the likeliest comes first, of those about as sure
        best = next(number for number, one in enumerate(worth) if one >= worth[best] - _AS_SURE)
    if found[best].pieced:  # what takes the place of its like is meant before what was only added
        best = next((at for at, one in enumerate(found) if one.like and worth[at] >= threshold), best)
    least = surely if found[best].doubtful else threshold
    if found[0].alone and (confidences[0] >= threshold or confidences[best] < least):
        best = 0
    if here is None or max(confidences[best], confidences[here]) >= threshold:
        return best
    return here


def _put(one: Variant, before: Turn | None) -> bool:
    """Tell whether a variant puts what is asked now in the place of something in the question before."""
    return bool(one.about or one.like) and not (one.pieced or _adds_title(one, before))


def told_as(variant: Variant, question: str, before: Turn) -> str:
    """Return how a follow-up is told to have been understood.

    A name that was only added to it stands in brackets, as does what asks for the report before or after another. What
    asks something else of what was asked before stands after that.
    """
    understood = variant.text
    if variant.step:
        return f"{understood} ({question.strip(' ?')})"
    read = as_read(question)
    asked = opened(read)[0].rstrip(" ?")
    added = understood[len(asked) :].strip(" ,?") if understood.startswith(asked) else ""
    names = [before.title, *names_in(before.answer, asks=False), *names_of(before)]
    if added in filter(None, names):
        return f"{asked}? ({added})"
    if not variant.goes_on or len(before.question) > _MOST_TOLD:
        return shortened(understood, _MOST_TOLD)  # "who said: …", with what was quoted
    of = f" ({before.title})" if before.title and leans_on_before(before.question) else ""
    first = before.question if before.question.endswith((".", "!", "?")) else f"{before.question}?"
    return f"{first} {read.strip(' ?!.')}?{of}"


def turn_after(answer: Answer, before: Turn | None = None) -> Turn:
    """Return what the next question may go on from; `before` is what this answer's question may have gone on from."""
    asked = as_read(answer.spelt or answer.question)
    if before and not answer.found:
        same_document = any(one.document.id == before.document for one in answer.related[:1])
        if leans_on_before(asked) or (before.said and same_document and may_go_on(asked)):
            return before  # whom and what the talk is about
    said = frozenset(citation.sentence for citation in answer.citations)
    documents = frozenset(citation.document.id for citation in answer.citations)
    question = answer.understood or asked
    earlier: tuple[str, ...] = ()
    if before and (answer.understood or asks_for_more(asked) or leans_on_before(asked)):
        said |= before.said
        documents |= before.documents
        earlier = (before.answer, *before.earlier)
    if before and answer.understood and not has_subject(asked):
        question = before.question
    question = with_capitals(question, (one.sentence for one in answer.shown))
    marked = quote_parts(answer.citations[0])[1] if answer.found else ""
    closest = next(iter(answer.citations or (answer.related if answer.on_subject else ())), None)
    turn = Turn(question, marked, said=said, documents=documents, earlier=earlier)
    if answer.found:
        first = answer.citations[0]
        turn = replace(turn, cited=first.sentence, speaker=first.speaker, column=first.column)
    return (
        replace(turn, title=closest.document.title, document=closest.document.id, key=closest.key) if closest else turn
    )
