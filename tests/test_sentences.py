"""Documents are split into sentences as a reader would, with exact offsets, and nothing is lost."""

import textwrap
from collections.abc import Callable
from itertools import chain, pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from retrieval.values import Document, Sentence
from tests.fakes import sentences_of

FRONT_MATTER = "---\ntitle: A title.\n---\n"
LONG_LINE = "The quick brown fox jumps over the lazy dog and then it"  # 55 characters: wide enough to be wrapped
WIDE_LINE = f"{LONG_LINE} {LONG_LINE} {LONG_LINE}."  # wider than any text that is

PIECES = [
    *(
        "a",
        "B",
        "no",
        "Dr",
        "Jl",
        "U.N",
        "p.m",
        ".",
        ". ",
        "!",
        "?!",
        "...",
        ",",
        ";",
        ":",
        '"',
        "“",
        "”",
        "(",
        ")",
    ),
    *("[1]", "[2] ", "5", "3.5", "é", "日本。", "🙂", "\u0301", "\u00a0", "\u3000", "\u200b", "\u202e", "\u2066"),
]
SPACES = [" ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\\\n", "    "]
MARKS = [
    *"#*_>|-+=~`<&\\",
    "# ",
    "- ",
    "1. ",
    "> ",
    "| a | b |\n|---|---|\n",
    "```\n",
    "---\n",
    "<b>",
    "<!-- ",
    "]: ",
    "[a]: ",
    "Date: a.\nPlace: b\n",
]


def texts(*pieces: list[str]) -> st.SearchStrategy[str]:
    """Any text, or one of pieces that mean something to the splitter."""
    known = st.lists(st.sampled_from([*chain(*pieces)])).map("".join)
    return known | st.text(st.characters(codec="utf-8", exclude_characters="\0"))


def document(text: str, id: str) -> Document:
    return Document(id, "T", FRONT_MATTER + text, body=len(FRONT_MATTER), markdown=id.endswith(".md"))


def check_spans(document: Document, sentences: list[Sentence]) -> None:
    """Hold the sentences to be stripped, not blank, in order, apart from each other, and in the body."""
    quotes = [document.text[sentence.start : sentence.end] for sentence in sentences]
    assert quotes == [quote.strip() for quote in quotes]
    assert all(quotes)
    assert all(before.end <= after.start for before, after in pairwise(sentences))
    assert all(document.body <= sentence.start for sentence in sentences[:1])


def split(text: str, id: str) -> list[str]:
    whole = document(text, id)
    return [whole.text[sentence.start : sentence.end] for sentence in sentences_of(whole)]


def split_text(text: str) -> list[str]:
    return split(text, "a.txt")


def split_markdown(text: str) -> list[str]:
    return split(text, "a.md")


def headings(text: str, id: str) -> list[str]:
    whole = document(text, id)
    return [whole.text[sentence.start : sentence.end] for sentence in sentences_of(whole) if sentence.heading]


# Nothing lost, nothing twice


def seen(text: str) -> str:
    """Leave out white space and signs that nobody sees."""
    return "".join(sign for sign in text if sign.isprintable() and not sign.isspace())


@settings(max_examples=250)
@given(texts(PIECES, SPACES, MARKS))
@example("\x0c\na.")
@example("A line.\n[1]\n")
@example("> Date: a\n> Place: b. c\n> [1]\n> d: e\n> F: g")
def test_plain_text_that_can_be_seen_is_in_exactly_one_sentence_each(text: str) -> None:
    whole = document(text, "a.txt")
    sentences = sentences_of(whole)
    check_spans(whole, sentences)
    quoted = "".join(whole.text[sentence.start : sentence.end] for sentence in sentences)
    assert seen(quoted) == seen(text)


@settings(max_examples=250)
@given(texts(PIECES, SPACES, MARKS))
def test_sentences_of_any_markdown_are_clean_spans(text: str) -> None:
    whole = document(text, "a.md")
    check_spans(whole, sentences_of(whole))


@settings(max_examples=250)
@given(texts([piece for piece in PIECES if "[" not in piece], SPACES, [*"#*_>|-+=", "# ", "- ", "> ", "---\n"]))
@example("\x0c\na.")
@example("a  \n\x0c\nb")
def test_no_word_of_markdown_is_lost(text: str) -> None:
    assume(not any(sign in text for sign in "[<`~"))  # addresses, tags and code have words that nobody sees
    quoted = "".join(split_markdown(text))
    assert "".join(filter(str.isalpha, quoted)) == "".join(filter(str.isalpha, text))


@pytest.mark.parametrize("id", [pytest.param("a.txt", id="text"), pytest.param("a.md", id="markdown")])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("!?" * 100_000, id="marks"),
        pytest.param("word " * 500_000, id="words"),
        pytest.param("x" * 300_000, id="letters"),
        pytest.param("a. " * 100_000, id="stops"),
        pytest.param("[1]" * 50_000, id="notes"),
        pytest.param("\n" * 200_000 + "x", id="empty-lines"),
    ],
)
def test_endless_runs_come_through_whole(text: str, id: str) -> None:
    whole = document(text, id)
    sentences = sentences_of(whole)
    check_spans(whole, sentences)
    quoted = "".join(whole.text[sentence.start : sentence.end] for sentence in sentences)
    assert seen(quoted) == seen(text)


