"""Alter a question a little, so that the passage that answered it no longer does.

People's questions miss in this way: a name, a year or a direction that the passage does not speak of. The
kinds follow what crowd workers did in SQuAD 2.0 (Rajpurkar et al., "Know What You Don't Know", 2018).
"""

import re
from collections.abc import Sequence
from random import Random

_NAME = re.compile(r"(?<=[a-z,'’] )[A-Z][\w'’-]+(?: (?:of |the |de |van )?[A-Z][\w'’-]+)*")
_YEAR = re.compile(r"\b(?:1\d{3}|20\d\d)\b")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?![\w.,])")
_PAIRS = """
first last; largest smallest; highest lowest; most least; more fewer; oldest youngest; older younger;
longest shortest; best worst; before after; north south; northern southern; east west; eastern western; increase
decrease; increased decreased; win lose; won lost; begin end; began ended; start stop; started stopped; born buried;
maximum minimum; major minor; male female; father mother; son daughter; brother sister; husband wife; king queen; open
close; opened closed; enter leave; arrive depart; above below; inside outside; public private; early late; earliest
latest; import export; allow forbid; allowed forbidden; support oppose; supported opposed; include exclude; included
excluded; accept reject; accepted rejected; buy sell; bought sold; success failure; strong weak; strongest weakest;
internal external; common rare; positive negative; pertama terakhir; terbesar terkecil; tertinggi terendah; terpanjang
terpendek; sebelum sesudah; utara selatan; timur barat; naik turun; menang kalah; dimulai berakhir; lahir meninggal;
ayah ibu; raja ratu; suami istri; dibuka ditutup; tertua termuda; terluas tersempit
"""
_OPPOSITES = {
    word: other
    for pair in _PAIRS.replace("\n", " ").split(";")
    for word, other in (pair.split(), reversed(pair.split()))
}
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|did|does|do|can|could|will|would|has|have|had)\b")


def names(question: str) -> list[str]:
    """Return the names in a question: capitalised words that do not begin it."""
    return [match[0] for match in _NAME.finditer(question)]


def altered(question: str, context: str, others: Sequence[str], random: Random) -> str | None:
    """Return the question with another name, year, number, an opposite or a negation; None if none fits.

    `others` are names of other questions; what is put in does not stand in the context.
    """
    ways = [_other_name, _other_number, _opposite, _opposite]
    random.shuffle(ways)
    if random.random() < 0.15:
        ways.insert(0, _negated)
    there = context.casefold()
    for way in ways:
        changed = way(question, there, others, random)
        if changed and changed != question:
            return changed
    return None


def _other_name(question: str, there: str, others: Sequence[str], random: Random) -> str | None:
    found = [match for match in _NAME.finditer(question) if match[0].casefold() in there]
    if not found or not others:
        return None
    match = random.choice(found)
    for other in random.sample(others, min(8, len(others))):
        if other.casefold() not in there and other.casefold() not in question.casefold():
            return question[: match.start()] + other + question[match.end() :]
    return None


def _other_number(question: str, there: str, others: Sequence[str], random: Random) -> str | None:
    for pattern, spread in ((_YEAR, 12), (_NUMBER, 9)):
        if found := [match for match in pattern.finditer(question) if match[0] in there]:
            match = random.choice(found)
            other = str(max(1, int(match[0]) + random.choice([-1, 1]) * random.randint(1, spread)))
            if other not in there:
                return question[: match.start()] + other + question[match.end() :]
    return None


def _opposite(question: str, there: str, others: Sequence[str], random: Random) -> str | None:
    words = [match for match in re.finditer(r"\w+", question) if match[0] in _OPPOSITES]
    words = [match for match in words if _OPPOSITES[match[0]] not in there]
    if not words:
        return None
    match = random.choice(words)
    return question[: match.start()] + _OPPOSITES[match[0]] + question[match.end() :]


def _negated(question: str, there: str, others: Sequence[str], random: Random) -> str | None:
    match = _AUXILIARY.search(question)
    after = re.compile(r"\s+(?:the |a |an )?[\w'’-]+").match(question, match.end()) if match else None
    if not match or not after:
        return None
    if match[0] in ("did", "does", "do", "can", "could", "will", "would"):
        return f"{question[: after.end()]} not{question[after.end() :]}"
    return f"{question[: match.end()]} not{question[match.end() :]}"
