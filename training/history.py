"""Put before a question that goes on from others what was asked and answered: "Who led it? Ana Lim. And when?".

That is the form of conversations in data sets (Choi et al., "QuAC", 2018; Reddy et al., "CoQA", 2019). A history is a
sequence of questions, each with its answer, or "" if it was not found.
"""

_ANSWER_WORDS = 20
_MOST = 3  # the question that began, which names what is spoken of, and the last ones

History = tuple[tuple[str, str], ...]


def gone_on(history: History, question: str, answer: str) -> History:
    """Return a history with one more question, the last, and its answer."""
    longer = (*history, (question, answer))
    return longer if len(longer) <= _MOST else (longer[0], *longer[1 - _MOST :])


def asked_after(history: History, question: str) -> str:
    """Return a question after what was asked and answered before."""
    return " ".join((*(exchange(*one) for one in history), question))


def exchange(question: str, answer: str) -> str:
    """Return a question with its answer, of a long one the beginning."""
    asked = f"{question.rstrip(' ?.!')}?"
    told = " ".join(answer.split()[:_ANSWER_WORDS]).rstrip(" .")
    return f"{asked} {told}." if told else asked
