"""The line that says who holds an office, or who signed: "Ana Lim, Director", or name and office below each other.

Where no line does, a sentence may: "Ketua DPRD, Ana Lim, hadir".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from retrieval.lookups.sure import LESS_SURE, at_least
from retrieval.text.headings import beginning_of, titles_above
from retrieval.text.labels import ends_sentence, head_of
from retrieval.text.names import CAPITAL, NAME_WORD
from retrieval.text.offices import ACTING, AN_OFFICE, DEPUTY, FORMER
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS, TITLES, has_each, stems, subject_stems, words_had
from retrieval.values import Document, Hit, Reading, Sentence

_WHO_IS = regex(r"\A\W*(?:and )?(?:who(?:[’']s| is| was| are| were)|siapa(?:kah)?(?! yang\b| yg\b))\b", re.IGNORECASE)
_WHO_SIGNED = regex(
    r"\A\W*(?:and )?(?:who (?:has |had )?(?:signed|wrote|sent)|siapa(?:kah)? (?:yang |yg )?(?:me(?:nanda ?tangani|neken"
    r"|nulis|ngirim)|(?:ber)?tanda ?tangan|ttd)|siapa penanda ?tangan)\b(?P<what>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ASKS_OTHERWISE = regex(
    r"\b(?:what|which|when|where|why|how|does|did|apa(?:kah)?|mana|kapan|mengapa|kenapa|bagaimana|berapa)\b",
    re.IGNORECASE,
)
_OF_OTHERS = regex(  # "who spoke after the mayor?"
    r"\b(?:after|before|besides|except|than|else|others?|without|following|next|not"
    r"|setelah|sesudah|sebelum|selain|kecuali|daripada|lain(?:nya)?|berikut(?:nya)?|bukan|tidak)\b",
    re.IGNORECASE,
)
_LEADS = " \t>*_•–-"  # what may stand before an item of a list
_MOST_WORDS = 4  # of a question that only says an office
PAPERS = frozenset(
    "letter statement circular decree order notice memo document paper surat edaran keputusan pengumuman pernyataan "
    "dokumen nota memo instruksi siaran pers release report regulation laporan peraturan perda raperda perbup "
    "pergub perwali perpres sk se undangan berita".split()
)
"""Words for kinds of papers, in small letters."""
_OF_OTHER_OFFICE = regex(rf"\b(?:{DEPUTY}|{ACTING}|{FORMER})\b", re.IGNORECASE)
_NAME_AND_OFFICE = regex(
    rf"(?P<name>(?:{CAPITAL}[\w'’-]*\.? ){{1,4}}{NAME_WORD})(?:,|:| [–—-]) (?P<office>.+)", re.DOTALL
)
_BY_OFFICE = regex(r"[^,]*\b(?:by|oleh) (?:the )?(?P<office>[^,]{1,60}), (?P<name>[^,]+)")  # at a head
_PART = rf"(?:{'|'.join(TITLES)}|{CAPITAL}[\w'’-]*|bin|binti|van|von|de|da|dos|al)\.?"
_DEGREES = rf"(?:, ?(?:{CAPITAL}[A-Za-z]{{0,6}}\.? ?)+)*"
_NAME = regex(rf"(?i:(?:{'|'.join(TITLES)})\.? )*{_PART}(?: {_PART}){{1,5}}{_DEGREES}")
_LONGEST, _LONGEST_OF_LIST = 80, 150  # characters of a line with a name or an office, and with both
_BETWEEN = 2  # lines, as "(signed)", between an office and the name below it
_BEGINNING = 1_000  # characters: the letterhead, whom it is to and what it is about
_AT_END = 0.6  # of a text: who signs it stands behind that, or behind words that close it
_RUN = regex(  # the rest of an office, "of Orla,", and a name
    rf"(?: (?:of|for) (?:the )?{NAME_WORD}(?: {NAME_WORD})*,|(?: {NAME_WORD})*,?)(?: {NAME_WORD})+"
)
_WORD_OF_RUN = regex(NAME_WORD)
_FEWEST_NAMES, _MOST_NAMES = 2, 4  # words of a name
_BEFORE_OFFICE = 3  # words
_OF_PLACE = regex(  # offices of which what follows is a name, and no body: "Gubernur Ana Lim"
    r"(?:mayor|governor|president|bupati|wali ?kota|gubernur|presiden|camat|lurah|rektor|dekan)", re.IGNORECASE
)
_OF_THEIRS = regex(
    r"\b(?:istri|suami|anak|putr[ai]|adik|kakak|keponakan|ajudan|staf|utusan|asisten|juru bicara|wife|husband|son"
    r"|daughter|brother|sister|aide|advis[eo]r|spokes\w+|its|their|his|her)\b",
    re.IGNORECASE,
)
_THEN = regex(r",? (?:saat|waktu|ketika|kala) itu\b|\W*\b(?:then|at the time)\b", re.IGNORECASE)
_NO_PERSON = regex(  # but a body, a place, a paper, or what a letter begins with
    r"\b(?:council|office|department|ministry|agency|board|committee|house|street|road|university|hospital|school"
    r"|press|release|report|dinas|badan|kantor|kabupaten|kota|provinsi|kecamatan|desa|pemerintah|kementerian|komisi"
    r"|universitas|rumah|sekolah|jalan|gedung|laporan|siaran|surat"
    r"|kepada|yth|dear)\b",
    re.IGNORECASE,
)
_CERTIFIED = regex(r"\bsalinan (?:ini )?sesuai\b|\bcertified (?:true )?copy\b", re.IGNORECASE)
_CLOSES = regex(
    r"\b(?:yours|sincerely|regards|faithfully|signed|hormat|salam|ditetapkan|dikeluarkan|ttd)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Holder:
    """A sentence with the name of somebody who holds an office, and the span of the name in the document."""

    reading: Reading
    name: tuple[int, int]
    office: str

    @property
    def last_name(self) -> str:
        return self.reading.hit.document.text[slice(*self.name)].split()[-1]

    def put(self) -> Reading:
        """Return its reading, as sure as one that is looked up, the name marked."""
        return at_least(LESS_SURE, self.reading, self.name)


def holder_first(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings, that first, but for what is surer, which says who holds an office, or who signed a paper.

    Nothing changes where that is not just one sentence.
    """
    asked = subject_stems(question)
    if signed := _WHO_SIGNED.match(question):
        found = _signer(signed["what"], readings)
    else:
        found = _asked_for(asked, readings) if asked and _asks_for_holder(question) else None
    if found is None:
        return list(readings)
    others = [one for one in readings if one.place != found.reading.place]
    first = found.put()
    surer = [one for one in others if one.confidence > first.confidence]
    return [*surer, first, *(one for one in others if one not in surer)]


