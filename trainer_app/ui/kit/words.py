"""Days, times and things as the suitcase's page says them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from trainer_app.domain.kits import Accessory
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import clock, day_of_month, day_with_year, sentence_case


def day_words(day: date, today: date, texts: Texts) -> str:
    """``2. september``; with the year where it is another one."""
    return day_of_month(day, texts) if day.year == today.year else day_with_year(day, texts)


def moment_words(at: datetime, now: datetime, texts: Texts) -> str:
    """``i dag 09.41``, ``i går 14.05``, else the day; both wall times."""
    time = clock(at, texts)
    if at.date() == now.date():
        return texts("kit.when.today", time=time)
    if at.date() == now.date() - timedelta(days=1):
        return texts("kit.when.yesterday", time=time)
    return day_words(at.date(), now.date(), texts)


def item_words(accessory: Accessory, texts: Texts) -> str:
    """``Ladestasjon`` where one belongs there, else ``Ladekabler``."""
    is_one = not accessory.consumable and accessory.quantity_expected == 1
    return sentence_case(texts(f"kit.{'item' if is_one else 'items'}.{accessory.item_type.value}"))