def test_an_item_of_a_list_does_not_go_on_with_the_next() -> None:
    items = ["b. menyalurkan 500 tenda untuk warga Kecamatan Gajah, dan", "c. membayar Rp5 miliar"]
    text = "\n".join(["Pemerintah akan:", "a. membangun tanggul,", *items])
    assert split_text(text)[-2:] == items
    items = ["- The ministry distributes 500 tents to the families of the district", "- It pays five billion rupiah"]
    assert split_text("\n".join(["The plan:", *items, "- It hires doctors"]))[1:3] == items


def test_no_sentence_is_taken_from_front_matter() -> None:
    assert split_markdown("The body.") == ["The body."]


@pytest.mark.parametrize("end", [pytest.param(end, id=repr(end)) for end in ("\n", "\r\n", "\r")])
def test_all_line_ends_part_lines(end: str) -> None:
    text = f"One title{end}{end}Two words.{end}{end}Three."
    assert split_text(text) == split_markdown(text) == ["One title", "Two words.", "Three."]


# Sentence ends


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Dr. Lee met Gen. Prabowo. | Both spoke.", id="titles"),
        pytest.param("Mohd. Salim, drh. Ana and Laksma. Budi came. | They spoke.", id="titles-of-others"),
        pytest.param("See UU. No. 24 and Ref. No. 12/2023 at Km. 12. | It rained.", id="numbers-of-acts"),
        pytest.param("They walked 5 km. | No. 5 came first, over 12 Km. | 40 runners came.", id="kilometres"),
        pytest.param("Tewas: 1. Ali Rahman, 2. Budi Santoso, 3. Cici. | Mereka dirawat.", id="items-of-a-list"),
        pytest.param("The dead were Ana Lim, 34, and Ben Okoro, 29. | Police came.", id="ages"),
        pytest.param("The numbers were 4, 7, 12. | Nobody won.", id="numbers-at-the-end"),
        pytest.param("It took 20 min. | IV fluids were given.", id="minutes-before-capitals"),
        pytest.param("Mereka dirawat di RS. Hasan Sadikin. | Ia pulang.", id="hospital"),
        pytest.param("Ia menerima Rp3,5 M. | Uang itu disita. | Sisanya Rp2 T. | Itu besar.", id="sums"),
        pytest.param("Lihat Lamp. II untuk itu.", id="annex"),
        pytest.param("Ini No. 78/11/73/Th. XXIX, 3 Mei. | Ia terbit.", id="year-of-a-series"),
        pytest.param("It lies in 11 m. | A buoy marks it. | Ombak setinggi 4 m. | Nelayan pulang.", id="metres"),
        pytest.param("It weighs 150 g. | I bought 2 l. | It is 5 t. overweight.", id="other-units"),
        pytest.param("Reg. 5 s. IV holds, and so does 3 v. Smith of it.", id="letters-that-are-no-units"),
        pytest.param("Table 2. Growth by sector", id="table"),
        pytest.param("See Fig. 2 of it. | Gambar 3. Peta Orla", id="picture"),
        pytest.param("Ayes 19. | Noes 26.", id="votes"),
        pytest.param("Prof. Anwar and Mrs. Sri spoke. | Ir. Soekarno listened.", id="more-titles"),
        pytest.param("See No. 5 of the list. | Then see fig. 7 and vol. 3.", id="numbers"),
        pytest.param("Write to P.O. Box 311 in Brackwater. | We answer.", id="post-office-box"),
        pytest.param("Kantornya di Jl. Sudirman No. 5, Kec. Menteng. | Buka setiap hari.", id="indonesian-address"),
        pytest.param("Rapat pada tgl. 5 Agt. 2020 dihadiri Letjen. Budi. | Ia berpidato.", id="indonesian-titles"),
        pytest.param("Moh. Hatta, Pdt. Ana dan Irjen. Tito lahir skt. 1960. | Mereka pergi.", id="indonesian-names"),
        pytest.param("Jenderal Pol. Listyo dan Irjen Pol. Ferdy datang. | Mereka pergi.", id="police-ranks"),
        pytest.param("CGS Sdn. Bhd. Malaysia ikut sejak th. 2019 di sana. | Ia pergi.", id="companies-and-years"),
        pytest.param("It reopened on 11 Nov. | The fund grew in Nov. 2026. | He left.", id="months"),
        pytest.param("On 9 Oct. The Times wrote. | Since 1 Jan. All India Radio spoke.", id="months-before-names"),
        pytest.param("An est. 8,400 came, avg. 3 a day. | It was the best. | 3 left the West.", id="estimates"),
        pytest.param("Cpt. (ret.) Bambang wrote to attn. Mr. Lee. | He left.", id="captains"),
        pytest.param("Ir. Siti, M.T. | Para warga di Jl. MT. Haryono, Mt. Merapi. | Ia pergi.", id="degree-and-mount"),
        pytest.param("Jalan Yani, M.T. Haryono, dan S. Parman. | Ia pergi.", id="degree-that-is-a-name"),
        pytest.param("Hadir dr. Ana, Sp.A. (K), Direktur. | Ia pergi.", id="specialist"),
        pytest.param("Hadir Kolonel Kav. Rudi dan Mayor Arh. Tono. | Mereka pergi.", id="of-an-arm"),
        pytest.param("2.30 p.m. Boat race", id="of-a-programme"),
        pytest.param("They met at 4 p.m. on Monday. | They left.", id="afternoon-goes-on"),
        pytest.param("They left at 5 p.m. | Nobody stayed.", id="afternoon-ends"),
        pytest.param("No checks from 10:30 p.m. Aug. 9 to 6 a.m. March 10. | May they go?", id="an-hour-and-its-day"),
        pytest.param(
            "Open until 6 p.m. | May we go now? | It is in St. Joseph, Mich. | (A map is here.)", id="hour-ends"
        ),
        pytest.param("ST. JOSEPH, Mich. (AP) — A man was jailed. | They left.", id="place-and-agency"),
        pytest.param("The U.N. Security Council met. | It was late.", id="united-nations"),
        pytest.param("The U.S. Army came, i.e. its band. | It played.", id="united-states"),
        pytest.param("They spoke for the U.N. (New York). | He left the U.S. | Then it rained.", id="initials-end"),
        pytest.param("Rapat dipimpin Plt. Gubernur dan Pj. Bupati. | Ia pergi (par. 5).", id="acting-officials"),
        pytest.param("They met on Wed. Nov. 5, see para. 7 and Res. 2728. | It passed.", id="numbered-and-days"),
        pytest.param("J. K. Rowling wrote it. | It sold.", id="initials"),
        pytest.param("J.K. Rowling met George H.W. Bush. | They spoke.", id="initials-without-blanks"),
        pytest.param("Prof. Dr. B.J. Habibie dan H.M. Soeharto hadir. | Mereka berpidato.", id="indonesian-initials"),
        pytest.param("He moved to Washington, D.C. | He stayed. | The bill is H.R. 2562.", id="initials-of-a-place"),
        pytest.param("Gen. (ret.) Ali and Jend. (Purn.) Budi met (at 5.). | They left.", id="abbreviation-in-brackets"),
        pytest.param("It lies in Wrangell–St. Elias. | They chose plan-B. | Fr. Zahm came.", id="after-a-hyphen"),
        pytest.param("See Art. 5, ch. 3 and hal. 7. | He loved art. | 5 people left.", id="numbered-parts"),
        pytest.param("“Mr. Lee and «Dr. Ali» met “J. Smith”. | Hubungi Tn./Ny. Budi.", id="behind-a-quote-mark"),
        pytest.param("The U.S. – China trade, U.S. “war on drugs” and U.S. $5 rose. | It fell.", id="initials-marks"),
        pytest.param("Rapat dipimpin Ahmad Yani, S.H., M.H. | Rapat dimulai. | Jl. M.H. Thamrin.", id="degrees"),
        pytest.param("It is open 9 A.M. – 5 p.m. Monday. | Come at 8 P.M. ET. | Doors open at 7 P.M. | Go.", id="time"),
        pytest.param("Ia pergi. | ”Kami datang.” | Budi pulang. | “Siapa?”, tanya Budi.", id="quote-marks-that-open"),
        pytest.param('"Saya siap.", kata Budi. | "Siapa?", tanya Ali. | \'No!\', he said.', id="quoted-comma"),
        pytest.param("(Setuju.) | Baik. | Meat, fish (etc.) | He ate.", id="one-word-in-brackets"),
        pytest.param("Robert Downey Jr. (born 1965), Budi, M.Si. (Ketua). | (A sentence.) | Go.", id="before-brackets"),
        pytest.param("Louis (r. 1521–1567) and the egg (lit. “telur”) came. | They left.", id="opened-brackets"),
        pytest.param(
            "He fought in World War I. | The war ended. | J. The Great and plan A. Smith.", id="single-letters"
        ),
        pytest.param("It is 35° E. | Dengan itu ia pergi. | “Seven Up! ”, was it. | Yes.", id="more-letters"),
        pytest.param("Assalamu’alaikum Wr. Wb. | Yang saya hormati Alm. Budi.", id="greeting"),
        pytest.param("Rapat 5 Des. 2020, telp. (021) 555. | Ia datang.", id="indonesian-numbers"),
        pytest.param("Mulai pkl. 08.00 WIB di RT. 03/RW. 05. | Rapat RT. | Warga datang.", id="times-and-wards"),
        pytest.param("Ia bertemu Sekjen. PBB dan Dirjen. Pajak. | Mereka pergi.", id="indonesian-offices"),
        pytest.param("The Rt. Hon. Ann Lee and Rt. Rev. Bo spoke. | They left.", id="right-honourable"),
        pytest.param("Jokowi, a.k.a. Joko Widodo, dan K.H.R. As'ad hadir. | Ia pulang.", id="other-names"),
        pytest.param(
            "He left the U.S. | It's late. | As'ad saw the U.S. | That’ll do.", id="initials-before-apostrophes"
        ),
        pytest.param("The minister said no. | Senator Ann Lee agreed. | See no. 5, no. B-12.", id="the-word-no"),
        pytest.param("No. We will close none. | No. 5 is closed.", id="no-at-first"),  # "No." alone tells little
        pytest.param("Menteri pulang. | dr. Terawan datang. | drg. Ani sakit. | Ia di RS. dr. Soetomo.", id="doctors"),
        pytest.param(
            "Ani, S.Ked. dr. Budi dan Prof. dr. Cici hadir. | Jl. dr. Sutomo ramai.", id="doctors-among-names"
        ),
        pytest.param(
            "Yahoo! was founded in 1994. | Who knows? | “Why?” he said. | Go! | [It] is.", id="names-with-marks"
        ),
        pytest.param(
            "It has goals. | 1. Peace. | 2. Jobs. | 2.1. More jobs. | 2A. Many. | He has 10. | Yes.",
            id="list-in-a-paragraph",
        ),
        pytest.param("They sang (“Run!”), then (etc.); and left [sic!]. | It rained.", id="closing-marks"),
        pytest.param("It cost $3.50 in v. 2.1 of it. | Cheap.", id="decimals"),
        pytest.param("“I left. | It rained.” — Nurul H., Wick", id="who-is-quoted-behind-a-dash"),
        pytest.param("“It rained.” | — Ana left. | He stayed.", id="a-dash-that-begins-a-sentence"),
        pytest.param("Prof. Em. Johan and Adj. Sr. Comr. Bram came. | They left.", id="ranks"),
        pytest.param("What?! | No! | Yes? | Well.", id="question-and-exclamation"),
        pytest.param('He said "Stop." | Then he left.', id="quotation"),
        pytest.param("He said “Stop.” | Then he left (at once). | It rained.", id="curly-quotation"),
        pytest.param("Wait... | They came.", id="ellipsis"),
        pytest.param("They came, etc. and left. | It rained.", id="abbreviation-before-lower-case"),
        pytest.param("It relied on s. 4(2) and ss. 6 and 7 (Qq. 3–5, Ev. 12). | It's 5 p.m.", id="parts-of-acts"),
        pytest.param("See cl. 5, Sch. 2, r. 5 and reg. 7. | That’s. | 12 came.", id="clauses-and-rules"),
        pytest.param("Pasal 2 ayat (1) jo. Pasal 18 UU jo. UU 20/2001, subs. 3 bulan. | Ia pergi.", id="juncto"),
        pytest.param("Dir. Samapta, Adv. Nkosi dan Kabag. Umum hadir. | NIP. 19780412 itu.", id="heads-of-offices"),
        pytest.param("The Minister (a.i.) Mr. Bell signed. | He left.", id="ad-interim"),
        pytest.param("Press office (24 hrs.)     +62 21 555. | It is open. | Come.", id="columns-of-blanks"),
        pytest.param("Ia jadi wamen. | Pelantikan itu sah. | Wamen. Budi hadir.", id="deputies"),
        pytest.param("The siren lasted 20 s. | 5 people ran.", id="seconds"),
        pytest.param(
            "Siti, S.I.Kom. (Humas), Edi, A.Md.Keb. (Bidan) hadir. | Hub. Sdr. Budi, HP. 0812.", id="more-degrees"
        ),
        pytest.param("It is a transport hub. | Trains leave hourly.", id="hub"),
        pytest.param("Ia lahir thn. 1970 pd bln. 3. | Ia pergi.", id="years-and-months"),
    ],
)
def test_a_full_stop_ends_a_sentence_where_a_reader_ends_it(text: str) -> None:
    assert split_text(text.replace("| ", "")) == text.split(" | ")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It ended.[1] | Then it began.", id="one"),
        pytest.param("It ended.[1][23] | Then it began.[a]", id="several"),
        pytest.param("It ended. [1] | Then it began.", id="after-a-blank"),
        pytest.param("It ended![1] | then it began.", id="lower-case-after-it"),
        pytest.param("[1] A note. | Another.", id="at-the-start"),
        pytest.param("It ended.[note 39] | Then.[citation needed] | It began. | [Alan] left.", id="words"),
        pytest.param("Ia pergi.[1]:78 | Karena itu.[2]:7, 9 | Ia pulang.", id="pages"),
        pytest.param("She went. | [She] told the [UN] so. | [The] old [EU] met.", id="no-notes"),
        pytest.param("It ended [sic]. | It began.[A] | It went on.", id="letters"),
        pytest.param("It ended.¹ | Then it began.”² | It went on.", id="raised"),
        pytest.param('He said: "It ended."[1] | Then (it began.[2]) | It went on.', id="after-a-quotation"),
    ],
)
def test_a_note_mark_belongs_to_the_sentence_before_it(text: str) -> None:
    assert split_text(text.replace("| ", "")) == text.split(" | ")


