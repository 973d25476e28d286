"""What people ask of a meeting by other words than the head of its minutes has: "who took the minutes?"."""

import re
from collections.abc import Iterable

from retrieval.text.patterns import regex

_WHO = r"\A\W*(?:and |dan )?(?:who|siapa(?: s?aja)?(?: ya?n?g)?)(?: all)?"
_COULD_NOT = r"(?:could|can|did|was|were|is|are|will|would)(?: not|n[’']?t)"
_COME = r"(?:come|coming|attend(?:ing)?|make it|take part|show up|be there|there|present|able to (?:come|attend))"
_LABELS = (  # what asks for a line, and the labels that it may have, in small letters
    (
        regex(
            rf"{_WHO} (?:(?:took|takes|wrote|kept|keeps|did) (?:the )?minutes"
            r"|(?:me)?n?(?:tulis|catat|ulis|catet|yatat) (?:notul\w+|risalah)(?:nya)?|notulis(?:nya)?)\b",
            re.IGNORECASE,
        ),
        ("minute taker", "minutes taken by", "minutes", "notulis", "notulen"),
    ),
    (
        regex(
            rf"{_WHO} (?:(?:was|were|is|are) (?:absent|excused)|{_COULD_NOT} {_COME}|sent (?:\w+ )?apologies"
            r"|absen|izin|berhalangan(?: hadir)?|(?:tidak|tak|ga?k?|nggak|enggak) (?:bisa )?(?:hadir|datang|ikut))\b",
            re.IGNORECASE,
        ),
        ("apologies", "absent", "excused", "regrets", "tidak hadir", "berhalangan", "absen", "izin"),
    ),
    (
        regex(
            rf"{_WHO} (?:(?:was|were) (?:there|present)|attended|came|took part|(?:yang )?(?:hadir|datang|ikut))\b",
            re.IGNORECASE,
        ),
        ("present", "attendance", "in attendance", "attendees", "participants", "hadir", "peserta", "yang hadir"),
    ),
)


def asked_by_label(question: str, labels: Iterable[str]) -> str:
    """Return a question with the label, one of those of a document, for the words by which it asks for that line.

    One that has such a label itself stays as it is.
    """
    there = {label.casefold(): label for label in labels}
    for asks, names in _LABELS:
        found = [there[name] for name in names if name in there]
        if found and asks.search(question):
            is_said = any(label.casefold() in question.casefold() for label in found[1:])
            return question if is_said else asks.sub(f"who {found[0]}", question, count=1)
    return question
