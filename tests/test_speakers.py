"""Who speaks in interviews and transcripts, and who only asks."""

import time

import pytest

from retrieval.documents.parsing import parse_document
from retrieval.text.speakers import Speakers
from retrieval.values import Document, Sentence
from tests.fakes import BuildSnapshot

INTERVIEW = """# The jar on the sill

Ana Lim has taught hydrology since 2011. We met her at home.

**Courier:** People talk about the jar. What is in it?

**Lim:** What is in it? The flood. I scooped it up on the steps.

I have never emptied it.

**Courier:** Is it true that the builders pay you?

**Lim:** No. They pay the faculty.

## The author

Ben Okoro writes for the Courier.
"""
TRANSCRIPT = """Date: 2 April 2025
Place: Selwick
JUDGE STOLE: Thank you. We heard 112 witnesses.
LENA FARROW (Halden Post): Did the police have the list?
COMMISSIONER VANCE: We had the same list as everyone else. I am ashamed of that.
JUDGE STOLE: It was never opened.
COMMISSIONER VANCE: I offered to resign.
"""


def parsed(text: str, name: str = "a.md") -> tuple[Document, dict[str, Sentence]]:
    found = parse_document(name, text.encode())
    assert found
    return found.document, {found.document.text[one.start : one.end]: one for one in found.sentences}


@pytest.mark.parametrize(
    ("sentence", "speaker", "above"),
    [
        ("Ana Lim has taught hydrology since 2011.", "", ""),
        ("**Lim:** What is in it?", "Lim", ""),
        ("The flood.", "Lim", "Lim"),
        ("I scooped it up on the steps.", "Lim", "Lim"),
        ("I have never emptied it.", "Lim", "Lim"),
        ("Ben Okoro writes for the Courier.", "", ""),
    ],
)
def test_a_turn_goes_on_to_the_next_label_or_heading(sentence: str, speaker: str, above: str) -> None:
    document, sentences = parsed(INTERVIEW)
    speakers = Speakers(document, sentences[sentence])
    assert (speakers.of(sentences[sentence]), speakers.before(sentences[sentence])) == (speaker, above)


def test_those_who_ask_others_are_told() -> None:
    document, sentences = parsed(INTERVIEW)
    asking = [text for text, one in sentences.items() if Speakers(document, one).asks(one)]
    assert asking == [
        "**Courier:** People talk about the jar.",
        "What is in it?",
        "**Courier:** Is it true that the builders pay you?",
    ]
    document, sentences = parsed(TRANSCRIPT, "a.txt")
    asking = [text for text, one in sentences.items() if Speakers(document, one).asks(one)]
    assert asking == ["LENA FARROW (Halden Post): Did the police have the list?"]


RECORD = """THE PRESIDENT: The meeting is open.

Ms. Solheim (Norway): We mourn the dead. We sent three ships.

Mr. Al-Rashid (United Arab Emirates) (spoke in Arabic; English text provided by the delegation): We shall send tents.

2. Mrs. Joan Adeyemi (Carrow South): To ask about the school meals.

The Secretary of State for Environment, Food and Rural Affairs (Mr. Philip St. John-Hale): They went up. They cost 4.

Ms. Solheim (Norway): We agree.

PERSONAL STATEMENT

I did wrong.

THE PRESIDENT: I thank you.

The meeting was suspended at noon.

Q. Who saw it?
"""


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("We sent three ships.", "Ms. Solheim (Norway)"),
        ("They cost 4.", ""),
        ("I did wrong.", ""),
        ("The meeting was suspended at noon.", ""),
        ("Q. Who saw it?", ""),
        ("2. Mrs. Joan Adeyemi (Carrow South): To ask about the school meals.", ""),
    ],
)
def test_what_another_says_whose_label_is_not_known_is_nobody_s(sentence: str, speaker: str) -> None:
    document, sentences = parsed(RECORD, "a.txt")
    assert Speakers(document, sentences[sentence]).of(sentences[sentence]) == speaker


def test_a_label_may_be_long_in_brackets() -> None:
    document, sentences = parsed(RECORD, "a.txt")
    [said] = [one for text, one in sentences.items() if text.endswith("We shall send tents.")]
    assert Speakers(document, said).of(said).startswith("Mr. Al-Rashid (United Arab Emirates) (spoke")


