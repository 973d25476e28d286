"""Labels of forms, minutes and fact sheets, which look like those of speakers: "Moved: Cr Roe", "Seconded: Cr Lim"."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from retrieval.text.paragraphs import paragraph_end
from retrieval.text.patterns import regex

_FIELDS = frozenset(  # of lists, mails and notes, whatever follows them
    """from to cc subject date time place venue source photo picture caption video note notes tip warning example issue
    decision action result status name role position title author editor address phone what where when who why how myth
    fact claim verdict problem solution step price total present attendees participants needs response responses gaps
    constraints impact background overview recommendation recommendations deaths injured missing displaced damage
    dari kepada kpd perihal hal tanggal waktu tempat lokasi sumber foto gambar video catatan contoh masalah keputusan
    hasil status nama jabatan judul penulis editor alamat telepon apa kapan siapa mengapa mitos fakta langkah harga
    jumlah hadir peserta dampak upaya kebutuhan kendala kondisi kronologi kronologis korban meninggal luka hilang
    mengungsi kerusakan respons penanganan rekomendasi transcript transkrip interview wawancara persyaratan syarat biaya
    tarif produk prosedur pengaduan keterangan ket pukul jam wa hp telp tel email nip kontak narahubung jadwal
    kuota acara kegiatan nomor no program requirements fee fees hours contact schedule programme activity""".split()
)
_GOES_ON = regex(r"\r?\n[ \t]*[a-z]")
_ENDS = tuple(".!?…\"”'’:;,–—-")  # as what somebody says does
_MARKS = "*_ \t\r\n"
_SHORT = 60  # characters of a line, which then is not one of several
_LONG = 400  # characters of a paragraph, which then is said


def is_field(label: str) -> bool:
    """Tell whether a label is one that stands before lines of lists, mails and notes."""
    return label.casefold().rstrip(".") in _FIELDS


def fields_among(text: str, labels: Sequence[re.Match[str]]) -> set[str]:
    """Return which labels of a text are fields, by what follows them: a value on its line, and further labels.

    So it is in every place of a label; and one that stands several times, always beside a field, is one itself.
    """
    beside: dict[int, list[re.Match[str]]] = defaultdict(list)
    for one, other in pairwise(labels):
        if not text[_line_end(text, one) : other.start()].strip(_MARKS):
            beside[one.start()].append(other)
            beside[other.start()].append(one)
    places: dict[str, list[re.Match[str]]] = defaultdict(list)
    for one in labels:
        places[one["label"]].append(one)
    fields = {
        label for label, ones in places.items() if all(beside[one.start()] and is_value(text, one) for one in ones)
    }
    others = {
        label
        for label, ones in places.items()
        if len(ones) > 1 and all(any(other["label"] in fields for other in beside[one.start()]) for one in ones)
    }
    return fields | others


def is_value(text: str, label: re.Match[str]) -> bool:
    """Tell whether what follows a label is a value, as it ends as nothing does that is said."""
    if "\n" in label[0] or any(map(str.isdecimal, text[label.start() : label.start("label")])):  # a chat
        return False
    line = text[label.end() : (end := _line_end(text, label))]
    if line.rstrip(_MARKS).endswith(_ENDS):
        return False
    paragraph = text[label.end() : paragraph_end(text, label.end(), end + _LONG)].rstrip(_MARKS)
    is_wrapped = len(line) > _SHORT or _GOES_ON.match(text, end)
    return not is_wrapped or not (paragraph.endswith(_ENDS) or len(paragraph) > _LONG)


def _line_end(text: str, label: re.Match[str]) -> int:
    end = text.find("\n", label.end())
    return end if end >= 0 else len(text)
