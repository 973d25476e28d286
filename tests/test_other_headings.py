"""What stands below the heading of another name than a question names does not answer it."""

import pytest

from tests.fakes import BuildSnapshot

REMARKS = """# Sentencing remarks

The court sentences three men for the burglary at the harbour office.

## Holt

Daniel Holt, you are sentenced to twelve months in prison. You must pay 300 crowns to the harbour office.

## Marsh

You kept watch outside. The sentence is six months in prison.

## Yeo

You are sentenced to a community order with 120 hours of unpaid work. Holt paid you 50 crowns. Holt
planned the burglary in a café at the quay.
"""
CLINICS = """# Profil puskesmas

## Puskesmas Waringin

Puskesmas ini melayani rawat inap dengan 12 tempat tidur.

## Puskesmas Cibeureum

Puskesmas ini melayani rawat jalan setiap hari kerja.
"""
REPORT = """# Election report

## Turnout

Participation in Wick was 61 per cent. The turnout in Ansel was 58 per cent.

## Complaints

The commission received 14 letters. In Torrow 48 per cent voted, and the turnout is questioned.
"""
SECTORS = """# Situation report

## Overview

Mobile teams treated 340 patients in the north.

## Shelter

Tents are short.

## Food

Some 2,000 families got tarpaulins and rice.
"""
ADVICE = """# Imbauan perjalanan

## Republik Hadra – kuning

Visa saat kedatangan berlaku 14 hari.

## Republik Valdoria – hijau

Waspadai pencopetan di stasiun pusat. Paspor harus berlaku 6 bulan.
"""
NUMBERED = """# Plan

## 1. Waste

The town collects 900 tonnes a year. Collection costs 2 crowns a bag.

## 2. Water

A new pipe is planned.
"""
CLINIC_PLANS = """# Clinics

The clinics in Holt and Yeo were closed by the flood.

## Holt

Nurses came on Friday.

## Yeo

The clinic stays shut.

## What comes next

Both clinics will get new generators in April.
"""


@pytest.mark.parametrize(
    ("text", "question", "quote"),
    [
        pytest.param(REMARKS, "how many hours of unpaid work did Holt get?", "", id="another-name"),
        pytest.param(ADVICE, "visa ke republik valdoria berlaku berapa hari?", "", id="a-name-beside-other-words"),
        pytest.param(ADVICE, "visa ke hadra berlaku berapa hari?", "14 hari", id="its-own-beside-other-words"),
        pytest.param(NUMBERED, "how many tonnes of waste in 2 years?", "900 tonnes a year", id="a-number-is-no-name"),
        pytest.param(REMARKS, "how many hours of unpaid work did Yeo get?", "120 hours of unpaid work", id="its-own"),
        pytest.param(REMARKS, "what did Holt pay Yeo?", "Holt paid you 50 crowns", id="both-names"),
        pytest.param(REMARKS, "where did Holt plan the burglary?", "café at the quay", id="in-the-sentence-itself"),
        pytest.param(CLINICS, "berapa tempat tidur puskesmas cibeureum?", "", id="a-word-that-headings-share"),
        pytest.param(CLINICS, "berapa tempat tidur puskesmas waringin?", "12 tempat tidur", id="small-letters"),
        pytest.param(SECTORS, "how many families got tarpaulins for shelter?", "Some 2,000", id="of-a-subject"),
        pytest.param(CLINIC_PLANS, "when will the Holt clinic get new generators?", "in April", id="below-the-last"),
        pytest.param(REPORT, "what was the turnout in Torrow?", "48 per cent voted", id="a-heading-that-is-no-name"),
    ],
)
def test_below_another_name_nothing_answers(snapshot_of: BuildSnapshot, text: str, question: str, quote: str) -> None:
    [answer] = snapshot_of({"a.md": text}).answer([question])
    assert answer.found is bool(quote)
    assert quote in (answer.citations[0].sentence if quote else "")


def test_below_a_heading_of_a_part_its_name_counts(snapshot_of: BuildSnapshot) -> None:
    part = "## {name}\n\n### Staff\n\n{staff}\n\n### Rooms\n\n{rooms}\n\n"
    text = "# Offices\n\nThe offices in Wick and Ansel share a car.\n\n" + "".join(
        part.format(name=name, staff=f"There are {staff} people here.", rooms=rooms)
        for name, staff, rooms in (("Wick", 14, "Its archive is on the third floor."), ("Ansel", 9, "It has one hall."))
    )
    wick, ansel = snapshot_of({"a.md": text}).answer(
        ["where is the archive of Wick?", "where is the archive of Ansel?"]
    )
    assert (wick.found, ansel.found) == (True, False)
