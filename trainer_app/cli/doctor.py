"""``simkoffert doctor``: prove on headsets, step by step, what the program counts on."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from trainer_app.cli.doctor_report import document, lines
from trainer_app.cli.output import DONE, FAILED, PARTLY, Output
from trainer_app.domain.examination import Examination, Step
from trainer_app.domain.report_errors import ReportNameMissing, ReportUnwritable
from trainer_app.reports.saving import save_report
from trainer_app.services.doctoring import Doctor

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace


async def doctor(workplace: Workplace, parsed: Namespace, output: Output) -> int:
    """Examine the headsets, print the report, save it where that was asked for.

    Raises:
        ReportNameMissing: before anything is examined; see :func:`report_files`.
    """
    texts = output.texts
    files = None if parsed.out is None else report_files(parsed.out)

    def step_begins(number: int, step: Step) -> None:
        output.progress(
            lambda: texts("doctor.trying", number=number, step=texts(f"doctor.step.{step.value}"))
        )

    with workplace.examination_film() as cargo:
        output.say("doctor.begins")
        examined = await Doctor(
            gateway=workplace.gateway,
            headsets=workplace.headsets,
            examiner=workplace.examiner,
            greet=workplace.greeting,
            holder=workplace.holder,
            cargo=cargo,
            waiting=lambda address: output.say("cli.waiting_for_accept", address=address),
            step_begins=step_begins,
            awaited=output.awaited,
        ).examine(parsed.at)
    made = datetime.now(UTC)
    told, written = document(examined, made, texts), lines(examined, made, texts)
    # Printed first: an examination takes minutes, and is not lost with a file that cannot be written.
    output.result(told, written)
    try:
        for saved in () if files is None else _save(files, written, told):
            output.say("doctor.saved", file=saved)
    except ReportUnwritable as error:
        output.problem(error)
        return FAILED
    return _exit_code(examined)


def report_files(out: Path) -> tuple[Path, Path]:
    """The files for text and, beside it, JSON; a dot within the name belongs to the name.

    Raises:
        ReportNameMissing: it is a folder, or empty.
    """
    if not out.name or out.is_dir():
        raise ReportNameMissing(file=str(out))
    name = out.stem if out.suffix.lower() in (".txt", ".json") else out.name
    return out.with_name(f"{name}.txt"), out.with_name(f"{name}.json")


def _save(files: tuple[Path, Path], written: Sequence[str], told: dict[str, object]) -> tuple[Path, Path]:
    """Write the report as text and, beside it, as JSON.

    Raises:
        ReportUnwritable: not there.
    """
    text, data = files
    save_report(text, ("\n".join(written) + "\n").encode())
    save_report(data, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())
    return files


def _exit_code(examined: Sequence[Examination]) -> int:
    if not any(one.reached for one in examined):
        return FAILED
    return DONE if all(one.passed for one in examined) else PARTLY
