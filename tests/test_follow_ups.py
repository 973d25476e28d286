"""What a question may stand for after another one."""

import time
from dataclasses import replace

import pytest

from retrieval.errors import ManyQuestionsError
from retrieval.questions.follow_ups import leans_on_before, variants
from retrieval.questions.in_place import names_of
from retrieval.questions.report_steps import Step
from retrieval.questions.several import questions_in
from retrieval.questions.to_the_bot import is_courtesy
from retrieval.questions.variant import Variant
from retrieval.values import Turn

LIBRARY = Turn("Who started the Lantern Library?", "Amara Quill", "The Lantern Library")
BREAKWATER = Turn("How much will the new breakwater in Orla cost in 2024?", "9.6 million crowns", "The plan")
MORE = ["Tell me more", "tell me more!", "Any more?", "And then?", "lalu", "Lagi?", "ada lagi?", "Are there others?"]
FOUNDED = Turn("Bali Process didirikan tahun berapa?", "2002", "Bali Process")
INTRODUCED = replace(LIBRARY, question="I write for a paper. Who started the Lantern Library?")
DATED = replace(LIBRARY, answer="2014", earlier=("Amara Quill",))
PHASE = Turn("What did phase 1 cost in 2021?", "nothing", "The plan")
IRAN = Turn("Who is the minister of Iran and who met Iranians?", "nobody")
BALI = Turn("Who founded the Bali Process?", "nobody", "Bali Process")
MINISTER = Turn("who is the minister of indonesia?", "Retno Marsudi", "Ministers")
SEAT = Turn("Where does UNHCR have its headquarters?", "Geneva", "UNHCR")
ROE = Turn("who is bo roe?", "The leader", "Bridge opens", cited="The leader, Bo Roe, criticised the cost.")
REGENT = Turn("siapa bupati orla?", "Endang Purwati", "Surat", cited="Ibu Endang Purwati")
MARSUDI = Turn("Siapa yang memimpin pertemuan di Paris?", "Retno Marsudi", "Pertemuan para menteri luar negeri")


def texts(question: str, before: Turn | None) -> list[str]:
    return [variant.text for variant in variants(question, before)]


@pytest.mark.parametrize(
    "question",
    [
        "Who started the Lantern Library?",
        "When did Amara Quill start the library and what did she read?",
        "What does the Velmora Relief Agency give to its helpers?",
        "Which countries took part in the meeting of the steering group that was held in the capital?",
    ],
)
def test_a_question_that_names_what_it_is_about_stands_alone(question: str) -> None:
    assert variants(question, LIBRARY) == [Variant(question, alone=True)]


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "Thanks!",
        "thank you",
        "great, thanks",
        "👍",
        "hello",
        "good morning",
        "yes",
        "no",
        "…",
        "Thank you very much!",
        "Thanks a lot",
        "thanks for your help",
        "thx",
        "got it, thanks",
        "noted",
        "Terima kasih banyak!",
        "Terima kasih atas bantuannya",
        "Halo kak",
        "Selamat siang, Pak",
        "Assalamualaikum",
        "sama-sama",
        "oke siap",
        "sip",
        "maaf",
        "mantap",
    ],
)
def test_a_kind_word_asks_nothing(text: str) -> None:
    assert is_courtesy(text)
    assert variants(text, LIBRARY) == [Variant(text, alone=True)]


@pytest.mark.parametrize(
    "text",
    [
        "Did it happen?",
        "Was it good?",
        "Is that right?",
        "Are there any?",
        "why?",
        "who else?",
        "Bali Process",
        "ok, and when?",
        "is she old?",
        "lalu kapan?",
        "exactly when",
        "thanks, and where?",
        "?",
        *MORE,
    ],
)
def test_a_short_question_is_more_than_a_kind_word(text: str) -> None:
    assert not is_courtesy(text)


@pytest.mark.parametrize("text", MORE)
def test_who_only_wants_more_asks_the_question_once_more(text: str) -> None:
    assert variants(text, LIBRARY) == [Variant(LIBRARY.question, new=True)]


@pytest.mark.parametrize(
    "question",
    [
        "Who else is a member of the Bali Process?",
        "Define BPMC",
        "Great Barrier Reef size?",
        "Kalau pasar Lembayung yang baru di kota itu, kapan dibuka kembali?",
        "What more recent report did the Maritime Safety Board publish on the harbour?",
    ],
)
def test_a_whole_question_is_read_as_it_stands_first(question: str) -> None:
    assert variants(question, LIBRARY)[0].text == question


def test_what_nobody_would_ask_is_not_made_up() -> None:
    long = Turn("Ab " * 600, "Ab " * 600, "Ab " * 600)
    for question in ("and when?", "he " * 600, "what about " + "Cd " * 600):
        assert all(len(one.text) <= 2_000 for one in variants(question, long))


