"""Who reads what was corrected later is told, and shown what the correction says."""

import re
from collections.abc import Callable
from typing import cast

import pytest

from retrieval.answering import MAX_CITATIONS, Snapshot
from retrieval.answers.corrections import Corrections, correcting
from retrieval.documents.parsing import parse_document
from retrieval.embedding.embedder import Embedder
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.index.protocols import Index
from retrieval.reading.reader import THRESHOLD
from retrieval.reading.reading_model import load_reading_model
from retrieval.reading.span_reader import SpanReader
from retrieval.ruling_out.withdrawn import without_cancelled, without_withdrawn
from retrieval.text.markup import quote_parts
from retrieval.values import Citation, Document, Hit, Passage, Reading, Sentence
from tests.fakes import BuildSnapshot, TitledDocuments

BuildIndex = Callable[[Embedder, dict[str, str]], NumpyIndex]

_DATE = re.compile("date: .*\n")
REPORT = Document("crane.md", "Crane accident in the port of Orla", "", date="2024-11-12", source="Release 126/2024")


def corrected_by(document: Document, *others: Document) -> int | None:
    return Corrections(cast(Index, TitledDocuments(document, *others))).of(document)


@pytest.mark.parametrize(
    ("title", "date", "text", "is_one"),
    [
        pytest.param("Correction: crane accident in the port of Orla", "2024-11-20", "", True, id="its-title"),
        pytest.param("Crane accident in Orla's port (corrected)", "2024-11-20", "", True, id="in-brackets"),
        pytest.param("Second correction of the crane accident in Orla", "2024-11-20", "", True, id="most-of-its-title"),
        pytest.param("Ralat: Crane accident in the port of Orla", None, "", True, id="without-a-date"),
        pytest.param("Ralat crane accident in the port of Orla", "2024-11-20", "", True, id="without-a-sign"),
        pytest.param("Correction", "2024-11-20", "We correct release 126/2024.", True, id="its-number"),
        pytest.param("Correction", "2024-11-20", "We correct release 1126/2024.", False, id="another-number"),
        pytest.param("Correction: budget of the port of Orla", "2024-11-20", "", False, id="another-title"),
        pytest.param(
            "Correction: help of the Red Cross for families of the dead after a crane accident in Orla",
            "2024-11-20",
            "",
            False,
            id="more",
        ),
        pytest.param("Crane accident in the port of Orla", "2024-11-20", "126/2024", False, id="no-correction"),
        pytest.param("Stock correction: crane accident in Orla?", "2024-11-20", "", False, id="another-sense"),
        pytest.param("Correction: crane accident in the port of Orla", "2024-11-02", "", False, id="earlier"),
        pytest.param("2024 11 20 correction", "2024-11-20", "Release 126/2024.", True, id="file-name"),
        pytest.param("Note to editors – correction", "2024-11-20", "Release 126/2024.", True, id="behind-a-dash"),
        pytest.param("A market correction", "2024-11-20", "Release 126/2024.", False, id="of-a-market"),
        pytest.param("Corrections sent out by Wick News", "2024-11-20", "Release 126/2024.", True, id="sent-out"),
        pytest.param("Corrections, November 2024", "2024-11-20", "Release 126/2024.", True, id="of-a-month"),
        pytest.param("Daftar ralat 2024", "2024-11-20", "Release 126/2024.", True, id="daftar"),
        pytest.param("Corrections officers strike", "2024-11-20", "Release 126/2024.", False, id="of-prisons"),
        pytest.param(
            "Correction: a fall", "2024-11-20", f'In our news of 3 May, "{REPORT.title}," it is 4.', True, id="title"
        ),
        pytest.param(
            "Correction: a fall", "2024-11-20", 'In our news of 3 May, "A fall", it is 4.', False, id="other-title"
        ),
    ],
)
def test_a_document_corrects_another_that_its_title_or_its_beginning_names(
    title: str, date: str | None, text: str, is_one: bool
) -> None:
    assert corrected_by(REPORT, Document("other.md", title, text, date=date)) == (1 if is_one else None)


