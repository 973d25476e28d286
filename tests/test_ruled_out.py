"""What is said of others than a question names, or is of another kind than it asks for, does not answer it."""

import pytest

from retrieval.answering import Snapshot
from retrieval.answers.breakdowns import with_entries_marked
from retrieval.answers.turns import turn_after
from retrieval.ruling_out.other_kinds import is_of_other_kind
from retrieval.values import Document, Hit, Passage, Reading, Sentence
from tests.fakes import BuildSnapshot

GOVERNORS = (
    "The governor of Orsel declared a state of emergency on 24 February. "
    "The governor of Maru declared a state of emergency on 14 March."
)
BIDS = (
    "The dredging was awarded to Boskamp Marine. Five bids were received.\n\n"
    "The gearbox was awarded to Hellmann Drives. One bid was received."
)
MARKETS = "Markets in Orsel reopened on 4 March. Schools in Maru are closed."
FINES = "The court fined Hamish Gow 4,200 pounds. Iain Torrance got a warning."
DEPUTIES = "Carrow is led by Mayor Ann Holt. The deputy mayor, Tim Reed, was fined 300 pounds."
MINISTERS = """Retno Marsudi, the foreign minister of Indonesia, led the meeting in Paris.

The Australian Foreign Minister co-chaired the meeting with Retno Marsudi.
"""
KAPOLSEK = (
    "Kapolsek Tirtamulya Kompol Ridwan Siahaan mengamankan sampel makanan. Kepala Dinas Kesehatan Wanasari dr. Budi "
    "Halim hadir. Duta Besar RI untuk Vardania Sutan Rajo Amir mendampingi mereka."
)
PELANTIKAN = "Presiden melantik:\n\n5. Budi Halim, Konsul di Wick;\n\n6. Sri Mulyati, Duta Besar untuk Vardania;\n"
CAMAT = (
    "LABUHAN – Bantuan tiba di Labuhan pada Senin. Camat Sungai Dua, Rudi Tarigan, juga hadir. Bupati Teluk Tambora, "
    "Hendra Sialagan, menyerahkan beras."
)
KEJARI = "Menurut Kepala Kejaksaan Negeri Muara Tebing, Bertha Kaligis, 11 dari 24 alat tidak pernah bisa dipakai."
GUBERNUR = "Gubernur Jawa Barat Dedi Hartono melantik Kepala Dinas Kesehatan Sukamaju Budi pada Senin."
NOTES = "# Rapat humas\n\n- Hadir: Tiara, Gilang, Sinta\n- Tempat: Aula\n"
ELECTION = (
    "Nadia Farouk won with 1,306 votes, 514 more than Stuart Keel. In 2020 Mr Drew beat Ruth Beck by 2,310 votes."
)
OLD_STRIKE = "# Strike over\n\n21 June 2019\n\nAbout 710 workers took part in the strike.\n"
NEXT_YEAR = "# Fair\n\n21 June 2026\n\nNext year the fair will cost 12 crowns.\n"
ACTING = "The acting director of Orla, Bo Hall, resigned on 3 May."
BUPATI = "Bantuan diserahkan kepada Bupati Sambirata Ratna Kusumadewi. Wakil Wali Kota Budi hadir."
BRIDGES = "# Roads\n\nThe bridge at Kisi was repaired on 3 May. The bridge at Nkoro is still closed.\n"
STAFF = """# Staff

| Unit | Name | Phone |
|---|---|---|
| Ports | Jo Lund | 555 0100 |
| Roads | Al Gray | 555 0199 |
"""
CENTRES = "# Storm\n\nNine centres are open: five in Selle, three in Mbara and one in Tonga Hills.\n"
LIBRARIES = (
    "Kessock Library, 12 Harbour Road. Phone: 101\nOpen: Monday to Friday\nLibrarian: Ana Weiss\n\n"
    "Wick Library, 3 Mill Lane. Phone: 102\nOpen: Saturday\nLibrarian: Ben Cole\n"
)
FAMILY = "# Rescue\n\nThe man was named as Daniel Cole, 34.\n\nHis wife, Maya Cole, said he was well.\n"
BRIDGE = (
    "# New bridge for Orsel\n\nThe council met.\n\nEngineer Ratna Dewi told councillors the steel had to be replaced.\n"
)
ALARMS = (
    "# Storm\n\nThe report said 12 people died in the storm and that three earlier alarms were false.\n\n"
    "Of 40 claims checked by the agency, 12 were false.\n\n"
    "Of 40 houses in Selle, 9 were flooded, and 3 in Mbara lost their roofs.\n"
)
VOYAGE = "# Voyage\n\nThe voyage from Selle to Wick took 2 hours and 30 minutes.\n"
STORM = "# Storm\n\nThe storm hit on Friday. 14 people are dead, 57 injured and 3 missing.\n"
STRIKE = "# Strike on 22 and 23 January\n\nUniversity of Harnleigh, Press office, 17 January 2025\n\nNobody is paid.\n"
WALL = (
    "EMBARGOED UNTIL 00:01 ON THURSDAY 19 MARCH 2026\n\nThe council has agreed to build a sea wall. "
    "It will cost 4.7 million pounds. The contract was signed on 12 March 2026."
)
RECOUNT = "# Hasil Pemungutan Suara Ulang\n\nTanggal: 26 Februari 2026\n\nRekapitulasi selesai di empat kecamatan.\n"

