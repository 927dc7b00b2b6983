"""Klargjøring with a view that remembers what it was told to show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.preparing import Prepared, prepared
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.clearing import ClearQuestion
from trainer_app.ui.session.prepare.models import DetailsModel, PrepareModel, TileModel
from trainer_app.ui.session.prepare.presenter import PreparePresenter


class SeenView:
    """The view of a test."""

    def __init__(self) -> None:
        self.model: PrepareModel | None = None
        self.details: DetailsModel | None = None
        self.happened: list[str] = []
        self.question: ClearQuestion | None = None

    def show_page(self, model: PrepareModel) -> None:
        self.model = model

    def show_details(self, details: DetailsModel | None) -> None:
        self.details = details

    def show_add(self) -> None:
        self.happened.append("add")

    def show_correction(self, number: int, address: str) -> None:
        self.happened.append(f"correct {number} {address}")

    def ask_clearing(self, question: ClearQuestion) -> None:
        self.question = question

    def address_corrected(self) -> None:
        self.happened.append("corrected")

    def address_added(self) -> None:
        self.happened.append("added")

    def address_refused(self, words: str) -> None:
        self.happened.append(words)

    def go_on(self) -> None:
        self.happened.append("on")


class OpenedPrepare:
    """A session in klargjøring."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.made = prepared.made
        self.view = SeenView()
        self.presenter = PreparePresenter(prepared.made.office, self.view)

    def open(self) -> OpenedPrepare:
        self.presenter.open(self.prepared.session.id)
        return self

    @property
    def model(self) -> PrepareModel:
        assert self.view.model is not None
        return self.view.model

    def tile(self, number: int) -> TileModel:
        return next(tile for tile in self.model.tiles if tile.number == number)

    def asked(self, what: str) -> list[tuple[object, ...]]:
        return [asked for asked in self.made.live.asked if asked[0] == what]


OpenPrepare = Callable[..., OpenedPrepare]


@pytest.fixture
def open_prepare(stored: SqlRepositories, tmp_path: Path) -> OpenPrepare:
    """Make an office with a session in klargjøring; not opened yet."""
    return lambda **wanted: OpenedPrepare(prepared(stored, tmp_path, **wanted))
