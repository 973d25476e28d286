"""Short forms of words as people write them in chats: "brp yg ngungsi tgl 4?", "how many ppl?" """

import re

_SHORT_FORMS = {
    short: word
    for word, shorts in {
        "berapa": "brp brpa brapa",
        "siapa": "sapa",
        "kapan": "kpn",
        "di mana": "dmn dmana dimn",
        "ke mana": "kmn kmana",
        "kenapa": "knp knapa",
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
    }.items()
    for short in shorts.split()
}
_SHORT_FORM = re.compile(rf"(?<![\w.@/-])(?:{'|'.join(_SHORT_FORMS)})\b(?!['’@/-]|\.\w)", re.IGNORECASE)


def written_out(question: str) -> str:
    """Return a question with its short forms written out; in capitals, as in "GA", they are left: those are names."""
    return _SHORT_FORM.sub(_word, question)


def _word(match: re.Match[str]) -> str:
    short = match[0]
    if len(short) > 1 and short.isupper():
        return short
    word = _SHORT_FORMS[short.casefold()]
    return word.capitalize() if short[0].isupper() else word
