"""Files become documents, with what their front matter or first lines say of them."""

import pytest

from retrieval.documents.parsing import parse_document
from retrieval.errors import DocumentError
from retrieval.values import Document
from tests.made_files import made_docx, made_eml, made_html, made_pdf, made_rtf

PUBLISHED = '<meta property="article:published_time" content="2022-11-15T08:00:00Z">'
ENGLISH = "The committee met on Tuesday and agreed to publish the report before the end of the year.\n"
INDONESIAN = "Panitia bertemu pada hari Selasa dan sepakat untuk menerbitkan laporan itu sebelum akhir tahun.\n"


def parse(text: str, id: str = "notes.md") -> Document:
    parsed = parse_document(id, text.encode())
    assert parsed is not None
    return parsed.document


# Front matter


def test_the_front_matter_gives_every_field() -> None:
    text = (
        "---\ntitle: Steering group\ndate: 2022-02-01\nsource: The ministry\nurl: https://example.org/a?b=c#d\n"
        "lang: id\n---\nThe text.\n"
    )
    assert parse(text, "bali/a.md") == Document(
        id="bali/a.md",
        title="Steering group",
        text=text,
        body=len(text) - len("The text.\n"),
        markdown=True,
        language="id",
        date="2022-02-01",
        source="The ministry",
        url="https://example.org/a?b=c#d",
    )


@pytest.mark.parametrize(
    "front_matter",
    [
        pytest.param("---\ntitle: A title\n---\n", id="plain"),
        pytest.param("---\r\ntitle: A title\r\n---\r\n", id="windows-line-ends"),
        pytest.param("--- \t\ntitle: A title\n---  \n", id="blanks-after-the-marks"),
        pytest.param("---\ntitle: A title\n...\n", id="closed-by-dots"),
        pytest.param("---\nTitle: A title\n---\n", id="capital-key"),
        pytest.param("---\ntitle: 'A title'\n---\n", id="single-quotes"),
        pytest.param('---\ntitle: "A title"\n---\n', id="double-quotes"),
        pytest.param("---\ntitle: >\n  A\n  title\n---\n", id="folded"),
        pytest.param("---\ntitle: |\n  A\n  title\n---\n", id="literal"),
        pytest.param("---\n# a comment\ntitle: A title  # another\ntags: [a, b]\n---\n", id="comments-and-lists"),
        pytest.param("---\ntitle: A title\ntags:\n- a\n- b\nnested:\n  title: Other\n---\n", id="nested"),
        pytest.param("---\ntitle: A title\nnote: !!python/name:os.system ''\n---\n", id="tag-of-a-type"),
    ],
)
def test_the_title_is_read_from_front_matter(front_matter: str) -> None:
    document = parse(front_matter + "# Heading\n")
    assert (document.title, document.body) == ("A title", len(front_matter))


def test_what_front_matter_leaves_open_says_nothing() -> None:
    document = parse("---\ntitle: ~\nauthor: null\nlang: no idea\n---\n# Heading\n\nThe text of it is in English.\n")
    assert (document.title, document.author, document.language) == ("Heading", None, "en")


@pytest.mark.parametrize(
    ("front_matter", "questions"),
    [
        pytest.param("questions:\n  - Who  met?\n  - When?\n", ("Who met?", "When?"), id="list"),
        pytest.param('Questions: ["Who met?", "When?"]\n', ("Who met?", "When?"), id="in-brackets"),
        pytest.param(
            "title: One: two\nquestions:\n- Who met?\n- 'When?'\nlang: en\n", ("Who met?", "When?"), id="no-yaml"
        ),
        pytest.param("questions: Who met?\n", (), id="no-list"),
        pytest.param("questions:\n  - {a: b}\n  - When?\n", ("When?",), id="not-all-texts"),
        pytest.param(f"questions: [{'a' * 101}, {'b' * 100}]\n", ("b" * 100,), id="too-long-for-a-button"),
        pytest.param(f"questions: [{', '.join('abcdefghijkl')}]\n", tuple("abcdefghij"), id="too-many"),
    ],
)
def test_front_matter_may_name_questions(front_matter: str, questions: tuple[str, ...]) -> None:
    assert parse(f"---\n{front_matter}---\nThe board met.\n").questions == questions


def test_front_matter_is_read_of_plain_text_files_too() -> None:
    assert parse("---\ntitle: A title\n---\nText.\n", "a.txt").title == "A title"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        pytest.param("title: Peace: a history", "Peace: a history", id="colon"),
        pytest.param('title: "Quoted": and more', 'Quoted": and more', id="quotes-that-do-not-hold-it-all"),
        pytest.param("title: @home", "@home", id="reserved-sign"),
        pytest.param("title: 100 % sure", "100 % sure", id="percent"),
        pytest.param("title: *starred*", "*starred*", id="asterisks"),
    ],
)
def test_a_title_that_yaml_refuses_is_read_as_it_stands(line: str, title: str) -> None:
    document = parse(f"---\n{line}\ndate: 2020\n---\nText.\n")
    assert (document.title, document.date) == (title, "2020")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\ntitle: A title\nText without an end.\n", id="unclosed"),
        pytest.param("---\njust words\n---\nText.\n", id="words"),
        pytest.param("---\n- a\n- b\n---\nText.\n", id="list"),
        pytest.param("----\ntitle: A title\n----\nText.\n", id="four-dashes"),
        pytest.param("\n---\ntitle: A title\n---\nText.\n", id="not-at-the-start"),
        pytest.param("---\nHe said: well: that\n\nand \"more: 'words\n---\nText.\n", id="prose-between-rules"),
    ],
)
def test_what_is_no_front_matter_stays_text(text: str) -> None:
    assert parse(text).body == 0


