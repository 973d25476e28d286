"""The line at the head of a document that says of what day it is, which is not when what it tells of happened."""

import re

from retrieval.questions.kinds import asks_when
from retrieval.text.dates import WEEKDAY
from retrieval.text.days import DATED_DAY, DAY, DAY_IN_FIGURES
from retrieval.text.markup import visible_text
from retrieval.text.patterns import regex
from retrieval.values import Reading

_HEAD, _FAR = 600, 5_000  # characters
_DATE = rf"(?:{DATED_DAY}|{DAY_IN_FIGURES})(?:,?\s+(?:[–—-]\s+)?(?:pukul |jam |at )?\d\d?[.:]\d\d(?:\s*\w{{2,4}})?)?"
# "Tanggal: 5 Maret 2026", "University of Orla, Press office, 5 March 2026", "Embargoed until 00:01 on 5 March 2026"
_LINE = regex(
    rf"(?:(?P<label>(?:date|released|issued|published|tanggal)\s*:\s*|embargo(?:ed)?\b(?:(?! on\b)[^\n\d]){{0,20}}"
    rf"(?:\d\d?[.:]\d\d )?)|(?:[A-Z][^.!?:;\n]{{0,80}},\s+)?)"
    rf"(?:on )?{_DATE}\.?",
    re.IGNORECASE,
)
_REPORT = regex(r"\b(?:laporan situasi|situation report|sitrep|siaran pers|press release)\b", re.IGNORECASE)
_WEEKDAY = regex(WEEKDAY, re.IGNORECASE)
_OTHER_DAY = regex(rf"\b{DAY}", re.IGNORECASE)
_OF_AN_EVENT = regex(  # a line beside it, of an invitation
    r"^[\s>*_•-]*(?:pukul|jam|waktu|time|tempat|venue|place|lokasi|location|acara|agenda|event|incident"
    r"|organi[sz]er|kegiatan|peserta|penyelenggara)\b[*_ ]*:",
    re.IGNORECASE | re.MULTILINE,
)
_OF_PAPER = regex(
    r"\b(?:embargo\w*|surat|laporan|rilis|siaran|pers|dokumen|keputusan|peraturan|pengumuman|notulen|risalah|rapat|sidang|pertemuan"
    r"|konferensi|wawancara|transkrip|pidato|berita|undangan|edaran|buletin|di?terbit\w*|dikeluarkan|ditandatangani"
    r"|ditetapkan|dibuat|ditulis|report|letter|release[ds]?|statement|document|paper|minutes|meeting|met|session|hearing"
    r"|briefing|conference|interview|debate|speech|decision|notice|sitrep|bulletin|update|published|issued|dated|date"
    r"|written|signed|said?|told|announced?|judge?ment|verdict"
    r"|ruling|sentenced|guilty|putusan|vonis)\b",
    re.IGNORECASE,
)


def is_own_date(question: str, reading: Reading) -> bool:
    """Tell whether a sentence says only of what day a document is, and a question asks when something else was.

    It does not if it asks for the day of a paper, or of a meeting, whose minutes may be of it. A line with the hour or
    the place near it is an event's, and so may be one without a label that begins with a day of the week, if no
    report's, or where the text has no other day.
    """
    document, sentence = reading.hit.document, reading.sentence
    if not asks_when(question) or sentence.start - document.body > _HEAD or _OF_PAPER.search(question):
        return False
    text = visible_text(document.text_of(sentence), markdown=document.markdown)
    match = _LINE.fullmatch(text.strip())
    if match is None or _OF_AN_EVENT.search(document.text[document.body : sentence.end + _HEAD]):
        return False
    others = f"{document.title}\n{document.text[sentence.end : sentence.end + _FAR]}"
    of_event = _WEEKDAY.match(text.strip()) and not _REPORT.search(document.title)
    return bool(match["label"] or (_OTHER_DAY.search(others) and not of_event))
