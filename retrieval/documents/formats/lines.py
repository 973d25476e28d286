"""The lines of a text, and which of them reads like a title."""

import re
from collections.abc import Sequence

from retrieval.text.days import DATED_DAY, DAY_OR_WEEKDAY
from retrieval.text.patterns import regex

_LINE = regex(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
LONGEST_TITLE = 120  # characters
_QUOTED_SENTENCES = regex(r"[.!?][\"”’]?\s.*[.!?][\"'”’»)\]]+\Z")  # '"We pay." Then: "Nobody waits."'
NUMBERED = r"(?:no|nomor|number|ref)\b\W*+(?=[\w./-]*\d)[\w./-]++(?:(?<=th\.) [IVXL]+\b)?"  # "No. 78/11/Th. XXIX"
ZONE = r"(?:wib|wita?|gmt|utc|bst|ist|[cew]es?t|[ecmp][sd]t|a[ecw][sd]t|nz[sd]t|sgt|hkt|jst|pht)"  # "WIB", "CEST"
RELEASE = (
    r"(?:(?:press|media|news) (?:release|statement)|for immediate (?:release|distribution|use)"
    r"|untuk (?:segera )?(?:disiarkan|diberitakan|dirilis|dipublikasikan)(?: segera)?"
    r"|(?:siaran|rilis|keterangan|pernyataan) (?:pers|media)|pers rilis)"
)
SPOKEN = (
    r"(?:(?:opening |closing |welcome |keynote )?(?:speech|remarks|address|statement)|debate|debat|transcript|interview"
    r"|press (?:briefing|conference)|pidato|sambutan|pernyataan|keterangan pers|transkrip|wawancara|konferensi pers)"
)
_OFFICE_FIRST = "universitas|komisi|kantor|yayasan|dewan|federasi|serikat|persatuan|perhimpunan|asosiasi"
OFFICE = (
    r"(?:university|hospital|bank|commission|ministry|office|department|council|committee|board|bureau|agency|secretariat"
    rf"|institute|authority|court|embassy|association|federation|foundation|union|government|{_OFFICE_FIRST})"
)
_EMBARGO = (
    r"(?:strictly |under )?embargo(?:ed)?\b[^.!?\n]{0,20}\b(?:until|till?|to|for|hingga|sampai)\b"
    r"[^!?\n]{0,40}\d[^!?\n]{0,40}"
)
_DATED = rf"(?:[\w .'’/-]{{1,40}},\s*)?{DATED_DAY}"
_OF_RELEASE = regex(
    rf"{RELEASE}(?:\W*+{NUMBERED})?(?:\s*[,:–—|/-]\s*(?:{RELEASE}|{_EMBARGO}|{_DATED}))*+", re.IGNORECASE
)
_OF_PAPER = regex(
    r"(?:verbatim |full |edited )?transcript|verbatim record|(?:unofficial |courtesy )?translation"
    r"|minutes|attendance list|judge?ment|statement|speech|remarks|check against delivery|(?:final )?draft"
    r"|(?:strictly )?confidential|for (?:information|(?:official|internal) use only)|media (?:advisory|alert)"
    r"|backgrounder|transkrip|terjemahan(?: tidak resmi)?|risalah(?: rapat)?|notula|notulen(?:si)?|daftar hadir|putusan"
    r"|pernyataan|pidato|sambutan|draf|konsep|rahasia|undangan liputan|hak jawab"
    r"|opinion|op-?ed|opini|column|kolom|editorial|tajuk(?: rencana)?|commentary|fact[ -]?check|cek fakta|analysis"
    r"|analisis|company profile|profil perusahaan|fact ?sheet|lembar fakta|urgent action(?:\W{1,3}[\d/]{1,9})?"
    r"|open letter|surat terbuka",
    re.IGNORECASE,
)
_OF_STORY = regex(  # above its title, in capitals; else it may be a title
    r"INTERVIEW|WAWANCARA|Q ?& ?A|TANYA JAWAB|EXCLUSIVE|EKSKLUSIF|LIVE|LANGSUNG"
)
_PAPER_WORD = regex(rf"(?:{_OF_PAPER.pattern}|agenda|notice)\b\W+\w", re.IGNORECASE)
_MARKS = " \t*_#:"
_LETTERHEAD = regex(  # in which every word has a capital: no headline, in which a verb may have none
    r"(?i:kementerian|pemerintah|direktorat|sekretariat|dinas|badan|biro|bagian|bidang|pusat|balai|ministry|government"
    r"|department|republi[ck]|united nations|office|kantor)\b"
    r"(?:\s+(?:of|and|the|for|dan|[^\Wa-z][\w&.-]*))*"
)
_OFFICE_NAME = regex(  # "PORT ORLA HARBOUR AUTHORITY", "Office of the Mayor"; not "City Council Approves Budget"
    rf"(?=(?:.*\s)?(?i:{OFFICE})(?:\s+(?i:of|for|at|di|dan|and)\b|\s*[-–—,|]|\s*\Z)|(?i:{_OFFICE_FIRST})\b)"
    r"(?:(?:of|the|for|and|at|in|dan|di|[-–—|&]|\([A-Z]{2,8}\)|[^\W\d_a-z][\w.,'’&-]*)(?:\s+|\Z)){1,10}"
)
_IN_CAPITALS = regex(
    r"(?:(?:RANCANGAN )?(?:PERATURAN|UNDANG-UNDANG)|KEPUTUSAN|INSTRUKSI|MAKLUMAT|SURAT EDARAN|PENGUMUMAN"
    r"|NOTA KESEPAHAMAN|PERJANJIAN|RISALAH RAPAT|JOINT (?:STATEMENT|COMMUNIQU[EÉ])|REGULATION|DECREE|RESOLUTION"
    r"|MEMORANDUM OF UNDERSTANDING|AGREEMENT|PERMIT|LICEN[CS]E|NOTICE)\b"
)
_OFFICER = regex(r"(?:BUPATI|WALI ?KOTA|GUBERNUR|PRESIDEN|MENTERI|KEPALA|REKTOR|DIREKTUR)\b")
_ADDRESS = regex(
    r"\s*(?:jalan|jl\.?|jln\.?|alamat|telp\.?|telepon|telephone|phone|tel\.?|fax|faks|website|laman|e-?mail|surel|p\.?\s?o\.?\s?box)\b",
    re.IGNORECASE,
)
_LETTER_LINE = regex(
    r"\s*(?:(?P<number>(?:nomor(?: surat)?|no\.?|number|ref\.?)\s*:\s*(?=\S*\d)\S*[/-]\S*)"
    r"|(?:perihal|hal|subject)\s*:\s*(?P<subject>[^\W\d_].{3,110}?))\s*",
    re.IGNORECASE,
)
_NUMBER_OR_DAY = regex(
    rf"{NUMBERED}(?:\s*[,–—|-]\s*{_DATED})?|{_EMBARGO}|(?:date|released|issued|embargo\w*|tanggal)\s*:[^.!?]{{0,40}}\d[^.!?]{{0,20}}",
    re.IGNORECASE,
)
_SET_OFF = r"(?:\s*[:–—-]\s+\S|\s{2,}\S)"
_ENTRY = regex(
    rf"(?:1[5-9]|20)\d\d(?:{_SET_OFF}|\s(?![A-Z]{{2,3}}\b)[A-Z\"“])"
    r"|(?:[01]?\d|2[0-4])[.:][0-5]\d(?![\d.,%])\s*\S"
    rf"|(?i:{DAY_OR_WEEKDAY})(?:{_SET_OFF}|\s*\Z)"
)
_BYLINE = regex(rf"(?:by|oleh)\s(?:(?![,|–—])[^\n]){{2,80}}\s?[,|–—-]\s?{DATED_DAY}\W*", re.IGNORECASE)
_DAY = regex(rf"{_DATED}(?:,?\s+(?:at |pukul |jam )?\d\d?[.:]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*{ZONE})?)?", re.IGNORECASE)


def begins_entry(line: str) -> bool:
    """Tell whether a line begins as one of a timeline or a programme does: "1911 – He came", "09.30 Quiz".

    So does a sentence now and then: where lines are, several do.
    """
    return _ENTRY.match(line) is not None


def line_spans(text: str, begin: int) -> list[tuple[int, int]]:
    """Return the spans of all lines from `begin` on without their ends; the ends are those that Markdown knows."""
    spans = []
    for match in _LINE.finditer(text, begin):
        if match.start() < match.end():
            spans.append((match.start(), match.start() + len(match[0].rstrip("\r\n"))))
    return spans


def looks_like_title(line: str) -> bool:
    """Tell whether a first line reads like a title: short, and not closed like a sentence."""
    line = line.strip()
    is_short = 0 < len(line) <= LONGEST_TITLE and line[-1] not in ".!?;:,…" and not line[0].islower()
    return is_short and not _QUOTED_SENTENCES.search(line)


def tells_kind(line: str) -> bool:
    """Tell whether a line only says of what kind a document is: "TRANSCRIPT", "Siaran Pers No. 45/2024"."""
    return _OF_RELEASE.fullmatch(line.strip(_MARKS)) is not None or names_paper(line)


def names_paper(line: str) -> bool:
    """Tell whether a line is the word for a kind of paper, a title where there is no better one: "MINUTES"."""
    word = line.strip(_MARKS)
    return _OF_PAPER.fullmatch(word) is not None or _OF_STORY.fullmatch(word) is not None


def begins_paper(line: str) -> bool:
    """Tell whether a line begins with the word for a kind of paper, as titles do: "Minutes of the council"."""
    return _PAPER_WORD.match(line.strip(_MARKS)) is not None


def tells_number_or_day(line: str) -> bool:
    """Tell whether a line only says a document's number or day: "Nomor: 45/SP/2024", "Tanggal: 7 Maret 2024"."""
    return _NUMBER_OR_DAY.fullmatch(line.strip(" \t*_")) is not None


def tells_of_paper(line: str) -> bool:
    """Tell whether a line only says of what kind a document is, or its number or day."""
    return tells_kind(line) or tells_number_or_day(line)


def is_day(line: str) -> bool:
    """Tell whether a line is a day and nothing else, with a place or without: "Jakarta, 7 Maret 2024"."""
    return _DAY.fullmatch(line.strip(" \t*_")) is not None


def is_byline(line: str) -> bool:
    """Tell whether a line is a name and a day, as below a headline: "By Ann Gow, 7 March 2024"."""
    return _BYLINE.fullmatch(line.strip(" \t*_")) is not None


def is_letterhead(line: str) -> bool:
    """Tell whether a line is only the name of an office: "Dinas Kesehatan Kabupaten Orla"."""
    return _LETTERHEAD.fullmatch(line.strip()) is not None


def names_office(line: str) -> bool:
    """Tell whether a line is the name of an office, a court or a society: "Castle Weir City Council"."""
    is_short = len(line) <= LONGEST_TITLE and not begins_paper(line)
    return is_letterhead(line) or (is_short and _OFFICE_NAME.fullmatch(line.strip()) is not None)


def names_officer(line: str) -> bool:
    """Tell whether a line in capitals names who signs a regulation, as above its title: "BUPATI ORLA,"."""
    return _OFFICER.match(line) is not None and line.isupper()


def begins_regulation(line: str) -> bool:
    """Tell whether a line in capitals begins the title of a regulation, an agreement or a record: "PERATURAN …"."""
    return _IN_CAPITALS.match(line.strip()) is not None


def is_address(line: str) -> bool:
    """Tell whether a line below the name of an office says where it is, or how it is reached."""
    return _ADDRESS.match(line) is not None


def subject_said(lines: Sequence[str]) -> str:
    """Return the subject of a letter, which stands below its number: "Perihal : Undangan"; nothing of what is none."""
    labelled = [match for line in lines if (match := _LETTER_LINE.fullmatch(line))]
    is_letter = any(match["number"] for match in labelled)
    return next((match["subject"].rstrip(" .") for match in labelled if is_letter and match["subject"]), "")
