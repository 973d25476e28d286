"""Put a question as retrieval/questions/follow_ups.py puts it together: with a title or a name, and little grammar."""

import re
from random import Random

from retrieval.questions.question_parts import ASKS, names_in, rest_of
from training.examples import ContextExample

_AUXILIARY = re.compile(r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)\s+", re.IGNORECASE)
_ENGLISH = re.compile(r"wh|(?:\w+ )?(?:how|what|which)\b", re.IGNORECASE)
_ADDED = ("", "", "was it", "exactly"), ("", "itu")  # "And when was it?" after "Who co-chaired the meeting?"


def put_together(question: str, context: ContextExample, random: Random) -> str:
    """Return the question in its own words with names of the context: one that this answers no more and no less."""
    asked = question.rstrip(" ?")
    title = context.text[: context.body].rstrip(": ")
    asks = ASKS.match(asked)
    if asks and random.random() < 0.4:
        added = random.choice(_ADDED[not _ENGLISH.match(asks[0])])
        asked = " ".join(filter(None, (asks[0], added, _AUXILIARY.sub("", rest_of(asked)))))
    if title and random.random() < 0.7:
        return f"{asked}, {title}?"
    names = [name for name in names_in(context.text[context.body :], asks=False) if ". " not in name]
    return f"{asked} {random.choice(names)}?" if names and random.random() < 0.5 else f"{asked}?"
