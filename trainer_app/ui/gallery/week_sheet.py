"""The week calendar with a conflict, a loan and a draft."""

from __future__ import annotations

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.gallery.sheet import Sheet
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.rail import Place, Rail
from trainer_app.ui.widgets.week_calendar import WeekCalendar
from trainer_app.ui.widgets.week_layout import EventKind, Week, WeekDay, WeekEvent


def week_sheet(look: Look, texts: Texts) -> Sheet:
    """Rail and calendar at their places of 1366 x 768."""
    sheet = Sheet(look, texts, 1366, 768)
    rail = Rail(look, rail_places(sheet), sheet.say("Sider", "Pages"))
    rail.set_current("plan")
    sheet.place(rail, 0, 32, 88, 736)
    calendar = WeekCalendar(look, texts)
    calendar.show_week(week_example(sheet))
    sheet.place(calendar, 112, 104, 858, 664)
    return sheet


def rail_places(sheet: Sheet) -> list[Place]:
    """The seven pages."""
    say = sheet.say
    return [
        Place(key="today", icon="house", word=say("I dag", "Today")),
        Place(key="plan", icon="calendar-blank", word="Plan"),
        Place(key="session", icon="play-circle", word=say("Økt", "Session")),
        Place(key="kit", icon="suitcase", word=say("Koffert", "Suitcase")),
        Place(key="library", icon="film-strip", word=say("Bibliotek", "Library")),
        Place(key="reports", icon="chart-bar", word=say("Rapporter", "Reports")),
        Place(key="help", icon="question", word=say("Hjelp", "Help"), at_foot=True),
        Place(key="settings", icon="gear-six", word=say("Innstillinger", "Settings"), at_foot=True),
    ]


def week_example(sheet: Sheet) -> Week:
    """The week of the designer's picture."""
    say = sheet.say
    names = [("man.", "Mon"), ("tir.", "Tue"), ("ons.", "Wed"), ("tor.", "Thu"), ("fre.", "Fri")]
    days = tuple(
        WeekDay(weekday=say(*name), date=f"{16 + at}.", spoken=say(*name), is_today=at == 1)
        for at, name in enumerate(names)
    )
    return Week(days=days, events=tuple(_events(sheet)), now_min=10 * 60 + 20)


def _events(sheet: Sheet) -> list[WeekEvent]:
    say = sheet.say
    arrival = say("Innkomst", "Arrival")
    kit = say("Koffert EV-1", "Suitcase EV-1")
    return [
        _event(
            sheet,
            "a",
            0,
            510,
            570,
            arrival,
            say("Seksjonsmøte", "Section"),
            icon="check-circle",
            kind=EventKind.PAST,
        ),
        _event(
            sheet,
            "b",
            0,
            780,
            840,
            say("Fasilitatormøte", "Facilitators"),
            icon="users-three",
            kind=EventKind.OTHER,
        ),
        _event(
            sheet,
            "c",
            1,
            780,
            870,
            say("Vold og trusler", "Violence"),
            say("Møterom Lauv", "Room Lauv"),
            say("5 deltakere", "5 participants"),
        ),
        _event(sheet, "d", 2, 510, 570, arrival, say("Seksjonsmøte · 5", "Section · 5")),
        _event(
            sheet,
            "e",
            2,
            720,
            900,
            say("Gjennomføring av tvangsvedtak", "Carrying out a decision"),
            say("Fagdag · Møterom Lauv", "Study day · Room Lauv"),
            say("10 deltakere i to puljer", "10 participants in two waves"),
            "Kari E. · Siv T.",
        ),
        _event(
            sheet, "f", 3, 750, 840, say("Den nødvendige samtalen", "The necessary talk"), kit, conflicts=True
        ),
        _event(
            sheet,
            "g",
            3,
            780,
            870,
            say("Selvmordsfare", "Suicide risk"),
            kit,
            say("Ny økt", "New session"),
            icon="pencil-simple",
            kind=EventKind.DRAFT,
            is_edited=True,
            conflicts=True,
        ),
        _event(
            sheet,
            "h",
            4,
            540,
            630,
            arrival,
            say("Poliklinikk Sør · 4", "Outpatients · 4"),
            icon="pencil-simple",
            kind=EventKind.DRAFT,
        ),
        _event(
            sheet,
            "i",
            4,
            720,
            960,
            say("Kofferten er utlånt", "Suitcase on loan"),
            say("Poliklinikk Sør", "Outpatients"),
            say("Tilbake mandag 23. nov.", "Back Monday 23 Nov"),
            icon="suitcase",
            kind=EventKind.BLOCKED,
        ),
    ]


def _event(
    sheet: Sheet,
    key: str,
    day: int,
    start: int,
    end: int,
    title: str,
    *lines: str,
    icon: str = "calendar-check",
    kind: EventKind = EventKind.SESSION,
    is_edited: bool = False,
    conflicts: bool = False,
) -> WeekEvent:
    clock = [sheet.texts("looks.clock", seconds=minute).rjust(5, "0") for minute in (start, end)]
    return WeekEvent(
        key=key,
        day=day,
        start_min=start,
        end_min=end,
        title=title,
        times="–".join(clock),
        icon=icon,
        lines=lines,
        kind=kind,
        is_edited=is_edited,
        conflicts=conflicts,
    )
