"""The characters of a PDF page, and where its readers see them."""

import ctypes
import math
from collections.abc import Callable

import pypdfium2
from pypdfium2 import raw

from retrieval.documents.formats.extracted import raised

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the left and the bottom of a page."""
_DIGITS = frozenset("0123456789")
_ASLANT = 10  # degrees from flat, or from upright: a watermark
SMALLER = 0.85
"""Of the height of the character before, or less, and by this part of it higher: a number that is raised."""
_HIGHER = 0.12
_BOLD, _FONT_NAME = 600, 128  # weight, and bytes of a name
_LEVEL = 0.1  # of the height of a character: less is no distance
_APART = 0.5  # of it: a blank is narrower


class Characters:
    """The characters of a page, in the order of the file; blanks stand for those of watermarks."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._text = page.get_textpage()
        self._turn = page.get_rotation()
        self._bold: dict[int | None, bool] = {}  # by font
        self.signs = [chr(raw.FPDFText_GetUnicode(self._text, at)) for at in range(self._text.count_chars())]
        for at, sign in enumerate(self.signs):
            if sign not in "\r\n" and _is_aslant(self._text, at):
                self.signs[at] = " "
        self._places = list(range(len(self.signs)))  # of the signs in what pdfium tells
        self._join_torn_lines()
        raise_numbers(self.signs, self.box)

    def box(self, at: int) -> Box:
        """Return where a character stands; it is as high as its font is."""
        box = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(self._text, self._places[at], ctypes.byref(box))
        return turned((box.left, box.bottom, box.right, box.top), self._turn)

    def is_bold(self, at: int) -> bool:
        """Tell whether a character is of a bold font, by its weight or its name."""
        font = raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(self._text, self._places[at]))
        key = ctypes.cast(font, ctypes.c_void_p).value
        if key not in self._bold:
            name = ctypes.create_string_buffer(_FONT_NAME)
            told = font and raw.FPDFFont_GetBaseFontName(font, name, _FONT_NAME)
            by_name = bool(told) and b"bold" in name.value.lower()
            self._bold[key] = by_name or (bool(font) and raw.FPDFFont_GetWeight(font) >= _BOLD)
        return self._bold[key]

    def _join_torn_lines(self) -> None:
        """Take out the ends of lines between characters that stand beside each other, as on pages with little text."""
        torn: list[range] = []
        last: int | None = None
        for at, sign in enumerate(self.signs):
            if sign.isspace():
                continue
            if last is not None and "\n" in self.signs[last + 1 : at] and (gap := self._gap(last, at)) is not None:
                if gap > _LEVEL:
                    self.signs[last + 1] = " "
                torn.append(range(last + 1 + (gap > _LEVEL), at))
            last = at
        gone = {at for one in torn for at in one}
        self.signs = [sign for at, sign in enumerate(self.signs) if at not in gone]
        self._places = [place for place in self._places if place not in gone]

    def _gap(self, before: int, at: int) -> float | None:
        """Return how far apart two characters of one line stand, in heights of them, if it is no more than a blank."""
        _, base, right, top = self.box(before)
        left, low, _, high = self.box(at)
        gap = (left - right) / (top - base) if top > base else _APART
        are_level = max(abs(low - base), abs(high - top)) <= _LEVEL * (top - base)
        return gap if are_level and -_LEVEL < gap < _APART else None

    def shown(self, first: int, last: int) -> str:
        """Return the text from one character to another."""
        text = "".join(self.signs[first : last + 1]).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return " ".join(text.split())


def turned(box: Box, degrees: int) -> Box:
    """Return where a box is on a page that is turned clockwise, as its readers see it."""
    left, bottom, right, top = box
    return {
        90: (bottom, -right, top, -left),
        180: (-right, -top, -left, -bottom),
        270: (-top, left, -bottom, right),
    }.get(degrees, box)


def _is_aslant(text: pypdfium2.PdfTextPage, number: int) -> bool:
    """Tell whether a character stands on a line that neither lies flat nor stands upright."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, number, ctypes.byref(matrix)):
        return False
    return _ASLANT < math.degrees(math.atan2(matrix.b, matrix.a)) % 90 < 90 - _ASLANT


def raise_numbers(characters: list[str], box: Callable[[int], Box]) -> None:
    """Put raised digits in the place of those that are set smaller and higher than what stands before them.

    pdfium may end the line before one.
    """
    before: int | None = None  # the last character that is not raised, in this line
    ended = False
    for number, character in enumerate(characters):
        if character in "\r\n":
            ended = True
            continue
        if ended and before is not None and not _stands_behind(box(number), box(before)):
            before = None
        ended = False
        if character in _DIGITS and before is not None:
            _, base, _, top = box(before)
            _, low, _, high = box(number)
            if high - low < SMALLER * (top - base) and low - base > _HIGHER * (top - base):
                characters[number] = raised(character)
            else:
                before = number
        elif not character.isspace():
            before = number


def _stands_behind(box: Box, before: Box) -> bool:
    left, low, _, high = box
    _, base, right, top = before
    return right - (top - base) / 4 <= left < right + (top - base) and low < top and base < high
