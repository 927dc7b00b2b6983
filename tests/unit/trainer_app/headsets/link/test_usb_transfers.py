"""What is asked of a cable, and what of its answers belongs to this session."""

from __future__ import annotations

from headset_agent.protocol.adb.framing import Command, Packet, encode
from trainer_app.headsets.link.usb_transfers import LARGEST_READ, IncomingTransfers

CNXN = encode(Packet(Command.CNXN, 0x01000001, 1 << 20, b"device::"))
GREETING = (CNXN[:24], CNXN[24:])


def greeted(packet_size: int = 512) -> IncomingTransfers:
    incoming = IncomingTransfers(packet_size)
    assert b"".join(incoming.take(part) for part in GREETING) == CNXN
    return incoming


def announced(length: int, packet_size: int = 512) -> IncomingTransfers:
    incoming = greeted(packet_size)
    incoming.take(encode(Packet(Command.WRTE, 1, 2, bytes(length)))[:24])
    return incoming


def test_a_header_is_asked_for_by_one_packet() -> None:
    assert greeted(512).wanted == 512
    assert greeted(1024).wanted == 1024


def test_a_payload_that_fills_its_packets_is_asked_for_exactly() -> None:
    assert announced(1024).wanted == 1024
    assert announced(1025).wanted == 1536
    assert announced(1).wanted == 512


def test_a_large_payload_is_asked_for_in_pieces_until_it_is_there() -> None:
    incoming = announced(1 << 20)
    asked = 0
    while incoming.wanted == LARGEST_READ:
        incoming.take(bytes(LARGEST_READ))
        asked += LARGEST_READ
    assert asked == 1 << 20
    assert incoming.wanted == 512


def test_a_read_that_was_cut_short_is_gone_on_with() -> None:
    incoming = announced(2048)
    assert incoming.take(bytes(512)) == bytes(512)
    assert incoming.wanted == 1536


def test_an_empty_packet_behind_a_payload_says_nothing() -> None:
    incoming = announced(512)
    incoming.take(bytes(512))
    assert incoming.take(b"") == b""
    assert incoming.wanted == 512


def test_nothing_of_a_former_session_gets_through() -> None:
    incoming = IncomingTransfers(512)
    old = encode(Packet(Command.WRTE, 1, 2, b"x" * 300))
    for stale in (old[:24], old[24:], b"", b"CNXN", bytes(512)):
        assert incoming.take(stale) == b""
    assert incoming.take(GREETING[0]) == GREETING[0]
    assert incoming.take(old[:24]) == old[:24]


def test_a_header_and_its_payload_in_one_transfer_are_both_seen() -> None:
    incoming = greeted()
    both = encode(Packet(Command.WRTE, 1, 2, bytes(600)))
    assert incoming.take(both[:512]) == both[:512]
    assert incoming.wanted == 512
    incoming.take(both[512:])
    assert incoming.wanted == 512