def _asks_for_holder(question: str) -> bool:
    """Tell whether a question asks who somebody is, or only says an office."""
    is_bare = (
        len(question.split()) <= _MOST_WORDS and AN_OFFICE.search(question) and not _ASKS_OTHERWISE.search(question)
    )
    return bool(_WHO_IS.match(question) or is_bare) and not _OF_OTHERS.search(question)


def _asked_for(asked: Sequence[frozenset[str]], readings: Sequence[Reading]) -> _Holder | None:
    """Return the only one who holds the office that is asked for, with the fewest other words."""
    holders = [*_on_one_line(readings), *_below_each_other(readings)]
    besides = [(count, one) for one in holders if (count := _words_besides(asked, one)) is not None]
    least = min((count for count, _ in besides), default=0)
    closest = [one for count, one in besides if count == least]
    if besides:
        names = {one.reading.hit.document.text[slice(*one.name)] for one in closest}
        return closest[0] if len(names) == 1 else None
    within = [one for one in _within_sentences(asked, readings) if _words_besides(asked, one) == 0]
    names = {one.last_name for one in within}
    return within[0] if len(names) == 1 else None


def _words_besides(asked: Sequence[frozenset[str]], holder: _Holder) -> int | None:
    """Return how many other words an office has that holds all that is asked, but for what stands above its line.

    None if it is another one.
    """
    document = holder.reading.hit.document
    above = "\n".join([*titles_above(holder.reading), head_of(document)])
    office, known = set(stems(holder.office, document.language)), set(stems(above, document.language))
    had = frozenset[str]().union(*(forms for forms in asked if not forms.isdisjoint(office)))
    is_other = any(had.isdisjoint(stems(word, document.language)) for word in _OF_OTHER_OFFICE.findall(holder.office))
    if asked[0].isdisjoint(office) or any(forms.isdisjoint(office | known) for forms in asked) or is_other:
        return None
    return len(office - STOP_WORDS - had)


def _signer(what: str, readings: Sequence[Reading]) -> _Holder | None:
    """Return whose name and office end the document of the surest reading, if its beginning has what the question says.

    They stand near its end, or behind words that close it; not who certifies a copy.
    """
    document = readings[0].hit.document if readings else None
    told = [forms for forms in subject_stems(what) if forms.isdisjoint(PAPERS)]
    if document is None or not has_each(told, beginning_of(document, _BEGINNING), document.language):
        return None
    certified = _CERTIFIED.search(document.text)
    end = certified.start() if certified else len(document.text)
    there = [one for one in readings if one.hit.document.id == document.id]
    holders = [one for one in _below_each_other(there) if one.name[0] < end]
    last = max(holders, key=lambda one: one.name, default=None)
    if last is None:
        return None
    is_at_end = last.name[0] > _AT_END * len(document.text) or _CLOSES.search(document.text, 0, last.name[0])
    return last if is_at_end else None


