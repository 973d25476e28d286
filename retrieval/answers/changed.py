"""What newer documents say otherwise: an answer may have changed since."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.answers.agreement import same_answer
from retrieval.questions.periods import Period, asked_periods, is_of_another_period, is_of_period
from retrieval.questions.report_names import report_names, without_names
from retrieval.text.dates import dates_tell, newer
from retrieval.text.names import names_had, names_within
from retrieval.text.words import has_each, subject_stems
from retrieval.values import Document, Reading

_LEAST_WORDS = 2  # of a question, that tell what it is about


def said_since(
    question: str,
    readings: Sequence[Reading],
    cited: Sequence[Reading],
    *,
    sure: float,
    share_series: Callable[[Document, Document], bool],
    sure_of_it: float,
) -> list[Reading]:
    """Return what newer documents than those cited say otherwise, by themselves as surely, the newest first.

    Of one newer report of the same series, or one that has all words of the question, it is enough that it is
    `sure_of_it`. They come after what is cited: what stands alone in its document may seem surer than it is. What
    names another month or year than the question does not count, nor, where what is cited is of that, what is not.
    """
    found: list[Reading] = []
    first, asked = cited[0], asked_periods(question)
    for one in sorted(readings, key=lambda reading: reading.hit.document.date or "", reverse=True):
        document, others = one.hit.document, [other.hit.document for other in (*cited, *found)]
        speaks_of_it = not found and (share_series(document, first.hit.document) or _has_all_words(question, one))
        is_newer = all(newer(document.date, other.date) for other in others[: len(cited)])
        is_other = all(other.id != document.id for other in others)
        if one.in_document < (sure_of_it if speaks_of_it else sure) or not is_newer or not is_other:
            continue
        if same_answer(one, first) is not False or is_of_another_period(question, document, one.text):
            continue
        if is_of_others(question, one, first):
            continue
        if not asked or _is_of(asked, one) or not _is_of(asked, first):
            found.append(one)
    return found


def is_of_others(question: str, reading: Reading, first: Reading) -> bool:
    """Tell whether a sentence of the language of the first one names others in place of a name of the question.

    The first one has that name: the governor of Orsel, not of Maru.
    """
    if reading.hit.document.language != first.hit.document.language or not names_within(reading.text, besides=question):
        return False
    names = names_within(question)
    had, of_first = (names_had(f"{one.hit.document.title}\n{one.text}", names) for one in (reading, first))
    return not of_first <= had


def newest_of_series_first(
    cited: Sequence[Reading], share_series: Callable[[Document, Document], bool]
) -> list[Reading]:
    """Put the newest first of what says the same in reports of one series, that of what is cited first."""
    of_series = [one for one in cited if share_series(one.hit.document, cited[0].hit.document)]
    newest = iter(sorted(of_series, key=lambda one: one.hit.document.date or "", reverse=True))
    return [next(newest) if one in of_series else one for one in cited]


def newest_first(question: str, cited: Sequence[Reading]) -> list[Reading]:
    """Put the newest first of what is cited for a question that asks for the latest, where the dates tell.

    It is as sure then as it is by itself.
    """
    asks_latest = any(name.latest for name in report_names(question))
    if not asks_latest or not dates_tell([one.hit.document.date for one in cited]):
        return list(cited)
    first, *others = sorted(cited, key=lambda one: one.hit.document.date or "", reverse=True)
    return [replace(first, confidence=max(first.confidence, first.in_document)), *others]


def _has_all_words(question: str, reading: Reading) -> bool:
    """Tell whether a sentence, or its title, has all words of a question that tell its subject, and there are some."""
    document = reading.hit.document
    asked = subject_stems(without_names(question, report_names(question)))
    return len(asked) >= _LEAST_WORDS and has_each(asked, f"{document.title}\n{reading.text}", document.language)


def _is_of(asked: Sequence[Period], reading: Reading) -> bool:
    document = reading.hit.document
    return is_of_period(asked, reading.text, title=document.title, date=document.date)
