"""Content in two languages: words that departments may mend, beside the program's own texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One text in bokmål and English."""

    nb: str
    en: str

    def in_language(self, lang: str) -> str:
        """Return the text in ``nb`` or ``en``.

        Raises:
            KeyError: another language (a bug).
        """
        return {"nb": self.nb, "en": self.en}[lang]

    def mapped(self, change: Callable[[str], str]) -> Words:
        """Return both texts, changed in the same way."""
        return Words(nb=change(self.nb), en=change(self.en))

    def filled(self, values: Mapping[Placeholder, Words]) -> Words:
        """Return both texts with the placeholders replaced that ``values`` has something for."""
        nb, en = self.nb, self.en
        for placeholder, words in values.items():
            nb = nb.replace(placeholder.value[0], words.nb)
            en = en.replace(placeholder.value[1], words.en)
        return Words(nb=nb, en=en)


class Placeholder(Enum):
    """Words in brackets that the program fills in, as they stand in the bokmål and the English text."""

    THEME = ("[tema]", "[theme]")
    AFTERCARE_CONTACT = ("[kontaktperson]", "[contact]")
    RESPONSIBLE_ROLE = ("[rolle]", "[role]")
    LAST_CHECKED = ("[dato]", "[date]")
    HOSPITAL = ("[Sykehuset]", "[The hospital]")
    PERIOD = ("[frist]", "[period]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentText:
    """A text of the content under its stable id (``TK-3``, ``INN-L1``)."""

    id: str
    words: Words
