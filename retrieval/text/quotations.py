"""Who says what stands between quotation marks, by the words right beside these, or right before "he said".

Where marks do not pair, or words may belong to another quotation, nobody is told: better none than the wrong one.
"""

import re

from retrieval.text.dates import MONTH, WEEKDAY
from retrieval.text.names import CAPITAL, NAME_WORD
from retrieval.text.offices import OFFICE
from retrieval.text.patterns import regex
from retrieval.text.people import BODY, pronouns_for
from retrieval.text.quotation_marks import BREAK, CLOSING, FURTHEST, MARK, around, beside_each, quotations
from retrieval.text.words import TITLES
from retrieval.values import Document, Sentence

_SAYS = (
    r"(?:said|says|told|tells|added|adds|wrote|writes|explained|argued|warned|insisted|replied|answered|recalled|asked"
    r"|berkata|berujar|bertutur|me(?:ngatakan|nuturkan|nyatakan|nyebutkan|njelaskan|negaskan|nambahkan|ngungkapkan"
    r"|maparkan|nulis|njawab|nyampaikan|nerangkan|ngimbau|mastikan|nyebut|ngaku|njanjikan|ngingatkan|mbantah|mbenarkan"
    r"|nilai|nduga|nekankan|laporkan|mperkirakan|ngumumkan|ngklaim|nyayangkan|minta|ndesak|ngusulkan)"
    r"|berjanji|berharap|berpendapat)"
)
_STATES = rf"(?!asked\b){_SAYS}"  # of who asks, others answer
_SAYS_AFTER = (  # right after a quotation only: elsewhere these are other words
    rf"(?:{_SAYS}|kata|ujar|tutur|ucap|ungkap|papar|jelas|tegas|terang|imbuh|tambah|lanjut|sebut|tulis|jawab"
    r"|pungkas|beber|tandas|sambung|tukas|urai|pesan)"
)
_VERB_FIRST = regex(  # in small letters, or before a name: "Asked about it, …" begins another sentence
    rf"[\s,–—*_-]{{0,4}}(?=[a-z]|\w+ [A-Z])(?i:(?:begitu |demikian |so )?{_SAYS_AFTER})\b(?!-)"
)
_ANY_VERB_FIRST = regex(
    r"\s{0,3}(?!(?:in|at|on|to|for|from|by|with|during|after|before|when|while|as|he|she|they"
    r"|di|ke|dari|pada|kepada|dalam|saat|usai|ketika|oleh|ia|dia)\b)[a-z]\w+ (?:[a-z]\w+ )?[A-Z]"
)
_BY_THEM = r"(?<!was )(?<!were )(?<!been )(?<!is )(?<!are )(?<!be )"
_NAME_FIRST = regex(rf"\s{{0,3}}(?:[\w'’.,-]+ ){{1,8}}?{_BY_THEM}{_SAYS}\b", re.IGNORECASE)
_SAYS_WORD = regex(rf"{_BY_THEM}\b{_SAYS}\b", re.IGNORECASE)
_TOLD_WITHIN = regex(rf"[,?!]\s+(?:[\w.'’-]+\s+){{0,5}}?(?:{_SAYS_AFTER}(?:nya)?|according|menurut)\b")
_PRONOUN = regex(
    rf"\b(?:he|she|they|it|i|we|ia|dia|beliau|mereka|saya|kami)\b(?: (?:also|then|juga|lalu|kemudian))? {_SAYS}\b"
    rf"|\b{_SAYS_AFTER} (?:he|she|they|i|ia|dia|beliau|mereka)\b|\b{_SAYS_AFTER}nya\b",
    re.IGNORECASE,
)
_NO_SPEAKER = (
    r"(?!(?:It|What|Who|Nobody|No|None|Neither|Both|All|Before|After|When|While|As|If|Whether|Although|Asked|But|And|Or"
    r"|Not|In|On|At|Apa|Siapa|Tidak|Saat|Ketika|Sebelum|Setelah|Bila|Jika|Dalam|Di)\b)"
)
_SIGNED = regex(  # "— Nurul H., Wick"
    rf"\s*(?:[—–]|--)\s*(?P<who>{_NO_SPEAKER}(?!(?:The|Photo|Foto|Image|Gambar|By|Oleh|Source|Sumber)\b)"
    rf"{CAPITAL}[\w'’*-]*\.?(?: (?:{CAPITAL}[\w'’*-]*\.?|of|de|van|bin|binti|al)){{0,5}}"
    r"(?:, [^\n.!?:;\d]{2,60})?)[\s*_]*"
)
_SIGNED_BELOW = regex(rf"[\s>*_]{{1,20}}{_SIGNED.pattern}(?=\n|\Z)")
_PERSON = rf"{CAPITAL}[\w.'’-]*(?: (?:{CAPITAL}[\w.'’-]*|(?:of|from|at|for|dari)(?: the)? [\w'’-]+)){{0,6}}"
_DATED = r"[^\n.–—]{3,60}\s[–—-]\s"  # "Wick, 5 May 2025 – "
_IN_OTHER_WORDS = regex(  # "Ana Lim of the union said", "The mayor, Ana Lim, told", "Menurut Ana Lim,"
    rf"\s*(?:(?:Meanwhile|Sementara itu|Selain itu|Karena itu|Di sisi lain),? |{_DATED})?"
    rf"(?P<who>{_NO_SPEAKER}(?:The [a-z][\w -]{{2,40}}, |(?!The\b)){_PERSON}(?:, [^,.\"“”]{{3,80}},|(?<=,))?"
    rf"\s+{_SAYS}|(?:According to|Menurut) (?:the )?{_PERSON})\b"
)
_LEADS_ON = regex(  # a sentence that tells who says the one in marks that follows: "Ana Lim said it would rain."
    rf"\s*(?P<who>{_NO_SPEAKER}(?!The\b)"
    rf"(?:{CAPITAL}[\w.'’-]*\s+)*{CAPITAL}[\w.'’-]*(?:,\s[^,.\"“”]{{3,80}},)?\s+{_STATES}"
    rf"|The\s[a-z][^,.\"“”]{{2,60}},\s(?:{CAPITAL}[\w.'’-]*\s)*{CAPITAL}[\w.'’-]*,\s+{_STATES})\b(?P<rest>.*)",
    re.DOTALL,
)
_ANOTHER = regex(  # whom "he" may mean as well
    rf"\b{NAME_WORD} {CAPITAL}|\b(?:s?he|him|her|they|them|police|{OFFICE}|master|officers|m[ae]n|wom[ae]n|boy|girl"
    r"|suspects?|witness\w*|victims?|dia|ia|mereka|polisi|pelaku|tersangka|saksi|korban)\b"
)
_SUBJECT = regex(  # "Mr Pell left", "The mayor, Ana Lim, broke off her trip", "Ana Lim, the chair, has won"
    rf"\s*(?P<who>{_NO_SPEAKER}(?:The\s[a-z][^,.\"“”]{{2,60}},\s|(?!The\b))(?=\w+\.?\s{CAPITAL})"
    rf"(?:{CAPITAL}[\w.'’-]*\s+)+(?P<last>{CAPITAL}[\w'’-]*)(?:,\s[^,.\"“”]{{3,80}}(?=,))?+),?"
    rf"\s+(?!(?:and|or|dan|atau)\b)[a-z]"
)
_DATELINE = regex(rf"\s*{_DATED}")
_HE = regex(r"\b(?:(?P<he>he)|(?P<she>she)|ia|dia|beliau|\w+nya)\b", re.IGNORECASE)
_HE_SAYS = regex(rf"\s*(?P<he>He|She|Ia|Dia|Beliau) (?:(?:also|then|juga|lalu|kemudian) )?{_STATES}\b")
_HIS = {
    "he": regex(r"\b(?:he|him|his)\b", re.IGNORECASE),
    "she": regex(r"\b(?:she|hers?)\b", re.IGNORECASE),
    "": regex(r"\b(?:ia|dia|beliau)\b", re.IGNORECASE),
}
_NO_OTHER = regex(  # places, days, and what somebody is: "left for Wick on Monday", "as Head of Roads"
    rf"\b(?:in|at|near|as|di|ke|sebagai)(?: the)?(?: {NAME_WORD}| of(?= {CAPITAL}))+"
    rf"|\b(?:to|of|from|for|on|dari|pada)(?: the)? {NAME_WORD}\b(?! {CAPITAL})|\b(?:(?i:{MONTH}|{WEEKDAY}))\b"
)
_ONE_MORE = regex(rf"\w[,;:]? +{NAME_WORD}|\b(?:asked|bertanya|menanyakan)\b")  # or who answers
_ENDS = regex(
    r"(?<![ .(][^\W\d_])" + "".join(rf"(?<!\b{title})" for title in TITLES) + r"[.!?](?=\s|\Z)",
    re.IGNORECASE,
)
_SAYS_ONLY = regex(_SAYS_AFTER, re.IGNORECASE)
_WORD = regex(r"[^\W\d_]{3,}")
_JOINING = frozenset("and then also but dan lalu kemudian juga begitu demikian".split())
_TELLS = regex(rf"\b(?:according to|menurut|{_SAYS_AFTER})\b", re.IGNORECASE)
_BESIDES = regex(  # what follows whom words tell to speak: "said Ana Lim to Bo", "Ana Lim, who leads it, said"
    r"[,\s]+(?:to|in|at|on|after|before|during|when|while|as|who|about|kepada|di|saat|usai|seusai|ketika|setelah|sebelum"
    r"|dalam|pada|sambil|soal|tentang|melalui|lewat|yang)\s"
)
_BLANK = " \t\r\n*_>"
_AROUND = f"{_BLANK}.,:;–—-"


