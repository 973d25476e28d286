"""Of which kind a value in a table is, where a question tells: a person, an hour, a price, a place."""

import re
from collections.abc import Sequence

from retrieval.text.dates import MONTH, WEEKDAY
from retrieval.text.hours import clock_time
from retrieval.text.patterns import regex

DAYS = "date dates tanggal tgl day days hari schedule jadwal".split()
"""Names of columns that say on which day, the likeliest first."""
HOURS = "time times jam pukul waktu hour hours".split()
"""Names of columns that say at what time of a day, the likeliest first."""
NAMES = "name nama person".split()
"""Names of columns that say who somebody is, the likeliest first."""
TOTALS = frozenset("total|totals|grand total|sum|jumlah|jumlah total|total keseluruhan|keseluruhan".split("|"))
"""What the first cell of a row of totals says, in small letters."""
PLACES = [*"address alamat venue place tempat location lokasi site room ruang ruangan".split(), "duty station", "base"]
"""Names of columns that say where, the likeliest first."""
LENGTHS = "length panjang distance jarak".split()
"""Names of columns that say how long or how far something is, the likeliest first."""
COUNT = regex(r"\d{1,3}(?:[.,]?\d{3})*")
_MEASURED = regex(r"\d[\d.,]* (?P<unit>[^\W\d]+)")
_LETTER = regex(r"[^\W\d_]")
_DIGIT = regex(r"\d")
_QUOTATION = regex(r"\s*[\"“‘].*", re.DOTALL)
_FIGURE = regex(r"(?!0\d)\d{1,3}(?:[.,]?\d{3})*(?:[.,]\d{1,2})?%?")  # no number of a telephone
_OF_DAY = regex(rf"\b(?:{MONTH}|{WEEKDAY})\b", re.IGNORECASE)
_PHONE = regex(r"\+?[\d(][\d ()./-]{5,}(?<!\d{4}-\d\d-\d\d)")
_DONE = regex(r"\b(?:was|were|been|is|are)\b", re.IGNORECASE)
_BY = regex(r"\b(?:by|oleh)\W*\Z", re.IGNORECASE)
_MONEY = regex(r"\b(?:Rp(?![a-z])|(?:IDR|USD|EUR|[Rr]upiah|[Rr]upees?|[Rr]inggit|[Dd]ollars?|[Ee]uros?)\b)|[$€£]")
_WAY = regex(r"\b(?:arr|dep|arrival|departure|tiba|berangkat|datang)\b", re.IGNORECASE)
_PRICE = regex(r"[$€£]|\b(?:Rp|EUR|USD|IDR)\b|\bRp\d|^\W*\d+[.,]\d\d\W*$|^(?:free|gratis)$", re.IGNORECASE)
BEGINS = frozenset("start starts started begin begins began mulai dimulai".split())
ENDS = frozenset("end ends ended finish finishes finished selesai berakhir".split())
"""Words of questions that name the first or the last of two hours."""
_OF_TIMES = BEGINS | frozenset("leave leaves depart departs time hour hours berangkat tiba datang jam pukul".split())
_OF_HOURS = frozenset("open opens opened close closes closed until till buka tutup sampai hingga".split())
_OF_HOURS |= _OF_TIMES | ENDS
_OF_PRICES = frozenset(
    "price prices pay pays fare fares cost costs fee harga tarif bayar membayar ongkos biaya".split()
)
OF_KINDS = _OF_HOURS | _OF_PRICES
"""Words of questions that tell of which kind a value is, whatever its column is called."""


def says_total(value: str) -> bool:
    """Tell whether a value only says that its row is one of totals: "**Total**"."""
    return value.strip("* ").casefold() in TOTALS


def may_be_who(question: str, column: str, value: str) -> bool:
    """Tell whether a cell may say who it is: no amount, day or quotation; of whom it was done to, not by whom."""
    is_amount = is_figure(value) or _MEASURED.fullmatch(value.strip(" ."))
    return not (
        is_day(value) or is_amount or _QUOTATION.fullmatch(value) or (_DONE.search(question) and _BY.search(column))
    )


def is_day(value: str) -> bool:
    """Tell whether a value is a day, an hour or a time between: "8 February", "1–30 April"; no count, none to call."""
    is_time = _DIGIT.search(value) and not says_more_than_time(value)
    return bool(is_time) and not (_PHONE.fullmatch(value) or is_figure(value))


def says_more_than_time(value: str) -> bool:
    """Tell whether a value has letters, other than of months and of days of the week."""
    return _LETTER.search(_OF_DAY.sub("", value)) is not None


def is_figure(value: str) -> bool:
    """Tell whether a value is a count, a sum or a share, without a unit in words."""
    return _FIGURE.fullmatch(value.strip()) is not None


def is_money(column: str, value: str) -> bool:
    """Tell whether a cell says what something costs."""
    return _MONEY.search(f"{column} {value}") is not None


def is_of_prices(column: str) -> bool:
    """Tell whether the name of a column says that prices stand in it: "Tarif (Rp)"."""
    return not _OF_PRICES.isdisjoint(re.findall(r"\w+", column.casefold()))


def words_for(value: str, values: Sequence[str]) -> frozenset[str]:
    """Return the words of questions for a value of its kind: "leave", of an hour, if the row does not tell which."""
    words = _OF_PRICES if _PRICE.search(value) else frozenset[str]()
    hour = clock_time(value)
    if hour and not any(map(_WAY.search, values)):
        words |= _OF_HOURS if hour["until"] else _OF_TIMES
    return words


def unit_of(value: str) -> str:
    """Return the unit of an amount, "weeks" of "14 weeks"; nothing of other values."""
    match = _MEASURED.fullmatch(value.strip())
    return match["unit"] if match else ""