@pytest.mark.parametrize("question", ["When?", "And when?", "How old is she?", "what about Thailand?", "who else?"])
def test_a_first_question_stands_alone(question: str) -> None:
    assert variants(question, None) == [Variant(question, alone=True)]


@pytest.mark.parametrize(
    ("question", "before", "meant"),
    [
        pytest.param("And when?", LIBRARY, "when started the Lantern Library?", id="ellipsis"),
        pytest.param("ok thanks, and in which year exactly", LIBRARY, "in which year exactly started", id="politely"),
        pytest.param("why?", LIBRARY, "why Amara Quill started the Lantern Library?", id="why"),
        pytest.param("How old is she?", LIBRARY, "How old is Amara Quill?", id="pronoun"),
        pytest.param("Who met her in Oslo?", LIBRARY, "Who met Amara Quill in Oslo?", id="her"),
        pytest.param("Who met her brother?", LIBRARY, "Who met Amara Quill's brother?", id="her-own"),
        pytest.param("where is her house", LIBRARY, "where is Amara Quill's house", id="possessive"),
        pytest.param("who pays for it?", LIBRARY, "who pays for The Lantern Library?", id="thing"),
        pytest.param("any books?", LIBRARY, "any books, The Lantern Library?", id="short"),
        pytest.param("What about the Harbour School?", LIBRARY, "Who started the Harbour School?", id="name"),
        pytest.param("And the ILO?", SEAT, "Where does the ILO have its headquarters?", id="name-with-an-article"),
        pytest.param("and in 2025?", BREAKWATER, "How much will the new breakwater in Orla cost in 2025?", id="year"),
        pytest.param("and the footbridge?", BREAKWATER, "How much will the footbridge in Orla cost", id="thing-for"),
        pytest.param("di mana dia lahir?", MARSUDI, "di mana Retno Marsudi lahir?", id="indonesian-pronoun"),
        pytest.param("Istrinya siapa?", MARSUDI, "Istri Retno Marsudi siapa?", id="capital-of-a-suffixed-word"),
        pytest.param("siapa istrinya?", MARSUDI, "siapa istri Retno Marsudi?", id="indonesian-suffix"),
        pytest.param("lalu kapan?", MARSUDI, "kapan yang memimpin pertemuan di Paris?", id="indonesian-ellipsis"),
        pytest.param("oleh siapa?", FOUNDED, "oleh siapa Bali Process didirikan?", id="question-word-at-the-end"),
        pytest.param("and was she famous", LIBRARY, "was Amara Quill famous", id="verb-first"),
        pytest.param("Did she lead it?", LIBRARY, "Did Amara Quill lead it?", id="capital"),
        pytest.param("Is she old?", LIBRARY, "Is Amara Quill old?", id="capital-of-a-verb"),
        pytest.param("Oleh siapa?", MARSUDI, "Oleh siapa yang memimpin pertemuan di Paris?", id="by-whom"),
        pytest.param("dan dengan siapa?", MARSUDI, "dengan siapa yang memimpin", id="with-whom"),
        pytest.param("Could you tell me when?", LIBRARY, "when started the Lantern Library?", id="could-you"),
        pytest.param("bagaimana dengan Jakarta?", MARSUDI, "Siapa yang memimpin pertemuan di Jakarta?", id="kalau"),
        pytest.param("Sorry, when?", LIBRARY, "when started the Lantern Library?", id="sorry"),
        pytest.param(
            "When and where?", LIBRARY, "When and where started the Lantern Library?", id="two-question-words"
        ),
        pytest.param("What else did she do?", LIBRARY, "What did Amara Quill do", id="pronoun-and-else"),
        pytest.param("and her husband?", LIBRARY, "Amara Quill's husband?", id="whose"),
        pytest.param("dan istrinya?", MARSUDI, "istri Retno Marsudi?", id="indonesian-whose"),
        pytest.param("And when?", INTRODUCED, "when started the Lantern Library?", id="introduced"),
        pytest.param("How old is she?", DATED, "How old is Amara Quill?", id="whom-an-earlier-answer-names"),
        pytest.param("and phase 2?", PHASE, "What did phase 2 cost in 2021?", id="number-of-a-word"),
        pytest.param("what about Iraq?", IRAN, "Who is the minister of Iraq and who met Iranians?", id="whole-words"),
        pytest.param("what about the Quad?", BALI, "Who founded the Quad?", id="one-article"),
        pytest.param("what about australia?", MINISTER, "who is the minister of australia?", id="small-letters"),
        pytest.param("what did he say?", ROE, "what did bo roe say?", id="whom-small-letters-name"),
        pytest.param("kalau wakilnya?", REGENT, "siapa wakil bupati orla?", id="whose-office"),
        pytest.param("apa katanya?", MARSUDI, "apa kata Retno Marsudi?", id="whose-words"),
        pytest.param("menurutnya bagaimana?", MARSUDI, "menurut Retno Marsudi bagaimana?", id="in-whose-view"),
    ],
)
def test_a_question_may_go_on_from_the_one_before(question: str, before: Turn, meant: str) -> None:
    found = texts(question, before)
    assert any(text.startswith(meant) for text in found), found


