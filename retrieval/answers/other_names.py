"""What a question calls by its short name where documents have it in full, or the other way round: "IOM"."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

from retrieval.answers.unknown_names import namesakes, unknown_names
from retrieval.index.protocols import Index
from retrieval.lookups.sure import as_named
from retrieval.text.markup import visible_spans, visible_text
from retrieval.text.patterns import regex
from retrieval.text.short_names import (
    ShortName,
    explanations,
    letters_of,
    names_with_initials,
    well_known_names,
    words_of,
)
from retrieval.text.words import STOP_WORDS, stems
from retrieval.values import Answer, Citation, Document, Reading

_MOST_READINGS = 3  # of a question
_MOST_DOCUMENTS = 3  # that explain a name
_LONGEST = 12  # words of a name in full
_SHORTEST_SMALL = 3  # letters of a short name that a question may have in small ones, if it is not known: "uk"
_ALIKE = 0.8  # from which on two names in full are the same, as of one and of several
_WORD = regex(r"[^\W_]+")
_SHORT = regex(r"[^\W_]+(?:[&/-][^\W_]+)+")  # "R&D"
_OWN = regex(r"(?<=\w{3})nya\Z", re.IGNORECASE)  # "sekdesnya"
_ASKS_SHORT = frozenset("short abbreviation abbreviated acronym singkatan singkatannya akronim akronimnya".split())
_ASKS_LETTERS = _ASKS_SHORT.union("stand stands letters kepanjangan kepanjangannya".split())
_ASKS_MEANING = _ASKS_LETTERS.union(
    """what whats is are does do the a an of this it that s for mean means meaning full form name as spelt spelled out
    apa apakah itu dari arti artinya maksud maksudnya sih adalah nama lengkap lengkapnya""".split()
)


@dataclass(frozen=True, slots=True)
class _Named:
    """What a question calls by one of its names, at its span, and the pairs that have others, the likeliest first."""

    start: int
    end: int
    pairs: tuple[ShortName, ...]
    in_full: bool

    @property
    def others(self) -> list[str]:
        return [pair.short if self.in_full else pair.full for pair in self.pairs]


class OtherNames:
    """The short names that the documents of an index explain, and those that anybody knows."""

    def __init__(self, index: Index, knows_word: Callable[[str], bool]) -> None:
        """`knows_word` tells of what is written in small letters whether it is an ordinary word."""
        self._index = index
        self._knows_word = knows_word

    def readings(self, question: str, documents: Sequence[Document] = ()) -> list[str]:
        """Return a question with other names for what it names, first for all of it; none if no other is known.

        Short names that nothing explains are those of the only name with these initials that `documents` have. Nor is
        another known if it asks what the letters are: "What does the Velmora Relief Agency stand for?" asks for them.
        """
        named = [] if _asks_letters(question) else self._named(question, documents)
        all_others = [(one, one.others[0]) for one in named]
        each = ([(one, other)] for one in named for other in one.others)
        return list(dict.fromkeys(_with(question, others) for others in (all_others, *each) if others))[:_MOST_READINGS]

    def explaining(self, question: str, *, only_letters: bool) -> list[Reading]:
        """Return the sentences that explain a name, if a question asks for nothing else: "What does IOM stand for?"

        With `only_letters` it has to say that it asks for letters, as "What is IOM?" and "IOM?" do not.
        """
        if only_letters and not _asks_letters(question):
            return []
        named = self._named(question, surely=_asks_letters(question))
        if len(named) != 1:
            return []
        [one] = named
        rest = set(words_of(f"{question[: one.start]} {question[one.end :]}").split())
        if not rest <= _ASKS_MEANING or (one.in_full and rest.isdisjoint(_ASKS_SHORT)):
            return []
        documents = dict.fromkeys(number for pair in one.pairs for number in self._explained[_key(*pair)][1])
        found = (self._sentence(number, one) for number in list(documents)[:_MOST_DOCUMENTS])
        return [reading for reading in found if reading]

    def is_word(self, word: str) -> bool:
        """Tell whether a word is an ordinary one, or a short name: no slip of the fingers."""
        return self._knows_word(word) or letters_of(word) in self._by_short

    def stand_in(self, answer: Answer, question: str, documents: Sequence[Document]) -> bool:
        """Tell whether the names that an answer's question has, and a question has otherwise, are in what is cited.

        `documents` are those of which the question was read with other names (see readings).
        """
        others = {other for one in self._named(question, documents) for other in one.others if other in answer.spelt}
        return all(_has(answer.citations[0].document, other) for other in others)

    def with_unknown(self, answer: Answer) -> Answer:
        """Return an answer with the names in its question that no document has, and of which others have a part."""
        if not answer.readable:
            return answer
        asked = answer.spelt or answer.question
        others = namesakes(asked, answer.citations) if answer.found else ()
        told = {word for name, _ in others for word in name.split()}
        unknown = (name for name in self._unknown(asked, answer.shown) if name not in told)
        return replace(answer, unknown_names=tuple(unknown), namesakes=others)

    def _unknown(self, question: str, shown: Sequence[Citation]) -> tuple[str, ...]:
        """Return the words of a question's names that no document has, nor by another name."""
        names = unknown_names(question, shown, self._index.words)
        for one in self._named(question) if names else ():
            for other in one.others:
                left = unknown_names(_with(question, [(one, other)]), shown, self._index.words)
                if set(left) < set(names) and any(_has(cited.document, other) for cited in shown):
                    names = left
        return names

    def _sentence(self, number: int, named: _Named) -> Reading | None:
        """Return the first sentence of a document that explains a name, the other one marked."""
        document = self._index.document(number)
        keys = {_key(*pair) for pair in named.pairs}
        for passage in self._index.passages_of(number):
            for sentence in passage.sentences:
                text = document.text_of(sentence)
                for one in explanations(visible_text(text, markdown=document.markdown)):
                    if _key(*one.name) in keys:
                        seen = visible_spans(text, markdown=document.markdown)
                        begin, end = one.short if named.in_full else one.full
                        span = (sentence.start + seen[begin][0], sentence.start + seen[end - 1][1])
                        return as_named(document, passage, sentence, span)
        return None

    def _named(self, question: str, documents: Sequence[Document] = (), *, surely: bool = False) -> list[_Named]:
        """Return what a question names, in order, where something else is known to be its name."""
        said = f" {words_of(question)} "
        found: list[_Named] = []
        end = 0
        for one in self._spans(question, documents, surely=surely):
            if one.start < end or not one.pairs:
                continue
            end = one.end
            others = zip(one.pairs, one.others, strict=True)
            left = tuple(pair for pair, other in others if f" {words_of(other)} " not in said)
            found += [replace(one, pairs=left)] if left else []
        return found

    def _spans(self, question: str, documents: Sequence[Document], *, surely: bool) -> Iterator[_Named]:
        """Yield what a question may name, the longest first of a place; `surely`: also by any word in small letters."""
        words = list(_WORD.finditer(question))
        stemmed = [_stem(word[0]) for word in words]
        shouts = question.isupper() and len(words) > 1
        for place, word in enumerate(words):
            for last in range(min(place + _LONGEST, len(words)) - 1, place, -1):
                pairs = self._by_full.get(" ".join(stemmed[place : last + 1]), ())
                yield _Named(word.start(), words[last].end(), self._without_namesakes(pairs), in_full=True)
            for short in filter(None, (_SHORT.match(question, word.start()), word)):
                name = _OWN.sub("", short[0])
                written = name.casefold() if shouts else name
                if written.isupper() or self._is_short(written.casefold(), surely=surely):
                    pairs = self._by_short.get(letters_of(name)) or _spelt_out(name, documents)
                    yield _Named(*short.span(), pairs, in_full=False)

    def _is_short(self, word: str, *, surely: bool) -> bool:
        """Tell whether a word in small letters may be a short name: no small word, and no ordinary one."""
        if word in STOP_WORDS or len(word) == 1:
            return False
        is_brief = len(word) < _SHORTEST_SMALL
        if (surely or is_brief) and letters_of(word) in self._by_short:
            return True
        return not is_brief and not self._knows_word(word)

    def _without_namesakes(self, pairs: Iterable[ShortName]) -> tuple[ShortName, ...]:
        """Leave out what is called by a short name that documents have for something else, too."""
        return tuple(
            pair
            for pair in pairs
            if all(_are_alike(pair.full, other.full) for other in self._by_short[letters_of(pair.short)])
        )

    @cached_property
    def _explained(self) -> dict[tuple[str, str], tuple[ShortName, list[int]]]:
        """Each pair as it was found first, with documents that explain it by their numbers; those of most first.

        What anybody knows comes last, where documents do not explain the short name as something else.
        """
        counts = defaultdict[tuple[str, str], int](int)
        documents = defaultdict[tuple[str, str], list[int]](list)
        for number, names in self._index.short_names():
            for short, full in names:
                counts[short, full] += 1
                if len(those := documents[short, full]) < _MOST_DOCUMENTS:
                    those.append(number)
        found: dict[tuple[str, str], tuple[ShortName, list[int]]] = {}
        for short, full in sorted(counts, key=counts.__getitem__, reverse=True):
            found.setdefault(_key(short, full), (ShortName(short, full), []))[1].extend(documents[short, full])
        explained = defaultdict[str, list[str]](list)
        for pair, _ in found.values():
            explained[letters_of(pair.short)].append(pair.full)
        for name in well_known_names():
            others = explained[letters_of(name.short)]
            if not others or any(_are_alike(name.full, other) for other in others):
                found.setdefault(_key(*name), (name, []))
        return found

    @cached_property
    def _by_short(self) -> dict[str, tuple[ShortName, ...]]:
        return _grouped((short, pair) for (short, _), (pair, _) in self._explained.items())

    @cached_property
    def _by_full(self) -> dict[str, tuple[ShortName, ...]]:
        return _grouped((full, pair) for (_, full), (pair, _) in self._explained.items())


