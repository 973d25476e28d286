"""Tell where a sentence goes on though nupunkt ends it, as after initials, titles and times, and where it ends though
nupunkt has it go on.
"""

import re
from functools import cache
from importlib.resources import files

from retrieval.text.patterns import regex

_TAIL = 24  # characters before the end, within which what these look for lies
_COLUMN_GAP = 3  # blanks, with which people set columns: "Press office (24 hrs.)     +62 21 555"
_CLOSING = regex(r"[)\]},;:]")
_QUOTE = regex(r"[”\"'’»](?!\w)")  # that closes; before a word it would open
_QUOTE_ENDS = regex(r"[”\"'’»]\s?[,;:.]")
_QUOTED_ENDS = regex(r"[.!?…][”\"’»]$")
_SIGNED = regex(  # "— Nurul H., Wick", at the end of a paragraph
    r"(?:[—–]|--)\s?[A-Z][^\n.!?]{1,80}(?:\.,[^\n.!?]{1,60})?(?:(?<=\s[A-Z])\.)?"
)
_OPENED = regex(r"\([a-z.]{1,4}\.$")  # "(r. 1521–1567)", "(lit. “egg”)"
_BEFORE_ASIDE = regex(
    r"(?:\b(?:Jr|Sr|Inc|Ltd|Co|Corp|Bros|Tbk|Sp\.[A-Z]\w{0,3})|,\s*(?:[SM]|A\.Md)(?:\.[A-Z]\w{0,3}){1,2})\.$"
)  # "Jr. (born 1965)"
_SHORT_ASIDE = regex(r"\((?![^)]{0,200}[.!?]\))")  # not a sentence in brackets
_ASIDE = regex(r"\((?:ret|res|purn|almh?|emer|h\.c|a\.i)\.\)$", re.IGNORECASE)  # "Gen. (ret.) Prabowo"
_CLOCK = regex(r"\d\s?[ap]\.m\.$", re.IGNORECASE)
_CLOCK_BEGINS = regex(r"(?:\A|\n)[ \t>*•–-]*\d\d?[.:]\d\d\s?[ap]\.m\.$", re.IGNORECASE)  # "2.30 p.m. Boat race"
_AFTER_CLOCK = regex(
    r"[–—(-]|(?:[ECMP][SD]?T|GMT|UTC|WI[BT]|WITA|Eastern|Pacific|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)\b"
    r"|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:\.|[a-z]{2,6})?\s\d"
)
_STATE = regex(r",\s[A-Z][a-z]{1,5}\.$")  # "Joseph, Mich."
_AGENCY = regex(r"\([A-Z][^()\n]{1,30}\)\s(?:--|[–—-])\s")  # "(AP) — A man was jailed"
_DEGREE = regex(r",\s*(?:S\.[EHIKPST]|M\.[AEHMST]|S\.I\.P|B\.A)\.$")  # after a name: "Joko, S.H."
_DEGREES = regex(r"(?:[A-Z]\w{0,3}\.){2}")
_INITIALS = regex(r"(?<![\w.])(?:[^\W\d_a-z]\.){2,}$")  # "H.W." of "George H.W. Bush"
_WORD = regex(r"\w+(?:-\w+)*(?:['’](?!(?:s|t|d|m|ll|re|ve)\b)\w+)*")  # "As'ad", but "It" of "It's"
_NUMBERED = regex(
    r"(?<![\w’'])(?:Q[Qq]?|(?<!\d )ss?|rr?|[Rr]egs?|[Cc]ls?|[Ss]chs?|[Ss]ubs|Ev|Exh|Cmnd?|[Pp]sl|NI[PK]|NPWP"
    r"|Arts?|[Cc]h|[Cc]hap|[Ee]qs?|[Rr]efs?|[Pp]s|[Hh]al|[Gg]br|[Ll]amp|[Kk]av|[Ss]ek|[Ss]kt"
    r"|[Pp]aras?|[Rr]es|[Mm]in|[Mm]aks"
    r"|HP|WA|[Rr]ek|CP|[Pp]kl|[Bb]ln|[Tt]hn|R[TtWw]|[Tt]el|[Tt]elp|[Tt]lp|[Ff]ax|[Ff]aks|[Tt]h|Mar|Jun|Jul|Sep|Des|Peb|Nop"
    r"|Apt|[Ee]xt|(?<!\d\s)K[Mm]|max|[Ee]st|[Aa]vg)\.$"
)  # "Art. 5"
_OF_A_NUMBER = regex(r"(?<!\w)(?:Ref|Reg|Doc|Tel|Kep|Kepres|Kpts|SK|UU|PP|Inpres|Perda|Permen|Perpres)\.$")
_JO = regex(r"(?<!\w)jo\.$")  # "juncto"
_LAW = regex(r"(?:Pasal|Psl|Ps|UU|Undang|PP|Perpu|Peraturan)\b")
_CALL = regex(r"(?<!\w)[Hh]ub\.$")  # "hubungi"
_WHOM = regex(r"(?:Sdri?|Bp|Bapak|Ibu|Pak|Bu|Kak|Mas|Mbak)\b|\(?\+?\d")
_HEAD_OF = regex(r"(?<!\w)(?:Dir|Kabag|Kasubag|Wamen|Sesmen)\.$")  # of an office, or before a name
_OF_AN_ARM = regex(  # "Kolonel Kav. Rudi Hermanto"
    r"\b(?:Kolonel|Kol|Letkol|Mayor|Kapten|Kapt|Lettu|Letda|Brigjen|Mayjen|Serma|Serka|Sertu)\.? (?:TNI )?"
    r"(?:Adm|Arh|Arm|Caj|Cba|Chb|Chk|Ckm|Cpl|Cpn|Czi|Inf|Kal|Kav|Kes|Lek|Mar|Nav|Pas|Pnb|Psk|Sus|Tek)\.$"
)
_NO = regex(r"No(?:\.|mor)\s?\d")
_NUMBER = regex(r"\(?\+?\d")
_ROMAN_NUMBERED = regex(r"(?<!\w)(?:[Ll]amp|[Tt]h)\.$")  # "Lamp. IV", "Th. XXIX"
_ROMAN = regex(r"[IVX]+\b")
_ITEM = regex(r"(?P<mark>[:,;])\s(?P<number>\d{1,2})\.$")  # "Tewas: 1. Ali, 2. Budi"
_MOST_ITEM = 300  # characters of an item
_EMPHASISED_ITEM = regex(r"(?<!\S)[*_]{2,3}(?:\d{1,3}|[IVX]{1,6}|[A-Z])\.$")  # "**1. Cash**"
_RIGHT = regex(r"(?<!\w)Rt\.$")  # of "Rt. Hon."; "RT." is an Indonesian neighbourhood
_DOCTOR = regex(r"drg?\.\s+[A-Z]")  # "dr. Terawan", with which an Indonesian sentence may begin
_WORD_ENDS = regex(r"(?<![\w.])\w*[a-z]{3}\.$")  # not "RS. dr. Soetomo", "M.Kes. dr. Ani"
_GLUED = regex(r"(?:[–—/_“‘«„-](?P<word>[A-Z][a-z]+)|[“‘«„][A-Z])\.$")  # "Wrangell–St. Elias", "“Mr. Lee"
_STARTERS = frozenset(
    """
    a after all also although an and another as at because before both but by during each for from he her here his how
    however i if in instead is it its last later many most nevertheless no none not now of on once one our she since so
    some such that the their then there therefore these they this those though thus to today under until we what when
    where which while who why with yet you your
    ada adapun akan atas bahwa banyak beberapa begitu bila dalam dan dari dengan di dia hal hingga ia ini itu jadi jika
    juga kami karena ke kedua kemudian ketika kini kita lalu maka menurut mereka namun oleh para pada saat saya sebelum
    sebuah sejak selain selama semua seorang sementara seperti serta setelah siapa tapi tetapi tidak untuk yang
    """.split()
)  # words that begin a sentence after initials that end one: "He moved to Washington, D.C. He stayed."
_AFTER_LETTERS = _STARTERS - frozenset("a an dan di he i ke so yang yet to".split())  # which are parts of names too
_BEGIN = "|".join(sorted(map(str.capitalize, _AFTER_LETTERS)))
_LETTER_ENDS = regex(
    rf"[A-Z]\.(?<=[\w)°] ..)(?=\s+[(“\"]?(?:{_BEGIN}|He(?! and))\b)"
)  # "in World War I. The war"; nupunkt takes every letter for an initial
_MONTH_ENDS = regex(  # "It opened on 11 Nov. The fund grew", but "On 9 Oct. The Times"
    rf"(?<=\d )(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Agt?|Agu|Sept?|Oct|Okt|Nov|Dec|Des)\.(?=\s+(?:{_BEGIN}|He)\s+[a-z])"
)
_DEGREE_ENDS = regex(rf",\s*M\.T\.(?=\s+(?:{_BEGIN})\b)")  # nupunkt takes it for a mount
_NO_ENDS = regex(r"(?<![\w.])no\.(?=\s+[“\"(]?(?:[A-Z][a-z]|[AI]\s))")  # "said no. He"; not "no. 5", "no. B-1"
_SUM_ENDS = regex(r"\bRp ?\d[\d.,]* ?[MT]\.(?=\s+[A-Z])")  # "Rp3,5 M. Uang itu", short for "miliar"
_UNIT_ENDS = regex(  # "in 11 m. A buoy marks it"; nupunkt takes the letter for an initial
    r"(?<=\d)\s?(?:[ghlmst]|ft|sec)\.(?=\s+[“\"(]?(?:[A-Z][a-z]|[AI]\s))"
)
_FOOTNOTE_ENDS = regex(r"[.!?](?:(?<=[^\W\d_]{3}.)|(?<=\d{4}.))[”\"’)]*[¹²³⁰⁴-⁹]+(?=\s+[“\"(]?[A-Z])")


