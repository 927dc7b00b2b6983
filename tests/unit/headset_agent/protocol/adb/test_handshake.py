from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol.adb.banner import FEATURES, format_banner, parse_banner
from headset_agent.protocol.adb.errors import LocalProtocolError, RemoteProtocolError, TlsRequired
from headset_agent.protocol.adb.framing import Command, Packet
from headset_agent.protocol.adb.handshake import DeviceHandshake, HandshakeState, HostHandshake

TOKENS = [bytes([n]) * 20 for n in range(1, 9)]


class Key:
    def sign(self, token: bytes) -> bytes:
        return b"signed " + token

    def public_key(self) -> bytes:
        return b"QUFB user@host"


def _device(*, known: bool, **options: int) -> DeviceHandshake:
    tokens = iter(TOKENS)
    return DeviceHandshake(
        banner=format_banner("device", {"ro.product.model": "Quest 3"}, FEATURES),
        new_token=lambda: next(tokens),
        is_signed_by_known_key=lambda token, signature: known and signature == b"signed " + token,
        **options,
    )


def _converse(host: HostHandshake, device: DeviceHandshake) -> list[str]:
    """Carry packets to and fro until neither has anything to say."""
    said = []
    packet: Packet | None = host.start()
    to_device = True
    while packet is not None:
        said.append(f"{packet.command.name}{packet.arg0 if packet.command is Command.AUTH else ''}")
        packet = device.receive(packet) if to_device else host.receive(packet)
        to_device = not to_device
    return said


def test_a_known_host_gets_in_by_its_signature() -> None:
    host, device = HostHandshake(Key()), _device(known=True)
    assert _converse(host, device) == ["CNXN", "AUTH1", "AUTH2", "CNXN"]
    assert host.state is device.state is HandshakeState.CONNECTED
    assert host.connection is not None
    assert host.connection.banner.properties == {"ro.product.model": "Quest 3"}
    assert host.connection.banner.features == set(FEATURES)


def test_an_unknown_host_waits_until_it_is_accepted() -> None:
    host, device = HostHandshake(Key()), _device(known=False)
    assert _converse(host, device) == ["CNXN", "AUTH1", "AUTH2", "AUTH1", "AUTH3"]
    assert host.state is device.state is HandshakeState.WAITING_FOR_ACCEPT
    assert device.offered_key == b"QUFB user@host"
    assert host.connection is device.connection is None
    host.receive(device.accept())
    assert host.connection is not None
    assert device.connection is not None


@given(
    st.sampled_from([0x01000000, 0x01000001]),
    st.sampled_from([0x01000000, 0x01000001]),
    st.integers(4096, 1 << 20),
    st.integers(4096, 1 << 20),
)
def test_both_agree_on_the_lower_limits(
    host_version: int, device_version: int, host_max: int, device_max: int
) -> None:
    host = HostHandshake(Key(), version=host_version, max_payload=host_max)
    device = _device(known=True, version=device_version, max_payload=device_max)
    _converse(host, device)
    for side in (host.connection, device.connection):
        assert side is not None
        assert side.max_payload == min(host_max, device_max)
        assert side.with_checksum == (min(host_version, device_version) == 0x01000000)


def test_a_device_that_only_talks_tls_is_a_clear_error() -> None:
    with pytest.raises(TlsRequired):
        HostHandshake(Key()).receive(Packet(Command.STLS, 0x01000000, 0))


def test_a_host_takes_nothing_else_before_it_is_in() -> None:
    with pytest.raises(RemoteProtocolError):
        HostHandshake(Key()).receive(Packet(Command.OPEN, 1, 0, b"shell:\0"))


def test_a_device_ignores_who_has_not_said_hello() -> None:
    device = _device(known=True)
    assert device.receive(Packet(Command.OPEN, 1, 0, b"shell:\0")) is None
    assert device.receive(Packet(Command.AUTH, 2, 0, b"signed ")) is None
    assert device.connection is None


def test_a_signature_of_an_older_token_does_not_count() -> None:
    device = _device(known=True)
    device.receive(Packet(Command.CNXN, 0x01000001, 4096, b"host::"))
    again = device.receive(Packet(Command.AUTH, 2, 0, b"nonsense"))
    assert again == Packet(Command.AUTH, 1, 0, TOKENS[1])
    answer = device.receive(Packet(Command.AUTH, 2, 0, b"signed " + TOKENS[0]))
    assert answer == Packet(Command.AUTH, 1, 0, TOKENS[2])


def test_a_new_hello_withdraws_the_offered_key() -> None:
    host, device = HostHandshake(Key()), _device(known=False)
    _converse(host, device)
    device.receive(HostHandshake(Key()).start())
    assert device.offered_key is None


def test_limits_below_the_protocols_minimum() -> None:
    with pytest.raises(LocalProtocolError):
        HostHandshake(Key(), max_payload=100)
    with pytest.raises(RemoteProtocolError):
        HostHandshake(Key()).receive(Packet(Command.CNXN, 0x01000001, 100, b"device::"))


@pytest.mark.parametrize(
    ("ours", "theirs", "agreed"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_both_have_to_announce_that_they_count_bytes(ours: bool, theirs: bool, agreed: bool) -> None:
    def told(announced: bool) -> tuple[str, ...]:
        return ("shell_v2", "delayed_ack") if announced else ("shell_v2",)

    host = HostHandshake(Key(), features=told(ours))
    host.receive(Packet(Command.CNXN, 0x01000001, 4096, format_banner("device", {}, told(theirs))))
    assert host.connection is not None
    assert host.connection.delayed_ack is agreed


def test_no_feature_ends_in_a_zero_byte() -> None:
    """A device compares names as they come: the last of them would be unknown there."""
    assert bytes(HostHandshake(Key()).start().payload).endswith(b",delayed_ack")


@given(st.binary(max_size=100))
def test_any_banner_can_be_read(payload: bytes) -> None:
    parse_banner(payload)


def test_a_banner_of_another_shape_still_gives_what_it_has() -> None:
    assert parse_banner(b"device:serial:ro.product.model=X;\0").properties == {"ro.product.model": "X"}
    assert parse_banner(b"device::").features == frozenset()