def _grouped(pairs: Iterable[tuple[str, ShortName]]) -> dict[str, tuple[ShortName, ...]]:
    found = defaultdict[str, list[ShortName]](list)
    for name, pair in pairs:
        found[name].append(pair)
    return {name: tuple(those) for name, those in found.items()}


def _key(short: str, full: str) -> tuple[str, str]:
    """Return by what a pair is known: one of several things is that of one."""
    return letters_of(short), " ".join(map(_stem, words_of(full).split()))


def _spelt_out(short: str, documents: Sequence[Document]) -> tuple[ShortName, ...]:
    """Return a short name with the name in full that documents have with its initials; nothing if that is not one."""
    found = dict.fromkeys(name for document in documents for name in names_with_initials(short, document.text))
    return (ShortName(short, *found),) if len(found) == 1 else ()


def _has(document: Document, name: str) -> bool:
    """Tell whether a document has a name, word for word, or several of that name."""
    text = f" {words_of(f'{document.title} {document.text}')} "
    return f" {words_of(name)} " in text or f" {words_of(name)}s " in text


def _asks_letters(question: str) -> bool:
    return not _ASKS_LETTERS.isdisjoint(words_of(question).split())


def _stem(word: str) -> str:
    return " ".join(stems(word, "en"))


def _are_alike(full: str, other: str) -> bool:
    return SequenceMatcher(None, words_of(full), words_of(other), autojunk=False).ratio() >= _ALIKE


def _with(question: str, others: Sequence[tuple[_Named, str]]) -> str:
    """Return a question with other names in the places of those that it has."""
    for one, other in reversed(others):
        question = question[: one.start] + other + question[one.end :]
    return question
