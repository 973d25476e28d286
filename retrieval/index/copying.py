"""Copy the index from one store to another, and compare them."""

from collections.abc import Callable
from hashlib import sha256

import numpy as np

from retrieval.embedding.embedder import Embedder, Vectors
from retrieval.errors import IndexAwayError, IndexUnusableError, KutipError
from retrieval.index.passages import embedded_text
from retrieval.index.protocols import HASH_SIZE, Index, IndexStore, IndexWriter, text_hash
from retrieval.receipts import Progress

_SAME = 0.9999  # the least cosine between a vector and its copy, which may have 16 bits a number
_COMPARED = 1_000  # documents whose vectors are compared


class CopyError(KutipError):
    """An index that cannot be copied."""


def copy_index(
    source: IndexStore,
    target: IndexStore,
    embedder: Embedder,
    *,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> Index:
    """Publish in one store the current version of another; return it, compared with the original.

    One that somebody went back to stays so. Raises CopyError if there is nothing to copy, or that cannot be, or the
    copy differs, IndexAwayError, IndexBusyError, DataError, DatabaseError.
    """
    try:
        index = source.open(embedder.fingerprint, check=True)
    except IndexAwayError:
        raise
    except IndexUnusableError as error:
        raise CopyError(f"The index cannot be copied: {error}. Check KUTIP_MODEL, or run kutip index.") from error
    if index is None:
        raise CopyError("There is no index to copy. kutip index makes one.")
    with target.writing(wait=False):
        target.publish(
            lambda writer: _write(writer, index, embedder, on_progress),
            fingerprint=index.fingerprint,
            dim=embedder.dim,
            splitting=index.splitting,
            held=source.is_held(),
        )
        copy = target.open(embedder.fingerprint, check=True)
        if copy is None or _digest(copy) != _digest(index) or not _vectors_agree(index, copy, embedder):
            raise CopyError("The copy of the index differs from the original. Copy it again.")
    return copy


def _write(writer: IndexWriter, index: Index, embedder: Embedder, on_progress: Callable[[Progress], None]) -> None:
    known = index.known_vectors()
    copies = {}
    for number, (document, _) in enumerate(index.documents()):
        on_progress(Progress("Copying", number, index.document_count, "documents"))
        passages = [passage.sentences for passage in index.passages_of(number)]
        texts = [embedded_text(document, sentences, embedder) for sentences in passages]
        hashes = [text_hash(text) for text in texts]
        vectors = known(hashes)
        if vectors.keys() != set(hashes):
            raise CopyError("The index is damaged (a passage has no vector). Run kutip index, then copy it.")
        rows = np.array([vectors[hash] for hash in hashes], dtype=np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)  # of 16 bits, it is not quite 1
        writer.add(document, passages, texts, rows, np.frombuffer(b"".join(hashes), np.uint8).reshape(-1, HASH_SIZE))
        if others := index.copies(number):
            copies[number] = others
    on_progress(Progress("Writing", 0, 0, ""))
    writer.finish(index.files(), copies)


def _vectors_agree(index: Index, copy: Index, embedder: Embedder) -> bool:
    """Compare the vectors of some documents, spread over all."""
    there, copied = index.known_vectors(), copy.known_vectors()
    for number in range(0, index.document_count, -(-index.document_count // _COMPARED)):
        document = index.document(number, afresh=True)
        hashes = [text_hash(embedded_text(document, one.sentences, embedder)) for one in index.passages_of(number)]
        vectors, others = there(hashes), copied(hashes)
        if vectors.keys() != others.keys() or any(_cosine(vectors[one], others[one]) < _SAME for one in vectors):
            return False
    return True


def _cosine(vector: Vectors, other: Vectors) -> float:
    return float(vector @ other / (np.linalg.norm(vector) * np.linalg.norm(other)))


def _digest(index: Index) -> str:
    """Return a hash of all documents, passages and copies, and how they were split."""
    digest = sha256(str(index.splitting).encode())
    for number, (document, count) in enumerate(index.documents()):
        digest.update(repr((document, count, index.passages_of(number), sorted(index.copies(number)))).encode())
    digest.update(repr(sorted(index.files(), key=lambda file: file.id)).encode())
    return digest.hexdigest()
