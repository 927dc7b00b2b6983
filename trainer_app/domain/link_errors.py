"""What can go wrong between the laptop and a headset, at the level of the connection.

::

    LinkProblem
      NothingListens, HeadsetUnreachable, HeadsetSilent,     no connection came about
      NotAHeadset, PairingRequired, NotAccepted, KeyUnusable
        HungUp
        NotPluggedIn, UsbBusy, UsbNoAccess, UsbDriverMissing, UsbLibraryMissing    ... over the cable
        ServerGone, HeadsetOffline                                                 ... through an adb server
      NoWifi, WifiRefused, WifiUnanswered                    it cannot be armed for Wi-Fi
      OfAnotherKit                                           it is there, and belongs elsewhere
      LinkLost                                               what was under way cannot go on
        CableLost                                            the same, over the cable
        ServiceRefused, ServiceEnded, CommandTimedOut, AnswerTooLong
      RemoteFileError                                        the headset could not store or read a file
        RemoteStorageFull
      ReverseRefused                                         the headset could not open a port for us

Every one has the parameter ``headset``: what people call it, or its address.
"""

from __future__ import annotations

from trainer_app.domain.errors import EnvironmentProblem, UserMistake


class LinkProblem(EnvironmentProblem):
    """Root of all of these."""


class NothingListens(LinkProblem):
    """The address answers, but nothing listens on the port."""

    key = "link.nothing_listens"


class HeadsetUnreachable(LinkProblem):
    """Nothing answers at the address: switched off, asleep, or on another network."""

    key = "link.unreachable"


class HeadsetSilent(LinkProblem):
    """Something took the connection and said nothing. Parameter ``seconds``: how long we waited."""

    key = "link.silent"


class NotAHeadset(LinkProblem):
    """Something else than ADB answers."""

    key = "link.not_a_headset"


class HungUp(NotAHeadset):
    """Something took the connection and ended it at once: no headset, or one that another computer has."""

    key = "link.hung_up"


class PairingRequired(LinkProblem):
    """The headset only talks TLS after pairing ("wireless debugging")."""

    key = "link.pairing_required"


class NotAccepted(LinkProblem):
    """Nobody accepted this computer in the headset in time. Parameter ``seconds``: how long we waited."""

    key = "link.not_accepted"


class KeyUnusable(LinkProblem):
    """This computer's own key cannot be read or made. Parameter ``path``; ``headset`` is missing here."""

    key = "link.key_unusable"


class NotPluggedIn(LinkProblem):
    """No headset with this serial number is on a cable of this computer."""

    key = "link.not_plugged_in"


class UsbBusy(LinkProblem):
    """Another program owns the headset on the cable."""

    key = "link.usb_busy"


class UsbNoAccess(LinkProblem):
    """The user of this computer may not open the headset on the cable (Linux: the udev rule is missing)."""

    key = "link.usb_no_access"


class UsbDriverMissing(LinkProblem):
    """Windows has no driver for the ADB interface of the headset (WinUSB)."""

    key = "link.usb_no_driver"


class UsbLibraryMissing(LinkProblem):
    """This computer lacks libusb, so that no cable can be used without an adb server."""

    key = "link.usb_no_library"


class ServerGone(LinkProblem):
    """The adb server that has the headset does not answer any more."""

    key = "link.server_gone"


class HeadsetOffline(LinkProblem):
    """The adb server sees the headset and cannot speak to it. Parameter ``state``: what it calls that."""

    key = "link.offline"


class NoWifi(LinkProblem):
    """The headset is on no wireless network."""

    key = "link.no_wifi"


class WifiRefused(LinkProblem):
    """The headset does not want to listen on its network."""

    key = "link.wifi_refused"


class WifiUnanswered(LinkProblem):
    """The headset listens on its network and is not reached there. Parameter ``address``."""

    key = "link.wifi_unanswered"


class LinkLost(LinkProblem):
    """The headset vanished: cable, Wi-Fi, battery, restart."""

    key = "link.lost"


class CableLost(LinkLost):
    """The cable was pulled, or the headset was switched off."""

    key = "link.cable_lost"


class ServiceRefused(LinkLost):
    """The headset does not offer what was asked for. Parameter ``service``."""

    key = "link.service_refused"


class ServiceEnded(LinkLost):
    """The headset ended the conversation in the middle. Parameter ``service``."""

    key = "link.service_ended"


class CommandTimedOut(LinkLost):
    """A command on the headset did not end in time. Parameter ``seconds``: how long we waited."""

    key = "link.command_timed_out"


class AnswerTooLong(LinkLost):
    """A command on the headset said more than anybody wants. Parameter ``megabytes``: what we take."""

    key = "link.answer_too_long"


class RemoteFileError(LinkProblem):
    """The headset could not store or read a file. Parameter ``path``; its own words are in ``detail``."""

    key = "link.file_failed"


class RemoteStorageFull(RemoteFileError):
    """There is no room for the file. Parameter ``path``."""

    key = "link.storage_full"


class ReverseRefused(LinkProblem):
    """The headset could not listen for us. Parameter ``port``."""

    key = "link.reverse_refused"


class AddressAnswers(UserMistake):
    """A headset is connected at that address. Parameters ``address``, ``number``."""

    key = "link.address_answers"


class OfAnotherKit(LinkProblem):
    """A headset of another suitcase answers, for which nobody has asked here. Parameter ``address``."""

    key = "link.of_another_kit"


class AddressMalformed(UserMistake):
    """What was typed is no address of a headset. Parameter ``address``."""

    key = "link.address_malformed"


class NothingOnCable(UserMistake):
    """No headset is on a cable of this computer."""

    key = "link.nothing_on_cable"


class ArmingDisturbs(UserMistake):
    """A film plays; arming a headset would end it there."""

    key = "link.arming_disturbs"
