"""The protocol is made whatever people have typed within the limits, and no word of it is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pypdfium2
import pytest

from tests.fakes.receipts import a_headset_receipt
from tests.fakes.records import DEPARTMENT, ROOM, a_session, wall
from trainer_app.domain.absences import Absence, AbsenceCause
from trainer_app.domain.histories import History
from trainer_app.domain.inventory import CheckItem, CheckKind, CheckResult, LineResult
from trainer_app.domain.notes import LearningPoint, LearningPointId
from trainer_app.domain.playback import HeadsetReceipt, Receipt, Unsynchronised
from trainer_app.domain.printing import Printing
from trainer_app.domain.protocol import CheckSummary, FaultLine, Participants, Protocol, Showing
from trainer_app.domain.seen_picture import PictureWay, SeenPicture
from trainer_app.domain.sessions import SessionState
from trainer_app.domain.spread import Percentiles
from trainer_app.domain.typed_texts import TEXT_LIMIT
from trainer_app.reports.protocol import protocol_pdf
from trainer_app.texts.catalogue import Texts

SESSION = replace(a_session(), number="EV-1", state=SessionState.CLOSED)
EMPTY = Protocol(
    session=SESSION,
    department=DEPARTMENT.name,
    unit="",
    room=ROOM.name,
    kit="EV-1",
    theme=None,
    scenario=None,
    format=None,
    debrief_model=None,
    team=(),
    participants=Participants(total=0, by_profession=(), by_mode=()),
    objectives=(),
    phases=(),
    paused=timedelta(0),
    points=(),
    actions=(),
    waves=(),
    checks=(),
    showings=(),
)


def pages_of(protocol: Protocol) -> list[str]:
    pdf = protocol_pdf(protocol, Texts("nb"), Printing(at=wall("2026-11-25T15:00")))
    with pypdfium2.PdfDocument(pdf) as paper:
        return [page.get_textpage().get_text_range() for page in paper]


def points(*typed: str) -> tuple[LearningPoint, ...]:
    return tuple(
        LearningPoint(id=LearningPointId(uuid4()), session_id=SESSION.id, seq=seq, text=text)
        for seq, text in enumerate(typed, start=1)
    )


@pytest.mark.parametrize(
    ("form", "length"), [("ord{:04d} ", TEXT_LIMIT), ("o{:04d}\n", 3000)], ids=["words", "lines"]
)
def test_a_learning_point_higher_than_a_page_is_printed_whole(form: str, length: int) -> None:
    words = [form.format(number) for number in range(length // len(form.format(0)))]
    pages = pages_of(replace(EMPTY, points=points("Først.", "".join(words).strip(), "Sist.")))
    printed = set("\n".join(pages).split())
    assert [word for word in words if word.strip() not in printed] == []
    assert "Sist." in pages[-1] or "Sist." in pages[-2]


def test_a_learning_point_without_a_space_is_printed_whole() -> None:
    pages = pages_of(replace(EMPTY, points=points("§" * TEXT_LIMIT)))
    assert "".join(pages).count("§") == TEXT_LIMIT


def test_many_long_notes_of_one_check_are_printed_whole() -> None:
    faults = tuple(
        FaultLine(
            headset=number,
            item=CheckItem.BATTERY,
            result=LineResult.DEFECTIVE,
            note=f"start{number} {'ord ' * 120}slutt{number}",
        )
        for number in range(1, 21)
    )
    check = CheckSummary(kind=CheckKind.QUICK_BEFORE, result=CheckResult.FAULTS, faults=faults)
    printed = "".join(pages_of(replace(EMPTY, checks=(check,))))
    assert all(f"start{n}" in printed and f"slutt{n}" in printed for n in range(1, 21))


def test_a_short_row_is_never_torn() -> None:
    typed = (f"begynnelse{number} {'ord ' * 40} slutt{number}" for number in range(90))
    pages = [page.split() for page in pages_of(replace(EMPTY, points=points(*typed)))]
    assert len(pages) > 2
    for number in range(90):
        (page,) = [page for page in pages if f"begynnelse{number}" in page]
        assert f"slutt{number}" in page


def test_headsets_of_a_film_stand_by_number_and_its_pauses_are_told() -> None:
    receipt = Receipt(
        film_sha256="f" * 64,
        start_spread_ms=1.0,
        spread_ms=None,
        instants=1,
        headsets=tuple(
            a_headset_receipt(
                serial=f"S{number}", number=number, clock_uncertainty_ms=1.0, start_error_ms=number + 0.7
            )
            for number in (5, 2, 4)
        ),
        pauses_s=((60.0, 100.0), (200.0, 230.4)),
        unsynchronised=(
            Unsynchronised(serial="S1", number=1, accepted_s=0.84),
            Unsynchronised(serial="S3", number=3),
        ),
    )
    showing = Showing(wave=1, film="Innkomst", started_at=wall("2026-11-25T13:20"), receipt=receipt)
    printed = "".join(pages_of(replace(EMPTY, showings=(showing,))))
    assert "Ingen læringsmål er valgt." in printed
    assert "Filmen sto på pause 2 ganger, til sammen 1 min 10 s." in printed
    assert "Brille 1: egen spiller, ikke synkronisert. Tok imot starten 0,8 s etter planen." in printed
    assert "Brille 3: egen spiller, ikke synkronisert. Filmen startet ikke." in printed
    assert printed.index("2,7") < printed.index("4,7") < printed.index("5,7")


def shown(*headsets: HeadsetReceipt, **more: object) -> str:
    receipt = Receipt(
        **{  # type: ignore[arg-type]
            "film_sha256": "f" * 64,
            "start_spread_ms": None,
            "spread_ms": None,
            "instants": 0,
            "headsets": headsets,
            **more,
        }
    )
    showing = Showing(wave=1, film="Innkomst", started_at=wall("2026-11-25T13:20"), receipt=receipt)
    printed = " ".join(pages_of(replace(EMPTY, showings=(showing,))))
    return " ".join(printed.split())


def in_a_receipt(number: int, **more: object) -> HeadsetReceipt:
    return a_headset_receipt(f"S{number}", number, **more)


def test_absences_are_told_with_their_causes_and_the_spread_over_time_is_drawn() -> None:
    away = tuple(
        Absence(begin_s=begin, end_s=end, cause=cause)
        for begin, end, cause in (
            (10.0, 30.0, AbsenceCause.TAKEN_OFF),
            (40.0, 48.5, AbsenceCause.TAKEN_OFF),
            (60.0, 72.0, AbsenceCause.LOST),
        )
    )
    printed = shown(
        in_a_receipt(1),
        in_a_receipt(2, absences=away),
        start_spread_ms=6.0,
        spread_ms=Percentiles(p50=3.0, p95=5.0, p99=7.0, max=18.0),
        spread=History(step_s=1, low_ms=(2.0, 3.0), high_ms=(18.0, 4.0)),
    )
    assert "3,0 ms halve tiden, 5,0 ms i 95 % og 7,0 ms i 99 % av tiden; høyst 18 ms" in printed
    assert "tatt av 28,5 s" in printed
    assert "uten kontakt 12,0 s" in printed
    assert "Største forskjell mellom brillene 20 ms 0 ms" in printed


def test_one_headset_alone_has_no_spread_of_nobody() -> None:
    printed = shown(in_a_receipt(1))
    assert "Spredning ved start" not in printed
    assert "Største forskjell" not in printed


def test_what_is_known_of_the_picture_is_told_and_no_more() -> None:
    layer = SeenPicture(ways=(PictureWay.LAYER,))
    drawn = SeenPicture(ways=(PictureWay.LAYER, PictureWay.SPHERE), behind_ms=21.0)
    printed = shown(
        in_a_receipt(3, picture=layer), in_a_receipt(1, picture=layer), in_a_receipt(2, picture=drawn)
    )
    assert (
        "Bildet i brille 1, 3: vist av nettleseren selv, på et eget lag. Nettleseren melder ikke" in printed
    )
    assert "Bildet i brille 2: begynte på nettleserens eget lag" in printed
    assert "inntil 21 ms etter filmens posisjon" in printed
    assert "Bildet i" not in shown(in_a_receipt(1))
