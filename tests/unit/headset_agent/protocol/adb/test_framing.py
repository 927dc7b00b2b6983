from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol.adb.errors import RemoteProtocolError
from headset_agent.protocol.adb.framing import Command, Packet, PacketReader, encode

WORDS = st.integers(0, 0xFFFFFFFF)
PACKETS = st.builds(Packet, st.sampled_from(Command), WORDS, WORDS, st.binary(max_size=300))
LIMIT = 64 * 1024


def _plain(packets: list[Packet]) -> list[tuple[int, int, int, bytes]]:
    return [(p.command, p.arg0, p.arg1, bytes(p.payload)) for p in packets]


def test_a_packet_has_the_documented_bytes() -> None:
    assert encode(Packet(Command.OPEN, 1, 0, b"abc")) == (
        b"OPEN" + struct.pack("<IIII", 1, 0, 3, 0x126) + bytes(b ^ 0xFF for b in b"OPEN") + b"abc"
    )


@given(st.lists(PACKETS, max_size=8), st.booleans(), st.integers(1, 400))
def test_whole_bytewise_and_any_cut_agree(packets: list[Packet], checked: bool, cut: int) -> None:
    data = b"".join(encode(packet) for packet in packets)
    for step in (len(data) or 1, 1, cut):
        reader = PacketReader(max_payload=LIMIT, verify_checksum=checked)
        found: list[Packet] = []
        for start in range(0, len(data), step):
            found += reader.feed(data[start : start + step])
        assert _plain(found) == _plain(packets)
        assert not reader.mid_packet


@given(st.binary(max_size=20_000), st.integers(1, 5000))
def test_a_payload_larger_than_the_shared_buffer_arrives_whole(payload: bytes, cut: int) -> None:
    packet = Packet(Command.WRTE, 1, 2, payload + bytes(20_000))
    data = encode(packet) + encode(Packet(Command.OKAY, 1, 2))
    reader = PacketReader(max_payload=LIMIT)
    found: list[Packet] = []
    for start in range(0, len(data), cut):
        found += reader.feed(data[start : start + cut])
    assert _plain(found) == _plain([packet, Packet(Command.OKAY, 1, 2)])


@given(st.binary(max_size=200), st.integers(1, 50))
def test_any_bytes_give_packets_or_one_kind_of_failure(data: bytes, cut: int) -> None:
    reader = PacketReader()
    try:
        for start in range(0, len(data), cut):
            reader.feed(data[start : start + cut])
    except RemoteProtocolError:
        with pytest.raises(RemoteProtocolError):
            reader.feed(encode(Packet(Command.OKAY, 1, 1)))


def test_a_web_server_is_told_by_its_first_bytes() -> None:
    with pytest.raises(RemoteProtocolError, match="HTTP"):
        PacketReader().feed(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def test_a_payload_beyond_the_limit_is_refused_before_it_comes() -> None:
    header = encode(Packet(Command.WRTE, 1, 1, bytes(4097)))[:24]
    with pytest.raises(RemoteProtocolError, match="4097"):
        PacketReader().feed(header)


def test_a_wrong_checksum_is_noticed_by_those_who_check() -> None:
    data = bytearray(encode(Packet(Command.WRTE, 1, 1, b"abc")))
    data[-1] ^= 1
    assert PacketReader().feed(data)
    with pytest.raises(RemoteProtocolError, match="checksum"):
        PacketReader(verify_checksum=True).feed(data)


@pytest.mark.parametrize(("version", "fails"), [(0x01000000, True), (0x01000001, False)])
def test_a_connect_packet_says_itself_whether_its_checksum_counts(version: int, fails: bool) -> None:
    data = encode(Packet(Command.CNXN, version, 4096, b"host::"), with_checksum=False)
    if fails:
        with pytest.raises(RemoteProtocolError):
            PacketReader().feed(data)
    else:
        assert PacketReader().feed(data)
