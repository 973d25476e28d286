"""What is marked is not of the kind that is asked for: a rank for an age, a time that is over for one to come."""

import re

from retrieval.questions.kinds import asks_hour, asks_number, asks_when, asks_why
from retrieval.questions.periods import asked_periods
from retrieval.text.amounts import NUMBER_WORD, SCALE
from retrieval.text.dates import MONTH, month_number
from retrieval.text.days import without_days
from retrieval.text.headings import titles_above
from retrieval.text.names import names_had, names_within
from retrieval.text.paragraphs import paragraph_begin, paragraph_start
from retrieval.text.patterns import regex
from retrieval.text.table_rows import cells_of
from retrieval.text.words import has_only, subject_stems
from retrieval.values import Reading

_RANK = regex(
    r"(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)"
    r"|pertama|ke(?:dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|-\d+))",
    re.IGNORECASE,
)
_ASKS_RANK = regex(
    r"\bke-? ?berapa|\bnomor berapa\b|\b(?:what|which) (?:number|place)\b|\b(?:times|kali|since|sejak|so far)\b",
    re.IGNORECASE,
)
_WILL = regex(r"\b(?:(?<!since )when (?:will|shall|is|are) .*|kapan .*\b(?:akan|bakal)\b.*)", re.IGNORECASE)
_ENDS_OVER = regex(
    r"\b(?:ago|(?:yang )?lalu|last (?:night|week|month|year|\w+day)|yesterday|kemarin)\W*\Z", re.IGNORECASE
)
_HOW_OLD = regex(r"\bhow old\b|\b(?:umur|usia)\w*", re.IGNORECASE)
_SOMEBODY = regex(  # who is not named: "a 57-year-old man", "seorang pria berusia 57 tahun"
    r"\ban? (?:[\w-]+ ){0,2}?(?=\d+-year-old)|\bseorang (?:[\w-]+ ){1,3}(?:berumur|berusia|umur|usia) ?(?=\d)",
    re.IGNORECASE,
)
_NUMBER_OF_PAPER = regex(r"(?:no\.?|nomor)?\s*(?=\S*[a-z])(?=\S*\d)\w+(?:[./-]\w+)*/[\w./-]+", re.IGNORECASE)
_MONEY = (
    "(?:gaji|upah|honor(?:arium)?|tunjangan|biaya|ongkos|harga|tarif|anggaran|salar(?:y|ies)|wages?|pay|paid|costs?)"
)
_ASKS_MONEY = regex(
    rf"\bberapa(?:kah)? (?:besar(?:nya)? |jumlah |total )?{_MONEY}(?:nya)?\b"
    rf"|\b{_MONEY}(?:nya)?\b.*(?<!\bada )\bberapa\W*\Z|\bhow much\b.*\b{_MONEY}\b",
    re.IGNORECASE,
)
_SAYS_MONEY = regex(
    rf"[$€£%]|\bRp|\b(?:rupiah|dollars?|euros?|pounds?|persen|per ?cent|{SCALE}|{_MONEY})",
    re.IGNORECASE,
)
_NUMBER = rf"(?:\d{{1,3}}|{NUMBER_WORD})"
_OF_SO_MANY = regex(rf"(?: [\w-]+){{0,2}} (?:(?:out )?of|dari) {_NUMBER}", re.IGNORECASE)  # "the fifth of eleven"
_IS_COUNT = regex(  # "Dua puluh tiga", "23 orang"
    rf"{_NUMBER}(?:[- ](?:and |dan )?{_NUMBER})*"
    r"(?: (?:orang|awak|kapal|unit|buah|people|persons?|men|women|workers|employees|staff|boats|ships))?",
    re.IGNORECASE,
)
_ASKS_ITS_NUMBER = regex(
    r"\b(?:nomor|nomer|no\.?) (?:rekening|telepon|telp|hp|wa|whatsapp|perkara|polisi|surat|kontrak)\b"
    r"|\b(?:account|case|phone|telephone|reference|contract) (?:number|no\b)",
    re.IGNORECASE,
)
_BEFORE = 200  # characters before a sentence, in whose last paragraph it may be asked for money
_IS_SUM = regex(r"(?:Rp|IDR|US\$|[$€£])\s?\d", re.IGNORECASE)
_HOURS_A_WEEK = regex(r"\b(?:jam|hours?) (?:per|a|each|se) ?(?:week|day|month|minggu|hari|bulan)", re.IGNORECASE)
_WHO_DID_IT = regex(
    r"\b(?:suspects?|culprits?|perpetrators?|thie(?:f|ves)|murderers?|attackers?"
    r"|who (?:stole|killed|murdered|robbed|attacked|caused|started|shot|stabbed)"
    r"|pelaku(?:nya)?|tersangka(?:nya)?|penyebab(?:nya)?"
    r"|siapa (?:yang |yg )?(?:mencuri|nyuri|membunuh|merampok|membakar|menembak|menusuk|menyebabkan|korupsi))\b",
    re.IGNORECASE,
)
_TELLS = regex(
    r"[\s,]*(?:\([^()]{0,40}\)[\s,]*)?(?:said|says|told|explained|announced|revealed|stated|mengatakan|menjelaskan|memaparkan"
    r"|menyampaikan|mengungkap(?:kan)?|menuturkan|menyatakan|membeberkan|menyebut(?:kan)?)\b",
    re.IGNORECASE,
)
_CAUSE = regex(r"\b(?:causes?|caused|penyebab(?:nya)?|reason)\b", re.IGNORECASE)
_AS_A_RESULT = regex(r"\W*(?:as a result|sehingga|akibatnya)\b", re.IGNORECASE)
_ENDS_AS_A_RESULT = regex(r"\b(?:as a result,?|sehingga|akibatnya,?)\W*\Z", re.IGNORECASE)
_IS_ASKED = regex(r"\?[\"'”’)\s]*\Z")
_DIGIT = regex(r"\d")
_ASKS_MARGIN = regex(
    r"\b(?:by how|majority|margin|more|fewer|less|ahead|lead|beat\w*|defeat\w*|difference|saved?|missing|lack\w*"
    r"|unggul|selisih|beda\w*|mengalahkan|lebih|kurang|hemat|hilang)\b|\bby\W*\Z",
    re.IGNORECASE,
)
_IS_MARGIN = regex(  # "Lim beat Oduya by", "with a majority of"
    r"(?:\b(?:beat(?:ing)?|defeat(?:ed|ing)|ousted|ahead of|lost to|mengalahkan|unggul)\b"
    r"[^.;]{0,60} (?:by|selisih|dengan)"
    r"|\b(?:majority|margin|lead|selisih|keunggulan) (?:of|hanya|sebesar|sebanyak)) (?:only |just |hanya )?\Z",
    re.IGNORECASE,
)
_IS_SCORE = regex(r"(?: \w+)? (?:to|against|berbanding|lawan) \d", re.IGNORECASE)  # "by 812 votes to 640"
_MORE_THAN = regex(
    r"(?: (?!(?:if|when|kalau|jika|bila)\b)\w+)? (?:(?:more|fewer|less|ahead) (?:than|of)"
    r"|lebih (?:banyak|sedikit) dari)\b",
    re.IGNORECASE,
)
_DID = regex(r"\b(?:did|was|were)\b", re.IGNORECASE)
_IN_YEAR = regex(r"\bin ((?:19|20)\d\d)\b", re.IGNORECASE)
_TO_COME = regex(
    r"\b(?:next|will|would|shall|coming|by then|tomorrow|from now|later this|depan|mendatang|akan|bakal|besok)\b",
    re.IGNORECASE,
)
_YEAR = regex(r"\b(?:19|20)\d\d\b")
_IS_ANNOUNCED = regex(  # "The figures for October will be released on 3 November"
    r"\bwill be (?:released|published|announced|issued)\b|\bakan (?:diumumkan|dirilis|diterbitkan|dipublikasikan)\b",
    re.IGNORECASE,
)
_ASKS_OF_RELEASE = regex(
    r"\b(?:what|which|who|will|what[’']s|date|day|schedule|calendar|releas\w+|publi\w+|announc\w+|apa\w*|siapa|yang|akan"
    r"|tanggal|hari|jadwal|\w*rilis\w*|\w*terbit\w*|\w*umum\w*)\b",
    re.IGNORECASE,
)
_MONTH = regex(rf"\b(?!may\b)(?i:{MONTH})\b")
_OFFERS = regex(r"\b(?:or|atau)\b", re.IGNORECASE)  # "accepted or denied?"


