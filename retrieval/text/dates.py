"""Dates as texts write them, in English and Indonesian, and in ISO 8601."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

MONTH = (
    r"(?:jan(?:uar[iy])?|[fp]eb(?:ruar[iy])?|mar(?:ch|et)?|apr(?:il)?|may|mei|jun[ei]?|jul[iy]?|aug(?:ust)?"
    r"|ag(?:ustus|s?t|s|u)|sept?(?:ember)?|o[ck]t(?:ober)?|no[vp](?:ember)?|de[cs](?:ember)?)"
)
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|senin|selasa|rabu|kamis|jumat|sabtu|minggu)"
WEEKDAY_FORM = rf"(?:{WEEKDAY}|mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun|sen|sel|rab|kam|jum[’']?(?:at)?|sab|ahad)"
"""A day of the week, also in short, as tables have it."""
_WEEKDAYS = "mon,sen|tue,sel|wed,rab|thu,kam|fri,jum|sat,sab|sun,min,aha"
MONTH_NAMES = "January February March April May June July August September October November December".split()
MONTH_NAMES_ID = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
_NAMES = "jan|feb,peb|mar|apr|may,mei|jun|jul|aug,agu,agt,ags|sep|oct,okt|nov,nop|dec,des"
_MONTH_NUMBERS = {
    name: f"{number:02}" for number, names in enumerate(_NAMES.split("|"), start=1) for name in names.split(",")
}  # two digits, by the first three letters
_EARLIEST_CLOCK = timedelta(hours=14)  # before UTC, in Kiribati


def latest_day() -> date:
    """Return the day that it is where days begin first: a date after it is still to come, wherever a text is from."""
    return (datetime.now(UTC) + _EARLIEST_CLOCK).date()


def month_number(name: str) -> str:
    """Return the number, two digits, of a month that MONTH matches, whatever the case of its letters."""
    return _MONTH_NUMBERS[name[:3].casefold()]


def weekday_number(name: str) -> int:
    """Return the number of a day of the week that WEEKDAY_FORM matches, from 0 for Monday."""
    return next(number for number, names in enumerate(_WEEKDAYS.split("|")) if name[:3].casefold() in names.split(","))


def dates_tell(dates: Sequence[str | None]) -> bool:
    """Tell whether ISO dates, to the day, the month or the year, put documents in order of time.

    They do not where one is unknown, where all are equal, or where one may lie within another, as 2022-11 in 2022.
    """
    known = {date for date in dates if date}
    within = any(one != other and one.startswith(other) for one in known for other in known)
    return all(dates) and len(known) > 1 and not within


def newer(date: str | None, other: str | None) -> bool:
    """Tell whether a document's ISO date is surely later than another's."""
    return dates_tell([date, other]) and (date or "") > (other or "")