@pytest.mark.parametrize(
    ("said", "corrected"),
    [
        (
            "Delapan orang, bukan sembilan orang sebagaimana dimuat dalam Laporan Situasi No. 3 tanggal 1 Maret.",
            ["3.md"],
        ),
        ("Delapan orang, bukan sembilan orang sebagaimana dimuat dalam Siaran Pers No. 3.", []),
        ("Delapan orang, bukan sembilan orang.", []),
    ],
)
def test_a_report_is_corrected_that_the_text_names_by_kind_and_number(said: str, corrected: list[str]) -> None:
    later = Document("ralat.md", "Ralat jumlah korban banjir Wanasari", said, date="2026-03-12", language="id")
    title = "Laporan Situasi No. {}: Banjir Kabupaten Wanasari"
    reports = [Document(f"{n}.md", title.format(n), "", date="2026-03-02", language="id") for n in (2, 3)]
    assert [one.id for one in reports if corrected_by(one, later)] == corrected


def test_no_document_corrects_itself_and_the_newest_correction_counts() -> None:
    title = "Correction: Crane accident in the port of Orla"
    first, second = (Document(f"{day}.md", title, "", date=f"2024-11-{day}") for day in (20, 25))
    assert corrected_by(REPORT, second, first) == 1
    assert corrected_by(first, second) == 1
    assert corrected_by(second, first) is None


@pytest.mark.parametrize(
    ("title", "corrected"),
    [
        ("Correction: Flood: Situation report no. 2", ["2.md"]),
        ("Correction to situation report no. 2 of 16 March", ["2.md"]),
        ("Correction: figures of the flood", []),
        ("Correction to situation report no. 2: number of houses", ["2.md"]),
    ],
)
def test_of_a_series_only_the_report_of_that_number_is_corrected(title: str, corrected: list[str]) -> None:
    later = Document("other.md", title, "", date="2024-11-20")
    reports = [Document(f"{n}.md", f"Flood: Situation report no. {n}", "", date=f"2024-11-0{n}") for n in (1, 2, 3)]
    assert [one.id for one in reports if corrected_by(one, later)] == corrected


def test_minutes_of_another_month_are_not_corrected() -> None:
    later = Document("other.md", "Correction: Minutes of the council of May", "")
    assert corrected_by(Document("june.md", "Minutes of the council of June", ""), later) is None


NOTE = """ORLA GRAIN COUNCIL
NOTE TO EDITORS - CORRECTION
Wick, 15 May 2026

The Council corrects papers that it issued in April.

1. Harvest report of 10 April 2026, paragraph 14. The paragraph gives the gifts made in Orla as 27.6 million. {wrong} \
The gift of Pell was counted twice. The correct total is 26.9 million.

2. Fact sheet "The Council at a glance" of 25 April 2026. The number of silos paid for by the Granary Fund is 12, \
not 14: two were not delivered. The Fund has 9 members.

3. Programme of the fair. The table says that Ana Lim leads the choir; it was led by Bo Roe.
"""


def test_the_items_of_one_correction_correct_the_newest_papers_of_these_names() -> None:
    titles = {
        "report.md": ("Harvest report", "2026-04-10"),
        "earlier.md": ("Harvest report", "2026-04-03"),
        "sheet.md": ("Fact sheet: The Council at a glance", None),
        "fair.md": ("Fair of Orla: Programme", "2026-04-20"),
        "old.md": ("Fair of Orla: Programme", "2024-04-20"),
        "later.md": ("Fair of Orla: Programme", "2026-06-20"),
        "silos.md": ("Silos of the Council", "2026-04-25"),
    }
    papers = [Document(id, title, "", date=date) for id, (title, date) in titles.items()]
    note = Document("note.txt", "2026 05 15 correction", NOTE, date="2026-05-15")
    corrections = Corrections(cast(Index, TitledDocuments(note, *papers)))
    assert [one.id for one in papers if corrections.of(one) == 0] == ["report.md", "sheet.md", "fair.md"]


