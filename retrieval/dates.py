"""Dates as texts write them, in English and Indonesian, and in ISO 8601."""

MONTH = (
    r"(?:jan(?:uar[iy])?|[fp]eb(?:ruar[iy])?|mar(?:ch|et)?|apr(?:il)?|may|mei|jun[ei]?|jul[iy]?|aug(?:ust)?"
    r"|ag(?:ustus|t|u)|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cs](?:ember)?)"
)
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|senin|selasa|rabu|kamis|jumat|sabtu|minggu)"
_NAMES = "jan|feb,peb|mar|apr|may,mei|jun|jul|aug,agu,agt|sep|oct,okt|nov|dec,des"
MONTH_NUMBERS = {
    name: f"{number:02}" for number, names in enumerate(_NAMES.split("|"), start=1) for name in names.split(",")
}
"""The number of each month, two digits, by the first three letters of its names."""


def month_number(name: str) -> str:
    """Return the number, two digits, of a month that MONTH matches, whatever the case of its letters."""
    return MONTH_NUMBERS[name[:3].casefold()]
