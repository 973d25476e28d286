"""Patterns that are compiled where they are first used: they do what compiled ones do, and all can be compiled."""

import gc
import re
from importlib import import_module
from pathlib import Path

import pytest

from retrieval.text.patterns import regex

ROOT = Path(__file__).parent.parent


def test_a_pattern_is_compiled_where_it_is_first_used_and_only_once() -> None:
    number = regex(r"(?P<number>\d+) MEN", re.IGNORECASE)
    match = number.search("12 men")
    assert match is not None and match["number"] == "12"
    assert number.sub("all", "3 men and 4 Men") == "all and all"
    assert number.search is number.search
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.search("")


def test_every_pattern_of_kutip_can_be_compiled() -> None:
    for folder in ("retrieval", "bot"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    found = [one for one in gc.get_objects() if type(one) is type(regex(""))]
    assert len(found) > 100
    for one in found:
        assert callable(one.search), one.pattern  # raises re.error where it cannot be