@pytest.mark.parametrize("wrong", ["This is wrong.", "The figure was incorrect.", "That was a mistake."])
def test_what_is_called_wrong_gives_way_to_what_is_right_in_the_sentences_after_it(
    snapshot_of: BuildSnapshot, wrong: str
) -> None:
    snapshot = snapshot_of({"note.txt": NOTE.replace("{wrong}", wrong)})
    [gifts, silos] = snapshot.answer(["how much were the gifts made in Orla?", "how many members does the fund have?"])
    assert gifts.citations[0].sentence == "The correct total is 26.9 million."
    assert silos.citations[0].sentence == "The Fund has 9 members."


QUOTING = """# Corrections sent out by Wick News

## 7 May 2025

In "Ferry deal falls through" (5 May) we wrote that Norline pays 12 million. It is Sudline that pays 12 million.

## 4 June 2025

In "Toll of the bridge" (3 June) we gave the toll of the bridge as 5 crowns. \
That is the toll of six lorries. The toll of cars is 4 crowns.

In our report on Wick we named Bo Roe as harbour master. It is Ana Lim.
"""


def test_items_that_begin_with_a_title_correct_the_papers_of_these_titles_and_days() -> None:
    titles = {
        "ferry.md": ("Ferry deal falls through", "2025-05-05"),
        "later.md": ("Ferry deal falls through", "2025-05-06"),
        "toll.md": ("Toll of the bridge", "2025-06-03"),
        "wick.md": ("Wick", "2025-05-01"),
    }
    papers = [Document(id, title, "", date=date) for id, (title, date) in titles.items()]
    note = Document("note.md", "Corrections sent out by Wick News", QUOTING, date="2025-05-07")
    corrections = Corrections(cast(Index, TitledDocuments(note, *papers)))
    assert [one.id for one in papers if corrections.of(one) == 0] == ["ferry.md", "toll.md"]


def test_behind_a_figure_that_was_wrong_the_next_sentence_with_one_is_right(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"note.md": QUOTING})
    questions = [
        "how much is the toll of the bridge?",
        "who is harbour master?",
        "when did the ferry deal fall through?",
    ]
    [toll, master, ferry] = snapshot.answer(questions)
    assert toll.citations[0].sentence == "The toll of cars is 4 crowns."
    assert master.citations[0].sentence == "It is Ana Lim."
    assert ferry.citations[0].sentence.startswith('In "Ferry deal falls through" (5 May)')


def test_an_item_of_a_correction_is_cited_behind_what_it_corrects_and_nothing_of_the_others(
    snapshot_of: BuildSnapshot,
) -> None:
    sheet = "# Fact sheet: The Council at a glance\n\nThe Granary Fund has paid for 14 silos. It is led by Eva Wirth.\n"
    snapshot = snapshot_of({"note.txt": NOTE.replace("{wrong}", "This is wrong."), "sheet.md": sheet})
    assert ("note.txt", "sheet.md") in cited(snapshot, "how many silos has the fund paid for?")
    assert cited(snapshot, "who leads the fund?") == [("sheet.md", "")]


@pytest.mark.parametrize(("town", "citations"), [("Orla", 2), ("Wick", 1)])
def test_an_item_corrects_only_the_name_that_it_has(snapshot_of: BuildSnapshot, town: str, citations: int) -> None:
    rows = ["Town | Head of delegation | Hotel", "--- | --- | ---", "Orla | Nils Ray | B5", "Wick | Eva Lund | B6"]
    heads = "# List of heads of delegation\n\n" + "".join(f"| {row} |\n" for row in rows)
    said = "The head of the delegation of Orla was Ms Ida Dahl, and not Mr Nils Ray, who was named there."
    note = f"CORRECTION\n\n1. List of heads of delegation. {said}\n"
    [answer] = snapshot_of({"list.md": heads, "note.txt": note}).answer([f"who is the head of delegation of {town}?"])
    assert len(answer.citations) == citations


def test_of_who_is_named_wrongly_nothing_is_marked(snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"note.txt": NOTE}).answer(["who leads the choir?"])
    assert answer.citations[0].sentence == "The table says that Ana Lim leads the choir; it was led by Bo Roe."
    assert quote_parts(answer.citations[0])[1] in ("", "Bo Roe")


