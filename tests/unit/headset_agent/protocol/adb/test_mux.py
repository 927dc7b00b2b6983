from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from headset_agent.protocol.adb.errors import LocalProtocolError, RemoteProtocolError
from headset_agent.protocol.adb.framing import Command, Packet
from headset_agent.protocol.adb.mux import (
    Acknowledged,
    Closed,
    Event,
    Mux,
    Opened,
    OpenRequested,
    Received,
    Refused,
    Reply,
)


def _open_pair() -> tuple[Mux, int, Mux, int]:
    ours, theirs = Mux(4096), Mux(4096)
    local, packet = ours.open("shell:")
    request = theirs.receive(packet)
    assert isinstance(request, OpenRequested)
    remote, okay = theirs.accept(request.remote_id)
    assert ours.receive(okay) == Opened(local)
    return ours, local, theirs, remote


def test_a_service_is_opened_by_name() -> None:
    _, packet = Mux(4096).open("shell:ls æ")
    assert Mux(4096).receive(packet) == OpenRequested(1, "shell:ls æ")


def test_a_name_may_hold_what_the_headset_calls_its_files() -> None:
    _, packet = Mux(4096).open("shell:ls /\udcff")
    assert packet.payload == b"shell:ls /\xff\0"


def test_a_refused_service_is_known_at_once() -> None:
    ours, theirs = Mux(4096), Mux(4096)
    local, packet = ours.open("nonsense:")
    theirs.receive(packet)
    assert ours.receive(theirs.refuse(local)) == Refused(local)
    assert ours.close(local) is None


def test_one_write_is_on_its_way_at_a_time() -> None:
    ours, local, theirs, remote = _open_pair()
    received = theirs.receive(ours.write(local, b"abc"))
    assert received == Received(remote, b"abc")
    with pytest.raises(LocalProtocolError):
        ours.write(local, b"more")
    okay = theirs.acknowledge(remote)
    assert okay is not None
    assert ours.receive(okay) == Acknowledged(local)
    ours.write(local, b"more")


def test_a_peer_that_does_not_wait_breaks_the_protocol() -> None:
    ours, local, theirs, _ = _open_pair()
    packet = ours.write(local, b"abc")
    theirs.receive(packet)
    with pytest.raises(RemoteProtocolError):
        theirs.receive(packet)


def test_data_is_answered_once() -> None:
    ours, local, theirs, remote = _open_pair()
    theirs.receive(ours.write(local, b"abc"))
    assert theirs.acknowledge(remote) is not None
    assert theirs.acknowledge(remote) is None


def test_a_close_is_answered_by_a_close() -> None:
    ours, local, theirs, remote = _open_pair()
    closing = ours.close(local)
    assert closing is not None
    event = theirs.receive(closing)
    assert event == Closed(remote, Packet(Command.CLSE, remote, local))
    assert ours.receive(event.reply) is None


def test_an_open_that_was_given_up_is_closed_when_the_answer_comes() -> None:
    ours, theirs = Mux(4096), Mux(4096)
    local, packet = ours.open("shell:")
    assert ours.close(local) is None
    theirs.receive(packet)
    remote, okay = theirs.accept(local)
    assert ours.receive(okay) == Reply(Packet(Command.CLSE, local, remote))


def test_a_refusal_of_what_was_given_up_says_nothing() -> None:
    ours, theirs = Mux(4096), Mux(4096)
    local, packet = ours.open("shell:")
    ours.close(local)
    theirs.receive(packet)
    assert ours.receive(theirs.refuse(local)) is None


def test_what_comes_for_a_stream_that_is_gone_is_ignored() -> None:
    ours, local, theirs, remote = _open_pair()
    late = theirs.write(remote, b"late")
    ours.close(local)
    assert ours.receive(late) is None
    assert ours.receive(Packet(Command.OKAY, remote, local)) is None
    assert ours.receive(Packet(Command.CLSE, remote, local)) is None


def test_a_peer_cannot_touch_streams_that_are_not_its_own() -> None:
    ours, local, _, remote = _open_pair()
    assert ours.receive(Packet(Command.WRTE, remote + 7, local, b"x")) is None
    assert ours.receive(Packet(Command.CLSE, remote + 7, local)) is None
    ours.write(local, b"x")
    assert ours.receive(Packet(Command.OKAY, remote + 7, local)) is None


@pytest.mark.parametrize("command", [Command.CNXN, Command.AUTH, Command.STLS])
def test_a_handshake_has_no_place_any_more(command: Command) -> None:
    with pytest.raises(RemoteProtocolError):
        Mux(4096).receive(Packet(command, 1, 1))


def test_an_open_needs_an_id_of_its_own() -> None:
    mux = Mux(4096)
    with pytest.raises(RemoteProtocolError):
        mux.receive(Packet(Command.OPEN, 0, 0, b"x:\0"))
    mux.receive(Packet(Command.OPEN, 5, 0, b"x:\0"))
    with pytest.raises(RemoteProtocolError):
        mux.receive(Packet(Command.OPEN, 5, 0, b"x:\0"))