@pytest.mark.parametrize("block", [pytest.param("", id="empty"), pytest.param("# nothing\n", id="comment")])
def test_front_matter_without_fields_is_left_out(block: str) -> None:
    document = parse(f"---\n{block}---\nText.\n", "the-notes.md")
    assert (document.title, document.body) == ("the notes", len(block) + 8)


def test_only_scalars_count_as_fields() -> None:
    document = parse(
        "---\ntitle: [A, list]\ndate: {year: 2020}\nsource:\n- x\nurl: &a [https://a.org]\n---\n# Heading\n"
    )
    assert (document.title, document.date, document.source, document.url) == ("Heading", None, None, None)


def test_a_yaml_bomb_is_harmless() -> None:
    levels = "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    assert parse(f"---\ntitle: A title\na: &a [x]\n{levels}---\nText.\n").title == "A title"


def test_yaml_that_holds_itself_is_harmless() -> None:
    assert parse("---\ntitle: A title\na: &a [*a]\n? *a\n: x\n---\nText.\n").text.endswith("Text.\n")


def test_yaml_nested_ever_deeper_is_harmless() -> None:
    deep = "[" * 5_000 + "]" * 5_000
    assert parse(f"---\ntitle: A title\nlist: {deep}\n---\nText.\n").title == "A title"


def test_a_sign_that_does_not_exist_is_no_crash() -> None:
    document = parse('---\ntitle: "A \\UFFFFFFFF title"\ndate: 2020\n---\nText.\n')
    assert document.date == "2020"


def test_half_a_sign_is_not_kept() -> None:
    title = parse('---\ntitle: "A \\uD800 title"\n---\nText.\n').title
    assert title.encode(errors="replace").decode() == title


# Titles


