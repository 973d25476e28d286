"""Put a question into another language word for word, so that documents in that language are found for it.

Retrieval across languages by a dictionary, phrases first, as in Ballesteros and Croft, "Phrasal Translation and Query
Expansion Techniques for Cross-Language Information Retrieval" (1997). The dictionaries beside this file were written
for Kutip: what the question sets of training/ use most, in each of the two languages, with its usual translations.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from retrieval.questions.question_parts import QUESTION_WORDS
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS, base_word, stems

_WORD = regex(r"[^\W_]+(?:['’-][^\W_]+)*")
_MOST_WORDS = 3  # of a phrase
_LEFT_OUT = (
    STOP_WORDS
    - QUESTION_WORDS
    - {f"{word}kah" for word in QUESTION_WORDS}
    - {"many", "much", "no", "not", "tidak", "bukan"}
)
_OWN = regex(r"(?<=\w{3})(?:nya|lah|kah|pun)\Z")  # of an Indonesian word: "suratnya"


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """What words and phrases of one language, in small letters, are in another, the most usual first.

    `of_stems` has it for the stems of single words.
    """

    of_words: Mapping[str, Sequence[str]]
    of_stems: Mapping[str, Sequence[str]]


def translated(question: str, language: str, other: str, are_there: Callable[[str], bool]) -> str:
    """Return a question in one of LANGUAGES word for word in another.

    Of a word's translations it takes the first that `are_there`, as the documents have its words; else the first of
    all. Names stay as they are, and so do words that the dictionary does not have. Small words are left out, but for
    those that ask or deny.
    """
    words = _WORD.findall(question)
    dictionary = _dictionary(language, other)
    said = []
    place = 0
    while place < len(words):
        end, found = _longest(words, place, dictionary, language)
        if end > place + 1 or words[place].casefold() not in _LEFT_OUT:
            said.append(next(filter(are_there, found), found[0]) if found else words[place])
        place = end
    return " ".join(said) + "?"


def _longest(words: Sequence[str], place: int, dictionary: _Dictionary, language: str) -> tuple[int, Sequence[str]]:
    """Return where the longest phrase that is known ends, from a place on, and its translations; none of a name."""
    for end in range(min(place + _MOST_WORDS, len(words)), place + 1, -1):
        if found := dictionary.of_words.get(" ".join(words[place:end]).casefold()):
            return end, found
    word = words[place]
    is_name = place > 0 and word[0].isupper()
    return place + 1, () if is_name else _meanings(word.casefold(), dictionary, language)


def _meanings(word: str, dictionary: _Dictionary, language: str) -> Sequence[str]:
    """Return the translations of a word, or of one with its stem, or of which it is made; nothing if none is known."""
    of_words = dictionary.of_words
    found = of_words.get(word) or of_words.get(_OWN.sub("", word)) or dictionary.of_stems.get(_stem(word, language))
    if not found and language == "id":
        found = of_words.get(base_word(word))
    return found or ()


@cache
def _dictionary(language: str, other: str) -> _Dictionary:
    """Return the dictionary from one language into another; what it lacks is told by the one the other way round."""
    own = _read(language, other)
    turned = defaultdict[str, list[str]](list)
    for word, meanings in _read(other, language).items():
        for meaning in meanings:
            turned[meaning.casefold()].append(word)
    of_stems = defaultdict[str, list[str]](list)
    for words in (turned, own):
        of_this = defaultdict[str, list[str]](list)
        for word, meanings in words.items():
            if " " not in word:
                of_this[_stem(word, language)] += meanings
        of_stems.update(of_this)
    return _Dictionary({**turned, **own}, of_stems)


def _read(language: str, other: str) -> dict[str, list[str]]:
    text = files("retrieval.questions").joinpath(f"words_{language}_{other}.txt").read_text("utf-8")
    pairs = (line.split(" = ") for line in text.splitlines())
    return {word: meanings.split("; ") for word, meanings in pairs}


def _stem(word: str, language: str) -> str:
    return " ".join(stems(word, language))