CRANE = """---
title: Crane accident in the port of Orla
date: 2024-11-12
---
A crane collapsed on Monday. Three workers were killed. The families will receive 150,000 crowns each."""
CORRECTION = """---
title: "Correction: Crane accident in the port of Orla"
date: 2024-11-20
---
Four workers were killed, not three. The year of the crane was given as 1998. It was built in 2003. We regret it."""
MARKET = """---
title: The market of Orla
date: 2024-01-08
---
The new market hall has 34 stalls. It opens on Saturday."""


@pytest.fixture
def snapshot(snapshot_of: BuildSnapshot) -> Snapshot:
    return snapshot_of({"crane.md": CRANE, "correction.md": CORRECTION, "market.md": MARKET})


def cited(snapshot: Snapshot, question: str) -> list[tuple[str, str]]:
    [answer] = snapshot.answer([question])
    assert [one.number for one in answer.citations] == list(range(1, len(answer.citations) + 1))
    return [(one.document.id, one.corrects) for one in answer.citations]


def test_a_correction_that_is_as_sure_is_cited_by_its_date_or_told_as_one(
    snapshot: Snapshot, snapshot_of: BuildSnapshot
) -> None:
    assert cited(snapshot, "How many workers were killed?") == [("correction.md", ""), ("crane.md", "")]
    assert cited(snapshot, "How many stalls does the market hall have?") == [("market.md", "")]
    dateless = {name: _DATE.sub("", text) for name, text in (("crane.md", CRANE), ("correction.md", CORRECTION))}
    found = cited(snapshot_of(dateless), "How many workers were killed?")
    assert found == [("crane.md", ""), ("correction.md", "crane.md")]


def test_what_was_not_corrected_is_not(snapshot: Snapshot) -> None:
    assert cited(snapshot, "How much will the families receive?") == [("crane.md", "")]


def test_what_a_correction_withdraws_is_not_cited_but_what_it_says_instead(snapshot: Snapshot) -> None:
    [answer] = snapshot.answer(["Of which year was the crane?"])
    assert answer.shown[0].sentence == "It was built in 2003."


@pytest.mark.parametrize(
    ("text", "question", "right"),
    [
        (
            "Nadia Farouk won in Eastgate. Few people came to vote.\n\nCorrection: an earlier version of this article "
            "said the turnout was 37 per cent. It was 27 per cent.",
            "what was the turnout in Eastgate?",
            "It was 27 per cent.",
        ),
        (
            "The new head of Norfield School takes up the post in September.\n\nClarification: This article originally "
            "stated that the school had 900 pupils. In fact it has 640.",
            "how many pupils does Norfield School have?",
            "In fact it has 640.",
        ),
        (
            "Sekolah dasar itu dibuka lagi pada Senin.\n\nRalat: Berita ini sebelumnya menyebutkan 900 murid. Jumlah "
            "murid adalah 640.",
            "berapa murid sekolah itu?",
            "Jumlah murid adalah 640.",
        ),
    ],
)
def test_what_a_report_corrects_at_its_foot_is_not_cited_but_what_it_says_instead(
    snapshot_of: BuildSnapshot, text: str, question: str, right: str
) -> None:
    [answer] = snapshot_of({"a.txt": text}).answer([question])
    assert answer.citations[0].sentence == right


@pytest.mark.parametrize(
    "right",
    [
        "Empat pekerja tewas, kata Budi dalam keterangan tertulis, Senin.",
        "Jumlah korban yang disebutkan polisi adalah empat.",
        "Laporan resmi BPBD menyebut 12 orang tewas.",
        "Peta resmi yang benar menyebut empat korban.",
        "Twenty minutes later the mayor put the number at four.",
        "A letter that the port gave to the families names four dead.",
        "Four workers were killed, a police statement released on Monday said.",
    ],
)
@pytest.mark.parametrize("following", ["We regret it.", "Jumlah korban luka yang benar adalah 3.", "It should be 5 m."])
def test_what_is_right_is_not_withdrawn(right: str, following: str) -> None:
    text = f"{right} {following}"
    sentences = (Sentence(0, len(right)), Sentence(len(right) + 1, len(text)))
    one = Reading(
        Hit(Passage(0, 0, sentences), Document("a.txt", "Ralat: Derek", text), 0.5, 0.5, 1.0), sentences[0], 0.9
    )
    assert [found.text for found in without_withdrawn("", [one])] == [right]


