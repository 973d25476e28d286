"""A part of a document that a question names by its number, sentence by sentence: "What does Article 5 say?" """

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise, zip_longest

from retrieval.index.protocols import Index
from retrieval.lookups.sure import as_named
from retrieval.questions.asked_part import AskedPart, DocumentWord, part_names, without_part_names
from retrieval.text.headings import beginning_of, heading_level
from retrieval.text.numbered_parts import (
    KINDS,
    PartName,
    end_in,
    label,
    labelled_kind,
    order,
    roman_value,
    same_number,
)
from retrieval.text.patterns import regex
from retrieval.text.short_names import words_of
from retrieval.text.words import has_each
from retrieval.values import Document, Reading, Sentence

_MOST = 3  # documents that have such a part
_BEGINNING = 300  # characters of a document, which tell which one it is
_NEVER_BARE = frozenset("pasal bab buku bagian lampiran article chapter".split())
"""What is never called by its number alone: "3. Banners" may be clause 3, but no article."""
_LONGEST_LINE = 60  # characters of a line that only names a part
_SAYS = regex(r"(?!\b(?:dan|and|serta)\b)\b\w")
_INDONESIAN = frozenset("lampiran buku bab bagian paragraf pasal".split())


def whole_part(asked: AskedPart, documents: Iterable[int], index: Index) -> list[Reading]:
    """Return the sentences of a part, of the first documents that have it, given by their numbers; none if none has.

    Those that call it as the question does come alone; else those in the other language: "Pasal 5" for "Article 5". Of
    several the first sentence of each comes first.
    """
    own = asked.names[0].word
    called_so, called_else = list[list[Reading]](), list[list[Reading]]()
    for number in documents:
        word, part = _called(asked, number, index)
        if part and word == own:
            called_so.append(part)
        elif part and (own not in _NEVER_BARE if not word else (word in _INDONESIAN) != (own in _INDONESIAN)):
            called_else.append(part)
        if len(called_so) == _MOST:
            break
    parts = called_so or called_else[:_MOST]
    return [one for turn in zip_longest(*parts) for one in turn if one]


def _called(asked: AskedPart, number: int, index: Index) -> tuple[str, list[Reading]]:
    """Return what a document calls the part, and its sentences; none if it has none, or another one is meant.

    What the question says of the document stands at its beginning, or in a heading within it, below which the part is.
    """
    document = index.document(number)
    head = f"{document.id}\n{beginning_of(document, _BEGINNING)}"
    rows = [(passage, sentence) for passage in index.passages_of(number) for sentence in passage.sentences]
    titled = all(_has(word, f"{document.title} {document.id}", document.language) for word in asked.document)
    begin = 0 if titled else _place_of(asked.document, document, [sentence for _, sentence in rows])
    if begin is None and not all(_has(word, head, document.language) for word in asked.document):
        return "", []
    rows = rows[begin:]
    parts = _Parts(document, [sentence for _, sentence in rows])
    part = parts.named(asked)
    said = [
        as_named(document, passage, one)
        for passage, one in rows[part.start : part.stop]
        if not (one.heading or labelled_kind(document.text_of(one), bare=True))
    ]
    return parts.word_of(asked.names[0]), said


def _place_of(words: Sequence[DocumentWord], document: Document, sentences: Sequence[Sentence]) -> int | None:
    """Return which sentence is a heading, or in capitals, with all of some words; None if none is."""
    for place, sentence in enumerate(sentences):
        text = document.text_of(sentence)
        is_heading = (sentence.heading or text.isupper()) and not label(document, sentence)
        if is_heading and all(_has(word, text, document.language) for word in words):
            return place
    return None


def _has(word: DocumentWord, text: str, language: str) -> bool:
    """Tell whether a text has a word in some form, or what it is short for."""
    return has_each([word.forms], text, language) or (word.short_for != "" and word.short_for in words_of(text))