def quoted_by(document: Document, sentence: Sentence) -> str:
    """Return the words that tell who says a sentence, if all of it is quoted: "said the chairman, Ana Lim".

    They come right after the quotation, or right before it; where they have only "he added", before that, or at the end
    of the paragraph above; or they are the only person of whom the sentences before tell. So they do if the sentence
    has only "he added" besides.
    """
    text, begin, end = around(document, sentence)
    if (signed := _SIGNED_BELOW.match(text, end)) and text[:end].rstrip(_BLANK).endswith(tuple(CLOSING.values())):
        end = signed.end()
    quoted = quotations(text, begin, end)
    number = next((at for at, span in enumerate(quoted) if span[0] <= sentence.start < span[1]), None)
    if number is None:
        return ""
    rest = text[quoted[number][1] : sentence.end]
    if rest.strip() and (MARK.search(rest) or not _PRONOUN.match(rest.strip(_AROUND))):
        return ""
    beside = beside_each(text, quoted, begin, end)
    after = _told_after(text, quoted[number], beside[number + 1])
    if not after or _PRONOUN.search(after):
        return _told_before(text, quoted, beside, number)
    several = BREAK.search(text, *quoted[number])  # or a mark was forgotten
    alone = number == 0 and not beside[0].strip(_AROUND) and not _TOLD_WITHIN.search(text, *quoted[number])
    return after if alone or not several else ""


