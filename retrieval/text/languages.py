"""Tell the language of a text by its letters (py3langid, after Lui and Baldwin, "langid.py", 2012)."""

from collections import Counter
from functools import cache

from retrieval.text.words import STOP_WORDS_OF

LANGUAGES = ("en", "id")  # what documents are told apart as, and stemmed in; what the bundled reader reads
_TAKEN_FOR = {"ms": "id", "jv": "id", "su": "id", "pcm": "en"}  # what short texts in these two are mistaken for
_SURE = 0.5
"""The probability from which on a text is in a third language.

On the dev sets, none of 3,106 questions and none of 1,382 passages is taken for one.
"""


def main_language(text: str) -> str:
    """Return which of LANGUAGES a text is in, whatever else it may be."""
    return str(_main_identifier().classify(text)[0])


def question_language(question: str) -> str:
    """Return which of LANGUAGES a question is in, by its small words first: names have letters of any language."""
    words = question.casefold().split()
    ranked = Counter({language: sum(word in small for word in words) for language, small in STOP_WORDS_OF.items()})
    (first, most), (_, less) = ranked.most_common(2)
    return first if most > less else main_language(question)


def any_language(text: str) -> str:
    """Return the language of a text, as two letters; one of LANGUAGES where it is short of signs of another."""
    ranked: list[tuple[str, float]] = _identifier().rank(text)
    first, probability = ranked[0]
    if probability > _SURE and first not in (*LANGUAGES, *_TAKEN_FOR):
        return str(first)
    return next(_TAKEN_FOR.get(name, str(name)) for name, _ in ranked if name in (*LANGUAGES, *_TAKEN_FOR))


@cache
def _main_identifier():  # type: ignore[no-untyped-def]  # py3langid carries no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # its model takes half a second to load

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


@cache
def _identifier():  # type: ignore[no-untyped-def]
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