@pytest.mark.parametrize("line", ["**1. Cash**", "**II. Uniform**", "__3. Report__", "***A. Aims***"])
def test_a_number_in_bold_is_part_of_its_line(line: str) -> None:
    assert split_markdown(f"{line}\n\nIt rose to **5.** It fell.") == [line, "It rose to **5.**", "It fell."]


@pytest.mark.parametrize("mark", ["[1](#fn1)", "[\\[1\\]](#cite)", "[^1]"])
def test_a_note_mark_of_markdown_belongs_to_the_sentence_before_it(mark: str) -> None:
    assert split_markdown(f"It ended.{mark} Then it began.") == [f"It ended.{mark}", "Then it began."]


def test_a_long_paragraph_is_split_as_its_sentences_are() -> None:
    sentences = [
        f"Dr. Lee counted {number} sheep, {'and on, ' * (number % 40)}at 4 p.m. on No. 5." for number in range(300)
    ]
    assert split_text(" ".join(sentences)) == sentences


def test_a_sentence_too_long_to_be_looked_at_at_once_spoils_only_itself() -> None:
    sentences = split_text(f"Short. It goes {'and on ' * 1_000}to its end. Short again.")
    assert (sentences[0], sentences[-1]) == ("Short.", "Short again.")


# Lines with labels

