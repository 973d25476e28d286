"""Short names: those that a text explains, "International Organization for Migration (IOM)", and well-known ones."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_SHORT = (  # IDPs, R&D; MoU; Pemilu, which may be a word
    r"(?P<short>[A-Z][\w&/-]{0,9}(?<=[A-Z\d])s?|[A-Z][a-z]{1,3}[A-Z]\w{0,6}|[A-Z][a-z]{2,9})(?!\w)"
)
_MARK = r"[\"“”'‘’]?"
_SHORT_FOR = (
    r"(?:(?:stands?|(?:is )?short|is (?:the |an )?(?:abbreviation|acronym|initialism)|is the short(?: name| form)?)"
    r" (?:for|of)|means|refers to|(?:(?:adalah|merupakan|ialah) )?(?:singkatan|kepanjangan|akronim)(?: dari)?) "
)
_BEFORE_FULL = re.compile(
    rf"(?<![\w(]){_SHORT}{_MARK} ?(?:(?P<surely>,? ?\(?{_SHORT_FOR}|\( ?)|(?:adalah|ialah|[,:=–—|-]) )"
    rf"(?:the )?{_MARK}(?=\w)"
)
_BEHIND_FULL = re.compile(
    rf"(?<=\w){_MARK} ?(?:(?P<surely>\( ?(?:[^\W\d]{{1,12}} ){{0,4}}?"
    r"|,? (?:yang )?(?:selanjutnya )?(?:disingkat|disebut)(?: menjadi| dengan| sebagai)? "
    rf"|,? (?:often |also |commonly )?(?:abbreviated|shortened)(?: as| to)? )|,? (?:or|atau) )(?:the )?{_MARK}{_SHORT}"
)
_BARE_WORD = re.compile(r"[^\W_]+")
_WORD = re.compile(rf"{_BARE_WORD.pattern}(?:['’]\w+)?")
_STOPS = re.compile(r"[;:()\"“”?!|•=]|\w{3}\.\s")
_SMALL = frozenset(
    "of the and for in on to a an at with from by de la du des dan untuk di ke dari atas pada serta bagi dalam".split()
)
_FURTHER, _TIMES = 5, 2  # words that a name in full has at most: as many as letters and 5, or twice as many
_INNER = 4  # letters that one word gives beside its first
_LONG = 5  # letters from which on a short name may have every other one from within a word: "ASEAN"
_WORD_LEFT_OUT = 4  # letters from which on it may leave a word out
_LEAST_LETTERS = 3  # of what is explained without saying so: "IOM, the International Organization for Migration"
_NEAR = 200  # characters


class ShortName(NamedTuple):
    """A short name and the name in full, as a text explains it, on one line."""

    short: str
    full: str


@cache
def well_known_names() -> tuple[ShortName, ...]:
    """Return short names that documents seldom explain, by well_known_names.txt."""
    lines = files("retrieval").joinpath("well_known_names.txt").read_text("utf-8").splitlines()
    return tuple(ShortName(*line.split(" = ")) for line in lines if line and not line.startswith("#"))


def letters_of(short: str) -> str:
    """Return the letters of a short name, small ones, by which it is known; without the "s" of several."""
    several = short.endswith("s") and short[-2:-1].isupper()
    return re.sub(r"\W", "", short[:-1] if several else short).casefold()


def words_of(full: str) -> str:
    """Return the words of a name in full, in small letters and without marks, by which it is known: "bangsa bangsa"."""
    return " ".join(_BARE_WORD.findall(full.casefold()))


def short_names(text: str) -> list[ShortName]:
    """Return the short names that a sentence, on one line, explains, each once.

    A name in full is known by its letters: those of the short name begin its words, in order, and each of its words but
    small ones begins with one (after Schwartz and Hearst, 2003, who take letters from anywhere in the words). Some may
    come from within a word, and one word may be left out.
    """
    return list(dict.fromkeys((*_behind_full(text), *_before_full(text))))


def _behind_full(text: str) -> Iterator[ShortName]:
    for match in _BEHIND_FULL.finditer(text):
        begin = max(0, match.start() - _NEAR)
        stop = max((stop.end() for stop in _STOPS.finditer(text, begin, match.start())), default=begin)
        words = list(_WORD.finditer(text, stop, match.start()))[-_most_words(match["short"]) :]
        yield from _best(match, (words[first:] for first in range(len(words) - 2, -1, -1)))


def _before_full(text: str) -> Iterator[ShortName]:
    for match in _BEFORE_FULL.finditer(text):
        stop = _STOPS.search(text, match.end(), match.end() + _NEAR)
        end = stop.start() if stop else match.end() + _NEAR
        words = list(_WORD.finditer(text, match.end(), end))[: _most_words(match["short"])]
        yield from _best(match, (words[:count] for count in range(2, len(words) + 1)))


def _most_words(short: str) -> int:
    count = len(letters_of(short))
    return min(count + _FURTHER, _TIMES * count)


def _best(match: re.Match[str], candidates: Iterable[Sequence[re.Match[str]]]) -> Iterator[ShortName]:
    """Yield the name in full whose words begin with most letters of a short name, the first of several.

    What is not surely explained is only if all of them do, and the short name is all in capitals.
    """
    short, surely = match["short"], bool(match["surely"])
    most = _most_inner_letters(short) if surely else 0
    if not surely and not (short.isupper() and len(short) >= _LEAST_LETTERS):
        return
    costs = ((_inner_letters(short, [word[0] for word in words], most), words) for words in candidates)
    found = [(cost, words) for cost, words in costs if cost is not None]
    if not found:
        return
    _, words = min(found, key=lambda one: one[0])
    full = match.string[words[0].start() : words[-1].end()]
    if words_of(short) not in words_of(full).split():
        yield ShortName(short, full)


def _may_be_word(short: str) -> bool:
    return short[1:].islower()


def _most_inner_letters(short: str) -> int:
    """Return how many letters of a short name may come from within words."""
    count = len(letters_of(short))
    if _may_be_word(short):
        return count
    return count // 2 if count >= _LONG else 1


def _inner_letters(short: str, words: Sequence[str], most: int) -> int | None:
    """Return how many letters of a short name, made of these words, do not begin one: at most so many, else None.

    A word that is left out counts as one. What may be a word itself, as "Pemilu", is only made of words with capitals.
    """
    letters, last = letters_of(short), len(words) - 1
    if words[0] in _SMALL or words[0][0].casefold() != letters[:1]:
        return None
    if _may_be_word(short) and not all(word[0].isupper() or word in _SMALL for word in words):
        return None

    @cache
    def of_rest(used: int, place: int, most: int, left_out: bool) -> int | None:
        """Return the same of the letters that are not used, and the words from a place on."""
        if place > last or len(letters) - used > last + 1 - place + most:
            return 0 if place > last and used == len(letters) else None
        word, costs = words[place].casefold(), []
        if word[0] == letters[used : used + 1]:
            at = 0
            for inner in range(min(_INNER, most) + 1):
                after = used + 1 + inner
                costs.append((inner, of_rest(after, place + 1, most - inner, left_out)))
                at = word.find(letters[after], at + 1) if after < len(letters) else -1
                if at < 0:
                    break
        if 0 < place < last and word in _SMALL:
            costs.append((0, of_rest(used, place + 1, most, left_out)))
        elif 0 < place < last and most and not left_out and len(letters) >= _WORD_LEFT_OUT:
            costs.append((1, of_rest(used, place + 1, most - 1, left_out=True)))
        return min((cost + rest for cost, rest in costs if rest is not None), default=None)

    return of_rest(0, 0, most, left_out=False)
