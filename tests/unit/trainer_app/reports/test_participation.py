"""What reaches a spreadsheet and a page of the participation report."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import StringIO

import pytest

from trainer_app.domain.participation import Counts, ParticipationLine, ParticipationReport
from trainer_app.domain.people import Profession
from trainer_app.domain.printing import Printing
from trainer_app.reports.participation import participation_csv, participation_pdf
from trainer_app.texts.catalogue import Texts

NB = Texts("nb")
TITLES = [
    *("Avdeling", "Enhet", "Tema", "Profesjon", "Periode", "Antall økter", "Antall deltakelser"),
    *("Unike deltakere", "Deltakertimer", "Herav VR", "Herav skjerm", "Herav observatør", "Fullført ≥ 80 %"),
]
COUNTS = Counts(sessions=2, participations=9, unique=7, minutes=795, vr=6, screen=0, observer=3, completed=8)


def a_line(
    *, department: str = "BUP Østfold", counts: Counts = COUNTS, masks: bool = False
) -> ParticipationLine:
    return ParticipationLine(
        department=department,
        unit="Døgnenhet Ås",
        theme="Vold og trusler",
        profession=Profession.NURSE,
        counts=counts,
        masks_small=masks,
    )


def a_report(*lines: ParticipationLine, total: Counts = COUNTS) -> ParticipationReport:
    return ParticipationReport(
        first=date(2026, 1, 1), last=date(2026, 11, 17), department="", theme="", lines=lines, total=total
    )


def rows_of(report: ParticipationReport) -> list[list[str]]:
    return list(csv.reader(StringIO(participation_csv(report, NB).decode("utf-8-sig")), delimiter=";"))


def test_a_norwegian_excel_can_open_it() -> None:
    written = participation_csv(a_report(a_line()), NB)
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\r\n") == written.count(b"\n") == 3
    assert rows_of(a_report(a_line()))[0] == TITLES


def test_hours_have_a_decimal_comma_and_letters_stay_whole() -> None:
    line = rows_of(a_report(a_line()))[1]
    assert line[:5] == ["BUP Østfold", "Døgnenhet Ås", "Vold og trusler", "Sykepleier", "1.1.2026–17.11.2026"]
    assert line[5:] == ["2", "9", "7", "13,25", "6", "0", "3", "8"]


def test_small_numbers_of_another_department_are_hidden() -> None:
    line = rows_of(a_report(a_line(masks=True)))[1]
    assert line[5:] == ["<5", "9", "7", line[8], "6", "0", "<5", "8"]


def test_hours_would_give_away_how_few_they_were() -> None:
    few = Counts(sessions=1, participations=2, unique=2, minutes=180, vr=2, completed=2)
    line, total = rows_of(a_report(a_line(counts=few, masks=True), total=few))[1:]
    assert line[5:] == ["<5", "<5", "<5", "–", "<5", "0", "0", "<5"]
    assert total[5:] == line[5:]


@pytest.mark.parametrize("name", ["=1+1", "+BUP", "-BUP", "@BUP"])
def test_no_name_becomes_a_formula(name: str) -> None:
    assert rows_of(a_report(a_line(department=name)))[1][0] == f"'{name}"


def test_an_empty_period_has_titles_and_a_sum_of_nothing() -> None:
    titles, total = rows_of(a_report(total=Counts()))
    assert titles == TITLES
    assert total[5:] == ["0", "0", "0", "0,00", "0", "0", "0", "0"]


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_names_with_the_signs_of_markup_are_printed_as_they_are(lang: str) -> None:
    report = a_report(a_line(department="A & B <avd> </para>"))
    made = participation_pdf(report, Texts(lang), Printing(at=datetime(2026, 11, 17, 15, 4), by="<b>"))  # noqa: DTZ001
    assert made.startswith(b"%PDF")
