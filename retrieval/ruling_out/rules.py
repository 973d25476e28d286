"""The rules by which a sentence does not answer a question, whatever a reading model takes it for."""

from collections.abc import Callable, Sequence

from retrieval.questions.asked_contact import is_no_address, lacks_contact
from retrieval.questions.own_date import is_own_date
from retrieval.reading.related import SUBJECT_CONFIDENCE, as_related
from retrieval.ruling_out.denials import is_denied
from retrieval.ruling_out.other_bearers import is_of_other_bearers
from retrieval.ruling_out.other_contacts import is_of_other_contact
from retrieval.ruling_out.other_kinds import is_of_other_kind
from retrieval.ruling_out.other_offices import is_of_other_offices
from retrieval.ruling_out.other_records import is_of_another_record
from retrieval.values import Reading


def _lacks_contact(question: str, reading: Reading) -> bool:
    return lacks_contact(question, reading.text)


def _is_no_address(question: str, reading: Reading) -> bool:
    return is_no_address(question, reading.marked)


RULES: tuple[Callable[[str, Reading], bool], ...] = (
    _lacks_contact,
    _is_no_address,
    is_own_date,
    is_denied,
    is_of_other_kind,
    is_of_other_offices,
    is_of_other_bearers,
    is_of_other_contact,
    is_of_another_record,
)


def ruled_out_behind(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return a question's readings, those that a rule tells to be of something else as related, and no answers.

    They come behind what may answer, and before what is not likely to anyway. Other rules are asked by themselves:
    denials.py leaves rumours out, withdrawn.py what is withdrawn or cancelled.
    """
    likely = [one for one in readings if one.confidence > SUBJECT_CONFIDENCE]
    silent = [one for one in likely if _is_ruled_out(question, one)]
    others = [_alone(question, one) for one in readings if one not in silent]
    behind = max((place for place, one in enumerate(others, start=1) if one in likely), default=0)
    return [*others[:behind], *map(as_related, silent), *others[behind:]]


def _alone(question: str, reading: Reading) -> Reading:
    """Return a reading that is not likely; as related if alone in its document it would be, and a rule says no."""
    is_unlikely = reading.confidence <= SUBJECT_CONFIDENCE < reading.in_document
    return as_related(reading) if is_unlikely and _is_ruled_out(question, reading) else reading


def _is_ruled_out(question: str, reading: Reading) -> bool:
    return any(rule(question, reading) for rule in RULES)
