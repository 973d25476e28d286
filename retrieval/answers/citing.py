"""From readings to citations: which of them are cited, and what people see of each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from retrieval.answers.links import place_link
from retrieval.answers.places import Places
from retrieval.index.passages import MAX_SENTENCE_LENGTH
from retrieval.text.day_entries import day_above
from retrieval.text.headings import headings_above
from retrieval.text.labels import record_title
from retrieval.text.mails import written_by
from retrieval.text.markup import quote_parts, visible_text
from retrieval.text.numbered_parts import part_above
from retrieval.text.quotations import quoted_by
from retrieval.text.speakers import Speakers
from retrieval.text.table_rows import column_above, row_values
from retrieval.values import Citation, Document, Passage, Reading, Sentence


def cite(readings: Sequence[Reading], places: Places) -> tuple[Citation, ...]:
    """Return the citations of readings, numbered in their order."""
    return tuple(
        citation_of(number, reading.hit.document, reading.hit.passage, reading.sentence, places, reading.highlight)
        for number, reading in enumerate(readings, start=1)
    )


def citation_of(
    number: int,
    document: Document,
    passage: Passage,
    sentence: Sentence,
    places: Places,
    highlight: tuple[int, int] | None = None,
) -> Citation:
    """Return a sentence of a passage as a citation."""
    whole, is_begun = places.whole(passage, sentence)
    column = column_above(document, sentence, highlight) if highlight else ""
    opened, closed = _has_marks(document.text_of(whole))
    is_row = bool(row_values(document, sentence))  # which nobody says, though it follows what somebody does
    speaker = "" if is_row else Speakers(document, sentence).before(sentence) or quoted_by(document, sentence)
    speaker = speaker or written_by(document, sentence)
    return Citation(
        number=number,
        sentence=document.text_of(whole),
        start=whole.start,
        end=whole.end,
        document=document,
        highlight=highlight,
        before=_surroundings(document, [one for one in passage.sentences if one.end <= whole.start]),
        after=_surroundings(document, [one for one in passage.sentences if whole.end <= one.start]),
        page=document.page(whole.start),
        link=place_link(document, whole),
        key=places.key(passage, sentence),
        copies=places.also_in(passage, sentence),
        column=visible_text(column, markdown=document.markdown),
        speaker=visible_text(speaker, markdown=document.markdown),
        part=visible_text(_part_of(document, passage, sentence), markdown=document.markdown),
        opening=f"{'' if is_begun else '… '}{'' if opened else '“'}",
        closing=f"{'' if closed else '”'}{' …' if whole.cut else ''}",
    )


def _part_of(document: Document, passage: Passage, sentence: Sentence) -> str:
    """Return in which part a sentence stands, by its number, its day, or, of "Room: 214", by its record or heading."""
    if part := part_above(document, sentence) or day_above(document, sentence):
        return part
    record = record_title(document, passage, sentence)
    headings = headings_above(document, passage, sentence) if record == "" else []
    is_title = headings and visible_text(headings[-1], markdown=document.markdown) == document.title
    return record or (headings[-1] if headings and not is_title else "")


def side_by_side(citations: Sequence[Citation]) -> list[list[Citation]]:
    """Group citations of one passage, each group in the order of the text, if they are not too long together.

    From the first to the last they have at most MAX_SENTENCE_LENGTH characters, as one may have. `before` of each but
    the first is what stands between it and the one before.
    """
    groups: list[list[Citation]] = []
    for citation in citations:
        for group in groups:
            if _in_their_passage([*group, citation]):
                group.append(citation)
                break
        else:
            groups.append([citation])
    return [_in_their_passage(group) for group in groups]


def _in_their_passage(citations: Sequence[Citation]) -> list[Citation]:
    """Return citations as a group of `side_by_side`; nothing if they are not of one passage, or too long."""
    first, *others = sorted(citations, key=lambda one: one.start)
    group, until = [first], _until(first)
    for one in others:
        goes_on = f"{one.before} ".startswith(f"{until} ") and first.after.endswith(one.after)
        is_other_part = first.part and one.part and first.part != one.part
        if one.document.id != first.document.id or not goes_on or is_other_part:
            return []
        group.append(replace(one, before=one.before[len(until) :].strip()))
        until = _until(one)
    length = len(until) - len(first.before)
    return group if not others or length <= MAX_SENTENCE_LENGTH else []


def _until(citation: Citation) -> str:
    """Return the text of a citation's passage up to the end of the quote, as people see it."""
    return " ".join(filter(None, (citation.before, "".join(quote_parts(citation)))))


def _has_marks(sentence: str) -> tuple[bool, bool]:
    """Tell whether a sentence has itself the mark that opens, and that which closes, a quotation of all of it."""
    for first, last in ("“”", '""'):
        opens, closes = sentence.startswith(first), sentence.endswith(last)
        if opens or closes:
            alone = first not in sentence[1:-1] and last not in sentence[1:-1]
            return opens and alone, closes and alone
    return False, False


def distinct(readings: Sequence[Reading], places: Places) -> Iterator[Reading]:
    """Leave out what reads the same as a better reading, as parts of one long sentence do."""
    seen = set()
    for reading in readings:
        whole, _ = places.whole(reading.hit.passage, reading.sentence)
        text = reading.hit.document.text_of(whole)
        if text not in seen:
            yield reading
        seen.add(text)


def one_a_report(
    readings: Sequence[Reading], places: Places, share_series: Callable[[Document, Document], bool]
) -> list[Reading]:
    """Keep the best reading of each document; a document that has the sentence of a better one is named there.

    Of reports of one series, the newest that has it is kept, and names the others.
    """
    best: dict[str, Reading] = {}
    named: dict[str, str] = {}  # with which document each is named
    for reading in readings:
        document = reading.hit.document
        kept = best.get(named.get(document.id, ""))
        if kept is None and document.id not in best:
            best[document.id] = reading
            named |= dict.fromkeys(places.also_in(reading.hit.passage, reading.sentence), document.id)
        elif kept and reading.text == kept.text and share_series(document, kept.hit.document):
            best[named[document.id]] = max(kept, reading, key=lambda one: one.hit.document.date or "")
    return list(best.values())


def _surroundings(document: Document, sentences: Sequence[Sentence]) -> str:
    """Return sentences around a quote as people see them, headings set off, the document's title left out."""
    parts = []
    for sentence in sentences:
        text = visible_text(document.text_of(sentence), markdown=document.markdown)
        if not sentence.heading:
            parts.append(text)
        elif text != document.title:
            parts.append(f"{text} —")
    return " ".join(parts)
