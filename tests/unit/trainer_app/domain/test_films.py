"""What is concluded of a film's picture, and how films are referred to."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TypeVar

import pytest

from headset_agent.protocol import playing
from tests.fakes.films import PROBE, a_film
from trainer_app.domain import films
from trainer_app.domain.film_errors import FilmAmbiguous, FilmUnknown, LayoutUnsupported, ThemeUnknown
from trainer_app.domain.films import (
    Bounds,
    Evidence,
    Projection,
    Sha256,
    SphericalMetadata,
    Stereo,
    choose_film,
    decide_layout,
    tells_its_layout,
    theme_code,
)

T = TypeVar("T", bound=Enum)

V1 = SphericalMetadata(version=1, projection="equirect", stereo="left-right")
V2 = SphericalMetadata(version=2, projection="equirect", stereo="top-bottom")
HALF = Bounds(left=0.25, right=0.25)


def test_laptop_and_headset_mean_the_same_by_every_code() -> None:
    for ours, theirs in ((films.Projection, playing.Projection), (films.Stereo, playing.Stereo)):
        assert {member.name: member.value for member in ours} == {
            member.name: member.value for member in theirs
        }


def test_each_kind_of_evidence_gives_way_to_the_stronger() -> None:
    name, probe = "film_180_SBS.mp4", replace(PROBE, width=1000, height=1000)
    both = replace(probe, spherical=(V1, V2))

    def stereo(layout: films.Layout) -> tuple[Stereo, Evidence]:
        return layout.stereo, layout.stereo_from

    assert stereo(decide_layout(both, name, stereo=Stereo.MONO)) == (Stereo.MONO, Evidence.USER)
    assert stereo(decide_layout(both, name)) == (Stereo.TOP_BOTTOM, Evidence.SPHERICAL_V2)
    only_v1 = replace(probe, spherical=(V1,))
    assert stereo(decide_layout(only_v1, name)) == (Stereo.LEFT_RIGHT, Evidence.SPHERICAL_V1)
    assert stereo(decide_layout(probe, "film_OU.mp4")) == (Stereo.TOP_BOTTOM, Evidence.NAME)
    assert stereo(decide_layout(probe, "film.mp4")) == (Stereo.TOP_BOTTOM, Evidence.ASPECT_RATIO)


def test_projection_follows_the_same_order() -> None:
    half = replace(PROBE, spherical=(replace(V2, bounds=HALF),))
    said = decide_layout(half, "film_360.mp4", projection=Projection.FLAT)
    assert (said.projection, said.projection_from) == (Projection.FLAT, Evidence.USER)
    metadata = decide_layout(half, "film_360.mp4")
    assert (metadata.projection, metadata.projection_from) == (
        Projection.EQUIRECT_180,
        Evidence.SPHERICAL_V2,
    )
    named = decide_layout(PROBE, "film_180x180.mp4")
    assert (named.projection, named.projection_from) == (Projection.EQUIRECT_180, Evidence.NAME)


@pytest.mark.parametrize(
    ("width", "height", "projection", "stereo"),
    [
        (3840, 1920, Projection.EQUIRECT, Stereo.MONO),
        (5760, 5760, Projection.EQUIRECT, Stereo.TOP_BOTTOM),
        (7680, 1920, Projection.EQUIRECT, Stereo.LEFT_RIGHT),
        (1920, 1080, Projection.FLAT, Stereo.MONO),
        (640, 480, Projection.FLAT, Stereo.MONO),
    ],
)
def test_a_silent_file_is_judged_by_its_shape(
    width: int, height: int, projection: Projection, stereo: Stereo
) -> None:
    layout = decide_layout(replace(PROBE, width=width, height=height), "VID.mp4")
    assert (layout.projection, layout.stereo) == (projection, stereo)
    assert layout.projection_from is Evidence.ASPECT_RATIO


def test_half_a_sphere_for_two_eyes_is_as_wide_as_a_whole_one_for_one() -> None:
    layout = decide_layout(PROBE, "tur_180.mp4")
    assert (layout.projection, layout.stereo) == (Projection.EQUIRECT_180, Stereo.LEFT_RIGHT)


def test_a_film_whose_name_begins_with_a_mark_is_not_taken_by_it() -> None:
    assert decide_layout(PROBE, "TB er friskt.mp4").stereo is Stereo.MONO


@pytest.mark.parametrize(
    "found",
    [
        SphericalMetadata(version=2, projection="cubemap", stereo="mono"),
        SphericalMetadata(version=2, projection="equirect", stereo="right-left"),
        SphericalMetadata(version=1, projection="equirect", bounds=Bounds(left=0.1, right=0.3)),
    ],
)
def test_what_the_player_cannot_show_is_refused_unless_the_user_knows_better(
    found: SphericalMetadata,
) -> None:
    probe = replace(PROBE, spherical=(found,))
    with pytest.raises(LayoutUnsupported):
        decide_layout(probe, "film.mp4")
    layout = decide_layout(probe, "film.mp4", projection=Projection.EQUIRECT, stereo=Stereo.MONO)
    assert layout.projection is Projection.EQUIRECT


def test_swapped_eyes_in_the_name_are_refused() -> None:
    with pytest.raises(LayoutUnsupported) as caught:
        decide_layout(PROBE, "film_RL.mp4")
    assert caught.value.params["layout"] == "right-left"


@pytest.mark.parametrize(
    ("projection", "stereo", "says"),
    [
        (Projection.FLAT, Stereo.MONO, ()),
        (Projection.EQUIRECT, Stereo.TOP_BOTTOM, (V2,)),
        (Projection.EQUIRECT, Stereo.MONO, (replace(V2, stereo=None),)),
        (Projection.EQUIRECT, Stereo.LEFT_RIGHT, (V1, replace(V2, stereo=None))),
        (Projection.EQUIRECT_180, Stereo.TOP_BOTTOM, (replace(V2, bounds=HALF),)),
    ],
)
def test_a_file_that_says_what_the_library_knows_needs_not_be_told(
    projection: Projection, stereo: Stereo, says: tuple[SphericalMetadata, ...]
) -> None:
    film = a_film(projection=projection, stereo=stereo, probe=replace(PROBE, spherical=says))
    assert tells_its_layout(film)
    assert not tells_its_layout(replace(film, projection=_another(projection)))
    assert not tells_its_layout(replace(film, stereo=_another(stereo)))


def _another(member: T) -> T:
    return next(each for each in type(member) if each is not member)


def test_versions_that_contradict_each_other_tell_nothing() -> None:
    probe = replace(PROBE, spherical=(V2, V1))
    assert not any(tells_its_layout(a_film(probe=probe, stereo=stereo)) for stereo in Stereo)
    cube = replace(PROBE, spherical=(replace(V2, projection="cubemap"),))
    assert not tells_its_layout(a_film(probe=cube, stereo=Stereo.TOP_BOTTOM))


def test_themes_are_found_in_any_case_and_others_named_back() -> None:
    assert theme_code(" sam ") == "SAM"
    with pytest.raises(ThemeUnknown) as caught:
        theme_code("XYZ")
    assert "TVA" in str(caught.value.params["themes"])


INN = a_film(sha256=Sha256("abcdef" + "0" * 58), title="Innkomst")
INN_LONG = a_film(sha256=Sha256("abcdef" + "1" * 58), title="Innkomst, lang")
DIGITS = a_film(sha256=Sha256("9" * 64), title="123456")


def test_a_film_is_found_by_digest_prefix_and_title() -> None:
    shelf = [INN, INN_LONG, DIGITS]
    assert choose_film(shelf, "Innkomst") is INN
    assert choose_film(shelf, "ABCDEF1") is INN_LONG
    assert choose_film(shelf, "9" * 64) is DIGITS
    assert choose_film(shelf, "123456") is DIGITS, "a title that looks like a digest is a title first"


@pytest.mark.parametrize("reference", ["innkomst", "Innk", "99999", "", "000000", "9" * 65])
def test_what_names_no_film_is_said_to(reference: str) -> None:
    with pytest.raises(FilmUnknown):
        choose_film([INN, INN_LONG, DIGITS], reference)


def test_a_reference_to_several_films_names_them_all() -> None:
    with pytest.raises(FilmAmbiguous) as caught:
        choose_film([INN, INN_LONG], "abcdef")
    assert caught.value.params["count"] == 2
    assert "Innkomst, lang" in str(caught.value.params["films"])


def test_a_film_keeps_its_containers_ending() -> None:
    assert a_film(probe=replace(PROBE, container="webm")).suffix == ".webm"
