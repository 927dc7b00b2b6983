"""Reports on example data, against what the database itself says."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import subprocess
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.integration.reports.conftest import printed
from trainer_app.cli.main import main

TOOK_PLACE = ("gjennomfort", "lukket", "anonymisert", "avbrutt")
Row = dict[str, Any]


def made(examples: Path, tmp_path: Path, *words: str, name: str = "rapport.pdf") -> Path:
    file = tmp_path / name
    assert main(["--data", str(examples), "report", *words, "--out", str(file)]) == 0
    return file


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def attended(examples: Path, where: str = "1") -> list[Row]:
    """All that counts, read straight from the file; nothing of the program is used."""
    connection = sqlite3.connect(examples / "simkoffert.sqlite")
    connection.row_factory = sqlite3.Row
    marks = ", ".join("?" * len(TOOK_PLACE))
    rows = connection.execute(
        f"""SELECT a.*, s.planned_start, s.planned_end, s.actual_start, s.actual_end, s.theme,
                   d.name AS department, u.name AS unit, p.profession
            FROM attendance a JOIN session s ON s.id = a.session_id JOIN person p ON p.id = a.person_id
            JOIN department d ON d.id = p.department_id LEFT JOIN unit u ON u.id = p.unit_id
            WHERE s.state IN ({marks}) AND a.status IN ('mott', 'delvis') AND {where}""",
        TOOK_PLACE,
    ).fetchall()
    connection.close()
    return [dict(row) for row in rows]


def minutes_between(row: Row, begin: str, end: str) -> float:
    first, last = (datetime.fromisoformat(str(row[name])) for name in (begin, end))
    return (last - first).total_seconds() / 60


def minutes(row: Row) -> float:
    if row["minutes_present"] is not None:
        return float(row["minutes_present"])
    if row["status"] == "delvis":
        return 0.0
    planned = minutes_between(row, "planned_start", "planned_end")
    return min(planned, minutes_between(row, "actual_start", "actual_end"))


def totals(rows: list[Row]) -> dict[str, str]:
    planned = [minutes_between(row, "planned_start", "planned_end") for row in rows]
    complete = [
        row["status"] == "mott" and minutes(row) >= 0.8 * length
        for row, length in zip(rows, planned, strict=True)
    ]
    return {
        "Antall økter": str(len({row["session_id"] for row in rows})),
        "Antall deltakelser": str(len(rows)),
        "Unike deltakere": str(len({row["person_id"] for row in rows})),
        "Deltakertimer": f"{sum(map(minutes, rows)) / 60:.2f}".replace(".", ","),
        "Herav VR": str(sum(row["mode"] == "vr" for row in rows)),
        "Herav skjerm": str(sum(row["mode"] == "skjerm" for row in rows)),
        "Herav observatør": str(sum(row["mode"] == "observator" for row in rows)),
        "Fullført ≥ 80 %": str(sum(complete)),
    }


def numbers_of(line: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    return {name: line[name] for name in names}


def test_the_sum_is_what_the_database_says(examples: Path, tmp_path: Path) -> None:
    *_, last = table(made(examples, tmp_path, "participation", name="alt.csv"))
    expected = totals(attended(examples))
    assert int(expected["Antall deltakelser"]) > 100
    assert last["Avdeling"] == "Sum"
    assert numbers_of(last, expected) == expected


def test_every_line_is_what_the_database_says(examples: Path, tmp_path: Path) -> None:
    lines = table(made(examples, tmp_path, "participation", "--department", "si", name="si.csv"))[:-1]
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in attended(examples, "d.short_name = 'SI'"):
        groups[row["unit"], row["theme"], row["profession"]].append(row)
    expected = sorted(tuple(totals(rows).values()) for rows in groups.values())
    assert sorted(tuple(list(line.values())[5:]) for line in lines) == expected


def test_filters_choose_days_department_and_theme(examples: Path, tmp_path: Path) -> None:
    words = ["--from", "1.3.2026", "--to", "2026-09-30", "--department", "BUP Innlandet", "--theme", "sel"]
    *lines, last = table(made(examples, tmp_path, "participation", *words, name="utvalg.csv"))
    days = "date(s.planned_start) BETWEEN '2026-03-01' AND '2026-09-30'"
    where = f"d.short_name = 'SI' AND s.theme = 'SEL' AND {days}"
    expected = totals(attended(examples, where))
    assert numbers_of(last, expected) == expected
    assert {line["Tema"] for line in lines} == {"Selvmordsfare"}
    assert {line["Periode"] for line in lines} == {"1.3.2026–30.9.2026"}


def test_small_numbers_of_other_departments_stay_hidden_from_us(examples: Path, tmp_path: Path) -> None:
    *lines, _ = table(made(examples, tmp_path, "participation", name="alt.csv"))
    for line in lines:
        small = {line[name] for name in ("Antall deltakelser", "Unike deltakere")} & {"1", "2", "3", "4"}
        assert not small or line["Avdeling"] == "BUP Innlandet"
    assert any(line["Antall deltakelser"] == "<5" for line in lines)


def test_the_pages_are_counted_and_the_letters_whole(examples: Path, tmp_path: Path) -> None:
    paper = printed(made(examples, tmp_path, "participation"))
    pages = [page for page in paper.split("\f") if page.strip()]
    assert re.findall(r"Side (\d+) av (\d+)", paper) == [
        (str(number), str(len(pages))) for number in range(1, len(pages) + 1)
    ]
    for words in (
        "Deltakelsesrapport",
        "Døgnenhet Nord",
        "Akuttenhet Øst",
        "observatør",
        "≥ 80 %",
        "Skrevet ut",
    ):
        assert words in paper
    assert all("Profesjon" in page for page in pages)


def test_the_sum_on_paper_is_the_sum_in_the_spreadsheet(examples: Path, tmp_path: Path) -> None:
    *_, last = table(made(examples, tmp_path, "participation", name="alt.csv"))
    paper = printed(made(examples, tmp_path, "participation"))
    (line,) = re.findall(r"^ *Sum +(.*)$", paper, re.MULTILINE)
    numbers = list(last.values())[5:]
    numbers[3] = f"{float(numbers[3].replace(',', '.')):.1f}".replace(".", ",")
    assert line.split() == numbers


def test_a_period_without_sessions_says_so_on_paper(examples: Path, tmp_path: Path) -> None:
    paper = printed(made(examples, tmp_path, "participation", "--from", "1.1.2031"))
    assert "Ingen deltakelse er registrert" in paper
    assert "Side 1 av 1" in paper


def session_in(examples: Path, state: str) -> str:
    connection = sqlite3.connect(examples / "simkoffert.sqlite")
    query = "SELECT number FROM session WHERE state = ? ORDER BY planned_start DESC"
    (number,) = connection.execute(query, (state,)).fetchone()
    connection.close()
    return str(number)


def test_a_protocol_tells_what_happened_without_the_participants_names(
    examples: Path, tmp_path: Path
) -> None:
    number = session_in(examples, "lukket")
    paper = printed(made(examples, tmp_path, "protocol", "--session", number))
    words = (
        "Hovedfasilitator",
        "Læringsmål",
        "Læringspunkter",
        "Tiltak",
        "Utstyr",
        "Filmvisning",
        "signatur",
    )
    for word in (f"Øktprotokoll {number}", *words, "signatur", "makuleres etter bruk", "Side 1 av"):
        assert word in paper
    connection = sqlite3.connect(examples / "simkoffert.sqlite")
    query = (
        "SELECT p.full_name FROM attendance a JOIN person p ON p.id = a.person_id "
        "JOIN session s ON s.id = a.session_id WHERE s.number = ?"
    )
    participants = {name for (name,) in connection.execute(query, (number,))}
    team = {
        name
        for (name,) in connection.execute(
            "SELECT p.full_name FROM session_team t JOIN person p ON p.id = t.person_id "
            "JOIN session s ON s.id = t.session_id WHERE s.number = ?",
            (number,),
        )
    }
    connection.close()
    assert {name for name in participants - team if name in paper} == set()
    assert all(name in paper for name in team)


def test_the_same_database_gives_the_same_protocol(examples: Path, tmp_path: Path) -> None:
    words = ("protocol", "--session", session_in(examples, "lukket"))
    first, second = (printed(made(examples, tmp_path, *words, name=name)) for name in ("a.pdf", "b.pdf"))
    assert first == second


def test_what_is_not_closed_is_preliminary(examples: Path, tmp_path: Path) -> None:
    for state in ("gjennomfort", "avbrutt"):
        file = made(examples, tmp_path, "protocol", "--session", session_in(examples, state))
        assert "Foreløpig" in printed(file)


def test_every_font_of_both_reports_is_embedded(examples: Path, tmp_path: Path) -> None:
    protocol = ("protocol", "--session", session_in(examples, "lukket"))
    for words in (protocol, ("participation",)):
        file = made(examples, tmp_path, *words, name=f"{words[0]}.pdf")
        listed = subprocess.run(["pdffonts", file], capture_output=True, check=True, text=True).stdout
        fonts = listed.splitlines()[2:]
        assert fonts
        assert [line for line in fonts if line.split()[-5] != "yes"] == []


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["protocol", "--session", "XX-1", "--out", "a.pdf"], "report.session_unknown"),
        (["protocol", "--session", "XX-1", "--out", "a.csv"], "report.ending_unknown"),
        (["participation", "--out", "a.docx"], "report.ending_unknown"),
        (["participation", "--department", "X", "--out", "a.pdf"], "report.department_unknown"),
        (["participation", "--theme", "X", "--out", "a.pdf"], "report.theme_unknown"),
        (
            ["participation", "--from", "2.1.2026", "--to", "1.1.2026", "--out", "a.pdf"],
            "report.period_reversed",
        ),
        (["participation", "--out", "missing/a.pdf"], "report.unwritable"),
    ],
)
def test_what_is_wrong_is_said(
    examples: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    key: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--data", str(examples), "--json", "report", *words]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["key"] == key
    assert list(tmp_path.iterdir()) == []


def test_a_session_that_is_to_come_has_no_protocol(
    examples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number, file = session_in(examples, "planlagt"), str(tmp_path / "a.pdf")
    assert main(["--data", str(examples), "report", "protocol", "--session", number, "--out", file]) == 1
    assert "ikke gjennomført" in capsys.readouterr().err