def test_a_pronoun_in_a_quotation_is_not_whom_the_question_means() -> None:
    assert not leans_on_before('who said "he was holding on to a tree"?')
    assert leans_on_before("when did he say so?")


@pytest.mark.parametrize("question", ["who else?", "and anyone else?", "siapa lagi?", "others?"])
def test_who_asks_for_more_asks_for_what_was_not_said(question: str) -> None:
    found = variants(question, LIBRARY)
    assert all(variant.new for variant in found)
    assert "Who started the Lantern Library?" in [variant.text for variant in found]


@pytest.mark.parametrize("question", ["And when?", "who else?", "what about Thailand?", "How old is she?"])
def test_what_says_nothing_by_itself_is_not_read_alone(question: str) -> None:
    assert not any(variant.alone for variant in variants(question, LIBRARY))


@pytest.mark.parametrize(
    ("question", "doubtful"),
    [
        ("Was there a dinner?", True),
        ("Are there fees?", True),
        ("Will there be a fee?", True),
        ("Who works there?", False),
        ("Does that cost a fee?", False),
    ],
)
def test_a_there_that_stands_for_no_place_does_not_go_on_from_before(question: str, doubtful: bool) -> None:
    first, *others = variants(question, LIBRARY)
    assert first.alone
    assert {one.doubtful for one in others} == {doubtful}


@pytest.mark.parametrize(
    ("question", "here"),
    [
        ("Are there fees?", True),
        ("Did she write a book?", True),
        ("what about the fees?", True),
        ("Deaths?", True),
        ("Korban luka?", True),
        ("mulai kapan?", False),
        ("kata siapa?", False),
        ("USA?", False),
        ("And when?", False),
        ("who else?", False),
        ("Who founded the Bali Process in the end?", False),
    ],
)
def test_what_may_go_on_is_looked_for_in_the_document_before(question: str, here: bool) -> None:
    assert [one.text for one in variants(question, replace(LIBRARY, key="key")) if one.here] == [question] * here
    assert not any(one.here for one in variants(question, LIBRARY))


def test_who_speaks_takes_the_place_of_another_speaker() -> None:
    before = Turn("what does the army say about the hills?", "they are safe", "Hills")
    assert "what does the rights office say about the hills?" in texts("and the rights office?", before)


def test_a_place_in_the_place_of_another_is_not_asked_of_the_title() -> None:
    before = Turn("price of rice in wick?", "520", "Survey")
    assert texts("and in orla?", before) == ["price of rice in orla?"]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("who said that?", "who said: It was no foul."),
        ("And who exactly claimed this", "who said: It was no foul."),
        ("siapa yang menyatakan itu?", "siapa yang mengatakan: It was no foul."),
        ("siapa yg blg gitu?", "siapa yang mengatakan: It was no foul."),
        ("siapa yang mengatakannya?", "siapa yang mengatakan: It was no foul."),
        ("itu kata siapa?", "siapa yang mengatakan: It was no foul."),
        ("menurut siapa itu", "siapa yang mengatakan: It was no foul."),
        ("yang ngomong siapa?", "siapa yang mengatakan: It was no foul."),
    ],
)
def test_who_said_that_is_asked_of_what_was_cited(question: str, meant: str) -> None:
    before = replace(LIBRARY, cited="It was no foul.")
    assert texts(question, before) == [meant]
    assert meant not in texts(question, LIBRARY)
    assert meant not in texts("who said that the ball was out?", before)


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("Food inflation in November 2025?", "And in December?", "Food inflation in December 2025?"),
        ("food nov 2025", "dec 2025?", "food dec 2025?"),
        ("berapa kerugian bulan Januari 2026?", "Februari?", "berapa kerugian bulan Februari 2026?"),
        ("house prices last year", "in 2024?", "house prices 2024?"),
        ("berapa panen tahun lalu?", "dan 2023?", "berapa panen 2023?"),
        ("berapa dapur yang ditutup di 2025?", "tahun 2024?", "berapa dapur yang ditutup di tahun 2024?"),
        ("how many shops closed in 2025?", "2024?", "how many shops closed in 2024?"),
        ("missing in Wick in April?", "and in may?", "missing in Wick in may?"),
        ("missing in Wick in April?", "may?", "missing in Wick in may?"),
    ],
)
def test_a_month_or_a_year_takes_the_place_of_its_like(before: str, question: str, meant: str) -> None:
    assert meant in texts(question, Turn(before))