@pytest.mark.parametrize("title", ["Correction: Crane", "Corrections and clarifications"])
@pytest.mark.parametrize(
    "wrong",
    [
        "Our report of 3 March said that the crane was built in 1998.",
        "Situation report no. 3 gave the year of the crane as 1998.",
        "The press release misstated the year of the crane as 1998.",
        "Last week we wrote that the crane was built in 1998.",
        "Dalam laporan tertulis bahwa derek itu dibuat tahun 1998.",
        "The communiqué of 2 March said that the crane was built in 1998.",
        "In our obituary of Ana Lim we said that she built the crane in 1998.",
        "Our report “Crane opens” gave the year of the crane as 1998.",
        "A picture caption named 1998 as the year of the crane.",
        "A leaflet had the crane built in 1998.",
        "We gave the year of the crane as 1998.",
        "We put the age of the crane at 26 years, as of 1998.",
        "Dalam berita “Derek baru” kami menulis bahwa derek itu dibuat tahun 1998.",
        "In “Crane opens” (3 March) the crane was built in 1998.",
    ],
)
def test_what_was_wrong_is_withdrawn_however_it_is_told(wrong: str, title: str) -> None:
    text = f"{wrong} The right year is 2003."
    sentences = (Sentence(0, len(wrong)), Sentence(len(wrong) + 1, len(text)))
    document = Document("a.txt", title, text)
    one = Reading(Hit(Passage(0, 0, sentences), document, 0.5, 0.5, 1.0), sentences[0], 0.9)
    assert [found.text for found in without_withdrawn("", [one])] == ["The right year is 2003."]


@pytest.mark.parametrize(
    "wrong",
    [
        "Ketiga, tertulis bahwa derek itu dibuat di Selat Arang.",
        "Keterangan foto menyebut derek itu dibuat di Selat Arang.",
        "Pada berita “Derek Baru”, tertulis derek itu dibuat di Selat Arang.",
        "Dalam tabel tercantum Selat Arang sebagai tempat pembuatan.",
    ],
)
@pytest.mark.parametrize(("title", "is_one"), [("Ralat", True), ("Derek baru", False)])
def test_in_a_list_of_corrections_the_sentence_behind_what_was_wrong_answers(
    wrong: str, title: str, *, is_one: bool
) -> None:
    right = "Menurut dokumen pelabuhan, derek itu dibuat di Wanasari."
    text = f"{wrong} {right}"
    sentences = (Sentence(0, len(wrong)), Sentence(len(wrong) + 1, len(text)))
    one = Reading(Hit(Passage(0, 0, sentences), Document("a.txt", title, text), 0.5, 0.5, 1.0), sentences[0], 0.9)
    assert [found.text for found in without_withdrawn("", [one])] == [right if is_one else wrong]


