"""Who speaks in an interview or a transcript, and who only asks: the labels before its turns."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from retrieval.values import Document, Sentence

MESSAGE = (  # the beginning of one in a chat that was saved: "[21/11/26, 07.15] ", "21/11/26 8:15 AM - "
    r"(?P<open>\[)?\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?"
    r"(?(open)\]| [–-] )\s?"
)
_TURN = re.compile(  # "**Ana Lim:** Yes.", "LENA FARROW (Halden Post): Will anyone resign?", "Q: And then?"
    rf"^[ \t]{{0,3}}(?:>[ \t]?)?(?:{MESSAGE}|\[\d{{1,2}}:\d\d(?::\d\d)?\] )?"
    r"[*_]{0,3}(?=(?:[^\n:()]|\([^()\n]*\)){1,60}:)"
    r"(?P<label>[^\W\d_a-z][\w.'’-]*(?: (?:[^\W\d_a-z][\w.'’-]*|\w{1,3}|\([^()\n]*\))){0,6})"
    r"[*_]{0,3} ?:[*_]{0,3}(?:[ \t]{1,3}|(?P<alone>(?:[ \t]*\r?\n){1,2}))(?=[^\s\"“«])",
    re.MULTILINE,
)
_ASKS = {"q", "question", "questions", "t", "tanya", "pertanyaan"}
_ANSWERS = {"a", "answer", "j", "jawab", "jawaban"}
_FIELDS = frozenset(  # which stand before lines of lists, mails and notes
    """from to cc subject date time place venue source photo picture caption video note notes tip warning example issue
    decision action result status name role position title author editor address phone what where when who why how myth
    fact claim verdict problem solution step price total present attendees participants needs response responses gaps
    constraints impact background overview recommendation recommendations deaths injured missing displaced damage
    dari kepada kpd perihal hal tanggal waktu tempat lokasi sumber foto gambar video catatan contoh masalah keputusan
    hasil status nama jabatan judul penulis editor alamat telepon apa kapan siapa mengapa mitos fakta langkah harga
    jumlah hadir peserta dampak upaya kebutuhan kendala kondisi kronologi kronologis korban meninggal luka hilang
    mengungsi kerusakan respons penanganan rekomendasi transcript transkrip interview wawancara persyaratan syarat biaya
    tarif produk prosedur pengaduan keterangan ket pukul jam wa hp telp tel email nip kontak narahubung jadwal
    kuota acara kegiatan nomor no program requirements fee fees hours contact schedule programme activity""".split()
)
_HEADING = re.compile(r"^(?:#{1,6} |\*\*[^*\n]+\*\*[ \t]*$)", re.MULTILINE)  # in Markdown, also one that is only bold
_OTHER_TURN = re.compile(  # of somebody else, though not of the usual form: "2. Mrs. Joan Adeyemi (Carrow South):"
    r"^[ \t]{0,3}[*_]{0,3}(?P<number>\d{1,3}[.)] )?(?P<label>[^\W\d_a-z][\w.'’-]*"
    r"(?:,? (?:[^\W\d_a-z][\w.'’-]*|(?![^\W\d_a-z])\w{1,3}|\([^()\n]*\))){0,14})[*_]{0,3} ?:[*_]{0,3}[ \t]+\S",
    re.MULTILINE,
)
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Hon|Ibu|Bapak|Sdr|Sdri)\b")
_OFFICE = re.compile(
    r"(?:(?:Prime |Foreign |Deputy )?Minister|President|Chair\w*|Secretary|Ambassador|Senator|Governor|Mayor|Spokes\w+"
    r"|Moderator|Menteri|Menlu|Presiden|Ketua|Gubernur|Bupati|Wali Kota|Sekretaris|Duta Besar|Juru Bicara|Pak|Bu)\b"
    r"(?! (?:Responsib|Dut|Task|Role|Qualif|Power|Tugas|Wewenang)).*"  # of which a list may be
)
_ROW = re.compile(r"[^:;\n]{1,60}: [^;\n]*; [^:;\n]{1,60}: ")  # of a table, "column: value; column: value"
_MESSAGE_BEGINS = re.compile(rf"^[\u200e\u200f]?{MESSAGE}", re.MULTILINE)
_ENDS_TURN = re.compile(  # a line of capitals between empty ones, a label within a line, what a record tells besides
    r"(?<=[.!?] )(?=[A-Z][A-Z.'’ -]{2,40}(?: \([^()\n]{1,60}\))?: )|"
    r"(?:(?<=\n\n)|(?<=\n\r\n))(?=[^\n]*[A-Z]{4})[^a-z:!?\n]{4,80}(?=\r?\n\r?\n)|^[ \t]{0,3}Q\.[ \t]+[A-Z]"
    r"|^[ \t]*(?:The (?:House|meeting|sitting|session|committee|hearing) (?:divided|adjourned|rose|resumed"
    r"|was (?:suspended|adjourned|resumed|closed|opened|called to order))\b"
    r"|Question put|A (?:recorded )?vote was\b|(?:Rapat|Sidang) di(?:buka|tutup|skors|lanjutkan)\b)",
    re.MULTILINE,
)
_LINE = re.compile(r"\S[^\n]*")
_BREAK = re.compile(r"\n[ \t]*\r?\n")
_LEAST_SPEAKERS = 2
_LEAST_TURNS = 2  # of each of them
_MOST_PARAGRAPHS = 2  # for each label, where people speak by turns
_MOST_LABELS = 300  # different ones: more are a list
_AROUND = 20_000  # characters on each side, in which turns are looked for
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_FIGURE_IN_BRACKETS = re.compile(r"\([^()]*\d[^()]*\)")
_NAME_OR_NUMBER = re.compile(r"[^\W\d_]{3,}|\d+")
_NAME = re.compile(r"[^\W\d_]{3,}")
_NO_NAMES = frozenset("the and for mrs dan ibu pak bapak".split())


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
        """Return the labels that have a name of a person."""
        asked = _names(person)
        return {turn.label for turn in self._turns if not asked.isdisjoint(_names(turn.label))}

    def is_label(self, sentence: Sentence) -> bool:
        """Tell whether a sentence is only the label of who speaks next."""
        turn = self._turn(sentence)
        says = self._document.text[sentence.start : sentence.end].strip("*_ ")
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
    tables = {label for label, count in Counter(rows).items() if count > 1}  # a row alone may be said
    labels = [(match.start(), match["label"]) for match in found if match["label"] not in tables]
    turns_of = Counter(_without_brackets(label) for _, label in labels)
    often = {label for _, label in labels if turns_of[_without_brackets(label)] >= _LEAST_TURNS}
    speakers = set(map(_without_brackets, often))
    # "FRAKSI KARYA (DEDI)" may speak once, and "Bo Roe (Daily Ledger)" ask once
    titled = {label for at, label in labels if "(" in label and (label.isupper() or _ends_as_question(text, at, end))}
    are_few = len(speakers) < _LEAST_SPEAKERS and not (often and len(titled) >= _LEAST_SPEAKERS)
    if are_few or any(_is_field(label) for label in often):
        return []
    labels = [(start, label) for start, label in labels if not _is_field(label)]
    breaks = [match.end() for match in _BREAK.finditer(text, labels[0][0], end)]
    below_labels = sum(_BREAK.search(match["alone"] or "") is not None for match in found)
    between = bisect_right(breaks, labels[-1][0]) - below_labels
    if between > _MOST_PARAGRAPHS * len(labels):
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


def _may_stand_alone(label: str) -> bool:
    """Tell whether a label on its own line is a speaker's, not a list's: in capitals, or with brackets or a title."""
    label = label.strip("*_ ")
    return label.isupper() or "(" in label or bool(_TITLED.match(label) or _OFFICE.fullmatch(label))


def _without_brackets(label: str) -> str:
    """Return a label without its brackets, in which somebody's name stands, or place; no result: "Wick (1-0)"."""
    return label if _FIGURE_IN_BRACKETS.search(label) else _IN_BRACKETS.sub("", label).strip().casefold()


