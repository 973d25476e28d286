"""Messages that ask nothing of the documents: "who are you?", "help", "?". In English and Indonesian."""

import re

from retrieval.questions.courtesy import as_read
from retrieval.questions.question_parts import (
    ELSE,
    PERSON,
    WORD,
    asks,
    is_question,
    only_goes_on,
    opened,
    subject_words,
)
from retrieval.text.patterns import regex

_THE_BOT = regex(r"\b(?:you|your|kamu|kau|anda|namamu|kabar|this bot|bot ini)\b", re.IGNORECASE)
_OF_THE_BOT = frozenset(
    """your bot name help work use bisa nama namamu bantu membantu kerja pakai aja
    know have documents document files sources read tahu tau punya dokumen berkas sumber baca""".split()
)
_HELP = regex(
    r"(?:help|start|menu|bantuan|bantu|mulai)(?: me| us| saya| kami| aku)?(?:,? please| dong| ya)?", re.IGNORECASE
)


def addresses_the_bot(asked: str) -> bool:
    """Tell whether an opened message says nothing but what the bot itself is asked: "what can you do?" """
    return bool(_THE_BOT.search(asked)) and _OF_THE_BOT.issuperset(subject_words(asked))


def speaks_to_the_bot(message: str) -> bool:
    """Tell whether a message asks only the bot itself, for what it is or for help: "who are you?", "help", "?" """
    if not WORD.search(message):
        return "?" in message
    asked, _ = opened(as_read(message))
    if _HELP.fullmatch(asked.strip(" ?!.")):
        return True
    return addresses_the_bot(asked) and ("?" in message or asks(asked) or is_question(asked))


def is_courtesy(text: str) -> bool:
    """Tell whether a message asks nothing: "Thanks!", "ok", a thumb."""
    asked, connected = opened(text)
    more = only_goes_on(asked, connected=connected) or ELSE.search(asked)
    if "?" in asked and (len(WORD.findall(asked)) > 1 or "(" in asked):  # "Is that right?", "And (a)?"
        return False
    return not (more or asks(asked) or PERSON.search(asked) or subject_words(asked))