def _on_one_line(readings: Iterable[Reading]) -> Iterator[_Holder]:
    for reading in readings:
        text = reading.text.lstrip(_LEADS)
        match = _NAME_AND_OFFICE.fullmatch(text)
        if match and len(text) <= _LONGEST_OF_LIST and not ends_sentence(text) and not AN_OFFICE.search(match["name"]):
            start = reading.sentence.end - len(text)
            yield _Holder(reading, (start, start + match.end("name")), match["office"])
        by_office = _BY_OFFICE.fullmatch(text)
        if by_office and _kind(by_office["office"]) == "office" and _kind(by_office["name"]) == "name":
            yield _Holder(
                reading, (reading.sentence.end - len(by_office["name"]), reading.sentence.end), by_office["office"]
            )


def _within_sentences(asked: Sequence[frozenset[str]], readings: Iterable[Reading]) -> Iterator[_Holder]:
    """Yield those whose name stands right behind the office that is asked for: "Ketua DPRD, Ana Lim, hadir".

    What stands before the office belongs to it: "wakil", "mantan". Whoever held it then is not meant.
    """
    for reading in readings:
        text, language = reading.text, reading.hit.document.language
        for office in AN_OFFICE.finditer(text):
            run = _RUN.match(text, office.end())
            words = list(_WORD_OF_RUN.finditer(text, office.end(), run.end())) if run else []
            first = next((at for at, one in enumerate(words) if not words_had(asked, one[0], language)), None)
            if first is None or not _FEWEST_NAMES <= len(words) - first <= _MOST_NAMES:
                continue
            begin, end = words[first].start(), words[-1].end()
            before = " ".join(text[: office.start()].split()[-_BEFORE_OFFICE:])
            in_run = first > 0 or len(asked) == 1  # what is asked for, and not only at the head
            is_place = "," in text[begin:end] or (not in_run and len(words) - first > _FEWEST_NAMES)
            of_body = "," not in text[office.end() : begin] and not _OF_PLACE.fullmatch(office[0])
            is_past = _THEN.match(text, end) or _THEN.search(text[office.end() : begin])
            is_other = (
                is_past or is_place or _OF_THEIRS.search(before) or (of_body and len(words) - first > _FEWEST_NAMES)
            )
            if not is_other and _NO_PERSON.search(text, begin, end) is None:
                start = reading.sentence.start
                others = " ".join(_OF_OTHER_OFFICE.findall(before))
                yield _Holder(reading, (start + begin, start + end), f"{others} {text[office.start() : begin]}")


def _below_each_other(readings: Iterable[Reading]) -> Iterator[_Holder]:
    """Yield those whose name is a line, and their office another: above it, or below it as in English letters.

    Above it is where the lines begin so, or where a comma leads on.
    """
    known = {one.place: one for one in readings}
    hits = {one.hit.passage.number: one.hit for one in known.values()}
    for lines in _lines_together([hits[number] for number in sorted(hits)]):
        kinds = [_kind(text) for _, _, text in lines]
        begins_with_office = next(filter(None, kinds), "") == "office"
        for at, (hit, sentence, office) in enumerate(lines):
            if kinds[at] != "office":
                continue
            below = next((place for place in range(at + 1, min(at + 2 + _BETWEEN, len(lines))) if kinds[place]), None)
            above = at - 1 if at and kinds[at - 1] == "name" else None
            place = below if begins_with_office or office.endswith(",") else above
            if place is not None and kinds[place] == "name":
                hit, sentence, name = lines[place]
                start = hit.document.text.index(name, sentence.start)
                reading = known.get((hit.document.id, sentence.start), Reading(hit, sentence, 0.0))
                yield _Holder(reading, (start, start + len(name)), office)


def _lines_together(hits: Sequence[Hit]) -> Iterator[list[tuple[Hit, Sentence, str]]]:
    """Yield the lines of passages, each with its text, that follow each other and are short."""
    found = [
        (hit, sentence, hit.document.text_of(sentence).strip(_LEADS))
        for hit in hits
        for sentence in hit.passage.sentences
    ]

    def is_short(line: tuple[Hit, Sentence, str]) -> bool:
        hit, sentence, text = line
        return len(text) <= _LONGEST and _is_whole_line(hit.document, sentence)

    yield from (list(lines) for short, lines in groupby(found, is_short) if short)


def _kind(text: str) -> str:
    """Tell whether a line is a name or an office; nothing of others."""
    is_of_office = AN_OFFICE.search(text) is not None
    if _NO_PERSON.search(text) is None and not is_of_office and _NAME.fullmatch(text):
        return "name"
    return "office" if is_of_office and not set(text) & set(":;|0123456789") and not ends_sentence(text) else ""


def _is_whole_line(document: Document, sentence: Sentence) -> bool:
    """Tell whether nothing else stands on the line of a sentence."""
    text = document.text
    stop = text.find("\n", sentence.end)
    before = text[text.rfind("\n", 0, sentence.start) + 1 : sentence.start]
    behind = text[sentence.end : stop if stop >= 0 else len(text)]
    return not before.strip(_LEADS) and not behind.strip("*_ \t\r")