def _ends_as_question(text: str, start: int, end: int) -> bool:
    line = _LINE.search(text, start, end)
    return line is not None and line[0].rstrip('"”*_ \r').endswith("?")


def _is_of_person(turn: re.Match[str]) -> bool:
    """Tell whether a line that may begin a turn does: no item of a list, and no note."""
    is_titled = "(" in turn["label"] or _TITLED.match(turn["label"])
    return not _is_field(turn["label"]) and bool(is_titled or not turn["number"])


def _is_field(label: str) -> bool:
    return label.casefold().rstrip(".") in _FIELDS


def _who_ask(document: Document, turns: Sequence[_Turn]) -> set[str]:
    """Return the labels most of whose turns end as questions do, if others that speak several times do not so."""
    asked: dict[str, list[bool]] = defaultdict(list)
    for turn in turns:
        said = document.text[turn.start : turn.end].rstrip("\"'”’»*_)> \t\r\n")
        asks = _IN_BRACKETS.sub("", turn.label).strip().casefold() in _ASKS  # "Question (Anna Friis)"
        asked[turn.label].append(said.endswith("?") or asks)
    of_person = {one: [end for label in asked if _are_one(one, label) for end in asked[label]] for one in asked}
    asking = {label for label, ends in of_person.items() if 2 * sum(ends) > len(ends)}
    return asking if any(len(of_person[label]) >= _LEAST_TURNS for label in asked.keys() - asking) else set()


def _are_one(label: str, other: str) -> bool:
    """Tell whether two labels are of one person, as one has all names and numbers of the other, brackets aside."""
    names, others = (set(_NAME_OR_NUMBER.findall(_IN_BRACKETS.sub("", one).casefold())) for one in (label, other))
    return label == other or bool(names and others and (names <= others or others <= names))


def _names(text: str) -> set[str]:
    return {name.casefold() for name in _NAME.findall(text)} - _NO_NAMES