@pytest.mark.parametrize(
    ("question", "text", "first"),
    [
        (
            "kapan lomba?",
            "Edaran lama menyebut lomba pada 3 Mei. Lomba tersebut dibatalkan.",
            "Lomba tersebut dibatalkan.",
        ),
        ("when is the fair?", "The fair was to be on 3 May. It has been cancelled.", "It has been cancelled."),
        ("when is the fair?", "The fair is on 3 May. The parade was cancelled.", "The fair is on 3 May."),
        ("who opens the fair?", "Ana Lim opens the fair. It has been cancelled.", "Ana Lim opens the fair."),
        (
            "who leads the choir?",
            "Ana Lim, who was to lead the choir, cannot come. Bo Roe takes her place.",
            "Bo Roe takes her place.",
        ),
        (
            "who cannot come to lead the choir?",
            "Ana Lim, who was to lead the choir, cannot come. Bo Roe takes her place.",
            "Ana Lim, who was to lead the choir, cannot come.",
        ),
        (
            "siapa pemimpin paduan suara?",
            "Pemimpin paduan suara, semula Ana Lim, berhalangan. Bo Roe menggantikannya.",
            "Bo Roe menggantikannya.",
        ),
        (
            "who leads the choir?",
            "Ana Lim, who was to lead the choir, came. Bo Roe took her place.",
            "Ana Lim, who was to lead the choir, came.",
        ),
        ("kapan pasar?", "Pasar dibuka 3 Mei. Izin tersebut dicabut.", "Pasar dibuka 3 Mei."),
    ],
)
def test_what_was_cancelled_is_on_no_day(question: str, text: str, first: str) -> None:
    parsed = parse_document("a.txt", text.encode())
    assert parsed is not None
    hit = Hit(Passage(0, 0, tuple(parsed.sentences)), parsed.document, 0.5, 0.5, 1.0)
    [one] = without_cancelled(question, [Reading(hit, parsed.sentences[0], 0.9)])
    assert one.text == first


def test_a_correction_of_another_figure_is_not_told(index_of: BuildIndex, embedder: Embedder) -> None:
    correction = CORRECTION.replace("Four workers were killed, not three.", "The accident killed four, not three.")
    index = index_of(embedder, {"crane.md": CRANE, "correction.md": correction})
    reader = SpanReader(load_reading_model(None), index.words)
    assert cited(Snapshot(index, embedder, reader, threshold=THRESHOLD), "How much will the families receive?") == [
        ("crane.md", "")
    ]


@pytest.mark.parametrize(
    ("marked", "said", "corrects"),
    [
        pytest.param("15", "The correct number is 11.", True, id="the-one-before"),
        pytest.param("67", "The correct number is 11.", False, id="another-than-the-one-before"),
        pytest.param("498", "The number of the hurt is 489, not 498.", True, id="the-one-that-was-wrong"),
        pytest.param("67", "The number of the hurt is 489, not 498.", False, id="another"),
        pytest.param("15", "Eleven were missing, not fifteen.", True, id="in-words"),
        pytest.param("", "The number of the hurt is 489, not 498.", True, id="in-the-sentence"),
        pytest.param("67", "The camps are open.", True, id="no-figure"),
        pytest.param("67", "We apologise for the error.", False, id="an-apology"),
        pytest.param("15", "We apologise for the error: it is 11, not 15.", True, id="an-apology-with-figures"),
        pytest.param("15", "The figure of 15 was not correct and should be 11.", True, id="not-correct"),
        pytest.param("67", "The number is not right: it is 11.", True, id="not-right"),
        pytest.param("498", "The update no. 3 was wrong.", True, id="a-number-of-a-report"),
        pytest.param("15", "It was given as 15 instead of 11.", True, id="instead-of-the-right-one"),
        pytest.param("15", "It is 11, not counting 3 tourists; not 15.", True, id="not-counting"),
        pytest.param("67", "The number of the hurt, 498, is unchanged.", False, id="unchanged"),
        pytest.param("498", "It is 489, not 498; the number of the dead is unchanged.", True, id="and-unchanged"),
        pytest.param("498", "The 498 hurt should be 489; this does not affect others.", True, id="does-not-affect"),
        pytest.param("67", "Jumlah korban luka tidak berubah.", False, id="indonesian-unchanged"),
    ],
)
def test_what_says_which_figure_was_wrong_corrects_no_other(marked: str, said: str, corrects: bool) -> None:
    text = "The toll has risen to 67, with 498 hurt and 15 missing."
    begin = text.index(marked)
    highlight = (begin, begin + len(marked)) if marked else None
    cited = Citation(1, text, 0, len(text), Document("update.md", "Flash update no. 2", text), highlight)
    correction = Document("correction.md", "Correction to flash update no. 2", f"It said that 15 were missing. {said}")
    first = Sentence(0, correction.text.index(said) - 1)
    sentence = Sentence(first.end + 1, len(correction.text))
    one = Reading(Hit(Passage(0, 0, (first, sentence)), correction, 0.5, 0.5, 1.0), sentence, THRESHOLD)
    assert (correcting([one], cited, THRESHOLD) is one) == corrects