HEAD = ["Date: 16 Jan. 2025", "Place: Room 4.02", "Present: A (Ports),\nB (Coast Guard)", "Excused: Dr. Lee"]


@pytest.mark.parametrize("end", [pytest.param(end, id=repr(end)) for end in ("\n", "\r\n", "\r")])
def test_each_of_several_lines_with_labels_begins_a_sentence(end: str) -> None:
    text = "\n".join(["They met.", *HEAD, "", "They spoke."]).replace("\n", end)
    assert split_markdown(text) == [one.replace("\n", end) for one in ("They met.", *HEAD, "They spoke.")]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ["Hari/Tanggal : Kamis, 5 Mei", "Tempat\t: Ruang 2", "Peserta: Budi, S.H."], id="before-the-colon"
        ),
        pytest.param(["**Date:** 5 May", "**Place**: Bali", "_Chair_: Ann"], id="markdown"),
        pytest.param(["Minister: Ann Lee", "Deputy Minister for Ports: Bo"], id="four-words"),
        pytest.param(["Q: Who paid?", "A: The army. ", "They did."], id="one-letter"),
        pytest.param(["They agreed:", "Fiji: 5 boats", "Palau: 3 boats"], id="after-what-they-are-labels-of"),
        pytest.param(["HRP: Response Plan", "3W: Who does What, Where", "4G: A net"], id="that-begin-with-a-figure"),
        pytest.param(["Moved: Lee", "Seconded: Roe", "That $60,000 be set aside.", "For: 2", "CARRIED"], id="moved"),
    ],
)
def test_a_label_is_some_words_before_a_colon(lines: list[str]) -> None:
    assert split_markdown("\n".join(lines)) == [line.strip() for line in lines]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("He said:\nNote: the plan goes on", id="one"),
        pytest.param("Note: the plan\nof Fiji and\nBali: it goes on", id="apart"),
        pytest.param("note: the plan\ngoes: on", id="small-letters"),
        pytest.param("At 10:30 they met\nAt 11:45 they left", id="times"),
        pytest.param("Agenda:\nMinutes:\nnone", id="nothing-after-them"),
        pytest.param("One two three four five: a\nOne two three four five: b", id="five-words"),
        pytest.param("Responsibilities undertaken together: a\nResponsibilities undertaken together: b", id="long"),
        pytest.param("He left, Date: a\nBut not, Place: b", id="commas"),
        pytest.param("Note: the plan of\nFiji holds", id="a-capital-below-one"),
    ],
)
def test_what_has_no_labels_stays_one_sentence(text: str) -> None:
    assert split_markdown(text) == [text]