@pytest.mark.parametrize(
    ("id", "text", "title"),
    [
        pytest.param("a.md", "Words first.\n\n# The *first* heading #\n\n# Second\n", "The first heading", id="atx"),
        pytest.param("a.md", "The heading\n===========\n\nText.\n", "The heading", id="setext"),
        pytest.param("a.md", "## A smaller one\n\n# Larger\n", "A smaller one", id="any-level"),
        pytest.param("a.md", "# \n\n# Second\n", "Second", id="empty-heading"),
        pytest.param("a.md", "```\n# code\n```\n\n# Heading\n", "Heading", id="not-in-code"),
        pytest.param("a.md", "The first line\n\nSome text.\n", "The first line", id="first-line-of-markdown"),
        pytest.param("a.md", "| Place | Rain |\n| --- | --- |\n| Wick | 5 |\n", "a", id="row-of-a-table"),
        pytest.param("a.txt", "The first line\n\nSome text.\n", "The first line", id="first-line-of-text"),
        pytest.param("a.txt", "\r\n\r\nThe first line\r\n\r\nSome text.\r\n", "The first line", id="after-empty-lines"),
        pytest.param("a.txt", "# The first line\n\nSome text.\n", "# The first line", id="text-has-no-marks"),
        pytest.param("the_first-notes.md", "It ends like a sentence.\n\nText.\n", "the first notes", id="file-name"),
        pytest.param("x/the notes.txt", "One line\n", "the notes", id="file-name-for-a-single-line"),
        pytest.param("x/v1.2.txt", "lower case\n\nText.\n", "v1.2", id="file-name-with-a-dot"),
        pytest.param("x/-_-.txt", "One line\n", "x/-_-.txt", id="id-for-a-name-without-words"),
        pytest.param("a.md", "---\ntitle: ''\n---\n# Heading\n", "Heading", id="empty-title-in-front-matter"),
        pytest.param("a.txt", "PRESS RELEASE\n\nThe port opens\n\nText.\n", "The port opens", id="kind-of-text"),
        pytest.param("a.md", "# For immediate release\n\n## The port opens\n", "The port opens", id="kind-in-markdown"),
        pytest.param(
            "a.txt",
            "SIARAN PERS\nNomor: 45/SP/2024\nTanggal: 7 Maret 2024\n\nPelabuhan dibuka\n\nIsi.\n",
            "Pelabuhan dibuka",
            id="number-and-day-below-the-kind",
        ),
        pytest.param("a.txt", "Nomor: 45/SP/2024\n\nPelabuhan dibuka\n\nIsi.\n", "Pelabuhan dibuka", id="number-first"),
        pytest.param("a.md", "# Nomor: 45/SP/2024\n\n# Pelabuhan dibuka\n", "Pelabuhan dibuka", id="number-as-heading"),
        pytest.param("the_port.txt", "PRESS RELEASE\n\nThe port was opened.\n", "the port", id="nothing-but-the-kind"),
        pytest.param("the_port.txt", "MINUTES\n\nThe port was opened.\n", "the port", id="minutes-of-nothing"),
        pytest.param(
            "a.txt", "TRANSCRIPT\n\nTalk on ports\nOrla, 4 March 2025\n\nAna: Yes.\n", "Talk on ports", id="transcript"
        ),
        pytest.param("a.txt", "CHECK AGAINST DELIVERY\n\nOn ports\n\nText.\n", "On ports", id="delivery"),
        pytest.param("a.md", "# RISALAH RAPAT\n\n# Rapat pelabuhan\n\nIsi.\n", "Rapat pelabuhan", id="risalah"),
        pytest.param("a.txt", "PUTUSAN\nNOMOR 7/2025\n\nIsi.\n", "PUTUSAN", id="number-of-a-judgment"),
        pytest.param(
            "a.txt",
            "KEPUTUSAN ORLA\nNOMOR : 188.45/211/2026\nTENTANG LAUT\n\nIsi.\n",
            "KEPUTUSAN ORLA NOMOR : 188.45/211/2026 TENTANG LAUT",
            id="number-with-strokes",
        ),
        pytest.param(
            "a.txt",
            "BUPATI ORLA\nPROVINSI SEA\n\nKEPUTUSAN BUPATI\nNOMOR 5\n\nIsi.\n",
            "KEPUTUSAN BUPATI NOMOR 5",
            id="officer",
        ),
        pytest.param(
            "a.txt",
            "DINAS KESEHATAN\n\nNomor : 1/X/2026\nPerihal : Undangan rapat\n\nYth. Camat\n\nDatanglah.\n",
            "Undangan rapat",
            id="letter",
        ),
        pytest.param("a.txt", "Orla, 5 March 2025\n\nDear all,\n\nCome.\n", "a", id="day-of-a-letter"),
        pytest.param("a.txt", "PEMKAB ORLA\n\nBuka\n\nIsi.\n", "PEMKAB ORLA", id="no-office"),
        pytest.param(
            "a.txt", "PEMERINTAH KOTA\nDINAS LAUT\n\nPelabuhan dibuka\n\nIsi.\n", "Pelabuhan dibuka", id="offices"
        ),
        pytest.param(
            "a.txt", "Government Opens Dam\n\nBy Jane Doe\n\nIt did.\n", "Government Opens Dam", id="headline"
        ),
        pytest.param("a.txt", "The board, 5 May 2022\n\nIt met.\n", "The board, 5 May 2022", id="title-with-its-day"),
        pytest.param(
            "a.txt", "Annual Report, 5 May 2022\n\nIt met.\n", "Annual Report, 5 May 2022", id="report-and-day"
        ),
        pytest.param("a.txt", "Notes\nNo: 1\nHal: 12 sampai 14\n\nIsi.\n", "a", id="pages-of-a-book"),
        pytest.param("a.md", "# Statement\n\n5 May 2022\n\n# The flood\n\nIt rose.\n", "The flood", id="same-depth"),
        pytest.param("a.txt", "Dinas Laut\n\nIsi surat ini panjang.\n", "Dinas Laut", id="office-alone"),
        pytest.param("a.md", "# Minutes\n\n## Present\n\nAna came.\n", "Minutes", id="part-of-a-paper"),
        pytest.param("of march.md", "# Minutes\n\nIt met.\n\n# Present\n\nAna.\n", "of march", id="name-of-a-paper"),
        pytest.param("a.md", "---\ntitle: Minutes\n---\n# Present\n\nAna came.\n", "Minutes", id="paper-said"),
        pytest.param("a.txt", "Putusan Nomor 7/2025\n\nIsi.\n", "Putusan Nomor 7/2025", id="judgment-with-its-number"),
        pytest.param(
            "a.txt", "EMBARGOED UNTIL 06:00 GMT 3 March 2025\n\nThe port\n\nText.\n", "The port", id="embargo"
        ),
        pytest.param(
            "a.txt", "NEWS RELEASE – EMBARGOED TILL 6 A.M.\n\nThe port\n\nText.\n", "The port", id="kind-and-embargo"
        ),
        pytest.param("a.txt", "PRESS RELEASE | 3 March 2025\n\nThe port\n\nText.\n", "The port", id="kind-and-its-day"),
        pytest.param(
            "a.txt",
            "SIARAN PERS\nUntuk segera disiarkan\n12 Maret 2024\n\nPelabuhan dibuka\n\nIa.\n",
            "Pelabuhan dibuka",
            id="kind-and-day",
        ),
        pytest.param(
            "a.md", "---\ntitle: Press release\n---\n# The port opens\n\nText.\n", "The port opens", id="kind-said"
        ),
        pytest.param(
            "a.txt", "Speech of the mayor\nOrla, 4 March 2025\n\nText.\n", "Speech of the mayor", id="above-a-day"
        ),
        pytest.param("a.txt", "Dates\n4 March 2025\n5 March 2025\n", "a", id="above-several-days"),
        pytest.param(
            "a.txt",
            "SAMBUTAN MENTERI\nPADA RAPAT KERJA\nDenpasar, 4 Maret 2025\n\nIsi pidato.\n",
            "SAMBUTAN MENTERI PADA RAPAT KERJA",
            id="two-lines-above-a-day",
        ),
        pytest.param(
            "a.txt",
            "SURAT EDARAN\nNOMOR M/3/HK.04/2026\nTENTANG\nTUNJANGAN\n\nIsi.\n",
            "SURAT EDARAN NOMOR M/3/HK.04/2026 TENTANG TUNJANGAN",
            id="a-number-that-begins-with-a-letter",
        ),
        pytest.param(
            "a.txt",
            "KEMENTERIAN LAUT\n\nSIARAN PERS\nNomor: 1/III/2026\n\nKapal Baru Tiba\n\nKapal itu tiba.\n",
            "Kapal Baru Tiba",
            id="a-release-below-an-office",
        ),
        pytest.param(
            "a.txt",
            "KEMENTERIAN LAUT\nBIRO HUMAS\nJalan Raya 1\n\nSIARAN PERS\n\nKapal Baru Tiba\n\nKapal itu tiba.\n",
            "Kapal Baru Tiba",
            id="a-release-below-offices",
        ),
        pytest.param(
            "a.txt",
            "SIARAN PERS\nKEMENTERIAN LAUT\nNomor: 1/III/2026\n\nKapal Baru Tiba\n\nKapal itu tiba.\n",
            "Kapal Baru Tiba",
            id="a-release-above-an-office",
        ),
        pytest.param("a.txt", "Pusat Krisis Orla\n\nAir naik. Ia surut.\n", "Pusat Krisis Orla", id="an-office-alone"),
        pytest.param(
            "a.txt", "Ministry Opens Clinics\n\nPress release\n\nIt rained.\n", "Ministry Opens Clinics", id="who"
        ),
        pytest.param(
            "a.txt",
            "PRESS RELEASE\nGovernment Raises Prices\nDate: 4 March 2025\n\nRice costs more. It rained.\n",
            "Government Raises Prices",
            id="a-headline-that-begins-as-an-office",
        ),
        pytest.param("a.txt", "SAMBUTAN GUBERNUR\nYTH. PARA MENTERI\n4 Maret 2025\n\nIsi.\n", "a", id="whom-it-greets"),
        pytest.param("a.txt", "PERATURAN ORLA\nNOMOR 5\nLAUT\n\nIsi.\n", "PERATURAN ORLA NOMOR 5 LAUT", id="rule"),
        pytest.param("a.txt", "MINISTRY OF PORTS\nREPUBLIC OF ORLA\n\nText.\n", "a", id="letterhead-in-capitals"),
        pytest.param("a.md", "Minutes of all\n\n**Budget**\nIt agreed.\n", "Minutes of all", id="bold-part-below"),
        pytest.param("talk 3.txt", "Speech of the mayor\nOrla, 4 March 2025\n\nText.\n", "talk 3", id="number"),
        pytest.param("a.txt", "Ana Lim and Ben Roe\nOrla, 4 March 2025\n\nText.\n", "a", id="names-above-a-day"),
        pytest.param("a.md", "The fund\n\n**Article 1 – Aim**\nIt pays.\n", "The fund", id="article-in-bold"),
        pytest.param("a.txt", "Talk\nRe: lunch\nAna came.\n", "a", id="no-letter"),
        pytest.param(
            "a.txt", "[12/01/2026 08.10] Posko: Air naik\n\n[12/01/2026 08.12] Budi: Ya.\n", "a", id="message"
        ),
        pytest.param(
            "a.txt",
            "KEPUTUSAN BUPATI ORLA\nNOMOR 360/Kep.21-Huk/2026\nTENTANG STATUS\n\nIsi.\n",
            "KEPUTUSAN BUPATI ORLA NOMOR 360/Kep.21-Huk/2026 TENTANG STATUS",
            id="small-letters-in-a-number",
        ),
        pytest.param(
            "a.txt",
            "CHECK AGAINST DELIVERY\n\nSPEECH AT THE 80TH SESSION\nOF ORLA\nWICK, 4 MARCH 2025\n\nSir, it rains.\n",
            "SPEECH AT THE 80TH SESSION OF ORLA",
            id="ordinal-and-day-in-capitals",
        ),
        pytest.param(
            "a.txt",
            "TRANSCRIPT\nPress Briefing on Ports\nThursday, 12 June 2025, 10:30\n\nLIM: Hello.\n",
            "Press Briefing on Ports",
            id="above-a-day-and-an-hour",
        ),
        pytest.param(
            "a.txt",
            "ORLA HARBOUR AUTHORITY\nNOTICE No. 4 of 2026\n\nDate: 5 May 2026\n\nText.\n",
            "NOTICE No. 4 of 2026",
            id="notice",
        ),
        pytest.param(
            "a.txt",
            "BADAN LAUT\nPUSAT GEMPA\nINFO GEMPA\nNo. 118/GB/2026\n\nGempa M6,2 di Orla\n\nIsi.\n",
            "Gempa M6,2 di Orla",
            id="below-a-number",
        ),
        pytest.param(
            "a.txt",
            "BERITA RESMI\nNo. 7/Th. XXIX, 3 Mei 2026\n\nHarga di Orla, Mei 2026\n\nIsi.\n",
            "Harga di Orla, Mei 2026",
            id="below-a-number-and-a-day",
        ),
        pytest.param(
            "a.txt",
            "PEMERINTAH ORLA\nBADAN LAUT\nLAPORAN HARIAN\nKamis, 7 Mei 2026\n\nIsi.\n",
            "LAPORAN HARIAN",
            id="below-offices-in-capitals",
        ),
        pytest.param(
            "a.txt",
            "Transcript: Talk on ports, 3 May 2026\nCheck against delivery\n\nAna Lim: Yes.\n",
            "Transcript: Talk on ports, 3 May 2026",
            id="above-a-kind",
        ),
        pytest.param(
            "a.txt",
            "Budget Speech 2027\ndelivered by the Minister,\nto the House on 4 May 2026\n\nSir, I beg.\n",
            "Budget Speech 2027",
            id="above-who-delivered-it",
        ),
        pytest.param(
            "a.txt", "PT LAUT Tbk\nLembar Fakta\nPer 30 Mei 2026\n\nKode: LAUT\n", "PT LAUT Tbk", id="whose-facts"
        ),
        pytest.param(
            "a.txt",
            "KEMENTERIAN LAUT\n\nSURAT EDARAN\nNOMOR 5/2026\n\nTENTANG\n\nPARKIR KAPAL\n\nIsi.\n",
            "SURAT EDARAN NOMOR 5/2026 TENTANG PARKIR KAPAL",
            id="set-apart",
        ),
        pytest.param(
            "a.txt",
            "ORLA POLICE - PRESS BUREAU\nDaily summary: 5 May 2026\n\nRef: 1\nPlace: Wick\n",
            "Daily summary: 5 May 2026",
            id="below-a-bureau",
        ),
        pytest.param(
            "a.txt",
            "SUSUNAN ACARA\nYayasan Nurul Hikmah\nSabtu, 6 Mei 2026\n\n08.00 Doa\n",
            "SUSUNAN ACARA",
            id="above-an-office",
        ),
        pytest.param(
            "a.txt",
            "IN THE COURT AT WICK\nCase No. T25\n\nREX\nv\nVANCE\n\nSENTENCING REMARKS OF LIM\n3 May 2025\n\n1. Sit.\n",
            "SENTENCING REMARKS OF LIM",
            id="remarks-below-a-court",
        ),
        pytest.param(
            "a.txt",
            "Tanya jawab Dewan Orla\nJakarta, 4 Mei 2025\n\nIsi.\n",
            "Tanya jawab Dewan Orla",
            id="phrase-above-a-day",
        ),
        pytest.param(
            "a.txt",
            "Wick City Council\n\nMinutes of the meeting\n\nIt met.\n",
            "Minutes of the meeting",
            id="minutes-below-a-council",
        ),
        pytest.param(
            "a.txt", "Wick City Council\n\nThe park\n\nIt met.\n", "Wick City Council", id="council-above-a-part"
        ),
        pytest.param(
            "sitrep 3.txt", "ORLA AUTHORITY\nREPORT No. 3\n\nText.\n", "REPORT No. 3", id="number-in-name-and-title"
        ),
        pytest.param(
            "a.txt", "PT MAJU JAYA\nJl. Sudirman 5, Jakarta\n\nDear all,\n\nCome.\n", "a", id="above-an-address"
        ),
        pytest.param("a.txt", "Orla Council\n12 Harbour Street\n\nDear all,\n\nCome.\n", "a", id="address-in-a-street"),
        pytest.param("a.txt", "OFFICE OF THE MAYOR\nTO ALL STAFF\n\nCome.\n", "a", id="to-whom"),
        pytest.param("a.txt", "By Ana Lim, who was there\n4 May 2025\n\nIt rained.\n", "a", id="by-whom"),
        pytest.param(
            "a.txt", "The minister said that ports\nwould be opened\n\nIt rained.\n", "a", id="sentence-in-two-lines"
        ),
        pytest.param("a.txt", "Dinas Laut\nAna Lim\n\nIt rained.\n", "a", id="name-below-an-office"),
        pytest.param("a.txt", "INVOICE\nNo. 5\n\nAna Lim of Orla\n\nBoats.\n", "a", id="name-below-a-number"),
        pytest.param("a.txt", "COMPANY PROFILE\n\nOrla Gas\n\nIt sells gas.\n", "Orla Gas", id="profile"),
        pytest.param(
            "a.txt",
            "Nomor Surat : 215/ORL/2024\nPerihal : Rapat laut\n\nYth. Camat\n\nDatanglah.\n",
            "Rapat laut",
            id="number-of-a-letter",
        ),
        pytest.param(
            "a.txt",
            "MINISTRY OF PORTS\n\nPERMIT NO. 88/G\nFOR KELAPA\n\nIt may run.\n",
            "PERMIT NO. 88/G FOR KELAPA",
            id="permit",
        ),
        pytest.param("a.txt", "OPINI\n\nLaut kita\n\nIa biru.\n", "Laut kita", id="opinion"),
        pytest.param("a.txt", "EXCLUSIVE\n\nThe port\n\nText.\n", "The port", id="exclusive"),
        pytest.param("a.txt", "LIVE\nThe port\n\nText.\n", "The port", id="live"),
        pytest.param("a.txt", "Q&A\n\nThe port\n\nText.\n", "The port", id="questions-and-answers"),
        pytest.param("a.txt", "Live\n\nThe band plays.\n", "Live", id="title-in-small-letters"),
        pytest.param(
            "a.txt",
            'INTERVIEW\nAna Lim: "I stay"\nBy Bo Roe, 7 March 2024\n\nOn ports.\n\nQ: Why?\nA: No.\n',
            'Ana Lim: "I stay"',
            id="interview-and-byline",
        ),
        pytest.param(
            "a.txt", "The port\nBy Bo Roe and a friend of theirs\n\nIt rained.\n", "a", id="byline-without-a-day"
        ),
        pytest.param(
            "a.txt",
            "CRANE FELL\nOrla Ports – in brief, 18 June 2025\n\nIt fell.\n",
            "CRANE FELL",
            id="in-capitals-above-who-tells-it",
        ),
        pytest.param("a.txt", "CRANE FELL\n18 June 2025, and ROSE\n\nIt fell.\n", "a", id="not-above-other-lines"),
        pytest.param(
            "a.txt",
            "FEDERASI SEPEDA ORLA\nPernyataan tentang Tur\nOrla, 16 Juli 2025\n\nTur telah berakhir.\n",
            "Pernyataan tentang Tur",
            id="below-a-federation",
        ),
        pytest.param("a.txt", "URGENT ACTION 12/26\n\nThe port\n\nText.\n", "The port", id="urgent-action"),
        pytest.param("a.md", "# SIARAN PERS\n\n**Kapal Tiba**\n\nKapal tiba.\n", "Kapal Tiba", id="bold-below-a-kind"),
        pytest.param("a.md", "# SIARAN PERS\n\nKapal tiba di Orla\n\nIa tiba.\n", "a", id="text-below-a-kind"),
        pytest.param("a.txt", "DAFTAR HARGA\nNASI 25.000\n\nIsi.\n", "a", id="figures-in-capitals"),
        pytest.param("a.csv", "Subject,Name\nHeat,Ana\nCold,Ben\n", "a", id="subject-in-a-table"),
        pytest.param("a.txt", "Released: all the hostages\n\nText.\n", "Released: all the hostages", id="released"),
        pytest.param("a.txt", "Press release on ports\n\nText.\n", "Press release on ports", id="more-than-the-kind"),
        pytest.param("a.txt", "Orla, 7 March 2024\n\nRain fell\n\nIt rained.\n", "Rain fell", id="below-a-dateline"),
        pytest.param("a.txt", "A debate\n7 March 2024\n\nLIM: No.\n", "A debate", id="debate-above-its-day"),
        pytest.param(
            "a.txt",
            "PEMERINTAH KABUPATEN ORLA\nJalan Raya 1\n\nSURAT EDARAN\nNOMOR 5\nTENTANG PARKIR\n\n1. Parkir.\n",
            "SURAT EDARAN NOMOR 5 TENTANG PARKIR",
            id="regulation-below-one-office",
        ),
        pytest.param(
            "a.txt",
            "RANCANGAN PERATURAN DAERAH\nNOMOR ... TAHUN 2025\n\nPasal 1\n\nSatu.\n",
            "RANCANGAN PERATURAN DAERAH NOMOR ... TAHUN 2025",
            id="draft-without-a-number",
        ),
    ],
)
def test_a_document_without_a_title_gets_one(id: str, text: str, title: str) -> None:
    assert parse(text, id).title == title


