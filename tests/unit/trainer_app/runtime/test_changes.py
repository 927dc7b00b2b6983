"""A change is announced once; screens it concerns look anew, the one that made it does not."""

from __future__ import annotations

from trainer_app.runtime.changes import Changes, Topic


def test_only_those_concerned_hear_and_not_the_one_that_knows() -> None:
    changes = Changes()
    heard: list[str] = []

    def mine() -> None:
        heard.append("mine")

    changes.on({Topic.SESSIONS}, mine)
    changes.on({Topic.SESSIONS, Topic.KITS}, lambda: heard.append("both"))
    end = changes.on({Topic.KITS}, lambda: heard.append("kits"))
    changes.announce(Topic.SESSIONS, by=mine)
    assert heard == ["both"]
    changes.announce(Topic.SESSIONS, Topic.KITS)
    assert heard == ["both", "mine", "both", "kits"]
    end()
    changes.announce(Topic.KITS)
    assert heard[4:] == ["both"]
