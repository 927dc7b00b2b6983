"""Runs on the headset, by the interpreter it lies beside: says whether all of the runtime arrived and works.

``python check.py TARGET``: checks every file against the manifest, imports what the agent will import, and
gives the folder its final name. Until then nobody uses it, so that whatever was interrupted is begun anew.
"""

import errno
import hashlib
import os
import ssl
import sys
from pathlib import Path

import aiohttp
import blake3
import msgspec

here = Path(__file__).resolve().parent
target = Path(sys.argv[1])

for line in (here / "manifest").read_text(encoding="utf-8").splitlines():
    expected, _, name = line.partition("  ")
    if hashlib.sha256((here / name).read_bytes()).hexdigest() != expected:
        sys.exit(f"damaged: {name}")

os.sync()  # a headset that loses power now must not come back with empty files under the final name
try:
    here.rename(target)
except OSError as error:
    # Another program of ours may have been faster.
    if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
        raise

carried = (aiohttp.__version__, blake3.__version__, msgspec.__version__, ssl.OPENSSL_VERSION)
print("ready", sys.version.split()[0], *carried)
