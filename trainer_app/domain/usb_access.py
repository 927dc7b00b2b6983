"""What a Linux machine needs so that whoever sits at it may use a headset on the cable: a rule for udev."""

from __future__ import annotations

VENDORS = {"Meta": "2833", "PICO": "2d40"}
"""Vendor ids of headsets' USB ports, by their maker."""

RULES_FILE = "/etc/udev/rules.d/70-simkoffert.rules"
"""Its number comes before 73: there systemd gives what is tagged ``uaccess`` to whoever is logged in."""


def udev_rules() -> tuple[str, ...]:
    """The lines of the rules file."""
    return tuple(
        f'SUBSYSTEM=="usb", ENV{{DEVTYPE}}=="usb_device", ATTR{{idVendor}}=="{vendor}", TAG+="uaccess"'
        for vendor in VENDORS.values()
    )


def install_line() -> str:
    """One line for a terminal: writes the rules file and lets udev read it."""
    rules = " ".join(f"'{rule}'" for rule in udev_rules())
    return (
        f"printf '%s\\n' {rules} | sudo tee {RULES_FILE}"
        " && sudo udevadm control --reload && sudo udevadm trigger --subsystem-match=usb"
    )


WINUSB_LINE = "pnputil /add-driver android_winusb.inf /install"
"""For an administrator's prompt in the folder of the unpacked driver."""
