"""The day of which a question asks what happened: "What happened on 4 March?" """

import re
from dataclasses import dataclass

from retrieval.text.days import DAY_OR_WEEKDAY, Day, day_of, in_words
from retrieval.text.languages import question_language
from retrieval.text.patterns import regex

_LEADS = "on|for|pada|untuk|hari|tanggal|tgl|when|while|since|until|after|before|because|or|between|from|antara|dari"
_NAME = (
    rf"(?: (?:at |in |of |for |di )?(?P<name>(?!(?:{_LEADS})\b)[\w'’.-]+(?: (?!(?:{_LEADS})\b)[\w'’.-]+){{0,5}}?))??"
)
_EVENTS = "acara|kegiatan|agenda|jadwal|susunan acara|rundown"
_ASKED = regex(
    r"(?:what(?: all| else)? (?:happen(?:s|ed)|occurred|took place|went on|came in|will happen)"
    r"|what(?:[’']s| is| was| were| are)"
    r" (?:on|there|planned|scheduled|reported|recorded|noted|(?P<what>found|handed in|lost))"
    r"|(?:what(?:[’']s| is) |show me )?(?:on )?the (?:programme|program|schedule|agenda)"
    r"|what (?:events|activities) (?:are|were|will be)"
    r"|apa (?:saja )?(?:(?:yang|yg) )?(?:terjadi|berlangsung|dicatat|dilaporkan|(?P<apa>ditemukan|diserahkan))"
    rf"|(?:ada )?(?:{_EVENTS})(?: apa)?(?: s?aja)?|apa (?:s?aja )?(?:{_EVENTS})(?:nya)?"
    r"|ada (?P<ada>rapat|sidang|pertemuan|kunjungan) apa(?: s?aja)?"
    r"|ada (?:kejadian |peristiwa )?apa|(?:kejadian|peristiwa)(?: apa)?(?: s?aja)?|ngapain(?: s?aja)?)"
    r"(?: (?:there|di sana|di situ))?"
    rf"{_NAME}(?: (?:on|for|pada|untuk))?(?: the)?(?: hari)?(?: (?:tanggal|tgl\.?))? (?P<day>{DAY_OR_WEEKDAY})"
    r"(?: (?:ada )?apa(?: saja)?)?\W*",
    re.IGNORECASE,
)
_DAY_FIRST = regex(  # "tgl 22 april ada acara apa aja?"
    rf"(?P<day>(?:pada |hari |tanggal |tgl\.? )*{DAY_OR_WEEKDAY})"
    rf" (?P<what>(?:ada )?(?:(?:{_EVENTS}|kejadian|peristiwa) )?apa(?: s?aja)?|ngapain(?: s?aja)?)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskedDay:
    """A day of which a question asks what happened.

    `name` says where, or of what: "What happened at Tern Rock on 10 February?"; `what` that it asks only for some of
    it: "What was found on 4 March?"
    """

    day: Day
    name: str
    what: str


def asked_day(question: str) -> AskedDay | None:
    """Return the day of which a question asks what happened; None if it asks for something else."""
    text = in_words(question.strip(), day_first=question_language(question) == "id")
    match = _ASKED.fullmatch(_DAY_FIRST.sub(r"\g<what> \g<day>", text))
    day = day_of(match["day"]) if match else None
    if match is None or day is None:
        return None
    return AskedDay(day, match["name"] or "", match["what"] or match["apa"] or match["ada"] or "")
