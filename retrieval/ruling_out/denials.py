"""What a sentence denies or takes back: it does not answer by what it says was not so."""

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.questions.kinds import whose_words
from retrieval.questions.question_parts import opened
from retrieval.reading.once import one_a_sentence
from retrieval.text.paragraphs import PARAGRAPH_BREAK, paragraph_end
from retrieval.text.patterns import regex
from retrieval.text.words import stems, subject_stems
from retrieval.values import Reading

_NOT = "".join(rf"(?<!\b{word} )" for word in "not never nobody didn't doesn't don't tidak tak belum bukan".split())
_CLAIM = "(?:claim|suggestion|report|rumou?r|allegation|accusation|idea|notion)s?"
_DENIES = regex(  # "He denied that …", "Ia menampik tudingan bahwa …", "menarik kembali pernyataannya bahwa …"
    rf"{_NOT}\b(?:den(?:y|ies|ied|ying) (?:that|having"
    rf"|(?:(?:the|any|an?|all) )?{_CLAIM}\b[^.,;:]{{0,60}}? (?:that|of))\b"
    rf"|(?:reject|dismiss)(?:s|es|ed|ing)? (?:\w+ ){{0,2}}{_CLAIM} (?:that|of)\b"
    r"|(?:retract(?:s|ed)?|withdr[ae]w|t[ao]o?kes? back) (?:\w+ ){1,2}that\b"
    r"|it is not true that|tidak benar bahwa|(?-i:Tidak benar)(?![-\w])(?! (?:karena|sebab))"
    r"|membantah|menampik|menepis|menyangkal|menarik kembali (?:pernyataan|ucapan|perkataan|tuduhan|tudingan|klaim"
    r"|keterangan|janji)(?:nya)?)"
    r"(?P<denied>[^,;:]*?)(?= (?:and|but|saying|dan|tetapi|tapi|namun|sedangkan|melainkan)\b|[,;:]|\Z)",
    re.IGNORECASE,
)
_IS_UNTRUE = regex(  # "kabar bahwa … tidak benar", "reports that … are false"
    r"\b(?:(?:kabar|isu|rumor|klaim|informasi|berita(?! acara)|tudingan|tuduhan) (?!yang )"
    r"|(?:reports?|rumou?rs?|claims?) that )(?P<denied>(?:(?!\b(?:dan|and)\b)[^.,;:])*?)"
    r"\s(?:(?:itu|tersebut) )?(?:(?:adalah|ialah|is|are|was|were) )?"
    r"(?:tidak benar|hoaks|bohong|keliru|menyesatkan|untrue|false|not true|baseless)\b",
    re.IGNORECASE,
)
_ASKS_FOR_DENIAL = regex(
    r"\b(?:false|untrue|hoaks?|tidak benar|bohong|keliru|accus|alleg|claim|rumou?r|diduga|tuduh|tuding|klaim|isu\b"
    r"|den(?:y|ies|ied)|reject|dismiss|retract|withdr[ae]w|t[ao]o?ken? back"
    r"|(?:(?:mem|di)?bantah|(?:men|di?t)ampik|(?:men|di?t)epis|(?:meny|dis)angkal|(?:men|di?t)arik kembali))",
    re.IGNORECASE,
)
_RUMOURS_AND_FACTS = regex(  # "**Narasi yang beredar:** …" above "**Faktanya:** …", "Myth: …" above "Fact: …"
    r"^[ \t>*_#|•-]*(?:(?P<rumour>(?:(?:narasi|klaim|isu|kabar|pesan) (?:yang )?beredar|mitos|hoaks|false claim|myth"
    r"|rumou?r|hoax)(?: \w+){0,2})|(?:(?:hasil )?cek fakta|fakta(?:nya)?|(?:the )?facts?|reality|(?:the )?truth"
    r"|klarifikasi|penjelasan|verdict)(?: \w+){0,2})[ \t\r*_|]*(?::|$)",
    re.IGNORECASE | re.MULTILINE,
)
_HEARD = regex(  # "We have heard it said that …", "Beredar kabar bahwa …"
    r"\b(?:(?:hears?|heard|read|(?:is|are|was|were|been) (?:said|claimed|reported|rumou?red)"
    r"|(?:it|they) (?:say|claim)s?"
    r"|(?:papers?|newspapers|media|people|some) (?:have )?(?:say|said|write|wrote|written|claim(?:ed)?|report(?:ed)?)"
    rf"|{_CLAIM})\b[^.;:?!]{{0,30}}? that|(?:kabar|isu|rumor|desas-desus|narasi|informasi)\b[^.;:?!]{{0,40}}?\bbahwa"
    r"|beredar|konon|katanya)\b",
    re.IGNORECASE,
)
_NOT_SO = regex(  # "That is not so: …", "It was not.", "Itu tidak benar."
    r"\W*(?:(?P<bare>(?:that|this|it|they)(?: (?:is|was|are|were|has|have|did|does|do)(?: not|n[’']t)\b|[’']s not\b))"
    r"(?P<so> (?:so|true|the case|correct|right))?|(?:that|this|it) (?:is|was) (?:wrong|false|untrue|a (?:lie|hoax))|no"
    r"|(?:(?:kabar|isu|informasi|hal|berita) )?(?:itu|ini|tersebut) (?:(?:adalah|sama sekali) )?"
    r"(?:tidak benar|bohong|hoaks|keliru))(?=\W*\Z|[.,:;–—])\W*",
    re.IGNORECASE,
)
_NEAR = 2_000  # characters
_ASKS_FOR_RUMOUR = regex(
    r"\b(?:narasi|klaim|isu|mitos|hoaks|rumor|beredar|claim|myth|rumou?r|hoax|false)", re.IGNORECASE
)
_ASKS_FOR_FACT = regex(
    r"\A(?:why|how (?:many|much|often|long)|what|which|where|when|who(?:m|se)?|kenapa|mengapa|kapan|di ?mana|siapa"
    r"|apa (?:yang|yg|saja|alasan|penyebab))\b|(?<!jam )(?<!pukul )(?<!tanggal )\bberapa(?:kah)?\b",
    re.IGNORECASE,
)


