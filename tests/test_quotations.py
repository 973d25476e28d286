"""Who says what stands between quotation marks, as the words beside these tell."""

import time

import pytest

from retrieval.documents.parsing import parse_document
from retrieval.text.quotations import quoted_by, said_within


def told(text: str, quote: str, name: str = "a.txt") -> str:
    found = parse_document(name, text.encode())
    assert found
    document = found.document
    [sentence] = [one for one in found.sentences if quote in document.text[one.start : one.end]]
    return quoted_by(document, sentence)


@pytest.mark.parametrize(
    ("text", "quote", "who"),
    [
        ('"We left," said Ana Lim, the chair. "It was late. Nobody came."', "Nobody came", "said Ana Lim, the chair"),
        ("“It was late. We left,” the minister told reporters.", "It was late", "the minister told reporters"),
        ("Ana Lim said: “It was late. Nobody came.”", "Nobody came", "Ana Lim said"),
        ('"Hujan turun setiap tahun," ujar Ratna di posko. "Bukit digali habis."', "digali", "ujar Ratna di posko"),
        ('It rained. Lim, who leads it, said: "We left. It was late."', "It was late", "Lim, who leads it, said"),
        ('"We left," said Ana Lim. "It was late," she added. "Nobody came."', "Nobody came", "said Ana Lim"),
        ("«We left», said Ana Lim. «It was late.»", "It was late", "said Ana Lim"),
        ('Rudi mengatakan, "Kami siap. Jalan dibuka. Itu pasti," di Jakarta, Senin.', "dibuka", "Rudi mengatakan"),
        ('Ana Lim said, "We left. It was late. It rained," to Reuters.', "It was late", "Ana Lim said"),
        ('"Kami siap," ujar Rudi. "Jalan dibuka. Itu pasti," pungkas Yonky.', "Jalan dibuka", "pungkas Yonky"),
        ('"Tak ada nasi. Kami lapar." Ujar Budi Santoso kepada wartawan.', "nasi", "Ujar Budi Santoso kepada wartawan"),
        ('"We left," said Gov. Ana Lim on Monday. "It was late."', "It was late", "said Gov. Ana Lim on Monday"),
        ('"Kami siap," kata Kombes Pol. Budi di Medan. "Jalan dibuka."', "dibuka", "kata Kombes Pol. Budi di Medan"),
        ('"We left," said the U.S. Rep. Ana Lim. "It was late."', "It was late", "said the U.S. Rep. Ana Lim"),
        ('Ana Lim said: "We left. It was late." Ben Okoro said: "No."', "It was late", "Ana Lim said"),
        ('Ratna mengatakan, "Hujan deras. Jalan putus." Budi mengatakan jalan baik.', "putus", "Ratna mengatakan"),
        ('Ana Lim said: "We left.\n\n"It was late. Nobody came."\n\nIt rained.', "Nobody came", "Ana Lim said"),
        ('"We left. It was late.\n\n> "Nobody came," said Ana Lim.', "It was late", "said Ana Lim"),
        ("“We left,” said Ana Lim. “It was late.\n\n“It rained.\n\n“Nobody came.”", "It rained", "said Ana Lim"),
        ("Ben Okoro left.\n\n“It rained.\n\n“Nobody came,” said Ana Lim.", "It rained", "said Ana Lim"),
        ('Ana Lim said it rained. "We left," she said. "It was late."', "It was late", "Ana Lim said"),
        ('Ana Lim said it rained. "We left," she said. "It was late."', "We left", "Ana Lim said"),
        ('Ratna menegaskan itu. "Sudah 11 orang," tegasnya. "Kami jalan."', "Sudah 11", "Ratna menegaskan"),
        ('It was noon.\n\nRatna mengatakan jalan putus.\n\n"Kami tunggu," ujarnya.', "tunggu", "Ratna mengatakan"),
        ("“We left,” said Ana Lim.\n\n“It was late,” she said.", "It was late", "said Ana Lim"),
        ('Ana Lim said it rained. "We left," she told the press before 11am.', "We left", "Ana Lim said"),
        ('The mayor, Bo Roe, left for Wick. "We left," he said in a note. "It rained."', "rained", "The mayor, Bo Roe"),
        ('It rained. Mr Roe left at 9pm. "It was late," he said.', "late", "Mr Roe"),
        ('Ana Lim, the chair, said she had left. "It was late," she said.', "late", "Ana Lim, the chair"),
        (
            'Orsel, 2 Mei 2026 – Adi Roe kini bertugas sebagai Kepala Dinas. Ia lega. "Ini amanah," ucapnya.',
            "amanah",
            "Adi Roe",
        ),
        ("“It was late. Nobody came.” — Nurul H., Wick", "It was late", "Nurul H., Wick"),
        ("“It was late. Nobody came.”\n– Ana Lim, farmer", "Nobody came", "Ana Lim, farmer"),
        ("“It was late. Nobody came.”\n\n— Ana Lim\n\nIt rained.", "Nobody came", "Ana Lim"),
    ],
)
def test_who_says_it_is_told_by_the_words_right_beside_the_quotation(text: str, quote: str, who: str) -> None:
    assert told(text, quote) == who


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ('"We left," said Ana Lim.', "We left"),  # the sentence itself tells
        ("Ana Lim said that it was late. Nobody came.", "Nobody came"),  # not quoted
        ('"It was late," she said. "Nobody came."', "Nobody came"),  # it has no name
        ('Ana Lim met Bo Roe. "It was late," he said.', "It was late"),  # who does not speak
        ('Ana Lim and Bo Roe said it rained. "It was late," he said.', "It was late"),  # two
        ('Ana Lim said Bo Roe had left. "It was late," he said.', "It was late"),  # of whom the other may be meant
        ('Ana Lim said so.\n\nBo disagreed.\n\n"It was late," he said.', "It was late"),  # another between
        ('"We left," said Ana Lim. Bo came.\n\n"It was late," he said.', "It was late"),
        ('Ana Lim said it rained. "It was late," Bo said.', "It was late"),  # it tells another itself
        ('Ana Lim, for the crews, asked whether it was late. "It was late," he said.', "It was late"),  # who asks
        ('Ms Lim said it rained. "It was late," he said.', "It was late"),  # who is not "he"
        ('Mr Roe left. "It was late," she said.', "It was late"),
        ('Wick Bridge was shut. "It was late," he said.', "It was late"),  # which is nobody
        ('Ana Lim left. Bo Roe came. "It was late," she said.', "It was late"),  # two
        ('Ana Lim spoke to Bo Roe. "It was late," she said.', "It was late"),
        ('The report said it rained. "It was late," he said.', "It was late"),  # which is nobody
        ('Nobody from the ministry said so. "It was late," he said.', "It was late"),
        ('Before Ana Lim said so, Bo left. "It was late," he said.', "It was late"),
        ('Mayor Ana Lim said police had held the harbour master. "It was late," he said.', "It was late"),
        ('Ana Lim said she was told by Bo. "It was late," he said.', "It was late"),
        ('"We left," said Ana Lim. Ben Okoro disagreed. "It was early."', "It was early"),  # that is another
        ('"We left," said Ana Lim.\n\n"It was early."', "It was early"),  # another paragraph
        ('"We left," said Ana Lim. "It was late.\n\n"It was noon. I saw it," said Ben Okoro.', "It was late"),
        ('"We left," said Ana Lim. "It was late.\n\n"It was noon. I saw it," said Ben Okoro.', "It was noon"),
        ("Ana Lim said: “It was late.”\n\n“It was noon. I saw it.”", "It was noon"),
        ("“It was late. We left, said Chief Ana Lim.\n\n“It was noon,” said Ben Okoro.", "It was late"),
        ("“It was late. We left, said the chairman.\n\n“It was noon,” said Ben Okoro.", "It was late"),
        ("“It was late,” she said. “We left.\n\n“It was noon,” said Ben Okoro.", "We left"),
        ("Ana Lim was angry. “It was late. We left.\n\n“It was noon,” said Ben Okoro.", "We left"),
        ("* “It was late. We left.\n* “It was noon,” said Ben Okoro.", "We left"),
        ("Ana Lim said: “It was late.\n\nBen Okoro agreed.\n\n“It was noon. I saw it.”", "It was noon"),
        ('Ana Lim told Ben Okoro to go. "I will not. I stay here," he said.', "I will not"),
        ('"It was noon. I saw it." — Ana Lim did not.', "It was noon"),
        ("“It was noon. I saw it.”\n\n— The rain went on until Monday", "It was noon"),
        ("“It was noon. I saw it.”\n\n— Photo by Ben Roe", "It was noon"),
        ("“It was noon. I saw it.”\n\n— Water: 3 litres", "It was noon"),
        ('Ana Lim stood up. "It was noon. I saw it." The chairman then told her to sit down.', "I saw it"),
        ('"Hujan deras," kata Ratna, Senin (3/2/2025). Warga membantah. "Tidak. Jalan kering."', "Jalan kering"),
        ('"We left," said Ana Lim in 2020. Ben Okoro disagreed. "It was noon. I saw it."', "I saw it"),
        ('- Ana saw it. "It was noon. I saw it."\n- Cy Ro told them to go.', "I saw it"),
        ('Ana Lim defended him. "It was noon. I saw it." Asked about it, Cy Ro disagreed.', "I saw it"),
        ('Ana menangis. "Kami lapar. Tak ada nasi." Jelas sekali warga marah.', "Tak ada"),
        ('"It was noon. I saw it," Cy Ro was told.', "It was noon"),
        ('"Kami siap," ujar Bupati Rudi. "Jalan dibuka. Itu pasti," demikian Yonky.', "Jalan dibuka"),
        ('"We left," said Ana Lim. "It was noon. I saw it," concluded Chief Bo Tan.', "It was noon"),
        ('Ana Lim said the 6" pipe broke. The dam has 4 gates. A 9" pipe broke too.', "The dam"),
        ('Ana Lim said: "It was late. We left.\nThe dam was built in 1960.\nBen lives here.', "The dam"),
        ('"We left. It was late,” said Ana Lim. The road was closed. “Nobody came," said Ben.', "The road"),
        ('Lim said Okoro was "a liar" and added: "He lies. He always did." The police said no.', "always did"),
        ('Jalan kini terang. "Saya senang. Terima kasih."', "Terima kasih"),
        ('"Kami siap. Jalan dibuka." Kata-kata itu mengejutkan warga.', "Jalan dibuka"),
        ('The sign reads "Mind the step. It is wet." It was put up by Ana Lim, who said nothing.', "It is wet"),
    ],
)
def test_it_is_not_told_where_the_sentence_does_or_nothing_does(text: str, quote: str) -> None:
    assert told(text, quote) == ""


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ('"We left," said Ana Lim, the chair.', "said Ana Lim, the chair"),
        ('The minister, Ana Lim, said: "We left."', "The minister, Ana Lim, said"),
        ('"We left at noon, and nobody saw us," said\nAna Lim.', "said\nAna Lim"),
        ("“Kami pergi,” kata Ratna, bupati.", "kata Ratna, bupati"),
        ('"We left," she said.', None),
        ('Ana Lim said "we left" but Ben Okoro said "nobody ever left".', None),
        ('Ratna mengulang kata "Siap".', None),
        ("Ana Lim of the union said that they left.", "Ana Lim of the union said"),
        ('Ana Lim said that Orla "has left for good".', "Ana Lim said"),
        ('"We left," spokesperson Ana Lim told Orla, adding that it rained.', "spokesperson Ana Lim told"),
        ("Menurut Ana Lim, mereka pergi.", "Menurut Ana Lim"),
        ("Ketua Pasar Ana Lim meminta pasar ditutup.", "Ketua Pasar Ana Lim meminta"),
        ("Sementara itu, Wali Kota Ir. Ana Lim mengklaim jalan baik.", "Wali Kota Ir. Ana Lim mengklaim"),
        ("Orsel, 2 Mei 2026 – Ana Lim menyebut jalan baik.", "Ana Lim menyebut"),
        ("Ana Lim menolak tawaran itu.", None),
        ("After they left, nobody said a word.", None),
        ("It was said that they left.", None),
        ("They were told by Ana Lim.", None),
        ("The players bring a joy that adds to it.", None),
        ("Ana Lim never said that they left.", None),
        ("Ana Lim left before Ben Roe said a word.", None),
        ("Ana Lim denies that Ben Roe said so.", None),
        ("According to plan, they left.", None),
        ("Menurut saya itu benar.", None),
    ],
)
def test_a_sentence_tells_beside_what_it_quotes_who_says_it(text: str, who: str | None) -> None:
    found = parse_document("a.md", text.encode())
    assert found
    span = said_within(found.document, found.sentences[0])
    assert (span and text[slice(*span)]) == who


def test_front_matter_is_no_part_of_a_paragraph() -> None:
    text = '---\ntitle: The "late\n---\nAna Lim said: "We left. It was late."\n'
    assert told(text, "It was late", "a.md") == "Ana Lim said"


def test_a_quotation_in_markdown_stands_in_its_paragraph_only() -> None:
    text = '# "Late"\n\nAna Lim said: "We left.\n\nIt was 5" long.\n\n"Nobody came. It rained," said Ben Okoro.\n'
    assert told(text, "Nobody came", "a.md") == "said Ben Okoro"


def test_hostile_text_before_a_quotation_takes_no_time() -> None:
    began = time.process_time()
    assert told(f'The chair, {"A" * 200}! "It was late," he said.', "It was late") == ""
    assert told(f'{"A. " * 500}x "It was late," he said.', "It was late") == ""
    assert time.process_time() - began < 5
