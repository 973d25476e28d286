"""What speaks for a sentence without reading it: the question's words, names and kind, in English and Indonesian."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.questions.kinds import asked_kind_is_there
from retrieval.text.names import without_possessives
from retrieval.text.patterns import regex
from retrieval.text.words import QuestionWord, stems, without_accents
from retrieval.values import Document

_MOST_NAMES = 30  # of a question, that are looked for
_YEAR = r"\b(?:1[5-9]\d\d|20\d\d)\b"
_ASKED_YEAR = regex(  # not one that only begins or ends a time
    "".join(
        rf"(?<!\b{word} )"
        for word in (
            "after before since until till from to by between and or than "
            "setelah sesudah sebelum sejak sampai hingga dari antara dan atau"
        ).split()
    )
    + _YEAR,
    re.IGNORECASE,
)
_NAME = regex(  # "Rp50.000" is one, and "3/2026", but no day in figures; "u21" is none
    r"(?<=[\s(\"“'])[A-Z][\w'-]*\w(?:[.,]\d+)*"
    r"|(?<!\w)(?<!\d[.,])(?:(?<!/)(?!\d\d?/\d\d?/|(?:19|20)\d\d/(?:19|20)\d\d)\d+(?:/\w+)*/\d{4}(?!\w)|\d[\d.,]*\d|\d)"
)


@dataclass(frozen=True, slots=True)
class Cues:
    """What speaks for a sentence. All but `kind` are in [0, 1].

    Of the question's words, by weight, `own` stand in the sentence or the title, `near` there or in the one before.
    `kind` is 1 if the sentence has the date or number that was asked for, -1 if it has none, 0 if none was asked for.
    `missing` is the share of the question's names and numbers that neither the passage has, as people see it, nor the
    whole document, as it is written; a year counts, too, where the sentence speaks of another one.
    """

    own: float
    near: float
    kind: int
    missing: float


def sentence_cues(
    question: str, asked: Sequence[QuestionWord], document: Document, texts: Sequence[str], passage: str
) -> list[Cues]:
    """Return the cues of sentences, given as people see them; `asked` are the question's words.

    `passage` is all that is seen of theirs, with the document's title.
    """
    title = set(stems(document.title, document.language))
    words = [title.union(stems(text, document.language)) for text in texts]
    around = f"{document.title} {document.date}"
    names = _names(question)
    missing = _missing(names, _plain(passage))
    missing = _missing(missing, _plain_text(document)) if missing else missing
    return [
        Cues(
            _share(asked, own),
            _share(asked, own | before),
            asked_kind_is_there(question, text),
            _missing_share(names, missing | _contradicted_years(question, text, around)),
        )
        for text, own, before in zip(texts, words, [title, *words], strict=False)
    ]


@lru_cache(maxsize=4)  # a question's passages, and often those of the next, are of the same documents
def _plain_text(document: Document) -> str:
    return _plain(document.text[document.body :])


def _plain(text: str) -> str:
    """Return a text as names are looked for in it: in small letters, without accents."""
    return without_accents(text).replace("’", "'").casefold()


def _missing(names: Collection[str], plain: str) -> set[str]:
    """Return those of the names and numbers, in small letters, that do not stand in a plain text by themselves."""
    return {name for name in names if not re.search(_by_itself(name), plain)}


def _by_itself(name: str) -> str:
    """Return a pattern that finds a name, but not within a word, or a number, but not within another.

    What may not come before it is looked for after it: a pattern that begins with plain letters is found far sooner.
    """
    there = re.escape(name)
    if name[0].isdecimal():
        return rf"{there}(?<!\d{there})(?<!\d[.,]{there})(?![.,]?\d)"
    return rf"{there}(?<![\w-]{there})(?<!\w'{there})(?!\w|[.,]\d)"


def _names(question: str) -> list[str]:
    """Return the names and numbers of a question, in small letters and without accents.

    A name is a capitalised word, but for the first. Of very many, the first ones.
    """
    names = _NAME.findall(without_accents(without_possessives(question)).replace("’", "'"))
    return [name.casefold() for name in names[:_MOST_NAMES]]


def _missing_share(names: Sequence[str], missing: Collection[str]) -> float:
    return sum(name in missing for name in names) / len(names) if names else 0.0


def _contradicted_years(question: str, sentence: str, around: str) -> set[str]:
    """Return the years that a question asks of where a sentence speaks of others, and what is around it not of them."""
    there = [int(year) for year in re.findall(_YEAR, sentence)]
    if not there:
        return set()
    asked = (year for year in _ASKED_YEAR.findall(question) if not min(there) <= int(year) <= max(there))
    return {year for year in asked if year not in around}


def _share(asked: Sequence[QuestionWord], there: set[str]) -> float:
    """Return the share, by weight, of the question's words that are there in one of their forms."""
    whole = sum(word.weight for word in asked)
    found = sum(word.weight for word in asked if not word.stems.isdisjoint(there))
    return found / whole if whole else 0.0
