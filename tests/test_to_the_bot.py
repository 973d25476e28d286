"""Messages that are meant for the bot itself are told from questions to the documents."""

import pytest

from retrieval.questions.follow_ups import variants
from retrieval.questions.to_the_bot import speaks_to_the_bot
from retrieval.values import Turn


@pytest.mark.parametrize(
    "message",
    [
        "who are you?",
        "Hello, who are you?",
        "what can you do?",
        "What is your name?",
        "can you help me?",
        "what is this bot?",
        "help",
        "Help me, please!",
        "menu",
        "?",
        "???",
        "siapa kamu?",
        "siapa namamu?",
        "kamu bisa apa aja?",
        "anda bisa membantu apa?",
        "bot ini untuk apa?",
        "apa kabar?",
        "bantuan",
        "tolong bantu saya",
        "what documents do you have?",
        "kamu punya dokumen apa saja?",
    ],
)
def test_a_message_that_only_addresses_the_bot_or_wants_help_is_for_it(message: str) -> None:
    assert speaks_to_the_bot(message)


@pytest.mark.parametrize(
    "message",
    [
        "Who are they?",
        "Who is your director?",
        "What are your opening hours?",
        "How do you apply for a permit?",
        "Who needs help?",
        "What help?",
        "what documents do you need?",
        "do you have documents about floods?",
        "help for Tobel",
        "berapa bantuan?",
        "apa kabar bantuan?",
        "bantuan apa yang datang?",
        "menu makan siang?",
        "siapa dia?",
        "lalu?",
        "kamu bisa!",
        "...",
    ],
)
def test_what_names_something_or_asks_nothing_is_not(message: str) -> None:
    assert not speaks_to_the_bot(message)


@pytest.mark.parametrize("message", ["who are you?", "kamu bisa apa?", "what is your name?"])
def test_what_the_bot_itself_is_asked_does_not_go_on_from_the_question_before(message: str) -> None:
    before = Turn("Who owns the quarry?", "Otto Brenn", "The quarry", key="k", document="a.txt")
    assert [one.text for one in variants(message, before)] == [message]