STABBED = "# Berlin\n\nFritz Weiland was stabbed in Berlin. Police arrested a 57-year-old man as a suspect.\n"
RIOTS = (
    "# Advice\n\nThere were riots at the port of Orla on 24 August, in which nine people were killed. "
    "A curfew applies in Orla and in Sennet, where there were strikes, too.\n"
)
GUARDS = (
    "# Visit\n\nThe coast guard of Orla is led by Hugh Strand. Velmora has a coast guard, too.\n\n"
    "The embassy of Orla opens on 3 May. In Kessock lies the embassy of Tern, which opens on 9 June.\n"
)
DUBES = (
    "Presiden melantik Duta Besar untuk Velmora dan Kestria.\n\nDuta Besar untuk Kestria berangkat pada 21 Oktober.\n"
)
GAMES = "# Games\n\nLeo Jarrow is fifth in history in points. He had 25 points on Tuesday.\n"
BASE = "# Base\n\nOrsel will keep its base in Tanf after its troops leave Maru under the announcement last month.\n"
LOSSES = "---\ndate: 2019-11-20\n---\n# Losses\n\nWework lost $1.25 billion. Its 2025 bond now yields 16 per cent.\n"


def ask(build: BuildSnapshot, text: str, question: str) -> str:
    """Return what is marked as the answer in the sentence that is cited first; nothing if it is not found."""
    snapshot: Snapshot = build({"a.md" if text.startswith("#") else "a.txt": text})
    citations = snapshot.answer([question])[0].citations
    return citations[0].document.text[slice(*citations[0].highlight)] if citations and citations[0].highlight else ""


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        pytest.param(GOVERNORS, "who declared a state of emergency in Orsel?", "The governor of Orsel", id="who"),
        pytest.param(GOVERNORS, "when was a state of emergency declared in Orsel?", "24 February", id="when"),
        pytest.param(GOVERNORS, "when was a state of emergency declared in Maru?", "14 March", id="the-other"),
        pytest.param(BIDS, "how many bids were received for the gearbox?", "One", id="in-its-paragraph"),
        pytest.param(BIDS, "how many bids were received for the dredging?", "Five", id="in-the-other-paragraph"),
    ],
)
def test_of_two_that_answer_that_comes_first_which_has_more_of_the_question(
    snapshot_of: BuildSnapshot, text: str, question: str, marked: str
) -> None:
    assert ask(snapshot_of, text, question) == marked


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        pytest.param(MARKETS, "when did markets reopen in Maru?", "", id="another-place"),
        pytest.param(MARKETS, "when did markets reopen in Orsel?", "4 March", id="the-place"),
        pytest.param(FINES, "how much was Iain Torrance fined?", "", id="another-person"),
        pytest.param(FINES, "how much was Hamish Gow fined?", "4,200 pounds", id="the-person"),
        pytest.param(DEPUTIES, "how much was the mayor fined?", "", id="a-deputy"),
        pytest.param(MINISTERS, "who is the Australian foreign minister?", "", id="told-of-with-the-minister"),
        pytest.param(MINISTERS, "who is the foreign minister of Indonesia?", "Retno Marsudi", id="the-minister"),
        pytest.param(DEPUTIES, "how much was the deputy mayor fined?", "300 pounds", id="the-deputy"),
        pytest.param(ACTING, "when did the director of Orla resign?", "3 May", id="who-is-acting"),
        pytest.param(ACTING, "when did the deputy director of Orla resign?", "", id="no-deputy"),
        pytest.param(BUPATI, "siapa wakil bupati sambirata?", "", id="tidak-ada-wakil"),
        pytest.param(BUPATI, "siapa bupati sambirata?", "Ratna Kusumadewi", id="bupati"),
        pytest.param(KAPOLSEK, "siapa kapolsek tirtamulya?", "Kompol Ridwan Siahaan", id="kapolsek-itu"),
        pytest.param(KAPOLSEK, "siapa dubes RI untuk vardania?", "Sutan Rajo Amir", id="dubes"),
        pytest.param(KAPOLSEK, "siapa dubes indonesia untuk vardania?", "Sutan Rajo Amir", id="dubes-indonesia"),
        pytest.param(PELANTIKAN, "siapa dubes untuk vardania?", "Sri Mulyati", id="dubes-dalam-daftar"),
        pytest.param(CAMAT, "siapa camat sungai dua?", "Rudi Tarigan", id="camat-itu"),
        pytest.param(KEJARI, "siapa kepala kejari muara tebing?", "Bertha Kaligis", id="kejari"),
        pytest.param(GUBERNUR, "siapa gubernur jabar?", "Dedi Hartono", id="jabar"),
        pytest.param(GUBERNUR, "siapa kepala dinas kesehatan yang dilantik?", "Sukamaju Budi", id="yang-dilantik"),
        pytest.param(NOTES, "siapa saja yang hadir?", "Tiara, Gilang, Sinta", id="hadir"),
        pytest.param(ELECTION, "how many votes did Stuart Keel get?", "", id="more-than"),
        pytest.param(ELECTION, "how many votes did Ruth Beck get?", "", id="beaten-by"),
        pytest.param(ELECTION, "by how many votes did Mr Drew beat Ruth Beck?", "2,310 votes", id="the-margin"),
        pytest.param(NEXT_YEAR, "how much does the 2027 fair cost?", "12 crowns", id="of-a-year-to-come"),
        pytest.param(OLD_STRIKE, "how many workers took part in the strike?", "710", id="of-no-year"),
        pytest.param(STRIKE, "when will the strike take place?", "", id="the-day-of-a-release"),
        pytest.param(STRIKE, "date of the press release?", "17 January 2025", id="of-which-it-is-asked"),
        pytest.param(WALL, "when was the contract signed?", "12 March 2026", id="no-embargo"),
        pytest.param(RECOUNT, "kapan pemungutan suara ulang?", "", id="a-label-with-the-day"),
        pytest.param(BRIDGES, "when was the bridge at nkoro repaired", "", id="another-place-in-small-letters"),
        pytest.param(BRIDGES, "when was the bridge at kisi repaired", "3 May", id="the-place-in-small-letters"),
        pytest.param(STAFF, "address of ports?", "", id="a-number-is-no-address"),
        pytest.param(STAFF, "phone of ports?", "555 0100", id="a-number"),
        pytest.param(CENTRES, "how many centres are open in mbara", "three", id="of-a-place"),
        pytest.param(CENTRES, "how many centres are open", "Nine", id="of-all-places"),
        pytest.param(STORM, "injured?", "57 injured", id="of-two-counts"),
        pytest.param(STORM, "how many people are dead?", "14", id="of-one-count"),
        pytest.param(STABBED, "how old was Fritz Weiland?", "", id="age-of-somebody"),
        pytest.param(STABBED, "how old is the suspect?", "57-year-old", id="his-age"),
        pytest.param(RIOTS, "how many people were killed in the riots in sennet?", "", id="riots-elsewhere"),
        pytest.param(
            RIOTS, "how many people were killed in the riots in orla?", "nine people were killed", id="riots-there"
        ),
        pytest.param(GUARDS, "who leads the coast guard of velmora?", "", id="another-coast-guard"),
        pytest.param(GUARDS, "who leads the coast guard of orla?", "Hugh Strand", id="the-coast-guard"),
        pytest.param(GUARDS, "when does the embassy of velmora open?", "", id="another-embassy"),
        pytest.param(GUARDS, "when does the embassy of kessock open?", "9 June", id="embassy-beside-that-name"),
        pytest.param(DUBES, "kapan dubes ri untuk velmora berangkat?", "", id="dubes-negara-lain"),
        pytest.param(DUBES, "kapan dubes ri untuk kestria berangkat?", "21 Oktober", id="dubes-negara-itu"),
        pytest.param(GAMES, "how old is leo jarrow?", "", id="a-rank-is-no-age"),
        pytest.param(GAMES, "how many points did leo jarrow have?", "25", id="points"),
        pytest.param(BASE, "when will the troops leave Tanf?", "", id="a-time-that-is-over"),
        pytest.param(LOSSES, "how much did wework lose in 2025?", "", id="after-the-document"),
        pytest.param(LOSSES, "how much did wework lose?", "$1.25 billion", id="before-the-document"),
        pytest.param(VOYAGE, "how many hours did the voyage take?", "2 hours and 30 minutes", id="one-amount"),
    ],
)
def test_what_is_of_others_does_not_answer(snapshot_of: BuildSnapshot, text: str, question: str, marked: str) -> None:
    assert ask(snapshot_of, text, question) == marked