# Dates, addresses, languages


@pytest.mark.parametrize(
    ("written", "date"),
    [
        pytest.param("2022-02-28", "2022-02-28", id="day"),
        pytest.param("2022-02", "2022-02", id="month"),
        pytest.param("2022", "2022", id="year"),
        pytest.param("2022-02-28T10:00:00Z", "2022-02-28", id="time-after-it"),
        pytest.param("2022-02-28 10:00", "2022-02-28", id="time-after-a-blank"),
        pytest.param("'2022'", "2022", id="quoted"),
        pytest.param("2022-02-30", None, id="no-such-day"),
        pytest.param("2022-13", None, id="no-such-month"),
        pytest.param("0000", None, id="no-such-year"),
        pytest.param("20220228", "2022-02-28", id="without-dashes"),
        pytest.param("2022/02/28", "2022-02-28", id="slashes"),
        pytest.param("28/02/2022", None, id="day-first"),
        pytest.param("2022-02-28/2022-03-02", "2022-02-28", id="interval"),
        pytest.param("2022/2023", "2022", id="years"),
        pytest.param("2022-2-8", "2022-02-08", id="one-digit"),
        pytest.param("２０２２-02-08", None, id="full-width"),
        pytest.param("28 February 2022", "2022-02-28", id="words"),
        pytest.param("Senin, 28 Februari 2022", "2022-02-28", id="indonesian-words"),
        pytest.param("28 February 2022 or so", None, id="words-and-more"),
        pytest.param("", None, id="empty"),
    ],
)
def test_a_date_is_known_to_the_day_the_month_or_the_year(written: str, date: str | None) -> None:
    assert parse(f"---\ndate: {written}\n---\nText.\n").date == date


