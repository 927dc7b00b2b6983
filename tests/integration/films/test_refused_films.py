"""What is no film is refused with its reason, in the user's language, and nothing of it stays."""

from __future__ import annotations

import json
import struct
import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from trainer_app.cli.main import main
from trainer_app.texts.catalogue import Texts


def text_file(folder: Path, _film: Path) -> Path:
    file = folder / "notat om økten.mp4"
    file.write_text("Dette er ikke en film.", encoding="utf-8")
    return file


def cut_film(folder: Path, film: Path) -> Path:
    file = folder / "avkuttet film.mp4"
    content = film.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    return file


def picture(folder: Path, _film: Path) -> Path:
    file = folder / "bilde æøå.png"
    Image.new("RGB", (64, 32), "navy").save(file)
    return file


def a_folder(folder: Path, _film: Path) -> Path:
    file = folder / "en mappe"
    file.mkdir()
    return file


def sound(folder: Path, _film: Path) -> Path:
    file = folder / "lyd.wav"
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(48000)
        out.writeframes(struct.pack("<4800h", *range(4800)))
    return file


def without_index(folder: Path, film: Path) -> Path:
    file = folder / "uten indeks.mp4"
    file.write_bytes(film.read_bytes().replace(b"moov", b"free"))
    return file


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (text_file, "film.not_video"),
        (cut_film, "film.truncated"),
        (picture, "film.is_picture"),
        (a_folder, "film.is_folder"),
        (sound, "film.only_sound"),
        (without_index, "film.no_moov"),
    ],
)
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_what_is_no_film_is_refused(
    make: Callable[[Path, Path], Path],
    key: str,
    lang: str,
    tmp_path: Path,
    demo_film: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = make(tmp_path, demo_film)
    data = tmp_path / "data"
    words = ["film", "import", str(file), "--theme", "INN", "--lang", lang, "--json"]
    assert main(["--data", str(data), *words]) == 1
    said = capsys.readouterr()
    error = json.loads(said.out)["error"]
    assert error["key"] == key
    assert file.name in error["what"]
    assert said.err.splitlines()[-3:] == [error["what"], error["why"], error["next"]]
    pattern = Texts(lang).pattern(f"{key}.next")
    assert error["next"].startswith(pattern.partition("{")[0])
    assert main(["--data", str(data), "film", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["films"] == []
    assert not list((data / "films").glob("*"))
    assert file.exists()
