"""The part of a document that a question names by its number, to hear all that it says: "What does Article 5 say?" """

import re
from dataclasses import dataclass

from retrieval.text.amounts import NUMBER_WORD, with_amounts
from retrieval.text.numbered_parts import KINDS, NUMBER, PartName, kind_of, part_name
from retrieval.text.patterns import regex
from retrieval.text.short_names import letters_of, well_known_names, words_of
from retrieval.text.words import STOP_WORDS, word_forms

_WITHIN = {
    "paragraph": r"(?:operative |preambular )?(?:paragraph|para\.?)|ayat|recital",
    "item of a list": r"point|butir|angka|poin|huruf|sub-?paragraph|letter|diktum",
}
_ANY = "|".join((*KINDS.values(), *_WITHIN.values()))
_NAMED = regex(
    rf"(?<![\w-])(?P<word>(?:{_ANY})|(?:ss?|cl|ps|psl)\.?(?=\s*\d))"
    r"(?:\s*[(\[](?P<inside>\w{1,4})[)\]]"
    rf"|(?:\s+|(?<=[.§]))(?:(?:no\.?|nomor|number)\s+|ke-?\s*(?=\d))?(?P<number>{NUMBER}))"
    r"(?P<subs>(?:\s*\(\w{1,4}\))*)",
    re.IGNORECASE,
)
_NUMBER_WORD = rf"(?!dozen|lusin){NUMBER_WORD}"
_IN_WORDS = regex(
    rf"(?<![\w-])(?P<word>{_ANY})\s+(?P<words>{_NUMBER_WORD}(?:\s+{_NUMBER_WORD})*)"
    r"(?=\s*(?:[?.,!(]|\Z|(?:of|in|to|on|say|says|mean|means|contain|contains|about|require|requires|forbid|forbids|cover"
    r"|covers|provide|provides|allow|allows|regulate|regulates|mengatur|berbunyi|dari|dalam|pada|tentang|the|perda|perbup"
    r"|pergub|perpres|permen|uu|undang|pp|peraturan|keputusan|surat|perjanjian|ayat|huruf|angka|dan|and)\b))",
    re.IGNORECASE,
)
_DOTTED = regex(  # "what does 2.2 say?", "isi 3.2", "2.2?"
    r"\A\W*(?P<before>(?:what (?:does|is in)|what[’']s in|(?:apa )?(?:isi|bunyi)(?:nya)?)\s+)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2})+)(?P<after>\s+(?:say|says|mean|means))?\W*\Z",
    re.IGNORECASE,
)
_ONE = r"\d{1,3}(?:\.\d{1,3})*[a-z]?(?![\w/]|\.\d)"
_EACH_WORD = rf"(?<![\w-])(?P<word>{_ANY})s?"
_AND = r"(?:,?\s+(?:and|dan|serta)\s+|\s*&\s*)"
_AGAIN = r"(?:(?P=word)s?\s+)?"
_SEVERAL = regex(  # "articles 5, 6 and 7", "pasal 5 dan pasal 6"
    rf"{_EACH_WORD}(?P<numbers>\s+{_ONE}(?:(?:\s*,\s*|{_AND}){_AGAIN}{_ONE})*{_AND}{_AGAIN}{_ONE})",
    re.IGNORECASE,
)
_FROM_TO = regex(  # "articles 5 to 7", "pasal 5 sampai 8"
    rf"{_EACH_WORD}\s+(?P<first>\d{{1,3}})\s*(?:to|[–-]|sampai(?: dengan)?|hingga|s[./]?d\.?)\s*{_AGAIN}"
    r"(?P<last>\d{1,3})(?![\w/]|\.\d)",
    re.IGNORECASE,
)
_DO = regex(r"\bdo(?=\s+(?:the\s+)?\Z)")
_COMPARES = regex(
    r"\b(?:between|antara|beda(?:nya)?|perbedaan|difference|differ|compared?|same|sama|hubungan|kaitan|common|both|which"
    r"|mana|conflict|contradict|bertentangan)\b",
    re.IGNORECASE,
)
_ABOUT = regex(r"\b(?:about|on|soal|tentang|mengenai)\s+(?:the\s+)?\Z", re.IGNORECASE)
NUMBER_ALONE = regex(r"\(?(?:\d{1,3}(?:\.\d{1,3})*[a-z]?|(?P<letter>[a-z]|[ivx]{2,4}))\)?")
_LAST_SUB = regex(r"\(\w{1,4}\)\Z")
_OF_RULES = "|".join(KINDS[kind] for kind in ("annex", "chapter", "section", "article", "item"))
_WHICH = regex(rf"\b(?:which|what) (?:{_OF_RULES})s?\b|\b(?:{_OF_RULES}) (?:berapa|brp|mana)\b", re.IGNORECASE)
_ASKS = frozenset(
    """say says said state states stated provide provides provided mean means contain contains content contents cover
    covers allow allows prohibit prohibits forbid forbids ban bans oblige obliges set sets out lay lays down read reads
    regulate regulates govern governs require requires decide decides decided request requests discussed agreed text
    wording under according tell show quote give please exactly number new the whole full entire s
    explain explains summarize summarise jelaskan jelasin kalau
    isi isinya bunyi bunyinya berbunyi tentang mengenai membahas memuat maksud maksudnya mengatur ngatur diatur
    menyatakan menyebutkan tampilkan kutip kutipkan bacakan teks tlg tolong minta coba dong ketentuan penjelasan
    penjelasannya lengkap lengkapnya saja nomor tahun no year menurut berdasarkan""".split()
)
_ASKS_OTHERWISE = frozenset(
    "who whom whose when where why how siapa kapan mana dimana mengapa kenapa berapa siapakah kapankah".split()
)
_PAPERS = {  # beside the number of a part; by itself each stands for other things, too
    "permen": "peraturan menteri",
    "sk": "keputusan",
    "se": "surat edaran",
    "pks": "perjanjian kerja sama",
}
_EXPLANATION = frozenset(("penjelasan", "penjelasannya"))
_WORD = regex(r"\w+")


