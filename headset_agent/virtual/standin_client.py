"""One of Android's commands in a headset's path: asks the headset process and prints its answer.

This file is copied into the headset's folder under each command's name. It is a program of its own, for an
interpreter without site-packages, and it imports as little as it can, because shells run it by the dozen.
It reads no standard input: a shell script that is itself read from there must not lose its next lines.
"""

import os
import sys
from _socket import AF_UNIX, SHUT_WR, SOCK_STREAM, socket

# file: standins.sock, two folders above system/bin
_BIN = os.path.dirname(os.path.abspath(sys.argv[0]))  # noqa: PTH100, PTH120 - pathlib takes longer than the rest
_SOCKET = os.path.dirname(os.path.dirname(_BIN)) + "/standins.sock"  # noqa: PTH120


def _write(descriptor: int, text: bytes) -> None:
    while text:
        text = text[os.write(descriptor, text) :]


def main() -> int:
    """Ask, print, and return the command's exit code."""
    words = [os.path.basename(sys.argv[0]), *sys.argv[1:]]  # noqa: PTH119
    connection = socket(AF_UNIX, SOCK_STREAM)
    connection.connect(_SOCKET)
    connection.send(b"\0".join(os.fsencode(word) for word in words))
    connection.shutdown(SHUT_WR)
    answer = b""
    while part := connection.recv(65536):
        answer += part
    code, out_length, rest = answer.split(b"\n", 2)
    _write(1, rest[: int(out_length)])
    _write(2, rest[int(out_length) :])
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
