"""Who says what stands between quotation marks, by the words beside these in the same paragraph."""

import re

from retrieval.values import Document, Sentence

_QUOTED = re.compile(r"“[^”]*(?:”|\Z)|\"[^\"]*(?:\"|\Z)|«[^»]*(?:»|\Z)")
_BREAK = re.compile(r"\r?\n[ \t>]*\r?\n")
_FURTHEST = 2_000  # characters on each side of a sentence, in which its paragraph is looked for
_SAYS = (
    r"(?:said|says|say|told|tells|added|adds|asked|asks|wrote|writes|explained|argued|warned|insisted|replied|answered"
    r"|recalled|continued|noted|remarked|declared|stated|announced|concluded|complained|stressed|admitted"
    r"|kata|ujar|tutur|ucap|ungkap|papar|jelas|tegas|terang|imbuh|tambah|lanjut|sebut|tulis"
    r"|me(?:ngatakan|nuturkan|nyatakan|nyebutkan|njelaskan|negaskan|nambahkan|ngungkapkan|maparkan|nulis))"
)
_SAYS_WORD = re.compile(rf"\b{_SAYS}\b", re.IGNORECASE)
_AFTER = re.compile(rf"\W{{0,3}}(?:{_SAYS}\b|(?:[\w'’.-]+ ){{1,6}}{_SAYS}\b)", re.IGNORECASE)
_PRONOUN = re.compile(
    rf"\b(?:he|she|they|it|i|we|ia|dia|beliau|mereka|saya|kami)\b(?: (?:also|then|juga|lalu|kemudian))? {_SAYS}\b"
    rf"|\b{_SAYS} (?:he|she|they|i|ia|dia|beliau|mereka)\b|\b{_SAYS}nya\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?<=[^\W\d_]{3})[.!?](?=\s|\Z)")
_MARKS = " \t\r\n.,:;–—-*_>"


def quoted_by(document: Document, sentence: Sentence) -> str:
    """Return the words that tell who says a sentence, if all of it is quoted: "said the chairman, Ana Lim".

    They come right after the quotation, or right before it; where they have only "he added", before that.
    """
    text = document.text
    begin, end = _paragraph(text, sentence)
    quoted = [match.span() for match in _QUOTED.finditer(text, begin, end)]
    number = next((at for at, span in enumerate(quoted) if _holds(span, sentence)), None)
    if number is None:
        return ""
    bounds = [begin, *(place for span in quoted for place in span), end]
    beside = [text[bounds[at] : bounds[at + 1]] for at in range(0, len(bounds), 2)]
    if _AFTER.match(beside[number + 1]):
        told = _first_sentence(beside[number + 1])
        if not _PRONOUN.search(told):
            return told
    for before in reversed(beside[: number + 1]):
        told = _last_sentence(before)
        if not _SAYS_WORD.search(told):
            return ""
        if not _PRONOUN.search(told):
            return told
    return ""


def said_within(document: Document, sentence: Sentence) -> tuple[int, int] | None:
    """Return the span of the document in which a sentence tells who says what it quotes: "said Ana Lim"; or None."""
    text = document.text
    quoted = [match.span() for match in _QUOTED.finditer(text, sentence.start, sentence.end)]
    bounds = [sentence.start, *(place for span in quoted for place in span), sentence.end]
    for begin, end in zip(bounds[::2], bounds[1::2], strict=True):
        told = text[begin:end].strip(_MARKS)
        if quoted and _SAYS_WORD.search(told) and not _PRONOUN.search(told):
            start = text.index(told, begin)
            return start, start + len(told)
    return None


def _paragraph(text: str, sentence: Sentence) -> tuple[int, int]:
    least, most = max(sentence.start - _FURTHEST, 0), min(sentence.end + _FURTHEST, len(text))
    breaks = [match.end() for match in _BREAK.finditer(text, least, sentence.start)]
    following = _BREAK.search(text, sentence.end, most)
    return max(breaks, default=least), following.start() if following else most


def _holds(span: tuple[int, int], sentence: Sentence) -> bool:
    return span[0] <= sentence.start and sentence.end <= span[1]


def _first_sentence(text: str) -> str:
    match = _ENDS.search(text)
    return " ".join(text[: match.start() if match else len(text)].split()).strip(_MARKS)


def _last_sentence(text: str) -> str:
    whole = text.strip(_MARKS)
    begins = max((match.end() for match in _ENDS.finditer(whole)), default=0)
    return " ".join(whole[begins:].split()).strip(_MARKS)
