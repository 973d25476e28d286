"""Ask for a yes or a no what a question asks openly: "When was it founded?" becomes "Was it founded in 1990?".

People ask "did", "was" and "can", and what they want to see is the same sentence. No question set that is trained on
has such questions.
"""

import re
from random import Random

_MOST_WORDS = 8  # of an answer that is put into a question
_AUXILIARIES = "is|are|was|were|did|does|do|can|could|will|would|has|have|had|should"
_PREPOSITION = re.compile(
    r"(?:in|on|at|during|after|before|since|from|by|until|around|about|to|near|with|for|of|into|between|outside"
    r"|inside|along|through|across|over|under|against|because|di|ke|dari|pada|sejak|tahun|tanggal)\b",
    re.IGNORECASE,
)
_ENDS_OPEN = re.compile(r"\b(?:in|on|at|from|by|to|near|with|for|of|into|as|like|about)\Z", re.IGNORECASE)
_ADVERBIAL = re.compile(
    r"(when|where|how long|how often|how much|(?:(?:in|on|at|for|by|with|to) )?(?:what|which) "
    r"(?:year|day|date|month|century|decade|country|city|town|state|age|time))\s"
    rf"({_AUXILIARIES})\s(.+)",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"(?:who|whom|what|(?:what|which) [a-z]+)\s(did|does|do|can|could|will|would)\s(\S+(?: \S+){1,4})")
_SUBJECT = re.compile(r"(?:who|what|(?:what|which) [a-z]+)\s(is|are|was|were|has|have|had|can|will)\s(.+)")
_COUNT = re.compile(r"how many ([a-z]+)\s(is|are|was|were|have|had|can|will)\s(.+)")
_COUNT_OF = re.compile(r"how many ([a-z]+)\s(did|does|do|can|could|will|would)\s(\S+(?: \S+){1,4})")
_WHO = re.compile(rf"who\s(?!(?:{_AUXILIARIES})\b)([a-z]+s?\b.+)")
_WHEN_ID = re.compile(r"(?:kapan|kapankah|di ?mana|di ?manakah)\s(.+)")
_WHO_ID = re.compile(r"(?:siapa|siapakah)\s(.+)")


def closed(question: str, answer: str, random: Random) -> str | None:
    """Return the question with its answer in it, as one to be answered with yes or no; None if no form fits."""
    answer = _uncapitalised(answer.strip(" .,;:\"'“”‘’()"))
    asked = question.strip().rstrip("?. ").strip()
    if not answer or not asked or len(answer.split()) > _MOST_WORDS or "\n" in answer:
        return None
    asked = asked[0].lower() + asked[1:]
    put = _english(asked, answer, random) or _indonesian(asked, answer)
    return f"{put[0].upper()}{put[1:]}?" if put else None


def _uncapitalised(answer: str) -> str:
    """Write an article or a preposition small that begins a sentence."""
    first = answer.partition(" ")[0]
    small = first in ("The", "A", "An") or (_PREPOSITION.fullmatch(first) and first.istitle())
    return answer[0].lower() + answer[1:] if small else answer


def _english(asked: str, answer: str, random: Random) -> str | None:
    if match := _ADVERBIAL.fullmatch(asked):
        way, auxiliary, rest = match.groups()
        plain = way.startswith("how") or _PREPOSITION.match(answer) or _ENDS_OPEN.search(rest)
        return f"{auxiliary} {rest} {'' if plain else _preposition(way, answer)}{answer}"
    if match := _COUNT.fullmatch(asked):
        return f"{match[2]} {answer} {match[1]} {match[3]}"
    if match := _COUNT_OF.fullmatch(asked):
        return f"{match[2]} {match[3]} {answer} {match[1]}"
    if (match := _OBJECT.fullmatch(asked)) and " do" not in match[2]:
        return f"{match[1]} {match[2]} {answer}"
    if match := _SUBJECT.fullmatch(asked):
        auxiliary, rest = match.groups()
        if _ENDS_OPEN.search(rest) or rest.endswith("ed"):
            return f"{auxiliary} {rest} {answer}"
        return f"{auxiliary} {answer} {rest}"
    if match := _WHO.fullmatch(asked):
        return random.choice(
            [f"was it {answer} who {match[1]}", f"is it true that {answer} {match[1]}", f"{answer} {match[1]}"]
        )
    return None


def _preposition(way: str, answer: str) -> str:
    """Return what leads from a verb to a time or a place."""
    if "time" in way or "age" in way:
        return "at "
    dated = re.search(r"\b\d{1,2}\b", answer) and re.search(r"[A-Za-z]", answer)
    return "on " if dated and not way.startswith(("where", "in")) else "in "


def _indonesian(asked: str, answer: str) -> str | None:
    if match := _WHEN_ID.fullmatch(asked):
        leads = "" if _PREPOSITION.match(answer) else "pada " if asked.startswith("kapan") else "di "
        return f"apakah {match[1]} {leads}{answer}"
    if match := _WHO_ID.fullmatch(asked):
        return f"apakah {answer} {match[1]}"
    return None
