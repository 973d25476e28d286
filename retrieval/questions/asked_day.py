"""The day of which a question asks what happened: "What happened on 4 March?" """

import re

from retrieval.text.day_entries import DAY

_LEADS = "on|for|pada|untuk|hari|tanggal|tgl|when|while|since|until|after|before|because|or"
_NAME = (
    rf"(?: (?:at |in |of |for |di )?(?P<name>(?!(?:{_LEADS})\b)[\w'’.-]+(?: (?!(?:{_LEADS})\b)[\w'’.-]+){{0,5}}?))??"
)
_EVENTS = "acara|kegiatan|agenda|jadwal|susunan acara|rundown"
_ASKED = re.compile(
    r"(?:what(?: all| else)? (?:happen(?:s|ed)|occurred|took place|went on|came in|will happen)"
    r"|what(?:[’']s| is| was| were| are)"
    r" (?:on|there|planned|scheduled|reported|recorded|noted|(?P<what>found|handed in|lost))"
    r"|(?:what(?:[’']s| is) |show me )?(?:on )?the (?:programme|program|schedule|agenda)"
    r"|what (?:events|activities) (?:are|were|will be)"
    r"|apa (?:saja )?(?:(?:yang|yg) )?(?:terjadi|berlangsung|dicatat|dilaporkan|(?P<apa>ditemukan|diserahkan))"
    rf"|(?:ada )?(?:{_EVENTS})(?: apa)?(?: saja)?|apa (?:saja )?(?:{_EVENTS})(?:nya)?"
    r"|ada (?:kejadian |peristiwa )?apa|(?:kejadian|peristiwa)(?: apa)?(?: saja)?)(?: (?:there|di sana|di situ))?"
    rf"{_NAME}(?: (?:on|for|pada|untuk))?(?: the)?(?: hari)?(?: (?:tanggal|tgl\.?))? {DAY}"
    r"(?: (?:ada )?apa(?: saja)?)?\W*",
    re.IGNORECASE,
)


def asked_day(question: str) -> re.Match[str] | None:
    """Return the day of which a question asks what happened, as a match of DAY; None if it asks for something else.

    Its `name` says where, or of what: "What happened at Tern Rock on 10 February?"
    """
    return _ASKED.fullmatch(question.strip())
