"""The parts of a document that are called by a number: "Article 5 – Inspection", "Pasal 5", "BAB III", "Annex A"."""

import re
from dataclasses import dataclass

from retrieval.values import Document, Sentence

KINDS = {
    "annex": r"annex|appendix|schedule|lampiran",
    "part": r"part|buku",
    "chapter": r"chapter|bab",
    "section": r"section|sec\.?|§|bagian",
    "article": r"article|art\.?|pasal|rule|regulation|clause",
    "item": r"(?:agenda )?item",
}
"""What parts are called, by their kinds, in patterns. A document tells which enclose others by what comes first."""
_ORDINAL = "ke(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)"
_FIGURES = r"\d{1,4}(?:\.\d{1,3})*[a-z]?"
NUMBER = rf"(?:{_FIGURES}|[ivxlc]{{1,7}}|[a-z]|{_ORDINAL})(?![\w/])"
"""The number of a part as people write it in a question, whatever the case of its letters."""
_MARKS = r"[ \t>#*_]*"
_LABEL = re.compile(
    rf"{_MARKS}(?P<label>(?-i:(?=[A-Z§]))(?P<word>{'|'.join(KINDS.values())})(?:[^\S\n]+|(?<=§))"
    rf"(?P<number>(?:{_FIGURES}|(?-i:[IVXLC]{{1,7}}|[A-Z])|{_ORDINAL})(?![\w/])))",
    re.IGNORECASE,
)
_LABELLED = re.compile(rf"^{_LABEL.pattern}(?P<capital>[^\S\n]+(?-i:[A-Z]))?[^\n]*$", re.IGNORECASE | re.MULTILINE)
_FAR = 20_000  # characters up to which a part may go on
_LABEL_LENGTH = 200  # characters of a line
_TITLE_LENGTH = _LINE_LENGTH = 120
_WRAPPED = re.compile(r"[^\n]{50}(?<![.!?;:”\"])[ \t]*\r?\n\Z")  # a line that may go on
_AFTER_LABEL = re.compile(  # no "Article 5 says", "Article 5, too"
    rf"[*_]*(?:[.:](?=[\s*_])|\s+\((?=\d)|[.:]?{_MARKS}\Z)"
)
_TITLED = re.compile(  # "(Withdrawal)", ". Complaints", " – Inspection", " KEWAJIBAN"
    r"\s*(?:[.:]?|\([^()\n]{1,100}\)|(?:[.:]|\s[–—-])\s+(?P<title>\S[^\n]{0,99})|\s(?P<capitals>[^\Wa-z][^\na-z.:;]{2,99}))"
    rf"{_MARKS}\Z"
)
_BARE = re.compile(rf"[.:]?{_MARKS}(?P<title>)\Z")
_CLOSED = re.compile(r"[.!?;:,…][\"”’*_]*\Z")
_ORDER = re.compile(r"[ \t>*_]*(?:\((?P<within>\w{1,3})\)|(?P<number>\d{1,3}(?:\.\d{1,3})*|[a-z])[.)])\s+")
_ORDER_OF_HEADING = re.compile(r"[ \t>#*_]*(?P<number>\d{1,3}(?:\.\d{1,3})*)[.)]?\s")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ENDS = re.compile(  # what stands below the last part, of none
    r"^[ \t]*(?:(?:Ditetapkan|Disahkan|Diundangkan|Diumumkan|Dibuat) (?:di|pada)\b|Agar setiap orang mengetahui"
    r"|(?:Done|DONE|Signed) (?:at|in)\b|In witness whereof|IN WITNESS WHEREOF|(?:PENJELASAN|Penjelasan)\b)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class PartName:
    """What a part is called: "Article 5" is ("article", "5"); a number in small letters, in Roman or Arabic figures."""

    kind: str
    number: str

    def is_that_of(self, other: "PartName") -> bool:
        return self.kind == other.kind and same_number(self.number, other.number)


def same_number(one: str, other: str) -> bool:
    """Tell whether two numbers are the same, in Roman or in Arabic figures; a letter may be a Roman one."""
    return not _values(one).isdisjoint(_values(other))


def _values(number: str) -> set[str]:
    figures = [_ROMAN.get(letter, 0) for letter in number]
    if not figures or not all(figures):
        return {number}
    signs = [-one if one < after else one for one, after in zip(figures, [*figures[1:], 0], strict=True)]
    return {number, str(sum(signs))}


def kind_of(word: str) -> str:
    """Return the kind of part, of KINDS, that a word stands for; nothing of another word."""
    return next((kind for kind, words in KINDS.items() if re.fullmatch(words, word, re.IGNORECASE)), "")


def labelled_kind(line: str, *, bare: bool = False) -> str:
    """Return the kind of part that a line calls by its number, where it says no more but a title, or not even that.

    "Article 5 – Inspection"; nothing of any other line.
    """
    match = _LABEL.match(line) if len(line) <= _LABEL_LENGTH else None
    rest = (_BARE if bare else _TITLED).match(line, match.end()) if match else None
    return kind_of(match["word"]) if match and rest and not _CLOSED.search(rest["title"] or "") else ""


def label(document: Document, sentence: Sentence) -> tuple[PartName, str] | None:
    """Return what a sentence calls the part that it begins, and how it says that; None if it begins none."""
    text = document.text[sentence.start : sentence.end]
    match = _LABEL.match(text)
    if match is None or not (sentence.heading or _AFTER_LABEL.match(text, match.end())):
        return None
    return PartName(kind_of(match["word"]), match["number"].casefold()), match["label"]


def order(document: Document, sentence: Sentence) -> str:
    """Return the number or the letter with which a sentence begins its line: "2" of "(2) …", "2.2" of a heading."""
    begin = document.text.rfind("\n", 0, sentence.start) + 1
    pattern = _ORDER_OF_HEADING if sentence.heading else _ORDER
    match = pattern.match(document.text, begin, sentence.end)
    if match is None or match.end() < sentence.start:
        return ""
    return (match["number"] or match["within"]).casefold()


def closes(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence begins what stands below the last part, such as where and when it was signed."""
    return _ENDS.match(document.text, sentence.start, sentence.end) is not None


def part_above(document: Document, sentence: Sentence) -> str:
    """Return what the part is called in which a sentence stands, as its document has it: "Article 5".

    Nothing if that is not near, or if the sentence says it.
    """
    if label(document, sentence):
        return ""
    above = document.text[max(document.body, sentence.start - _FAR) : sentence.start]
    ended = list(_ENDS.finditer(above))
    for match in reversed(list(_LABELLED.finditer(above, ended[-1].end() if ended else 0))):
        line = match[0]
        wrapped = _WRAPPED.search(above, max(0, match.start() - _LINE_LENGTH), match.start())
        titled = labelled_kind(line) or (len(line) <= _TITLE_LENGTH and not _CLOSED.search(line) and match["capital"])
        begins = titled or _AFTER_LABEL.match(line, match.end("label") - match.start())
        if begins and not wrapped:
            return match["label"]
    return ""
