"""The rules by which a sentence does not answer a question, whatever a reading model takes it for."""

from collections.abc import Sequence

from retrieval.ruling_out.contacts import lacking_contacts
from retrieval.ruling_out.other_bearers import of_other_bearers
from retrieval.ruling_out.other_ends import of_other_ends
from retrieval.ruling_out.other_numbers import of_other_numbers
from retrieval.ruling_out.other_offices import of_other_offices
from retrieval.ruling_out.other_people import of_other_people
from retrieval.ruling_out.own_dates import own_dates
from retrieval.ruling_out.related import SUBJECT_CONFIDENCE, as_related
from retrieval.values import Reading

_RULES = (
    lacking_contacts,
    own_dates,
    of_other_ends,
    of_other_numbers,
    of_other_offices,
    of_other_people,
    of_other_bearers,
)


def ruled_out_behind(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return a question's readings, those that a rule tells to be of something else as related, and no answers.

    They come behind what may answer, and before what is not likely to anyway. Other rules are asked by themselves:
    denials.py leaves sentences out, other_headings.py needs the passages around them, other_periods.py all that is read
    in any document.
    """
    likely = [one for one in readings if one.confidence > SUBJECT_CONFIDENCE]
    silent: list[Reading] = []
    for rule in _RULES:
        silent += [one for one in rule(question, likely) if one not in silent]
    others = [one for one in readings if one not in silent]
    behind = max((place for place, one in enumerate(others, start=1) if one in likely), default=0)
    return [*others[:behind], *map(as_related, silent), *others[behind:]]
