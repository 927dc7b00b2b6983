"""The emergency stop starts a process: the link it needs must be there quickly."""

from __future__ import annotations

import subprocess
import sys


def test_the_link_is_imported_without_the_libraries_of_the_keys() -> None:
    code = (
        "import sys, trainer_app.headsets.link; "
        "print([n for n in ('cryptography', 'adb_shell', 'usb1', 'aiohttp', 'msgspec') if n in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_order_goes_out_before_anything_heavy_is_imported() -> None:
    code = (
        "import sys; from pathlib import Path; import trainer_app.__main__\n"
        "from trainer_app.bootstrap import Place, call_leaders\n"
        "from trainer_app.cli.stop_order import read_stop_order\n"
        "call_leaders(Place(data=Path('nowhere')), read_stop_order(['stop']).addresses).listen()\n"
        "heavy = ('argparse', 'asyncio', 'dataclasses', 'hashlib', 'msgspec', 'trainer_app.texts')\n"
        "print([n for n in heavy if n in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
