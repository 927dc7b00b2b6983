"""What a film is called for a headset's own player, and how that is asked to show it."""

from __future__ import annotations

import shlex

import pytest

from trainer_app.domain.films import Projection, Stereo
from trainer_app.headsets.manual.players import Layout, file_name, player_of

SHA = "ab" * 32


@pytest.mark.parametrize(
    ("projection", "stereo", "ending"),
    [
        (Projection.EQUIRECT, Stereo.MONO, "_360.mp4"),
        (Projection.EQUIRECT, Stereo.TOP_BOTTOM, "_360_TB.mp4"),
        (Projection.EQUIRECT, Stereo.LEFT_RIGHT, "_360_LR.mp4"),
        (Projection.EQUIRECT_180, Stereo.LEFT_RIGHT, "_180_LR.mp4"),
        (Projection.FLAT, Stereo.MONO, "abab.mp4"),
    ],
)
def test_a_name_ends_with_what_the_player_reads(projection: Projection, stereo: Stereo, ending: str) -> None:
    assert file_name(SHA, "Innkomst", Layout(projection=projection, stereo=stereo), ".mp4").endswith(ending)


@pytest.mark.parametrize(
    ("title", "begins"),
    [
        ("Åpen dør på Øst", "Apen-dor-pa-Ost-"),
        ("$(reboot); '\"", "reboot-"),
        ("…", "film-"),
        ("x" * 200, "x" * 40),
    ],
)
def test_a_title_becomes_a_name_that_every_shell_and_file_system_takes(title: str, begins: str) -> None:
    name = file_name(SHA, title, Layout(), ".mp4")
    assert name.startswith(begins)
    assert shlex.quote(name) == name
    assert len(name) < 80


def test_the_player_of_pico_is_told_how_the_picture_lies_and_others_by_the_name_alone() -> None:
    pico = player_of("Pico").intents(
        "/sdcard/Download/a.mp4", "Det 'siste' ordet", Layout(stereo=Stereo.TOP_BOTTOM)
    )
    first = shlex.split(pico[0])
    assert first[:2] == ["-a", "picovr.intent.action.player"]
    assert first[first.index("videoType") + 1] == "3"
    assert first[first.index("title") + 1] == "Det 'siste' ordet"
    plain = player_of("Oculus").intents("/sdcard/Movies/a.mp4", "A", Layout())
    assert plain == ("-a android.intent.action.VIEW -d file:///sdcard/Movies/a.mp4 -t video/mp4",)
    assert pico[1:] == player_of("").intents("/sdcard/Download/a.mp4", "", Layout()), (
        "the last way is everybody's"
    )