def test_may_is_no_month_before_who_may() -> None:
    assert not any("june they" in text for text in texts("And june?", Turn("When may they come?")))


@pytest.mark.parametrize("question", ["siapa yang menyampaikan?", "siapa yang menyampaikannya?", "siapa menyatakan?"])
def test_who_brought_something_forward_is_not_asked_of_what_was_cited(question: str) -> None:
    assert not any("It was no foul." in text for text in texts(question, replace(LIBRARY, cited="It was no foul.")))


def test_a_name_without_capitals_takes_the_place_of_as_many_words() -> None:
    before = Turn("email of siti rahmawati", "siti@orla.example", "Contacts")
    assert texts("what about budi hartono?", before)[0] == "email of budi hartono?"
    assert texts("what about budi?", before)[0] == "email of siti budi?"


@pytest.mark.parametrize(
    "lead", ["compared with", "vs", "vs.", "versus", "than in", "dibanding", "dibandingkan dengan"]
)
def test_what_is_compared_with_takes_the_place_of_another(lead: str) -> None:
    before = Turn("What was the profit of Orla in 2026?", "91", "Results")
    assert "What was the profit of Orla in 2025?" in texts(f"{lead} 2025?", before)


def test_many_numbers_are_told_to_be_no_name_at_once() -> None:
    began = time.monotonic()
    texts("who is he?", Turn(f"what happened on May {'1.' * 40}1 Bob", "May " + "1," * 40 + "1 Bob"))
    assert time.monotonic() - began < 1


def test_a_day_of_the_answer_is_no_name() -> None:
    before = Turn("rapat kapan?", "Kamis, 12 November 2026", "Undangan")
    assert not any("Kamis" in text or "November" in text for text in texts("tempatnya di mana?", before))


def test_a_bare_word_takes_the_place_of_another_as_a_phrase_does() -> None:
    before = Turn("berapa tarif vaksin HPV?", "810.000", "Tarif")
    assert "berapa tarif vaksin influenza?" in texts("influenza?", before)


def test_nya_may_be_written_apart() -> None:
    found = texts("alamat nya di mana?", Turn("siapa kepala dinas?", "Ana Lim", "Dinas"))
    assert "alamat Ana Lim di mana?" in found
    assert "alamat nya Ana Lim di mana?" not in found


@pytest.mark.parametrize(
    "question", ["compared with which year?", "Than Shwe ruled until when?", "vs 2025, was it high?"]
)
def test_what_asks_by_itself_is_compared_with_nothing(question: str) -> None:
    before = Turn("What was the profit of Orla in 2026?", "91", "Results")
    assert not any("profit" in text for text in texts(question, before))


def test_a_long_sentence_is_not_asked_for_again() -> None:
    assert len(texts("who said that?", replace(LIBRARY, cited="Long. " * 100))) > 1


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("how many voted for the bill?", "and against?", ["how many voted against the bill?"]),
        ("how many voted for aid for Orla?", "and against?", ["how many voted against aid for Orla?"]),
        ("how many members voted against it?", "and abstained?", ["how many members voted abstained it?"]),
        ("berapa suara yang setuju?", "yang menolak?", ["berapa suara yang menolak?"]),
        ("who cares for the bill?", "and against?", None),
    ],
)
def test_for_and_against_take_the_place_of_each_other(before: str, question: str, meant: list[str] | None) -> None:
    found = texts(question, Turn(before, "nobody", "The bill"))
    assert found == meant if meant else "who cares against the bill?" not in found


@pytest.mark.parametrize("question", ["and who else was there?", "how many were there?"])
def test_who_was_there_is_asked_of_what_was_spoken_of_alone(question: str) -> None:
    before = Turn("Who chaired the meeting on 5 March?", "Ana Lim", "The meeting")
    assert not any("there chaired" in text for text in texts(question, before))
    assert any(text.endswith("there, The meeting?") for text in texts(question, before))


def test_a_pronoun_is_not_left_beside_what_it_means() -> None:
    before = Turn("siapa yang memimpin rapat?", "Sekretaris Daerah", "Rapat")
    found = texts("siapa yang mewakilinya?", before)
    assert "siapa yang mewakili Sekretaris Daerah?" in found
    assert not any("mewakilinya " in text for text in found)
    assert "menterinya siapa Sekretaris Daerah?" in texts("menterinya siapa?", before)


