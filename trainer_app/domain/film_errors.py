"""What can be wrong with a film file, a reference to a film, or the film library.

Parameters: ``file`` is the name of the file as the user gave it, without its folder.
"""

from __future__ import annotations

from trainer_app.domain.errors import EnvironmentProblem, UserMistake


class FilmRefused(UserMistake):
    """The file cannot become a film of the library. Parameter: ``file``."""


class FileMissing(FilmRefused):
    """There is no such file."""

    key = "film.file_missing"


class FileIsFolder(FilmRefused):
    """A folder, or something else that is no ordinary file."""

    key = "film.is_folder"


class FileEmpty(FilmRefused):
    """A file of no bytes."""

    key = "film.empty_file"


class FileUnreadable(FilmRefused):
    """The operating system does not let us read the file."""

    key = "film.unreadable"


class NotAFilm(FilmRefused):
    """No picture and no sound was recognised: a text, a document."""

    key = "film.not_video"


class FilmIsPicture(FilmRefused):
    """A still picture."""

    key = "film.is_picture"


class FilmIsSound(FilmRefused):
    """Sound, but no moving picture."""

    key = "film.only_sound"


class FilmTruncated(FilmRefused):
    """The file ends before its film does. Parameters: ``size``, ``expected`` (bytes, at least)."""

    key = "film.truncated"


class FilmWithoutIndex(FilmRefused):
    """MP4 without moov: the recording was never closed."""

    key = "film.no_moov"


class FilmDamaged(FilmRefused):
    """The file contradicts itself."""

    key = "film.damaged"


class FilmChanged(FilmRefused):
    """The file was altered while it was being copied."""

    key = "film.changed"


class CodecUnsupported(FilmRefused):
    """No headset decodes it. Parameters: ``codec``, ``codecs``."""

    key = "film.codec_unsupported"


class ContainerUnsupported(FilmRefused):
    """A film, in a container that a headset's browser does not open. Parameter: ``container``."""

    key = "film.container_unsupported"


class LayoutUnsupported(FilmRefused):
    """A projection or eye order that the player cannot show. Parameter: ``layout``."""

    key = "film.layout_unsupported"


class ThemeUnknown(UserMistake):
    """No such theme. Parameters: ``theme``, ``themes``."""

    key = "film.theme_unknown"


class FilmUnknown(UserMistake):
    """The library has no such film. Parameter: ``reference``."""

    key = "film.unknown"


class FilmAmbiguous(UserMistake):
    """Several films answer. Parameters: ``reference``, ``count``, ``films``."""

    key = "film.ambiguous"


class FilmInRecords(UserMistake):
    """Sessions have shown the film; their protocols name it. Parameters: ``film``, ``count`` (showings)."""

    key = "film.in_records"


class FilmFileGone(EnvironmentProblem):
    """The library lists the film, but its file is no longer there. Parameters: ``film``, ``folder``."""

    key = "film.file_gone"


class FilmFileHeld(EnvironmentProblem):
    """It cannot be removed: another program has it open, most often. Parameters: ``file``, ``folder``."""

    key = "film.file_held"


class LibraryFull(EnvironmentProblem):
    """No room for the copy. Parameters: ``file``, ``size``, ``free`` (bytes), ``folder``."""

    key = "film.disk_full"


class LibraryUnwritable(EnvironmentProblem):
    """The library's folder cannot be written to. Parameters: ``file``, ``folder``."""

    key = "film.library_unwritable"