def is_of_other_kind(question: str, reading: Reading) -> bool:
    """Tell whether what is marked cannot be what a question asks for, by its form.

    So it is with a rank where a number is asked for, the age of somebody who is not named where a name's is, a time
    that is over where it is asked when something will be, and what a document of before a year says of it, or without
    it. So it is with the number of a paper where its day is asked for, hours a week where the hour is, what followed
    where a reason is, who only tells of a crime where it is asked who did it, and by how many somebody won where it is
    asked how many they got; with a count where money is asked for, and a sum where a number that something has. Nor
    does what somebody else asks answer, where it only says the question again, nor that figures are to come.
    """
    marked = reading.marked.strip()
    if _says_question_again(question, reading):
        return True
    if _IS_ANNOUNCED.search(reading.text) and _is_day_of_figures(question, reading):
        return True
    if asks_when(question) and _NUMBER_OF_PAPER.fullmatch(marked):
        return True
    if _ASKS_ITS_NUMBER.search(question) and _IS_SUM.match(marked):
        return True
    if asks_hour(question) and _HOURS_A_WEEK.search(marked):
        return True
    if _WHO_DID_IT.search(question) and _is_teller(reading):
        return True
    if (asks_why(question) or _CAUSE.search(question)) and _follows(question, reading):
        return True
    if _WILL.search(question) and _ENDS_OVER.search(marked):
        return True
    if asks_number(question) and (
        _is_rank(question, reading)
        or _is_age_of_somebody(question, reading)
        or _is_margin(question, reading)
        or _is_count_for_money(question, reading)
    ):
        return True
    return _was_not_yet(question, reading)