def test_lines_that_each_end_with_whom_to_call_stay_apart() -> None:
    lines = [
        "Northern Supply Authority, press office: Ann Lee, 0411 700 300",
        "Office of the Ombudsman, ask for Bo Lind, +62 811-620-045",
        "Workers' Union - press@union.example",
    ]
    assert split_markdown("\n".join(lines)) == lines
    wrapped = (
        "The press office, which Ann Lee leads, can be reached by telephone, 0411 700 300\nat any hour of the day."
    )
    assert split_markdown(wrapped) == [wrapped]


def test_labels_may_stand_in_quotes_and_lists() -> None:
    assert split_markdown("> Date: a\n> Place: b\n") == ["Date: a", "Place: b"]
    assert split_markdown("- Date: a\n  Place: b\n- c") == ["Date: a", "Place: b", "c"]
    assert split_markdown("1. > Date: a\n   > Place: b\n") == ["Date: a", "Place: b"]


def test_lines_with_labels_stay_apart_in_a_text_that_was_wrapped_by_hand() -> None:
    present = "Present: Ann Lee and Bo Lind of the ports; Carl Munk"
    excused = "Excused: Dora, who is ill, and Eve, who is away."
    text = f"{LONG_LINE}\nruns away over the hills.\n\n{present}\n{excused}\n"
    assert split_text(text)[-2:] == [present, excused]


# Lines of plain text


