"""The rules by which a sentence does not answer a question, whatever a reading model takes it for."""

from collections.abc import Callable, Sequence

from retrieval.questions.asked_contact import is_no_address, lacks_contact
from retrieval.questions.own_date import is_own_date
from retrieval.reading.related import SUBJECT_CONFIDENCE, as_related
from retrieval.ruling_out.denials import is_denied
from retrieval.ruling_out.former_holders import is_of_other_turn
from retrieval.ruling_out.opposites import is_of_opposite, is_of_other_limit, is_of_other_side, is_of_other_stage
from retrieval.ruling_out.other_bearers import is_of_other_bearers
from retrieval.ruling_out.other_contacts import is_of_other_contact
from retrieval.ruling_out.other_ends import is_of_other_end
from retrieval.ruling_out.other_kinds import is_of_other_kind
from retrieval.ruling_out.other_matches import is_of_another_match
from retrieval.ruling_out.other_numbers import is_of_other_numbers
from retrieval.ruling_out.other_offices import is_of_other_offices
from retrieval.ruling_out.other_people import is_of_other_people
from retrieval.ruling_out.other_records import is_of_another_record
from retrieval.ruling_out.other_relations import is_done_to_another, is_of_other_relation
from retrieval.ruling_out.other_subjects import is_of_other_places, is_of_the_whole, is_on_another_subject
from retrieval.ruling_out.other_titles import is_of_other_title
from retrieval.values import Reading


def _lacks_contact(question: str, reading: Reading) -> bool:
    return lacks_contact(question, reading.text)


def _is_no_address(question: str, reading: Reading) -> bool:
    return is_no_address(question, reading.marked)


def _is_own_date(question: str, reading: Reading) -> bool:
    return is_own_date(question, reading.hit.document, reading.sentence)


RULES: tuple[Callable[[str, Reading], bool], ...] = (
    _lacks_contact,
    _is_no_address,
    _is_own_date,
    is_denied,
    is_of_other_kind,
    is_of_opposite,
    is_of_other_limit,
    is_of_other_side,
    is_of_other_stage,
    is_of_other_end,
    is_of_other_numbers,
    is_of_other_offices,
    is_of_other_title,
    is_of_other_people,
    is_of_other_bearers,
    is_of_other_relation,
    is_done_to_another,
    is_of_other_contact,
    is_of_another_match,
    is_of_another_record,
    is_on_another_subject,
    is_of_the_whole,
    is_of_other_places,
    is_of_other_turn,
)


def ruled_out_behind(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return a question's readings, those that a rule tells to be of something else as related, and no answers.

    They come behind what may answer, and before what is not likely to anyway. Other rules are asked by themselves:
    denials.py leaves rumours out, other_headings.py needs the passages around them, other_periods.py all that is read
    in any document.
    """
    likely = [one for one in readings if one.confidence > SUBJECT_CONFIDENCE]
    silent = [one for one in likely if any(rule(question, one) for rule in RULES)]
    others = [one for one in readings if one not in silent]
    behind = max((place for place, one in enumerate(others, start=1) if one in likely), default=0)
    return [*others[:behind], *map(as_related, silent), *others[behind:]]
