"""*Stopp alt* handed to the programs of this laptop that lead headsets: their connections are open already.

A program that was killed does not answer, nor does one that hangs: whom nobody confirms is stopped directly
(see ``emergency``). Plain sockets and few imports, because people wait while a process starts.
"""

from __future__ import annotations

import json
import select
import socket
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter_ns
from typing import Self

from trainer_app.headsets.emergency_notice import Notice, NoticedHeadset, posted, read_json

STIR_S = 0.08
"""A program that lives takes the order by then; one that hangs is not waited for."""

CONFIRM_S = 0.4
"""How long a program that has taken the order is left to it, before the direct way is gone as well."""

_LONGEST_ANSWER = 1 << 16


class Call:
    """One *Stopp alt*, handed to every program that leads one of the headsets.

    Attributes:
        confirmed: By address, the serial of each headset that has said that it is silent and dark.
        known: By address, the headsets that are led, or were by a program that was killed.
    """

    def __init__(self, notices: Iterable[Notice], addresses: Sequence[str] | None) -> None:
        """Ask for ``addresses``; None asks for all that are led."""
        self.confirmed: dict[str, str] = {}
        self.known: dict[str, NoticedHeadset] = {}
        self._addresses = addresses
        self._lines: list[_Line] = []
        for notice in notices:
            led = {headset.address: headset for headset in notice.headsets}
            self.known = led | self.known  # the newest notice comes first, and is right
            if addresses is None or led.keys() & set(addresses):
                self._lines.append(_Line(notice, addresses))

    @classmethod
    def place(cls, folder: Path, addresses: Sequence[str] | None) -> Self:
        """Hand the order over to whoever has a notice in the folder."""
        return cls((notice for _, notice in posted(folder)), addresses)

    def listen(self) -> None:
        """Wait for the answers: not long for a program that does not stir, longer for one that is at it."""
        began = perf_counter_ns()
        while self._lines and not self._all_confirmed():
            patience_s = CONFIRM_S if self._all_taken() and not self._others() else STIR_S
            left_s = patience_s - (perf_counter_ns() - began) * 1e-9
            if left_s <= 0:
                return
            self._step(left_s)

    def collect(self) -> None:
        """Take in what has been answered meanwhile; does not wait."""
        while self._lines and self._step(0):
            pass

    def close(self) -> None:
        """Hang up."""
        for line in self._lines:
            line.close()
        self._lines.clear()

    def _all_confirmed(self) -> bool:
        wanted = self.known if self._addresses is None else self._addresses
        return all(address in self.confirmed for address in wanted)

    def _all_taken(self) -> bool:
        return all(line.taken for line in self._lines)

    def _others(self) -> bool:
        """Some are led by nobody here: they must not wait for the rest."""
        return any(address not in self.known for address in self._addresses or ())

    def _step(self, wait_s: float) -> bool:
        """Let every line that can go on; False when none could."""
        unsent = [line for line in self._lines if not line.sent]
        heard = [line for line in self._lines if line.sent]
        # Windows tells of a refused connection in the third list.
        readable, writable, refused = select.select(heard, unsent, unsent, wait_s)
        for line in {*readable, *writable, *refused}:
            self._go_on(line)
        return bool(readable or writable or refused)

    def _go_on(self, line: _Line) -> None:
        try:
            if line.sent:
                self.confirmed.update(line.receive())
            else:
                line.send()
        except (OSError, ValueError):
            line.close()
            self._lines.remove(line)


class _Line:
    """The connection to one program; every method may raise OSError, or ValueError for nonsense."""

    def __init__(self, notice: Notice, addresses: Sequence[str] | None) -> None:
        self.sent = False
        self.taken = False
        self._answer = notice.answer
        self._serials = {headset.address: headset.serial for headset in notice.headsets}
        self._order = json.dumps({"ask": notice.ask, "addresses": addresses}).encode() + b"\n"
        self._heard = b""
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.setblocking(False)
        self._socket.connect_ex(("127.0.0.1", notice.port))

    def fileno(self) -> int:
        """For ``select``."""
        return self._socket.fileno()

    def send(self) -> None:
        """Send the order, now that the connection stands."""
        problem = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if problem:
            raise OSError(problem, "refused")
        if self._socket.send(self._order) < len(self._order):
            raise OSError("a few hundred bytes did not fit into a fresh connection")
        self.sent = True

    def receive(self) -> dict[str, str]:
        """Take in what has come; give the addresses and serials that it confirms."""
        data = self._socket.recv(_LONGEST_ANSWER)
        if not data:
            raise OSError("the program has hung up")
        *lines, self._heard = (self._heard + data).split(b"\n")
        if len(self._heard) > _LONGEST_ANSWER:
            raise ValueError("an answer without an end")
        return {address: self._serials[address] for line in lines for address in self._confirmed_by(line)}

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _confirmed_by(self, line: bytes) -> list[str]:
        said = read_json(line)
        if not isinstance(said, dict) or said.get("answer") != self._answer:
            raise ValueError("somebody else answers")
        self.taken = True
        address = said.get("address")
        return [address] if said.get("dark") is True and address in self._serials else []