@pytest.mark.parametrize("question", ["Was there anyone else?", "was there anyone else?", "Ada siapa lagi?"])
def test_a_word_that_begins_a_sentence_is_no_name(question: str) -> None:
    assert "Who started the Lantern Library?" in texts(question, LIBRARY)


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("Berapa tarif kapal di Ternate sekarang?", "kalau dulu?", "Berapa tarif kapal di Ternate dulu?"),
        ("What does the ticket cost now?", "and before?", "What does the ticket cost before?"),
        ("Who runs the Lantern Library?", "And previously?", "Who runs the Lantern Library previously?"),
        ("siapa direktur MSS sekarang?", "sebelumnya?", "siapa direktur MSS sebelumnya?"),
        ("siapa direktur MSS sekarang?", "sebelumnya siapa?", "siapa direktur MSS sebelumnya?"),
    ],
)
def test_a_word_of_time_takes_the_place_of_another_or_is_added(before: str, question: str, meant: str) -> None:
    assert texts(question, Turn(before, "something", "Something")) == [meant]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("and about fuel?", ["What did the Minister say in Orla about fuel?"]),
        ("What about ports?", ["What did the Minister say in Orla about ports?", "ports, A speech?"]),
        ("and soal ikan?", ["What did the Minister say in Orla soal ikan?"]),
        ("And in Bali?", ["What did the Minister say in Bali about trawling?", "in Bali, A speech?"]),
    ],
)
def test_what_is_spoken_about_takes_the_place_of_another(question: str, meant: list[str]) -> None:
    before = Turn("What did the Minister say in Orla about trawling?", "nothing", "A speech")
    assert [text for text in texts(question, before) if "the Bali" not in text] == meant
    assert texts("And about fuel?", Turn("What did she say?", "nothing")) == ["What did she say about fuel?"]


@pytest.mark.parametrize(
    "question",
    [
        "Is it true that three workers died?",
        "Was it decided to close the port?",
        "Did the town know that Orla was flooded?",
    ],
)
def test_words_that_stand_for_nothing_are_not_replaced(question: str) -> None:
    assert all(text.startswith(question.rstrip("?")) for text in texts(question, LIBRARY))


@pytest.mark.parametrize(
    ("before", "question", "meant", "about"),
    [
        pytest.param(
            "How many died in the 5.8 quake?",
            "And the 6.2 one?",
            "How many died in the 6.2 quake?",
            "6.2",
            id="decimal",
        ),
        pytest.param(
            "Siapa yang menerima Rp1,5 miliar?",
            "kalau Rp1,2 miliar?",
            "Siapa yang menerima Rp1,2 miliar?",
            "Rp1,2 miliar",
            id="amount-in-indonesian",
        ),
        pytest.param(
            "Who got 5.2 million dollars?",
            "And 3 million dollars?",
            "Who got 3 million dollars?",
            "3 million",
            id="amount",
        ),
        pytest.param(
            "Siapa yang menerima Rp2 miliar?",
            "kalau Rp500 juta?",
            "Siapa yang menerima Rp500 juta?",
            "Rp500 juta",
            id="amount-without-a-comma",
        ),
        pytest.param(
            "What did Ursula von der Leyen say?",
            "And Macron?",
            "What did Macron say?",
            "Macron",
            id="name-of-small-words",
        ),
        pytest.param(
            "Apa kata Siti binti Ahmad?", "Kalau Budi Santoso?", "Apa kata Budi Santoso?", "Budi Santoso", id="binti"
        ),
    ],
)
def test_a_whole_name_or_amount_takes_the_place_of_another(before: str, question: str, meant: str, about: str) -> None:
    assert Variant(meant, about=about) in variants(question, Turn(before, "", "Laporan"))


@pytest.mark.parametrize(
    ("question", "cited", "names"),
    [
        ("when did australia sign the SAR treaty?", "Australia signed the SAR Treaty.", ["australia", "SAR"]),
        ("when was laos reviewed?", "Laos was reviewed.", ["laos"]),
        ("exports to fiji in 2024", "Partner: Fiji; 2024: 12.4", ["fiji", "2024"]),
        ("jembatan di papua rusak?", "Jembatan di Papua rusak.", ["papua"]),
        ("when did Bali  Process start?", "It did.", ["Bali Process"]),
        ("where is the bridge?", "The bridge is here.", []),
    ],
)
def test_names_in_small_letters_are_known_by_what_was_cited(question: str, cited: str, names: list[str]) -> None:
    assert names_of(Turn(question, cited=cited)) == names


def test_a_name_takes_the_place_of_another_and_has_to_be_spoken_of() -> None:
    before = Turn("Did UNHCR take part in the Paris talks?", "UNHCR", "The talks")
    found = variants("And IOM?", before)
    assert Variant("Did IOM take part in the Paris talks?", about="IOM") in found
    assert {variant.about for variant in found} == {"IOM"}


@pytest.mark.parametrize(
    "question",
    [
        "who are you?",
        "What can you do?",
        "How are you?",
        "What time is it?",
        "How do you know?",
        "Siapa kamu?",
        "Apa kabar?",
    ],
)
def test_what_is_asked_of_the_bot_itself_stands_alone(question: str) -> None:
    assert variants(question, LIBRARY) == [Variant(question, alone=True)]