HEARING = """Mr. Tomas Wren (Leader of the Opposition): The auditors warned in 2023. Why was nothing done?

MINISTER OKAFOR: It was done.

Mr. Wren: It was not. I saw it.

MINISTER OKAFOR: We paid 5 million.

Ben Roe: Who saw it?

MINISTER OKAFOR: I did.

Ben Roe: When?

MINISTER OKAFOR: In May.
"""


def test_a_label_may_say_for_whom_somebody_asks() -> None:
    text = (
        "Dr Rook: Good morning.\n\nYusra Hamdi, The Northern Post: When does it arrive?\n\nDr Rook: On Monday.\n\n"
        "Lena Harcourt, Radio Orla: Where?\n\nDr Rook: In Wick.\n\nYusra Hamdi, The Northern Post: All of it?\n"
    )
    document, sentences = parsed(text)
    asked = sentences["Lena Harcourt, Radio Orla: Where?"]
    speakers = Speakers(document, asked)
    assert (speakers.of(asked), speakers.asks(asked)) == ("Lena Harcourt, Radio Orla", True)


def test_who_ends_one_of_several_speeches_with_a_question_is_no_interviewer() -> None:
    document, sentences = parsed(HEARING, "a.txt")
    asking = [text for text, one in sentences.items() if Speakers(document, one).asks(one)]
    assert asking == ["Ben Roe: Who saw it?", "Ben Roe: When?"]
    speakers = Speakers(document, sentences["I saw it."])
    assert speakers.named("tomas wren") == {"Mr. Tomas Wren (Leader of the Opposition)", "Mr. Wren"}


NOTES = """Ana Lim: Yes.

Ben Roe: It was late.

Note: the date was moved by us.

1. Water: it was too high. It rose.

A. The water was high.

The committee was against it.

NEVER AGAIN!

12 — 14

Ana Lim: No.

Ben Roe: Yes.

Ana Lim: Why?

Ben Roe: So.
"""


def test_what_one_speaker_lists_and_notes_is_still_theirs() -> None:
    document, sentences = parsed(NOTES, "a.txt")
    said = [text for text, one in sentences.items() if Speakers(document, one).of(one) == "Ben Roe"]
    assert said == [text for text in sentences if not text.startswith("Ana Lim:")]


def test_a_line_of_capitals_ends_a_turn_whatever_the_line_ends() -> None:
    document, sentences = parsed(RECORD.replace("\n", "\r\n"), "a.txt")
    assert Speakers(document, sentences["I did wrong."]).of(sentences["I did wrong."]) == ""


def test_speakers_that_differ_by_a_number_or_a_first_name_are_several() -> None:
    text = "{0} 1: When did it open?\n\n{0} 2: It opened in May.\n\n{0} 1: Who paid?\n\n{0} 2: We did.\n"
    for said in (text.format("Speaker"), text.format("X").replace("X 1", "Ana Lim").replace("X 2", "Ben Lim")):
        document, sentences = parsed(said, "a.txt")
        assert [Speakers(document, one).asks(one) for one in sentences.values()] == [True, False, True, False]


def test_labels_that_might_go_on_for_ever_are_read_at_once() -> None:
    names = "Ab Cd Ef Gh Ij Kl Mn Op Qr St Uv Wx Yz Ab Cd Ef\n" * 400
    document, sentences = parsed(f"ANA: yes.\n\nBEN: no.\n\nANA: yes.\n\nBEN: no.\n\n{names}", "a.txt")
    began = time.monotonic()
    Speakers(document, sentences["ANA: yes."])
    assert time.monotonic() - began < 1


def test_rows_of_tables_and_standards_are_said_by_nobody() -> None:
    rows = "Ket.: none; Price: 5\n\nItem: Polio; Price: 6\n\n" * 3
    standards = "Persyaratan: surat. Datang sendiri.\n\nBiaya: gratis. Tidak ada.\n\n" * 2
    for text in (rows, standards):
        document, sentences = parsed(text, "a.txt")
        assert {Speakers(document, one).of(one) for one in sentences.values()} == {""}


def test_what_is_said_may_look_like_a_row() -> None:
    text = "Ana Lim: Kami setuju; namun perlu dicatat: mahal.\n\nBen Roe: Ya.\n\nAna Lim: Baik.\n\nBen Roe: So.\n"
    document, sentences = parsed(text, "a.txt")
    assert Speakers(document, next(iter(sentences.values()))).of(next(iter(sentences.values()))) == "Ana Lim"


