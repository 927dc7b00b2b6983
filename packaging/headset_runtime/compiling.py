"""Compiles the runtime's modules, so that a headset need not do so at every start.

The sources are left out: half the size, and a compiled module beside no source needs no check of its age.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from headset_runtime.problems import BuildProblem
from headset_runtime.running import run

# Marshal's version 2 writes each object out; the newer ones refer back to an object where two of them happen
# to be one in the memory of the compiling process, which differs from run to run.
_COMPILE = r"""
import importlib.util, marshal, pathlib, sys
root = pathlib.Path(sys.argv[1])
head = importlib.util.MAGIC_NUMBER + bytes(12)
for source in sorted(root.rglob("*.py")):
    code = compile(source.read_bytes(), str(source.relative_to(root)), "exec", dont_inherit=True, optimize=0)
    source.with_suffix(".pyc").write_bytes(head + marshal.dumps(code, 2))
    source.unlink()
"""


def compile_modules(folder: Path) -> None:
    """Turn every source below a folder into a compiled module in its place.

    Raises:
        BuildProblem: there is no Python 3.11 here, or a module cannot be compiled.
    """
    run([_python(), "-I", "-S", "-c", _COMPILE, str(folder)], folder)


def _python() -> str:
    """A Python of the runtime's version: others compile to something else."""
    if sys.version_info[:2] == (3, 11):
        return sys.executable
    found = shutil.which("python3.11") or shutil.which("python3.11", path="/usr/bin")
    if found is None:
        raise BuildProblem("python3.11 is missing. The runtime is built on Debian 12 (packaging/README.md).")
    return found