@pytest.mark.parametrize("question", ["How many friends has she?", "why do cats purr?", "any books?"])
def test_what_may_stand_alone_comes_first(question: str) -> None:
    first, *others = variants(question, LIBRARY)
    assert first == Variant(question, alone=True, likely_there="she" in question)
    assert others and not any(variant.alone for variant in others)


@pytest.mark.parametrize("question", ["?", "…", "and", "so?", "it", "nya", "else", "what about", "\u0000"])
def test_whatever_is_written_means_something(question: str) -> None:
    for before in (LIBRARY, Turn(""), Turn("?", "?", "?")):
        assert 1 <= len(variants(question, before)) <= 6


@pytest.mark.parametrize(
    ("question", "before", "wrong"),
    [
        pytest.param("how old is he?", LIBRARY, "how old is The Lantern Library?", id="thing-for-a-person"),
        pytest.param("how old is he?", LIBRARY, "how old is Lantern Library?", id="name-in-the-title"),
        pytest.param("siapa bupatinya?", Turn("Berapa korban?", "34 orang", "Banjir"), "siapa bupati 34?", id="number"),
        pytest.param("dia bilang apa?", Turn("Siapa?", "Hj. Siti, S.E., M.M.", ""), "M.M bilang apa?", id="degree"),
        pytest.param("who is she?", Turn("Who?", "5 million", ""), "who is 5 million?", id="amount"),
        pytest.param("and Australia?", IRAN, "Australia, ?", id="no-title"),
        pytest.param(
            "and the minister?",
            Turn("where does the crew stay", "Hotel Orla", ""),
            "where does the crew stay the minister?",
            id="two-subjects",
        ),
        pytest.param("sebelumnya berapa?", FOUNDED, "sebelum Bali Process berapa?", id="nya-of-an-adverb"),
    ],
)
def test_what_nobody_means_is_not_asked(question: str, before: Turn, wrong: str) -> None:
    assert wrong not in texts(question, before)


def test_when_it_was_is_asked_of_what_the_title_tells_too() -> None:
    assert "when was it, The Lantern Library?" in texts("And when was it?", LIBRARY)
    assert "when, The Lantern Library?" not in texts("And when?", LIBRARY)


def test_in_small_letters_a_phrase_has_to_be_spoken_of_too() -> None:
    assert {variant.about for variant in variants("what about australia?", MINISTER)} == {"australia"}


@pytest.mark.parametrize(
    ("question", "there", "likely"),
    [
        ("When did she die?", True, True),
        ("How much did it cost?", True, True),
        ("Who brought them in?", False, True),
        ("How many bid for it?", False, True),
        ("direkturnya siapa?", False, True),
        ("terjadinya di mana?", True, True),
        ("meninggalnya karena apa?", False, True),
        ("dibukanya jam berapa?", False, True),
        ("ketua panitianya siapa?", False, True),
        ("negara mana yang menutup perbatasannya?", False, False),
        ("Did the mayor say she would?", False, False),
        ("When did the company say it would pay?", False, False),
        ("which farmers lost their cattle?", False, False),
        ("what do they mean by BPMC?", False, False),
    ],
)
def test_whom_a_pronoun_alone_means_stands_in_the_document_before(question: str, there: bool, likely: bool) -> None:
    first, *_ = variants(question, LIBRARY)
    assert first == Variant(question, alone=True, same_document=there, likely_there=likely)


@pytest.mark.parametrize(
    "question",
    [
        "how many people died this week?",
        "what is rice these days?",
        "berapa harga beras minggu ini?",
        "apa itu inflasi?",
        "Kapan terjadinya gempa?",
        "berapa korban runtuhnya jembatan?",
    ],
)
def test_what_stands_for_nothing_leans_on_nothing(question: str) -> None:
    first, *_ = variants(question, LIBRARY)
    assert first == Variant(question, alone=True)


@pytest.mark.parametrize("question", ["How many IT workers were hired?", "What did HE Ambassador Smith say?"])
def test_a_short_form_in_capitals_is_no_pronoun(question: str) -> None:
    assert texts(question, LIBRARY) == [question]


@pytest.mark.parametrize(
    "question",
    [
        "What did Sen. Warren say?",
        "What did J. Smith say?",
        "Apa kata Kombes Pol. Budi Santoso?",
        "What happened at 5 p.m. in Padang?",
        "What did the U.S. Army do?",
        "Berapa korban di Kab. Aceh Besar?",
    ],
)
def test_an_abbreviation_ends_no_question(question: str) -> None:
    assert variants(question, None) == [Variant(question, alone=True)]