@pytest.mark.parametrize(
    ("id", "date"),
    [
        pytest.param("2025-01-16-coordination-meeting.md", "2025-01-16", id="day"),
        pytest.param("press/2025-01-16 minutes.txt", "2025-01-16", id="day-before-a-blank"),
        pytest.param("2025-01-16.md", "2025-01-16", id="day-alone"),
        pytest.param("2025-01-16-2.md", "2025-01-16", id="day-and-a-number"),
        pytest.param("minutes_2025-01-16.md", "2025-01-16", id="day-after-an-underscore"),
        pytest.param("2025-01_report.txt", "2025-01", id="month"),
        pytest.param("2025-01-report.txt", "2025-01", id="month-before-a-dash"),
        pytest.param("report_v2_2025-01.txt", "2025-01", id="month-after-an-underscore"),
        pytest.param("2022-annual-report.md", "2022", id="year"),
        pytest.param("2090-roadmap.md", None, id="still-to-come"),
        pytest.param("2022 annual report.md", "2022", id="year-before-a-blank"),
        pytest.param("2022.md", "2022", id="year-alone"),
        pytest.param("2025-13-40.md", None, id="no-such-day"),
        pytest.param("2025-13-plan.md", None, id="no-such-month"),
        pytest.param("2025-01-161.md", None, id="three-digits"),
        pytest.param("2025-1-16.md", None, id="one-digit"),
        pytest.param("20250116123.md", None, id="a-number"),
        pytest.param("2022-2023-plan.md", None, id="years"),
        pytest.param("2022-23 budget.md", None, id="half-a-year-more"),
        pytest.param("2022nd-place.md", None, id="a-year-that-goes-on"),
        pytest.param("1024-bits.md", None, id="no-year-of-ours"),
        pytest.param("12025-01-16.md", None, id="more-digits-before-it"),
        pytest.param("part-2025-01-16.md", "2025-01-16", id="at-the-end"),
        pytest.param("report 20250116.md", "2025-01-16", id="without-dashes"),
        pytest.param("20251316.md", None, id="without-dashes-no-such-month"),
        pytest.param("case-15630412.md", None, id="number-of-a-case"),
        pytest.param("report_2022-final.md", None, id="a-year-elsewhere"),
        pytest.param("2025-01-16/minutes.md", None, id="a-folder"),
        pytest.param("２０２５-01-16.md", None, id="full-width"),
    ],
)
def test_a_name_may_give_the_date(id: str, date: str | None) -> None:
    assert parse("Text.\n", id).date == date