def _says_question_again(question: str, reading: Reading) -> bool:
    """Tell whether what is marked is of a question, and says nothing that is not asked; it may be one of two."""
    is_said = subject_stems(reading.marked) and has_only(subject_stems(question), reading.marked)
    return bool(is_said and _IS_ASKED.search(reading.text) and not _OFFERS.search(question))


def _is_day_of_figures(question: str, reading: Reading) -> bool:
    """Tell whether a sentence only announces figures of a time, which are asked for, or is asked when others come."""
    if not asks_when(question):
        has_figure = _DIGIT.search(_YEAR.sub("", without_days(reading.marked)))
        return bool(asked_periods(question)) and not (has_figure or _ASKS_OF_RELEASE.search(question))
    told = reading.text.replace(reading.marked, " ") if reading.highlight else reading.text
    asked, said = (set(map(month_number, _MONTH.findall(without_days(text)))) for text in (question, told))
    return bool(asked and said) and asked.isdisjoint(said)


def _is_rank(question: str, reading: Reading) -> bool:
    """Tell whether a rank is marked that tells no number: not for "how many times?", nor "the fifth out of eleven"."""
    end = reading.highlight[1] if reading.highlight else reading.sentence.end
    is_number = _ASKS_RANK.search(question) or _OF_SO_MANY.match(reading.hit.document.text, end, reading.sentence.end)
    return _RANK.fullmatch(reading.marked.strip()) is not None and not is_number


def _is_count_for_money(question: str, reading: Reading) -> bool:
    """Tell whether money is asked for, and only a count is marked, where nothing around speaks of money."""
    if not _ASKS_MONEY.search(question) or not _IS_COUNT.fullmatch(reading.marked.strip()):
        return False
    text, sentence = reading.hit.document.text, reading.sentence
    far = max(0, sentence.start - _BEFORE)
    before = len(text[: paragraph_begin(text, far, sentence.start)].rstrip())
    around = "\n".join([text[paragraph_begin(text, far, before) : sentence.end], *titles_above(reading)])
    return not _SAYS_MONEY.search(around) and not cells_of(reading.hit.document, reading.sentence)


def _is_teller(reading: Reading) -> bool:
    """Tell whether a word for saying follows what is marked: "Inspector Ana Lim explained how …"."""
    end = reading.highlight[1] if reading.highlight else reading.sentence.end
    return _TELLS.match(reading.hit.document.text, end, reading.sentence.end) is not None


def _follows(question: str, reading: Reading) -> bool:
    """Tell whether what is marked is what came of that which is asked for: "… broke; as a result, traffic is diverted".

    More words of the question stand before it then: what came of something else may be the reason.
    """
    text, sentence = reading.hit.document.text, reading.sentence
    start = reading.highlight[0] if reading.highlight else sentence.start
    before = text[sentence.start : start]
    if not (_AS_A_RESULT.match(reading.marked) or _ENDS_AS_A_RESULT.search(before)):
        return False
    asked = subject_stems(question)
    of_cause, of_result = (
        sum(not forms.isdisjoint(frozenset().union(*subject_stems(part))) for forms in asked)
        for part in (before, text[start : sentence.end])
    )
    return of_cause > of_result


def _is_age_of_somebody(question: str, reading: Reading) -> bool:
    names = names_within(question)
    if not names or not _HOW_OLD.search(question) or names_had(reading.text, names):
        return False
    return any(one.end() + reading.sentence.start == _number_of(reading) for one in _SOMEBODY.finditer(reading.text))


def _number_of(reading: Reading) -> int:
    """Return where the first figure of what is marked stands in the document; -1 if it has none."""
    start, end = reading.highlight or (0, 0)
    figure = _DIGIT.search(reading.hit.document.text, start, end)
    return figure.start() if figure else -1


def _is_margin(question: str, reading: Reading) -> bool:
    """Tell whether what is marked is a difference, which is not asked for: "beat Lim by 2,310 votes"."""
    start, end = reading.highlight or (reading.sentence.start, reading.sentence.start)
    text = reading.hit.document.text
    difference = _IS_MARGIN.search(text[reading.sentence.start : start]) or _MORE_THAN.match(text, end)
    is_asked = _ASKS_MARGIN.search(question) or _IS_SCORE.match(text, end)
    return difference is not None and not is_asked


def _was_not_yet(question: str, reading: Reading) -> bool:
    """Tell whether a document is of before the years of a question, and its sentence neither of these nor to come.

    Nor does what stands before it in its paragraph name one of them.
    """
    years, date = set(_YEAR.findall(question)), reading.hit.document.date
    if not years or not date or not all(str(date)[:4] < year for year in years):
        return False
    if _DID.search(question) and _IN_YEAR.search(question):
        return True
    document, sentence = reading.hit.document, reading.sentence
    paragraph = document.text[paragraph_start(document, sentence.start) : sentence.end]
    said = "\n".join([paragraph, *titles_above(reading)])
    is_of_later = any(year >= min(years) for year in _YEAR.findall(said))
    return not is_of_later and not _TO_COME.search(reading.text)