def test_a_longer_line_below_does_not_tell_how_wide_a_text_is() -> None:
    told = (
        "The minister told reporters that the river had fallen and that all who had left would be home by Friday. " * 3
    )
    notice = "This message is meant for nobody but those to whom it is sent, and " * 3 + "all others delete it."
    wrapped = textwrap.fill(told, 72)
    assert [" ".join(one.split()) for one in split_text(f"{wrapped}\n\n{notice}\n")] == [
        *[told[: len(told) // 3].strip()] * 3,
        notice,
    ]


def test_a_longer_line_among_others_tells_that_they_are_not_wrapped() -> None:
    offices = [
        f"Office {letter} of the region, with all of its posts, {'stations, ' * 4}on the coast" for letter in "ABC"
    ]
    lines = [*offices, "Ana Lim", f"Office D {'and its stations ' * 9}on the coast", "Ben Okoro"]
    assert split_text("Offices of it.\n\n" + "\n".join(lines)) == ["Offices of it.", *lines]


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    text = f"{LONG_LINE}\nruns away over the hills and far away. And it then is\nnever seen again."
    assert split_text(text) == [
        f"{LONG_LINE}\nruns away over the hills and far away.",
        "And it then is\nnever seen again.",
    ]


def test_what_stands_alone_does_not_tell_how_wide_a_text_is() -> None:
    told = (
        "The minister told reporters that the River Orla had fallen and that All Who Had Left Would Be Home by Friday."
    )
    wrapped = textwrap.fill(f"{told} {told} {told}", 60)
    title = "River Orla falls, and those who left are told that they may go home"
    assert [" ".join(one.split()) for one in split_text(f"{title}\n\n{wrapped}\n")] == [title, *[told] * 3]


def test_a_line_that_was_ended_by_hand_goes_on_before_a_small_letter() -> None:
    told = "It is recalling its Kids Berry Yoghurt 150 g because cups\nmay contain pieces."
    more = "No others are affected, and nobody has been hurt, as it says in its statement of today."
    assert split_text(f"Recall.\n\n{told}\n\n{more}\n") == ["Recall.", told, more]
    assert split_text(f"Recall.\n\n{told}\n\n{WIDE_LINE}\n") == ["Recall.", told, WIDE_LINE]


@pytest.mark.parametrize("amount", ["Rp 390 juta", "€ 40", "2,8 km", "214 families"])
def test_a_line_that_was_ended_by_hand_goes_on_before_an_amount(amount: str) -> None:
    told = f"By the engineers' reckoning the repair of the pipe will take\n{amount}."
    more = "The foundation pays a fifth of this, and asks the regency to find the rest of it before the rains."
    assert split_text(f"The pipe.\n\n{told} {more}\n") == ["The pipe.", told, more]


@pytest.mark.parametrize(
    "below",
    [
        pytest.param("e-mail: a@b.org, or come.", id="label"),
        pytest.param("www.orla.example", id="address"),
        pytest.param("ii. all of the harbour masters.", id="roman-item"),
        pytest.param("o Harbour masters came too.", id="bullet-of-word"),
        pytest.param("others      12.", id="columns"),
        pytest.param("harbour masters", id="no-sentences"),
    ],
)
def test_what_begins_anew_may_begin_with_a_small_letter(below: str) -> None:
    line = "They came from all of the offices of Orla that are near"
    assert split_text(f"Offices.\n\n{line}\n{below}\n\n{WIDE_LINE}") == ["Offices.", line, below, WIDE_LINE]


def test_lines_that_all_begin_with_small_letters_stay_apart() -> None:
    lines = ["the mayor has come to see the bridge that fell this morning", "people ask for boats."]
    assert split_text("Log.\n\n" + "\n".join([*lines, "", WIDE_LINE])) == ["Log.", *lines, WIDE_LINE]


def test_rows_with_blanks_between_their_cells_are_sentences() -> None:
    rows = [f"{name:24}{poor:>16}{rich:>16}" for name, poor, rich in (("Town", "Poor", "Rich"), ("Orla", "5", "7"))]
    assert split_text("Towns of it.\n\n" + "\n".join([*rows, *rows])) == ["Towns of it.", *rows, *rows]


def test_blanks_between_sentences_join_none() -> None:
    assert split_text("Was it open?   It was.   Nobody came.") == ["Was it open?", "It was.", "Nobody came."]
    assert split_markdown("It ended.\n   5 came.") == ["It ended.", "5 came."]


def test_rows_with_tabs_between_their_cells_are_sentences() -> None:
    rows = ["1.\tDr. Ir. Maya Lestari, M.Sc.\tKepala Dinas\tHadir", "2.\tJohn Bell Jr.\tChair\tHadir"]
    assert split_text("Daftar hadir.\n" + "\n".join(rows)) == ["Daftar hadir.", *rows]
    assert split_text("It is\tone.\tYes.\nIt rained. It ended.") == ["It is\tone.", "Yes.", "It rained.", "It ended."]
    assert split_text("Ana Lim.\tChair.\nBen Roe.\tClerk.") == ["Ana Lim.", "Chair.", "Ben Roe.", "Clerk."]
    text = "1\tA report\tThe dam broke. Nobody was hurt.\n2\tAnother\tIt rained here. It ended."
    assert len(split_text(text)) == 4


def test_the_day_of_a_signature_goes_with_its_place() -> None:
    signed = "Ditetapkan di Orla\npada tanggal 7 Maret 2025"
    assert split_text(f"Isinya satu.\n\n{signed}\n\nDITANDATANGANI") == ["Isinya satu.", signed, "DITANDATANGANI"]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["Name: Joe", "Age: 5", "City: Rome"], id="short-fields"),
        pytest.param([LONG_LINE, "", "Another paragraph"], id="an-empty-line-between"),
        pytest.param(["Milk, bread and tea", "Eggs", "", LONG_LINE], id="the-next-word-would-have-fitted"),
        pytest.param(["- milk and honey", "- eggs and bread", "- " + LONG_LINE], id="list"),
        pytest.param(["word " * 40 + "end", "Another line"], id="long-lines-are-not-wrapped"),
    ],
)
def test_lines_that_were_not_wrapped_stay_apart(lines: list[str]) -> None:
    assert split_text("Intro.\n" + "\n".join(lines)) == ["Intro.", *filter(None, lines)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Minutes of the board\nDate: 10 March\nPlace: Orla\n", ["Minutes of the board"], id="before-a-label"
        ),
        pytest.param('"We will pay," he said. "Nobody waits."\n\nHe left.\n', [], id="quotation-that-ends"),
        pytest.param("Banjir surut (ANTARA)\n\nAir turun.\n", ["Banjir surut (ANTARA)"], id="agency-in-brackets"),
        pytest.param('Mayor: "We will rebuild!"\n\nIt rained.\n', ['Mayor: "We will rebuild!"'], id="quoted-headline"),
        pytest.param("A title\n\nSome words.\n", ["A title"], id="before-an-empty-line"),
        pytest.param("A title\nSome words.\n", ["A title"], id="before-a-sentence"),
        pytest.param("\n \nA title\n\nSome words.\n", ["A title"], id="after-empty-lines"),
        pytest.param("It is a sentence.\n\nSome words.\n", [], id="a-sentence"),
        pytest.param("Name: Joe\nAge: 5\n", [], id="a-field"),
        pytest.param("some words\n\nSome more.\n", [], id="lower-case"),
        pytest.param("A title\n", [], id="nothing-after-it"),
        pytest.param("T" * 121 + "\n\nSome words.\n", [], id="too-long"),
        pytest.param("Some words.\n\nA title\n\nMore words.\n", [], id="only-the-first-line"),
    ],
)
def test_the_first_line_of_plain_text_may_be_its_heading(text: str, found: list[str]) -> None:
    assert headings(text, "a.txt") == found


