"""``simkoffert db …``: the database as a whole."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from trainer_app.cli.output import DONE, FAILED, Output

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace


async def _upgrade(workplace: Workplace, _parsed: Namespace, output: Output) -> int:
    care = workplace.database_care
    done = care.upgrade()
    document = {
        "database": str(care.path),
        "before": done.before,
        "revision": done.now,
        "backup": None if done.backup is None else str(done.backup),
    }
    lines = [output.texts("db.is_current" if done.before == done.now else "db.upgraded", database=care.path)]
    if done.backup is not None:
        lines.append(output.texts("db.backup_is", backup=done.backup))
    output.result(document, lines)
    return DONE


async def _check(workplace: Workplace, _parsed: Namespace, output: Output) -> int:
    care = workplace.database_care
    found = care.check()
    is_ours = found.revision is not None
    document = {
        "database": str(care.path),
        "revision": found.revision,
        "sound": found.is_sound and is_ours,
        "complaints": list(found.complaints),
    }
    key = "db.unsound" if not found.is_sound else "db.sound" if is_ours else "db.not_ours"
    output.result(document, [output.texts(key, database=care.path, count=len(found.complaints))])
    for complaint in found.complaints:
        output.line(complaint)
    return DONE if found.is_sound and is_ours else FAILED


async def _backup(workplace: Workplace, parsed: Namespace, output: Output) -> int:
    care = workplace.database_care
    care.back_up(parsed.file)
    output.result(
        {"database": str(care.path), "backup": str(parsed.file)},
        [output.texts("db.backed_up", backup=parsed.file)],
    )
    return DONE


async def _restore(workplace: Workplace, parsed: Namespace, output: Output) -> int:
    care = workplace.database_care
    kept = care.restore(parsed.file)
    lines = [output.texts("db.restored", database=care.path, backup=parsed.file)]
    if kept is not None:
        lines.append(output.texts("db.kept", kept=kept))
    output.result(
        {
            "database": str(care.path),
            "backup": str(parsed.file),
            "kept": None if kept is None else str(kept),
        },
        lines,
    )
    return DONE


VERBS = {"upgrade": _upgrade, "check": _check, "backup": _backup, "restore": _restore}
