"""Put what is asked now in the place of something in the question before: "What about Thailand?", "And in Wick?"."""

import re
from collections.abc import Iterator

from retrieval.questions.question_parts import AUXILIARY, has_letter, names_in, subject_words
from retrieval.questions.report_names import has_date, report_names, with_other_number, without_names
from retrieval.questions.variant import Variant
from retrieval.text.dates import MONTH
from retrieval.text.languages import question_language
from retrieval.text.words import STOP_WORDS, is_base_word
from retrieval.values import Turn

ARTICLE = re.compile(r"(?:the|an?)\s", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d.,]*")
_ABOUT_WORD = re.compile(r"(?:about|tentang|soal|mengenai)\b", re.IGNORECASE)
_TOPIC = re.compile(rf"\s(?P<about>{_ABOUT_WORD.pattern})(?:\s.*)?\Z", re.IGNORECASE | re.DOTALL)
_TIME = re.compile(
    r"\b(?:now|nowadays|currently|before|earlier|previously|sekarang|kini|saat ini|dulu|dahulu|sebelumnya)\b",
    re.IGNORECASE,
)
_PHRASE = re.compile(  # a thing that is not named, up to what follows it
    r"\b(?:the|a|an|its|their|his|her)\s+(?:[\w'’-]+\s+){0,3}?[\w'’-]+"
    r"(?=\s+(?:in|of|at|on|for|to|from|by|with|and|is|was|are|were|has|had|cost|take|q[1-4]|\d[\w.,]*)\b|\s*\??$)"
)
_LEADS = "in on at by for from to with di ke pada untuk dari menurut".split()
_LEAD = re.compile(rf"(?:{'|'.join(_LEADS)})\s+", re.IGNORECASE)
_LEADS_TO = "(?:" + "|".join(rf"(?<=\b{lead}\s)" for lead in _LEADS) + ")"
_FOR = re.compile(r"(?:for|by|with|from|untuk|buat|bagi|dengan|dari)\b", re.IGNORECASE)
_ENDS = re.compile(
    rf"\s+(?={_LEAD.pattern}|{_ABOUT_WORD.pattern}|(?:laporan|report|sitrep|nomor|tanggal|yang|and|dan)\b)|\Z",
    re.IGNORECASE,
)
_OF_THE_LAST = re.compile(
    rf"\s(?P<lead>{'|'.join(_LEADS)}|of)\s(?:(?!\b(?:{'|'.join(_LEADS)}|of)\b)[^?]){{2,60}}\Z", re.IGNORECASE
)
_THE_ONE = re.compile(r"\Athe\s+(.+?)\s+ones?\Z", re.IGNORECASE)
_YANG = re.compile(r"(?:yang|the ones|those)\s+", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:how many|(?:the )?number of|berapa(?: (?:jumlah|banyak))?|jumlah)(?=\s+\w)", re.IGNORECASE)
_VERB = re.compile(rf"\b(?:{AUXILIARY})\b", re.IGNORECASE)
_MOST_COUNTED = 3  # words of what is counted, of which another one may take the last one's place
_OF_TIME = re.compile(
    r"\b(?:years?|months?|weeks?|days?|yesterday|today|tomorrow|tahun|bulan|minggu|pekan|hari|kemarin|besok)\b",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(  # not that of a day, nor "may they"
    rf"(?<!\d )\b(?!may (?:i|we|you|s?he|it|they|the)\b){MONTH}\b(?! \d\d?\b)", re.IGNORECASE
)
_MONTH = re.compile(rf"{_MONTH_ALONE.pattern}(?P<year> \d{{4}})?", re.IGNORECASE)
_YEAR = re.compile(r"(?:tahun )?\d{4}")
_BEFORE_YEAR = re.compile(r"\s+(?=(?:19|20)\d\d\Z)")
_BEGINS_TIME = re.compile(rf"\s*(?:{_OF_TIME.pattern}|\d|{MONTH}\b)", re.IGNORECASE)
_DID = re.compile(r"\b(?:do|does|did)\s+\Z", re.IGNORECASE)
_YEAR_AGO = re.compile(r"\b(?:last|this|next) year\b|\btahun (?:lalu|kemarin|ini|depan)\b", re.IGNORECASE)
_STANCE = re.compile(
    r"(?<!\w)(?:for|in favou?r(?: of)?|against|abstain(?:ed|ing)?|setuju|mendukung|menolak|menentang|abstain)(?!\w)",
    re.IGNORECASE,
)
_VOTES = re.compile(r"\b(?:vot\w+|suara|memilih)\b", re.IGNORECASE)
_ANY_DATA = frozenset("data figure figures number numbers count angka jumlah info informasi yang".split())
_MOST = 6  # names


def in_place(phrase: str, before: Turn) -> Iterator[Variant]:
    """Put a phrase in the place of another of the question before: "What about Thailand?" """
    phrase = _THE_ONE.sub(r"\1", phrase.strip(" ?"))
    question = before.question.rstrip(" ?")
    topic = _TOPIC.search(question)
    if _ABOUT_WORD.match(phrase):  # "And about ice?"
        names = " ".join(names_in(phrase, asks=False))
        yield Variant(f"{question[: topic.start()] if topic else question} {phrase}?", about=names)
        return
    if text := with_other_number(question, phrase, before.title.casefold().split()):  # "And no. 3?"
        yield Variant(text, like=True)
        return
    bare = _LEAD.sub("", phrase, count=1) if _LEAD.match(phrase) else phrase
    if _TIME.fullmatch(bare):  # "And before?"
        yield Variant(_replaced(_TIME.pattern, bare, question) or f"{question} {bare}?")
        return
    stance = _YANG.sub("", phrase)
    if _STANCE.fullmatch(stance) and _VOTES.search(question) and _STANCE.search(question):  # "And against?"
        yield Variant(f"{_STANCE.sub(stance, question, count=1)}?", like=True)
        return
    if text := _in_place_of_its_time(bare, question):  # "And in December?", "in 2024?"
        yield Variant(text, like=True)
        return
    found = names_of(before)
    of_its_kind = [name for name in reversed(found) if bool(_NUMBER.search(name)) == bool(_NUMBER.search(bare))]
    if has_letter(bare) and _NUMBER.search(bare):  # "School 1" in the place of "Sports hall"
        of_its_kind += [name for name in reversed(found) if has_letter(name) and name not in of_its_kind]
    put = names_in(bare, asks=False)
    alike = "" if put and of_its_kind else _in_place_of_its_like(phrase, question)
    texts = [f"{question[: topic.start()]} {topic['about']} {bare}?"] if topic and bare == phrase else []
    if ARTICLE.match(bare):
        places = [_without_verb(question, *match.span()) for match in _PHRASE.finditer(question)]
        texts += [f"{question[:start]}{bare}{question[end:]}?" for start, end in places]
    if has_letter(bare) and _NUMBER.search(bare):  # "phase 2" in the place of "phase 1"
        texts.append(_replaced(_NUMBER.sub(lambda _: _NUMBER.pattern, re.escape(bare)), bare, question))
    if not any(texts) or any(map(has_letter, put)):
        texts += [_replaced(re.escape(name), bare, question) for name in of_its_kind[:_MOST]]
    counted = [] if put or bare != phrase or _OF_TIME.search(bare) else _in_place_of_what_is_counted(bare, question)
    pieced = []
    has_its_place = ARTICLE.match(bare) and any(texts)
    if not (has_its_place or any(map(has_letter, found))) and (
        words := list(filter(has_letter, subject_words(question)))
    ):
        thing = _YANG.sub("", bare)
        as_many = words[-len(thing.split()) :]  # a name of two words without capitals: "siti rahmawati"
        patterns = dict.fromkeys(r"\s+".join(map(re.escape, last)) for last in (as_many, words[-1:]))
        last_word = "" if _FOR.match(phrase) else r"|{}\Z"  # "for students" is for something
        pieced += [_replaced(rf"(?:{_LEADS_TO}{one}{last_word.format(one)})", thing, question) for one in patterns]
    if not of_its_kind:
        pieced.append(f"{question} {phrase}?")
    last = _OF_THE_LAST.search(question)
    if last and not (put or topic) and bare == phrase:  # "votes in Wick?", "turnout?"; "cost of care?", "death?"
        pieced.append(f"{phrase}{last[0]}?" if found else f"{question[: last.end('lead')]} {phrase}?")
    about = " ".join(put) or bare
    yield from (Variant(text, about=" ".join(put), like=True) for text in (alike, *counted) if text)
    yield from (Variant(text, about=about) for text in texts if text)
    yield from (Variant(text, about=about, pieced=True) for text in pieced if text and not alike and text not in texts)
    if before.title:
        yield Variant(f"{phrase}, {before.title}?", about=about)


def names_of(before: Turn) -> list[str]:
    """Return the names of the question before, also those that only what was cited writes with capitals.

    A word of Indonesian that begins the sentence is none. A year behind a name is one by itself.
    """
    found = [part for name in names_in(before.question) for part in _BEFORE_YEAR.split(name)]
    shown = (*names_in(before.cited, asks=False), *names_in(before.column, asks=False))
    cited = [name for name in shown if name.casefold() not in STOP_WORDS]
    if cited and before.cited.startswith(cited[0]) and question_language(before.question) == "id":
        cited = cited[is_base_word(cited[0].casefold()) :]
    said = (re.search(rf"(?<!\w){re.escape(name)}(?!\w)", before.question, re.IGNORECASE) for name in cited)
    also = [match[0] for match in said if match and has_letter(match[0])]
    names = [*found, *(name for name in also if not any(f" {one} " in f" {name} " for one in found))]
    return sorted(dict.fromkeys(names), key=before.question.find)


def is_part(asked: str) -> bool:
    """Tell whether what is asked is but a part of a question: "in upper wick", not with an article; "yang luka"."""
    lead = _LEAD.match(asked)
    return bool(_YANG.match(asked)) or (lead is not None and not ARTICLE.match(asked, lead.end()))


def _replaced(pattern: str, bare: str, question: str) -> str:
    """Return the question with a phrase in the place of what a pattern finds in it; nothing if it finds nothing."""
    article = r"(?:\b(?:the|an?)\s+)?" if ARTICLE.match(bare) else ""
    replaced = re.sub(rf"{article}(?<!\w){pattern}(?!\w)", lambda _: bare, question, flags=re.IGNORECASE)
    return f"{replaced}?" if replaced != question else ""


def _in_place_of_its_like(phrase: str, question: str) -> str:
    """Put a phrase in the place of the one that begins alike, as "di pasar bawah" of "di pasar besar"; else nothing.

    That is with the same word, other than one that many phrases begin with, or else with the same preposition. So it is
    put in the place of one that ends alike, as "ordinary passports" of "diplomatic passports".
    """
    phrase = _YANG.sub("", phrase)
    lead = _LEAD.match(phrase)
    words = phrase[lead.end() if lead else 0 :].split()
    alike = [(words[0], " ".join(words))] if len(words) > 1 and not ARTICLE.match(f"{words[0]} ") else []
    if lead:
        alike.append((lead[0].strip(), phrase))
    for word, put in alike:
        found = [
            match
            for match in re.finditer(rf"(?<!\w){re.escape(word)}\s", question, re.IGNORECASE)
            if _is_time(question[match.end() :]) == _is_time(put.removeprefix(match[0]))
        ]
        if found:
            return f"{question[: found[-1].start()]}{put}{_end_of(question, found[-1].end())}?"
    if lead or len(words) == 1 or ARTICLE.match(phrase):
        return ""
    first = rf"(?:(?!(?:{'|'.join(_LEADS)}|{AUXILIARY}|of|the|an?)\b)[\w'’-]+\s+){{0,{len(words) - 1}}}"
    return _replaced(first + re.escape(words[-1]), phrase, question)


def _is_time(phrase: str) -> bool:
    """Tell whether a phrase begins with a year, a day or a month."""
    return _BEGINS_TIME.match(phrase) is not None


def _without_verb(question: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of a phrase without the verb that ends the question: "Where did the minister of mines go?"."""
    if end < len(question) or not _DID.search(question, 0, start):
        return start, end
    return start, max(question.rfind(" ", start, end), question.find(" ", start) + 1)


def _in_place_of_its_time(phrase: str, question: str) -> str:
    """Put a month in the place of another, with its year if it has one, a year in that of "last year"; else nothing."""
    if month := _MONTH.fullmatch(phrase):
        pattern = _MONTH if month["year"] else _MONTH_ALONE
    elif _YEAR.fullmatch(phrase):
        pattern = _YEAR_AGO
    else:
        return ""
    replaced = pattern.sub(phrase, question, count=1)
    return f"{replaced}?" if replaced != question else ""


def _in_place_of_what_is_counted(phrase: str, question: str) -> list[str]:
    """Put a phrase in the place of what a question asks the number of, "and deaths?", or of its last word alone.

    So it is with one of several words: "berapa tarif parkir motor?", "kalau mobil?"
    """
    counted, thing = _COUNTED.search(question), _YANG.sub("", phrase)
    if not counted or not thing:
        return []
    end = _end_of(question, counted.end() + 1)
    *others, _ = question[counted.end() : len(question) - len(end)].split() or [""]
    texts = [f"{question[: counted.end()]} {thing}{end}?"]
    is_phrase = 0 < len(others) < _MOST_COUNTED and not _VERB.search(" ".join(others))
    return [*texts, f"{question[: counted.end()]} {' '.join(others)} {thing}{end}?"] if is_phrase else texts


def _end_of(question: str, place: int) -> str:
    """Return what follows the phrase of a question that goes on at a place."""
    end = _ENDS.search(question, place)
    return question[end.start() :] if end else ""


def of_another_report(asked: str, before: Turn) -> str:
    """Return the question before, asked of the report that is named now, alone: "On 4 March?"; else nothing."""
    names = report_names(asked, before.title.casefold().split())
    if (
        not names
        or has_date(without_report_names(before))
        or not _ANY_DATA.issuperset(subject_words(without_names(asked, names)))
    ):
        return ""
    phrases = " ".join(asked[name.start : name.end] for name in names)
    return f"{without_report_names(before).rstrip(' ?')} {phrases}?"


def without_report_names(before: Turn) -> str:
    """Return the question before without what named reports in it."""
    return without_names(before.question, report_names(before.question, before.title.casefold().split()))