_SAYS_NOT = regex(
    r"\b(?:not|never|no longer|without|unable|fail\w*|refus\w*|avoid\w*|cannot|tidak|tak|tdk|gak|nggak|belum|bukan"
    r"|jangan|tanpa|gagal)\b|n[’']?t\b",
    re.IGNORECASE,
)
_IS_NOT = regex(
    r"\b(?:not|never|tidak|belum)(?: (?:yet|ever|been|be|pernah|lagi))*\s+(?P<what>[^\W\d]+)", re.IGNORECASE
)
_ENDS_CLAUSE = regex(
    r"[,;:–—]|\b(?:and|but|until|before|unless|than|since|because|after|as|outside|dan|tetapi|tapi|namun|sebelum|sampai"
    r"|hingga|kecuali|sejak|karena|setelah|dari)\b",
    re.IGNORECASE,
)


def is_denied(question: str, reading: Reading) -> bool:
    """Tell whether what is marked in a sentence is denied or taken back there.

    A denial does answer whether something is so, who says it, and what they say.
    """
    asked, _ = opened(question)
    if not _ASKS_FOR_FACT.search(asked) or _ASKS_FOR_DENIAL.search(asked) or whose_words(asked):
        return False
    return _marks_denied(reading)


def without_denied_marked(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Take the mark from what somebody denies, if a question asks what they say, and from what is not so at all.

    That is what stands behind "not" and a word of the question: "has not been accused of fraud".
    """
    asked, _ = opened(question)
    says = not _ASKS_FOR_DENIAL.search(asked) and bool(whose_words(asked))
    is_so = _ASKS_FOR_FACT.search(asked) is not None and not _SAYS_NOT.search(asked)
    return [
        replace(one, highlight=None) if (says and _marks_denied(one)) or (is_so and _is_not_so(asked, one)) else one
        for one in readings
    ]


def _is_not_so(question: str, reading: Reading) -> bool:
    """Tell whether a sentence says with a word of a question that what is marked behind it is not so."""
    document, (begin, end) = reading.hit.document, reading.highlight or (reading.sentence.start, 0)
    asked = frozenset[str]().union(*subject_stems(question))
    return any(
        not asked.isdisjoint(stems(match["what"], document.language))
        for match in _IS_NOT.finditer(document.text, reading.sentence.start, begin)
        if not (_ENDS_CLAUSE.search(document.text, match.end(), begin) or _ENDS_CLAUSE.match(document.text, begin, end))
    )


def _marks_denied(reading: Reading) -> bool:
    begin, end = reading.highlight or (0, 0)
    return any(start <= begin < end <= stop for start, stop in denied(reading))


def denied(reading: Reading) -> list[tuple[int, int]]:
    """Return the spans, in the document, of what a reading's sentence says was not so, or is not so any more."""
    text, (start, end) = reading.hit.document.text, (reading.sentence.start, reading.sentence.end)
    return [match.span("denied") for said in (_DENIES, _IS_UNTRUE) for match in said.finditer(text, start, end)]


def with_denials(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Put in the place of what is only heard the next sentence, if that says that it is not so, or what follows that.

    So: "We hear that the school closed. That is not so: it moved." Who asks for what is heard gets that.
    """
    asked, _ = opened(question)
    if _ASKS_FOR_DENIAL.search(asked) or _ASKS_FOR_RUMOUR.search(asked):
        return list(readings)
    return one_a_sentence(map(_denied_next, readings))


def _denied_next(reading: Reading) -> Reading:
    """Return the denial of what a reading tells as heard, or what stands behind it, if it says no more; else itself."""
    if not _HEARD.search(reading.text):
        return reading
    document, sentences = reading.hit.document, reading.hit.passage.sentences
    after = sentences[sentences.index(reading.sentence) + 1 :][:2]
    paragraph = paragraph_end(document.text, reading.sentence.end, reading.sentence.end + _NEAR)
    after = tuple(one for one in after if one.end <= paragraph)
    denial = _NOT_SO.match(document.text_of(after[0])) if after else None
    if denial is None:
        return reading
    says_only_so = (denial["so"] or not denial["bare"]) and denial.end() == after[0].end - after[0].start
    return replace(reading, sentence=after[-1] if says_only_so else after[0], highlight=None)


def without_rumours(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Leave out what is told as a rumour above the facts, unless a question asks for that."""
    asked, _ = opened(question)
    if _ASKS_FOR_RUMOUR.search(asked):
        return list(readings)
    return [one for one in readings if not _is_rumour(one)]


def _is_rumour(reading: Reading) -> bool:
    """Tell whether a sentence stands in a paragraph that is said to be a rumour, or below such a line; facts follow."""
    text, start, end = reading.hit.document.text, reading.sentence.start, reading.sentence.end
    above = max(0, start - _NEAR)
    paragraphs = [above, *(match.end() for match in PARAGRAPH_BREAK.finditer(text, above, start))][-2:]
    labels = list(_RUMOURS_AND_FACTS.finditer(text, paragraphs[0], end))
    last = labels[-1] if labels else None
    if (
        last is None
        or not last["rumour"]
        or (last.start() < paragraphs[-1] and text[last.end() : paragraphs[-1]].strip(" *_\r\n"))
    ):
        return False
    following = _RUMOURS_AND_FACTS.finditer(text, end, end + _NEAR)
    return any(not one["rumour"] for one in following)
