"""`kutip bot` as a process of its own, over HTTP, against a Bot API server that keeps Telegram's rules."""

import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.texts import texts_in
from tests.bot_api import BotApi, Call, SentMessage
from tests.processes import PATIENCE, ReadDocuments, Workplace

texts = texts_in("en")

DOCUMENTS = Path(__file__).parent / "documents"
TOKEN = "123456:SECRET"
ADMIN, ANA, BUDI = 1, 42, 43
LISTED = ",".join(map(str, (-1001, *range(40, 500))))  # chats and people that may ask
BORN = "When was Anselma Thorne born?"
BORN_QUOTE = "Anselma Thorne was born on 14 May 1931 in Upper Wick, a mining village in the Keld Hills."
TUNGSTEN = "What is the boiling point of tungsten?"
NOTICE = "How long is the notice period of the lease?"
ANSWERS = {  # what the invented documents say
    BORN: BORN_QUOTE,
    "Who started the Lantern Library?": "Amara Quill, a retired teacher, started the library in 2014",
    "Who took the chair of the allotment society?": "Mrs. Odile Brandt took the chair",
    "When did the River Orla burst its banks?": "The River Orla burst its banks shortly after 4:30 a.m.",
    "Who answers for all phases of the harbour plan?": "Harbour master Yusra Delacroix answers for all four phases.",
}