SHIPYARD = (
    "Shipyard to cut jobs\n\nThe shipbuilder Kessock Marine will cut 240 of its 900 jobs. The company announced the "
    "plan at a staff meeting on Wednesday morning, where workers whistled and booed for several minutes before leaving "
    "the hall.\n\nEconomics minister Petra Holm promised state aid of 30 million euros."
)
ACTING_MAYOR = (
    "Penjabat (Pj) Wali Kota Melati, Hendra Gunadi, membuka pasar. Mayor Ann Holt and her deputy, Tim Reed, came."
)
PARTY = "Summer party of the museum\n\nSaturday, 12 July 2025\n\nHarbour Museum, Quay 4\n\nAll staff are invited.\n"
LEASE = "# Lease\n\n3.10 The rent is due on the first day of each quarter.\n\n3.11 The tenant pays for water.\n"


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        pytest.param(LIBRARIES, "when is wick library open?", "Saturday", id="lines-of-an-entry"),
        pytest.param(LIBRARIES, "who is the librarian in wick?", "Ben Cole", id="lines-of-an-entry-who"),
        pytest.param(FAMILY, "who is the wife of daniel cole?", "Maya Cole", id="a-wife"),
        pytest.param(FAMILY, "how old is maya cole?", "", id="not-her-age"),
        pytest.param(BRIDGE, "what did ratna dewi say about the bridge?", "replaced", id="what-the-title-names"),
        pytest.param(ALARMS, "how many people died?", "12", id="what-is-beside-what-is-untrue"),
        pytest.param(ALARMS, "how many claims were false?", "12", id="what-is-false"),
        pytest.param(ALARMS, "how many houses in selle were flooded?", "9", id="of-a-part"),
        pytest.param(
            SHIPYARD, "how much state aid was promised to Kessock Marine?", "30 million euros", id="named-before"
        ),
        pytest.param(ACTING_MAYOR, "siapa pj wali kota melati?", "Hendra Gunadi", id="in-brackets"),
        pytest.param(PARTY, "when is the summer party?", "12 July 2025", id="the-day-of-an-event"),
        pytest.param(LEASE, "when is the rent due?", "first day of each quarter", id="a-clause-is-no-hour"),
    ],
)
def test_what_only_looks_like_others_answers(snapshot_of: BuildSnapshot, text: str, question: str, marked: str) -> None:
    assert marked in ask(snapshot_of, text, question)


