"""What can go wrong, each as a sentence for people: what is wrong, then what to do.

KutipError
├── QuestionError            a question that cannot be asked
│   ├── EmptyQuestionError
│   ├── LongQuestionError
│   └── ManyQuestionsError
├── DocumentError            one file cannot be read; it fails alone
├── WorkersError             no process can be started to read files
├── ClusterError             a Dask cluster cannot be used
├── KnowledgeError           the knowledge folder is missing or holds nothing to read
│   └── NothingLeftError
├── DataError                the data folder cannot be read or written
├── ModelError               a model cannot be loaded
├── DatabaseError            the database cannot be used, or holds what this version does not know
├── IndexUnusableError       an index is damaged, older or foreign; it is built again
│   └── IndexAwayError       or its database cannot be reached for a while
├── QuoteError               a quote is not as it stands in the index
├── IndexBusyError           another process is writing the index
├── IndexHeldError           the index was rolled back, and stays so until somebody asks for what is new
├── RollbackError            there is no version of the index to go back to
└── IndexingStoppedError     indexing was told to stop
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_MOST_NAMED = 10  # files that could not be read


def first_line(error: Exception) -> str:
    """Return the first line of what an error says; its kind, if it says nothing."""
    return (str(error).splitlines() or [type(error).__name__])[0]


class KutipError(Exception):
    """The base of all errors whose text is meant to be shown to a person."""


class QuestionError(KutipError):
    """A question that cannot be asked."""


class EmptyQuestionError(QuestionError):
    """A question without a word."""

    def __init__(self) -> None:
        super().__init__("The question is empty. Write what you would like to know.")


class LongQuestionError(QuestionError):
    """A question of more characters than are read."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"The question has {length:,} characters; at most {limit:,} are read. Ask a shorter one.")
        self.length = length
        self.limit = limit


class ManyQuestionsError(QuestionError):
    """A message that asks more questions than are answered at once."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The message asks more than {limit} questions. Send them in several messages.")
        self.limit = limit


class DocumentError(KutipError):
    """A file that cannot be read as a document; the text is the reason, without the file's name."""


@contextmanager
def failing_alone() -> Iterator[None]:
    """Make a DocumentError of whatever reading a file ends with: it fails this file, and no other."""
    try:
        yield
    except (DocumentError, MemoryError):
        raise
    except Exception as error:  # of any library, or that nobody thought of
        raise DocumentError(f"it cannot be read ({type(error).__name__}: {error})") from error


class WorkersError(KutipError):
    """The processes that read files end as they start, for instance because Kutip was replaced while it ran."""

    def __init__(self) -> None:
        super().__init__("No process can be started to read the files. Stop Kutip and start it again.")


class ClusterError(KutipError):
    """A Dask cluster that cannot be used; the text says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The Dask cluster cannot be used: {reason}. Mend that, or index without --dask.")


class KnowledgeError(KutipError):
    """A knowledge folder that holds nothing to answer from."""

    @classmethod
    def missing(cls, folder: Path) -> "KnowledgeError":
        return cls(f"There is no folder {folder}. Make it and put documents in, or set KUTIP_KNOWLEDGE.")

    @classmethod
    def unreadable(cls, folder: Path, reason: str) -> "KnowledgeError":
        return cls(f"The folder {folder} cannot be read ({reason}). Check it, or set KUTIP_KNOWLEDGE.")

    @classmethod
    def no_documents(cls, folder: Path, failed: Sequence[tuple[str, str]] = (), blank: int = 0) -> "KnowledgeError":
        """Say that there is nothing to answer from; `failed` are names of files, each with its reason."""
        if failed:
            named = ", ".join(f"{name} ({reason})" for name, reason in failed[:_MOST_NAMED])
            more = f" and {len(failed) - _MOST_NAMED:,} more" if len(failed) > _MOST_NAMED else ""
            return cls(f"None of the files in {folder} could be read: {named}{more}.")
        kinds = "Put .pdf, .docx, .html or .txt files there, or set KUTIP_KNOWLEDGE."
        if blank:
            files = "The file" if blank == 1 else f"All {blank:,} files"
            return cls(f"{files} in {folder} {'holds' if blank == 1 else 'hold'} no text. {kinds}")
        return cls(f"There are no documents in {folder}. {kinds}")


class NothingLeftError(KnowledgeError):
    """The last file that was sent to Kutip has been removed, and there is no other: nothing is answered any more."""

    def __init__(self) -> None:
        super().__init__("The last document is removed: there is nothing to answer from.")


class DataError(KutipError):
    """A data folder that cannot be used."""

    def __init__(self, folder: Path, error: OSError) -> None:
        # NumPy says of a full disk only how much of an array it could not write
        reason = error.strerror or f"it could not be written whole, as the disk may be full: {error}"
        super().__init__(f"The data folder {folder} cannot be used: {reason}. Mend that, or set KUTIP_DATA.")


class DatabaseError(KutipError):
    """A database that cannot be used; the text says why, and holds no password."""

    def __init__(self, reason: str, *, missing: bool = False) -> None:
        """`missing`: it answers, but has not the tables that were asked for."""
        super().__init__(f"The database cannot be used: {reason}. Mend that, or check KUTIP_DATABASE_URL.")
        self.missing = missing


class ModelError(KutipError):
    """A model that cannot be loaded."""


class IndexUnusableError(KutipError):
    """An index that cannot answer; the text is the reason."""


class IndexAwayError(IndexUnusableError):
    """An index that cannot be read for now, as its database is away; nothing is known of damage."""


class QuoteError(KutipError):
    """The quotes of an answer do not stand in the stored documents."""

    def __init__(self) -> None:
        super().__init__("The quotes differ from the documents in the index. /reload builds a damaged index again.")


class IndexBusyError(KutipError):
    """Another process holds the lock on the index."""

    def __init__(self) -> None:
        super().__init__("Another kutip is writing the index. Try again when it has finished.")


class IndexHeldError(KutipError):
    """The index was rolled back: only an explicit run changes it."""

    def __init__(self) -> None:
        super().__init__("The index was rolled back, and stays so until documents are read again, as by kutip index.")


class RollbackError(KutipError):
    """No version to go back to."""

    def __init__(self) -> None:
        super().__init__("There is no earlier version of the index to go back to.")


class IndexingStoppedError(KutipError):
    """Indexing was asked to stop before it was done; the index is as it was."""

    def __init__(self) -> None:
        super().__init__("Indexing was stopped; the index is as it was before.")
