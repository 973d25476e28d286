"""Say a question in other words, which its passage does not have, as people do who have not read the passage.

The synonyms are WordNet's (Miller, "WordNet: A Lexical Database for English", 1995), read from the files that its
distribution and Debian's package `wordnet-base` have: `index.noun`, `data.noun` and so on.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

_PARTS = ("noun", "verb", "adj", "adv")
_SENSES = 2  # of a word, the commonest ones
_SIMILAR = "&"  # WordNet's sign of an adjective that means about the same
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""))
_WORD = re.compile(r"(?<![\w'’-])[a-z]{4,}(?![\w'’-])")
_KEPT = frozenset(
    """what when where which whom whose does have been were will would could should that this these those them they
    there with from into than many much most more less first last before after never none only each every also name
    type kind""".split()
)
_SYNONYM = 0.45  # of the words that have one
_DROPPED = 0.1  # of the others


class Paraphraser:
    """Changes words of questions by chance; those that begin with a capital letter are names, and stay."""

    def __init__(self, wordnet: Path) -> None:
        """Read WordNet's files, a folder; raises OSError if they are not there."""
        self._offsets: dict[str, list[tuple[str, str]]] = {}  # of a word: (part of speech, offset), commonest first
        self._words: dict[tuple[str, str], list[str]] = {}
        self._similar: dict[str, list[str]] = {}
        for part in _PARTS:
            for line in _lines(wordnet / f"index.{part}"):
                fields = line.split()
                pointers = int(fields[3])
                senses = fields[6 + pointers :][:_SENSES]
                self._offsets.setdefault(fields[0], []).extend((part, offset) for offset in senses)
            for line in _lines(wordnet / f"data.{part}"):
                self._read_synset(part, line.split(" | ")[0].split())

    def paraphrase(self, question: str, random: Random) -> str:
        """Return the question with some of its words replaced by synonyms or left out."""
        return re.sub(" {2,}", " ", _WORD.sub(lambda match: self._other(match[0], random), question)).strip()

    def synonyms(self, word: str) -> list[str]:
        """Return words that may stand for this one, in its plural or its tense as far as those are regular."""
        if word in self._offsets:
            return sorted(set(self._of_lemma(word)))
        for ending, base in _ENDINGS:
            lemma = word.removesuffix(ending) + base
            parts = ("noun", "verb") if ending.endswith("s") else ("verb",)
            found = set(self._of_lemma(lemma, parts)) if word.endswith(ending) and len(lemma) > 2 else set()
            if found:
                return sorted(_inflected(one, ending) for one in found)
        return []

    def _of_lemma(self, lemma: str, parts: Sequence[str] = _PARTS) -> Iterator[str]:
        for part, offset in self._offsets.get(lemma, []):
            if part not in parts:
                continue
            near = self._similar.get(offset, []) if part == "adj" else []
            for one in (offset, *near):
                yield from (word for word in self._words[part, one] if word != lemma)

    def _other(self, word: str, random: Random) -> str:
        if word in _KEPT:
            return word
        found = self.synonyms(word)
        if found and random.random() < _SYNONYM:
            return random.choice(found)
        return "" if random.random() < _DROPPED else word

    def _read_synset(self, part: str, fields: list[str]) -> None:
        count = int(fields[3], 16)
        words = [re.sub(r"\(\w+\)$", "", word) for word in fields[4 : 4 + 2 * count : 2]]
        self._words[part, fields[0]] = [word for word in words if word.isalpha() and word.islower()]
        pointers = fields[5 + 2 * count :]
        self._similar.setdefault(fields[0], []).extend(
            offset for sign, offset in zip(pointers[::4], pointers[1::4], strict=False) if sign == _SIMILAR
        )


def _lines(path: Path) -> Iterator[str]:
    """Yield the entries of one of WordNet's files, without the licence, which is indented."""
    with path.open(encoding="utf-8") as lines:
        yield from (line for line in lines if not line.startswith(" "))


def _inflected(lemma: str, ending: str) -> str:
    plain = {"ies": "s", "es": "s", "ied": "ed"}.get(ending, ending)
    if plain == "s":
        return lemma[:-1] + "ies" if re.search("[^aeiou]y$", lemma) else lemma + ("es" if lemma[-1] in "sxz" else "s")
    return lemma.removesuffix("e") + plain