POLICE = """Kasat Reskrim Iptu Gilang Purwasasmita memaparkan pengungkapan pencurian sepeda motor.
Polisi menangkap tiga orang.

Jembatan Kali Serayan putus sehingga lalu lintas dialihkan melalui jalur Karangtuah.
"""
CIRCULAR = """SURAT EDARAN
NOMOR 800/17/SE/2026
TENTANG JAM KERJA

Jam kerja pada bulan Ramadan adalah 32,5 jam per minggu.
"""
PEOPLE = "# Contacts\n\n- Matthew Oduya, Director. Phone: 0101\n- Clara Weiss, Manager. Email: c.weiss@bw.example\n"
VISIT = """The minister comes to Wick on Monday, and the harbour master will show the new quay and lighthouse to all.

Contact for the visit: Reinhard Mawuntu, telephone 0811-5555-0909.
"""
PRESENT = "# Meeting\n\nThe board met on Monday in Wick.\n\nNot present: Ana Lim.\n"
REPORT = """# Laporan Situasi No. 5

Senin, 8 Desember 2025 — Pukul 18.00 WITA

Banjir di Marawula surut sejak 6 Desember 2025. Presiden dijadwalkan datang ke Marawula.
"""


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        pytest.param(POLICE, "siapa pelaku pencurian sepeda motor?", "", id="who-tells-of-a-crime"),
        pytest.param(
            POLICE,
            "siapa yang memaparkan pencurian sepeda motor?",
            "Kasat Reskrim Iptu Gilang Purwasasmita",
            id="who-told",
        ),
        pytest.param(POLICE, "kenapa jembatan kali serayan putus?", "", id="what-came-of-it"),
        pytest.param(CIRCULAR, "surat edaran jam kerja tanggal berapa?", "", id="number-of-a-paper"),
        pytest.param(CIRCULAR, "jam kerja ramadan jam berapa?", "", id="hours-a-week"),
        pytest.param(VISIT, "phone number of the minister?", "", id="somebody-elses-number"),
        pytest.param(VISIT, "phone number of Reinhard Mawuntu?", "0811-5555-0909", id="their-number"),
        pytest.param(PEOPLE, "matthew oduya's email", "", id="of-another-line"),
        pytest.param(PEOPLE, "clara weiss email", "c.weiss@bw.example", id="of-the-line"),
        pytest.param(PRESENT, "who was not present?", "Ana Lim", id="label-that-is-asked-for"),
        pytest.param(REPORT, "kapan banjir di marawula surut?", "6 Desember 2025", id="day-in-a-report"),
    ],
)
def test_what_is_marked_is_of_the_kind_that_is_asked_for(
    snapshot_of: BuildSnapshot, text: str, question: str, marked: str
) -> None:
    assert ask(snapshot_of, text, question) == marked


