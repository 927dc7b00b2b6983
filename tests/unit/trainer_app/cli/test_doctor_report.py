"""The report of an examination can be sent: it says what to do, and nothing of people, places or films."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from trainer_app.cli.doctor_report import document, lines
from trainer_app.domain.examination import Examination, Ledger, Step
from trainer_app.domain.link_errors import NothingListens
from trainer_app.domain.playback_errors import FilmNotPlayable, HeadsetBusy, VrRefused
from trainer_app.texts.catalogue import LANGUAGES, Texts

MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TEXTS = Texts("nb")


def examined(number: int | None = 3) -> Examination:
    ledger = Ledger()
    ledger.ok(Step.REACH)
    ledger.ok(Step.ACCEPTED)
    ledger.not_possible(Step.PAYLOAD)
    ledger.judge(Step.TRANSFER, good=True, megabytes_per_s=31.5, intact=True)
    ledger.failed(Step.AGENT, HeadsetBusy(headset="3 (SECRET1)", holder="Kari på pc-secret2"))
    ledger.failed(Step.FILM, FilmNotPlayable(headset="SECRET1", film="Secret3", detail="/home/secret4"))
    ledger.failed(Step.STOP, milliseconds=700, dark=True)
    return Examination(number=number, model="Quest 3", android="14", findings=ledger.close())


def test_report_says_of_each_step_what_was_seen_and_what_to_do() -> None:
    said = lines([examined()], MADE, TEXTS)
    assert "Brille 3, Quest 3, Android 14" in said
    assert "  i orden     Overføring: 16 MB på plass og like, 31,5 MB/s." in said
    stop = next(at for at, line in enumerate(said) if "Stopp alt" in line)
    assert said[stop] == "  feilet      Stopp alt: Ikke meldt stille og mørk innen 500 ms (700 ms)."
    assert said[stop + 1].strip() == "Flytt ruteren nærmere, eller bruk kabel. Prøv igjen."
    assert "  ikke mulig  Filmsiden: Krever «Programmet på brillen»." in said
    assert "  ikke mulig  Pakkestørrelse: Ikke mulig på denne forbindelsen." in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_in_it_says_who_where_or_which_film(lang: str) -> None:
    texts = Texts(lang)
    unreached = Ledger()
    unreached.failed(Step.REACH, NothingListens(headset="secret5.example:5555"))
    both = [examined(), Examination(number=None, findings=unreached.close())]
    whole = "\n".join(lines(both, MADE, texts)) + json.dumps(document(both, MADE, texts))
    assert "secret" not in whole.casefold()
    assert "Kari" not in whole


def test_a_headset_that_was_not_reached_is_called_one() -> None:
    unreached = Ledger()
    unreached.failed(Step.REACH, NothingListens(headset="secret5.example:5555"))
    said = "\n".join(lines([Examination(number=None, findings=unreached.close())], MADE, Texts("nb")))
    assert "Får ikke kontakt med brillen." in said


def test_document_has_every_step_with_its_code() -> None:
    told = document([examined()], MADE, TEXTS)
    (headset,) = told["headsets"]
    assert [step["step"] for step in headset["steps"]] == [step.value for step in Step]
    by_step = {step["step"]: step for step in headset["steps"]}
    assert by_step["agent"]["problem"] == "playback.busy"
    assert by_step["page"] == {
        "step": "page",
        "verdict": "not_possible",
        "seen": {},
        "problem": None,
        "needs": "agent",
        "what": "Krever «Programmet på brillen».",
        "next": "",
    }
    assert headset["failed"] == 3
    assert headset["ok"] + headset["failed"] + headset["not_possible"] == len(Step)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_has_words_for_going_well_and_wrong(lang: str) -> None:
    texts = Texts(lang)
    seen = {
        "bytes": 1, "megabytes_per_s": 1.0, "free": 1, "version": "3.11", "uncertainty_ms": 0.5,
        "seconds": 3.0, "milliseconds": 7, "files": 2,
    }  # fmt: skip
    for step in Step:
        good, bad, why = Ledger(), Ledger(), Ledger()
        good.judge(step, good=True, **seen)
        why.failed(step, VrRefused(headset="x"))
        known = texts.keys()
        if f"doctor.wrong.{step.value}" in known:
            bad.judge(step, good=False, **seen)
        found = [Examination(number=1, findings=ledger.close()) for ledger in (good, bad, why)]
        assert all(lines([one], MADE, texts) for one in found)