def test_our_own_mistakes_are_errors_here() -> None:
    ours, local, _, _ = _open_pair()
    with pytest.raises(LocalProtocolError):
        ours.write(local, bytes(4097))
    with pytest.raises(LocalProtocolError):
        ours.write(99, b"x")
    with pytest.raises(LocalProtocolError):
        ours.accept(99)
    with pytest.raises(LocalProtocolError):
        ours.open("x" * 5000)


@given(st.lists(st.tuples(st.sampled_from(Command), st.integers(0, 4), st.integers(0, 4)), max_size=30))
def test_any_packets_give_events_or_one_kind_of_failure(packets: list[tuple[Command, int, int]]) -> None:
    mux = Mux(4096)
    mux.open("a:")
    mux.open("b:")
    try:
        for command, arg0, arg1 in packets:
            mux.receive(Packet(command, arg0, arg1, b"x:\0"))
    except RemoteProtocolError:
        pass


class TwoPeers(RuleBasedStateMachine):
    """Two peers do what they like over lines that delay; no byte is lost, doubled or misdelivered."""

    def __init__(self) -> None:
        super().__init__()
        self.muxes = (Mux(4096), Mux(4096))
        self.lines: tuple[deque[Packet], deque[Packet]] = (deque(), deque())
        self.ready: tuple[set[int], set[int]] = (set(), set())
        self.unanswered: tuple[set[int], set[int]] = (set(), set())
        self.open_ids: tuple[set[int], set[int]] = (set(), set())
        self.partner: dict[tuple[int, int], int] = {}
        self.written: dict[tuple[int, int], list[int]] = {}
        self.read: dict[tuple[int, int], list[int]] = {}
        self.count = 0

    sides = st.integers(0, 1)

    def _send(self, side: int, packet: Packet | None) -> None:
        if packet is not None:
            self.lines[side].append(packet)

    @rule(side=sides)
    def open(self, side: int) -> None:
        local, packet = self.muxes[side].open("x:")
        self.open_ids[side].add(local)
        self._send(side, packet)

    @rule(side=sides, data=st.data())
    def write(self, side: int, data: st.DataObject) -> None:
        if self.ready[side]:
            local = data.draw(st.sampled_from(sorted(self.ready[side])))
            self.ready[side].remove(local)
            self.count += 1
            self.written.setdefault((side, local), []).append(self.count)
            self._send(side, self.muxes[side].write(local, self.count.to_bytes(4, "big")))

    @rule(side=sides, data=st.data())
    def close(self, side: int, data: st.DataObject) -> None:
        if self.open_ids[side]:
            local = data.draw(st.sampled_from(sorted(self.open_ids[side])))
            self._forget(side, local)
            self._send(side, self.muxes[side].close(local))

    @rule(side=sides, data=st.data())
    def acknowledge(self, side: int, data: st.DataObject) -> None:
        if self.unanswered[side]:
            local = data.draw(st.sampled_from(sorted(self.unanswered[side])))
            self.unanswered[side].remove(local)
            self._send(side, self.muxes[side].acknowledge(local))

    @precondition(lambda self: self.lines[0] or self.lines[1])
    @rule(side=sides, accept=st.booleans())
    def deliver(self, side: int, accept: bool) -> None:
        if self.lines[1 - side]:
            event = self.muxes[side].receive(self.lines[1 - side].popleft())
            self._take(side, event, accept=accept)

    def _take(self, side: int, event: Event | None, *, accept: bool) -> None:
        match event:
            case OpenRequested(remote_id):
                if accept:
                    local, packet = self.muxes[side].accept(remote_id)
                    self.open_ids[side].add(local)
                    self.ready[side].add(local)
                    self.partner[side, local] = remote_id
                    self.partner[1 - side, remote_id] = local
                    self._send(side, packet)
                else:
                    self._send(side, self.muxes[side].refuse(remote_id))
            case Opened(local) | Acknowledged(local):
                assert local in self.open_ids[side]
                self.ready[side].add(local)
            case Received(local, payload):
                assert local in self.open_ids[side]
                self.unanswered[side].add(local)
                self.read.setdefault((side, local), []).append(int.from_bytes(payload, "big"))
            case Refused(local):
                self._forget(side, local)
            case Closed(local, reply):
                self._forget(side, local)
                self._send(side, reply)
            case Reply(packet):
                self._send(side, packet)

    def _forget(self, side: int, local: int) -> None:
        for group in (self.open_ids, self.ready, self.unanswered):
            group[side].discard(local)

    @invariant()
    def what_arrived_is_what_was_written(self) -> None:
        for (side, local), values in self.read.items():
            sent = self.written[1 - side, self.partner[side, local]]
            assert values == sent[: len(values)]


TwoPeers.TestCase.settings = settings(max_examples=50, stateful_step_count=40)
TestTwoPeers = TwoPeers.TestCase