@cache
def abbreviations() -> frozenset[str]:
    """Return what ends in a full stop without ending a sentence, in lower case, without the last stop."""
    lines = files("retrieval.documents").joinpath("abbreviations.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def ends_within(sentence: str) -> list[int]:
    """Return the places, in order, at which what seems to be one sentence ends before its end."""
    return sorted(
        match.end()
        for ends in (_LETTER_ENDS, _DEGREE_ENDS, _MONTH_ENDS, _NO_ENDS, _SUM_ENDS, _UNIT_ENDS, _FOOTNOTE_ENDS)
        for match in ends.finditer(sentence)
    )


def goes_on(text: str, end: int, start: int) -> bool:
    """Tell whether what seems to end at `end` goes on with what begins at `start`, after white space or none."""
    if _CLOSING.match(text, start) or _QUOTE_ENDS.match(text, start):
        return True
    if end == start and (_QUOTE.match(text, start) or text[end - 1 : end + 1] == "!["):  # of an image
        return True
    between = text[end:start]
    if len(between) >= _COLUMN_GAP and between.isspace() and "\n" not in between and _NUMBER.match(text, start):
        return True
    tail = text[max(0, end - _TAIL) : end]
    if _QUOTED_ENDS.search(tail) and _SIGNED.fullmatch(text, start):
        return True
    if tail[-1] in "!?":
        return text[start].islower()  # "Yahoo! was founded"
    if tail[-1] != ".":
        return _ASIDE.search(tail) is not None and text[start].isupper()
    if text[start].islower():  # "at 4 p.m. on Monday"
        return not (_DOCTOR.match(text, start) and _WORD_ENDS.search(tail))
    if _OPENED.search(tail) or (_RIGHT.search(tail) and text.startswith(("Hon.", "Rev."), start)):
        return True
    if _STATE.search(tail) and _AGENCY.match(text, start):
        return True
    if _BEFORE_ASIDE.search(tail) and _SHORT_ASIDE.match(text, start):
        return True
    if _CLOCK.search(tail):
        return _AFTER_CLOCK.match(text, start) is not None or _CLOCK_BEGINS.search(tail) is not None
    if _DEGREE.search(tail):
        return _DEGREES.match(text, start) is not None
    if _HEAD_OF.search(tail) or (_INITIALS.search(tail) and tail[-2].isupper()):
        return _follows_initials(text, start)
    if (item := _ITEM.search(tail)) and _is_next(item, text[max(0, end - _MOST_ITEM) : end]):
        return True
    if (_OF_A_NUMBER.search(tail) and _NO.match(text, start)) or (_JO.search(tail) and _LAW.match(text, start)):
        return True
    if _OF_AN_ARM.search(tail) or _EMPHASISED_ITEM.search(tail) or (_CALL.search(tail) and _WHOM.match(text, start)):
        return True
    if _NUMBERED.search(tail):
        return bool(_NUMBER.match(text, start) or (_ROMAN_NUMBERED.search(tail) and _ROMAN.match(text, start)))
    glued = _GLUED.search(tail)
    return glued is not None and (not glued["word"] or glued["word"].lower() in abbreviations())


def _is_next(item: re.Match[str], before: str) -> bool:
    """Tell whether the number of an item is the first of a list, or the one before stands before it."""
    last = int(item["number"]) - 1
    return item["mark"] == ":" if not last else re.search(rf"[:,;]\s{last}\.\s", before) is not None


def _follows_initials(text: str, start: int) -> bool:
    word = _WORD.match(text, start)
    if word:
        return word[0].lower() not in _STARTERS or text.startswith(("No. ", "Under Secretary"), start)
    return text[start] in "(–—-&$€£" or text[start + 1 : start + 2].islower()  # "U.S. – China", "U.S. “war on drugs”"
