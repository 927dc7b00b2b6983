"""What can be wrong with what is said of a suitcase."""

from __future__ import annotations

from trainer_app.domain.errors import UserMistake


class KitLabelTaken(UserMistake):
    """Another suitcase is called the same. Parameter: ``label``."""

    key = "kit.label_taken"
