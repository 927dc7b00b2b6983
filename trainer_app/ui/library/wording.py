"""Words for films and for what a scenario consists of. Knows no Qt."""

from __future__ import annotations

from trainer_app.domain.films import Film, Probe, Projection, Stereo
from trainer_app.texts.catalogue import Texts

_CODECS = {"h264": "H.264", "hevc": "H.265", "vp9": "VP9", "av1": "AV1"}

Facts = tuple[tuple[str, str], ...]


def projection_words(projection: Projection, texts: Texts) -> str:
    """``360°``."""
    return texts(f"library.projection.{projection.value}")


def stereo_words(stereo: Stereo, texts: Texts) -> str:
    """``mono``."""
    return texts(f"library.stereo.{stereo.value.replace('-', '_')}")


def layout_words(projection: Projection, stereo: Stereo, texts: Texts) -> str:
    """``360°, mono``."""
    return f"{projection_words(projection, texts)}, {stereo_words(stereo, texts)}"


def resolution_words(probe: Probe) -> str:
    """``5760 × 2880``."""
    return f"{probe.width} × {probe.height}"


def length_words(probe: Probe, texts: Texts) -> str:
    """``7.02``."""
    return texts("looks.clock", seconds=probe.duration_s)


def size_words(size: int, texts: Texts) -> str:
    """``2,1 GB``."""
    return texts("library.size", size=size)


def probe_facts(probe: Probe, texts: Texts) -> Facts:
    """What the file itself tells, with names."""
    facts = [
        ("library.fact.length", length_words(probe, texts)),
        ("library.fact.picture", resolution_words(probe)),
        ("library.fact.codec", _CODECS.get(probe.video_codec, probe.video_codec)),
        ("library.fact.sound", _sound(probe, texts)),
    ]
    if probe.frame_rate is not None:
        facts.insert(2, ("library.fact.rate", texts("library.per_second", rate=round(probe.frame_rate))))
    return tuple((texts(key), value) for key, value in facts)


def film_facts(film: Film, texts: Texts) -> Facts:
    """What is known of a film, with names."""
    layout = layout_words(film.projection, film.stereo, texts)
    return (
        (texts("library.fact.layout"), layout),
        *probe_facts(film.probe, texts),
        (texts("library.fact.size"), size_words(film.size_bytes, texts)),
        (texts("library.fact.file"), film.file_name),
    )


def _sound(probe: Probe, texts: Texts) -> str:
    if probe.sound is None:
        return texts("library.sound.none")
    channels = probe.sound.channels
    known = {1: "library.sound.mono", 2: "library.sound.stereo"}
    return texts(known[channels]) if channels in known else texts("library.sound.many", count=channels)