@pytest.mark.parametrize(
    ("marked", "said", "corrects"),
    [
        pytest.param("498", "It is 489, not 498.", True, id="large"),
        pytest.param("15", "11, not 15.", False, id="small"),
        pytest.param("15", "The toll is 67, with 11 missing, not 15.", True, id="small-in-the-same-words"),
    ],
)
def test_a_large_figure_that_was_wrong_is_told_however_little_the_sentence_answers(
    marked: str, said: str, *, corrects: bool
) -> None:
    text = "The toll has risen to 67, with 498 hurt and 15 missing."
    begin = text.index(marked)
    document = Document("update.md", "Flash update no. 2", text)
    cited = Citation(1, text, 0, len(text), document, (begin, begin + len(marked)))
    correction, sentence = Document("correction.md", "Correction to flash update no. 2", said), Sentence(0, len(said))
    one = Reading(Hit(Passage(0, 0, (sentence,)), correction, 0.5, 0.5, 1.0), sentence, 0.1)
    assert (correcting([one], cited, THRESHOLD) is one) is corrects


def test_with_its_correction_what_was_corrected_stays(index_of: BuildIndex, embedder: Embedder) -> None:
    towns = {f"{n}.md": CRANE.replace("in the port of Orla", f"no. {n}").replace("Three", n) for n in "234"}
    correction = CORRECTION.replace("in the port of Orla", "no. 2").replace("killed, not three", "hurt")
    index = index_of(embedder, {**towns, "correction.md": correction})
    reader = SpanReader(load_reading_model(None), index.words)
    found = cited(Snapshot(index, embedder, reader, threshold=0.0), "How many workers were killed?")
    assert len(found) == MAX_CITATIONS
    assert ("2.md", "") in found
    assert found[-1] == ("correction.md", "2.md")


def test_what_is_right_takes_the_place_of_what_was_wrong() -> None:
    sentences = ("It was given as 5.", "It is 6.", "Nobody came.")
    document = Document("correction.md", "Correction: the crane", " ".join(sentences))
    starts = [document.text.index(sentence) for sentence in sentences]
    spans = tuple(Sentence(start, start + len(one)) for start, one in zip(starts, sentences, strict=True))
    hit = Hit(Passage(0, 0, spans), document, 0.5, 0.5, 1.0)
    wrong, right, other = (
        Reading(hit, span, confidence) for span, confidence in zip(spans, (0.9, 0.1, 0.5), strict=True)
    )
    put = without_withdrawn("", [wrong, other, right])
    assert [(one.text, one.confidence) for one in put] == [("It is 6.", 0.9), ("Nobody came.", 0.5)]


@pytest.mark.parametrize(
    ("sentence", "marked", "right"),
    [
        pytest.param("Tertulis rusak berat 114 unit, seharusnya 141 unit.", "114 unit", "141 unit", id="indonesian"),
        pytest.param("The toll was not 427 but 1,454 in all.", "427", "1,454", id="not-but"),
        pytest.param("The toll was not 427 but 1,454 in all.", "1,454", "1,454", id="right-already"),
        pytest.param("The minister is not Ortega but Quill.", "Ortega", "", id="no-figure"),
        pytest.param("It is not on 4 April but on 11 April at 10.00.", "4 April", "", id="date"),
        pytest.param("It said on 4 March that not 5 but 6 came.", "4 March", "4 March", id="before-what-was-wrong"),
        pytest.param("It cost not 5 million but 6 million.", "5 million", "6 million", id="unit"),
        pytest.param("The toll was 427.", "427", "427", id="nothing-wrong"),
    ],
)
def test_what_was_wrong_is_not_marked(sentence: str, marked: str, right: str) -> None:
    document = Document("correction.md", "Correction: the crane", sentence)
    span = Sentence(0, len(sentence))
    start = sentence.index(marked)
    reading = Reading(Hit(Passage(0, 0, (span,)), document, 0.5, 0.5, 1.0), span, 0.9, (start, start + len(marked)))
    [put] = without_withdrawn("", [reading])
    assert (sentence[slice(*put.highlight)] if put.highlight else "") == right


