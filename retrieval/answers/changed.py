"""What newer documents say otherwise: an answer may have changed since."""

from collections.abc import Callable, Sequence

from retrieval.questions.report_names import is_of_another_period
from retrieval.reading.agreement import newer, same_answer
from retrieval.values import Document, Reading


def said_since(
    question: str,
    readings: Sequence[Reading],
    cited: Sequence[Reading],
    *,
    sure: float,
    share_series: Callable[[Document, Document], bool],
    sure_in_series: float,
) -> list[Reading]:
    """Return what newer documents than those cited say otherwise, by themselves as surely, the newest first.

    Of one newer report of the same series it is enough that it is `sure_in_series`. They come after what is cited: what
    stands alone in its document may seem surer than it is. What names another month or year than the question does not
    count.
    """
    found: list[Reading] = []
    first = cited[0].hit.document
    for one in sorted(readings, key=lambda reading: reading.hit.document.date or "", reverse=True):
        document, others = one.hit.document, [other.hit.document for other in (*cited, *found)]
        least = sure_in_series if not found and share_series(document, first) else sure
        is_newer = all(newer(document.date, other.date) for other in others[: len(cited)])
        is_other = all(other.id != document.id for other in others)
        if one.in_document < least or not is_newer or not is_other or same_answer(one, cited[0]) is not False:
            continue
        if not is_of_another_period(question, document, one.text):
            found.append(one)
    return found
