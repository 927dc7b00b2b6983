"""What can be wrong with what was asked for when a report is made or a database is filled with examples."""

from __future__ import annotations

from trainer_app.domain.errors import EnvironmentProblem, UserMistake


class SessionUnknown(UserMistake):
    """No session has this number. Parameter: ``session``."""

    key = "report.session_unknown"


class ProtocolTooEarly(UserMistake):
    """A protocol tells what happened; this session has not been held. Parameter: ``session``."""

    key = "report.protocol_too_early"


class DepartmentUnknown(UserMistake):
    """No department has this name or short name. Parameters: ``department``, ``known``."""

    key = "report.department_unknown"


class ReportThemeUnknown(UserMistake):
    """No theme has this code. Parameters: ``theme``, ``known``."""

    key = "report.theme_unknown"


class DayUnreadable(UserMistake):
    """What was typed for a day of the period is no date. Parameter ``end``: ``first`` or ``last``."""

    key = "report.day_unreadable"


class PeriodReversed(UserMistake):
    """The period ends before it begins. Parameters: ``first``, ``last`` (dates)."""

    key = "report.period_reversed"


class ReportEndingUnknown(UserMistake):
    """The report cannot be written with this file ending. Parameters: ``file``, ``endings``."""

    key = "report.ending_unknown"


class ReportNameMissing(UserMistake):
    """A folder, or nothing, was given where a file's name is needed. Parameter: ``file``."""

    key = "report.name_missing"


class ReportUnwritable(EnvironmentProblem):
    """The file cannot be written where it was asked for. Parameter: ``file``."""

    key = "report.unwritable"


class PrintingFailed(EnvironmentProblem):
    """The printer does not take the pages: it is off, out of paper, or gone."""

    key = "report.printing_failed"


class DatabaseNotEmpty(UserMistake):
    """Examples would mix with what people have entered. Parameter: ``database``."""

    key = "example_data.not_empty"
