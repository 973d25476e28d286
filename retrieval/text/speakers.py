"""Who speaks in an interview or a transcript, and who only asks: the labels before its turns."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from retrieval.text.form_fields import fields_among, is_field, is_value
from retrieval.text.paragraphs import PARAGRAPH_BREAK
from retrieval.text.patterns import regex
from retrieval.text.people import are_one, names_of, titles_fit, without_brackets
from retrieval.values import Document, Sentence

MESSAGE = (  # the beginning of one in a chat that was saved: "[21/11/26, 07.15] ", "21/11/26 8:15 AM - "
    r"(?P<open>\[)?\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?"
    r"(?(open)\]| [–-] )\s?"
)
_TURN = regex(  # "**Ana Lim:** Yes.", "LENA FARROW (Halden Post): Will anyone resign?", "Q: And then?"
    rf"^[ \t]{{0,3}}(?:>[ \t]?)?(?:{MESSAGE}|\[\d{{1,2}}:\d\d(?::\d\d)?\] )?"
    r"[*_]{0,3}(?=(?:[^\n:()]|\([^()\n]*\)){1,60}:)"
    r"(?P<label>[^\W\d_a-z][\w.'’-]*(?:,? (?:[^\W\d_a-z][\w.'’-]*|\w{1,3}|\([^()\n]*\))){0,6})"
    r"[*_]{0,3} ?:[*_]{0,3}(?:[ \t]{1,3}|(?P<alone>(?:[ \t]*\r?\n){1,2}))(?=[^\s\"“«])",
    re.MULTILINE,
)
_ASKS = {"q", "question", "questions", "t", "tanya", "pertanyaan"}
_ANSWERS = {"a", "answer", "j", "jawab", "jawaban"}
_HEADING = regex(r"^(?:#{1,6} |\*\*[^*\n]+\*\*[ \t\r]*$)", re.MULTILINE)  # in Markdown, also one that is only bold
_OTHER_TURN = regex(  # of somebody else, though not of the usual form: "2. Mrs. Joan Adeyemi (Carrow South):"
    r"^[ \t]{0,3}[*_]{0,3}(?P<number>\d{1,3}[.)] )?(?P<label>[^\W\d_a-z][\w.'’-]*"
    r"(?:,? (?:[^\W\d_a-z][\w.'’-]*|(?![^\W\d_a-z])\w{1,3}|\([^()\n]*\))){0,14})[*_]{0,3} ?:[*_]{0,3}[ \t]+\S",
    re.MULTILINE,
)
_TITLED = regex(r"(?:Mr|Mrs|Ms|Dr|Sir|Hon|Ibu|Bapak|Sdr|Sdri)\b")
_OFFICE = regex(
    r"(?:(?:Prime |Foreign |Deputy )?Minister|President|Chair\w*|Secretary|Ambassador|Senator|Governor|Mayor|Spokes\w+"
    r"|Moderator|Menteri|Menlu|Presiden|Ketua|Gubernur|Bupati|Wali Kota|Sekretaris|Duta Besar|Juru Bicara|Pak|Bu)\b"
    r"(?! (?:Responsib|Dut|Task|Role|Qualif|Power|Tugas|Wewenang)).*"  # of which a list may be
)
_ROW = regex(r"[^:;\n]{1,60}: [^;\n]*; [^:;\n]{1,60}: ")  # of a table, "column: value; column: value"
_MESSAGE_BEGINS = regex(rf"^[\u200e\u200f]?{MESSAGE}", re.MULTILINE)
_ENDS_TURN = regex(  # a label in a line, a line of capitals, a subject above a turn, what a record tells
    r"(?<=[.!?] )(?=[A-Z][A-Z.'’ -]{2,40}(?: \([^()\n]{1,60}\))?: )|"
    r"(?:(?<=\n\n)|(?<=\n\r\n))(?=[^\n]*[A-Z]{4})[^a-z:!?\n]{4,80}(?=\r?\n\r?\n)"
    r"|(?:(?<=\n\n)|(?<=\n\r\n))(?=[A-Z][^.!?:;\n]{2,60}\r?\n\r?\n[^:\n]{2,60}: )|^[ \t]{0,3}Q\.[ \t]+[A-Z]"
    r"|^[ \t]*(?:The (?:House|meeting|sitting|session|committee|hearing) (?:divided|adjourned|rose|resumed"
    r"|was (?:suspended|adjourned|resumed|closed|opened|called to order))\b"
    r"|Question put|A (?:recorded )?vote was\b|(?:Rapat|Sidang) di(?:buka|tutup|skors|lanjutkan)\b)",
    re.MULTILINE,
)
_LINE = regex(r"\S[^\n]*")
_ADDRESSES = regex(r"(?:DEAR|YTH)\b")  # as a letter does
_LEAST_SPEAKERS = 2
_LEAST_TURNS = 2  # of each of them
_MOST_PARAGRAPHS = 2  # for each label, where people speak by turns
_MOST_LABELS = 300  # different ones: more are a list
_AROUND = 20_000  # characters on each side, in which turns are looked for
_FIGURE_IN_BRACKETS = regex(r"\([^()]*\d[^()]*\)")


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one speaker says without a break, from its label on: `text[start:end]` of a document."""

    label: str
    start: int
    end: int