def test_a_release_is_known_by_the_number_at_its_head_and_not_corrected_in_what_a_reference_has(
    snapshot_of: BuildSnapshot,
) -> None:
    said = "Inflation in Wick was 2.9%. The next release is due on 12 March 2026."
    release = f"Prices up 3.1%\n\nRelease no. 14/2026\n\n{said}\n"
    wrong = "In release no. 14/2026, published on 12 February 2026, Table 2 was wrong."
    correction = f"Correction to release no. 14/2026\n\n{wrong} Inflation in Wick was 2.7%, not 2.9%.\n"
    snapshot = snapshot_of({"release.txt": release, "correction.txt": correction})
    assert ("correction.txt", "release.txt") in cited(snapshot, "What was inflation in Wick?")
    assert cited(snapshot, "When is the next release due?") == [("release.txt", "")]


MAIL = """From: Lorna Baikie <press@example.org>
Subject: Re: homes flooded
Date: Wed, 4 Mar 2026 09:12:00 +0000

Our mail of yesterday gave a wrong figure. In Wick 147 homes were flooded, not 174.

On 3 March 2026 at 16:40, Lorna Baikie wrote:
> The storm flooded 174 homes in Wick and 41 in Dunbrae. It lasted 174 minutes.
"""


def test_a_figure_is_not_corrected_by_what_only_has_its_day(snapshot_of: BuildSnapshot) -> None:
    text = (
        "[11/03/26 08.20.45] Surya: Perahu kami jadi 9 unit.\n[12/03/26 08.15.22] Tiara: Korban meninggal 8, bukan 9.\n"
    )
    [answer] = snapshot_of({"chat.txt": text}).answer(["berapa perahu surya?"])
    assert "9 unit" in answer.citations[0].sentence


@pytest.mark.parametrize(
    ("question", "sentence", "marked"),
    [
        pytest.param(
            "how many homes did the storm flood in Wick?", "In Wick 147 homes were flooded, not 174.", "147 homes"
        ),
        pytest.param(
            "how many homes did the storm flood in Dunbrae?",
            "The storm flooded 174 homes in Wick and 41 in Dunbrae.",
            "41",
        ),
        pytest.param("how long did the storm last?", "It lasted 174 minutes.", "174 minutes"),
    ],
)
def test_a_mail_corrects_the_one_that_it_quotes(
    snapshot_of: BuildSnapshot, question: str, sentence: str, marked: str
) -> None:
    [answer] = snapshot_of({"a.eml": MAIL}).answer([question])
    assert answer.citations[0].sentence == sentence
    assert quote_parts(answer.citations[0])[1] == marked


def test_a_mail_says_what_is_so_now_before_the_mail_that_it_quotes(snapshot_of: BuildSnapshot) -> None:
    mail = MAIL.replace(
        "Our mail of yesterday gave a wrong figure. In Wick 147 homes were flooded, not 174.",
        "There is news. By now 181 homes are flooded in Wick.",
    )
    [answer] = snapshot_of({"a.eml": mail}).answer(["how many homes are flooded in Wick?"])
    assert answer.citations[0].sentence == "By now 181 homes are flooded in Wick."
    assert quote_parts(answer.citations[0])[1] == "181"


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        pytest.param("who asked for 200 crowns a day?", "We wrote that Anton Marbun asked for 200 crowns", id="who"),
        pytest.param("how much did Anton Marbun ask for?", "The correct sum is 120 crowns", id="how-much"),
    ],
)
def test_who_asks_for_somebody_gets_no_figure_instead(snapshot_of: BuildSnapshot, question: str, quote: str) -> None:
    text = "# Correction\n\nWe wrote that Anton Marbun asked for 200 crowns a day. The correct sum is 120 crowns.\n"
    [answer] = snapshot_of({"a.md": text}).answer([question])
    assert answer.citations[0].sentence.startswith(quote)