def is_quoted(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence has a quotation, or begins within one."""
    text, begin, end = around(document, sentence)
    return any(start < sentence.end and sentence.start < stop for start, stop in quotations(text, begin, end))


def said_within(document: Document, sentence: Sentence) -> tuple[int, int] | None:
    """Return the span of the document in which a sentence tells who says what it has: "said Ana Lim"; or None.

    What follows the verb behind a name, as in "Ana Lim told reporters", is left out.
    """
    text = document.text
    quoted = quotations(text, sentence.start, sentence.end)
    if len(quoted) > 1:
        return None
    before, *after = beside_each(text, quoted, sentence.start, sentence.end)
    following = _told_after(text, quoted[0], after[0]) if quoted else ""
    told = following or _introduction(before) or _told_of_others(before)
    if not told or _PRONOUN.search(told):
        return None
    said = _NAME_FIRST.match(told)
    wrapped = re.compile(r"\s+".join(map(re.escape, (said[0] if said else told).split())))
    found = wrapped.search(text, quoted[0][1] if following else sentence.start, sentence.end)
    return found.span() if found else None


def meant_by_pronoun(document: Document, sentence: Sentence) -> str:
    """Return the words that tell who says a sentence that begins with "She said": who alone speaks right before it."""
    text, begin, _ = around(document, sentence)
    says = _HE_SAYS.match(text, sentence.start, sentence.end)
    if says is None:
        return ""
    before = _sentences(_without_dateline(text[begin : sentence.start]))
    while (again := _HE_SAYS.match(before[-1])) and again["he"] == says["he"] and len(before) > 1:
        before.pop()
    return _fitting(says["he"], _leading_on(before[-1]), text[begin : sentence.start])


def teller_in(told: str) -> str:
    """Return whom words name that tell who says something: "Ana Lim, the chair" of "said Ana Lim, the chair, to Bo"."""
    verb = _TELLS.search(told)
    named = told[verb.end() :] if verb and not told[: verb.start()].strip(_AROUND) else told[: verb and verb.start()]
    return _BESIDES.split(named)[0].strip(_AROUND)


def _told_after(text: str, quotation: tuple[int, int], after: str) -> str:
    """Return what tells, in the words right after a quotation, who says it: not what only leads to the next one."""
    if signed := _SIGNED.fullmatch(after.strip(_BLANK)):
        return _told(signed["who"])
    first = _sentences(after)[0]
    goes_on = text[quotation[0] : quotation[1] - 1].rstrip()[-1:] in (",", "?", "!")
    if not (_VERB_FIRST.match(first) or (goes_on and _NAME_FIRST.match(first) and not first.rstrip().endswith(":"))):
        return ""
    return _told(first)


def _told_before(text: str, quoted: list[tuple[int, int]], beside: list[str], number: int) -> str:
    """Return what tells, in the words before a quotation, who says it; beside another one, what tells it of that.

    Nothing where a verb and a name follow: whoever that is says it, whatever the verb.
    """
    if _ANY_VERB_FIRST.match(beside[number + 1]):
        return ""
    for at in range(number, -1, -1):
        if introduced := _introduction(beside[at]):
            return "" if _PRONOUN.search(introduced) else introduced
        if at == 0 or len(_sentences(beside[at])) > 1:
            by_pronoun = _PRONOUN.search(beside[at + 1])
            if not by_pronoun or (at == number and not _PRONOUN.match(beside[at + 1].strip(_AROUND))):
                return ""
            he = by_pronoun[0]
            if not at and not beside[0].strip(_AROUND):
                place = quoted[0][0]
                return _fitting(he, _who_spoke_above(text, place), text[max(0, place - FURTHEST) : place])
            before = "".join(_sentences(beside[at])[at > 0 :])
            return _fitting(he, _leading_on(beside[at]) or _only_subject(before, he), before)
        after = _told_after(text, quoted[at - 1], beside[at])
        if after and not _PRONOUN.search(after):
            return after
        if not _PRONOUN.search(beside[at]):
            break
    return ""


def _leading_on(before: str) -> str:
    """Return who says something in the last of some sentences, alone, and is meant by "he" in the next."""
    last = _LEADS_ON.match(_sentences(before)[-1])
    return _told(last["who"]) if last and not _ANOTHER.search(last["rest"]) else ""


def _only_subject(before: str, he: str) -> str:
    """Return who alone is told of in some sentences, and is meant by "he" behind them; nothing if others may be."""
    pronoun = _HE.search(he)
    if pronoun is None:
        return ""
    own = _HIS["he" if pronoun["he"] else "she" if pronoun["she"] else ""]
    subjects, rest = [], []
    for one in _sentences(_without_dateline(before)):
        subject = _SUBJECT.match(one)
        if subject and not BODY.fullmatch(subject["last"]):
            subjects.append(subject["who"])
        rest.append(_NO_OTHER.sub(" ", own.sub(" ", one[subject.end("who") :] if subject else one.strip(_AROUND))))
    others = any(_ANOTHER.search(one) or _ONE_MORE.search(one) for one in rest)
    return _told(subjects[0]) if len(subjects) == 1 and not others else ""


def _without_dateline(before: str) -> str:
    dateline = _DATELINE.match(before)
    return before[dateline.end() :] if dateline else before


def _fitting(he: str, told: str, text: str) -> str:
    """Return whom words tell; nothing if a text calls them "Ms", and "he" is said."""
    called = set[str]().union(*(pronouns_for(name, text) for name in re.findall(NAME_WORD, told)))
    pronoun = _HE.search(he)
    fits = not called or pronoun is None or (pronoun["he"] or pronoun["she"] or next(iter(called))).casefold() in called
    return told if fits else ""


def _who_spoke_above(text: str, place: int) -> str:
    """Return who says what ends the paragraph above a place."""
    end = len(text[:place].rstrip(_BLANK))
    least = max(0, end - FURTHEST)
    start = max((match.end() for match in BREAK.finditer(text, least, end)), default=end if least else 0)
    quoted = quotations(text, start, end)
    if not quoted:
        return _leading_on(text[start:end]) if not MARK.search(text, start, end) else ""
    last = beside_each(text, quoted, start, end)[-1]
    told = _told_after(text, quoted[-1], last)
    return told if len(_sentences(last)) == 1 and not _PRONOUN.search(told) else ""


def _told_of_others(words: str) -> str:
    """Return who says what a sentence tells in other words: "Ana Lim of the union said", "Menurut Ana Lim"."""
    match = _IN_OTHER_WORDS.match(words)
    return _told(match["who"]) if match else ""


def _introduction(before: str) -> str:
    """Return the words that lead to a quotation: "Ana Lim said:"."""
    leads = before.rstrip(_BLANK).endswith((":", ","))
    last = _sentences(before)[-1]
    return _told(last) if leads and _SAYS_WORD.search(last) else ""


def _told(words: str) -> str:
    """Return words on one line, without marks around them; nothing if they name nobody."""
    told = " ".join(words.split()).strip(_AROUND)
    names = [word for word in _WORD.findall(told) if word.casefold() not in _JOINING and not _SAYS_ONLY.fullmatch(word)]
    return told if names and MARK.search(told) is None else ""


def _sentences(text: str) -> list[str]:
    """Return the sentences of a text, at least one."""
    ends = [match.end() for match in _ENDS.finditer(text)]
    pieces = [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]
    return [piece for piece in pieces if piece.strip(_AROUND)] or [""]