# Markdown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("# One\n\nText.\n\n## Two ##\n", ["One", "Two"], id="atx"),
        pytest.param("One\nmore\n===\n\nText.\n\nTwo\n---\n", ["One\nmore", "Two"], id="setext"),
        pytest.param("Text.\n#No heading\n", [], id="no-blank"),
        pytest.param("> # Quoted\n> Text.\n", ["Quoted"], id="quoted"),
        pytest.param("# Dr. Lee. And Gen. Ali. Yes.\n", ["Dr. Lee. And Gen. Ali. Yes."], id="stays-whole"),
        pytest.param("# A heading  \nText.\n", ["A heading"], id="blanks-after-it"),
        pytest.param("    # code\n", [], id="code"),
    ],
)
def test_headings_are_marked(text: str, found: list[str]) -> None:
    assert headings(text, "a.md") == found


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("One line\ngoes on. And\nends.\n", ["One line\ngoes on.", "And\nends."], id="paragraph"),
        pytest.param("One.\n\nTwo.\n", ["One.", "Two."], id="paragraphs"),
        pytest.param("- milk\n* eggs\n+ tea\n", ["milk", "eggs", "tea"], id="list"),
        pytest.param("1. One. Two.\n2) Three\n", ["One.", "Two.", "Three"], id="numbered-list"),
        pytest.param("1. 1\n2. 22\n", ["1", "22"], id="list-of-numbers"),
        pytest.param("- a\n  - b\n\n    c\n", ["a", "b", "c"], id="nested-list"),
        pytest.param("- milk that is\n  white\n- tea\n", ["milk that is\n  white", "tea"], id="wrapped-item"),
        pytest.param("> Quoted words.\n> More.\n", ["Quoted words.", "More."], id="quote"),
        pytest.param("> Quoted words\n> go on.\n", ["Quoted words\n> go on."], id="wrapped-quote"),
        pytest.param("> > Deep\nlazy.\n", ["Deep\nlazy."], id="nested-quote"),
        pytest.param(
            "Jl. Sudirman 5  \nJakarta\\\nIndonesia\n", ["Jl. Sudirman 5", "Jakarta", "Indonesia"], id="hard-breaks"
        ),
        pytest.param("See ![a map](map.png). Then go.\n", ["See ![a map](map.png).", "Then go."], id="image"),
        pytest.param("In C:\\\n\nNext.\n", ["In C:\\", "Next."], id="backslash-at-the-end"),
        pytest.param("He left. > 5 came.\n", ["He left.", "> 5 came."], id="greater-than-sign"),
        pytest.param("One.\n\n---\n\nTwo.\n***\n", ["One.", "Two."], id="rules"),
        pytest.param("A *bold. Move* it.\n", ["A *bold.", "Move* it."], id="marks-stay"),
        pytest.param("See [it](http://a.b/c.d). Then go.\n", ["See [it](http://a.b/c.d).", "Then go."], id="link"),
        pytest.param(
            "```python\nprint(1). Go. Now.\n\n    x = 2\n```\nText.\n",
            ["print(1). Go. Now.", "x = 2", "Text."],
            id="fence",
        ),
        pytest.param("~~~\ncode\n~~~\n", ["code"], id="tilde-fence"),
        pytest.param("> ```python\n> code\n> ```\n", ["> code"], id="quoted-fence"),
        pytest.param("- ```python\n  code\n  ```\n", ["code"], id="fence-in-a-list"),
        pytest.param("Text.\n\n    code here. More.\n", ["Text.", "code here. More."], id="indented-code"),
        pytest.param("<div>\n<p>Some words.</p>\n</div>\n", ["<p>Some words.</p>"], id="html"),
        pytest.param("One.\n\n<!--\nInternal. Do not\n\npublish.\n-->\n\nTwo.\n", ["One.", "Two."], id="comment"),
        pytest.param("<!-- note -->Shown. Too.\n", ["Shown. Too."], id="after-a-comment"),
        pytest.param("One. <!-- It. Was. --> Two.\n", ["One.", "Two."], id="comment-of-sentences"),
        pytest.param("He <!-- Ana --> left.\n", ["He <!-- Ana --> left."], id="comment-in-a-sentence"),
        pytest.param("<style>\np { color: red }\n</style>\n\nOne.\n", ["One."], id="style"),
        pytest.param('<div\n  class="note">\nOne.\n</div>\n', ["One."], id="tag-over-lines"),
        pytest.param("[a]: http://example.org\n\nText.\n", ["Text."], id="address-of-a-link"),
    ],
)
def test_markdown_is_split_by_its_structure(text: str, sentences: list[str]) -> None:
    assert split_markdown(text) == sentences