def test_a_message_of_somebody_without_a_name_is_not_of_whoever_wrote_before() -> None:
    lines = [
        "Ana Lim: Baik.",
        "Ben: Ya.",
        "+62 812-1555: Kami belum dapat.",
        "budi santoso: Jembatan putus.",
        "Ana Lim: Oh.",
        "Ben: So.",
    ]
    text = "".join(f"{n:02}/11/26 07.21 - {line}\n" for n, line in enumerate(lines, start=1))
    document, sentences = parsed(text, "a.txt")
    said = {text.partition(" - ")[2]: Speakers(document, one).of(one) for text, one in sentences.items()}
    assert said["Ana Lim: Baik."] == "Ana Lim"
    assert [said[one] for one in lines[2:4]] == ["", ""]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[12/11/26, 8:22:10 AM] {0}\n[12/11/26, 8:23:11 AM] {1}\n", id="chat"),
        pytest.param("12/11/26 08.22 - {0}\n12/11/26 08.23 - {1}\n", id="chat-without-brackets"),
        pytest.param("[00:41] {0}\n\n[01:12:20] {1}\n\n", id="recording"),
    ],
)
def test_a_label_may_stand_behind_the_time(text: str) -> None:
    lines = [
        text.format(f"Ana Lim: It is {what}. Gate {n} is shut.", "Ben: Yes.") for n, what in enumerate(("wet", "dry"))
    ]
    document, sentences = parsed("".join(lines), "a.txt")
    assert Speakers(document, sentences["Gate 1 is shut."]).before(sentences["Gate 1 is shut."]) == "Ana Lim"


def test_a_label_with_brackets_may_stand_on_a_line_of_its_own() -> None:
    chair, member = "KETUA RAPAT (Drs. H. AHMAD, M.Si./F-PKB):\nKita mulai.", "ANGGOTA (Ani/F-PKS):\nSaya setuju."
    document, sentences = parsed(f"{chair}\n\n{member}\n\n{chair}\n\n{member} Biayanya 5.\n", "a.txt")
    assert Speakers(document, sentences["Biayanya 5."]).of(sentences["Biayanya 5."]) == "ANGGOTA (Ani/F-PKS)"


@pytest.mark.parametrize("text", ["THE CHAIR:\n{}\n\nMS ROE:\n{}\n\n", "**Ana Lim:**\n\n{}\n\n**Ben Roe:**\n\n{}\n\n"])
def test_a_label_of_a_person_may_stand_on_a_line_of_its_own(text: str) -> None:
    turns = text.format("It is wet.", "It is dry.") + text.format("Gate 1 is shut. It leaks.", "Yes.")
    document, sentences = parsed(f"Ana Lim met Ben Roe.\n\n{turns}", "a.md" if "*" in text else "a.txt")
    speakers = Speakers(document, sentences["It leaks."])
    assert speakers.before(sentences["It leaks."]) == turns.partition(":")[0].strip("*")


def test_one_who_stands_with_and_without_brackets_speaks_twice() -> None:
    turns = (
        "CHAIR (Ana Lim): We begin.\n\nMR ROE: It rains.\n\nMS SULE (Greens): Why? It is late.\n\nMR ROE: It does.\n\n"
    )
    document, sentences = parsed(turns + "CHAIR: Thank you. We meet on 7 July.\n\nMS SULE: I object.\n", "a.txt")
    assert Speakers(document, sentences["We meet on 7 July."]).before(sentences["We meet on 7 July."]) == "CHAIR"


def test_delegations_may_speak_once_each_with_their_place_in_brackets() -> None:
    chair = "THE CHAIR (Ms Lim): I give the floor to {}.\n\n"
    orr, beck = "MR ORR (Velmora): We are few. We stay.\n\n", "MS BECK (Isle of Tern): Our ships are small. We go.\n\n"
    document, sentences = parsed(chair.format("Velmora") + orr + chair.format("the Isle of Tern") + beck, "a.txt")
    speakers = Speakers(document, sentences["We stay."])
    assert [speakers.of(sentences[one]) for one in ("We stay.", "We go.")] == [
        "MR ORR (Velmora)",
        "MS BECK (Isle of Tern)",
    ]


