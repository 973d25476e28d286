"""Turn a file's bytes into text: UTF-8 first, else what the bytes look like, never a guess that garbles."""

import codecs
from contextlib import suppress

from retrieval.errors import DocumentError
from retrieval.text.patterns import regex

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = regex(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WESTERN = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœßúùûüÿÀÂÄÁÃÅÆÇÉÈÊËÍÎÏÑÓÔÖÕØŒÚÛÜ‘’“”„«»–—…•€£§°·©®™ª²³´¿¡½¼×\xa0")
_DETECTION_SAMPLE = 200_000  # bytes; charset-normalizer slows down with length


def decode(data: bytes) -> str:
    """Decode a text file; the byte order mark, if any, is left out.

    Raises DocumentError if the bytes are no text, or mix encodings.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(_strictly(data[len(mark) :], encoding))
    if b"\0" in data:
        raise DocumentError("it is not text: it holds NUL bytes")
    try:
        return _checked(data.decode())
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            line = data.count(b"\n", 0, error.start) + 1
            raise DocumentError(f"it mixes encodings: line {line:,} is not UTF-8, most of it is") from error
    return _checked(_strictly(data, _detected(data)))


def without_halves(text: str) -> str:
    """Put a question mark for each half of a character: JSON, YAML and damaged files hold some, and no file can."""
    return text.encode(errors="replace").decode()


def one_line(text: str) -> str:
    """Return a text on one line, without halves of characters."""
    return " ".join(without_halves(text).split())


def decode_declared(data: bytes, charset: str) -> str:
    """Decode bytes as something says of them that they are, else as they look; raises DocumentError.

    What is called Latin-1 or ASCII is read as UTF-8 if it is that, which chance hardly makes, else as Windows-1252, as
    browsers do: its quotation marks are why.
    """
    try:
        name = codecs.lookup(charset).name
        if name not in ("iso8859-1", "ascii"):
            return data.decode(name)
        with suppress(UnicodeDecodeError):
            return data.decode()
        return data.decode("cp1252")
    except (LookupError, ValueError):
        return decode(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(f"it is not valid {encoding.upper()} text at byte {error.start:,}") from error


def _checked(text: str) -> str:
    if "\0" in text or len(_CONTROL.findall(text)) > len(text) / 50:
        raise DocumentError("it is not text: it holds control characters")
    return text


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell whether more characters beyond ASCII are valid UTF-8 than not: chance rarely makes them."""
    text = data.decode(errors="surrogateescape")
    wrong = sum("\udc80" <= character <= "\udcff" for character in text)
    beyond_ascii = sum(character > "\x7f" for character in text)
    return beyond_ascii - wrong > wrong


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes  # 50 ms, and few files need it

    sample = data[:_DETECTION_SAMPLE]
    if _looks_western(sample.decode("cp1252", errors="replace")):
        return "cp1252"
    for cut in range(4):  # the sample may end inside a character
        if best := from_bytes(sample[: len(sample) - cut]).best():
            return str(best.encoding)
    raise DocumentError("it is not text in an encoding that can be told; save it as UTF-8")


def _looks_western(text: str) -> bool:
    """Tell whether what is beyond ASCII is nearly all letters and marks of Western European writing, and rare.

    charset-normalizer takes short texts in Windows' Western code page, by far the commonest, for others.
    """
    beyond_ascii = [character for character in text if character > "\x7f"]
    western = sum(character in _WESTERN for character in beyond_ascii)
    return western >= 0.95 * len(beyond_ascii) and len(beyond_ascii) < 0.2 * len(text)
