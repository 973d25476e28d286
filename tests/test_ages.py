"""How old somebody is stands beside their name."""

import pytest

from retrieval.lookups.ages import asked_age
from retrieval.text.markup import quote_parts
from tests.fakes import BuildSnapshot

TRIAL = """# Sari Lontoh disidang

Sari Lontoh didakwa menggelapkan uang kapal selama tiga tahun. Anaknya, Dodi Lontoh (19), duduk di depan.

Sari (47) tidak ditahan karena sakit.
"""
NEWS = "# Harbour\n\nCaptain Ana Lim, 52, left the harbour (31). Bo Roe, 44 years old, stayed with Bo Dunn (45).\n"


@pytest.mark.parametrize(
    ("question", "age"),
    [
        pytest.param("umur sari lontoh brp?", "47", id="by-a-part-of-the-name"),
        pytest.param("berapa usia dodi lontoh?", "19", id="in-brackets"),
        pytest.param("how old is Ana Lim?", "52", id="behind-a-comma"),
        pytest.param("How old is Bo Roe?", "44 years old", id="with-years"),
    ],
)
def test_an_age_is_found_beside_a_name(question: str, age: str, snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.md": TRIAL, "b.md": NEWS}).answer([question])
    assert quote_parts(answer.citations[0])[1] == age
    assert answer.confidence >= 0.9


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("how old is Bo?", id="two-of-that-name"),
        pytest.param("how old is the harbour?", id="no-name"),
        pytest.param("umur rita lontoh?", id="of-another"),
    ],
)
def test_an_age_is_not_that_of_others(question: str, snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.md": TRIAL, "b.md": NEWS}).answer([question])
    assert answer.confidence < 0.9


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("how old is he, Sari Lontoh in court?", None),
        ("umurnya berapa, Sari Lontoh disidang?", None),
        ("umurnya Sari Lontoh berapa?", {"sari", "lontoh"}),
    ],
)
def test_a_pronoun_beside_a_title_names_nobody(question: str, name: set[str] | None) -> None:
    assert asked_age(question) == name
