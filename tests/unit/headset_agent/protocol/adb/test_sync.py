from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol.adb import sync
from headset_agent.protocol.adb.errors import LocalProtocolError, RemoteProtocolError

U32 = st.integers(0, 2**32 - 1)
U64 = st.integers(0, 2**64 - 1)
TIMES = st.integers(-(2**63), 2**63 - 1)
STATS = st.builds(
    sync.RemoteStat,
    mode=U32,
    size=U64,
    mtime=TIMES,
    error=U32,
    dev=U64,
    ino=U64,
    nlink=U32,
    uid=U32,
    gid=U32,
    atime=TIMES,
    ctime=TIMES,
)
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0/"), min_size=1, max_size=50)


def test_requests_have_the_documented_bytes() -> None:
    assert sync.encode_request(sync.STAT, "/sdcard") == b"STAT\x07\x00\x00\x00/sdcard"
    assert sync.encode_header(sync.DONE, 1) == b"DONE\x01\x00\x00\x00"
    assert sync.encode_failure("no") == b"FAIL\x02\x00\x00\x00no"
    assert (sync.STAT1_SIZE, sync.STAT2_SIZE, sync.DENT1_SIZE, sync.DENT2_SIZE) == (16, 72, 20, 76)


@given(STATS, st.sampled_from([sync.STAT2, sync.LSTAT2]))
def test_status_2_survives_the_way(stat: sync.RemoteStat, verb: bytes) -> None:
    assert sync.decode_stat(sync.encode_stat(verb, stat)) == stat


@given(U32, U32, U32)
def test_status_1_survives_the_way(mode: int, size: int, mtime: int) -> None:
    stat = sync.RemoteStat(mode=mode, size=size, mtime=mtime)
    assert sync.decode_stat(sync.encode_stat(sync.STAT, stat)) == stat


@given(STATS, NAMES)
def test_entries_survive_the_way(stat: sync.RemoteStat, name: str) -> None:
    record = sync.encode_entry(sync.DirEntry(name, stat), version=2)
    header = sync.decode_entry_header(record[: sync.DENT2_SIZE])
    assert header == (stat, len(name.encode()))
    assert record[sync.DENT2_SIZE :].decode() == name


@pytest.mark.parametrize(("version", "size"), [(1, sync.DENT1_SIZE), (2, sync.DENT2_SIZE)])
def test_a_list_ends_with_a_record_as_long_as_the_others(version: int, size: int) -> None:
    end = sync.encode_list_end(version=version)
    assert len(end) == size
    assert sync.decode_entry_header(end) is None


def test_flags_are_read_as_adb_writes_them() -> None:
    assert sync.decode_send2(b"SND2" + bytes.fromhex("a4810000 02000000")) == (0o100644, 2)
    assert sync.decode_recv2(b"RCV2" + bytes.fromhex("04000000")) == 4


@pytest.mark.parametrize("junk", [b"", b"JUNK", b"STA2", b"X" * 72])
def test_what_is_no_record_is_an_error_of_the_peer(junk: bytes) -> None:
    with pytest.raises(RemoteProtocolError):
        sync.decode_stat(junk)
    with pytest.raises(RemoteProtocolError):
        sync.decode_entry_header(junk)


def test_a_path_longer_than_a_headset_takes() -> None:
    with pytest.raises(LocalProtocolError):
        sync.encode_request(sync.STAT, "x" * 1025)


@given(st.binary(max_size=300_000), st.integers(1, 100_000), st.binary(max_size=10))
def test_contents_survive_buffer_cut_and_reader(content: bytes, cut: int, rest: bytes) -> None:
    buffer = sync.SendBuffer(1 << 20)
    view = memoryview(content)
    for slot in buffer.slots:
        piece, view = view[: len(slot)], view[len(slot) :]
        slot[: len(piece)] = piece
    data = bytes(buffer.records(len(content))) + sync.encode_header(sync.DONE, 99)
    reader = sync.TransferReader()
    found = bytearray()
    for start in range(0, len(data), cut):
        for part in reader.feed(data[start : start + cut]):
            found += part
    assert found == content
    assert reader.end == sync.TransferEnd(sync.DONE, 99, b"")


def test_what_follows_the_end_is_kept() -> None:
    reader = sync.TransferReader()
    assert list(reader.feed(sync.encode_header(sync.FAIL, 3) + b"why")) == []
    assert reader.end == sync.TransferEnd(sync.FAIL, 3, b"why")


def test_a_record_beyond_the_limit_is_an_error_of_the_peer() -> None:
    with pytest.raises(RemoteProtocolError):
        list(sync.TransferReader().feed(sync.encode_header(sync.DATA, 65_537)))


def test_one_large_packet_holds_many_records() -> None:
    assert sync.SendBuffer(1 << 20).capacity == 15 * 65_536
    assert sync.SendBuffer(4096).capacity == 65_536
