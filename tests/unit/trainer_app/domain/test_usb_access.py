"""The line that a person pastes into a terminal to get access to a headset on the cable."""

from __future__ import annotations

import re
import shlex

from trainer_app.domain.usb_access import RULES_FILE, install_line, udev_rules


def test_the_line_writes_the_rules_as_they_are_and_lets_udev_read_them() -> None:
    words = shlex.split(install_line())
    assert words[:2] == ["printf", "%s\\n"]
    assert tuple(words[2 : words.index("|")]) == udev_rules()
    assert words[words.index("|") + 1 :][:3] == ["sudo", "tee", RULES_FILE]
    assert " ".join(words).count("udevadm") == 2


def test_each_maker_has_a_rule_that_gives_access_to_whoever_sits_there() -> None:
    vendors = [re.search(r'ATTR\{idVendor\}=="([0-9a-f]{4})"', rule) for rule in udev_rules()]
    assert [match.group(1) for match in vendors if match] == ["2833", "2d40"]
    assert all(rule.endswith('TAG+="uaccess"') for rule in udev_rules())


def test_udev_reads_it_before_it_hands_out_access() -> None:
    number = int(RULES_FILE.rpartition("/")[2][:2])
    assert number < 73