@pytest.mark.parametrize("marks", ["a. b. c.", "a) b) c)", "– – –", "• • •"])
def test_items_of_a_list_that_is_none_in_markdown_are_sentences(marks: str) -> None:
    items = [f"{mark} {word}" for mark, word in zip(marks.split(), ("the first thing", "another", "more"), strict=True)]
    assert split_markdown("They are:\n" + "\n".join(items)) == ["They are:", *items]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("**How we checked**\nWe chose 40 entries.", ["**How we checked**", "We chose 40 entries."]),
        ("> **How we checked**\n> We chose 40.", ["**How we checked**", "We chose 40."]),
        ("**Article 2 – Duration.**\nIt lasts.", ["**Article 2 – Duration.**", "It lasts."]),
        ("**Note:**\nIt rained.", ["**Note:**\nIt rained."]),
        ("**The minister**\nsaid so.", ["**The minister**\nsaid so."]),
        ("**They flew to**\nOrla.", ["**They flew to**\nOrla."]),
    ],
)
def test_a_bold_line_above_a_text_is_none_of_its_sentences(text: str, sentences: list[str]) -> None:
    assert split_markdown(text) == sentences


@pytest.mark.parametrize("split_as", [split_text, split_markdown], ids=["text", "markdown"])
def test_lines_of_a_timeline_stay_apart(split_as: Callable[[str], list[str]]) -> None:
    lines = [
        "1904  He left for the academy of arts in Orla, where he learnt to paint",
        "1911 – He painted “Snow”, which hangs in Wick",
        "1921 A first show of his own, which many came to see in the old town hall",
    ]
    assert split_as("The painter\n\n" + "\n".join(lines))[1:] == lines


@pytest.mark.parametrize("split_as", [split_text, split_markdown], ids=["text", "markdown"])
@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [
                "08.00 – 09.15  Tausiah: KH. Abdul Ghofur, in the big hall on the hill,\nand below (Aula Utama)",
                "09.30 – 11.00  Lomba kaligrafi for all who are under twelve (Room 204)",
                "10.30 registration of all who come for the choir, and of guests (Room 101)",
            ],
            id="times",
        ),
        pytest.param(
            [
                "Saturday, 28 November: Harlow Rovers play Tolland in Rovers Park",
                "Sunday, 29 November: Eastry play Port Ansel on the island ground",
                "30 November – Wick Athletic play Milton Town in the town of Wick",
            ],
            id="days",
        ),
        pytest.param(
            [
                "15:00  Harlow Rovers v Tolland FC (Rovers Park, referee P. Hollis)",
                "17:30  Wick Athletic v Milton Town (Island Ground, referee K. Obi)",
                "Sunday 29 November",
                "14:00  Eastry United v Port Ansel City, which was put off (floods)",
            ],
            id="days-above-times",
        ),
    ],
)
def test_lines_of_a_programme_stay_apart(split_as: Callable[[str], list[str]], lines: list[str]) -> None:
    assert split_as("The programme\n\n" + "\n".join(lines))[1:] == lines


def test_times_and_days_at_the_beginning_of_lines_part_no_prose() -> None:
    for text in (
        "They met, as they had said that they would, in Wick at\n"
        "09.30 and, with others of the board of the port, at\n10.30.",
        "14 May saw the river rise to the bridge, where it was until\n16 May, when it fell.",
        "12.5 million people and more live there, of whom there are\n2.41 per cent in Wick.",
    ):
        assert split_text(f"A text.\n\n{text}\n") == ["A text.", text]
        assert split_markdown(text) == [text]


def test_years_at_the_beginning_of_lines_part_no_prose() -> None:
    for text in ("They met in\n2019 and again in\n2020 in Wick.", "They had\n2000 EUR, and others\n1500 EUR in all."):
        assert len(split_markdown(text)) == 1
    assert split_markdown("**\u00a0**\nText")[-1].endswith("Text")


def test_clauses_below_their_title_are_sentences() -> None:
    clauses = ["2.1 A visit takes place.", "2.2 All sign the list."]
    assert split_markdown("2. Site visit\n" + "\n".join(clauses)) == ["Site visit", *clauses]
    assert split_markdown("The rate was\n2.5 percent of all.") == ["The rate was\n2.5 percent of all."]
    assert split_markdown("The rate was\n2.1 Percent of all.") == ["The rate was\n2.1 Percent of all."]
    assert split_markdown("The rate was\n2.5 Percent of all.") == ["The rate was\n2.5 Percent of all."]


def test_dashes_and_letters_in_a_text_part_no_lines() -> None:
    for text in (
        "– and many agreed –\nthat the vote\n– held in May –\nwas lost.",
        "a. m. it rained\ni. e. it was wet.",
    ):
        assert len(split_markdown(text)) == 1


def test_lists_and_quotes_may_be_nested_deeply() -> None:
    outline = "\n".join(f"{'  ' * level}- level {level}" for level in range(40))
    assert split_markdown(outline) == [f"level {level}" for level in range(40)]
    assert split_markdown("> " * 40 + "Quoted.") == ["Quoted."]


@pytest.mark.parametrize("text", ["\u200b", "&nbsp;", "![](map.png)", "[](http://a.b/c)", "# ![](map.png)"])
def test_what_shows_nothing_is_no_sentence(text: str) -> None:
    assert split_markdown(f"One.\n\n{text}\n\nTwo.") == ["One.", "Two."]


def test_a_table_row_is_one_sentence() -> None:
    text = "| Name | Born |\n|------|------|\n| Dr. Lee. | 5 Jan. 1950. In Rome. |\n| Ali\\|Baba | 1951 |\n\nText.\n"
    assert split_markdown(text) == [
        "| Name | Born |",
        "| Dr. Lee. | 5 Jan. 1950. In Rome. |",
        "| Ali\\|Baba | 1951 |",
        "Text.",
    ]


def test_a_mark_of_a_list_is_not_taken_for_its_words() -> None:
    whole = document("1. 1\n", "a.md")
    body = whole.body
    assert sentences_of(whole) == [Sentence(body + 3, body + 4)]