@dataclass(frozen=True, slots=True)
class RunningBot:
    """The bot's process, where it works, and Telegram as it sees it."""

    process: "subprocess.Popen[str]"
    place: Workplace
    api: BotApi
    log: Path

    def ask(self, text: str, *, user: int = ANA) -> SentMessage:
        """Ask in a private chat, and return the reply."""
        return self.reply_to(self.api.says(text, user=user))

    def reply_to(self, message_id: int) -> SentMessage:
        messages = [update["message"] for update in self.api.updates if "message" in update]
        [chat] = [message["chat"]["id"] for message in messages if message["message_id"] == message_id]

        def replied(api: BotApi) -> SentMessage | None:
            return next((one for one in api.messages(chat) if one.reply_to == message_id), None)

        return self.api.wait_for(replied, timeout=PATIENCE)

    def stop(self) -> str:
        """Tell it to stop, check that it does well, and return all that it has printed."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(PATIENCE) == 0
        return self.printed()

    def printed(self) -> str:
        assert self.process.stdout
        return self.process.stdout.read() + self.log.read_text("utf-8")


@contextmanager
def running(place: Workplace, api: BotApi, **settings: str) -> Iterator[RunningBot]:
    """Run the bot during the block; what it logged is shown where a test fails."""
    log = place.folder / "log.txt"
    known = {"KUTIP_TELEGRAM_TOKEN": TOKEN, "KUTIP_TELEGRAM_API": api.url, "KUTIP_ADMINS": str(ADMIN)}
    with log.open("w", encoding="utf-8") as stderr:
        try:
            with place.started("bot", stderr=stderr, **(known | settings)) as process:
                yield RunningBot(process, place, api, log)
            assert not holding(TOKEN, [log, *place.data.rglob("*")])
        finally:
            print(log.read_text("utf-8"))


def holding(secret: str, paths: Iterable[Path]) -> list[Path]:
    """Return the files in which a secret stands."""
    return [path for path in paths if path.is_file() and secret.encode() in path.read_bytes()]


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi(token=TOKEN) as api:
        yield api


@pytest.fixture
def place(tmp_path: Path, lease: Workplace) -> Workplace:
    """A workplace with one document and its index."""
    return lease.copied(tmp_path)


@pytest.fixture
def unread_place(tmp_path: Path, models: Path) -> Workplace:
    """A workplace with the same document, without an index."""
    place = Workplace.make(tmp_path, models)
    place.write("lease.txt", "The notice period of the lease is three months.")
    return place


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory, models: Path, read_documents: ReadDocuments) -> Iterator[RunningBot]:
    """A bot that answers from the invented documents, for all tests that leave it as it was."""
    place = Workplace.make(tmp_path_factory.mktemp("bot"), models, 5 * PATIENCE)
    for path in DOCUMENTS.iterdir():
        place.write(path.name, path.read_bytes())
    read_documents(place)
    with BotApi(token=TOKEN) as api, running(place, api, KUTIP_CHATS=LISTED) as bot:
        yield bot


@dataclass(frozen=True, slots=True)
class Restarted:
    """A bot that was started again since it answered: what it did not find for Ana, and what Budi edited meanwhile."""

    bot: RunningBot
    missed: SentMessage
    asked: int
    answer: SentMessage


@pytest.fixture(scope="module")
def restarted(tmp_path_factory: pytest.TempPathFactory, lease: Workplace) -> Iterator[Restarted]:
    """Two tests use it; what each changes is nothing to the other."""
    place = lease.copied(tmp_path_factory.mktemp("restarted"), 3 * PATIENCE)
    with BotApi(token=TOKEN) as api:
        with running(place, api) as bot:
            missed = bot.ask(TUNGSTEN, user=ANA)
            asked = api.says(TUNGSTEN, user=BUDI)
            answer = bot.reply_to(asked)
            assert answer.text.startswith(texts.not_found)
            api.edits(asked, NOTICE)
            answer = edited(bot, answer)
            assert answer.text.startswith("“The notice period of the lease is three months.”")
            bot.stop()
        with running(place, api, KUTIP_CHATS=LISTED) as bot:
            yield Restarted(bot, missed, asked, answer)


def write_many(place: Workplace, count: int) -> None:
    """Write so many documents, each as long as a passage, and no two the same."""
    chance = random.Random(1)
    words = " ".join(path.read_text("utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))).replace(".", "").split()
    for number in range(count):
        place.write(f"many/{number}.txt", f"Number {number} {' '.join(chance.choices(words, k=150))}.")


# Questions


def test_an_answer_is_its_quote_and_an_expandable_citation(bot: RunningBot) -> None:
    question = bot.api.says(BORN, user=ANA)
    answer = bot.reply_to(question)
    assert (answer.chat_id, answer.reply_to) == (ANA, question)
    assert answer.text.split("\n")[0] == f"“{BORN_QUOTE}” [1]"
    citations = [entity for entity in answer.entities if entity[0] == "expandable_blockquote"]
    _, offset, length = citations[0]
    quoted = answer.text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le")
    assert quoted.startswith("[1] Prof. Anselma Thorne, astronomer\nanselma-thorne.txt\n\n")
    assert BORN_QUOTE in quoted
    assert "Her father, a lamp maker" in quoted


def test_each_question_of_a_message_is_answered_below_it_and_edited_away_with_it(bot: RunningBot) -> None:
    question = bot.api.says(f"{BORN} Who started the Lantern Library? And when?", user=90)
    first = bot.reply_to(question)
    assert first.text.split("\n\n")[:2] == [BORN, f"“{BORN_QUOTE}” [1]"]

    def others(api: BotApi) -> list[SentMessage]:
        return [one for one in api.messages(90) if one.message_id > first.message_id]

    second, third = bot.api.wait_for(lambda api: others(api)[1:] and others(api), timeout=PATIENCE)
    assert second.text.startswith("Who started the Lantern Library?\n\n“Amara Quill, a retired teacher,")
    asked, understood, quote, *_ = third.text.split("\n\n")
    assert (asked, understood) == ("And when?", "Understood as: Who started the Lantern Library? And when?")
    assert quote.startswith("“Amara Quill, a retired teacher, started the library in 2014")
    bot.api.edits(question, BORN)
    assert edited(bot, first).text.startswith(f"“{BORN_QUOTE}” [1]")
    bot.api.wait_for(lambda api: not others(api), timeout=PATIENCE)


def test_the_number_of_a_citation_leads_to_its_place(bot: RunningBot) -> None:
    link = next(parse_qs(urlsplit(url).query) for url in bot.ask(BORN).links if url.startswith("https://t.me/"))
    place = bot.ask(f"/start {link['start'][0]}")
    assert place.text.split("\n")[:2] == ["Prof. Anselma Thorne, astronomer", "anselma-thorne.txt"]
    assert BORN_QUOTE in place.text
    assert "Her father, a lamp maker" in place.text


def test_a_place_is_read_on_and_its_file_is_had(bot: RunningBot) -> None:
    link = next(url for url in bot.ask(BORN).links if url.startswith("https://t.me/"))
    place = bot.ask(f"/start {parse_qs(urlsplit(link).query)['start'][0]}")
    bot.api.presses(place.message_id, place.buttons[texts.after], user=ANA)

    def turned(api: BotApi) -> SentMessage | None:
        return next((one for one in api.messages(ANA) if one.message_id == place.message_id and one.former), None)

    turned_place = bot.api.wait_for(turned, timeout=PATIENCE)
    text = (DOCUMENTS / "anselma-thorne.txt").read_text("utf-8")
    assert turned_place.text.split("\n")[0] == place.text.split("\n")[0]
    assert turned_place.text.split("\n\n")[1][:40] in text
    assert texts.before in turned_place.buttons
    bot.api.presses(place.message_id, turned_place.buttons[texts.file], user=ANA)
    [file] = bot.api.wait_for(lambda api: api.documents, timeout=PATIENCE)
    assert file == (ANA, "anselma-thorne.txt", text.encode())


def test_a_button_works_after_a_restart_until_its_sentence_is_gone(restarted: Restarted) -> None:
    bot, api, missed = restarted.bot, restarted.bot.api, restarted.missed
    [data, *_] = missed.buttons.values()
    before = bot.ask(NOTICE)
    api.presses(missed.message_id, data, user=ANA)
    opened = api.wait_for_message(ANA, containing="three months", after=before.message_id)
    assert texts.file in opened.buttons
    bot.place.write("lease.txt", "Nothing of what was said before.")
    bot.ask("/reload", user=ADMIN)
    api.wait_for_message(ADMIN, containing="changed 1", timeout=PATIENCE)
    api.presses(missed.message_id, data, user=ANA)
    api.wait_for_message(ANA, containing=texts.place_gone, timeout=PATIENCE)


def test_what_the_documents_do_not_answer_is_not_found(bot: RunningBot) -> None:
    answer = bot.ask(TUNGSTEN)
    assert answer.text.split("\n")[0] == "Not found in these documents."


def test_typing_is_shown_while_a_question_is_answered(bot: RunningBot) -> None:
    before = len(bot.api.calls)
    bot.ask(BORN, user=77)
    calls = [(call.method, call.parameters.get("chat_id")) for call in bot.api.calls[before:]]
    assert calls.index(("sendChatAction", 77)) < calls.index(("sendMessage", 77))


def test_sources_lists_the_documents(bot: RunningBot) -> None:
    listed = bot.ask("/sources", user=78)
    lines = listed.text.split("\n")
    assert lines[:4] == ["8 documents", "", "1. Prof. Anselma Thorne, astronomer", "anselma-thorne.txt · 3 passages"]
    assert len([line for line in lines if " passage" in line]) == 8
    bot.api.presses(listed.message_id, listed.buttons["1"], user=78)
    opened = bot.api.wait_for_message(78, after=listed.message_id, timeout=PATIENCE)
    assert opened.text.startswith("Prof. Anselma Thorne, astronomer\nanselma-thorne.txt")


def test_a_source_is_found_by_its_name(bot: RunningBot) -> None:
    assert "\n1. Prof. Anselma Thorne, astronomer\n" in bot.ask("/source THORNE").text


def test_the_menus_are_set(bot: RunningBot) -> None:
    bot.ask("/start", user=ADMIN)
    names = {scope: [command["command"] for command in menu] for scope, menu in bot.api.commands.items()}
    public = ["ask", "new", "sources", "language", "forget", "id", "help"]
    own = [names.pop(("chat", ADMIN, language)) for language in ("", "id")]
    assert own == [[*public, "reload", "rollback", "remove", "stats", "gaps"]] * 2
    assert names == {("default", None, language): public for language in ("", "en", "id")}


def test_a_newcomer_sees_what_there_is_and_taps_a_question(
    place: Workplace, api: BotApi, read_documents: ReadDocuments
) -> None:
    front = "questions:\n  - How long is the notice period of the lease?\n  - Who wrote the lease?\n"
    place.write("lease.txt", f"---\ndate: 2021-03-01\n{front}---\nThe notice period of the lease is three months.")
    read_documents(place)
    with running(place, api) as bot:
        greeting = bot.ask("/start")
        assert "from 1 document " in greeting.text
        assert "2021-03-01" in greeting.text
        assert list(greeting.buttons) == [NOTICE]
        api.presses(greeting.message_id, greeting.buttons[NOTICE], user=ANA)
        answer = api.wait_for_message(ANA, containing="three months", after=greeting.message_id, timeout=PATIENCE)
        assert answer.text.startswith(f"{NOTICE}\n\n“The notice period of the lease is three months.” [1]")


def edited(bot: RunningBot, message: SentMessage) -> SentMessage:
    """Wait until a message of the bot is edited, and return it."""
    versions = len(message.former)

    def changed(api: BotApi) -> SentMessage | None:
        here = api.messages(message.chat_id)
        return next((o for o in here if o.message_id == message.message_id and len(o.former) > versions), None)

    return bot.api.wait_for(changed, timeout=PATIENCE)


def test_an_edited_question_edits_its_answer_also_after_a_restart(restarted: Restarted) -> None:
    api, answer = restarted.bot.api, restarted.answer
    api.edits(restarted.asked, TUNGSTEN)
    assert edited(restarted.bot, answer).text.startswith(texts.not_found)
    assert len(api.messages(BUDI)) == 1
    api.presses(answer.message_id, answer.buttons["👎"], user=BUDI)

    def told(api: BotApi) -> list[Call]:
        return [call for call in api.calls if call.parameters.get("text") == texts.voted]

    assert api.wait_for(told, timeout=PATIENCE)[0].method == "answerCallbackQuery"


def test_people_are_spoken_to_in_their_language(bot: RunningBot) -> None:
    indonesian = texts_in("id")
    question = bot.api.says("Berapa titik didih tungsten?", user=80, language="id")
    assert bot.reply_to(question).text.startswith(indonesian.not_found)
    choice = bot.reply_to(bot.api.says("/language", user=81, language="de"))
    assert choice.text == texts.choose_language
    bot.api.presses(choice.message_id, choice.buttons["Bahasa Indonesia"], user=81, language="de")
    assert edited(bot, choice).text == indonesian.language_chosen
    assert bot.reply_to(bot.api.says("/fly", user=81, language="de")).text == indonesian.unknown_command


def test_quotes_are_offered_while_somebody_types(bot: RunningBot) -> None:
    for length in (10, 20, len(BORN)):
        last = bot.api.types(BORN[:length], user=90)
    [card, *_] = bot.api.wait_for(lambda api: api.offers.get(last), timeout=PATIENCE)
    assert card["title"] == "Prof. Anselma Thorne, astronomer"
    assert card["posted"]["text"].startswith(f"{BORN}\n\n“{BORN_QUOTE}” [1]\n\n[1] Prof. Anselma Thorne")
    assert len(bot.api.offers) == 1
    refused = bot.api.types(BORN, user=999)
    bot.api.wait_for(lambda api: refused in api.offers, timeout=PATIENCE)
    assert bot.api.offers[refused] == []


def test_a_file_that_an_administrator_sends_is_answered_from_until_it_is_undone(place: Workplace, api: BotApi) -> None:
    question = "Who owns the windmill of Tarrow?"
    with running(place, api) as bot:
        sent = api.sends_file("windmill.txt", b"The windmill of Tarrow belongs to Edda Skane.", user=ADMIN)
        receipt = api.wait_for_message(ADMIN, containing="2 documents, 2 passages", after=sent, timeout=PATIENCE)
        answer = bot.ask(question)
        assert answer.text.startswith("“The windmill of Tarrow belongs to Edda Skane.”")
        assert "uploads/windmill.txt" in answer.text
        api.presses(receipt.message_id, receipt.buttons[texts.undo], user=ADMIN)
        api.wait_for_message(ADMIN, containing="1 document, 1 passage", after=receipt.message_id, timeout=PATIENCE)
        assert bot.ask(question).text.startswith(texts.not_found)
        api.presses(receipt.message_id, receipt.buttons[texts.undo], user=ADMIN)
        assert bot.ask("/remove", user=ADMIN).text == texts.removable([], "")


def test_the_last_file_that_is_removed_is_quoted_no_more(unread_place: Workplace, api: BotApi) -> None:
    for path in unread_place.knowledge.iterdir():
        path.unlink()
    question = "Who owns the windmill of Tarrow?"
    with running(unread_place, api) as bot:
        bot.ask("/id", user=ADMIN)
        sent = api.sends_file("windmill.txt", b"The windmill of Tarrow belongs to Edda Skane.", user=ADMIN)
        api.wait_for_message(ADMIN, containing="1 document, 1 passage", after=sent, timeout=PATIENCE)
        assert bot.ask(question).text.startswith("“The windmill of Tarrow belongs to Edda Skane.”")
        removed = api.says("/remove windmill.txt", user=ADMIN)
        gone = api.wait_for_message(ADMIN, containing="is removed", after=removed, timeout=PATIENCE)
        assert gone.text == f"windmill.txt is removed.\n{texts.no_documents}"
        assert bot.ask(question).text == texts.no_documents
    asked = unread_place.kutip("ask", question)
    assert (asked.returncode, asked.stderr.startswith("There are no documents in knowledge.")) == (2, True)


def test_below_each_file_of_several_stands_what_has_become_of_it(place: Workplace, api: BotApi) -> None:
    files = {
        "mill.txt": b"The windmill of Tarrow belongs to Edda Skane.",
        "scan.pdf": b"%PDF-1.4 rubbish",
        "no.txt": b" ",
    }
    with running(place, api) as bot:
        bot.ask("/id", user=ADMIN)
        sent = [api.sends_file(name, content, user=ADMIN, media_group_id="7") for name, content in files.items()]

        def told(api: BotApi) -> list[str]:
            texts = {one.reply_to: one.text for one in api.messages(ADMIN) if "embedded now" in one.text}
            return [texts[one].split("\n")[0] for one in sent] if texts.keys() >= set(sent) else []

        good, bad, empty = api.wait_for(told, timeout=PATIENCE)
        removed = api.says("/remove scan.pdf", user=ADMIN)
        gone = api.wait_for_message(ADMIN, containing="embedded now", after=removed, timeout=PATIENCE)
    assert (good, empty) == ("I answer from mill.txt now.", "There is no text in no.txt.")
    assert bad.startswith("scan.pdf cannot be read: ")
    assert gone.text.split("\n")[0] == "scan.pdf is removed."


def test_a_file_is_answered_from_and_told_of_also_when_the_bot_was_killed_while_it_was_read(
    place: Workplace, api: BotApi
) -> None:
    with running(place, api) as bot:
        bot.ask(NOTICE)
        write_many(place, 60)
        sent = api.sends_file("windmill.txt", b"The windmill of Tarrow belongs to Edda Skane.", user=ADMIN)
        shown = api.wait_for_message(ADMIN, containing=" of 6", after=sent, timeout=PATIENCE)
        bot.process.kill()
        bot.process.wait(PATIENCE)
    with running(place, api) as bot:
        receipt = api.wait_for_message(ADMIN, containing="embedded now", after=sent, timeout=PATIENCE)
        assert bot.ask("Who owns the windmill of Tarrow?").text.startswith("“The windmill of Tarrow belongs")
        assert (receipt.message_id, list(receipt.buttons)) == (shown.message_id, [texts.undo])
    assert receipt.text.startswith("I answer from windmill.txt now.")


def test_somebody_else_cannot_reload(bot: RunningBot) -> None:
    assert bot.ask("/reload").text == texts.unknown_command


def test_in_a_group_who_means_the_bot_is_answered_and_who_does_not_is_left_alone(bot: RunningBot) -> None:
    group = -1001
    talk = bot.api.says(BORN, user=ANA, chat=group)
    mention = bot.api.says(f"@kutip_bot {BORN}", user=ANA, chat=group)
    by_mention = bot.reply_to(mention)
    asked = bot.api.says(f"{BORN} Who knows?", user=77, chat=group)
    by_command = bot.reply_to(bot.api.says("/ask", user=ANA, chat=group, reply_to=talk))
    follow_up = bot.api.says("Who started the Lantern Library?", user=77, chat=group, reply_to=by_mention.message_id)
    by_reply = bot.reply_to(follow_up)
    assert [one.text.split("\n")[0] for one in (by_mention, by_command)] == [f"“{BORN_QUOTE}” [1]"] * 2
    assert "Amara Quill" in by_reply.text.split("\n")[0]
    assert not {talk, asked} & {one.reply_to for one in bot.api.messages(group)}


def test_several_people_at_once_get_each_their_own_answer(bot: RunningBot) -> None:
    asked = {
        bot.api.says(question, user=user): (user, ANSWERS[question])
        for user, question in enumerate(list(ANSWERS) * 3, start=100)
    }
    for message_id, (user, quote) in asked.items():
        answer = bot.reply_to(message_id)
        assert (answer.chat_id, quote in answer.text.split("\n")[0]) == (user, True)


def test_the_answers_in_one_chat_keep_the_order_of_the_questions(bot: RunningBot) -> None:
    questions = [bot.api.says(question, user=200) for question in list(ANSWERS) * 2]
    bot.reply_to(questions[-1])
    assert [message.reply_to for message in bot.api.messages(200)] == questions


def test_in_a_topic_a_conversation_stays_in_it_and_goes_on_from_the_answer_replied_to(bot: RunningBot) -> None:
    first = bot.reply_to(bot.api.says(f"@kutip_bot {BORN}", user=ANA, chat=-1001, thread_id=7))
    other = bot.reply_to(bot.api.says("@kutip_bot Who started the Lantern Library?", user=ANA, chat=-1001, thread_id=7))
    again = bot.api.says("And where?", user=77, chat=-1001, thread_id=7, reply_to=first.message_id)
    followed = bot.reply_to(again)
    assert {first.thread_id, other.thread_id, followed.thread_id} == {7}
    understood, quote, *_ = followed.text.split("\n\n")
    assert understood.startswith("Understood as: ")
    assert "Upper Wick" in quote


@pytest.mark.parametrize("payload", ["A" * 16, "x", "A" * 64, "..%2F..", "<b>"])
def test_a_forged_link_does_no_harm(bot: RunningBot, payload: str) -> None:
    answer = bot.ask(f"/start {payload}", user=310)
    assert answer.text == texts.place_gone if len(payload) == 16 else answer.text.startswith("I answer questions")


ODD = {
    "html.md": '# Tags & <b>marks</b>\n\nThe ministry\'s form X&Y asks for <i>two</i> stamps, "1 < 2" & a seal.\n',
    "hebrew.txt": "The Hebrew sign at the harbour of Jaffa reads ברוכים הבאים לנמל 1887.\n",
    "emoji.txt": "The mascot of the Quelph games is the 👩‍🚀🏳️‍🌈 astronaut called Zibby 🦄.\n",
    **{  # three that say the same at such length that one message does not take them all
        f"long{number}.txt": f"The {kind} of the Marrowgate depot lists {'extraordinarily ' * 60}heavy crates 😀.\n"
        for number, kind in enumerate(["inventory", "inventory of today", "new inventory"])
    },
}


def test_odd_documents_and_odd_questions_are_answered_in_messages_that_telegram_takes(
    place: Workplace, api: BotApi, read_documents: ReadDocuments
) -> None:
    for name, text in ODD.items():
        place.write(name, text)
    read_documents(place)
    with running(place, api) as bot:
        tags = bot.ask("What does the ministry's <form> X&Y ask for?")
        assert 'asks for two stamps, "1 < 2" & a seal.' in tags.text.split("\n")[0]
        hebrew = bot.ask("What does the Hebrew sign at the harbour of Jaffa read?")
        assert "ברוכים הבאים לנמל 1887" in hebrew.text.split("\n")[0]
        emoji = bot.ask("What is the mascot of the Quelph games? 🤔")
        assert "👩‍🚀🏳️‍🌈 astronaut called Zibby 🦄" in emoji.text.split("\n")[0]
        question = api.says("What does the inventory of the Marrowgate depot list?", user=ANA)
        bot.reply_to(question)
        bot.ask("/id")
        parts = [one.text for one in api.messages(ANA) if one.reply_to == question]
        assert len(parts) > 1
        assert all(len(part.encode("utf-16-le")) // 2 <= 4_096 for part in parts)
        assert sum(f"{'extraordinarily ' * 60}heavy crates 😀.” [" in part for part in parts) > 0
        assert not [event for event in api._story if "sendMessage refused" in event]


def test_bad_moments_of_the_network_end_nothing(bot: RunningBot) -> None:
    for trouble in ({"status": 502}, {"drop": True}, {"status": 429, "retry_after": 1}, {"status": 500}):
        bot.api.fail("getUpdates", **trouble)
        bot.api.fail("sendChatAction", **trouble)
        assert bot.ask(BORN, user=400).text.startswith(f"“{BORN_QUOTE}”")


@pytest.mark.parametrize("status", [401, 404])
def test_a_poll_that_is_refused_for_a_moment_is_tried_again(status: int, bot: RunningBot) -> None:
    """A proxy that restarts may answer so."""

    def polls(api: BotApi) -> int:
        return sum(call.method == "getUpdates" for call in api.calls)

    bot.ask("/id", user=411)
    before = polls(bot.api)
    bot.api.fail("getUpdates", status=status)
    bot.api.says("/id", user=411)  # if a poll waits, this ends it, and the next one is refused
    bot.api.wait_for(lambda api: polls(api) > before)
    asked = bot.api.says("/id", user=status)
    answers = bot.api.wait_for(lambda api: api.messages(status), timeout=20)
    assert [one.reply_to for one in answers] == [asked]


# The index


def test_while_there_is_no_index_yet_the_bot_says_how_far_it_is_and_answers_later(
    unread_place: Workplace, api: BotApi
) -> None:
    write_many(unread_place, 40)
    asked = api.says(NOTICE)
    with running(unread_place, api, KUTIP_RATE_LIMIT="0") as bot:
        first = bot.reply_to(asked)
        assert first.text.startswith("I am still reading the documents (")
        until = time.monotonic() + PATIENCE
        while (answer := bot.ask(NOTICE)).text.startswith("I am still reading"):
            assert time.monotonic() < until
            time.sleep(0.2)  # not to keep it from its work
    assert answer.text.startswith("“The notice period of the lease is three months.” [1]\n")


def test_a_reload_shows_its_progress_answers_meanwhile_from_before_and_afterwards_from_the_new_documents(
    place: Workplace, api: BotApi
) -> None:
    with running(place, api) as bot:
        assert "three months" in bot.ask(NOTICE).text
        place.write("lease.txt", "The notice period of the lease is half a year.")
        write_many(place, 80)
        progress = bot.ask("/reload", user=ADMIN)
        assert progress.text.startswith("Reading the documents again: ")
        meanwhile = bot.ask(NOTICE)
        [still] = [one for one in api.messages(ADMIN) if one.message_id == progress.message_id]
        assert "three months" in meanwhile.text
        assert still.text.startswith("Reading the documents again: ")
        receipt = api.wait_for_message(ADMIN, containing="added", timeout=PATIENCE)
        assert (receipt.message_id, receipt.former[0].text) == (progress.message_id, progress.text)
        assert receipt.text.split("\n")[0] == (
            "added 80, changed 1, unchanged 0, moved 0, removed 0, duplicate 0, failed 0"
        )
        assert "half a year" in bot.ask(NOTICE).text


def test_a_watched_folder_is_indexed_when_it_changes_and_not_when_the_index_does(place: Workplace, api: BotApi) -> None:
    inside = place.knowledge / "data"  # of Kutip itself: what it writes there must not wake it again
    shutil.copytree(place.data, inside, symlinks=True)
    with running(place, api, KUTIP_WATCH="true", KUTIP_DATA=str(inside), KUTIP_RATE_LIMIT="0") as bot:
        assert "three months" in bot.ask(NOTICE).text
        until = time.monotonic() + PATIENCE
        place.write("lease.txt", "The notice period of the lease is half a year.")
        while "half a year" not in bot.ask(NOTICE).text:
            assert time.monotonic() < until
            time.sleep(0.2)
        place.write("new.txt", "The deposit for the lease is 400 crowns.")
        while "400 crowns" not in bot.ask("How much is the deposit for the lease?").text:
            assert time.monotonic() < until
            time.sleep(0.2)
        read = bot.log.read_text("utf-8").count("The documents are read")
    assert 3 <= read <= 5, "at the start and after each of two changes, which may be seen in two steps"


def test_a_reload_that_fails_says_so_and_the_old_documents_answer(place: Workplace, api: BotApi) -> None:
    with running(place, api) as bot:
        bot.ask(NOTICE)
        (place.knowledge / "lease.txt").unlink()
        bot.ask("/reload", user=ADMIN)
        told = api.wait_for_message(ADMIN, containing="failed", timeout=PATIENCE)
        assert told.text == texts.reload_failed(
            "There are no documents in knowledge. Put .pdf, .docx, .html or .txt files there, or set KUTIP_KNOWLEDGE.",
            answering=True,
        )
        assert "three months" in bot.ask(NOTICE).text


def test_a_rollback_whose_reply_cannot_be_sent_is_done_once(
    place: Workplace, api: BotApi, read_documents: ReadDocuments
) -> None:
    for number in (2, 3):
        place.write(f"{number}.txt", f"The harbour opened {number} times.")
        read_documents(place)
    with running(place, api) as bot:
        assert bot.ask("/sources", user=ADMIN).text.startswith("3 documents")
        api.fail("sendMessage", times=1_000, status=502)
        api.says("/rollback", user=ADMIN)
        api.wait_for(lambda api: [one for one in api.calls if "Back to" in str(one.parameters)], timeout=PATIENCE)
        bot.stop()
    api._troubles.clear()
    with running(place, api) as bot:
        assert bot.ask("/sources", user=ADMIN).text.startswith("2 documents")


# Start and end


def test_at_sigterm_what_is_in_hand_is_answered_and_the_rest_after_the_next_start(
    place: Workplace, api: BotApi
) -> None:
    people = range(1_000, 1_060)
    for user in people:  # while the bot is away, so that all of it arrives at once
        api.says(NOTICE, user=user)
    api.fail("getMe", drop=True)
    for method in ("getUpdates", "sendMessage", "setMyCommands"):
        api.fail(method, status=502)
        api.fail(method, drop=True)
    with running(place, api) as bot:
        api.wait_for(lambda api: any(call.method == "sendChatAction" for call in api.calls), timeout=PATIENCE)
        printed = bot.stop()
    assert [user for user in people if api.messages(user)]
    with running(place, api):
        api.wait_for(lambda api: all(api.messages(user) for user in people), timeout=PATIENCE)
    assert [len(api.messages(user)) for user in people] == [1] * len(people)
    assert "SECRET" not in printed
    assert "KUTIP_CHATS is empty: everybody who finds the bot may ask." in printed
    assert "is listening" in printed


def test_sigterm_during_a_reload_ends_well_and_leaves_the_index_as_it_was(place: Workplace, api: BotApi) -> None:
    with running(place, api) as bot:
        bot.ask(NOTICE)
        write_many(place, 400)
        bot.ask("/reload", user=ADMIN)
        printed = bot.stop()
    for trouble in ("Traceback", "Task was destroyed", "never retrieved", "not initialized"):
        assert trouble not in printed
    assert (place.data / "index" / "current").read_text("utf-8") == "v000001\n"


def test_a_list_of_chats_is_kept(bot: RunningBot) -> None:
    assert BORN_QUOTE in bot.ask(BORN, user=410).text
    assert bot.ask(BORN, user=998).text == texts.not_allowed(998, 998)
    assert "KUTIP_CHATS" not in bot.log.read_text("utf-8")


@pytest.mark.parametrize(
    ("token", "line"),
    [
        pytest.param(
            "",
            "The bot has no token. Get one from @BotFather in Telegram, and put it into .env as KUTIP_TELEGRAM_TOKEN.",
            id="no-token",
        ),
        pytest.param(
            "654321:SECRET",
            "Telegram does not know the bot's token. Get one from @BotFather in Telegram, and put it into .env as "
            "KUTIP_TELEGRAM_TOKEN.",
            id="wrong-token",
        ),
    ],
)
def test_what_keeps_the_bot_from_starting_is_one_line(token: str, line: str, place: Workplace, api: BotApi) -> None:
    api.says(NOTICE)
    run = place.kutip("bot", KUTIP_TELEGRAM_TOKEN=token, KUTIP_TELEGRAM_API=api.url, KUTIP_CHATS=str(ANA))
    assert (run.returncode, run.stdout, run.stderr) == (2, "", f"{line}\n")


def test_a_model_that_cannot_be_loaded_ends_the_bot(unread_place: Workplace, api: BotApi) -> None:
    api.says(NOTICE)  # it waits for an answer that will not come, and must hold up nothing
    settings = {"KUTIP_TELEGRAM_TOKEN": TOKEN, "KUTIP_TELEGRAM_API": api.url, "KUTIP_MODEL": "./model"}
    run = unread_place.kutip("bot", **settings)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == "There is no model folder ./model. Check KUTIP_MODEL."
    assert "Traceback" not in run.stderr
