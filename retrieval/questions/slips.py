"""Mend slips of the fingers: "How many contries are membres?" Only towards words that the documents have.

A word is a slip if no document has it, the models do not know it either, in Indonesian it is no base word, and the
documents have one, in some form, that a single slip turns into it (Damerau, 1964). No list of their words is kept: each
spelling that is one slip away is looked up in the index by its stem (the rest as in Norvig's "How to write a spelling
corrector").
"""

from collections.abc import Callable
from string import ascii_lowercase

from retrieval.text.languages import question_language
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS, WordWeights, base_word, has_each, is_base_word, word_forms

_WORD = regex(r"[^\W\d_]+")
_TAKEN_AWAY = regex(r"(?:(?<=\Adi)|(?<=\Ater))[kpst](?=[aeiou])")
_SHORTEST, _LONGEST = 4, 30  # letters
_SHORT = 4  # letters of a word in which any slip makes another word too often: only likely ones are mended
_LEAST_BASE = 5  # letters
_MOST = 2  # words of a question: with more, it is in another language, or of another subject


def without_slips(question: str, words: WordWeights, knows_word: Callable[[str], bool]) -> str:
    """Return a question without slips; as it is, if there are none or too many.

    Of several words that a slip may stand for, a known one comes first; then one with two letters the other way round,
    or with one once that stands twice, as such a spelling seldom is a word by chance; then the most frequent one, and
    of its forms the longest, of a name, which has none, the shortest.
    """
    unknown = [match for match in _WORD.finditer(question) if _may_be_slip(match[0]) and not knows_word(match[0])]
    if not question.isupper():  # "VVIP" is a short name
        unknown = [match for match in unknown if not (match[0].isupper() and len(match[0]) <= _SHORT)]
    if unknown and question_language(question) == "id":
        unknown = [match for match in unknown if not _is_indonesian(match[0].casefold())]
    spellings = [match[0].casefold() for match in unknown]
    frequencies = words.frequencies([*spellings, *map(_after_men, spellings)]) if unknown else []
    slips = [
        match
        for match, own, other in zip(unknown, frequencies, frequencies[len(unknown) :], strict=False)
        if not own and not other
    ]
    if len(slips) > _MOST:
        return question
    for match in reversed(slips):
        meant = _meant(match[0], words, knows_word)
        if meant:
            question = question[: match.start()] + _cased_as(match[0], meant) + question[match.end() :]
    return question


def has_mended_words(text: str, language: str, question: str, spelt: str) -> bool:
    """Tell whether a text has all words of a subject that mending has put into a question, in some form."""
    others = STOP_WORDS.union(_WORD.findall(question.casefold()))
    meant = [word for word in _WORD.findall(spelt.casefold()) if word not in others]
    return has_each(word_forms(meant), text, language)


def _is_indonesian(word: str) -> bool:
    """Tell whether a word is a base word, or made of one that is not short: "menolong", not "mentri" of "tri"."""
    base = base_word(word)
    return is_base_word(base) and (base == word or len(base) >= _LEAST_BASE)


def _after_men(word: str) -> str:
    """Return an Indonesian word without the letter that "me" takes away: "ditinjau" has the stem of "meninjau" then."""
    return _TAKEN_AWAY.sub("", word, count=1)


def _may_be_slip(word: str) -> bool:
    """Tell whether a word is long enough to be a slip, also without "nya": "pjnya" is none of "punya"."""
    return (
        len(word.removesuffix("nya")) >= _SHORTEST
        and len(word) <= _LONGEST
        and word.isascii()
        and word.casefold() not in STOP_WORDS
    )


def _meant(slip: str, words: WordWeights, knows_word: Callable[[str], bool]) -> str:
    """Return the word that a slip stands for: one of the documents, or, if that is likely, one of any question."""
    likely, others = _one_slip_away(slip.casefold())
    form = 1 if slip[0].isupper() else -1
    spellings = [*likely, *(others if len(slip) > _SHORT else ())]
    spellings = [one for one in spellings if one != f"{slip.casefold()}i"]  # "diperpanjang" is a word, too
    found = [
        (not knows_word(one), one not in likely, -frequency, form * len(one), one)
        for one, frequency in zip(spellings, words.frequencies(spellings), strict=True)
        if (one in likely if one in STOP_WORDS else frequency)
    ]
    return min(found)[-1] if found else ""


def _one_slip_away(word: str) -> tuple[set[str], set[str]]:
    """Return the spellings that are one slip away: by two letters the wrong way round or one twice, and others."""
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    likely = {before + after[1] + after[0] + after[2:] for before, after in parts if len(after) > 1}
    likely |= {before + after[1:] for before, after in parts if before and after[:1] == before[-1]}
    likely |= _written_out(word)
    others = {before + after[1:] for before, after in parts if after}
    others |= {before + letter + after for before, after in parts for letter in ascii_lowercase}
    others |= {before + letter + after[1:] for before, after in parts if after for letter in ascii_lowercase}
    return likely - {word}, others - likely - {word}


def _written_out(word: str) -> set[str]:
    """Return what an Indonesian verb is as documents write it: "menerima" of "nerima", "disiapkan" of "disiapin"."""
    whole = f"me{word}" if word.startswith(("n", "m")) else word
    spoken = whole.endswith("in") and whole.startswith(("di", "me"))
    return {f"{whole.removesuffix('in')}kan", whole} if spoken else {whole}


def _cased_as(slip: str, meant: str) -> str:
    if slip[:2].isupper():
        return meant.upper()
    return meant.capitalize() if slip[0].isupper() else meant