def test_the_date_in_a_file_comes_before_that_of_its_name() -> None:
    assert parse("---\ndate: 2022-02\n---\nText.\n", "2025-01-16.md").date == "2022-02"
    assert parse("---\ndate: last May\n---\nText.\n", "2025-01-16.md").date == "2025-01-16"


@pytest.mark.parametrize(
    ("suffix", "data", "date"),
    [
        pytest.param("pdf", made_pdf(), "2025-01-16", id="pdf"),
        pytest.param("docx", made_docx(), "2025-01-16", id="docx"),
        pytest.param("rtf", made_rtf(), "2025-01-16", id="rtf"),
        pytest.param("html", made_html(head=PUBLISHED), "2022-11-15", id="html"),
        pytest.param("html", made_html(), "2025-01-16", id="html-without-a-date"),
        pytest.param("eml", made_eml().as_bytes(), "2022-11-15", id="eml"),
    ],
)
def test_the_date_of_a_name_comes_before_that_of_an_export(suffix: str, data: bytes, date: str) -> None:
    parsed = parse_document(f"2025-01-16-plan.{suffix}", data)
    assert parsed is not None
    assert parsed.document.date == date


@pytest.mark.parametrize(
    ("written", "url"),
    [
        pytest.param("https://example.org/a", "https://example.org/a", id="https"),
        pytest.param("http://example.org", "http://example.org", id="http"),
        pytest.param("ftp://example.org", None, id="ftp"),
        pytest.param("javascript:alert(1)", None, id="script"),
        pytest.param("file:///etc/passwd", None, id="file"),
        pytest.param("example.org", None, id="no-scheme"),
        pytest.param("https://", None, id="no-host"),
        pytest.param("x https://example.org", None, id="not-at-the-start"),
        pytest.param("https://[x/foo.pdf#a", None, id="no-address"),
    ],
)
def test_only_web_addresses_are_kept(written: str, url: str | None) -> None:
    assert parse(f"---\nurl: {written}\n---\nText.\n").url == url


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(f"---\nlang: id\n---\n{ENGLISH}", "id", id="given"),
        pytest.param(f"---\nlang: EN-us\n---\n{INDONESIAN}", "en", id="given-with-a-region"),
        pytest.param(f"---\nlang: Bahasa Indonesia\n---\n{ENGLISH}", "id", id="given-by-its-name"),
        pytest.param(f"---\nlang: fr\n---\n{ENGLISH}", "fr", id="given-another"),
        pytest.param(ENGLISH, "en", id="detected-english"),
        pytest.param(INDONESIAN, "id", id="detected-indonesian"),
        pytest.param(
            f"---\ntitle: {ENGLISH}source: {ENGLISH}---\n{INDONESIAN}", "id", id="detected-from-the-body-only"
        ),
    ],
)
def test_the_language_is_given_or_detected(text: str, language: str) -> None:
    assert parse(text).language == language