class Speakers:
    """Those who speak around a sentence of a document; nobody where it is no interview and no transcript.

    It is one if several labels stand before several turns each, and before most paragraphs from the first turn to the
    last: at the head of minutes each label stands once, and what a story quotes stands between its other paragraphs.
    """

    def __init__(self, document: Document, sentence: Sentence) -> None:
        self._document = document
        self._turns = _turns(document, sentence)
        self._starts = [turn.start for turn in self._turns]

    def of(self, sentence: Sentence) -> str:
        """Return who says a sentence, by the label of its turn; nothing if nobody is named."""
        turn = self._turn(sentence)
        return turn.label if turn and turn.label.casefold() not in _ASKS | _ANSWERS else ""

    def before(self, sentence: Sentence) -> str:
        """Return who says a sentence if its turn, and with it the label, begins with another one."""
        turn = self._turn(sentence)
        return self.of(sentence) if turn and turn.start < sentence.start else ""

    def label_in(self, sentence: Sentence) -> tuple[int, int] | None:
        """Return the span of the label that a sentence has, as the first of its turn; None if it has none."""
        turn = self._turn(sentence)
        if turn is None or turn.start < sentence.start:
            return None
        start = self._document.text.index(turn.label, turn.start)
        return start, start + len(turn.label)

    def asks(self, sentence: Sentence) -> bool:
        """Tell whether a sentence is said by somebody who asks others that answer."""
        turn = self._turn(sentence)
        return turn is not None and turn.label in self._asking

    def besides(self, person: str) -> set[str]:
        """Return the labels of the others, if one of those who speak several times has a name of this person."""
        labels = Counter(turn.label for turn in self._turns)
        own = self.named(person)
        return labels.keys() - own if any(labels[label] >= _LEAST_TURNS for label in own) else set()

    def named(self, person: str) -> set[str]:
        """Return the labels that have a name of a person, and no title of another."""
        asked = names_of(person)
        labels = {turn.label for turn in self._turns}
        return {one for one in labels if not asked.isdisjoint(names_of(one)) and titles_fit(person, one)}

    def is_label(self, sentence: Sentence) -> bool:
        """Tell whether a sentence is only the label of who speaks next."""
        turn = self._turn(sentence)
        says = self._document.text_of(sentence).strip("*_ ")
        return turn is not None and turn.start <= sentence.start and says.rstrip(":*_ ") == turn.label.strip("*_ ")

    @cached_property
    def _asking(self) -> set[str]:
        return _who_ask(self._document, self._turns)

    def _turn(self, sentence: Sentence) -> _Turn | None:
        number = bisect_right(self._starts, sentence.start) - 1
        turn = self._turns[number] if number >= 0 else None
        return turn if turn and sentence.start < turn.end else None


def _turns(document: Document, sentence: Sentence) -> list[_Turn]:
    """Return the turns around a sentence in order.

    Each goes on to the next label or heading, the last one to the end of its paragraph, or, where all others are a line
    each, of its line.
    """
    text = document.text
    begin, end = max(document.body, sentence.start - _AROUND), min(sentence.end + _AROUND, len(text))
    found = _labels(text, begin, end)
    labels = [(match.start(), match["label"]) for match in found]
    breaks = [match.end() for match in PARAGRAPH_BREAK.finditer(text, labels[0][0], end)] if labels else []
    below_labels = sum(PARAGRAPH_BREAK.search(match["alone"] or "") is not None for match in found)
    between = bisect_right(breaks, labels[-1][0]) - below_labels if labels else 0
    if not labels or between > _MOST_PARAGRAPHS * len(labels):
        return []
    starts = [start for start, _ in labels]
    line_ends = [match.end() for start in starts if (match := _LINE.search(text, start, end))]
    a_line_each = not between and text[: line_ends[-1]].rstrip().endswith((".", "!", "?", "”", '"'))
    a_line_each &= all(not text[line:start].strip() for line, start in zip(line_ends, starts[1:], strict=False))
    last = line_ends[-1] if a_line_each else next((place for place in breaks if place > starts[-1]), end)
    patterns = (_ENDS_TURN, _MESSAGE_BEGINS, *[_HEADING] * document.markdown)
    others = [match.start() for pattern in patterns for match in pattern.finditer(text, begin, end)]
    others += [match.start() for match in _OTHER_TURN.finditer(text, begin, end) if _is_of_person(match)]
    ends = sorted([*(start for start, _ in labels), *others, last])
    return [_Turn(label, start, ends[bisect_right(ends, start)]) for start, label in labels]


