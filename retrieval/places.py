"""Where sentences stand, told by their words: keys that lead to them, and the other documents that have them."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from hashlib import blake2b

from retrieval.index import Index, words_hash
from retrieval.values import Passage, Sentence

KEY_LENGTH = 16  # characters
_HASH, _DOCUMENT, _TURN = 8, 3, 1  # bytes of a key
_MOST_COPIES = 100  # places looked at: only sentences such as "Thank you." have more


class Places:
    """The sentences of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def key(self, passage: Passage, sentence: Sentence) -> str:
        """Return a sentence's key: KEY_LENGTH letters, digits, "-" and "_".

        It is made of the sentence's words, of the document's id, and of which of its sentences with these words it is.
        """
        row = self._index.sentence_row(passage, sentence)
        hash = words_hash(" ".join(self._words(row)))
        passages = (self._index.sentence(other)[0] for other in self._index.sentences_with(hash) if other < row)
        turn = sum(other.document == passage.document for other in passages)
        parts = (hash.to_bytes(_HASH), self._document_hash(passage), min(turn, 255).to_bytes(_TURN))
        return urlsafe_b64encode(b"".join(parts)).decode()

    def find(self, key: str) -> tuple[Passage, Sentence] | None:
        """Return the passage and the sentence that a key leads to; None if no document has the sentence any more.

        Of a document that was changed it is the sentence with these words, of one that was moved too.
        """
        try:
            parts = urlsafe_b64decode(key.encode())
        except ValueError:
            return None
        if len(parts) != _HASH + _DOCUMENT + _TURN:
            return None
        places = [self._index.sentence(row) for row in self._index.sentences_with(int.from_bytes(parts[:_HASH]))]
        there = [place for place in places if self._document_hash(place[0]) == parts[_HASH:-_TURN]]
        found = there[: parts[-1] + 1] or places[:1]
        return found[-1] if found else None

    def beside(self, key: str) -> tuple[str | None, str | None]:
        """Return the keys of the passages before and after the one that a key leads to, where its document has them."""
        found = self.find(key)
        if not found:
            return None, None
        own, _ = found
        numbers = [passage.number for passage in self._index.passages_of(own.document)]
        before, after = (self._first_key(own.number + step, numbers) for step in (-1, 1))
        return before, after

    def _first_key(self, number: int, numbers: Sequence[int]) -> str | None:
        """Return the key of a passage's first sentence, if it is among these."""
        if number not in numbers:
            return None
        passage = self._index.passage(number)
        return self.key(passage, passage.sentences[0])

    def also_in(self, passage: Passage, sentence: Sentence) -> tuple[str, ...]:
        """Return the ids of the other files that have a sentence word for word, as part of the same report.

        Those are the files that say all that its document says, and documents where the sentence before it or after it
        is the same too: of a sentence alone that may be chance.
        """
        row = self._index.sentence_row(passage, sentence)
        words = self._words(row)
        ids = list(self._index.copies(passage.document))
        for other in self._index.sentences_with(words_hash(" ".join(words)))[:_MOST_COPIES]:
            number = self._index.sentence(other)[0].document
            if number != passage.document and self._words(other) == words and self._beside_same(row, other):
                ids += [self._index.document_id(number), *self._index.copies(number)]
        return tuple(dict.fromkeys(ids))

    def _document_hash(self, passage: Passage) -> bytes:
        return blake2b(self._index.document_id(passage.document).encode(), digest_size=_DOCUMENT).digest()

    def _beside_same(self, row: int, other: int) -> bool:
        """Tell whether before or after two sentences stands the same one."""
        beside = ((self._words_beside(row, step), self._words_beside(other, step)) for step in (-1, 1))
        return any(words and words == others for words, others in beside)

    def _words_beside(self, row: int, step: int) -> list[str]:
        """Return the words of the sentence before or after one in its document; none of a heading."""
        if not 0 <= row + step < self._index.sentence_count:
            return []
        (own, _), (passage, sentence) = self._index.sentence(row), self._index.sentence(row + step)
        return [] if sentence.heading or passage.document != own.document else self._words(row + step)

    def _words(self, row: int) -> list[str]:
        passage, sentence = self._index.sentence(row)
        return self._index.document(passage.document).text[sentence.start : sentence.end].split()
