"""Where sentences stand, told by their words: keys that lead to them, and the other documents that have them."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b

from retrieval.index.passages import MAX_SENTENCE_LENGTH
from retrieval.index.protocols import Index, words_hash
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
        document = self._index.document(passage.document)
        hash = words_hash(document.text_of(sentence))
        turn = len(self._rows(hash, passage.document, until=row))
        parts = (hash.to_bytes(_HASH), _document_hash(document.id), min(turn, 255).to_bytes(_TURN))
        return urlsafe_b64encode(b"".join(parts)).decode()

    def whole(self, passage: Passage, sentence: Sentence) -> tuple[Sentence, bool]:
        """Return what a sentence is a part of, if it was cut for its length, as far as MAX_SENTENCE_LENGTH goes.

        And whether that begins where the whole one does.
        """
        whole, is_begun = sentence, True
        for before in self._before(passage, sentence):
            if not before.cut:
                break
            if whole.end - before.start > MAX_SENTENCE_LENGTH:
                is_begun = False
                break
            whole = replace(whole, start=before.start)
        for after in self._after(passage, sentence):
            if not whole.cut or after.end - whole.start > MAX_SENTENCE_LENGTH:
                break
            whole = replace(whole, end=after.end, cut=after.cut)
        return whole, is_begun

    def _before(self, passage: Passage, sentence: Sentence) -> Iterator[Sentence]:
        """Yield the sentences before one, backwards; those of other documents, too: none of their last is cut."""
        yield from reversed(passage.sentences[: passage.sentences.index(sentence)])
        for number in range(passage.number - 1, -1, -1):
            yield from reversed(self._index.passage(number).sentences)

    def _after(self, passage: Passage, sentence: Sentence) -> Iterator[Sentence]:
        yield from passage.sentences[passage.sentences.index(sentence) + 1 :]
        for number in range(passage.number + 1, self._index.passage_count):
            yield from self._index.passage(number).sentences

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
        hash = int.from_bytes(parts[:_HASH])
        rows = self._index.sentences_with(hash)
        rows = self._rows_of(parts[_HASH:-_TURN], rows, hash)[: parts[-1] + 1] or rows[:1]
        return self._index.sentence(rows[-1]) if rows else None

    def _rows_of(self, document: bytes, rows: Sequence[int], hash: int) -> list[int]:
        """Return which of the sentences with the same words are of a document, given by the hash of its id."""
        if len(rows) > _MOST_COPIES:
            return [row for number in self._documents.get(document, ()) for row in self._rows(hash, number)]
        numbers = [self._index.sentence(row)[0].document for row in rows]
        own = {number for number in set(numbers) if _document_hash(self._index.document_id(number)) == document}
        return [row for row, number in zip(rows, numbers, strict=True) if number in own]

    def beside(self, key: str) -> tuple[str | None, str | None]:
        """Return the keys of the passages before and after the one that a key leads to, where its document has them."""
        found = self.find(key)
        if not found:
            return None, None
        own, _ = found
        before, after = (self._first_key(own.number + step, own.document) for step in (-1, 1))
        return before, after

    def _first_key(self, number: int, document: int) -> str | None:
        """Return the key of a passage's first sentence, if it is one of the document's."""
        if not 0 <= number < self._index.passage_count:
            return None
        passage = self._index.passage(number)
        return self.key(passage, passage.sentences[0]) if passage.document == document else None

    def also_in(self, passage: Passage, sentence: Sentence) -> tuple[str, ...]:
        """Return the ids of the other files that have a sentence word for word, as part of the same report.

        Those are the files that say all that its document says, and documents where the sentence before it or after it
        is the same too: of a sentence alone that may be chance.
        """
        row = self._index.sentence_row(passage, sentence)
        words = self._index.document(passage.document).text_of(sentence).split()
        ids = list(self._index.copies(passage.document))
        for other in self._index.sentences_with(words_hash(" ".join(words)))[:_MOST_COPIES]:
            number = self._index.sentence(other)[0].document
            if number != passage.document and self._words(other) == words and self._beside_same(row, other):
                ids += [self._index.document_id(number), *self._index.copies(number)]
        return tuple(dict.fromkeys(ids))

    @cached_property
    def _documents(self) -> dict[bytes, list[int]]:
        """The numbers of the documents by the hashes of their ids; reads all of them."""
        numbers: dict[bytes, list[int]] = {}
        for id, number in self._index.numbers().items():
            numbers.setdefault(_document_hash(id), []).append(number)
        return numbers

    def _rows(self, hash: int, document: int, *, until: int | None = None) -> list[int]:
        """Return the numbers of a document's sentences with these words, in order, all or those before one."""
        rows = self._index.sentences_with(hash)
        end = self._index.first_sentence(document + 1) if until is None else until
        return rows[bisect_left(rows, self._index.first_sentence(document)) : bisect_left(rows, end)]

    def _beside_same(self, row: int, other: int) -> bool:
        """Tell whether before or after two sentences stands the same one."""
        beside = ((self._words_beside(row, step), self._words_beside(other, step)) for step in (-1, 1))
        return any(words and words == others for words, others in beside)

    def _words_beside(self, row: int, step: int) -> list[str]:
        """Return the words of the sentence before or after one in its document, headings passed over."""
        document = self._index.sentence(row)[0].document
        row += step
        while 0 <= row < self._index.sentence_count:
            passage, sentence = self._index.sentence(row)
            if passage.document != document:
                break
            if not sentence.heading:
                return self._words(row)
            row += step
        return []

    def _words(self, row: int) -> list[str]:
        passage, sentence = self._index.sentence(row)
        return self._index.document(passage.document).text_of(sentence).split()


def _document_hash(id: str) -> bytes:
    return blake2b(id.encode(), digest_size=_DOCUMENT).digest()
