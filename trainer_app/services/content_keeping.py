"""Brings the content that travels with the program into the database, where sessions refer to it."""

from __future__ import annotations

from collections.abc import Callable

from trainer_app.domain.content_snapshots import ScenarioSnapshot, ThemeEntry
from trainer_app.domain.scenarios import Content, ScenarioVersion
from trainer_app.services.ports import Repositories


def keep_content(
    stored: Repositories, content: Content, write_snapshot: Callable[[ScenarioVersion], str]
) -> None:
    """Save all themes, and the present version of every scenario.

    Raises:
        ScenarioVersionFixed: a scenario was changed without a new version, and sessions refer to the old one.
    """
    with stored.together():
        for theme in content.themes:
            title = theme.title.words
            stored.themes.save(
                ThemeEntry(code=theme.code, title_nb=title.nb, title_en=title.en, sort=theme.order)
            )
            scenario = theme.scenario
            stored.scenarios.keep(
                ScenarioSnapshot(
                    code=scenario.code,
                    version=scenario.version,
                    theme=theme.code,
                    title_nb=scenario.title.nb,
                    title_en=scenario.title.en,
                    content=write_snapshot(scenario),
                )
            )
