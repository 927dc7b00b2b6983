"""A demo film shows and sounds what it promises: compass, clock, lamp and a tone at every full second."""

from __future__ import annotations

from array import array
from itertools import pairwise
from pathlib import Path

import av
import pytest
from PIL import ImageColor
from PIL.Image import Image

from tests.fakes.films import FilmsInMemory
from trainer_app.domain.films import Evidence, Projection, Stereo, decide_layout
from trainer_app.library.demo_films import render
from trainer_app.library.demo_picture import DemoPicture
from trainer_app.library.demo_recipe import FilmRecipe, demo_recipes
from trainer_app.library.demo_shelf import ensure_demo_films
from trainer_app.library.films import FilmFolder
from trainer_app.library.probe import probe_film
from trainer_app.services.importing import FilmImporting

RATE = 30


def _frames(film: Path, *numbers: int) -> dict[int, Image]:
    found = {}
    with av.open(str(film)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number in numbers:
                rgb = frame.reformat(format="rgb24", src_colorspace="ITU709")
                found[number] = rgb.to_image()  # type: ignore[no-untyped-call]  # PyAV has no type for it
    return found


def _close(pixel: object, colour: str) -> bool:
    assert isinstance(pixel, tuple)
    wanted = ImageColor.getrgb(colour)
    return all(abs(a - b) <= 24 for a, b in zip(pixel, wanted, strict=True))


def test_every_direction_is_told_by_the_colour_at_the_horizon(demo_film: Path, recipe: FilmRecipe) -> None:
    for image in _frames(demo_film, 0, 200).values():
        for direction in recipe.directions:
            x = round((direction.yaw_deg / 360 + 0.5) * image.width) % image.width
            for at in (x, (x + 2) % image.width, (x - 2) % image.width):
                assert _close(image.getpixel((at, image.height // 2)), direction.colour), direction


def test_the_colours_of_the_directions_are_easily_told_apart(recipe: FilmRecipe) -> None:
    colours = [ImageColor.getrgb(colour) for colour in [*(d.colour for d in recipe.directions), *recipe.eyes]]
    for index, one in enumerate(colours):
        for other in colours[index + 1 :]:
            assert sum(abs(a - b) for a, b in zip(one, other, strict=True)) > 120


def test_each_eye_has_its_own_half_and_its_own_colour(stereo_film: Path, recipe: FilmRecipe) -> None:
    image = _frames(stereo_film, 5)[5]
    assert image.width == image.height
    eye_height = image.height // 2
    for index, eye in enumerate(recipe.eyes):
        horizon = index * eye_height + eye_height // 2
        below = round(recipe.picture.marker_deg * 1.5 / 360 * image.width)
        assert _close(image.getpixel((image.width // 2, horizon)), recipe.directions[0].colour)
        assert _close(image.getpixel((image.width // 2, horizon + below)), eye)


def _sound(film: Path) -> array[float]:
    samples = array("f")
    with av.open(str(film)) as container:
        for frame in container.decode(audio=0):
            assert frame.pts is not None
            assert frame.time_base is not None
            missing = round(frame.pts * frame.time_base * frame.sample_rate) - len(samples)
            samples.extend([0.0] * missing)
            samples.frombytes(bytes(frame.planes[0])[: 4 * frame.samples])
    return samples


def test_a_tone_begins_at_every_full_second(demo_film: Path, recipe: FilmRecipe) -> None:
    samples, rate = _sound(demo_film), recipe.sound.sample_rate
    onsets, quiet_since = [], -rate
    for index, sample in enumerate(samples):
        if abs(sample) > recipe.sound.level / 2:
            if index - quiet_since > rate // 4:
                onsets.append(index / rate)
            quiet_since = index
    assert onsets == [pytest.approx(second, abs=0.005) for second in range(11)]


def test_the_tenth_second_sounds_different(demo_film: Path, recipe: FilmRecipe) -> None:
    samples, rate = _sound(demo_film), recipe.sound.sample_rate

    def crossings(second: int) -> int:
        part = samples[second * rate + rate // 200 : second * rate + rate // 40]
        return sum(a < 0 <= b for a, b in pairwise(part))

    assert crossings(10) > crossings(9) * 1.3


def test_clock_lamp_and_bar_change_with_the_frame(recipe: FilmRecipe) -> None:
    picture = DemoPicture(recipe, width=640, seconds=60, lang="nb", stereo=Stereo.MONO)
    frames = {number: picture.frame(number).y.tobytes() for number in (*range(300, 335), 1500)}
    assert len(set(frames.values())) == len(frames), "no two frames look the same"


def test_the_lamp_is_lit_for_a_tenth_of_each_second(demo_film: Path, recipe: FilmRecipe) -> None:
    def lit(image: Image, colour: str) -> int:
        sign = image.crop((image.width // 2, 0, image.width * 5 // 8, image.height // 2))
        return sum(_close(pixel, colour) for pixel in sign.get_flattened_data())

    numbers = (29, 30, 32, 33, 60)
    frames = _frames(demo_film, *numbers)
    shown = [number for number in numbers if lit(frames[number], recipe.picture.lamp) > 5]
    assert shown == [30, 32, 60]


def test_the_file_is_made_for_seeking_and_streaming(demo_film: Path) -> None:
    with av.open(str(demo_film)) as container:
        stream = container.streams.video[0]
        packets = [packet for packet in container.demux(stream) if packet.pts is not None]
        assert stream.time_base is not None
        times = [packet.pts * stream.time_base for packet in packets if packet.pts is not None]
        assert [float(time) for time in times] == [pytest.approx(n / RATE) for n in range(11 * RATE)]
        assert [n for n, packet in enumerate(packets) if packet.is_keyframe] == list(range(0, 330, RATE))
    probe = probe_film(demo_film)
    assert probe.index_first
    assert (probe.video_codec, probe.frame_rate, probe.pixel_format) == ("h264", 30.0, "yuv420p")
    assert probe.duration_s == pytest.approx(11, abs=0.05)
    assert probe.sound is not None
    assert (probe.sound.codec, probe.sound.sample_rate) == ("aac", 48000)


@pytest.mark.parametrize("kind", ["demo_film", "stereo_film"])
def test_the_files_metadata_settles_the_layout(kind: str, request: pytest.FixtureRequest) -> None:
    film: Path = request.getfixturevalue(kind)
    probe = probe_film(film)
    assert [found.version for found in probe.spherical] == [2, 1]
    layout = decide_layout(probe, "uten spor.mp4")
    assert layout.projection_from is layout.stereo_from is Evidence.SPHERICAL_V2
    assert layout.projection is Projection.EQUIRECT
    assert layout.stereo is (Stereo.MONO if kind == "demo_film" else Stereo.TOP_BOTTOM)


def test_the_same_recipe_gives_the_same_film(tmp_path: Path, recipe: FilmRecipe) -> None:
    for name in ("a.mp4", "b.mp4"):
        render(recipe, tmp_path / name, seconds=1, width=320)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_breaking_off_leaves_nothing(tmp_path: Path, recipe: FilmRecipe) -> None:
    def stop(done: int, total: int) -> None:
        if done == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render(recipe, tmp_path / "a.mp4", seconds=1, width=320, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_library_gets_the_films_it_lacks_once(tmp_path: Path) -> None:
    films, library = FilmsInMemory(), FilmFolder(tmp_path / "films")
    importing = FilmImporting(library, films)
    steps: list[tuple[int, int]] = []

    def ensure(lang: str) -> list[str]:
        made = ensure_demo_films(
            importing,
            films,
            scratch=tmp_path,
            lang=lang,
            seconds=0.5,
            width=320,
            progress=lambda done, total: steps.append((done, total)),
        )
        return [film.title for film in made]

    titles = [recipe.title["nb"] for recipe in demo_recipes()]
    assert ensure("nb") == titles
    assert steps[-1] == (75, 75)
    first_steps = len(steps)
    assert ensure("nb") == titles
    assert len(steps) == first_steps, "nothing was rendered again"
    assert len(films.all()) == 5
    assert {path.name for path in tmp_path.iterdir()} == {"films"}
    assert all(library.path_of(film).is_file() for film in films.all())
