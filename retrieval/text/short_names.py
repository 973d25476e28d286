"""Short names: those that a text explains, "International Organization for Migration (IOM)", and well-known ones."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from retrieval.text.patterns import regex
from retrieval.text.words import base_word, is_base_word

_SHORT = (  # IDPs, R&D; MoU, SitRep; Pemilu, which may be a word
    r"(?P<short>[A-Z][\w&/-]{0,9}(?<=[A-Z\d])s?|[A-Z][a-z]{0,4}[A-Z]\w{0,8}|[A-Z][a-z]{2,11})(?!\w)"
)
_MARK = r"[\"“”'‘’]?"
_SHORT_FOR = (
    r"(?:(?:stands?|(?:is )?short|is (?:the |an )?(?:abbreviation|acronym|initialism)|is the short(?: name| form)?)"
    r" (?:for|of)|means|refers to|(?:(?:adalah|merupakan|ialah) )?(?:singkatan|kepanjangan|akronim)(?: dari)?) "
)
_BEFORE_FULL = regex(
    rf"(?<![\w(])(?<!\bdisebut )(?<!\bdisingkat ){_SHORT}{_MARK} ?"
    rf"(?:(?P<surely>(?P<tells>,? ?\(?{_SHORT_FOR})|\( ?)|(?P<loosely>, (?=the )))(?:the )?{_MARK}(?=\w)"
)
_IN_LIST = regex(  # "| IDPs | internally displaced persons |", "MoU: memorandum of understanding"
    rf"(?:\A|(?<=\| )){_SHORT} ?[:=–—|-] (?P<full>\w[^|:;()\n]{{2,100}}?)[.;]?(?= ?[|(]|\Z)"
)
_BEHIND_FULL = regex(
    rf"(?<=\w){_MARK} ?(?:(?P<surely>\( ?(?:[^\W\d]{{1,12}} ){{0,4}}?"
    r"|,? (?:yang )?(?:selanjutnya )?(?:disingkat|disebut)(?: menjadi| dengan| sebagai)? "
    rf"|,? (?:often |also |commonly )?(?:abbreviated|shortened)(?: as| to)? )|,? (?:or|atau) )(?:the )?{_MARK}{_SHORT}"
)
_LITTLE = "(?:of|the|and|for|on|in|dan|untuk|di)"
_IN_CAPITALS = regex(  # some words, the first and the last with a capital
    rf"(?:[A-Z][\w'’-]+(?: {_LITTLE})*(?=[ ,]) ?,? ?)+(?<=[ ,])[A-Z][\w'’-]+"
)
_CLOSES = regex(rf"{_MARK} ?\)")
_PAUSE = regex(r"['’]?s? ?(?:[.,;:)|–—\"”]|\Z)")
_BARE_WORD = regex(r"[^\W_]+")
_WORD = regex(rf"{_BARE_WORD.pattern}(?:['’]\w+)?")
_OWNING = regex(r"['’]s\Z")
_STOPS = regex(r"[;:()\"“”?!|•=]|\w{3}\.\s")
_SMALL = frozenset(
    "of the and for in on to a an at with from by de la du des dan untuk di ke dari atas pada serta bagi dalam".split()
)
_FURTHER, _TIMES = 5, 2  # words that a name in full has at most: as many as letters and 5, or twice as many
_INNER = 4  # letters that one word gives beside its first
_OF_SYLLABLES = 2  # letters at least that each word gives to what may be a word itself, if that is short: "Perda"
_MOST_BEGINNINGS = 3  # words of which Indonesian makes one by how they begin
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
    lines = files("retrieval.text").joinpath("well_known_names.txt").read_text("utf-8").splitlines()
    return tuple(ShortName(*line.split(" = ")) for line in lines if line and not line.startswith("#"))


def letters_of(short: str) -> str:
    """Return the letters of a short name, small ones, by which it is known; without the "s" of several."""
    return _letters(short).casefold()


def names_with_initials(short: str, text: str) -> Iterator[str]:
    """Yield the names in a text whose words, but for small ones, begin with the letters of a short name, on one line.

    That may have three letters or more, and no figures; each word has a capital.
    """
    letters = _letters(short).upper()
    if len(letters) < _LEAST_LETTERS or not letters.isalpha():
        return
    first = letters[0]  # a pattern that begins with a plain letter is found far sooner than one that looks back
    words = rf"(?: {_LITTLE})* ".join(["", *(rf"{letter}[\w'’]+" for letter in letters[1:])])
    words = words.replace(" ", r"(?: |\r?\n)")
    for match in re.finditer(rf"{first}(?<![\w-]{first})[\w'’]+{words}(?![\w-])", text):
        yield _OWNING.sub("", " ".join(match[0].split()))


def _letters(short: str) -> str:
    several = short.endswith("s") and short[-2:-1].isupper()
    return re.sub(r"\W", "", short[:-1] if several else short)


def is_of_beginnings(word: str, name: str) -> bool:
    """Tell whether an Indonesian word is made of how each word of a name begins, or its base: "dapil", "norek"."""
    words = _BARE_WORD.findall(name.casefold())
    if not 1 < len(words) <= _MOST_BEGINNINGS or not word.startswith(words[0][:_OF_SYLLABLES]) or is_base_word(word):
        return False

    def is_made_of(letters: str, words: Sequence[str]) -> bool:
        if not (letters and words):
            return not (letters or words)
        lengths = range(_OF_SYLLABLES, _INNER + 1)
        forms = {words[0], base_word(words[0])}
        begins = (length for length in lengths if any(form.startswith(letters[:length]) for form in forms))
        return any(length <= len(letters) and is_made_of(letters[length:], words[1:]) for length in begins)

    return is_made_of(word, words)


def words_of(full: str) -> str:
    """Return the words of a name in full, in small letters and without marks, by which it is known: "bangsa bangsa"."""
    return " ".join(_BARE_WORD.findall(full.casefold()))


class Explanation(NamedTuple):
    """A short name and the name in full, with their spans in the sentence that explains them."""

    name: ShortName
    short: tuple[int, int]
    full: tuple[int, int]


def short_names(text: str) -> list[ShortName]:
    """Return the short names that a sentence, on one line, explains, each once."""
    return list(dict.fromkeys(one.name for one in explanations(text)))


def explanations(text: str) -> Iterator[Explanation]:
    """Yield where a sentence, on one line, explains short names.

    A name in full is known by its letters: those of the short name begin its words, in order, and each of its words but
    small ones begins with one (after Schwartz and Hearst, 2003, who take letters from anywhere in the words). Some may
    come from within a word, and one word may be left out.
    """
    yield from _behind_full(text)
    yield from _before_full(text)
    yield from _in_list(text)


def _behind_full(text: str) -> Iterator[Explanation]:
    for match in _BEHIND_FULL.finditer(text):
        short, surely = match["short"], bool(match["surely"])
        if "(" in match[0] and _may_be_word(short) and not _CLOSES.match(text, match.end()):
            continue
        begin = max(0, match.start() - _NEAR)
        stop = max((stop.end() for stop in _STOPS.finditer(text, begin, match.start())), default=begin)
        words = list(_WORD.finditer(text, stop, match.start()))[-_most_words(short) :]
        candidates = (words[first:] for first in range(len(words) - 2, -1, -1))
        whole = (one for one in candidates if not text[: one[0].start()].rstrip().endswith("-"))
        yield from _best(match, whole, surely=surely)


def _before_full(text: str) -> Iterator[Explanation]:
    for match in _BEFORE_FULL.finditer(text):
        stop = _STOPS.search(text, match.end(), match.end() + _NEAR)
        end = stop.start() if stop else match.end() + _NEAR
        words = list(_WORD.finditer(text, match.end(), end))[: _most_words(match["short"])]
        candidates = (words[:count] for count in range(2, len(words) + 1))
        surely = bool(match["surely"])
        whole = (one for one in candidates if surely or _PAUSE.match(text, one[-1].end()))
        found = list(_best(match, whole, surely=surely))
        yield from found or _told_outright(match)


def _told_outright(match: re.Match[str]) -> Iterator[Explanation]:
    """Yield a name in full with other letters, if a sentence begins by telling it: "SGMM refers to the Meeting …"."""
    full = _IN_CAPITALS.match(match.string, match.end(), match.end() + _NEAR)
    if match.start() == 0 and match["short"].isupper() and match["tells"] and full:
        yield Explanation(ShortName(match["short"], full[0]), match.span("short"), full.span())


def _in_list(text: str) -> Iterator[Explanation]:
    for match in _IN_LIST.finditer(text):
        words = list(_WORD.finditer(text, *match.span("full")))
        if 1 < len(words) <= _most_words(match["short"]):
            yield from _best(match, [words], surely=True)


def _best(
    match: re.Match[str], candidates: Iterable[Sequence[re.Match[str]]], *, surely: bool
) -> Iterator[Explanation]:
    """Yield the name in full whose words begin with most letters of a short name, the first of several.

    What is not surely explained is only if all of them do, and the short name is all in capitals.
    """
    short = match["short"]
    if not surely and not (short.isupper() and len(short) >= _LEAST_LETTERS):
        return
    most = _most_inner_letters(short) if surely else 0
    costs = ((_inner_letters(short, [word[0] for word in words], most), words) for words in candidates)
    found = [(cost, words) for cost, words in costs if cost is not None]
    if not found:
        return
    _, words = min(found, key=lambda one: one[0])
    full = _OWNING.sub("", match.string[words[0].start() : words[-1].end()])
    if words_of(short) not in words_of(full).split():
        begin = words[0].start()
        yield Explanation(ShortName(short, full), match.span("short"), (begin, begin + len(full)))


def _most_words(short: str) -> int:
    count = len(letters_of(short))
    return min(count + _FURTHER, _TIMES * count)


def _may_be_word(short: str) -> bool:
    return short[1:].islower()


def _most_inner_letters(short: str) -> int:
    """Return how many capitals of a short name may come from within words."""
    count = len(letters_of(short))
    return count // 2 if count >= _LONG else 1


def _inner_letters(short: str, words: Sequence[str], most: int) -> int | None:
    """Return how many capitals of a short name, made of these words, do not begin one: at most so many, else None.

    A word that is left out counts as one. Small letters in it come from within words, or begin small ones. What may be
    a word itself, as "Wapres", is only made of words with capitals, by some two letters of each.
    """
    letters, last, of_syllables = _letters(short), len(words) - 1, _may_be_word(short)
    if words[0] in _SMALL or words[0][0].casefold() != letters[:1].casefold():
        return None
    several = [word for word in words if word not in _SMALL]
    if of_syllables and not (all(word[0].isupper() for word in several) and len(letters) >= 2 * len(several) - 1):
        return None
    small = letters.casefold()
    least = _OF_SYLLABLES if of_syllables and len(letters) < _LONG else 1

    @cache
    def of_rest(used: int, place: int, most: int, left_out: bool) -> int | None:
        """Return the same of the letters that are not used, and the words from a place on."""
        if place > last or len(letters) - used > (_INNER + 1) * (last + 1 - place):
            return 0 if place > last and used == len(letters) else None
        word, costs = words[place].casefold(), []
        at, cost = -1, 0
        for count in range(1, min(_INNER + 1, len(letters) - used) + 1):
            letter = letters[used + count - 1]
            begins = at < 0 and word[0] == letter.casefold() and not (letter.islower() and words[place][0].isupper())
            anywhere = at >= 0 or (of_syllables and place > 0)
            at = 0 if begins else word.find(small[used + count - 1], at + 1) if anywhere else -1
            cost += not begins and not letter.islower()
            if at < 0 or cost > most:
                break
            if count >= least:
                costs.append((cost, of_rest(used + count, place + 1, most - cost, left_out)))
        if 0 < place < last and word in _SMALL:
            costs.append((0, of_rest(used, place + 1, most, left_out)))
        elif 0 < place < last and most and not left_out and len(letters) >= _WORD_LEFT_OUT:
            costs.append((1, of_rest(used, place + 1, most - 1, left_out=True)))
        return min((cost + rest for cost, rest in costs if rest is not None), default=None)

    return of_rest(0, 0, most, left_out=False)
