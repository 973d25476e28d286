"""A figure of the opposite of what a question names does not answer it: of children, not of adults; of new cars.

Nor does the most for the least, or what a prosecutor demands for what a court decides.
"""

import re
from collections.abc import Iterator, Sequence

from retrieval.questions.kinds import asked_not, asks_number, asks_when, asks_why
from retrieval.text.headings import titles_above
from retrieval.text.markup import visible_text
from retrieval.text.table_rows import cells_of
from retrieval.text.words import stems
from retrieval.values import Reading

_OPPOSITES = (  # each group of things or people is none of the others in its line
    "adult adults dewasa / child children kids anak anak-anak",
    "men man boy boys male laki-laki pria / women woman girl girls female perempuan wanita",
    "mobil / motor / truk / bus",
    "doctor doctors dokter / nurse nurses perawat / midwife midwives bidan",
    "dead deaths died killed fatalities meninggal tewas menewaskan / missing hilang"
    " / injured wounded hurt injuries luka luka-luka terluka cedera",
)
_OPPOSITE_KINDS = (  # these only of the same thing: "new cars", "used cars"; "sekolah negeri", "sekolah swasta"
    "new baru / used secondhand bekas",
    "north northern utara / south southern selatan / east eastern timur / west western barat",
    "public negeri / private swasta",
    "domestic domestik / international foreign internasional asing",
    "slight minor ringan / serious severe berat / sedang",
    "minimum minimal / maximum maximal maksimum maksimal",
    "gross / net",
    "upper / lower",
    "indoor / outdoor",
    "junior / senior",
    "primary / secondary",
    "confirmed / suspected",
    "imported impor / exported ekspor",
    "inpatient / outpatient",
)
_LIMITS = (  # the least, the most
    re.compile(
        r"\b(?:minim(?:um|al)(?:nya)?|paling (?:sedikit|rendah|kecil|muda|kurang|singkat|cepat|awal)"
        r"|sekurang-kurangnya|serendah-rendahnya|at least|(?:no|not) (?:less|fewer|younger) than)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:maks(?:imum|imal)(?:nya)?|maximum|maximal|paling (?:banyak|tinggi|besar|tua|lama|lambat)"
        r"|sebanyak-banyaknya|setinggi-tingginya|selambat-lambatnya|at most"
        r"|(?:no|not) (?:more|older|later|longer) than)\b",
        re.IGNORECASE,
    ),
)
_REASON = re.compile(r"\b(?:because|since|as|karena|sebab|lantaran)\b", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?:(?:decid\w+|vot\w+|chose|choose) (?:for|in favou?r)|in favou?r|chose|choose|support\w*|approv\w+|endors\w+"
    r"|accept\w*|agree[sd]?|setuju|(?:me)?nyetujui|disetujui|(?:men|di)?dukung|(?:me|di)pilih"
    r"|memilih|(?:men|di)?terima)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:(?:advis|argu|decid|vot|warn)\w+ (?:\w+ ){0,2}?against|oppos\w+|reject\w*|refus\w+|object\w*|veto\w*"
    r"|(?:me|di)?tolak|menolak|menentang|keberatan)\b",
    re.IGNORECASE,
)
_STAGES = {  # of a case at court
    "suspect": re.compile(
        r"\b(?:(?:men)?jadi|sebagai|ditetapkan) tersangka\b|\bnamed (?:as )?(?:a )?suspects?\b", re.IGNORECASE
    ),
    "threat": re.compile(r"\b(?:terancam|diancam|ancaman|(?:could )?faces? up to|facing up to)\b", re.IGNORECASE),
    "demand": re.compile(
        r"\b(?:dituntut|menuntut|tuntut(?:an(?:nya)?)?)\b"
        r"|\bprosecut\w+\b[^.;]{0,60}?\b(?:demand(?:s|ed)?|sought|seek(?:s|ing)?|(?:asked|called|calling) for)\b",
        re.IGNORECASE,
    ),
    "verdict": re.compile(
        r"\b(?:(?:mem|di)?vonis(?:nya)?|(?:di|meng)hukum|dijatuhi|menjatuh(?:i|kan)|putusan(?:nya)?|dipidana"
        r"|sentenced|jailed|convicted|imprisoned)\b",
        re.IGNORECASE,
    ),
}
_SUM = re.compile(r"(?:Rp|US\$|[$€£])\s?\d")
_ASKS_TERM = re.compile(  # "divonis berapa?", "vonis Yanto berapa?", not "divonis bayar berapa?"
    r"\b(?:divonis|dihukum|vonis(?:nya)?|hukuman(?:nya)?)(?! (?:denda|bayar|ganti)) (?:[^\W\d]+ ){0,3}?berapa\W*\Z"
    r"|\bhow long\b",
    re.IGNORECASE,
)
_ASKED_STAGES = {  # by other words, too
    "demand": re.compile(r"\b(?:prosecut\w+|jaksa|penuntut)\b", re.IGNORECASE),
    "verdict": re.compile(r"\b(?:hukuman(?:nya)?|sentence|verdict)\b", re.IGNORECASE),
}
_DENIES = re.compile(r"[\W\d]*(?:not|tidak|belum|bukan)\s+(?P<what>[^\W\d]+)[\w ,]{0,30}:", re.IGNORECASE)
_SAYS = re.compile(r"[\W\d]*(?P<what>[^\W\d]+)[\w ,]{0,30}:")
_NOT = re.compile(r"\b(?:not|no|tidak|tak|tdk|ga|gak|nggak|belum|bukan)\b|n[’']t\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_DIGIT = re.compile(r"\d")


def _sides(lines: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return for each word the number of its line, and that of its side in it."""
    return {
        word: (number, side)
        for number, line in enumerate(lines)
        for side, words in enumerate(line.split("/"))
        for word in words.split()
    }


_THINGS, _KINDS = _sides(_OPPOSITES), _sides(_OPPOSITE_KINDS)


def is_of_opposite(question: str, reading: Reading) -> bool:
    """Tell whether a sentence, with a figure marked in it, speaks of the opposite of what a question names, not of it.

    Nor may the headings above it, its title or the names of its columns speak of what is named. So it is with a line
    whose label denies what is asked for, "Not present: Ana Lim", or says it where it is asked for who is not.
    """
    label = _DENIES.match(reading.text)
    if label and re.search(rf"\b{re.escape(label['what'])}", _NOT.sub(" ", question), re.IGNORECASE):
        return not _NOT.search(question)
    says = _SAYS.match(reading.text)
    if says and says["what"].casefold() == asked_not(question):
        return True
    if not _DIGIT.search(reading.marked) or asks_when(question):
        return False
    document = reading.hit.document
    asked = set(_named(question, document.language))
    if not asked:
        return False
    columns = [cell.column for cell in cells_of(document, reading.sentence)]
    around = "\n".join((*titles_above(reading), *columns))
    said = set(_named(visible_text(reading.text, markdown=document.markdown), document.language))
    known = {(line, side) for line, side, _ in (*said, *_named(around, document.language))}
    return any(
        (line, side) not in known and any(one[0] == line and one[2] == of for one in said) for line, side, of in asked
    )


def is_of_other_limit(question: str, reading: Reading) -> bool:
    """Tell whether the least is said before a figure where a question asks for the most, or the other way round.

    The sentence, its headings and its columns do not say the one that is asked for.
    """
    asked = [bool(limit.search(question)) for limit in _LIMITS]
    if not reading.highlight or asked[0] == asked[1] or not asks_number(question):
        return False
    document, (begin, _) = reading.hit.document, reading.highlight
    own, other = _LIMITS if asked[0] else _LIMITS[::-1]
    columns = [cell.column for cell in cells_of(document, reading.sentence)]
    said = "\n".join((reading.text, *titles_above(reading), *columns))
    return not own.search(said) and other.search(document.text, reading.sentence.start, begin) is not None


def is_of_other_side(question: str, reading: Reading) -> bool:
    """Tell whether a sentence has a reason against something, where a question asks why somebody was for it.

    No word in it says that anybody was.
    """
    if not asks_why(question) or not _FOR.search(question) or _AGAINST.search(question) or _NOT.search(question):
        return False
    reason = _REASON.search(reading.text)
    before = reading.text[: reason.start()] if reason else ""
    return _AGAINST.search(before) is not None and not _FOR.search(reading.text)


def is_of_other_stage(question: str, reading: Reading) -> bool:
    """Tell whether a figure or a day is of another stage of a case than a question asks for: demanded, not decided.

    A word for that stands before what is marked, or a sum is marked that is no fine, and there is none for the one that
    is asked for in the sentence.
    """
    if not (asks_number(question) or asks_when(question)):
        return False
    asked = {stage for stage, words in _STAGES.items() if words.search(question)}
    asked |= {stage for stage, words in _ASKED_STAGES.items() if words.search(question)}
    if len(asked) != 1 or (asked == {"suspect"} and not asks_when(question)):
        return False
    begin = reading.highlight[0] if reading.highlight else reading.sentence.end
    before = reading.hit.document.text[reading.sentence.start : begin]
    said = {stage for stage, words in _STAGES.items() if words.search(before)}
    is_sum = asked == {"verdict"} and _SUM.match(reading.marked) and _ASKS_TERM.search(question)
    return bool(said or is_sum) and not any(_STAGES[stage].search(reading.text) for stage in asked)


def _named(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Yield each side that a text names: its line, its number in that, and of what thing it is a kind, if it is one."""
    words = [match[0].casefold() for match in _WORD.finditer(text)]
    for place, word in enumerate(words):
        if word in _THINGS:
            yield (*_THINGS[word], "")
        elif word in _KINDS:
            line, side = _KINDS[word]
            for other in (*words[max(0, place - 1) : place], *words[place + 1 : place + 2]):
                yield line + len(_OPPOSITES), side, next(iter(stems(other, language)), other)