def test_very_many_labels_are_a_list() -> None:
    began = time.monotonic()
    lines = "".join(f"Q{chr(97 + n // 26)}{chr(97 + n % 26)} Lim:\nIt rains.\n\n" for n in range(676)) * 2
    document = Document("a.txt", "T", lines)
    assert Speakers(document, Sentence(0, 5)).of(Sentence(0, 5)) == ""
    assert time.monotonic() - began < 1


def test_labels_on_lines_of_their_own_are_looked_for_once() -> None:
    began = time.monotonic()
    text = "".join(f"Ana Lim:\nGate {number} leaks.\n\nBen Roe:\nThe road is dry.\n\n" for number in range(400))
    document, sentences = parsed(text, "a.txt")
    assert {Speakers(document, one).of(one) for one in list(sentences.values())[:50]} == {""}
    assert time.monotonic() - began < 5


def test_a_subject_above_the_next_turn_is_said_by_nobody(snapshot_of: BuildSnapshot) -> None:
    record = (
        "Official record\n\nMs LIND: When will they go home?\n\nMr BRAY: In May, when the water has gone.\n\n"
        "Ms LIND: Will he pay?\n\nMr BRAY: We have offered two million.\n\nWarning sirens\n\n"
        "Mr COLE: How many of the sirens have batteries?\n\nMs HART: Of 58 sirens, nine have batteries.\n"
    )
    [answer] = snapshot_of({"a.txt": record}).answer(["what did mr bray say about the sirens?"])
    assert not answer.found


def test_a_label_within_a_line_ends_a_turn() -> None:
    turn = "ANA LIM (CHAIR): It is wet. {} BEN ROE: It is dry. Very dry.\n\nANA LIM: So.\n\nBEN ROE: Yes.\n\n"
    document, sentences = parsed(turn.format("We wait.") + turn.format("We go."), "a.txt")
    speakers = Speakers(document, sentences["We wait."])
    assert [speakers.of(sentences[one]) for one in ("We wait.", "Very dry.")] == ["ANA LIM (CHAIR)", ""]


def test_labels_that_say_only_question_and_answer_name_nobody() -> None:
    document, sentences = parsed(
        "Q: It cost 840 million.\n\nA: It did. Now it is more.\n\nQ: Why?\n\nA: Stone.\n", "a.txt"
    )
    asked, said = sentences["Q: It cost 840 million."], sentences["Now it is more."]
    assert Speakers(document, asked).asks(asked)
    assert not Speakers(document, said).asks(said)
    assert Speakers(document, said).before(said) == ""


def test_the_others_are_told_where_somebody_speaks_several_times() -> None:
    document, sentences = parsed(TRANSCRIPT, "a.txt")
    speakers = Speakers(document, sentences["I am ashamed of that."])
    assert speakers.besides("commissioner vance") == {"JUDGE STOLE", "LENA FARROW (Halden Post)"}
    assert speakers.besides("lena farrow") == set()  # she may have another label: "LF"
    assert speakers.besides("the mayor") == set()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Date: 16 January\nPlace: Wick\nChair: Ana Lim. She began at nine.\n", id="head"),
        pytest.param("He said: yes. Then he left.\n\nNote: it rained.\n", id="once"),
        pytest.param("Needs: Tents.\n\nThey sleep outside.\n\nResponse: IOM came.\n\nIt left.\n\n" * 2, id="report"),
        pytest.param("The council met. Nobody spoke.\n", id="prose"),
        pytest.param('Lim said: "A."\n\nIt costs 4.\n\nRoe said: "B."\n\n' * 2, id="news"),
        pytest.param("Baca juga: Kenapa ditutup?\n\nBiaya 4 juta.\n\nFoto: Ani\n\nDua sakit.\n\n" * 2, id="site"),
        pytest.param("From: Ana\nTo: Ben\nSubject: Dam\n\nCan you come? It opens at 9.\n\n" * 2, id="mails"),
        pytest.param("Findings:\nIt leaks. It is old.\n\nMeasures:\nRepair it. Soon.\n\n" * 2, id="lists"),
        pytest.param("Key Findings:\nIt leaks.\n\nNext Steps:\nRepair it. Soon.\n\n" * 2, id="longer-lists"),
        pytest.param("Myth: It is safe?\n\nFact: It is not. It took years.\n\n" * 2, id="myths"),
        pytest.param("Lim: We left.\n\n" + "It rained.\n\n" * 9 + "Roe: No.\n\nLim: Yes.\n\nRoe: No.\n", id="few"),
    ],
)
def test_other_labelled_lines_are_no_turns(text: str) -> None:
    document, sentences = parsed(text, "a.txt")
    told = [(Speakers(document, one).of(one), Speakers(document, one).asks(one)) for one in sentences.values()]
    assert set(told) == {("", False)}


