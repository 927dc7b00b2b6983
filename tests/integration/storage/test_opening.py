"""Opening a database that is up to date costs a command as little as can be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from trainer_app.storage.database import Database


def test_a_database_that_is_up_to_date_is_opened_without_alembic(tmp_path: Path) -> None:
    Database.open(tmp_path / "there.sqlite").close()
    code = (
        "import sys; from pathlib import Path; from trainer_app.storage.database import Database; "
        f"Database.open(Path({str(tmp_path / 'there.sqlite')!r})).close(); "
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
