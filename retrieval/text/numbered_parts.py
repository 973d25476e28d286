"""The parts of a document that are called by a number: "Article 5 – Inspection", "Pasal 5", "BAB III", "Annex A"."""

import re
from dataclasses import dataclass
from itertools import pairwise

from retrieval.text.patterns import regex
from retrieval.values import Document, Sentence

KINDS = {
    "annex": r"annex|appendix|schedule|lampiran",
    "part": r"part|buku",
    "chapter": r"chapter|bab",
    "section": r"section|sec\.?|§|bagian",
    "division": r"paragraf",
    "article": r"article|(?-i:[Aa]rt\.?|ART\.)|pasal|rule|regulation|clause|condition",
    "item": r"(?:agenda )?item",
}
"""What parts are called, by their kinds, in patterns, the largest first. Items of lists within them are none."""
_SHORT_FORMS = {"agenda item": "item"} | dict(
    pair.split(":")
    for pair in "sec:section §:section s:section ss:section art:article cl:clause ps:pasal psl:pasal".split()
)
_ORDINAL = "ke(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)"
_FIGURES = r"\d{1,4}(?:\.\d{1,3})*[a-z]?"
_NO_WORD = r"(?=\s*(?:[?.,!)]|\Z|(?:of|in|to|for|say|says|mean|means|contain|contains|dari|dalam|pada)\b))"
NUMBER = rf"(?:{_FIGURES}|(?:[b-hj-z]|[ai]{_NO_WORD}|[ivxlc]{{2,7}})|{_ORDINAL})(?![\w/])"
"""The number of a part as people write it in a question, whatever the case of its letters; not "a", "I"."""
_MARKS = r"[ \t\r>#*_]*"
_LABEL = regex(
    rf"{_MARKS}(?P<label>(?-i:(?=[A-Z§]))(?P<word>{'|'.join(KINDS.values())})(?:[^\S\n]+|(?<=§))"
    rf"(?P<number>(?:{_FIGURES}|(?-i:[IVXLC]{{1,7}}|[A-Z])|{_ORDINAL})(?![\w/])))",
    re.IGNORECASE,
)
_AFTER_LABEL = regex(  # no "Article 5 says", "Article 5, too"
    rf"[*_]*+(?:[.:](?=[\s*_])|\s+\((?=\d)|[.:]?{_MARKS}\Z)"
)
_TITLED = regex(  # "(Withdrawal)", ". Complaints", " – Inspection", " KEWAJIBAN"
    r"\s*(?:[.:]?|\([^()\n]{1,100}\)|(?:[.:]|\s[–—-])\s+(?P<title>\S[^\n]{0,99})|\s(?P<capitals>[^\Wa-z][^\na-z.:;]{2,99}))"
    rf"{_MARKS}\Z"
)
_WITHIN_LABEL = r"(?:Ayat|Huruf|Angka)[ \t]+\(?(?P<within>\d{1,3}|[a-z])\)?[ \t]*\Z"  # of an explanation
_BARE = regex(rf"[.:]?{_MARKS}(?P<title>)\Z")
_LOOSELY_TITLED = regex(
    rf" (?P<title>(?:[^\W\d_a-z][^\s.:;,!?]*)(?:,? [^\s.:;,!?]+){{0,9}}){_MARKS}\Z"
)  # " Inspection"
_CLOSED = regex(r"[.!?;:,…][\"”’*_]*\Z|\.{3}|…")
_TITLE_WORDS, _LOOSELY_WORDS = 5, 10
_LABEL_LENGTH = 200  # characters of a line
_FAR = 20_000  # characters up to which a part may go on
_WRAPPED = regex(r"[^\n]{50}(?<![.!?;:”\"])[ \t]*\r?\n\Z")  # a line that may go on
_GOES_ON = regex(r"\r?\n[ \t]*[a-z]")
_LINE = regex(rf"^{_LABEL.pattern}[^\n]*$", re.IGNORECASE | re.MULTILINE)
_DOTTED = r"\d{1,3}(?:\.\d{1,3})"
_ORDER = regex(  # "(2)", "[14]", "2.", "b)", "5.1", "“4A.", "KEDUA :"
    rf"[ \t>*_\"“‘]*(?:(?P<sign>[(\[]?)(?P<number>{_DOTTED}*[A-Z]?|[a-z]|[ivxlc]{{1,5}})[.)\]]|(?P<dotted>{_DOTTED}+)"
    rf"|(?i:(?P<ordinal>{_ORDINAL})[ \t]*:))\s+"
)
_ORDER_OF_HEADING = regex(rf"[ \t>#*_]*(?:(?P<number>{_DOTTED}*[A-Z]?)[.)]?\s|{_WITHIN_LABEL})")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ENDS = regex(  # what stands below the last part, of none, or between those that a regulation changes
    r"^[ \t]*(?:(?:Ditetapkan|Disahkan|Diundangkan|Diumumkan|Dibuat) (?:di|pada)\b|Agar setiap orang mengetahui"
    r"|(?:Done|DONE|Signed|SIGNED) (?:in [\w ]{3,30} )?(?:at|in) [A-Z][^\n]{0,80}(?:\d{4}|\bday of\b)"
    r"|In witness whereof|IN WITNESS WHEREOF"
    r"|Demikian(?:lah)?\b(?! (?:pula|juga|halnya))|Tembusan\b|TEMBUSAN\b|(?P<explains>PENJELASAN\b|Penjelasan[ \t\r]*$)"
    r"|(?P<amends>\d{1,3}\.[ \t]+(?:(?:Ketentuan|Di antara|Setelah|Sesudah|Judul|Penjelasan)\s+(?:[\w()]+\s+){0,3}?)?"
    r"(?:Pasal|BAB|Bab|Bagian|Paragraf|Lampiran|ayat|huruf|angka)\b"
    r"(?:[^\n]|\n(?!\s*\n)){0,300}?\b(?:diubah|dihapus|disisipkan|ditambah(?:kan)?|diganti)\b))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class PartName:
    """What a part is called: "Article 5" is ("article", "5", "article").

    The number is in small letters, in Roman or Arabic figures; the word as it is called, written out.
    """

    kind: str
    number: str
    word: str

    def is_that_of(self, other: "PartName") -> bool:
        return self.kind == other.kind and same_number(self.number, other.number)


def same_number(one: str, other: str) -> bool:
    """Tell whether two numbers are the same, in Roman or in Arabic figures; a letter may be a Roman one."""
    return not _values(one).isdisjoint(_values(other))


def _values(number: str) -> set[str]:
    value = roman_value(number)
    return {number, str(value)} if value else {number}


def roman_value(number: str) -> int:
    """Return the value of a number in Roman figures, in small letters; 0 of what is none."""
    figures = [_ROMAN.get(letter, 0) for letter in number]
    if not all(figures):
        return 0
    return sum(-one if one < after else one for one, after in pairwise([*figures, 0]))


def kind_of(word: str) -> str:
    """Return the kind of part, of KINDS, that a word, which may be in short, stands for; nothing of another word."""
    written_out = _written_out(word)
    return next((kind for kind, words in KINDS.items() if re.fullmatch(words, written_out)), "")


def part_name(kind: str, number: str, word: str) -> PartName:
    """Return the name of a part as it is written."""
    return PartName(kind, number.casefold(), _written_out(word))


def _written_out(word: str) -> str:
    word = word.casefold().rstrip(".")
    return _SHORT_FORMS.get(word, word)


def labelled_kind(line: str, *, bare: bool = False, loosely: bool = False) -> str:
    """Return the kind of part that a line calls by its number, where it says no more but a title, or not even that.

    "Article 5 – Inspection", `loosely` also "Article 5 Inspection"; nothing of any other line.
    """
    match = _LABEL.match(line) if len(line) <= _LABEL_LENGTH else None
    if match is None:
        return ""
    forms = (_BARE,) if bare else (_TITLED, _LOOSELY_TITLED) if loosely else (_TITLED,)
    rest = next(filter(None, (form.match(line, match.end()) for form in forms)), None)
    title = rest["title"] if rest else ""
    return (
        kind_of(match["word"])
        if rest and (not title or is_part_title(title, most=_LOOSELY_WORDS if loosely else _TITLE_WORDS))
        else ""
    )


def is_part_title(text: str, *, most: int = _TITLE_WORDS) -> bool:
    """Tell whether a text reads like the title of a part: short, without figures, and not closed like a sentence."""
    is_short = text.isupper() or len(text.split()) <= most
    return is_short and text[:1].isalpha() and not re.search(r"\d", text) and not _CLOSED.search(text)


def label(document: Document, sentence: Sentence) -> tuple[PartName, str] | None:
    """Return what a sentence calls the part that it begins, and how it says that; None if it begins none."""
    text = document.text_of(sentence)
    match = _LABEL.match(text)
    if match is None or not (sentence.heading or _AFTER_LABEL.match(text, match.end())):
        return None
    return part_name(kind_of(match["word"]), match["number"], match["word"]), match["label"]


def order(document: Document, sentence: Sentence) -> tuple[str, str]:
    """Return the number or the letter with which a sentence begins its line, and how it is written, without it.

    "2" and "(" of "(2) …", "2.2" and "." of a heading, of any other sentence two empty texts.
    """
    begin = document.text.rfind("\n", max(0, sentence.start - _LABEL_LENGTH), sentence.start) + 1
    pattern = _ORDER_OF_HEADING if sentence.heading else _ORDER
    match = pattern.match(document.text, begin, sentence.end)
    if match is None or match.end() < sentence.start:
        return "", ""
    found = match.groupdict()
    sign = found.pop("sign", "") or ""
    number = next(filter(None, found.values())).casefold()
    return number, f"{sign}{'.' * number.count('.')}"


def begins_end(line: str) -> bool:
    """Tell whether a line begins what stands below the last part."""
    return _ENDS.match(line) is not None


def end_in(document: Document, sentence: Sentence) -> re.Match[str] | None:
    """Return the match, if a sentence begins what stands below the last part, such as where and when it was signed.

    Its group `explains` is the beginning of the explanation of a regulation, which goes through its parts once more;
    `amends` that of how it changes another: "2. Di antara Pasal 7 dan Pasal 8 disisipkan".
    """
    return _ENDS.match(document.text, sentence.start, sentence.end)


def is_label_within(line: str) -> bool:
    """Tell whether a line of an explanation calls what it explains: "Ayat (2)"."""
    return re.match(_WITHIN_LABEL, line) is not None


def part_above(document: Document, sentence: Sentence) -> str:
    """Return what the part is called in which a sentence stands, as its document has it: "Article 5".

    Nothing if that is not near, or if the sentence says it; nor is it a line of a table of contents.
    """
    if end_in(document, sentence) or _LABEL.match(document.text_of(sentence)):
        return ""
    above = document.text[max(document.body, sentence.start - _FAR) : sentence.start]
    ended = list(_ENDS.finditer(above))
    explained = "Penjelasan " if ended and ended[-1]["explains"] else ""
    found = list(_LINE.finditer(above, ended[-1].end() if ended else 0))
    if not found:
        return ""
    below = _LINE.search(document.text, sentence.end, sentence.end + _FAR)
    for number, match in reversed(list(enumerate(found))):
        is_one_of_several = number > 0 or below is not None
        line, begin = match[0], match.start("label") - match.start()
        depth = line.count("#", 0, begin)
        begins = labelled_kind(line, loosely=is_one_of_several or depth > 0)
        if not begins and not _AFTER_LABEL.match(line, match.end("label") - match.start()):
            continue
        wrapped = _WRAPPED.search(above, max(0, match.start() - _LABEL_LENGTH), match.start())
        if wrapped or _GOES_ON.match(above, match.end()):
            continue
        is_listed = number > 0 and not above[found[number - 1].end() : match.start()].strip()
        is_over = depth and re.search(rf"^#{{1,{depth}}}\s", above[match.end() :], re.MULTILINE)
        if is_over or (is_listed and _is_called_again(match["label"], document, sentence)):  # of a table of contents
            return ""
        return f"{explained}{match['label']}"
    return ""


def _is_called_again(called: str, document: Document, sentence: Sentence) -> bool:
    """Tell whether a line below a sentence begins with the same label."""
    again = re.compile(rf"^{_MARKS}{re.escape(called)}\b", re.MULTILINE)
    return again.search(document.text, sentence.end) is not None
