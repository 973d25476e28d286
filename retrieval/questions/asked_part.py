"""The part of a document that a question names by its number, to hear all that it says: "What does Article 5 say?" """

import re
from dataclasses import dataclass

from retrieval.numbered_parts import KINDS, NUMBER, PartName, kind_of
from retrieval.words import STOP_WORDS, word_forms

_WITHIN = {
    "paragraph": r"(?:operative |preambular )?(?:paragraph|para\.?)|ayat|point|butir|angka|poin",
    "letter": r"huruf|sub-?paragraph|letter",
}
_ANY = "|".join(KINDS.values())
_NAMED = re.compile(
    rf"(?<![\w-])(?P<word>(?P<kind>{_ANY})|(?P<within>{'|'.join(_WITHIN.values())}))"
    rf"(?:\s*\((?P<inside>\w{{1,4}})\)|(?:\s+|(?<=[.§]))(?:(?:no\.?|nomor|number)\s+)?(?P<number>{NUMBER}))(?P<subs>(?:\s*\(\w{{1,3}}\))*)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:about|on|soal|tentang|mengenai)\s+(?:the\s+)?\Z", re.IGNORECASE)
_SUB = re.compile(r"\w+")
_OF_RULES = "|".join(KINDS[kind] for kind in ("chapter", "section", "article"))
_WHICH = re.compile(rf"\b(?:which|what) (?:{_OF_RULES})s?\b|\b(?:{_OF_RULES}) (?:berapa|mana)\b", re.IGNORECASE)
_ASKS = frozenset(
    """say says said state states stated provide provides provided mean means contain contains content contents cover
    covers allow allows prohibit prohibits forbid forbids ban bans oblige obliges set sets out lay lays down read reads
    regulate regulates govern governs require requires decide decides request requests text wording
    under according tell show quote give please exactly number new the whole full entire
    isi isinya bunyi bunyinya berbunyi tentang mengatur diatur menyatakan menyebutkan tampilkan kutip kutipkan teks
    tolong coba ketentuan lengkap lengkapnya saja nomor tahun no year menurut berdasarkan""".split()
)
_ASKS_OTHERWISE = frozenset(
    "who whom whose when where why how siapa kapan mana dimana mengapa kenapa berapa siapakah kapankah".split()
)
_SHORT_FORMS = {
    "uu": "undang undang",
    "pp": "peraturan pemerintah",
    "perda": "peraturan daerah",
    "perbup": "peraturan bupati",
    "perwali": "peraturan wali kota",
    "perwal": "peraturan wali kota",
    "pergub": "peraturan gubernur",
    "perpres": "peraturan presiden",
    "permen": "peraturan menteri",
    "perdes": "peraturan desa",
    "kepres": "keputusan presiden",
    "keppres": "keputusan presiden",
    "sk": "keputusan",
}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A part, as the names that lead to it from the outermost on, and what else tells the document, as forms of words.

    `word` is what the question calls the outermost. Of each word of the document it is enough that one of its ways of
    writing is there: "perbup" is "peraturan bupati", too.
    """

    names: tuple[PartName, ...]
    word: str
    document: tuple[tuple[tuple[frozenset[str], ...], ...], ...]


def asked_part(question: str) -> AskedPart | None:
    """Return the part that a question asks for as a whole; None if it asks for none, or for something in one."""
    named = list(_NAMED.finditer(question))
    names: list[tuple[int, PartName, str]] = []
    ranks = [*KINDS, *_WITHIN]
    for match in named:
        word = match["word"].casefold()
        kind = kind_of(word) or next(kind for kind, words in _WITHIN.items() if re.fullmatch(words, word))
        number = (match["inside"] or match["number"]).casefold()
        names.append((ranks.index(kind), PartName(kind, number), word))
        subs = zip(_WITHIN if kind in KINDS else ("letter",), _SUB.findall(match["subs"]), strict=False)
        names += [(ranks.index(sub), PartName(sub, sign.casefold()), "") for sub, sign in subs]
    rest = [word.casefold() for word in _WORD.findall(_NAMED.sub(" ", question))]
    if not names or not _ASKS_OTHERWISE.isdisjoint(rest):
        return None
    telling = dict.fromkeys(word for word in rest if word not in STOP_WORDS and word not in _ASKS)
    if telling and _ABOUT.search(question, 0, named[0].start()):  # "What did Breuer say about Annex C?"
        return None
    document = tuple(
        tuple(tuple(word_forms(way.split())) for way in (word, _SHORT_FORMS.get(word, "")) if way) for word in telling
    )
    ordered = sorted(names, key=lambda one: one[0])
    return AskedPart(tuple(name for _, name, _ in ordered), ordered[0][2], document)


def asks_which_part(question: str) -> bool:
    """Tell whether a question asks for the number of a part: "Which article is about …?", "Pasal berapa yang …?" """
    return _WHICH.search(question) is not None