@pytest.mark.parametrize(
    ("text", "question", "marked", "is_other"),
    [
        ("Bus jalan 9 kali, sehingga laba turun.", "kenapa trayek berhenti?", "laba turun", False),
        ("Trayek berhenti, sehingga warga jalan kaki.", "kenapa trayek berhenti?", "warga jalan kaki", True),
        ("Why was her card denied?", "was her card accepted or denied?", "denied", False),
        ("Why was her card denied?", "was her card denied?", "her card denied", True),
        ("Ana Lim: To whom?", "what does Ana Lim say?", "To whom?", False),
        ("Bona adalah ketua keenam.", "ketua ke berapa bona?", "keenam", False),
        ("It was the 23rd call since 2016.", "how many calls since 2016?", "23rd", False),
        ("This is the fifth hut out of eleven.", "how many huts are open?", "fifth", False),
        ("This is the fifth hut of the club.", "how many huts are open?", "fifth", True),
        ("Bo Roe, who beat Ana Lim by 812 votes to 640.", "how many votes did Bo Roe get?", "812 votes", False),
        ("Bo Roe, who beat Ana Lim by 812 votes.", "how many votes did Bo Roe get?", "812 votes", True),
        ("Bo Roe finished 130 votes ahead of Lim.", "how many votes did Bo Roe win by?", "130 votes", False),
        ("You get 250 crowns if less than a week is left.", "how much money is it?", "250 crowns", False),
        ("The races are held in May/June.", "when is the race?", "May/June", False),
        ("Orla, which has been free since last year.", "and Orla, since when is it free?", "since last year", False),
        ("Data for June will be published on 3 July.", "sales in July 2026", "Data for June", True),
        ("It is 9 in July, and more will be published on 3 July.", "sales in July 2026", "9", False),
        ("Data for June will be published on 3 July.", "what is planned in July 2026", "3 July", False),
        ("Data for June will be published on 3 July.", "release of data in July 2026", "3 July", False),
        ("Angka Juni akan dirilis pada 3 Juli.", "kapan angka Juli dirilis?", "3 Juli", True),
        ("Angka Juni akan dirilis pada 3 Juli.", "kapan angka juni dirilis?", "3 Juli", False),
        ("It will be published in July.", "when will the June data be published?", "July", False),
        ("The book will be published on 3 July.", "when may it be published?", "3 July", False),
        ("It was free last year.", "when is it free?", "last year", True),
    ],
)
def test_what_is_marked_is_of_another_kind_than_what_is_asked_for(
    text: str, question: str, marked: str, *, is_other: bool
) -> None:
    sentence, begin = Sentence(0, len(text)), text.index(marked)
    hit = Hit(Passage(0, 0, (sentence,)), Document("a.txt", "Orla", text), 0.5, 0.5, 1.0)
    assert is_of_other_kind(question, Reading(hit, sentence, 0.9, (begin, begin + len(marked)))) is is_other


