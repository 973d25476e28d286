"""The date at the head of a document is known, where nothing else says it."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from retrieval.documents.dateline import head_date
from retrieval.documents.foot_date import foot_date
from retrieval.documents.parsing import parse_document


@pytest.mark.parametrize(
    ("text", "date"),
    [
        pytest.param("SIARAN PERS\nTanggal: 7 Maret 2025\n\nBanjir surut.", "2025-03-07", id="label"),
        pytest.param("PRESS RELEASE\nDate: March 7th, 2025\n\nThe flood.", "2025-03-07", id="english-label"),
        pytest.param("Laporan\n\nJumat, 7 Maret 2025, pukul 18.00 WIB\n\nBanjir.", "2025-03-07", id="weekday-and-time"),
        pytest.param("Surat edaran\nOrla, 7 Maret 2025\nDalam rangka itu", "2025-03-07", id="place"),
        pytest.param("# Bulletin\n\n7 March 2025 (week 10)\n\nFour died.", "2025-03-07", id="aside"),
        pytest.param("# Ruling\n\nJudgment handed down: 7 March 2025\n\nIt is.", "2025-03-07", id="handed-down"),
        pytest.param("# Ruling\n\nDate of decision: 7 March 2025\n\nIt is.", "2025-03-07", id="of-a-decision"),
        pytest.param("# Guide\n\nVersion 2.1, 7 March 2025\n\nWash.", "2025-03-07", id="version"),
        pytest.param("# Bulletin\n\nWeek 10, 1–7 March 2025\n\nFour died.", "2025-03-07", id="week"),
        pytest.param("# DBD\n\nminggu ke-9 (27 Februari – 7 Maret 2025)\n\nAda.", "2025-03-07", id="of-two-months"),
        pytest.param("# Report\n\n**7 March 2025**\n\nThe flood.", "2025-03-07", id="marks"),
        pytest.param("Flood\n\nJAKARTA, 7 March 2025 – The flood has gone.", "2025-03-07", id="before-the-text"),
        pytest.param(
            "Ralat\n\nJakarta, 7 Maret 2025 – Kami meralat siaran pers 6 Maret 2025.",
            "2025-03-07",
            id="another-day-later",
        ),
        pytest.param("Hari/Tanggal : Jumat, 7 Maret 2025\nTempat : Orla", "2025-03-07", id="minutes"),
        pytest.param("Report\nAs of 7 March 2025, 18:00\n\nThe flood.", "2025-03-07", id="as-of"),
        pytest.param("Report\nPublished on 7 March 2025\n\nThe flood.", "2025-03-07", id="published-on"),
        pytest.param("Green v Port\nJudgment of 7 March 2025\n\nIt fails.", "2025-03-07", id="judgment-of"),
        pytest.param("Supply Act\n[Assented to 7 March 2025]\n\nIt holds.", "2025-03-07", id="assented-to"),
        pytest.param("Code\nAdopted by the Board on 7 March 2025\n\nIt holds.", "2025-03-07", id="adopted-by"),
        pytest.param("Bees\n*By Mara Lind, Corven Courier, 7 March 2025*\n\nHoney.", "2025-03-07", id="byline"),
        pytest.param("Bees\nSt Brannoc University Hospital, 7 March 2025\n\nHoney.", "2025-03-07", id="long-office"),
        pytest.param("Bees\nPublished on 7th of March 2025\n\nHoney.", "2025-03-07", id="of-a-month"),
        pytest.param("Report\nDate: 7.3.2025\n\nThe flood.", "2025-03-07", id="before-full-stops-the-day-comes-first"),
        pytest.param("Debate\nFri 7 March 2025\n\nHe won.", "2025-03-07", id="short-weekday"),
        pytest.param("Bees\nThe law of 7 March 2025 holds.\n\nHoney.", "", id="a-law-in-a-sentence"),
        pytest.param("Fair\nSummer Fair of the Village Hall, 7 March 2025\n\nCome.", "", id="an-event"),
        pytest.param("Signed in the town, 7 March 2025, it ends.\n\nText.", "", id="signed-in-a-sentence"),
        pytest.param("Siaran pers\nTanggal rilis: 7 Maret 2025\nBanjir.", "2025-03-07", id="indonesian-release"),
        pytest.param("Report\n2025-03-07\n\nThe flood.", "2025-03-07", id="year-first-alone"),
        pytest.param("Flood\n12/3/2025\n\nThe flood.", "", id="in-figures-without-a-label"),
        pytest.param("Banjir\nJumat, 7 Maret 2025 | 10:30 WIB\nAir.", "2025-03-07", id="time-behind-a-bar"),
        pytest.param("JAKARTA/NEW YORK, 7 March 2025 – It has gone.", "2025-03-07", id="two-towns"),
        pytest.param("GENEVA, 7 March 2025 (WHO) – It has gone.", "2025-03-07", id="agency"),
        pytest.param("GENEVA, March 7, 2025 /PRNewswire/ -- It has gone.", "2025-03-07", id="agency-between-strokes"),
        pytest.param("WASHINGTON, D.C., March 7, 2025 – It has gone.", "2025-03-07", id="town-and-state"),
        pytest.param("Jakarta (7 Maret 2025) – Banjir surut.", "2025-03-07", id="day-in-brackets"),
        pytest.param("Per 7 March 2025 the dam holds.", "", id="label-in-a-sentence"),
        pytest.param("7 March 2025\nAs of 3 March 2025, 18.00 WIB\nRain.", "2025-03-07", id="usual-beside-rarer"),
        pytest.param("Orla, 7 March 2025\nDated: 2025-02-20\nRain.", "2025-03-07", id="usual-beside-figures"),
        pytest.param("Orla Earthquake (7 March 2023) – Two Years On\nIt shook.", "", id="event-in-brackets"),
        pytest.param("Press release: The bridge opens on Friday, 7 March 2025\nIt does.", "", id="opening"),
        pytest.param("Minutes of the group on the tsunami of 26 December 2004\nIt met.", "", id="minutes-on-an-event"),
        pytest.param(
            "Minutes of the council held on Friday, 7 March 2025\nIt met.", "2025-03-07", id="minutes-weekday"
        ),
        pytest.param("Notulen rapat tentang anggaran, 7 Maret 2025\nRapat.", "2025-03-07", id="minutes-about"),
        pytest.param("Minutes of the council held on 7 March 2025\nIt met.", "2025-03-07", id="minutes-held-on"),
        pytest.param("Department Press Briefing – March 7, 2025\nYes.", "2025-03-07", id="words-before-a-briefing"),
        pytest.param("@orla\n7 Mar 2025 · 09:14\n\n1/2 Rain.", "2025-03-07", id="time-behind-a-dot"),
        pytest.param("Laporan\nTanggal : 07-03-2025\n\nBanjir.", "2025-03-07", id="in-figures"),
        pytest.param("Report\nDate: 2025-03-07\n\nThe flood.", "2025-03-07", id="in-figures-year-first"),
        pytest.param("Report\nDate: 03/17/2025\n\nThe flood.", "2025-03-17", id="in-figures-month-first"),
        pytest.param("Report\nDate: 07/03/2025\n\nThe flood.", "", id="in-figures-of-either-order"),
        pytest.param("Situation Report No. 3 – 7 March 2025\n\nThe flood.", "2025-03-07", id="title"),
        pytest.param("Siaran Pers: banjir surut, 7 Maret 2025\n\nBanjir.", "2025-03-07", id="indonesian-title"),
        pytest.param("Minutes of the council of 7 March 2025\n\nIt met.", "2025-03-07", id="title-of-minutes"),
        pytest.param("Situation report on the quake of 7 March 2025\n\nIt shook.", "", id="title-with-an-event"),
        pytest.param("Sitrep 3, 7 March 2025\n8 March 2025\n\nRain.", "2025-03-08", id="line-below-the-title"),
        pytest.param("Press release: open until Friday, 7 March 2025\n\nRain.", "", id="title-with-a-deadline"),
        pytest.param("Update\n*As of 7 March 2025, 18:00 hrs (UTC+8)*\nRain.", "2025-03-07", id="as-of-hours-and-zone"),
        pytest.param("Update\nAs of 18:00 hrs, 7 March 2025\nRain.", "2025-03-07", id="as-of-hour-first"),
        pytest.param("Gempa Sukamaju – per 13 Juni 2026 pukul 18.00 WIB\nHujan.", "2026-06-13", id="per-behind-a-name"),
        pytest.param("Our ref: CE/4 Date: 12 February 2026 Tel. 019\nDear Ann,", "2026-02-12", id="behind-a-reference"),
        pytest.param("Update\n(situation as of 7 March 2025, 6 p.m.)\nRain.", "2025-03-07", id="as-of-in-brackets"),
        pytest.param("Update\nPer 7 Maret 2025 pukul 18.00 WITA\nHujan.", "2025-03-07", id="per"),
        pytest.param("Update\nIssued on 7 March 2025\nRain.", "2025-03-07", id="issued-on"),
        pytest.param("Update\nIssued by Orla Power Company on 7 March 2025\nRain.", "2025-03-07", id="issued-by"),
        pytest.param("Update\nLast updated: 7 March 2025\nRain.", "2025-03-07", id="updated"),
        pytest.param(
            "News\nPosted on 7 March 2025\nUpdated 9 March 2025\nRain.", "2025-03-07", id="posted-and-updated"
        ),
        pytest.param("Minutes\nMeeting date: 7 March 2025\nIt met.", "2025-03-07", id="meeting-date"),
        pytest.param("Notulen\nHari/Tanggal | : Jumat, 7 Maret 2025\nRapat.", "2025-03-07", id="in-a-cell"),
        pytest.param("News\n7 March 2025 - 14:05\nRain.", "2025-03-07", id="time-behind-a-dash"),
        pytest.param("Orla, 3 March 2025\n\nCome!\n6 March 2025, 10 am\n", "2025-03-03", id="usual-beside-any-time"),
        pytest.param("Report\nDate of issue: 7 March 2025\nAs of 6 March 2025\nRain.", "2025-03-07", id="issue"),
        pytest.param("Deadline for the call for proposals\n7 March 2025\nCome.", "", id="below-a-long-deadline"),
        pytest.param("| Artist | Ana |\n| Released | 7 March 2015 |\n", "", id="cell-of-a-record"),
        pytest.param("Date: 7 March 2025\n| Published | 3 March 2020 |\n", "2025-03-07", id="beside-a-cell"),
        pytest.param("7 March 2025\n| Date | 2 March 2025 |\n| --- | --- |\n", "2025-03-07", id="beside-a-day"),
        pytest.param("Berita\n7/3/2025, 14:05 WIB\nHujan.", "2025-03-07", id="in-figures-with-an-indonesian-time"),
        pytest.param("News\n7/3/2025, 14:05\nRain.", "", id="in-figures-with-another-time"),
        pytest.param("Speech of the mayor at the opening\nOrla, 7 March 2025\nRain.", "2025-03-07", id="below-a-title"),
        pytest.param("The fair\nDay of the opening of all\n7 March 2025\nRain.", "", id="below-a-longer-label"),
        pytest.param("Opening\n7 March 2025\nRain.", "", id="below-a-label-that-is-first"),
        pytest.param("TRANSCRIPT\nSpeech at the opening of it\n7 March 2025\nRain.", "2025-03-07", id="below-a-kind"),
        pytest.param("MINISTRY OF ORLA\nHer words at the opening\n7 March 2025\nRain.", "2025-03-07", id="letterhead"),
        pytest.param("Clinics\nMinistry of Health, 7 March 2025\n\nRain.", "2025-03-07", id="office-of-three-words"),
        pytest.param("KETERANGAN PERS\nIstana Merdeka, Jakarta, 7 Maret 2025\n\nHujan.", "2025-03-07", id="two-places"),
        pytest.param("Bridge opened\n7 March 2025\nRain.", "2025-03-07", id="below-a-headline-of-an-event"),
        pytest.param("New school opening\nPRESS OFFICE\n7 March 2025\nRain.", "2025-03-07", id="office-below"),
        pytest.param("CLOSING DATE\n7 March 2025\nCome.", "", id="below-a-label-in-capitals"),
        pytest.param("The port\n**Construction began**\n7 March 2025\nRain.", "", id="below-what-began"),
        pytest.param("The port\nNew port opened\nOrla, 7 March 2025\nRain.", "2025-03-07", id="place-below-an-event"),
        pytest.param("Storm\nIssued: 7 March 2025, 06:00 local time\nRain.", "2025-03-07", id="local-time"),
        pytest.param("Storm\nIssued at 06:00 on 7 March 2025\nRain.", "2025-03-07", id="issued-at"),
        pytest.param("Storm\nReleased at 8:30 a.m., Friday, 7 March 2025\nRain.", "2025-03-07", id="released-at"),
        pytest.param("Ombak\nDikeluarkan: Jumat, 7 Maret 2025 pukul 06.00 WIB\nHujan.", "2025-03-07", id="dikeluarkan"),
        pytest.param("Tabel\nRilis: 7 Maret 2025\nHujan.", "2025-03-07", id="rilis"),
        pytest.param("# Rain\n\nPRESS RELEASE – 7 March 2025\n\nRain.", "2025-03-07", id="release"),
        pytest.param(
            "Hujan\nSiaran Pers No. 23/X/2025 – Jumat, 7 Maret 2025\nAir.", "2025-03-07", id="numbered-release"
        ),
        pytest.param("BERITA\nNo. 78/11/Th. XXIX, 7 Maret 2025\n\nHujan.", "2025-03-07", id="number"),
        pytest.param("Table\nPublished 7 March 2025, The Ansel Courier\nRain.", "2025-03-07", id="where-published"),
        pytest.param("Votes\nPosted on 7 March 2025 by Karl Benes, Clerk\nRain.", "2025-03-07", id="by-whom"),
        pytest.param("Tax\n*Ministry of Finance — updated 7 March 2025*\nRain.", "2025-03-07", id="whose-update"),
        pytest.param(
            "Budget\ndelivered by the Minister, the Hon. A. Lim,\nto the House of Orla on 7 March 2025\n\nSir, I beg.",
            "2025-03-07",
            id="delivered-on-two-lines",
        ),
        pytest.param(
            "Orla Council\nMinutes of the meeting held on Friday 7 March 2025", "2025-03-07", id="second-line"
        ),
        pytest.param("Minutes of the board of 7 March 2025 at 6.30 pm in the Hall", "2025-03-07", id="where-they-met"),
        pytest.param("Agenda for the meeting on Friday 7 March 2025, 7.30 pm, Hall", "2025-03-07", id="agenda"),
        pytest.param(
            "Transcript of the press conference, Rovers, 7 March 2025\nQ: Fit?", "2025-03-07", id="transcript"
        ),
        pytest.param("ORLA POLICE\nDaily summary of incidents: 7 March 2025\nRain.", "2025-03-07", id="daily"),
        pytest.param("Orla, 7 Maret 2025. Komisi menahan dua orang.", "2025-03-07", id="stop-behind-the-day"),
        pytest.param("High Court of Orla, 7 March 2025. It sat.", "2025-03-07", id="stop-behind-an-office"),
        pytest.param("MEDAN – Jaksa menuntut Siregar, Jumat (7/3/2025).", "2025-03-07", id="told-on"),
        pytest.param("FATWA\nPada tanggal: 7 Ramadan 1446 H / 7 Maret 2025 M\nIsi.", "2025-03-07", id="two-calendars"),
        pytest.param("Orla Oil\nCompany fact sheet, March 2025\n\nOil.", "2025-03", id="month"),
        pytest.param("Orla Oil\nOrla, March 2025\n\nOil.", "2025-03", id="place-and-month"),
        pytest.param("Prices in Orla, March 2025\nPrices of March 2025\n\nUp.", "", id="month-that-is-told-of"),
        pytest.param("Fair\nProgramme for Friday 7 and Saturday 8 March 2025\nCome.", "", id="programme-of-days"),
        pytest.param("Letter\nTo be read in all churches on Sunday, 9 March 2025\nDear.", "", id="to-be-read"),
        pytest.param("Fair\nMinutes of 7 March 2025 were read. All agreed.\nCome.", "", id="minutes-in-a-sentence"),
        pytest.param("Fair\nIt came to light, Friday (7/3/2025).\nCome.", "", id="figures-in-a-sentence"),
        pytest.param(
            "Fair\nIt was released on 7 March 2025, The Courier says.\nCome.", "", id="released-in-a-sentence"
        ),
        pytest.param("Press release – embargoed until 7 March 2025\nCome.", "", id="embargoed"),
        pytest.param("Date: 7 March 2025\nOrla, 3 March 2025. It rained.", "2025-03-07", id="usual-beside-a-stop"),
        pytest.param("Report\nPresented to the House on 7 March 2025\nRain.", "2025-03-07", id="presented"),
        pytest.param("Judgment\nHanded down on 7 March 2025\nRain.", "2025-03-07", id="handed-down"),
        pytest.param("The flood came on 7 March 2025.", "", id="in-a-sentence"),
        pytest.param("Programme\n7 March 2199\nThe flood.", "", id="still-to-come"),
        pytest.param("Report\n31 February 2025\n7 March 2025\nThe flood.", "2025-03-07", id="no-such-day"),
        pytest.param("Permit\nValid until:\n7 March 2025\nIt is valid.", "", id="label-of-something-else-above"),
        pytest.param("Deadline, 7 March 2025\nSend it.", "", id="deadline"),
        pytest.param("Ole Rask\n12 May 1950\nOle Rask was born.", "", id="long-ago"),
        pytest.param("News\nPosted 26/03/2025 at 17:35\nRain.", "2025-03-26", id="posted-in-figures"),
        pytest.param("News\n26/03/2025 17:35\nRain.", "2025-03-26", id="figures-beyond-the-twelfth-alone"),
        pytest.param("News\nPosted 06/03/2025 at 17:35\nRain.", "", id="posted-in-figures-of-either-order"),
        pytest.param("News\nPosted: 7 March 2025\nRain.", "2025-03-07", id="posted"),
        pytest.param("News\nPublished: 12:04, 7 March 2025\nRain.", "2025-03-07", id="published-with-the-hour-first"),
        pytest.param("For immediate release: 7 March 2025\nRain\nIt fell.", "2025-03-07", id="release-and-a-colon"),
        pytest.param("News\nAnn Gow | 7 March 2025 | 3 min read\nRain.", "2025-03-07", id="name-day-length"),
        pytest.param("News\n7 March 2025 · 3-minute read · 4 comments\nRain.", "2025-03-07", id="day-length-comments"),
        pytest.param("Bands\nThe Gulls | 7 March 2025 | 90 minutes\nRain.", "", id="row-of-a-list"),
        pytest.param("News\nBy Ann Gow | 7 March 2025\nRain.", "2025-03-07", id="byline-and-a-bar"),
        pytest.param("News\nLast modified on Fri 7 Mar 2025\nRain.", "2025-03-07", id="modified"),
        pytest.param("News\nFri 7 Mar 2025 10.15 BST\nRain.", "2025-03-07", id="summer-time"),
        pytest.param("News\nMarch 7, 2025 at 5:35 PM CEST\nRain.", "2025-03-07", id="afternoon-and-zone"),
        pytest.param("Wawancara\nTanggal siar: 7 Maret 2025\nHujan.", "2025-03-07", id="tanggal-siar"),
        pytest.param("Wawancara\nTanggal publikasi: Jumat, 7 Maret 2025\nHujan.", "2025-03-07", id="tanggal-publikasi"),
        pytest.param("Wawancara\nDisiarkan: Jumat, 7 Maret 2025\nHujan.", "2025-03-07", id="disiarkan"),
        pytest.param("Wawancara\nDitayangkan: 07/03/2025\nHujan.", "2025-03-07", id="ditayangkan-in-figures"),
        pytest.param("Wawancara\nDiunggah pada 7 Maret 2025\nHujan.", "2025-03-07", id="diunggah-pada"),
        pytest.param("Diary\n7 March 2025\nRain.\n8 March 2025\nSun.", "", id="several"),
        pytest.param("JOHN SMITH, 4 March 2001 – 5 May 2015, was a poet.", "", id="a-life"),
        pytest.param("Orla, Monday 3 March 2025 - Wednesday 5 March 2025", "", id="an-event-of-days"),
        pytest.param("Bali, 3 Maret 2025 - s.d. 5 Maret 2025", "", id="an-event-of-days-in-indonesian"),
        pytest.param("Mail\n> 7 March 2025\nThe flood.", "", id="quoted"),
        pytest.param("Report\n7 March\nThe flood.", "", id="no-year"),
        pytest.param("\n".join(["The flood."] * 30 + ["7 March 2025"]), "", id="far-down"),
    ],
)
def test_a_date_that_stands_by_itself_at_the_head_is_found(text: str, date: str) -> None:
    assert head_date(text, 0) == date


SIGNED = "Ditetapkan di Orla\npada tanggal 7 Maret 2025"


@pytest.mark.parametrize(
    ("name", "text", "date"),
    [
        pytest.param("a.txt", "Report\n7 March 2025\n\nThe flood.", "2025-03-07", id="head"),
        pytest.param(
            "a.md", "---\ndate: 2024\n---\nReport\n\n7 March 2025\n\nThe flood.", "2024", id="said-in-the-file"
        ),
        pytest.param("2024-05-06-a.txt", "Report\n7 March 2025\n\nThe flood.", "2024-05-06", id="name"),
        pytest.param(
            "law 2024-05-06.txt", "Report\n7 March 2025\n\nThe flood.", "2025-03-07", id="day-later-in-the-name"
        ),
        pytest.param("2025-report.txt", "Report\n7 March 2025\n\nThe flood.", "2025-03-07", id="name-of-its-year"),
        pytest.param("2025-03_a.txt", "Report\n7 March 2025\n\nThe flood.", "2025-03-07", id="name-of-its-month"),
        pytest.param("a.txt", "Report\n\nThe flood.", None, id="none"),
        pytest.param("Minutes 8 April 2025.txt", "Report\n\nThe flood.", "2025-04-08", id="day-in-words-in-the-name"),
        pytest.param("Plan 8 April 2199.txt", "Report\n\nThe flood.", None, id="day-to-come-in-the-name"),
        pytest.param(
            "a.txt",
            f"PERATURAN\n\nPasal 1\n\n{SIGNED}\n\nDiundangkan di Orla\npada tanggal 9 Maret 2025",
            "2025-03-07",
            id="enacted",
        ),
        pytest.param("a.txt", f"7 March 2024\n\n{SIGNED}", "2024-03-07", id="head-before-enacted"),
        pytest.param(
            "a.txt", "Isi.\n\nDikeluarkan di : Orla\nPada tanggal : 7 Maret 2025\n", "2025-03-07", id="issued"
        ),
        pytest.param("a.txt", f"{'Isi. ' * 9}\n" * 20 + "\nOrla, 7 March 2025\nAna Lim\n", "2025-03-07", id="foot"),
        pytest.param("a.txt", f"{'Isi. ' * 9}\n" * 20 + "\nLahir di:\nOrla, 7 March 2025\n", None, id="born-there"),
        pytest.param(
            "a.txt", f"{'Isi. ' * 9}\n" * 20 + "\nOrla, 7 March 2025\nTwelve people took part in it.\n", None, id="list"
        ),
        pytest.param("a.txt", f"{'Isi. ' * 9}\n" * 20 + "\nOrla, 7 March 2025\nWick, 8 March 2025\n", None, id="two"),
        pytest.param("a.txt", f"Isi.\n\n{SIGNED}\n\n{SIGNED.replace('7', '8')}", None, id="enacted-twice"),
    ],
)
def test_what_the_file_and_its_name_say_comes_first(name: str, text: str, date: str | None) -> None:
    parsed = parse_document(name, text.encode())
    assert parsed is not None
    assert parsed.document.date == date


def test_the_day_at_the_foot_of_a_treaty_is_known() -> None:
    assert foot_date("Ports are open.\n\nDone at Port Vell, 30 November 2023.\n") == "2023-11-30"
    assert (
        foot_date("Ports are open.\n\nDone in duplicate at Port Vell on 30 November 2023, in English.\n")
        == "2023-11-30"
    )
    assert foot_date("Ports are open.\n\nSigned in Harwich on 3 June 2025.\n") == "2025-06-03"
    assert foot_date("Come.\n\nGiven at Saint Orrin, 21 November 2025\n\n+ Imelda\n") == "2025-11-21"
    assert foot_date("Isi.\n\nDitetapkan di Orla\nPada tanggal: 7 Rajab 1446 H / 7 Maret 2025 M\n") == "2025-03-07"
    assert foot_date("The treaty that Kenya\nsigned in Nairobi on 30 November 1999, sets up a court.") == ""


@pytest.mark.parametrize(
    "begins",
    [
        "Done at",
        "Signed by",
        "of",
        "Published",
        "Posted:",
        "Ann | Posted",
        "by A b,",
        "Statement of the",
        "Delivered to",
        "A b –",
        "Minutes of",
        "No. 1",
    ],
)
def test_a_line_of_blanks_is_read_in_time(begins: str) -> None:
    began = time.monotonic()
    assert head_date(f"A title\n\n{begins}{' ' * 1_400}x", 0) == ""
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(("days", "known"), [(0, True), (1, False)])
def test_a_day_has_come_when_it_has_where_days_begin_first(days: int, known: bool) -> None:
    day = (datetime.now(UTC) + timedelta(hours=14, days=days)).date()
    text = f"Report\n{day.day} {day:%B} {day.year}\n\nThe flood."
    for name in "a.txt", f"{day.isoformat()}-a.txt":
        parsed = parse_document(name, text.encode())
        assert parsed is not None
        assert parsed.document.date == (day.isoformat() if known else None)