# Text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="no-bytes"),
        pytest.param(b" \r\n\t\n", id="white-space"),
        pytest.param(b"\xef\xbb\xbf", id="byte-order-mark"),
    ],
)
def test_a_blank_file_is_no_document(data: bytes) -> None:
    assert parse_document("a.md", data) is None


@pytest.mark.parametrize(
    ("id", "data"),
    [
        pytest.param("a.md", b"---\ntitle: A title\n---\n \n", id="front-matter"),
        pytest.param("a.md", b"---\ntitle: A title\n---", id="front-matter-that-ends-with-the-file"),
        pytest.param("a.md", b"* * *\n", id="marks"),
        pytest.param("a.csv", b"place,depth\n", id="names-of-columns"),
    ],
)
def test_a_file_with_nothing_to_quote_says_so(id: str, data: bytes) -> None:
    with pytest.raises(DocumentError, match="there is nothing in it to quote"):
        parse_document(id, data)


def test_the_text_is_the_whole_file_with_its_line_ends() -> None:
    text = "---\r\ntitle: A title\r\n---\r\nOne.\r\nTwo.\rThree.\n\n"
    assert parse(text).text == text


def test_a_byte_order_mark_is_left_out_and_hides_no_front_matter() -> None:
    assert parse("\ufeff---\ntitle: A title\n---\nText.\n") == parse("---\ntitle: A title\n---\nText.\n")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        parse_document("a.txt", b"\x00\x01")
    assert str(caught.value) == "it is not text: it holds NUL bytes"


