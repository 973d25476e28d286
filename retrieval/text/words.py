"""The words of texts and questions, as they are compared: stems, and what a question's word weighs."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Protocol
from unicodedata import normalize

import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from retrieval.text.markup import RAISED
from retrieval.text.patterns import regex

_ACCENT = regex(r"[\u0300-\u036f]")
_ROMAN = regex(r"[ivx]{2,}")
_STEMMERS = {"en": "english", "id": "indonesian"}
_WORD = regex(rf"[^\W{RAISED}]+")  # the raised number of a note is part of no word
TITLES = (  # a full stop after one ends no sentence
    """dr mr mrs ms prof st no gen col lt hon rev gov sen rep capt sgt maj brig cmdr supt insp pres amb sr jr
    h hj ir drs kh tgk ust tn ny jend kol pol inf kombes kompol akbp akp brigjen irjen plt pj plh kab kec jl""".split()
)
K1, B = 1.2, 0.75  # of BM25: among the best of six pairs tried on the dev sets; all are within a point

STOP_WORDS_OF = {
    "en": frozenset(
        """a an the of in on at to for from by with and or as is are was were be been being do does did has have had
        it its this that these those he she they him his her their there no not can could will would should may might
        about into than then so such also but if i you we my your our me us what which who whom whose when where why
        how many much name""".split()
    ),
    "id": frozenset(
        """yang di ke dari dan atau pada dengan untuk oleh dalam adalah ialah ini itu tersebut sebagai juga telah sudah
        akan tidak bukan ada para ia dia mereka nya kami kita saya anda seorang sebuah suatu secara karena agar bahwa
        saat ketika hal antara dapat bisa apa apakah siapa siapakah kapan kapankah dimana dimanakah mana manakah
        mengapa kenapa bagaimana bagaimanakah berapa berapakah sebutkan nama""".split()
    ),
}
STOP_WORDS = frozenset[str]().union(*STOP_WORDS_OF.values())
"""Words that say how a sentence is built, or that a question asks, and nothing of its subject."""


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """A word of a question: its forms (see word_forms), and its weight (inverse document frequency)."""

    stems: frozenset[str]
    weight: float


class WordWeights(Protocol):
    """What the words of questions weigh in an index: the rarer, the more."""

    def question_words(self, question: str) -> list[QuestionWord]:
        """Return the question's words with their weights; one that no passage holds weighs most."""

    def frequencies(self, words: Sequence[str]) -> list[int]:
        """Return in how many passages each word stands, in its most frequent form; each as `word_forms` has it."""


def stems(text: str, language: str) -> list[str]:
    """Return the stems of a text's words, in order; words of a language without a stemmer stay as they are."""
    words = _words(text)
    stemmer = _stemmer(_STEMMERS[language]) if language in _STEMMERS else None
    if not stemmer:
        return words
    stemmed = zip(words, stemmer.stemWords(words), strict=True)
    return [word if _ROMAN.fullmatch(word) else stem for word, stem in stemmed]  # "iii", whose last "i" is no suffix


def _words(text: str) -> list[str]:
    """Return a text's words in small letters and without accents, which people leave out: "communique"."""
    return _WORD.findall(without_accents(text).casefold())


def without_accents(text: str) -> str:
    """Return a text without the accents of its letters, however it writes them; other signs stay as they are."""
    return text if text.isascii() else normalize("NFC", _ACCENT.sub("", normalize("NFD", text)))


def is_base_word(word: str) -> bool:
    """Tell whether a word, in small letters, is a base word of Indonesian, by Sastrawi."""
    return word in _base_words()


def base_word(word: str) -> str:
    """Return the base word of which an Indonesian word is made, by Sastrawi: "tolong" of "menolong"; else itself."""
    base: str = _sastrawi().stem(word)
    return base


@cache
def _base_words() -> frozenset[str]:
    return frozenset(files("Sastrawi.Stemmer.data").joinpath("kata-dasar.txt").read_text("utf-8").split())


@cache
def _sastrawi():  # type: ignore[no-untyped-def]  # PySastrawi carries no types
    return StemmerFactory().create_stemmer()


@cache
def _stemmer(algorithm: str):  # type: ignore[no-untyped-def]  # PyStemmer carries no types
    return Stemmer.Stemmer(algorithm)


def question_stems(question: str) -> list[frozenset[str]]:
    """Return the stems of each word that tells the subject, each once; of all words if none does.

    A question is stemmed in every language, as the documents may be in any.
    """
    words = list(dict.fromkeys(_words(question)))
    return list(dict.fromkeys(word_forms([word for word in words if word not in STOP_WORDS] or words)))


def subject_stems(text: str) -> list[frozenset[str]]:
    """Return the stems of each word that tells the subject, each once; none if none does."""
    return [forms for forms in question_stems(text) if forms.isdisjoint(STOP_WORDS)]


def word_forms(words: Sequence[str]) -> list[frozenset[str]]:
    """Return the stems of each word, in every language; a word is one to `stems`, too, and in small letters."""
    return [frozenset({word}.union(*(stems(word, language) for language in _STEMMERS))) for word in words]


def has_only(words: Iterable[frozenset[str]], text: str) -> bool:
    """Tell whether a text has no word that tells a subject but some, given as their stems, in one of their forms."""
    known = frozenset[str]().union(*words)
    return all(not forms.isdisjoint(known) for forms in subject_stems(text))


def words_had(words: Iterable[frozenset[str]], text: str, language: str) -> set[frozenset[str]]:
    """Return those of some words, given as their stems, that a text has in one of their forms."""
    there = set(stems(text, language))
    return {forms for forms in words if not forms.isdisjoint(there)}


def has_each(words: Iterable[frozenset[str]], text: str, language: str) -> bool:
    """Tell whether a text has each of some words, given as their stems, in one of its forms."""
    there = set(stems(text, language))
    return all(not forms.isdisjoint(there) for forms in words)


def weighed_words(question: str, size: int, frequency: Callable[[str], int]) -> list[QuestionWord]:
    """Return a question's words, each as frequent among `size` passages as its most frequent form."""
    return [QuestionWord(forms, word_weight(max(map(frequency, forms)), size)) for forms in question_stems(question)]


def word_weight(frequency: int, size: int) -> float:
    """Return the inverse document frequency, as BM25 has it, of a word that stands in so many of `size` passages."""
    return math.log1p((size - frequency + 0.5) / (frequency + 0.5))


def stem_hash(stem: str) -> int:
    """Return the 64-bit hash by which a stem is found."""
    return int.from_bytes(blake2b(stem.encode(errors="replace"), digest_size=8).digest(), "little")
