"""Understand a question that goes on from the one before: "And when?", "who else?", "what about Thailand?".

No model rewrites it. What it may stand for is put together from its own words, the words of the question before and the
answer to that; the retriever and the reader then tell which of these the documents answer most surely (see Snapshot).
In English and Indonesian.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from retrieval.values import Turn

_WORD = re.compile(r"[\w'’-]+")
_NAME = re.compile(
    r"\b(?:[A-Z][\w'’.-]*|\d[\d.,]*)"
    r"(?:\s+(?:(?:of|the|and|for|van|de|bin|al)\s+)*(?:[A-Z][\w'’.-]*|\d[\d.,]*))*"
)
_COURTESY = re.compile(
    r"^(?:(?:ok(?:ay)?|well|oh(?: ya)?|ah|hm+|thanks?(?: you)?|(?:great|good|right)(?=[,.!]|$)|i see|please"
    r"|baik|oke|terima kasih|makasih|tolong|(?:do|can|could|would) you (?:please )?(?:know|tell me|say))\b"
    r"[\s,.:!–-]*)+",
    re.IGNORECASE,
)
_CONNECTION = re.compile(r"^(?:(?:and|but|so|also|then|dan|lalu|terus|jadi|nah)\b[\s,:–-]*)+", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:what|how) about\b\s*|^(?:bagaimana|gimana) (?:dengan|kalau)\s*|^kalau\s*", re.IGNORECASE)
_ELSE = re.compile(
    r"\b(?P<asks>who|whom|what|where|which|anyone|anybody|anything|siapa|apa|mana)(?: saja)? (?:else|more|lagi)\b"
    r"|^(?:(?:is|are) there |(?:tell|show|give) me |say |ada )?(?:any |some |the |an)?"
    r"(?:more|others?|lagi|(?:yang )?lain(?:nya)?)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:(?P<own>his|their|theirs|hers|her(?=\s+(?!(?:in|at|on|to|and|or|about|for|from|with|by|of|when|where|during"
    r"|after|before|as|the|a|an|this|that|last)\b)\w))|her|he|she|him|they|them|dia|ia|beliau|mereka)\b(?!['’])",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:(?P<own>its)|it|this|that|these|those|there|ini|itu|tersebut|sana|situ)\b(?!['’])|(?<=[a-z]{3})nya\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:(?:in|on|at|by|from|since|until|for|to|with|of|about"
    r"|di|ke|dari|pada|sejak|sampai|untuk|oleh|dengan|bersama|tentang|bagi) )?"
    r"(?:(?:what|which) (?:year|date|day|month|time|city|country|place|person|age)"
    r"|how (?:many|much|long|old|far|often|big|tall|high)|who(?:m|se)?|what|when|where|why|which|how"
    r"|siapa(?:kah)?|apa(?:kah)?|kapan(?:kah)?|(?:di|ke|dari) ?mana(?:kah)?|mengapa|kenapa|bagaimana"
    r"|berapa(?:kah)?|(?:tahun|tanggal) berapa)\b",
    re.IGNORECASE,
)
_ASKS_LAST = re.compile(  # "Bali Process didirikan tahun berapa?"
    r"\s(?:(?:di|ke|dari|pada|sejak|oleh|dengan) ?)?(?:siapa|kapan|mana|berapa"
    r"|(?:tahun|tanggal|bulan|hari) (?:berapa|apa)|when|where|who|why)\Z",
    re.IGNORECASE,
)
_VERB_FIRST = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|may|should|apakah|sudahkah)\b", re.IGNORECASE
)
# Words that say nothing of a subject beside those that ask.
_EMPTY = frozenset(
    """a an the of in on at to for from by with and or is are was were be been do does did has have had will would can
    could should may might please exactly precisely really actually just so then also too not no one ones yes ok okay
    well you tell me know say said says happen happened else more other others about anything anyone any some
    hello hi hey bye good great morning afternoon evening day night thanks thank welcome right see cool nice i
    hai halo selamat pagi siang sore malam terima kasih makasih iya tidak baik oke
    yang di ke dari dan atau pada dengan untuk oleh adalah ialah itu ini tersebut saja lagi juga ya dong sih tepatnya
    persisnya terjadi tolong ada siapa apa kamu kau anda kabar""".split()
)
_BEGIN = _EMPTY | frozenset(  # words that begin a sentence with a capital and are no name
    """there these those some many if after before during under while because according my your our his her its their
    adakah apakah sudah sudahkah belum bukankah benarkah oleh sampai bersama tentang setelah sebelum selama menurut
    jika kalau para""".split()
)
_TO_THE_BOT = re.compile(r"\b(?:you|your|kamu|kau|anda|kabar)\b", re.IGNORECASE)
_CLOCK = re.compile(r"what time is it|jam berapa", re.IGNORECASE)
_SHORT = 8  # words of a question without a name that may go on from another one
_NAME_WORDS = _PHRASE_WORDS = 4
_LONGEST_NAME = 10  # words
_LINK = 3  # letters of "bin", "van", "de" in a name
_LONGEST = 600  # characters of a variant: more are no question that somebody would ask
_MOST = 6  # variants
_PHRASE = re.compile(  # a thing that is not named, up to what follows it
    r"\b(?:the|a|an|its|their|his|her)\s+(?:[\w'’-]+\s+){0,3}?[\w'’-]+"
    r"(?=\s+(?:in|of|at|on|for|to|from|by|with|and|is|was|are|were|has|had|cost|take)\b|\s*\??$)"
)


@dataclass(frozen=True, slots=True)
class Variant:
    """What a question may stand for.

    `alone`: itself. `new`: it asks for what was not said yet. `doubtful`: nothing but its shortness speaks for it.
    `goes_on`: it asks something else of what was asked before; `repeats`: and holds the answer to that, which it may
    find once more. `about` are names that its answer has to hold, if any.
    """

    text: str
    alone: bool = False
    new: bool = False
    doubtful: bool = False
    goes_on: bool = False
    repeats: bool = False
    about: str = ""


def variants(question: str, before: Turn | None) -> list[Variant]:
    """Return what a question may stand for after the turn before it, at most _MOST.

    The question itself comes first, unless it cannot stand alone. One that surely stands alone is all that there is.
    """
    alone = Variant(question, alone=True)
    if before is None or is_courtesy(question):
        return [alone]
    found = [one for one in dict.fromkeys(_variants(question, before, alone)) if len(one.text) <= _LONGEST or one.alone]
    return found[:_MOST] or [alone]


def is_courtesy(text: str) -> bool:
    """Tell whether a message asks nothing: "Thanks!", "ok", a thumb."""
    asked, connected = _opened(text)
    more = _only_goes_on(asked, connected=connected) or _ELSE.search(asked)
    if "?" in asked and len(_WORD.findall(asked)) > 1:  # "Is that right?"
        return False
    return not (more or _ASKS.match(asked) or _PERSON.search(asked) or _subject(asked))


def _only_goes_on(asked: str, *, connected: bool) -> bool:
    """Tell whether a message, opened, says nothing but that there may be more: "And then?", "lalu", "?"."""
    return not _WORD.search(asked) and (connected or "?" in asked)


def asks_for_more(question: str) -> bool:
    """Tell whether a question asks for what was not said yet: "Who else …?" """
    asked, connected = _opened(question)
    return _only_goes_on(asked, connected=connected) or bool(_ELSE.search(asked))


def has_subject(question: str) -> bool:
    """Tell whether a question says by itself what it is about, as "And when?" does not."""
    return bool(_subject(_opened(question)[0]))


def _variants(question: str, before: Turn, alone: Variant) -> Iterator[Variant]:
    asked, connected = _opened(question)
    words = len(_WORD.findall(asked))
    short, named = words <= _SHORT, bool(_names(asked))
    pronoun = _PERSON.search(asked) or (_THING.search(asked) if short else None)
    about = _ABOUT.match(asked)
    phrase = asked[about.end() :].strip(" ?") if about else ""
    if _only_goes_on(asked, connected=connected):
        yield from (Variant(text, new=True) for text in _else("", before))
    elif _ELSE.search(asked):
        once_more = _ELSE.sub(lambda match: match["asks"] or "", asked).strip(" ?!.")
        named = bool(_names(once_more))
        if named or _subject(once_more):
            yield Variant(question, alone=True, new=True)
        if not named:
            yield from (Variant(text, new=True) for text in _else(once_more, before))
    elif phrase or (connected and words <= _PHRASE_WORDS and _subject(asked) and not _is_question(asked)):
        if words > _SHORT:
            yield alone
        yield from _in_place(phrase or asked, before)
    elif not _subject(asked) and ((_TO_THE_BOT.search(asked) and not pronoun) or _CLOCK.match(asked)):  # small talk
        yield alone
    elif not _subject(asked):
        if _PERSON.search(asked):
            yield from (Variant(text) for text in _named(asked, before))
        yield from _asked_again(asked, before)
    elif pronoun and not _names(asked[: pronoun.start()]):  # whom it means does not stand before it
        yield alone
        yield from (Variant(text) for text in _named(asked, before))
    else:
        yield alone
        if short and not named:
            yield from (Variant(text, doubtful=not connected) for text in _with_topic(asked, before))


def _is_question(asked: str) -> bool:
    return bool(_ASKS.match(asked) or _VERB_FIRST.match(asked))


def _opened(question: str) -> tuple[str, bool]:
    """Return a question without the words that only lead to it, and whether they connect it with what was before."""
    asked = _COURTESY.sub("", question.strip())
    opened = _CONNECTION.sub("", asked)
    return opened.strip(), opened != asked


def _subject(text: str) -> list[str]:
    """Return the words of a question that say what it is about."""
    match = _ASKS.match(text)
    words = (word.casefold() for word in _WORD.findall(text[match.end() :] if match else text))
    return [word for word in words if word not in _EMPTY and not _PERSON.fullmatch(word) and not _THING.fullmatch(word)]


def _rest(question: str) -> str:
    """Return a question without the words that ask."""
    opened, _ = _opened(question)
    match = _ASKS.match(opened)
    return (opened[match.end() :] if match else _ASKS_LAST.sub("", opened.rstrip(" ?"))).strip(" ?")


def _names(text: str, *, asks: bool = True) -> list[str]:
    """Return the names and numbers of a text; of one that `asks`, without a first word that only begins a sentence."""
    names = []
    for match in _NAME.finditer(text):
        name = match[0].strip(".,'’-")
        if asks and match.start() == 0:
            first, _, others = name.partition(" ")
            name = others if first.casefold() in _BEGIN or _ASKS.match(text) else name
        if name:
            names.append(" ".join(name.split()[:_LONGEST_NAME]))
    return list(dict.fromkeys(names))


def _person(title: str) -> str:
    """Return whom a title names, without what it adds: "Prof. Anselma Thorne, astronomer"; nothing of a headline."""
    name = re.split(r"[,:–(]| - ", title)[0].strip()
    words = name.split()
    is_name = len(words) <= _NAME_WORDS and all(word[0].isupper() or len(word) <= _LINK for word in words)
    return name if is_name else ""


def _asked_again(asked: str, before: Turn) -> Iterator[Variant]:
    """Ask what is asked now of what was asked before: "And when?" """
    asks = asked.rstrip(" ?")
    yield Variant(f"{asks} {_rest(before.question)}?", goes_on=True)
    if before.answer:
        yield Variant(f"{asks} {before.answer} {_rest(before.question)}?", goes_on=True, repeats=True)
    if before.title and before.title.casefold() not in before.question.casefold():
        yield Variant(f"{asks} {_rest(before.question)}, {before.title}?", goes_on=True)


def _with_topic(asked: str, before: Turn) -> Iterator[str]:
    """Ask it of what was spoken of: "any deaths?" """
    asks = asked.rstrip(" ?")
    if before.title:
        yield f"{asks}, {before.title}?"
    for name in list(dict.fromkeys([*_names(before.answer, asks=False), *reversed(_names(before.question))]))[:2]:
        yield f"{asks} {name}?"


def _else(once_more: str, before: Turn) -> Iterator[str]:
    """Ask once more what was asked before, or what is asked now."""
    if _subject(once_more):
        yield from _with_topic(once_more, before)
        return
    yield before.question
    if _ASKS.match(once_more):
        yield f"{once_more} {_rest(before.question)}?"


def _in_place(phrase: str, before: Turn) -> Iterator[Variant]:
    """Put a phrase in the place of another of the question before: "What about Thailand?" """
    phrase = phrase.strip(" ?")
    question = before.question.rstrip(" ?")
    bare = re.sub(r"^(?:in|on|at|by|for|from|to|with|di|ke|pada|untuk|dari)\s+", "", phrase, flags=re.IGNORECASE)
    numeric = bool(re.search(r"\d", phrase))
    of_its_kind = [name for name in reversed(_names(question)) if bool(re.search(r"\d", name)) == numeric]
    texts = []
    if bare.casefold().startswith(("the ", "a ", "an ")):
        places = [match.span() for match in _PHRASE.finditer(question)]
        texts += [f"{question[:start]}{bare}{question[end:]}?" for start, end in places]
    texts += [f"{question.replace(name, bare)}?" for name in of_its_kind[:_MOST]]
    if not of_its_kind:
        texts.append(f"{question} {phrase}?")
    texts.append(f"{phrase}, {before.title}?")
    yield from (Variant(text, about=" ".join(_names(bare, asks=False))) for text in texts)


def _named(asked: str, before: Turn) -> Iterator[str]:
    """Put what was spoken of before in the place of a pronoun: "How old is she?" """
    pronouns = _PERSON if _PERSON.search(asked) else _THING
    spoken_of = [*_names(before.answer, asks=False), _person(before.title), *reversed(_names(before.question))]
    for name in list(dict.fromkeys(filter(None, spoken_of)))[:3]:
        yield pronouns.sub(partial(_form, name), asked)
    yield from _with_topic(asked, before)


def _form(name: str, pronoun: re.Match[str]) -> str:
    if pronoun[0].casefold() == "nya":
        return f" {name}"
    return f"{name}'s" if pronoun["own"] else name
