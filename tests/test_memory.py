"""What was said before is known for half an hour, to each person in each chat."""

import pytest

from bot.telegram.chats.memory import Memory
from retrieval.values import Turn

FIRST, SECOND = Turn("Who came?"), Turn("Who left?")
CHAT, TOPIC, ANA, BUDI = (-100, 0), (-100, 5), 42, 43


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def memory(clock: Clock) -> Memory:
    memory = Memory(clock=clock)
    memory.keep(CHAT, ANA, 100, [1, 2], FIRST, None)
    return memory


def test_a_question_goes_on_from_the_persons_last_turn_in_the_chat(memory: Memory) -> None:
    memory.keep(CHAT, ANA, 101, [3], SECOND, FIRST)
    assert memory.turn(CHAT, ANA) == SECOND
    assert (memory.turn(CHAT, BUDI), memory.turn(TOPIC, ANA)) == (None, None)


def test_a_reply_goes_on_from_the_answer_that_it_replies_to_whoever_asked(memory: Memory) -> None:
    memory.keep(CHAT, ANA, 101, [3], SECOND, FIRST)
    assert memory.turn(CHAT, BUDI, replied_to=2) == FIRST
    assert memory.turn(CHAT, ANA, replied_to=1) == FIRST


def test_an_edited_question_goes_on_from_what_it_went_on_from(memory: Memory, clock: Clock) -> None:
    memory.keep(CHAT, ANA, 101, [3], SECOND, FIRST)
    assert memory.before(CHAT, 101) == (True, FIRST)
    assert memory.before(CHAT, 100) == (True, None)
    assert memory.before(TOPIC, 101) == (False, None)
    clock.now += 30 * 60
    assert memory.before(CHAT, 101) == (False, None)


def test_a_reply_to_something_else_goes_on_from_the_last_turn(memory: Memory) -> None:
    assert memory.turn(CHAT, ANA, replied_to=99) == FIRST


def test_what_is_forgotten_is_known_to_replies_only(memory: Memory) -> None:
    memory.forget(CHAT, ANA)
    memory.forget(CHAT, BUDI)
    assert (memory.turn(CHAT, ANA), memory.turn(CHAT, ANA, replied_to=1)) == (None, FIRST)


def test_after_half_an_hour_all_is_forgotten(memory: Memory, clock: Clock) -> None:
    clock.now = 30 * 60 - 1
    assert memory.turn(CHAT, ANA) == FIRST
    clock.now = 30 * 60
    assert (memory.turn(CHAT, ANA), memory.turn(CHAT, ANA, replied_to=1)) == (None, None)


def test_of_a_person_who_is_forgotten_no_turn_is_left_anywhere(memory: Memory) -> None:
    memory.keep(CHAT, ANA, 101, [3], SECOND, FIRST)
    memory.keep(CHAT, BUDI, 102, [4], Turn("Budi's own"), SECOND)  # who replied to Ana's answer
    memory.forget_person(ANA)
    assert [memory.turn(CHAT, ANA, replied_to=message) for message in (1, 2, 3)] == [None, None, None]
    assert [memory.before(CHAT, question) for question in (101, 102)] == [(False, None)] * 2
    assert memory.turn(CHAT, BUDI, replied_to=4) == Turn("Budi's own")