@pytest.mark.parametrize("before", [None, LIBRARY])
def test_the_questions_of_a_long_message_are_read_by_themselves_too(before: Turn | None) -> None:
    message = "I write for the Courier. It is about the flood in Orla. Who blamed the culvert? When did she?"
    assert variants(message, before)[:2] == [Variant(message, alone=True), Variant("Who blamed the culvert?")]


def test_a_question_is_read_without_kind_words() -> None:
    assert variants("Hello, who started the Lantern Library? Thanks!", None) == [
        Variant(LIBRARY.question[:1].lower() + LIBRARY.question[1:], alone=True)
    ]


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("Who attended? And what did they decide?", ["Who attended?", "And what did they decide?"]),
        ("who attended? and what did they decide", ["who attended?", "and what did they decide"]),
        ("I read of Mr. Bo. Who is he? When did he die?", ["I read of Mr. Bo. Who is he?", "When did he die?"]),
        ("Is there wifi on board? Can I bring a dog?", ["Is there wifi on board?", "Can I bring a dog?"]),
        ("Kapan rapatnya? Siapa yang hadir? Di mana?", ["Kapan rapatnya?", "Siapa yang hadir?", "Di mana?"]),
        ("What do articles 5 and 6a say?", ["What does article 5 say?", "What does article 6a say?"]),
        ("sections 2.1, 2.2 & 3 of the code", [f"section {one} of the code" for one in ("2.1", "2.2", "3")]),
        ("isi pasal 5 dan pasal 6 perda pasar", ["isi pasal 5 perda pasar", "isi pasal 6 perda pasar"]),
        ("pasal 5 ayat 1 dan 2", ["pasal 5 ayat 1", "pasal 5 ayat 2"]),
        ("pasal 5 sampai 7", ["pasal 5", "pasal 6", "pasal 7"]),
        ("articles 1 and 2 and 3", ["article 1", "article 2", "article 3"]),
    ],
)
def test_each_question_of_a_message_is_asked_with_what_leads_to_it(message: str, questions: list[str]) -> None:
    assert questions_in(message) == questions


@pytest.mark.parametrize(
    "message",
    [
        "Who led it?",
        "Who led the meeting? Thanks!",
        "Who led the meeting?\nI was not there.",
        "Who attended? I was not there.",
        "What? Who said that?",
        "Do you know? Who led it?",
        "Marsudi led the meeting? Right?",
        'Who said "What now?" at the meeting?',
        "And when? And where?",
        "?? ?",
        "What is the difference between articles 5 and 6?",
        "Who voted on articles 5 and 6?",
        "Do articles 5 and 6 say the same?",
        "apa hubungan pasal 5 dan 6?",
        "which of articles 5 and 6 is about fees?",
        "peraturan pasal 5, 12 maret",
        "pasal 7 sampai 5",
        "article 5 of 7",
    ],
)
def test_a_message_that_asks_one_thing_is_asked_whole(message: str) -> None:
    assert questions_in(message) == [message]


def test_a_message_that_asks_very_many_is_not_answered_in_part() -> None:
    asked = [f"Who led the meeting of {year}?" for year in range(2000, 2011)]
    assert questions_in(" ".join(asked[:10])) == asked[:10]
    with pytest.raises(ManyQuestionsError, match="more than 10 questions"):
        questions_in(" ".join(asked))
    with pytest.raises(ManyQuestionsError):
        questions_in("pasal 1 sampai 999")


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("berapa pengungsi di sukamulya", "kalau di teluk pinang?", "berapa pengungsi di teluk pinang?"),
        ("berapa pengungsi di sukamulya pada hari itu", "di hulu?", "berapa pengungsi di hulu pada hari itu?"),
        ("harga telur di pasar baru", "kalau pasar lama?", "harga telur di pasar lama?"),
        ("harga telur pasar baru", "di pasar lama?", "harga telur pasar lama?"),
        ("berapa rumah rusak berat", "kalo rusak sedang?", "berapa rumah rusak sedang?"),
        ("berapa rumah rusak berat", "yang rusak ringan?", "berapa rumah rusak ringan?"),
        ("how many families in upper hallam", "and in wick?", "how many families in wick?"),
        ("how long may diplomatic passports stay", "and ordinary passports?", "how long may ordinary passports stay?"),
        ("how long are passports valid", "and diplomatic passports?", "how long are diplomatic passports valid?"),
        ("how many were killed in Papua", "and in 2023?", "how many were killed in Papua in 2023?"),
        ("how many were killed in 2024", "and in Papua?", "how many were killed in 2024 in Papua?"),
        ("how much is membership", "for students?", "how much is membership for students?"),
        ("where did the president go", "and the minister of mines?", "where did the minister of mines go?"),
        ("where does the president stay in Wick", "and the minister?", "where does the minister stay in Wick?"),
        ("how long did the old ferry stop at Wick", "and the mail boat?", "how long did the mail boat stop at Wick?"),
        ("when did the clerk of the court go to Wick", "and the judge?", "when did the judge of the court go to Wick?"),
        ("How many people are displaced in Wick?", "and deaths?", "How many deaths in Wick?"),
        ("berapa pengungsi di sukamulya", "terus yang luka?", "berapa luka di sukamulya?"),
        ("berapa jumlah pengungsi laporan nomor 5", "yang meninggal?", "berapa jumlah meninggal laporan nomor 5?"),
    ],
)
def test_a_phrase_takes_the_place_of_the_one_that_begins_alike(before: str, question: str, meant: str) -> None:
    assert texts(question, Turn(before, "217", "Laporan"))[0] == meant


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("How many died on 3 March?", "And on 4 March?", "How many died on 4 March?"),
        ("How many died according to report no. 3?", "report no. 4?", "How many died report no. 4?"),
        ("berapa pengungsi menurut laporan nomor 3", "kalau laporan nomor 4?", "berapa pengungsi laporan nomor 4?"),
        ("berapa pengungsi", "data terbaru?", "berapa pengungsi terbaru?"),
        ("berapa pengungsi tanggal 3 maret", "tgl 4 maret?", "berapa pengungsi tanggal 4 maret?"),
    ],
)
def test_a_report_that_is_only_named_takes_the_place_of_another(before: str, question: str, meant: str) -> None:
    assert texts(question, Turn(before, "217", "Laporan situasi nomor 3"))[0] == meant


