"""The link to a headset over ADB, and what is done over it: shell, files, tunnels.

Importing this is cheap: the emergency stop starts a process with it. Keys and their libraries are loaded when
a headset asks who we are, cables and adb servers when one of them is looked at.
"""

from headset_agent.protocol.adb.handshake import HandshakeState
from headset_agent.protocol.adb.peer import Liveness
from headset_agent.protocol.adb.sync import DirEntry, RemoteStat
from trainer_app.domain.link_errors import (
    CommandTimedOut,
    LinkLost,
    LinkProblem,
    RemoteFileError,
    RemoteStorageFull,
    ServiceEnded,
    ServiceRefused,
)
from trainer_app.headsets.link.direct import DirectLink, connect
from trainer_app.headsets.link.files import (
    is_missing,
    list_folder,
    pull,
    pull_bytes,
    push_bytes,
    push_range,
    stat,
)
from trainer_app.headsets.link.interface import HeadsetLink, Stream
from trainer_app.headsets.link.keys import AdbKey, choose_key
from trainer_app.headsets.link.shell import ShellResult, run
from trainer_app.headsets.link.terms import Terms
from trainer_app.headsets.link.tunnels import ReverseTunnel, open_port, reverse, reverse_to
from trainer_app.headsets.link.ways import Ways

__all__ = [
    "AdbKey",
    "CommandTimedOut",
    "DirEntry",
    "DirectLink",
    "HandshakeState",
    "HeadsetLink",
    "LinkLost",
    "LinkProblem",
    "Liveness",
    "RemoteFileError",
    "RemoteStat",
    "RemoteStorageFull",
    "ReverseTunnel",
    "ServiceEnded",
    "ServiceRefused",
    "ShellResult",
    "Stream",
    "Terms",
    "Ways",
    "choose_key",
    "connect",
    "is_missing",
    "list_folder",
    "open_port",
    "pull",
    "pull_bytes",
    "push_bytes",
    "push_range",
    "reverse",
    "reverse_to",
    "run",
    "stat",
]
