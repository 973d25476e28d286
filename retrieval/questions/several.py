"""A message that asks several questions, answered one by one."""

from retrieval.errors import ManyQuestionsError
from retrieval.questions.asked_part import each_part
from retrieval.questions.courtesy import as_read
from retrieval.questions.question_parts import asks, has_subject, is_question, opened
from retrieval.text.patterns import regex

_QUESTION_END = regex(r"(?<=\?)\s+")
_MOST_ASKED = 10  # questions of a message that are answered one by one


def questions_in(message: str) -> list[str]:
    """Return the questions of a message that asks several, each with what leads to it; else the message as it is.

    Parts that are asked for together, as "articles 5 and 6", are several. Raises ManyQuestionsError if there are more
    than _MOST_ASKED.
    """
    questions: list[str] = []
    begun = False
    for part in _QUESTION_END.split(message):
        asked, _ = opened(as_read(part))
        own = is_question(asked) or (asked.endswith("?") and asks(asked))
        if questions and not (own and begun):  # "What? Who said that?"
            questions[-1] += f" {part}"
        else:
            questions += each_part(part)
        if len(questions) > _MOST_ASKED:
            raise ManyQuestionsError(_MOST_ASKED)
        begun = begun or has_subject(part)
    return questions if len(questions) > 1 else [message]
