"""The rules by which a sentence does not answer a question, whatever a reading model takes it for."""

from collections.abc import Sequence

from retrieval.ruling_out.contacts import without_lacking_contacts
from retrieval.ruling_out.other_bearers import without_other_bearers
from retrieval.ruling_out.other_ends import without_other_ends
from retrieval.ruling_out.other_numbers import without_other_numbers
from retrieval.ruling_out.other_offices import without_other_offices
from retrieval.ruling_out.other_people import without_other_people
from retrieval.ruling_out.own_dates import without_own_dates
from retrieval.ruling_out.related import SUBJECT_CONFIDENCE
from retrieval.values import Reading

_RULES = (
    without_lacking_contacts,
    without_own_dates,
    without_other_ends,
    without_other_numbers,
    without_other_offices,
    without_other_people,
    without_other_bearers,
)


def ruled_out_behind(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return a question's readings, those that a rule tells to be of something else as related, and no answers.

    They come behind what may answer, and before what is not likely to anyway. Other rules are asked by themselves:
    denials.py leaves sentences out, other_headings.py needs the passages around them, other_periods.py all that is read
    in any document.
    """
    likely = [one for one in readings if one.confidence > SUBJECT_CONFIDENCE]
    left = likely
    for without in _RULES:
        left = without(question, left)
    silent = [one for one in left if one not in likely]  # they are less sure now
    others = [one for one in readings if one not in likely or one in left]
    behind = max((place for place, one in enumerate(others, start=1) if one in left), default=0)
    return [*others[:behind], *silent, *others[behind:]]
