"""The line of a programme or a log whose hour a question asks for: "15.00 Kuliah umum", "what time is the dinner?"."""

import re
from collections.abc import Sequence

from retrieval.lookups.cell_kinds import BEGINS, ENDS
from retrieval.lookups.sure import LOOKED_UP, at_least
from retrieval.questions.kinds import ASKS_HOUR, WHEN_FIRST, asks_hour
from retrieval.text.headings import titles_above
from retrieval.text.hours import HOUR, UNTIL
from retrieval.text.labels import ends_sentence
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS, stems, subject_stems, word_forms, words_had
from retrieval.values import Reading

_LINE = regex(
    rf"[\s>*_•–-]*(?:pukul |jam |at )?(?P<hour>{HOUR}(?P<until>{UNTIL}{HOUR})?)"
    r"(?P<sign>[\s:*_,|–—-]+)(?P<what>[^\W\d_].*)",
    re.IGNORECASE | re.DOTALL,
)
_WORD = regex(r"\w+")
_BEGINS, _ENDS = (frozenset[str]().union(*word_forms(sorted(words))) for words in (BEGINS, ENDS))
_MAY_ANSWER = 0.5  # confidence of a sentence beside the lines
_FIRST_OF_LOG = 0.6
"""The confidence that the best line of a log answers when something was, as a reading model takes no hour for that.

Of questions to 14 sets of documents whose best sentence is one, below the threshold, it answers all six.
"""


def timed_line_first(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings, the only line first that has an hour and behind it what is asked for, its hour marked.

    Its first word is asked for, and what it does not say of the question stands in the title or the headings above it;
    that something "starts" need not be said, nor that it "ends" behind two hours. Where it is not asked for the hour,
    but when something is, a sentence that may answer comes first. The best reading, where it is such a line that has
    more than half of what is asked for, is not left unsure.
    """
    for_hour = asks_hour(question)
    rest = WHEN_FIRST.sub("", ASKS_HOUR.sub("", question))
    asked = subject_stems(rest) if rest != question else []
    if not for_hour and any(one.confidence >= _MAY_ANSWER and not _LINE.fullmatch(one.text) for one in readings):
        return list(readings)
    timed = [(one, match) for one in readings if asked and (match := _LINE.fullmatch(one.text))]
    named = [(one, match) for one, match in timed if _is_named(asked, match, one, whole=not for_hour)] or [
        (one, match) for one, match in timed if _is_named(_without_ends(asked, match), match, one, whole=not for_hour)
    ]
    if len(named) == 1:
        [(line, match)], sure = named, LOOKED_UP
    elif not named and timed and timed[0][0] is readings[0] and _is_of_log(asked, *timed[0]):
        (line, match), sure = timed[0], _FIRST_OF_LOG
    else:
        return list(readings)
    marked = (line.sentence.start + match.start("hour"), line.sentence.start + match.end("hour"))
    return [at_least(sure, line, marked), *(one for one in readings if one is not line)]


def _is_of_log(asked: Sequence[frozenset[str]], line: Reading, match: re.Match[str]) -> bool:
    """Tell whether a line of a log, of which a model is unsure, has more than half of what is asked for.

    Some of that may stand above it. Neither a clause is one, "3.10 The rent is due on the first day of each quarter.",
    nor an amount: "4.20 million doses".
    """
    is_bare = ":" not in match["hour"] and not match["sign"].strip()
    is_other = is_bare and (ends_sentence(match["what"]) or match["what"][0].islower())
    if is_other or line.confidence >= _MAY_ANSWER:
        return False
    language = line.hit.document.language
    had = words_had(asked, "\n".join([match["what"], *titles_above(line)]), language)
    return 2 * len(had) > len(asked) and bool(words_had(asked, match["what"], language))


def _without_ends(asked: Sequence[frozenset[str]], line: re.Match[str]) -> list[frozenset[str]]:
    """Return what is asked for without the words that name the first hour of a line, or the last one of two."""
    empty = _BEGINS | _ENDS if line["until"] else _BEGINS
    return [forms for forms in asked if forms.isdisjoint(empty)]


def _is_named(asked: Sequence[frozenset[str]], line: re.Match[str], reading: Reading, *, whole: bool) -> bool:
    """Tell whether a line begins with a word of what is asked for, and the rest stands in it or, if not whole, above.

    A sentence without a sign behind the hour is no line of a programme: "12.50 kilometres of road were repaired."
    """
    document, what = reading.hit.document, line["what"]
    words = [set(stems(word, document.language)) for word in _WORD.findall(what) if word.casefold() not in STOP_WORDS]
    if (
        (ends_sentence(what) and not line["sign"].strip())
        or not words
        or all(words[0].isdisjoint(forms) for forms in asked)
    ):
        return False
    above = "\n".join(titles_above(reading))
    known = set[str]().union(*words, () if whole else stems(above, document.language))
    return all(not forms.isdisjoint(known) for forms in asked)