@pytest.mark.parametrize(
    ("text", "is_other"),
    [
        ("The town gave 9 million.", True),
        ("The budget for 2024 was agreed. The town gives 9 million.", False),
        ("The rent is frozen until the end of 2025, at 9 million.", False),
    ],
)
def test_a_document_of_before_a_year_says_it_in_the_paragraph_or_of_later(text: str, *, is_other: bool) -> None:
    sentence = Sentence(text.rindex("The "), len(text))
    hit = Hit(Passage(0, 0, (sentence,)), Document("a.txt", "Orla", text, date="2023-05-01"), 0.5, 0.5, 1.0)
    assert is_of_other_kind("how much does Orla pay in 2024?", Reading(hit, sentence, 0.9)) is is_other


def test_who_holds_an_office_elsewhere_is_not_meant_after_another_answer_either(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"a.md": f"# Foreign ministers meet on the Bali Process\n\n{MINISTERS}"})
    [first] = snapshot.answer(["who co-chaired the meeting?"])
    [answer] = snapshot.answer(["who is the australian foreign minister?"], [turn_after(first, None)])
    assert first.found
    assert not answer.found


PARTNERS = (
    "# Who works with us\n\nPartners in Selle are Red Quay (Orla and Tern), the Kade Fund (Wick) and the cooperative "
    "Mare Alta (Kessock). The contract with the haulier Trans Velmora ended on 30 April, because lorries had been "
    "late. Its director, Jon Taub, said that he was owed money.\n"
)
BOARD = (
    "# Minutes of the board\n\n**Chair:** Olga Stern\n**Present:** Pelagia (Ivo Kern), Nordwind (Agnes Roth), Green "
    "Roof (Ruth Mender), Harbour Office (Ben Dorn, for item 4), Clearwater (Rashid Selim)\n"
)
PRESS = "# Statement\n\nGreen Roof asks for calm.\n\nMedia contact: Ruth Mender, +62 812 5550 19, press@roof.example\n"
STATE = "# Storm\n\nThe Governor of Great Orsel, Ana Mota, declared a state of emergency on 13 February.\n"
BANK = (
    "# Bank Melati dan Bank Cemara bergabung\n\nMantan Direktur Utama Bank Cemara, Rina Kalang, kini menjadi wakil "
    "direktur utama. Direktur Utama Bank Melati, Feri Gunadi, memimpin bank hasil penggabungan.\n"
)
CAMP = "# Camp Orla\n\nThe camp was opened in 2019. The camp manager is Mr Ivo Kern. Two clinics are open.\n"
REGRETS = (
    "# Minutes\n\nMs Stern thanked Mr Kern, who leaves for a post in Wick. Mr Kern said he regretted two things: the "
    "late start in Tern, and that the kits were not agreed with women first.\n"
)


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        pytest.param(PARTNERS, "who is the director of mare alta?", "", id="its-director"),
        pytest.param(PARTNERS, "who is the director of trans velmora?", "Jon Taub", id="its-director-of-that"),
        pytest.param(BOARD, "who is the media officer of green roof?", "", id="who-was-present"),
        pytest.param(BOARD, "who is the chair of the board?", "Olga Stern", id="the-chair"),
        pytest.param(PRESS, "who is the media officer of green roof?", "Ruth Mender", id="so-labelled"),
        pytest.param(STATE, "who was the mayor of great orsel?", "", id="another-office-of-that-place"),
        pytest.param(STATE, "who is the governor of great orsel?", "Ana Mota", id="the-office"),
        pytest.param(BANK, "siapa direktur utama bank melati?", "Feri Gunadi", id="who-holds-it"),
        pytest.param(CAMP, "who was the first camp manager?", "", id="who-holds-it-now"),
        pytest.param(
            REGRETS,
            "what did Mr Kern regret?",
            "the late start in Tern, and that the kits were not agreed with women first",
            id="what-he-regrets",
        ),
    ],
)
def test_an_office_and_words_are_those_of_whom_a_question_names(
    snapshot_of: BuildSnapshot, text: str, question: str, marked: str
) -> None:
    assert ask(snapshot_of, text, question) == marked


