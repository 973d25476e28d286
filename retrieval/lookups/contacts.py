"""The number or address of whom a question names in full, where passages that were not read have it beside the name.

"Media contact: Bo Roe, 555 0142" closes many a release; none of these is close to "Bo Roe's phone number" by itself.
And who asks whom to call: "my power is out, who do I ring?".
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from retrieval.lookups.sure import at_least, looked_up_at
from retrieval.questions.asked_contact import called_about, contact_in, contacts_in
from retrieval.text.headings import titles_above
from retrieval.text.names import NAME_WORD, without_possessives
from retrieval.text.patterns import regex
from retrieval.text.table_rows import cells_of
from retrieval.text.words import subject_stems, words_had
from retrieval.values import Hit, Reading

_ASKS = regex(
    r"\b(?:what(?:[’']s| is)?|(?:tele)?phone|mobile|whatsapp|hotline|e-?mail|address|number|nomor|nomer|no|telepon|telp"
    r"|tlp|hp|wa|alamat|surel|contacts?|kontak)(?:nya)?\b",
    re.IGNORECASE,
)
_CONTACT = regex(  # no sum, "1.200.000", no years, no day
    r"\S+@\S+|(?!\d{1,3}(?:\.\d{3})+\Z)(?!\d{1,4}([-/.])\d\d?\1\d{1,4})(?!\d{4}[/–-]\d{2,4}\Z)\D*(?:\d\D*){5,}"
)
_CALLS = regex(  # beside a number, unless that begins as those of telephones do
    r"\b(?:contact|kontak|narahubung|call|(?:tele)?phone|tel|mobile|hotline|telepon|telp|hp|wa|whatsapp|hubungi)\b",
    re.IGNORECASE,
)
_SHORT = regex(  # "Ring 1800", "hubungi 112"
    r"\b(?:call|ring|dial|phone|hotline|telepon|telp|hubungi)\b\W{1,3}(?:(?:on|ke|di|nomor) )?\d{3,4}(?![\d.:-]?\d)",
    re.IGNORECASE,
)
_DIALLED = regex(r"[+(]*[+0]")
_NAME = regex(rf"{NAME_WORD}(?: {NAME_WORD})+")
_FIRST_WITH_CONTACT = 0.6
"""The confidence that the best sentence answers whom to call if it says so: a reading model is seldom sure of that."""


def whom_to_call(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings, the first one not unsure if a question asks whom to call, and it has how to.

    It, or what stands above it, has a word of what the call is about.
    """
    about = called_about(question)
    if not readings or about is None:
        return list(readings)
    first, *others = readings
    said = "\n".join([first.text, *titles_above(first)])
    is_about = words_had(subject_stems(about), said, first.hit.document.language)
    is_reached = _SHORT.search(first.text) or any(_is_contact(first.text, span) for span in contacts_in(first.text))
    if not (is_about and is_reached):
        return list(readings)
    return [at_least(_FIRST_WITH_CONTACT, first, first.highlight), *others]


def contacts_of(question: str, hits: Iterable[Hit]) -> list[Reading]:
    """Return the first sentence of each document that has the number or address of whom a question names in full."""
    name = _NAME.search(without_possessives(_ASKS.sub(" ", question)))
    found = _told(question, name[0], hits) if name else ()
    first: dict[str, Reading] = {}
    for one in found:
        first.setdefault(one.hit.document.id, one)
    return list(first.values())


def _is_contact(text: str, span: tuple[int, int]) -> bool:
    """Tell whether what stands at a span of a text is an address of e-mail, or a number to call."""
    is_one = "@" in text[slice(*span)] or _DIALLED.match(text, span[0]) or _CALLS.search(text)
    return bool(is_one) and _CONTACT.fullmatch(text, *span) is not None


def _told(question: str, name: str, hits: Iterable[Hit]) -> Iterator[Reading]:
    words = r"\s+".join(map(re.escape, name.split()))
    named = re.compile(rf"\b{words}\b", re.IGNORECASE)
    for hit in hits:
        for sentence in hit.passage.sentences:
            text = hit.document.text_of(sentence)
            span = contact_in(question, text, "") if named.search(text) else None
            if span and _is_contact(text, span) and not cells_of(hit.document, sentence):
                marked = (sentence.start + span[0], sentence.start + span[1])
                yield looked_up_at(hit.document, hit.passage, sentence, marked)
