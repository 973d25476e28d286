"""What has no number to call, or no address of e-mail, does not answer a question for one."""

from collections.abc import Sequence

from retrieval.questions.asked_contact import lacks_contact
from retrieval.values import Reading


def lacking_contacts(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return, as no answers, sentences without a telephone number or an address where a question asks for one."""
    return [one for one in readings if lacks_contact(question, one.text)]
