"""Finds the folders that travel with the program: ``media`` and ``scenarios``."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def data_folder(name: str) -> Path:
    """Return the folder ``name``, in an installed wheel as in a checkout.

    Raises:
        FileNotFoundError: neither place has it; the installation is incomplete.
    """
    package = Path(str(files("trainer_app")))
    for folder in (package / "_data" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the program's data folder {name!r} is missing beside {package}")