def _labels(text: str, begin: int, end: int) -> list[re.Match[str]]:
    """Return the labels of those who speak between two places of a text, in order; none where it is no transcript.

    Where all that speak again and again are "Q" and "A", it begins with the first question.
    """
    found = list(_TURN.finditer(text, begin, end))
    if len({match["label"] for match in found}) > _MOST_LABELS:
        return []
    turns = Counter(match["label"] for match in found)
    near = text[begin:end]
    named = {  # of two words, also if the text names them elsewhere
        label
        for label, count in turns.items()
        if _may_stand_alone(label) or (" " in label and near.count(label.strip("*_ ")) > count)
    }
    found = [match for match in found if not match["alone"] or match["label"] in named]
    rows = [match["label"] for match in found if _ROW.match(text, match.start())]
    others = {label for label, count in Counter(rows).items() if count > 1}  # a row alone may be said
    others |= fields_among(text, found)
    found = [match for match in found if match["label"] not in others]
    turns_of = Counter(_spoken_by(match["label"]) for match in found)
    often = {label for match in found if turns_of[_spoken_by(label := match["label"])] >= _LEAST_TURNS}
    speakers = set(map(_spoken_by, often))
    once = {label for match in found if (label := match["label"]) not in often and _may_speak_once(text, match)}
    # "FRAKSI KARYA (DEDI)" may speak once, as "MS DAHL (Orsund)", and "Bo Roe (Daily Ledger)" ask once
    titled = {
        label
        for match in found
        if "(" in (label := match["label"]) and (without_brackets(label).isupper() or _asks(text, match, end))
    }
    in_capitals = {one for one in once if one.isupper() and one.casefold() not in near and not _ADDRESSES.match(one)}
    are_few = len(speakers) < _LEAST_SPEAKERS
    if are_few and not (often and max(len(titled), len(in_capitals)) >= _LEAST_SPEAKERS):
        return []
    if any(map(is_field, often)):
        return []
    first = next(match.start() for match in found if match["label"] in often)
    begins = first if speakers <= _ASKS | _ANSWERS else begin
    return [match for match in found if match["label"] in often | once and match.start() >= begins]


def _may_stand_alone(label: str) -> bool:
    """Tell whether a label on its own line is a speaker's, not a list's: in capitals, or with brackets or a title."""
    label = label.strip("*_ ")
    return label.isupper() or "(" in label or bool(_TITLED.match(label) or _OFFICE.fullmatch(label))


def _spoken_by(label: str) -> str:
    """Return a label without its brackets, in which somebody's name stands, or place; no result: "Wick (1-0)"."""
    return label if _FIGURE_IN_BRACKETS.search(label) else without_brackets(label).casefold()


def _may_speak_once(text: str, label: re.Match[str]) -> bool:
    """Tell whether a label that stands once may be a speaker's: one of a person or an office, or before a sentence."""
    name = label["label"]
    is_titled = "(" in name or _TITLED.match(name) or _OFFICE.fullmatch(name)
    return not is_field(name) and bool(is_titled or not is_value(text, label))


def _asks(text: str, label: re.Match[str], end: int) -> bool:
    line = _LINE.search(text, label.start(), end)
    return line is not None and line[0].rstrip('"”*_ \r').endswith("?")


def _is_of_person(turn: re.Match[str]) -> bool:
    """Tell whether a line that may begin a turn does: no item of a list, and no note."""
    is_titled = "(" in turn["label"] or _TITLED.match(turn["label"])
    return not is_field(turn["label"]) and bool(is_titled or not turn["number"])


def _who_ask(document: Document, turns: Sequence[_Turn]) -> set[str]:
    """Return the labels most of whose turns end as questions do, if others that speak several times do not so."""
    asked: dict[str, list[bool]] = defaultdict(list)
    for turn in turns:
        said = document.text_of(turn).rstrip("\"'”’»*_)> \t\r\n")
        asks = without_brackets(turn.label).casefold() in _ASKS  # "Question (Anna Friis)"
        asked[turn.label].append(said.endswith("?") or asks)
    of_person = {one: [end for label in asked if are_one(one, label) for end in asked[label]] for one in asked}
    asking = {label for label, ends in of_person.items() if 2 * sum(ends) > len(ends)}
    return asking if any(len(of_person[label]) >= _LEAST_TURNS for label in asked.keys() - asking) else set()