@dataclass(frozen=True, slots=True)
class DocumentWord:
    """A word that tells which document is meant, in its forms, and what it is short for, in small letters, if it is."""

    forms: frozenset[str]
    short_for: str


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A part, as the names that lead to it from the outermost on, and what else a question says of its document.

    `explained`: it is that of the explanation of a regulation.
    """

    names: tuple[PartName, ...]
    document: tuple[DocumentWord, ...]
    explained: bool


def _kind(match: re.Match[str]) -> str:
    word = match["word"].casefold()
    within = (kind for kind, words in _WITHIN.items() if re.fullmatch(words, word))
    return kind_of(word) or next(within)


def _rank(match: re.Match[str]) -> int:
    return [*KINDS, *_WITHIN].index(_kind(match))


def part_names(text: str) -> tuple[PartName, ...]:
    """Return the names of a part that stand in a text, from the outermost on."""
    names: list[tuple[float, PartName]] = []
    for match in _NAMED.finditer(text):
        rank = _rank(match)
        names.append((rank, part_name(_kind(match), match["inside"] or match["number"], match["word"])))
        names += [(rank + 0.5, part_name("item of a list", sub, "")) for sub in _WORD.findall(match["subs"])]
    return tuple(name for _, name in sorted(names, key=lambda one: one[0]))


def with_other_part(phrase: str, question: str) -> str:
    """Return a question with the part that a phrase names in the place of its own, or within that; else nothing.

    "Paragraph 2" is within "Article 5", "Article 6" another one, and so is "6" alone.
    """
    phrase, question = _in_figures(phrase), _in_figures(_with_point(question))
    there = list(_NAMED.finditer(question)) if asked_part(question) else []
    if there and (alone := NUMBER_ALONE.fullmatch(phrase)):
        last = max(there, key=_rank)
        if (alone["letter"] or phrase.startswith("(")) and not last["inside"]:  # "and (c)?" within "article 2(b)"
            within = _LAST_SUB.sub("", question[: last.end()])
            return f"{within}({phrase.strip('()')}){question[last.end() :]}"
        named, places = f"{last['word']} {phrase.strip('()')}", [last]
    elif there and (now := list(_NAMED.finditer(phrase))):
        named = phrase[now[0].start() : now[-1].end()]
        places = [one for one in there if _rank(one) >= _rank(now[0])]
    else:
        return ""
    if not places:
        return f"{question[: there[-1].end()]} {named}{question[there[-1].end() :]}"
    return f"{question[: places[0].start()]}{named}{question[places[-1].end() :]}"


def _in_figures(question: str) -> str:
    """Return a question with the numbers of parts in figures: "pasal lima", "article twenty one"."""
    return _IN_WORDS.sub(
        lambda match: f"{match['word']} {' '.join(with_amounts(match['words'].casefold().split()))}", question
    )


def _with_point(question: str) -> str:
    """Return a question that names a part by nothing but its number with what such a part is: "isi 3.2", "2.2?"."""
    return _DOTTED.sub(lambda match: f"{match['before'] or ''}point {match['number']}{match['after'] or ''}", question)


def without_part_names(question: str) -> str:
    """Return a question without the names of parts in it."""
    return _NAMED.sub(" ", question)


def asked_part(question: str) -> AskedPart | None:
    """Return the part that a question asks for as a whole; None if it asks for none, or for something in one."""
    question = _in_figures(_with_point(question))
    names, rest = part_names(question), without_part_names(question)
    telling = telling_words(rest)
    if not names or telling is None:
        return None
    first = _NAMED.search(question)
    if telling and first and _ABOUT.search(question, 0, first.start()):  # "What did Breuer say about Annex C?"
        return None
    document = map(DocumentWord, word_forms(telling), map(_short_for, telling))
    return AskedPart(names, tuple(document), explained=not _EXPLANATION.isdisjoint(_words(rest)))


def telling_words(question: str) -> list[str] | None:
    """Return the words, besides those that ask for all of something, which tell of what; None if it asks otherwise."""
    words = _words(question)
    if not _ASKS_OTHERWISE.isdisjoint(words):
        return None
    return list(dict.fromkeys(word for word in words if word not in STOP_WORDS and word not in _ASKS))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _short_for(word: str) -> str:
    """Return what a word is short for as anybody knows, in small letters, without marks; nothing if for nothing."""
    known = (words_of(name.full) for name in well_known_names() if letters_of(name.short) == word)
    return _PAPERS.get(word) or next(known, "")


def each_part(question: str) -> list[str]:
    """Return a question for each of several parts that it asks for together: "articles 5 and 6"; else just itself."""
    match = _SEVERAL.search(question) or _FROM_TO.search(question)
    if match is None or _COMPARES.search(question):
        return [question]
    found = match.groupdict()
    if "numbers" in found:
        numbers = re.findall(rf"\b{_ONE}", found["numbers"], re.IGNORECASE)
    else:
        numbers = [str(one) for one in range(int(found["first"]), int(found["last"]) + 1)]
    before = _DO.sub("does", question[: match.start()])
    each = [f"{before}{found['word']} {one}{question[match.end() :]}" for one in numbers]
    return each if each and all(map(asked_part, each)) else [question]


def names_a_whole(question: str) -> bool:
    """Tell whether a question names a part that is not just an item of a list, as "paragraph 2" is."""
    return any(name.kind in KINDS for name in part_names(question))


def asks_which_part(question: str) -> bool:
    """Tell whether a question asks for the number of a part: "Which article is about …?", "Pasal berapa yang …?" """
    return _WHICH.search(question) is not None
