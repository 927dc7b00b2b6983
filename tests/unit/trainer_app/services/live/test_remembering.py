"""Headsets keep their numbers in their suitcase; addresses are read as people type them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.fakes.records import KIT
from trainer_app.domain.kits import KitId, Serial
from trainer_app.domain.link_errors import AddressMalformed
from trainer_app.services.live.remembering import is_of_another_kit, read_address, remember_headset
from trainer_app.storage.repositories import SqlRepositories

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_new_headset_gets_the_lowest_free_number_of_the_suitcase_and_keeps_it(
    department_stored: SqlRepositories,
) -> None:
    headsets = department_stored.headsets
    taken = {headset.number for headset in headsets.of_kit(KIT.id)}
    new = remember_headset(headsets, KIT.id, Serial("NEW"), "Quest 3", "10.0.0.9:5555", NOON)
    assert new.kit_id == KIT.id
    assert new.number == min(set(range(1, 20)) - taken)
    later = NOON + timedelta(hours=1)
    again = remember_headset(headsets, KIT.id, Serial("NEW"), "Quest 3", "10.0.0.10:5555", later)
    assert (again.id, again.number, again.address) == (new.id, new.number, "10.0.0.10:5555")
    assert again.last_seen == later


def test_cable_takes_no_address_on_the_network_away(department_stored: SqlRepositories) -> None:
    headsets = department_stored.headsets
    wired = remember_headset(headsets, KIT.id, Serial("NEW"), "Quest 3", "usb:NEW", NOON)
    assert wired.address == "usb:NEW"
    remember_headset(headsets, KIT.id, Serial("NEW"), "Quest 3", "10.0.0.9:5555", NOON)
    wired = remember_headset(headsets, KIT.id, Serial("NEW"), "Quest 3", "server:NEW", NOON)
    assert wired.address == "10.0.0.9:5555"
    assert not is_of_another_kit(headsets, KIT.id, Serial("NEW"))
    assert is_of_another_kit(headsets, KitId(uuid4()), Serial("NEW"))
    assert not is_of_another_kit(headsets, KIT.id, Serial("NEVER SEEN"))


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("192.168.1.20", "192.168.1.20:5555"),
        (" 192.168.1.20:5600 ", "192.168.1.20:5600"),
        ("brille-3.local", "brille-3.local:5555"),
        ("localhost:5555", "localhost:5555"),
        (" usb:1WMHH8150A0001", "usb:1WMHH8150A0001"),
        ("server:127.0.0.1:6001", "server:127.0.0.1:6001"),
    ],
)
def test_address_may_leave_the_port_out(typed: str, address: str) -> None:
    assert read_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "a b",
            "host:",
            "usb:",
            "server:",
            "usb:a b",
            "host:99999",
            "host:x",
            "http://host",
            "x" * 100_000,
        ),
        *("x" * 64, "å" * 64, "brille..local", "brille\0"),  # no name has such a part
    ],
)
def test_what_is_no_address_is_refused_with_what_was_typed(typed: str) -> None:
    with pytest.raises(AddressMalformed) as refused:
        read_address(typed)
    assert len(str(refused.value.params["address"])) <= 80