CHAT = """{0} 07.02 - Messages and calls are end-to-end encrypted. Nobody outside of this chat can read them.
{0} 07.03 - Ann Gow: Is the pump there?
{0} 07.05 - Bo Roe: \u200e<Media omitted>
{0} 07.06 - Bo Roe: This message was deleted
{1} 07.10 - Bo Roe: It is there.
They said: you deleted this message
"""
INDONESIAN_CHAT = """[{0} 07.02.11] Posko: Pesan dan panggilan dienkripsi secara end-to-end. Hanya kita membaca.
[{0} 07.03.12] Ani: Pompa sudah ada?
[{0} 07.06.00] Budi: Pesan ini dihapus
[{1} 07.10.07] Budi: \u200egambar tidak disertakan
[{1} 07.10.09] Budi: Sudah.
"""


def test_what_a_messenger_tells_in_a_chat_is_not_quoted() -> None:
    for chat, quoted in ((CHAT, 3), (INDONESIAN_CHAT, 2)):
        parsed = parse_document("chat.txt", chat.format("03/04/26", "03/04/26").encode())
        assert parsed is not None
        told = [parsed.document.text[one.start : one.end] for one in parsed.sentences]
        assert len(told) == quoted
        assert not any(
            notice in line for line in told for notice in ("end-to-end", "omitted", "was del", "ihapus", "diser")
        )


@pytest.mark.parametrize(
    ("chat", "first", "last", "date"),
    [
        pytest.param(CHAT, "30/03/26", "03/04/26", "2026-04-03", id="day-beyond-the-twelfth"),
        pytest.param(CHAT, "3/30/26", "4/3/26", "2026-04-03", id="month-first"),
        pytest.param(CHAT, "30.03.26,", "03.04.26,", "2026-04-03", id="full-stops"),
        pytest.param(CHAT, "02/03/2026,", "03/04/2026,", None, id="of-either-order"),
        pytest.param(CHAT, "30/03/26", "31/04/26", None, id="no-such-day"),
        pytest.param(INDONESIAN_CHAT, "02/03/26", "03/04/26", "2026-04-03", id="indonesian"),
        pytest.param(f"---\ndate: 2025-01-02\n---\n{CHAT}", "30/03/26", "03/04/26", "2025-01-02", id="front-matter"),
        pytest.param(f"What they wrote:\n\n{CHAT}", "30/03/26", "03/04/26", None, id="chat-that-is-quoted"),
    ],
)
def test_the_day_of_a_chat_is_that_of_its_last_message(chat: str, first: str, last: str, date: str | None) -> None:
    parsed = parse_document("chat.txt", chat.format(first, last).encode())
    assert parsed is not None
    assert parsed.document.date == date
