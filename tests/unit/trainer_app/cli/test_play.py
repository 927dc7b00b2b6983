"""What ``play`` prints of a receipt, and which exit code it gives."""

from __future__ import annotations

import gc
import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.fakes.films import a_film
from trainer_app.bootstrap import Workplace
from trainer_app.cli import play as play_module
from trainer_app.cli.output import Output, exit_code
from trainer_app.cli.play import perform, report
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.link_errors import NothingListens
from trainer_app.domain.playback import Course, HeadsetReceipt, Receipt, Unsynchronised
from trainer_app.domain.playback_errors import HeadsetVanished
from trainer_app.domain.seen_picture import PictureWay, SeenPicture
from trainer_app.domain.spread import Percentiles
from trainer_app.services.playing import PlayResult, Stage
from trainer_app.texts.catalogue import Texts


def headset(serial: str, number: int) -> HeadsetReceipt:
    return HeadsetReceipt(
        serial=serial,
        number=number,
        clock_offset_ms=18_000_000.12345,
        clock_uncertainty_ms=0.25,
        clock_drift_ppm=-12.5,
        clock_at_ns=123,
        start_error_ms=1.23456,
        corrections=2,
        seeks=1,
        stalls=0,
        absences_s=((1.0, 2.5),),
        picture=SeenPicture(ways=(PictureWay.LAYER,), behind_ms=16.7),
    )


RECEIPT = Receipt(
    film_sha256="ab" * 32,
    start_spread_ms=3.14159,
    spread_ms=Percentiles(p50=1.0, p95=2.0, p99=3.0, max=4.0),
    instants=50,
    headsets=(headset("S1", 1), headset("S2", 2)),
)


def result(receipt: Receipt | None = RECEIPT, **problems: TrainerError) -> PlayResult:
    return PlayResult(receipt=receipt, problems=problems, unreached={})


def test_receipt_for_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(result(), Output(Texts("nb"), as_json=True)) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["start_spread_ms"] == 3.142
    assert printed["spread_ms"] == {"p50": 1.0, "p95": 2.0, "p99": 3.0, "max": 4.0}
    first = printed["headsets"][0]
    assert (first["serial"], first["clock_offset_ms"]) == ("S1", 18_000_000.123)
    assert (first["clock_uncertainty_ms"], first["start_error_ms"]) == (0.25, 1.235)
    assert (first["corrections"], first["absences_s"]) == (2, [[1.0, 2.5]])
    assert first["absences"] == [{"begin_s": 1.0, "end_s": 2.5, "cause": "lost"}]
    assert first["picture"] == {"ways": ["layer"], "timed_by": "frames", "behind_ms": 16.7}
    assert "problems" not in printed


def test_receipt_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(result(), Output(Texts("nb"), as_json=False)) == 0
    said = capsys.readouterr()
    assert "3,1 ms" in said.out
    assert said.err == ""
    assert len(said.out.splitlines()) == 4


def test_one_that_dropped_out_is_3(capsys: pytest.CaptureFixture[str]) -> None:
    gone = HeadsetVanished(headset="2 (S2)")
    assert report(result(S2=gone), Output(Texts("en"), as_json=True)) == 3
    said = capsys.readouterr()
    assert json.loads(said.out)["problems"][0]["serial"] == "S2"
    assert "2 (S2)" in said.err


def test_nobody_played_is_1(capsys: pytest.CaptureFixture[str]) -> None:
    nobody = PlayResult(receipt=None, problems={}, unreached={"h:1": NothingListens(headset="h:1")})
    assert report(nobody, Output(Texts("nb"), as_json=True)) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["address"] == "h:1"


def test_receipt_of_one_headset_has_no_spread(capsys: pytest.CaptureFixture[str]) -> None:
    alone = Receipt(
        film_sha256="ab" * 32, start_spread_ms=None, spread_ms=None, instants=0, headsets=(headset("S1", 1),)
    )
    assert report(result(alone), Output(Texts("nb"), as_json=False)) == 0
    assert "ukjent" in capsys.readouterr().out
    report(result(alone), Output(Texts("nb"), as_json=True))
    printed = json.loads(capsys.readouterr().out)
    assert (printed["spread_ms"], printed["start_spread_ms"]) == (None, None)


@pytest.mark.parametrize(("good", "bad", "code"), [(5, 0, 0), (0, 0, 0), (4, 1, 3), (0, 5, 1)])
def test_exit_codes(good: int, bad: int, code: int) -> None:
    assert exit_code(good, bad) == code


def test_headset_in_its_own_player_is_listed_without_a_start_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    old = Unsynchronised(serial="S5", number=5, accepted_s=0.84)
    mixed = replace(RECEIPT, unsynchronised=(old,))
    assert report(result(mixed), Output(Texts("nb"), as_json=True)) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [each["synchronised"] for each in printed["headsets"]] == [True, True, False]
    assert printed["headsets"][2].keys() >= printed["headsets"][0].keys(), "scripts find what they look for"
    assert printed["headsets"][2]["start_error_ms"] is None
    assert printed["start_spread_ms"] == 3.142, "it counts in no spread"
    report(result(mixed), Output(Texts("nb"), as_json=False))
    assert "Brille 5: egen spiller, ikke synkronisert. Tok imot starten 0,8 s" in capsys.readouterr().out
    alone = replace(mixed, headsets=(), start_spread_ms=None, spread_ms=None)
    assert report(result(alone), Output(Texts("nb"), as_json=True)) == 0


def test_nothing_is_said_of_a_spread_where_nobody_is_synchronised(capsys: pytest.CaptureFixture[str]) -> None:
    old = Unsynchronised(serial="S5", number=5, accepted_s=0.2)
    alone = replace(RECEIPT, headsets=(), start_spread_ms=None, spread_ms=None, unsynchronised=(old,))
    assert report(result(alone), Output(Texts("nb"), as_json=False)) == 0
    printed = capsys.readouterr().out
    assert "Startet innenfor" not in printed
    assert "Brille 5" in printed


async def test_garbage_does_not_heap_up_while_a_film_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen: list[bool] = []
    usual = gc.get_threshold()
    at_each_stage = []

    async def plays(*_: object, stage: Any, **__: object) -> PlayResult:
        for name in ("ready", "started"):
            stage(Stage(name=name, headsets=1))
            at_each_stage.append((gc.get_threshold()[0], len(frozen)))
        return result()

    monkeypatch.setattr(play_module, "play_together", plays)
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(True))
    workplace = SimpleNamespace(gateway=None, headsets=None, greeting=None, holder="")
    gc.set_threshold(50_000)
    try:
        await perform(
            cast("Workplace", workplace),
            Output(Texts("nb"), as_json=True),
            a_film(),
            ["127.0.0.1:1"],
            from_s=0.0,
            seconds=None,
            course=Course(),
        )
    finally:
        gc.set_threshold(*usual)
    assert at_each_stage == [(50_000, 0), (700, 1)]
