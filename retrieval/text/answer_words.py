"""The words of answers, in a form in which they compare, and whether they say the same."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise

from retrieval.text.amounts import with_amounts
from retrieval.text.dates import MONTH
from retrieval.text.days import in_words
from retrieval.text.markup import RAISED
from retrieval.text.patterns import regex

_NUMBER = r"\d+(?:[.,]\d+)*"
CURRENCIES = "$€£¥₹"
_WORD = regex(  # "3-1" is one: a score, a range; "A$" is another currency than "$"
    rf"{_NUMBER}(?:[-:/]{_NUMBER})*|\b[^\W\d]{{1,2}}\$|[^\W\d]+|[{CURRENCIES}]"
)
_RAISED = regex(f"[{RAISED}]+")


def _without_signs(match: re.Match[str]) -> str:
    return re.sub("[.,]", "", match[0])


def _hour_of_day(match: re.Match[str]) -> str:
    return f"{int(match['hour']) % 12 + 12 * (match['half'] == 'p')}.{match['minute'] or '00'}"


_WRITTEN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (regex(pattern), form)
    for pattern, form in (
        (r"(?<!\d)(?<!\d[.,])[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*(?!\d|\1\d)", _without_signs),  # of thousands
        (r"(?<=\d),(?=\d)", "."),  # of decimals
        (r"(?<=\d)(?:st|nd|rd|th)\b", ""),
        (rf"(?<=\d) of (?={MONTH}\b)", " "),
        (r"(?<![\w.,:])(?P<hour>1[0-2]|0?\d)(?:[.:](?P<minute>\d\d))? ?(?P<half>[ap])\.? ?m\b", _hour_of_day),
        (r"(?<![\w.,:])([01]?\d|2[0-3]):([0-5]\d)(?![\w:])", r"\1.\2"),  # a time, as it is written in Indonesian
        (r"\b(?:[^\W\d_]\.){2,}", lambda match: match[0].replace(".", "")),  # "U.S."
        (r"\bus ?(?=\$|dollars?\b)|(?<=\bdolar) as\b", ""),
        (rf"((?:[$€£]|\b(?:usd|eur|gbp)) ?{_NUMBER}) ?m\b", r"\1 million"),
        (r"(?<=\d) ?m (?=(?:euro|dollar|pound)s?\b)", " million "),
        (rf"(\brp[. ]*{_NUMBER}) ?m\b", r"\1 miliar"),
        (r"%|\b(?:per cent|persen)\b", " percent "),
        (r"(?<![\w.,])[-−–](?=\d)", " minus "),
        ("–", "-"),
    )
)
"""What of an answer is written in several ways, and what stands for it, one after the other."""
_ARTICLES = {"a", "an", "the"}
_FORMS = {  # of the same thing
    form: forms[0]
    for forms in map(
        str.split,
        """
        $ usd dollar dollars dolar|€ eur euro euros
        |£ gbp pound pounds|rp idr rupiah|people persons person orang jiwa warga|kg kilogram kilograms kilos
        |km kilometer kilometers kilometre kilometres|m meter meters metre metres|ha hectare hectares hektar hektare
        |january januari jan|february februari feb|march maret mar|april apr|may mei|june juni jun
        |july juli jul|august agustus aug agu agt|september sep sept|october oktober oct okt|november nov
        |december desember dec des
        |monday mon senin|tuesday tue tues selasa|wednesday wed rabu|thursday thu thur thurs kamis|friday fri jumat
        |saturday sat sabtu|sunday sun minggu
        """.split("|"),
    )
    for form in forms
}
_TURNING = frozenset(
    """no non not never neither nor without except minus less fewer under deputy vice acting former ex
    hundred thousand million billion trillion percent half third quarter quarters
    dozen dozens hundreds thousands millions billions
    tidak tak bukan belum tanpa tiada kecuali selain kurang wakil mantan eks ratus ribu juta miliar triliun setengah
    seperempat belasan puluhan ratusan ribuan jutaan miliaran""".split()
)
_OF_A_NUMBER = {"over", "above", "below", "beyond"}  # turn it only right before one
_OF_A_ROLE = {"elect", "candidate", "calon", "plt"}  # turn it where nobody is named
_COUNTED = {"people"}


def answer_words(text: str) -> list[str]:
    """Return the words of an answer as people see it, in a form in which they compare.

    "Three" is "3", "5 million dollars" is as "$5,000,000" but for the order, "28 Nov." is "28 November", "1:21 p.m." is
    "13.21". "$" and "dollars" are American ones where nothing else is said.
    """
    plain = in_words(unicodedata.normalize("NFKC", _RAISED.sub("", text)), day_first=False).casefold()
    for pattern, form in _WRITTEN:
        plain = pattern.sub(form, plain)
    words = [_FORMS.get(word, word) for word in with_amounts(_WORD.findall(plain))]
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def words_agree(words: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether answers of these words are the same, or one says what the other does and more.

    What turns the meaning round, as in "not guilty", or its size, as in "5 million", is not just more. The same words
    in another order are the same, "2 May" and "May 2", but not with their numbers in another. Initials may be left out,
    and after a number that it counts people; a whole word may not, as "Bank Rakyat Indonesia" is not "Bank Indonesia".
    """
    if not (words and others):
        return False
    if sorted(words) == sorted(others):
        return _numbers(words) == _numbers(others)
    shorter, longer = sorted((words, others), key=len)
    more = set(longer).difference(shorter)
    return (_holds(longer, shorter) or _leaves_out(longer, shorter, more)) and not _turns(longer, more)


def _turns(words: Sequence[str], more: set[str]) -> bool:
    """Tell whether those of an answer's words that another does not have turn its meaning, or its size."""
    of_numbers = {word for word, number in pairwise(words) if number[0].isdecimal()} & _OF_A_NUMBER
    return not (_TURNING | of_numbers).isdisjoint(more) or (bool(more) and more <= _OF_A_ROLE)


def _numbers(words: Sequence[str]) -> list[str]:
    return [word for word in words if word[0].isdecimal()]


def _holds(words: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether others stand in words, one after the other."""
    length = len(others)
    return any(words[begin : begin + length] == others for begin in range(len(words) - length + 1))


def _leaves_out(words: Sequence[str], others: Sequence[str], more: set[str]) -> bool:
    """Tell whether others are words but for some between the first and the last, where these say nothing else."""
    rest = iter(words)
    small = _COUNTED if _numbers(words) else {word for word in more if len(word) < 3}  # initials, "of"
    return words[0] == others[0] and words[-1] == others[-1] and more <= small and all(word in rest for word in others)