def test_the_line_after_the_last_turn_is_not_said_by_anybody_where_turns_are_lines() -> None:
    document, sentences = parsed(TRANSCRIPT + "The hearing closed at four.\n", "a.txt")
    closed = sentences["The hearing closed at four."]
    assert Speakers(document, closed).of(closed) == ""
    resigned = sentences["COMMISSIONER VANCE: I offered to resign."]
    assert Speakers(document, resigned).of(resigned) == "COMMISSIONER VANCE"


def test_a_title_with_a_label_is_no_turn() -> None:
    document, sentences = parsed("Transcript: A press conference\nWick, 4 May\n\n" + TRANSCRIPT, "a.txt")
    assert Speakers(document, sentences["Wick, 4 May"]).of(sentences["Wick, 4 May"]) == ""
    resigned = sentences["COMMISSIONER VANCE: I offered to resign."]
    assert Speakers(document, resigned).of(resigned) == "COMMISSIONER VANCE"


def test_who_opens_and_says_nothing_more_is_told() -> None:
    document, sentences = parsed("Chair: Good morning. The dam was built in 1970.\n\n" + TRANSCRIPT, "a.txt")
    built = sentences["The dam was built in 1970."]
    assert Speakers(document, built).of(built) == "Chair"


def test_what_comes_after_the_last_turn_is_not_said_by_anybody() -> None:
    turns = "Lim: We left.\n\nRoe: No.\n\nLim: We did.\n\nRoe: Did you? I stayed.\n\n"
    document, sentences = parsed(turns + "The bridge was closed.\n", "a.txt")
    assert Speakers(document, sentences["I stayed."]).before(sentences["I stayed."]) == "Roe"
    after = sentences["The bridge was closed."]
    assert Speakers(document, after).of(after) == ""


def test_long_runs_of_blanks_take_no_time() -> None:
    document = Document("a.txt", "A", ("A" + " " * 3_000 + "x\n") * 10)
    began = time.perf_counter()
    Speakers(document, Sentence(0, 1))
    assert time.perf_counter() - began < 1.0


PLENARY = """RISALAH RAPAT PARIPURNA
DPRD KABUPATEN ORLA

KETUA RAPAT (ASEP):
Rapat dibuka pukul 10.00.

FRAKSI KARYA (DEDI):
Kami menolak kenaikan tarif parkir karena memberatkan warga.

FRAKSI BANGSA (RINA):
Kami menyetujui kenaikan tarif parkir.

KETUA RAPAT (ASEP):
Terima kasih. Rapat ditutup.
"""