VIGIL = (
    "The concert in Selle was heard by 600 people. The night was long and cold. Nobody there had known Ana Kowal, for "
    "whom it was held."
)
COVER = (
    "# Auric Ridge sells its mine\n\nThe mine was sold by Auric Ridge on 3 May. The price was the best, said Janet "
    "Prow, who gives up her post. She will be followed by Douglas Ihara.\n"
)


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        pytest.param(VIGIL, "how many people heard the concert for Kowal?", "600", id="the-first-sentence"),
        pytest.param(COVER, "who will follow Prow?", "Douglas Ihara", id="a-title-that-names-a-body"),
    ],
)
def test_what_begins_a_text_or_stands_below_a_headline_is_of_those_it_is_asked_of(
    snapshot_of: BuildSnapshot, text: str, question: str, marked: str
) -> None:
    assert marked in ask(snapshot_of, text, question)


PRICES = (
    "# Survey\n\nThe price of maize rose from 300 to 450 shillings a kilogram in Selle, and to 520 in Wick.\n\n"
    "The chapel of Orla was painted in 2019.\n"
)


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        pytest.param(PRICES, "price of maize in Orla?", "", id="figures-of-other-places"),
        pytest.param(PRICES, "price of maize in Wick?", "520", id="the-figure-of-the-place"),
    ],
)
def test_one_place_is_not_another(snapshot_of: BuildSnapshot, text: str, question: str, marked: str) -> None:
    assert ask(snapshot_of, text, question) == marked


CAPTAIN = (
    "# Trial in Wick\n\nThe wife of Anton Reith, Maya Stone, wept. Carl Doyle, the other defendant, was silent. "
    "Doyle stays in prison.\n"
)


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        pytest.param(CAPTAIN, "who is the wife of Carl Doyle?", "", id="anothers-wife-in-english"),
        pytest.param(CAPTAIN, "who is the wife of Reith?", "Maya Stone", id="his-wife-by-a-last-name"),
    ],
)
def test_whose_relative_somebody_is_counts(snapshot_of: BuildSnapshot, text: str, question: str, marked: str) -> None:
    assert ask(snapshot_of, text, question) == marked


FORMER_HEAD = (
    "# Mantan kepala balai tersangka\n\nKejaksaan menetapkan mantan Kepala Balai Benih Rudi Satria sebagai tersangka.\n"
)


def test_who_holds_an_office_now_is_told_by_a_newer_document(snapshot_of: BuildSnapshot) -> None:
    newer = (
        "---\ndate: 2026-06-28\n---\n# Wawancara\n\nSudah dua bulan Mirna Sofyan memimpin Balai Benih sebagai plt.\n"
    )
    snapshot = snapshot_of({"a.md": f"---\ndate: 2026-02-19\n---\n{FORMER_HEAD}", "b.md": newer})
    [answer] = snapshot.answer(["siapa kepala balai benih sekarang?"])
    assert "Mirna" in answer.citations[0].sentence


