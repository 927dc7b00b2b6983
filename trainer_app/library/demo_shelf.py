"""Puts the demo films into a film library that lacks them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock

from trainer_app.domain.errors import UserCancelled
from trainer_app.domain.films import THEMES, Film
from trainer_app.library.demo_films import render
from trainer_app.library.demo_recipe import FilmRecipe, demo_recipes
from trainer_app.services.ports import FilmImport, FilmRepository, Progress


def ensure_demo_films(
    importing: FilmImport,
    films: FilmRepository,
    *,
    scratch: Path,
    themes: Collection[str] = THEMES,
    lang: str = "nb",
    seconds: float | None = None,
    width: int | None = None,
    progress: Progress | None = None,
) -> list[Film]:
    """Render and import the demo films whose theme and title the library does not have.

    Encoding uses one processor a film, so as many are rendered at once as there are processors.

    Args:
        importing: Where rendered films go.
        films: What the library has.
        scratch: A folder with room for all of them; nothing is left in it.
        themes: Codes of the themes whose films are wanted.
        lang: Language of titles and compass.
        seconds: Running time; the recipe's own when None.
        width: Pixels; the recipe's own when None.
        progress: Frames done and all frames, from several threads but never at once; may raise to break off.

    Returns:
        The demo films of these themes, in the recipe's order.
    """
    recipes = [recipe for recipe in demo_recipes() if recipe.theme in themes]
    had = {(film.theme, film.title): film for film in films.all()}
    missing = [recipe for recipe in recipes if (recipe.theme, recipe.title[lang]) not in had]
    with tempfile.TemporaryDirectory(prefix=".demo-", dir=scratch) as folder:
        files = [Path(folder, f"{recipe.theme}.mp4") for recipe in missing]
        _render_all(missing, files, lang=lang, seconds=seconds, width=width, progress=progress)
        for recipe, file in zip(missing, files, strict=True):
            imported = importing.import_film(file, theme=recipe.theme, title=recipe.title[lang])
            had[recipe.theme, recipe.title[lang]] = imported.film
            file.unlink()
    return [had[recipe.theme, recipe.title[lang]] for recipe in recipes]


def _render_all(
    recipes: Sequence[FilmRecipe],
    files: Sequence[Path],
    *,
    lang: str,
    seconds: float | None,
    width: int | None,
    progress: Progress | None,
) -> None:
    shared = _SharedProgress(len(recipes), progress)
    with ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="render") as pool:
        # Leaving the pool waits for what was submitted: it must be told to end from the first film on.
        try:
            renders: list[Future[None]] = [
                pool.submit(
                    render,
                    recipe,
                    file,
                    lang=lang,
                    seconds=seconds,
                    width=width,
                    progress=shared.of(index),
                )
                for index, (recipe, file) in enumerate(zip(recipes, files, strict=True))
            ]
            for future in renders:
                future.result()
        except BaseException:
            shared.stop()
            raise


class _SharedProgress:
    """Adds up the progress of several renders; breaks all of them off when one failed."""

    def __init__(self, films: int, progress: Progress | None) -> None:
        self._done = [0] * films
        self._progress = progress
        self._lock = Lock()
        self._stopped = False

    def stop(self) -> None:
        """Let every render end at its next frame."""
        self._stopped = True

    def of(self, index: int) -> Progress:
        """Return the progress callback of one film; all films have the same number of frames."""

        def report(done: int, total: int) -> None:
            with self._lock:
                if self._stopped:
                    raise UserCancelled
                self._done[index] = done
                self._report(total)

        return report

    def _report(self, total: int) -> None:
        if self._progress is None:
            return
        try:
            self._progress(sum(self._done), total * len(self._done))
        except BaseException:
            self._stopped = True
            raise
