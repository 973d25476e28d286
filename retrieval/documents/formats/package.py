"""Packages (.docx, .xlsx, .pptx, .odt): archives of parts, looked at before a library unpacks them."""

from collections.abc import Callable
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from retrieval.documents.formats.extracted import Extracted
from retrieval.errors import DocumentError

_MOST_UNPACKED = 200 * 2**20  # bytes
_DAMAGED = (  # what opening and reading one that is ends with
    *(BadZipFile, SyntaxError, NotImplementedError),  # the second of XML
    *(KeyError, ValueError, OSError, AttributeError, TypeError, IndexError),
)
_OLE, _LOCKED = b"\xd0\xcf\x11\xe0", 1  # how other containers begin; the flag of what is locked in an archive


def read_package(data: bytes, read: Callable[[BytesIO], Extracted]) -> Extracted:
    """Have a package read; raises DocumentError if it is locked, too large when it is unpacked, damaged or none."""
    try:
        with ZipFile(BytesIO(data)) as package:
            if any(entry.flag_bits & _LOCKED for entry in package.infolist()):
                raise DocumentError("it is protected by a password")
            if sum(entry.file_size for entry in package.infolist()) > _MOST_UNPACKED:
                raise DocumentError(f"it unpacks to more than {_MOST_UNPACKED / 2**20:g} MB")
        return read(BytesIO(data))
    except _DAMAGED as error:
        if data.startswith(_OLE):  # in such a container Office puts what it locks, too
            raise DocumentError("it is protected by a password, or of Office 97 to 2003") from error
        raise DocumentError("it is damaged, or of another kind than its name says") from error