class _Parts:
    """The parts of one document, as ranges of its sentences."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._names = [found[0] if found else None for found in (label(document, one) for one in sentences)]
        self._kinds = [name.kind if name else "" for name in self._names]
        another = [  # the title of another paper
            bool(below) and not one.heading and document.text_of(one).isupper()
            for one, below in zip(sentences, [*self._kinds[1:], ""], strict=True)
        ]
        ends = [end_in(document, one) for one in sentences]
        self._closing = [end is not None or is_title for end, is_title in zip(ends, another, strict=True)]
        self._amending = [place for place, end in enumerate(ends) if end and end["amends"]]
        first = next((place for place, kind in enumerate(self._kinds) if kind), len(sentences))
        self._explained = next((at for at, end in enumerate(ends) if at >= first and end and end["explains"]), None)
        self._told_of = self._lines_of_names(document)
        self._body_after = self._bodies()
        self._levels = [
            heading_level(document.text, one.start) if one.heading and document.markdown else 0 for one in sentences
        ]
        self._orders, self._open = self._lists([order(document, one) for one in sentences])
        self._within = self._directly_within()

    def named(self, asked: AskedPart) -> range:
        """Return the sentences of a part that is called by these names, from the outermost on; none if there is none.

        What only stands in a list is not called by its number alone where other parts are.
        """
        whole = range(len(self._sentences))
        part = whole[: self._explained]
        if asked.explained:
            part = range(0) if self._explained is None else whole[self._explained + 1 :]
            if told := self._below_names(asked.names, part):
                return told
        if asked.names[0].kind not in KINDS and any(self._kinds):
            return range(0)
        for name in asked.names:
            part = self._labelled(name, part) or self._ordered(name, part)
        return part

    def _lines_of_names(self, document: Document) -> dict[int, Sequence[PartName]]:
        """Return the names in lines of an explanation that say nothing but names of parts, by their places."""
        begin = len(self._sentences) if self._explained is None else self._explained
        texts = {place: document.text_of(self._sentences[place]) for place in range(begin, len(self._sentences))}
        names = {place: part_names(text) for place, text in texts.items() if len(text) <= _LONGEST_LINE}
        return {
            place: found
            for place, found in names.items()
            if found and not _SAYS.search(without_part_names(texts[place]))
        }

    def _below_names(self, names: Sequence[PartName], part: range) -> range:
        """Return the sentences below a line that has all names of a part, "Pasal 5 ayat (2)", to the next such line."""
        has_all = (
            place
            for place, found in self._told_of.items()
            if place in part and all(any(name.is_that_of(one) for one in found) for name in names)
        )
        begin = next(has_all, None) if len(names) > 1 else None
        if begin is None:
            return range(0)
        ends = (one for one in part if one > begin and (one in self._told_of or self._closing[one]))
        return range(begin + 1, next(ends, part.stop))

    def word_of(self, name: PartName) -> str:
        """Return the word with which a part is called by its number; nothing where there is none."""
        names = (*filter(None, self._names), *chain.from_iterable(self._told_of.values()))
        return next((other.word for other in names if other.is_that_of(name)), "")

    def _directly_within(self) -> set[tuple[str, str]]:
        """Return which kinds of parts stand within which: their labels come right below, with only headings between."""
        places = [place for place, kind in enumerate(self._kinds) if kind]
        return {
            (self._kinds[below], self._kinds[above])
            for above, below in pairwise(places)
            if self._only_headings(above, below)
        }

    def _enclosing(self, kind: str) -> set[str]:
        """Return the kinds of parts in which those of a kind stand, or may stand."""
        found: set[str] = set()
        new = {kind}
        while new:
            new = {above for below, above in self._within if below in new} - found
            found |= new
        kinds = list(KINDS)
        usual = {one for one in kinds[: kinds.index(kind)] if (one, kind) not in self._within}
        return (found | usual) - {kind}

    def _labelled(self, name: PartName, part: range) -> range:
        """Return the sentences from the label of this name on, to the next of its kind, or of one that encloses it.

        In a table of contents it stands, too.
        """
        there = [one for one in part if (other := self._names[one]) and other.is_that_of(name)]
        there = [one for one in there if self._sentences[one].heading] or there
        if not there:
            return range(0)
        listed = self._listed(name.kind) if len(there) > 1 else set()
        begin = next((one for one in there if one not in listed), there[-1])
        ends = {"annex", name.kind, *self._enclosing(name.kind)}
        following = (one for one in part if one > begin and (self._kinds[one] in ends or self._ends(begin, one)))
        return range(begin, next(following, part.stop))

    def _listed(self, kind: str) -> set[int]:
        """Return the labels of a kind right above or below another of it, as in a table of contents."""
        pairs = pairwise(place for place, one in enumerate(self._kinds) if one == kind)
        return {place for pair in pairs if self._only_headings(*pair) for place in pair}

    def _bodies(self) -> list[int]:
        """Return for each sentence which is the next, itself or a later one, that is no heading."""
        bodies = [len(self._sentences)]
        for place in range(len(self._sentences) - 1, -1, -1):
            bodies.append(bodies[-1] if self._sentences[place].heading else place)
        return bodies[:0:-1]

    def _only_headings(self, above: int, below: int) -> bool:
        return self._body_after[above] >= below

    def _ordered(self, name: PartName, part: range) -> range:
        """Return the sentences from the heading, or the item of a list, of this number on, to the next."""
        same = same_number if name.kind in KINDS else str.__eq__  # a letter in a list is no Roman number
        numbered = [one for one in part if same(self._orders[one], name.number)]
        headings = [one for one in numbered if self._sentences[one].heading]
        items = [one for one in numbered if not self._sentences[one].heading]
        there = (headings or items) if name.kind in KINDS else (items or headings)
        if not there:
            return range(0)
        begin = min(there, key=lambda one: len(self._open[one]))  # not in a list within a list, if there is another
        return range(begin, next((one for one in part if one > begin and self._ends(begin, one)), part.stop))

    def _ends(self, begin: int, place: int) -> bool:
        """Tell whether what begins at one place ends before another: not before what is numbered within it."""
        if self._closing[place]:  # "Pasal I" has all the changes
            return place not in self._amending or begin > self._amending[0]
        if not self._sentences[begin].heading:
            is_item = bool(self._open[place]) and self._open[place][-1] in self._open[begin]
            return self._sentences[place].heading or bool(self._kinds[place]) or is_item
        if not self._sentences[place].heading or self._only_headings(begin, place):
            return False
        if self._levels[begin]:
            return self._levels[place] <= self._levels[begin]
        other, own = self._orders[place], self._orders[begin]
        return bool(own) and bool(self._kinds[place] or (other and not other.startswith(f"{own}.")))

    def _lists(self, orders: Sequence[tuple[str, str]]) -> tuple[list[str], list[tuple[str, ...]]]:
        """Return the numbers of the sentences, and the forms of the lists that are open at each, its own last."""
        opened: list[tuple[str, ...]] = []
        forms: list[str] = []
        last: dict[str, str] = {}
        for sentence, kind, (number, sign) in zip(self._sentences, self._kinds, orders, strict=True):
            if sentence.heading or kind:
                forms, last = [], {}
            if sentence.heading or kind or not number:
                opened.append(())
                continue
            form = f"{sign}{_figures(number, last.get(sign, ''))}"
            last[sign] = number
            forms = [*forms[: forms.index(form)], form] if form in forms else [*forms, form]
            opened.append(tuple(forms))
        return [number for number, _ in orders], opened


def _figures(number: str, before: str) -> str:
    """Return of which kind a number in a list is, after the one before it: in digits, a letter, a Roman one."""
    if number[0].isdecimal():
        return "1"
    value = roman_value(number)
    is_next_letter = len(number) == len(before) == 1 and ord(number) == ord(before) + 1
    is_roman = value and not is_next_letter and (len(number) > 1 or number == "i" or value == roman_value(before) + 1)
    return "i" if is_roman else "a"
