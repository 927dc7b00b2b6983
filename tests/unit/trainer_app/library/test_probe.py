"""What is no film is refused with the right reason; real films are probed in the integration tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.trainer_app.library.mp4 import FTYP, moov, sample_table
from trainer_app.domain.film_errors import (
    FileEmpty,
    FileIsFolder,
    FileMissing,
    FileUnreadable,
    FilmDamaged,
    FilmRefused,
    FilmTruncated,
    FilmWithoutIndex,
    NotAFilm,
)
from trainer_app.library.boxes import make
from trainer_app.library.probe import probe_film


def _refusal(path: Path) -> FilmRefused:
    with pytest.raises(FilmRefused) as caught:
        probe_film(path)
    return caught.value


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("tom.mp4", b"", FileEmpty),
        ("notat.mp4", "Møte på døgnposten klokken ni.\n".encode() * 50, NotAFilm),
        ("liste.m3u8", b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n", NotAFilm),
        ("liste.ffconcat", b"ffconcat version 1.0\nfile /etc/passwd\n", NotAFilm),
        ("uten.mp4", FTYP + make(b"mdat", bytes(100)), FilmWithoutIndex),
        ("kuttet.mp4", FTYP + make(b"mdat", bytes(100))[:-1], FilmTruncated),
        ("kort.mp4", FTYP + moov(sample_table([900], [50], [(1, 1)])) + make(b"mdat"), FilmTruncated),
        ("rot.mp4", FTYP + make(b"moov", b"\0\0\0\2xxxx"), FilmDamaged),
        ("falsk.mp4", FTYP + make(b"moov"), FilmRefused),
    ],
)
def test_the_reason_fits_the_file(
    tmp_path: Path, name: str, content: bytes, reason: type[FilmRefused]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refused = _refusal(path)
    assert isinstance(refused, reason)
    assert refused.params["file"] == name


def test_a_file_that_is_not_there_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert isinstance(_refusal(tmp_path / "borte.mp4"), FileMissing)
    assert isinstance(_refusal(tmp_path), FileIsFolder)


def test_a_name_that_the_system_cannot_open_is_unreadable(tmp_path: Path) -> None:
    assert isinstance(_refusal(tmp_path / ("a" * 300)), FileUnreadable)


def test_a_cut_film_says_how_long_it_should_be(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(FTYP + make(b"mdat", bytes(1000))[:500])
    refused = _refusal(path)
    assert refused.params["size"] == len(FTYP) + 500
    assert refused.params["expected"] == len(FTYP) + 1008


@given(
    head=st.sampled_from([b"", FTYP, FTYP + b"\0\0\1\0moov", bytes.fromhex("1a45dfa3"), b"RIFF", b"ID3\x03"]),
    body=st.binary(max_size=400),
)
def test_any_bytes_are_refused_in_one_way(
    tmp_path_factory: pytest.TempPathFactory, head: bytes, body: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.mp4"
    path.write_bytes(head + body)
    assert isinstance(_refusal(path), FilmRefused)


def test_decoders_say_nothing_on_standard_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rot.mp4"
    path.write_bytes(FTYP + make(b"moov", bytes(300)))
    _refusal(path)
    assert capfd.readouterr().err == ""
