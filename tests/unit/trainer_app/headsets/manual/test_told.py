"""What headsets tell: whether they are too old for VR pages, what is in front, what lies there."""

from __future__ import annotations

import pytest

from trainer_app.headsets.manual.recognising import may_need_own_player, read_kind
from trainer_app.headsets.manual.screen import parse_front
from trainer_app.headsets.manual.shelf import parse_listing

SHA = "ab" * 32
NOTE = f'{{"sha256":"{SHA}","size":4,"name":"Innkomst_360.mp4","title":"Innkomst","checked":true}}'


@pytest.mark.parametrize(
    ("device", "told", "needed"),
    [
        ("old", "maker=Pico\npxr=\npackage:android\npackage:com.pvr.player\n", True),
        ("pacific", "maker=Oculus\npxr=\npackage:com.oculus.browser\n", True),
        ("PICOA8110", "maker=Pico\npxr=PICO 4\npackage:android\n", False),
        ("example", "maker=Example\npxr=\npackage:com.android.chrome\n", False),
        ("old", "maker=Pico\npxr=\n", False),
        ("old", "", False),
    ],
)
def test_only_what_can_never_show_a_page_in_vr_needs_its_own_player(
    device: str, told: str, needed: bool
) -> None:
    """A newer one whose browser is missing gets it back, and one that is still starting tells nothing."""
    announced = {"ro.product.device": device}
    assert may_need_own_player(announced)
    assert read_kind(told, announced).needs_own_player is needed


def test_a_quest_is_not_even_asked() -> None:
    assert not may_need_own_player({"ro.product.device": "eureka"})
    assert may_need_own_player({})


@pytest.mark.parametrize(
    ("told", "package"),
    [
        (
            "  mResumedActivity: ActivityRecord{2baae81 u0 com.pvr.player/.VideoActivity t24}\n",
            "com.pvr.player",
        ),
        ("  topResumedActivity=ActivityRecord{77b3dc7 u0 com.oculus.tv/.A t90}\n", "com.oculus.tv"),
        ("  mCurrentFocus=Window{afc884f u0 com.android.launcher3/.Launcher}\n", "com.android.launcher3"),
        ("  mCurrentFocus=Window{85a52f2 u0 StatusBar}\n", None),
        ("  mCurrentFocus=null\n", None),
        ("", None),
    ],
)
def test_what_is_in_front(told: str, package: str | None) -> None:
    assert parse_front(told) == package


@pytest.mark.parametrize(
    ("files", "there"),
    [
        ("4 Innkomst_360.mp4", {SHA}),
        ("3 Innkomst_360.mp4", set()),
        ("4 Annen_360.mp4", set()),
        ("", set()),
    ],
)
def test_a_film_is_there_in_its_full_size_or_not(files: str, there: set[str]) -> None:
    assert parse_listing(f"{NOTE}\n\n=SIMKOFFERT=files\n{files}\n").keys() == there


@pytest.mark.parametrize("name", ["../../data/local/tmp/x", "a b.mp4", "$(reboot).mp4", ""])
def test_a_note_with_a_name_that_is_none_of_ours_is_not_believed(name: str) -> None:
    note = NOTE.replace("Innkomst_360.mp4", name)
    assert parse_listing(f"{note}\n=SIMKOFFERT=files\n4 {name}\n") == {}
