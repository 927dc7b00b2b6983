"""What can be wrong with the files that hold themes, scenarios and shared texts.

Parameters: ``file`` is the file's name inside the scenario folder (``themes/INN.toml``); ``place`` is where
in the file, the parts as they stand there joined by dots (``prompts.INN-P03.phase``).
"""

from __future__ import annotations

from trainer_app.domain.errors import UserMistake


class ScenarioInvalid(UserMistake):
    """A content file cannot be used as it is. Parameter: ``file``."""


class ScenarioFileMissing(ScenarioInvalid):
    """A file that the program needs is not there."""

    key = "scenario.file_missing"


class ScenarioFileUnreadable(ScenarioInvalid):
    """The operating system does not let us read the file."""

    key = "scenario.unreadable"


class ScenarioFileTooLarge(ScenarioInvalid):
    """No file of texts is that large. Parameters: ``size``, ``limit`` (bytes)."""

    key = "scenario.too_large"


class ScenarioNotUtf8(ScenarioInvalid):
    """Saved in another encoding. Parameter: ``line``."""

    key = "scenario.not_utf8"


class ScenarioNotToml(ScenarioInvalid):
    """A quotation mark, a bracket or a sign of equality is missing. Parameter: ``line``."""

    key = "scenario.not_toml"


class ScenarioKeyTwice(ScenarioInvalid):
    """The same code or name stands twice in a file. Parameters: ``place``, ``line``."""

    key = "scenario.key_twice"


class ScenarioIdTaken(ScenarioInvalid):
    """Another file has the same code. Parameters: ``place``, ``value``, ``other``."""

    key = "scenario.id_taken"


class ScenarioKeyMissing(ScenarioInvalid):
    """Something that is needed is not there. Parameters: ``place``, ``present`` (what stands there)."""

    key = "scenario.key_missing"


class ScenarioKeyUnknown(ScenarioInvalid):
    """A name that the program does not know, probably misspelt. Parameters: ``place``, ``known``."""

    key = "scenario.key_unknown"


class ScenarioLanguageMissing(ScenarioInvalid):
    """A text lacks one of the languages. Parameters: ``place``, ``language``."""

    key = "scenario.language_missing"


class ScenarioTextEmpty(ScenarioInvalid):
    """Nothing, or only spaces. Parameter: ``place``."""

    key = "scenario.text_empty"


class ScenarioTextTooLong(ScenarioInvalid):
    """Parameters: ``place``, ``count``, ``limit`` (characters)."""

    key = "scenario.text_too_long"


class ScenarioSectionEmpty(ScenarioInvalid):
    """A section needs at least one entry. Parameter: ``place``."""

    key = "scenario.section_empty"


class ScenarioOnlyOne(ScenarioInvalid):
    """A section may have one entry only. Parameters: ``place``, ``count``."""

    key = "scenario.only_one"


class ScenarioNeedsText(ScenarioInvalid):
    """Something else stands where a text belongs. Parameter: ``place``."""

    key = "scenario.needs_text"


class ScenarioNeedsWhole(ScenarioInvalid):
    """Something else stands where a whole number belongs. Parameter: ``place``."""

    key = "scenario.needs_whole"


class ScenarioNeedsNumber(ScenarioInvalid):
    """Something else stands where a number belongs. Parameter: ``place``."""

    key = "scenario.needs_number"


class ScenarioNeedsDate(ScenarioInvalid):
    """Something else stands where a date belongs. Parameter: ``place``."""

    key = "scenario.needs_date"


class ScenarioNeedsYesNo(ScenarioInvalid):
    """Something else stands where true or false belongs. Parameter: ``place``."""

    key = "scenario.needs_yes_no"


class ScenarioNeedsSection(ScenarioInvalid):
    """Something else stands where a section with names and values belongs. Parameter: ``place``."""

    key = "scenario.needs_section"


class ScenarioNeedsList(ScenarioInvalid):
    """Something else stands where a list belongs. Parameter: ``place``."""

    key = "scenario.needs_list"


class ScenarioOutOfRange(ScenarioInvalid):
    """A number is too small or too large. Parameters: ``place``, ``value``, ``low``, ``high``."""

    key = "scenario.out_of_range"


class ScenarioCodeUnknown(ScenarioInvalid):
    """A code is none of those there are. Parameters: ``place``, ``value``, ``known``."""

    key = "scenario.code_unknown"


class ScenarioIdForeign(ScenarioInvalid):
    """A code does not have the form it must have. Parameters: ``place``, ``value``, ``example``."""

    key = "scenario.id_foreign"


class ScenarioReferenceUnknown(ScenarioInvalid):
    """The list of references does not have the one that is named. Parameters: ``place``, ``value``."""

    key = "scenario.reference_unknown"


class ScenarioMinutesWrong(ScenarioInvalid):
    """A plan's minutes do not add up. Parameters: ``place``, ``total``, ``expected`` (minutes)."""

    key = "scenario.minutes_wrong"


class ScenarioSharesWrong(ScenarioInvalid):
    """A debrief model's shares do not make up the whole. Parameters: ``place``, ``total`` (per cent)."""

    key = "scenario.shares_wrong"