@pytest.mark.parametrize(
    ("question", "step"),
    [
        ("The day before?", Step(-1, 1)),
        ("and in the previous report?", Step(-1)),
        ("laporan sebelumnya?", Step(-1)),
        ("kalau hari berikutnya?", Step(1, 1)),
        ("besoknya?", Step(1, 1)),
        ("and yesterday?", Step(-1, 1)),
        ("dan kemarin?", Step(-1, 1)),
        ("kalau yang kemarin?", Step(-1, 1)),
        ("kmrn?", Step(-1, 1)),
        ("kalau minggu lalu?", Step(-1, 7)),
        ("And last week?", Step(-1, 7)),
        ("and the year before?", Step(-1, 365)),
        ("kalau bulan sebelumnya?", Step(-1, 30)),
    ],
)
def test_the_report_beside_another_is_asked_the_same(question: str, step: Step) -> None:
    first, *others = variants(question, Turn("How many died on 3 March?", "seven", "Report no. 3", key="a"))
    assert (first.text, first.step) == ("How many died?", step)
    assert others and not any(one.step for one in others)


def test_the_hour_is_asked_of_what_was_asked_before() -> None:
    before = Turn("kapan posyandu di Watu?", "Selasa", "Jadwal", key="a")
    assert "jam berapa posyandu di Watu?" in texts("jam berapa?", before)
    assert texts("jam berapa sekarang?", before) == ["jam berapa sekarang?"]
    assert "What time is it held?" in texts("What time is it held?", Turn("Where is the concert held?", "Wick"))
    assert len(texts("What time is it held?", Turn("Where is the concert held?", "Wick", "Concerts", key="a"))) > 1


def test_another_year_takes_the_place_of_the_one_that_was_asked_for() -> None:
    before = Turn("How big was the budget in 2024?", "24", "Budget 2024", key="a")
    assert texts("And the year before?", before)[0] == "How big was the budget in 2023?"
    assert texts("tahun sebelumnya?", before)[0] == "How big was the budget in 2023?"


def test_a_day_is_meant_only_where_one_was_asked_for() -> None:
    assert "died on the 9th?" in texts("and the 9th?", Turn("How many died on 8 March?", "24", "Report"))[0]
    assert not any(" on the 2nd" in one for one in texts("and the 2nd?", Turn("Who won the 1st prize?", "Eva", "Fair")))


def test_a_figure_that_was_answered_is_no_topic() -> None:
    before = Turn("berapa rumah rusak", "217", "Laporan situasi", key="a")
    assert not any("217" in text for text in texts("ada bantuan?", before))


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("votes cast in Wick", "turnout?", "turnout in Wick?"),
        ("hazard ratio for major bleeding", "and death?", "hazard ratio for death?"),
        ("turnout in dunmore in 2019", "and Saltash?", "turnout in Saltash in 2019?"),
        ("what does article 5 of the act say?", "and article 6?", "what does article 6 of the act say?"),
        ("what does article 5 of the act say?", "and paragraph 2?", "what does article 5 paragraph 2 of the act say?"),
        ("what does article 5(1) of the act say?", "and 6?", "what does article 6 of the act say?"),
    ],
)
def test_what_is_asked_now_takes_the_place_of_its_like(before: str, question: str, meant: str) -> None:
    assert meant in [one.text for one in variants(question, Turn(before, "7", "A title", key="k", document="a.txt"))]
