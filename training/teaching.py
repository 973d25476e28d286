"""How often a question is drawn: those that share few words with their answer teach more than those that share all."""

import re
from collections.abc import Mapping, Sequence

from retrieval.languages import LANGUAGES
from retrieval.words import question_stems, stems
from training.examples import Example
from training.shortened import answering_sentences

_SHARES_ALL, _SHARES_NONE = 0.3, 1.9  # so that a question of the sets is drawn once in the mean
_WHY = 2.0  # in a hundred questions one asks why, and these are answered in many words
_ASKS_WHY = re.compile(r"(?:why|how come|mengapa|kenapa)\b", re.IGNORECASE)


def times_drawn(examples: Sequence[Example], repeats: Mapping[str, float]) -> list[float]:
    """Return how often an epoch has each example, its set `repeats` times."""
    return [repeats.get(example.set, 1.0) * _worth(example) for example in examples]


def _worth(example: Example) -> float:
    why = _WHY if _ASKS_WHY.match(example.question) else 1.0
    shares = [_shared(example.question, text) for one in example.contexts for text in answering_sentences(one)]
    return why * (_SHARES_NONE + (_SHARES_ALL - _SHARES_NONE) * max(shares)) if shares else why


def _shared(question: str, sentence: str) -> float:
    """Return the share of a question's words that a sentence has, in one of their forms."""
    there = {stem for language in LANGUAGES for stem in stems(sentence, language)}
    asked = question_stems(question)
    return sum(not word.isdisjoint(there) for word in asked) / len(asked) if asked else 0.0