def test_in_a_record_those_with_a_title_and_a_name_may_speak_once(snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.txt": PLENARY}).answer(["siapa yang menolak kenaikan tarif parkir?"])
    assert answer.citations[0].sentence == "Kami menolak kenaikan tarif parkir karena memberatkan warga."
    assert answer.citations[0].speaker == "FRAKSI KARYA (DEDI)"


CONFERENCE = """Bo Larsen (Daily Ledger): What blocks the third gate?

Lim: A barge. It sank in the storm.

Mia Conti (Reuters): When will it be raised?

Lim: In May. The crane is broken.
"""


@pytest.mark.parametrize("asker", ["Bo Larsen (Daily Ledger)", "Question (Bo Larsen, Daily Ledger)"])
def test_journalists_may_ask_once_each(asker: str) -> None:
    document, sentences = parsed(CONFERENCE.replace("Bo Larsen (Daily Ledger)", asker), "a.txt")
    assert Speakers(document, sentences["It sank in the storm."]).of(sentences["It sank in the storm."]) == "Lim"
    asking = [text for text, one in sentences.items() if Speakers(document, one).asks(one)]
    assert [text.partition(":")[0] for text in asking] == [asker, "Mia Conti (Reuters)"]


MINUTES = """# Council

Apologies: Cr B. Renshaw

In attendance: G. Follett

Nothing was declared.

{0}Moved: Cr Imrie
Seconded: Cr Boyce
That the park be closed.
For: Abernathy, Boyce (2)
Details: It is to be closed in May.
CARRIED

{0}Moved: Cr Osei
Seconded: Cr Quill
That fees be waived. The Director agreed.
For: Boyce (1)
Details: They are waived until June.
LOST
"""
FACTS = """Retail bond

Coupon: 6.15% per year, fixed
Minimum order: 1 million
Issuer: The bank, which is old. It pays.
Tenor: 3 years

Q: Can I sell it? I may have to.
A: Yes. There is a market.

Q: Is it taxed?
A: Yes.
"""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(MINUTES.format(""), "Nothing was declared.", id="minutes"),
        pytest.param(MINUTES.format("## A motion\n\n"), "The Director agreed.", id="minutes-with-headings"),
        pytest.param(MINUTES.format(""), "Details: They are waived until June.", id="beside-fields"),
        pytest.param(FACTS, "It pays.", id="fact-sheet-above-questions"),
        pytest.param("Speakers: Ana Lim, Ben Roe\n\nIt is noon.\n\n" + CONFERENCE, "It is noon.", id="once"),
    ],
)
def test_labels_before_values_are_no_speakers(text: str, sentence: str) -> None:
    document, sentences = parsed(text)
    said = {one: Speakers(document, place).of(place) for one, place in sentences.items()}
    assert said.get(sentence, "") == ""
    assert not {"Moved", "Seconded", "For", "Details", "Coupon", "Issuer", "Speakers"} & set(said.values())


def test_a_letter_says_nothing_to_whom_it_is_written() -> None:
    letters = "DEAR ABBY: He is mean. I am sad.\n\nDEAR SAD: Buy it.\n\nDEAR ABBY: She left.\n\nDEAR LEFT: Good.\n"
    document, sentences = parsed(letters, "a.txt")
    assert {Speakers(document, one).of(one) for one in sentences.values()} == {""}


@pytest.mark.parametrize("break_", ["\n", "\n\n"])
def test_in_a_record_those_in_capitals_may_speak_once(break_: str) -> None:
    turns = ["REYLE: It rained. Two are missing.", "DARTRY: It is dry. We wait.", "OKORO: I thank you.", "REYLE: So."]
    document, sentences = parsed(f"Flood\n\n{break_.join(turns)}\n", "a.txt")
    said = {text: Speakers(document, one).of(one) for text, one in sentences.items()}
    assert [said[one] for one in ("Two are missing.", "We wait.", "OKORO: I thank you.")] == [
        "REYLE",
        "DARTRY",
        "OKORO",
    ]


def test_what_is_said_need_not_end_as_a_sentence_in_every_place() -> None:
    text = "Ana Lim: Yes\n\nBen Roe: It was late. We left.\n\nAna Lim: It rained.\n\nBen Roe: No\n"
    document, sentences = parsed(text, "a.txt")
    said = [Speakers(document, one).of(one) for one in sentences.values()]
    assert said == ["Ana Lim", "Ben Roe", "Ben Roe", "Ana Lim", "Ben Roe"]


def test_a_title_tells_people_of_one_surname_apart() -> None:
    turns = "MR OKAFOR: I went. I paid.\n\nMRS OKAFOR: He was ill.\n\n" * 2
    document, sentences = parsed(turns, "a.txt")
    speakers = Speakers(document, sentences["I paid."])
    assert [speakers.named(one) for one in ("mr okafor", "mrs okafor")] == [{"MR OKAFOR"}, {"MRS OKAFOR"}]
    assert speakers.besides("mr okafor") == {"MRS OKAFOR"}


@pytest.mark.parametrize("repeated", [" ", "Ana: x\n", "Moved: Cr Lim\n", "Moved: Cr Lim who is\nx\n", "ANA: Yes.\n"])
def test_many_labels_take_no_time(repeated: str) -> None:
    document = Document("a.txt", "T", "ANA: x\nBEN: y\n" * 2 + repeated * (40_000 // len(repeated)))
    began = time.monotonic()
    Speakers(document, Sentence(0, 5))
    assert time.monotonic() - began < 2
