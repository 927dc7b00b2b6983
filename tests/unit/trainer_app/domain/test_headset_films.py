"""What lies on a headset against the library: what people read, and what may be removed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.fakes.films import a_film
from trainer_app.domain.films import Film, Sha256, ThemeCode
from trainer_app.domain.headset_films import FilmStanding as F
from trainer_app.domain.headset_films import StoredFilm, compare, removable

DAY = datetime(2026, 10, 2, 12, 0, tzinfo=UTC)


def film(name: str, theme: str = "INN", *, days: int = 0, title: str = "") -> Film:
    return a_film(
        sha256=Sha256(name * 64),
        theme=ThemeCode(theme),
        title=title or f"Film {name}",
        size_bytes=1000,
        imported_at=DAY + timedelta(days=days),
    )


def stored(name: str, size: int = 1000, *, whole: bool = True, title: str = "") -> StoredFilm:
    return StoredFilm(sha256=Sha256(name * 64), size_bytes=size, whole=whole, title=title, since=DAY)


OLD, NEW, OTHER = film("a"), film("b", days=1), film("c", "VOT")
LIBRARY = (OLD, NEW, OTHER)


def standings(*files: StoredFilm) -> list[tuple[str, F]]:
    return [(one.sha256[0], one.standing) for one in compare(LIBRARY, files)]


def test_only_the_newest_film_of_a_theme_is_missed() -> None:
    assert standings() == [("b", F.MISSING), ("c", F.MISSING)]


def test_what_is_there_is_whole_half_or_older() -> None:
    here = (stored("a"), stored("b", 400, whole=False), stored("c"))
    assert standings(*here) == [("a", F.OLDER), ("b", F.PARTIAL), ("c", F.ON_PLACE)]
    assert compare(LIBRARY, here)[1].there_bytes == 400


def test_a_whole_file_counts_where_a_part_lies_beside_it() -> None:
    assert standings(stored("c"), stored("c", 10, whole=False))[-1] == ("c", F.ON_PLACE)


def test_a_film_under_a_title_of_the_library_is_an_older_one_and_others_are_foreign() -> None:
    here = (stored("e"), stored("d", title="Film b"), stored("f", title="Ballong"))
    others = [one for one in compare(LIBRARY, here) if not one.in_library]
    assert [(one.sha256[0], one.title, one.standing) for one in others] == [
        ("f", "Ballong", F.FOREIGN),
        ("d", "Film b", F.OLDER),
        ("e", "", F.FOREIGN),
    ]
    assert others[0].since == DAY


def test_nothing_that_the_library_has_is_ever_removed() -> None:
    here = (stored("a"), stored("b", 400, whole=False), stored("c"), stored("d", 7, whole=False))
    assert [one.sha256[0] for one in removable(LIBRARY, here)] == ["d"]


def test_an_empty_library_removes_nothing() -> None:
    """On a new laptop it says nothing about whose films the headsets have."""
    here = [StoredFilm(sha256=Sha256("d" * 64), size_bytes=7, whole=True, title="Innkomst")]
    assert removable((), here) == ()
    assert removable(LIBRARY, here) != ()
