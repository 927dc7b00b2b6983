from __future__ import annotations

import pytest

from trainer_app.domain import link_errors
from trainer_app.domain.link_errors import LinkProblem
from trainer_app.texts.catalogue import LANGUAGES, Texts

KINDS = [
    kind
    for kind in vars(link_errors).values()
    if isinstance(kind, type) and issubclass(kind, LinkProblem) and kind is not LinkProblem
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_problem_is_put_into_words(kind: type[LinkProblem], lang: str) -> None:
    error = kind(
        headset="Brille 3",
        seconds=5,
        path="/sdcard/x",
        port=29361,
        service="sync",
        state="offline",
        address="10.0.0.7:5555",
        megabytes=16,
    )
    words = Texts(lang).explain(error)
    assert all((words.what, words.why, words.next_step))
    if kind is not link_errors.KeyUnusable:
        assert "Brille 3" in words.what
