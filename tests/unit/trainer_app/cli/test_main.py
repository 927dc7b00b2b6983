"""Exit codes, and where words go: one JSON document on standard output, people's words on standard error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trainer_app.cli.main import main

Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, *words: str) -> tuple[int, str, str]:
    code = main(words)
    said = capsys.readouterr()
    return code, said.out, said.err


def document(out: str) -> dict[str, Any]:
    """The one JSON document there is."""
    assert out.count("\n") == 1
    read: dict[str, Any] = json.loads(out)
    return read


@pytest.fixture
def data(tmp_path: Path) -> str:
    return str(tmp_path / "data")


@pytest.mark.parametrize(
    ("lang", "word"), [([], "Kommandoen er ikke skrevet riktig"), (["--lang", "en"], "command")]
)
def test_wrong_use_is_2_in_the_user_s_language(capsys: Capture, lang: list[str], word: str) -> None:
    code, out, err = run(capsys, *lang, "headset", "list", "--at", "nonsense")
    assert (code, out) == (2, "")
    assert word in err
    assert "'nonsense'" in err


def test_a_program_without_a_terminal_does_its_work_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, data: str
) -> None:
    monkeypatch.setattr("sys.stderr", None)  # as Windows starts a program that has a window of its own
    assert main(["dance"]) == 2
    assert main(["film", "import", "finnes ikke.mp4", "--theme", "SEL", "--data", data]) == 1
    assert main(["film", "list", "--data", data, "--json"]) == 0
    assert document(capsys.readouterr().out) == {"films": []}


def test_language_is_known_wherever_it_stands(capsys: Capture) -> None:
    _, _, before = run(capsys, "--lang=en", "dance")
    _, _, behind = run(capsys, "dance", "--lang", "en")
    _, _, norwegian = run(capsys, "dance")
    assert before == behind != norwegian


def test_nothing_in_the_library_is_no_fault(capsys: Capture, data: str) -> None:
    code, out, _ = run(capsys, "film", "list", "--data", data, "--json")
    assert (code, document(out)) == (0, {"films": []})
    code, out, err = run(capsys, "film", "list", "--data", data)
    assert (code, out, err) == (0, "Filmbiblioteket er tomt. Legg til en film med «film import».\n", "")


def test_unknown_film_is_1_and_explained_in_both_ways(capsys: Capture, data: str) -> None:
    code, out, err = run(capsys, "play", "Økt på post 3", "--at", ":1", "--data", data, "--json")
    error = document(out)["error"]
    assert (code, error["key"]) == (1, "film.unknown")
    assert "Økt på post 3" in error["what"]
    assert [error["what"], error["why"], error["next"]] == err.strip().splitlines()


def test_without_json_standard_output_is_empty_after_a_failure(capsys: Capture, data: str) -> None:
    code, out, err = run(capsys, "film", "push", "Økt på post 3", "--at", ":1", "--data", data)
    assert (code, out) == (1, "")
    assert "Økt på post 3" in err


@pytest.mark.parametrize("command", [["headset", "list"], ["stop"]])
def test_no_headset_at_all_is_1_with_a_way_out(capsys: Capture, data: str, command: list[str]) -> None:
    code, out, err = run(capsys, *command, "--data", data, "--json")
    assert (code, document(out)["error"]["key"]) == (1, "playback.none_given")
    assert "--at" in err
    code, out, err = run(capsys, *command, "--data", data, "--lang", "en")
    assert (code, out) == (1, "")
    assert "--at" in err


def test_text_file_is_no_film(capsys: Capture, data: str, tmp_path: Path) -> None:
    file = tmp_path / "notat æøå.mp4"
    file.write_text("Dette er ingen film.")
    code, out, err = run(capsys, "film", "import", str(file), "--theme", "INN", "--data", data, "--json")
    assert code == 1
    assert document(out)["error"]["key"].startswith("film.")
    assert "notat æøå.mp4" in err
    assert document(run(capsys, "film", "list", "--data", data, "--json")[1]) == {"films": []}


def test_the_fix_cards_are_written_where_they_were_asked_for(
    capsys: Capture, data: str, tmp_path: Path
) -> None:
    file = tmp_path / "kort.pdf"
    assert main(["cards", "--out", str(file), "--data", data, "--json"]) == 0
    written = document(capsys.readouterr().out)
    assert written["file"] == str(file)
    assert len(written["cards"]) == 10
    assert file.read_bytes().startswith(b"%PDF")


def test_fix_cards_are_a_pdf_and_nothing_else(capsys: Capture, data: str, tmp_path: Path) -> None:
    assert main(["cards", "--out", str(tmp_path / "kort.docx"), "--data", data, "--json"]) == 1
    assert document(capsys.readouterr().out)["error"]["key"] == "report.ending_unknown"
    assert list(tmp_path.glob("kort*")) == []
