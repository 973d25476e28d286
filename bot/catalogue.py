"""The languages that Kutip speaks, and what stands in every text: numbers, counted things, how far a work is."""

import gettext
import re
from pathlib import Path

from retrieval.receipts import Progress

LANGUAGES = {"en": "English", "id": "Bahasa Indonesia"}
"""The languages that Kutip speaks, each with its own name for itself; the first is spoken where none is known."""

_LOCALES = Path(__file__).parent / "locales"


class Catalogue:
    """The translations into one language; English is what stands in the code."""

    def __init__(self, language: str) -> None:
        self.language = language
        catalogue = gettext.translation("kutip", _LOCALES, [language], fallback=True)
        self._ = catalogue.gettext
        self._n = catalogue.ngettext

    def number(self, number: int) -> str:
        """Return a number with its thousands apart."""
        return f"{number:,}".replace(",", self._(","))

    def figure(self, text: str) -> str:
        """Return a number that is written as in English as this language writes it; any other text as it is."""
        if not re.fullmatch(r"\d[\d,]*(?:\.\d+)?", text):
            return text
        return text.translate(str.maketrans(",.", self._(",") + self._(".")))

    def seconds(self, seconds: float) -> str:
        """Return seconds with one decimal."""
        return f"{seconds:.1f}".replace(".", self._("."))

    def documents(self, number: int) -> str:
        return self._n("{number} document", "{number} documents", number).format(number=self.number(number))

    def passages(self, number: int) -> str:
        return self._n("{number} passage", "{number} passages", number).format(number=self.number(number))

    def progress(self, progress: Progress | None) -> str:
        """Return a progress in a few words, such as "reading, 12 of 40 files"."""
        if progress is None:
            return self._("just starting")
        stages = {
            "Checking": self._("checking"),
            "Reading": self._("reading"),
            "Writing": self._("writing"),
        }
        units = {"files": self._("files")}
        text = stages.get(progress.stage, progress.stage.lower())
        if progress.total:
            text += ", " + self._("{done} of {total} {unit}").format(
                done=self.number(progress.done),
                total=self.number(progress.total),
                unit=units.get(progress.unit, progress.unit),
            )
        if progress.embedded:
            text += ", " + self._("{passages} embedded").format(passages=self.passages(progress.embedded))
        return text