CREW = "# Wawancara\n\n**Berapa orang awak yang Anda punya?**\n\nTiga puluh dua untuk satu kapal. Kurang lima.\n"
CREW_PAY = "# Wawancara\n\n**Berapa gaji awak kapal?**\n\nTiga puluh dua untuk tiap awak. Kurang lima.\n"
CREWS = "# Interview\n\nHow many crew does a boat have? Thirty-two for one boat. Five are missing.\n"
DEPOSIT = (
    "# Setoran\n\nPelamar menyetor Rp2.500.000 ke rekening panitia lelang. Panitia menutup pendaftaran pada Mei.\n"
)
NOT_ACCUSED = "# Trial\n\nThe former mayor, Ivo Brand, was heard. He has not been accused of forgery.\n"
ACCUSED = "# Trial\n\nThe former mayor, Ivo Brand, was heard. He was accused of forgery, and not of theft.\n"
VALVE = "# Valve\n\nThe valve burst on Monday. It had not been looked at since 2016, the harbour office said.\n"


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        pytest.param(CREW, "berapa awak kapal?", "Tiga puluh dua", id="a-count"),
        pytest.param(CREW_PAY, "berapa gaji awak kapal?", "Tiga puluh dua", id="pay-by-the-question-before"),
        pytest.param(CREWS, "how much pay does the crew of a boat get?", "", id="a-count-is-no-pay-in-english"),
        pytest.param(DEPOSIT, "nomor rekening panitia lelang?", "", id="a-sum-is-no-number-of-an-account"),
        pytest.param(DEPOSIT, "berapa yang disetor ke rekening panitia lelang?", "Rp2.500.000", id="a-sum"),
        pytest.param(NOT_ACCUSED, "what is ivo brand accused of?", "", id="not-so"),
        pytest.param(ACCUSED, "what is ivo brand accused of?", "forgery", id="so"),
        pytest.param(VALVE, "when had the valve been looked at last?", "2016", id="not-since"),
    ],
)
def test_what_is_marked_is_what_is_asked_for(snapshot_of: BuildSnapshot, text: str, question: str, marked: str) -> None:
    assert marked in ask(snapshot_of, text, question) if marked else not ask(snapshot_of, text, question)


ENTRIES = "Press: Ana Lim, Holm Ferries, telephone 0811 220; Bo Roe, Wick Docks, telephone 0813 990"
REPLACED = "The head of Wick Docks, Ana Lim, has left; Bo Roe took her place."


@pytest.mark.parametrize(
    ("text", "question", "marked", "meant"),
    [
        pytest.param(ENTRIES, "who is the press contact of Wick Docks?", "Ana Lim", "Bo Roe", id="a-name-of-another"),
        pytest.param(ENTRIES, "what is the number of Wick Docks?", "0811 220", "0813 990", id="a-number-of-another"),
        pytest.param(
            ENTRIES, "who speaks for Wick Docks?", ENTRIES[7:], "Bo Roe, Wick Docks, telephone 0813 990", id="of-both"
        ),
        pytest.param(ENTRIES, "who is the press contact of Holm Ferries?", "Ana Lim", "Ana Lim", id="of-the-one"),
        pytest.param(ENTRIES, "who is the press contact?", "Ana Lim", "Ana Lim", id="of-none"),
        pytest.param(REPLACED, "who is the head of Wick Docks now?", "Bo Roe", "Bo Roe", id="no-entries"),
    ],
)
def test_a_mark_is_in_the_entry_of_which_a_question_has_the_name(
    text: str, question: str, marked: str, meant: str
) -> None:
    start = text.index(marked)
    hit = Hit(Passage(0, 0, (Sentence(0, len(text)),)), Document("a.txt", "", text), 0.5, 0.5, 1.0)
    reading = Reading(hit, Sentence(0, len(text)), 0.9, highlight=(start, start + len(marked)))
    [changed] = with_entries_marked(question, [reading])
    assert changed.marked == meant
