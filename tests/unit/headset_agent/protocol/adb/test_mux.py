from __future__ import annotations

import struct
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


def _open_pair(window: int = 0) -> tuple[Mux, int, Mux, int]:
    ours, theirs = Mux(4096, window=window), Mux(4096, window=window)
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
    assert ours.receive(okay) == Acknowledged(local, 3)
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


def test_both_tell_how_many_bytes_they_have_room_for() -> None:
    ours, theirs = Mux(4096, window=100), Mux(4096, window=200)
    local, packet = ours.open("shell:")
    assert (packet.arg1, ours.room(local)) == (100, 0)
    theirs.receive(packet)
    remote, okay = theirs.accept(local)
    assert okay == Packet(Command.OKAY, remote, local, struct.pack("<i", 200))
    ours.receive(okay)
    assert (ours.room(local), theirs.room(remote)) == (200, 100)


def test_many_writes_may_be_on_their_way_while_there_is_room() -> None:
    ours, local, theirs, remote = _open_pair(window=10)
    for content in (b"abcd", b"efgh"):
        assert theirs.receive(ours.write(local, content)) == Received(remote, content)
    assert ours.room(local) == 2
    with pytest.raises(LocalProtocolError):
        ours.write(local, b"ijk")
    okay = theirs.acknowledge(remote)
    assert okay == Packet(Command.OKAY, remote, local, struct.pack("<i", 8))
    assert theirs.acknowledge(remote) is None
    assert ours.receive(okay) == Acknowledged(local, 8)
    assert ours.room(local) == 10


def test_room_may_be_taken_back() -> None:
    ours, local, _, remote = _open_pair(window=10)
    assert ours.receive(_room(remote, local, -15)) == Acknowledged(local, -15)
    assert ours.room(local) == 0
    ours.receive(_room(remote, local, 8))
    assert ours.room(local) == 3


def test_a_peer_that_sends_more_than_there_is_room_for_breaks_the_protocol() -> None:
    """Its last packet may begin in the last byte of it; that is how the official one sends."""
    ours, local, _, remote = _open_pair(window=4096)
    for _ in range(2):
        ours.receive(Packet(Command.WRTE, remote, local, bytes(4096)))
    with pytest.raises(RemoteProtocolError, match="room"):
        ours.receive(Packet(Command.WRTE, remote, local, b"x"))


@pytest.mark.parametrize("payload", [b"", b"123", b"12345"])
def test_an_answer_without_a_number_is_none(payload: bytes) -> None:
    ours, local, _, remote = _open_pair(window=10)
    with pytest.raises(RemoteProtocolError, match="OKAY"):
        ours.receive(Packet(Command.OKAY, remote, local, payload))


def test_an_open_that_tells_no_room_is_refused() -> None:
    assert Mux(4096, window=10).receive(Packet(Command.OPEN, 7, 0, b"x:\0")) == Reply(
        Packet(Command.CLSE, 0, 7)
    )


def _room(remote: int, local: int, count: int) -> Packet:
    return Packet(Command.OKAY, remote, local, struct.pack("<i", count))


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


@given(
    st.sampled_from([0, 10]),
    st.lists(st.tuples(st.sampled_from(Command), st.integers(0, 4), st.integers(0, 4)), max_size=30),
)
def test_any_packets_give_events_or_one_kind_of_failure(
    window: int, packets: list[tuple[Command, int, int]]
) -> None:
    mux = Mux(4096, window=window)
    mux.open("a:")
    mux.open("b:")
    try:
        for command, arg0, arg1 in packets:
            mux.receive(Packet(command, arg0, arg1, b"x:\0"))
    except RemoteProtocolError:
        pass


class TwoPeers(RuleBasedStateMachine):
    """Two peers do what they like over lines that delay; no byte is lost, doubled or misdelivered."""

    window = 0

    def __init__(self) -> None:
        super().__init__()
        self.muxes = (Mux(4096, window=self.window), Mux(4096, window=self.window))
        self.lines: tuple[deque[Packet], deque[Packet]] = (deque(), deque())
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
        if ready := sorted(local for local in self.open_ids[side] if self.muxes[side].room(local) >= 4):
            local = data.draw(st.sampled_from(ready))
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
                    self.partner[side, local] = remote_id
                    self.partner[1 - side, remote_id] = local
                    self._send(side, packet)
                else:
                    self._send(side, self.muxes[side].refuse(remote_id))
            case Opened(local) | Acknowledged(local, _):
                assert local in self.open_ids[side]
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
        for group in (self.open_ids, self.unanswered):
            group[side].discard(local)

    @invariant()
    def what_arrived_is_what_was_written(self) -> None:
        for (side, local), values in self.read.items():
            sent = self.written[1 - side, self.partner[side, local]]
            assert values == sent[: len(values)]


class TwoPeersThatCountBytes(TwoPeers):
    window = 10


TwoPeers.TestCase.settings = settings(max_examples=50, stateful_step_count=40)
TestTwoPeers = TwoPeers.TestCase
TwoPeersThatCountBytes.TestCase.settings = TwoPeers.TestCase.settings
TestTwoPeersThatCountBytes = TwoPeersThatCountBytes.TestCase
