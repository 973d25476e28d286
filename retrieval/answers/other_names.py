"""What a question calls by its short name where documents have it in full, or the other way round: "IOM"."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from retrieval.answers.unknown_names import unknown_names
from retrieval.index.protocols import Index
from retrieval.markup import visible_text
from retrieval.short_names import ShortName, letters_of, short_names, well_known_names, words_of
from retrieval.values import Citation, Hit, Reading
from retrieval.words import STOP_WORDS

EXPLAINED = 0.9
"""The confidence in a sentence that explains the short name that is asked for."""
_MOST_READINGS = 3  # of a question
_MOST_DOCUMENTS = 3  # that explain a name
_LONGEST = 12  # words of a name in full
_SHORTEST_SMALL = 3  # letters of a short name that a question may have in small ones
_WORD = re.compile(r"[^\W_]+")
_SHORT = re.compile(r"[^\W_]+(?:[&/-][^\W_]+)*")
_ASKS_SHORT = frozenset("short abbreviation abbreviated acronym singkatan singkatannya akronim akronimnya".split())
_ASKS_MEANING = _ASKS_SHORT.union(
    """what whats is are does do the a an of this it that s stand stands for mean means meaning full form name as
    letters spelt spelled out apa apakah itu kepanjangan kepanjangannya dari arti artinya maksud maksudnya sih adalah
    nama lengkap lengkapnya""".split()
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

    def __init__(self, index: Index) -> None:
        self._index = index

    def readings(self, question: str) -> list[str]:
        """Return a question with other names for what it names, first for all of it; none if no other is known."""
        named = self._named(question)
        all_others = [(one, one.others[0]) for one in named]
        each = ([(one, other)] for one in named for other in one.others)
        return list(dict.fromkeys(_with(question, others) for others in (all_others, *each) if others))[:_MOST_READINGS]

    def explaining(self, question: str) -> list[Reading]:
        """Return the sentences that explain a name, if a question asks for nothing else: "What does IOM stand for?" """
        named = self._named(question)
        if len(named) != 1:
            return []
        [one] = named
        rest = set(_WORD.findall(f"{question[: one.start]} {question[one.end :]}".casefold()))
        if not rest <= _ASKS_MEANING or (one.in_full and rest.isdisjoint(_ASKS_SHORT)):
            return []
        documents = dict.fromkeys(number for pair in one.pairs for number in self._explained[_key(*pair)][1])
        found = (self._sentence(number, one) for number in list(documents)[:_MOST_DOCUMENTS])
        return [reading for reading in found if reading]

    def unknown(self, question: str, shown: Sequence[Citation]) -> tuple[str, ...]:
        """Return the words of a question's names that no document has (unknown_names), nor by another name."""
        names = unknown_names(question, shown, self._index.words)
        others = self.readings(question)[:1] if names else []
        left = (unknown_names(one, shown, self._index.words) for one in others)
        return next((words for words in left if set(words) <= set(names)), names)

    def _sentence(self, number: int, named: _Named) -> Reading | None:
        """Return the first sentence of a document that explains a name, the other one marked."""
        document = self._index.document(number)
        for passage in self._index.passages_of(number):
            for sentence in passage.sentences:
                text = document.text[sentence.start : sentence.end]
                there = short_names(visible_text(text, markdown=document.markdown))
                pair = next((pair for pair in there if _key(*pair) in {_key(*one) for one in named.pairs}), None)
                if pair is None:
                    continue
                words = (pair.short if named.in_full else pair.full).split()
                marked = re.search(r"\s+".join(map(re.escape, words)), text)
                span = (sentence.start + marked.start(), sentence.start + marked.end()) if marked else None
                hit = Hit(passage, document, cosine=1.0, words=1.0, score=1.0)
                return Reading(hit, sentence, EXPLAINED, span, in_document=EXPLAINED)
        return None

    def _named(self, question: str) -> list[_Named]:
        """Return what a question names, in order, where something else is known to be its name."""
        said = f" {words_of(question)} "
        found: list[_Named] = []
        end = 0
        for one in self._spans(question):
            if one.start < end or not one.pairs:
                continue
            end = one.end
            left = tuple(
                pair for pair, other in zip(one.pairs, one.others, strict=True) if f" {words_of(other)} " not in said
            )
            found += [replace(one, pairs=left)] if left else []
        return found

    def _spans(self, question: str) -> Iterator[_Named]:
        """Yield what a question may name, the longest first of a place."""
        words = list(_WORD.finditer(question))
        for place, word in enumerate(words):
            for last in reversed(words[place + 1 : place + _LONGEST]):
                full = words_of(question[word.start() : last.end()])
                yield _Named(word.start(), last.end(), self._by_full.get(full, ()), in_full=True)
            short = _SHORT.match(question, word.start())
            if short and _may_be_short(short[0]):
                yield _Named(short.start(), short.end(), self._by_short.get(letters_of(short[0]), ()), in_full=False)

    @cached_property
    def _explained(self) -> dict[tuple[str, str], tuple[ShortName, list[int]]]:
        """Each pair as it was found first, with the numbers of the documents that explain it, those of most first."""
        found: dict[tuple[str, str], tuple[ShortName, list[int]]] = {}
        for number, names in self._index.short_names():
            for short, full in names:
                found.setdefault(_key(short, full), (ShortName(short, full), []))[1].append(number)
        for name in well_known_names():
            found.setdefault(_key(*name), (name, []))
        return dict(sorted(found.items(), key=lambda item: -len(item[1][1])))

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
    return letters_of(short), words_of(full)


def _may_be_short(word: str) -> bool:
    """Tell whether a word of a question may be a short name: in small letters only if it is long, and no small word."""
    return word.isupper() or (len(word) >= _SHORTEST_SMALL and word.casefold() not in STOP_WORDS)


def _with(question: str, others: Sequence[tuple[_Named, str]]) -> str:
    """Return a question with other names in the places of those that it has."""
    for one, other in reversed(others):
        question = question[: one.start] + other + question[one.end :]
    return question
