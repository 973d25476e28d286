"""Short forms as people write them in chats: "brp yg ngungsi tgl 4?", "how many ppl?", "tgl 4/3"."""

import re
from functools import partial

from retrieval.text.dates import MONTH, MONTH_NAMES_ID
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS_OF

_SHORT_FORMS = {
    short: word
    for word, shorts in {
        "berapa": "brp brpa brapa",
        "siapa": "sapa",
        "kapan": "kpn",
        "di mana": "dmn dmana dimn",
        "ke mana": "kmn kmana",
        "kenapa": "knp knapa",
        "bilang": "blg",
        "tanya": "nanya tny",
        "tanyakan": "nanyain tanyain",
        "bagaimana": "bgmn gmn gmna gimana",
        "yang": "yg",
        "untuk": "utk",
        "dengan": "dgn dg",
        "pada": "pd",
        "karena": "krn karna",
        "tentang": "ttg",
        "kalau": "klo kalo",
        "terus": "trus trs",
        "lagi": "lg",
        "sudah": "sdh udh udah",
        "belum": "blm blum",
        "masih": "msh",
        "tidak": "tdk gak ga gk nggak ngga enggak",
        "bisa": "bs bsa",
        "dapat": "dpt dapet",
        "jangan": "jgn",
        "sebelum": "sblm",
        "setelah": "stlh",
        "sampai": "sampe",
        "sekarang": "skrg skrng",
        "banyak": "bnyk",
        "jumlah": "jml jmlh",
        "harga": "hrg",
        "tanggal": "tgl",
        "bulan": "bln",
        "tahun": "thn",
        "telepon": "telp tlp telpon",
        "orang": "org",
        "please": "pls plz",
        "people": "ppl",
        "about": "abt",
        "because": "bcs bcoz",
        "week": "wk",
        "what's": "whats",
        "who's": "whos",
        "where's": "wheres",
        "when's": "whens",
        "how's": "hows",
    }.items()
    for short in shorts.split()
}
_OTHERWISE_TOO = frozenset("bs dg ga gk lg org pd sampe".split())  # words of other languages, and short names
_SHORT_FORM = regex(rf"(?<![\w.@/-])(?:{'|'.join(_SHORT_FORMS)})\b(?!['’@/-]|\.\w)", re.IGNORECASE)
_MOST_DAYS = 31
_DAY = regex(  # "tanggal 4/3", "tanggal 04-03-2025"; not "tanggal 1-3 Maret"
    r"\btanggal (?P<day>\d\d?)(?P<sign>[/-])(?P<month>\d\d?)(?:(?P=sign)(?P<year>20\d\d))?(?![\w/-])"
    rf"(?!\s+(?:bulan\s+)?{MONTH}\b)",
    re.IGNORECASE,
)


def written_out(question: str) -> str:
    """Return a question with its short forms written out, and the month of an Indonesian day: "tanggal 4/3".

    A capital makes a name of one, but where it begins the question: "Siapa Karna Sobahi?" What may be a word of another
    language is written out only where another one is Indonesian, or a short form.
    """
    shorts = {match[0].casefold() for match in _SHORT_FORM.finditer(question)} - _OTHERWISE_TOO
    small = STOP_WORDS_OF["id"].intersection(question.casefold().split())
    return _DAY.sub(_day, _SHORT_FORM.sub(partial(_word, surely=bool(shorts or small)), question))


def _day(match: re.Match[str]) -> str:
    day, month, year = match["day"], int(match["month"]), match["year"]
    if not 1 <= month <= len(MONTH_NAMES_ID) or not 1 <= int(day) <= _MOST_DAYS or (match["sign"] == "-" and not year):
        return match[0]
    said = match[0].split()[0]
    return " ".join(filter(None, (said, day, MONTH_NAMES_ID[month - 1], year)))


def _word(match: re.Match[str], *, surely: bool) -> str:
    short = match[0]
    named = short[0].isupper() and (match.start() > 0 or short[1:].isupper())
    if named or (short.casefold() in _OTHERWISE_TOO and not surely):
        return short
    word = _SHORT_FORMS[short.casefold()]
    return word.capitalize() if short[0].isupper() else word
