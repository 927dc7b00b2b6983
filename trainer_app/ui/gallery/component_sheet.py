"""All components, laid out like the designer's sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from trainer_app.domain.phases import PhaseGroup
from trainer_app.domain.sessions import SessionState
from trainer_app.looks.tokens import ThemeName, Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.gallery.sheet import Sheet
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.badge import session_badge
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.card import Card, hairline
from trainer_app.ui.widgets.choices import CheckBox, RadioButton
from trainer_app.ui.widgets.empty_state import EmptyState
from trainer_app.ui.widgets.fields import ComboBox, Field, LineEdit
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.list_row import ListRow
from trainer_app.ui.widgets.number_chip import NumberChip
from trainer_app.ui.widgets.phase_band import PhaseBand
from trainer_app.ui.widgets.phase_words import BandPhase, PhaseState
from trainer_app.ui.widgets.progress_bar import ProgressBar
from trainer_app.ui.widgets.segmented_control import SegmentedControl

_LEFT, _RIGHT, _COLUMN, _WHOLE = 28, 699, 639, 1310


def component_sheet(look: Look, texts: Texts) -> Sheet:
    """The whole sheet."""
    sheet = Sheet(look, texts, 1366, 1300)
    _head(sheet)
    _buttons(sheet)
    _badges_and_chips(sheet)
    _fields(sheet)
    _choices(sheet)
    _banners(sheet)
    _empty(sheet)
    _progress(sheet)
    _dialog(sheet)
    _band(sheet)
    _rows(sheet)
    return sheet


def _head(sheet: Sheet) -> None:
    themes = {
        ThemeName.LIGHT: sheet.say("Lyst tema", "Light theme"),
        ThemeName.DARK: sheet.say("Mørkt tema", "Dark theme"),
        ThemeName.HIGH_CONTRAST: sheet.say("Høy kontrast", "High contrast"),
    }
    sheet.place(Label(sheet.look, sheet.say("Komponenter", "Components"), "title"), _LEFT, 24)
    theme = Label(sheet.look, themes[sheet.look.theme.name], "body", "text_muted")
    width = theme.sizeHint().width() / sheet.look.theme.scale
    sheet.place(theme, _LEFT + _WHOLE - width, 30)


def _buttons(sheet: Sheet) -> None:
    look, say = sheet.look, sheet.say
    sheet.caption(
        say(
            "Knapper: primær (én per visning), vanlig, stille, fare, valgt, av, fokus",
            "Buttons: primary (one a view), plain, quiet, danger, chosen, off, focus",
        ),
        _LEFT,
        78,
    )
    plan, disabled = (Button(look, say("Planlegg", "Plan"), Kind.PRIMARY) for _ in range(2))
    disabled.setEnabled(False)
    first = [
        plan,
        Button(look, say("Lagre utkast", "Save draft")),
        Button(look, say("Nullstill", "Reset"), Kind.QUIET),
        Button(look, say("Stopp alt", "Stop all"), Kind.DANGER, icon="stop-circle"),
        Button(look, say("Notater er skjult", "Notes are hidden"), Kind.CHOSEN, icon="eye-slash"),
    ]
    sheet.row([*first], _LEFT, 102)
    sheet.place(disabled, _LEFT, 148)
    focused = Button(look, say("Åpne planen", "Open the plan"), scale=Scale.RUN)
    second = [
        Button(look, say("Klargjør økten", "Set up the session"), Kind.PRIMARY, scale=Scale.RUN, icon="play"),
        focused,
        Button(look, say("Skriv ut", "Print"), scale=Scale.ROW, icon="printer"),
        Button(look, icon="plus", name=say("Ny", "New")),
    ]
    sheet.row([*second], _LEFT, 196, middle=True)
    sheet.ring(focused)


def _badges_and_chips(sheet: Sheet) -> None:
    sheet.caption(
        sheet.say("Øktens tilstand: ikon og ord", "State of the session: icon and word"), _RIGHT, 78
    )
    rows = (
        (
            SessionState.DRAFT,
            SessionState.PLANNED,
            SessionState.READY,
            SessionState.IN_PROGRESS,
            SessionState.HELD,
            SessionState.CLOSED,
        ),
        (SessionState.CANCELLED, SessionState.ABORTED, SessionState.ANONYMISED),
    )
    for at, states in enumerate(rows):
        badges: list[QWidget] = [session_badge(sheet.look, state, sheet.texts) for state in states]
        sheet.row(badges, _RIGHT, 102 + 32 * at, 8)
    sheet.caption(
        sheet.say(
            "Brillenes nummer og farge: blå, gul, grønn, lilla, brun",
            "Number and colour of the headsets: blue, yellow, green, purple, brown",
        ),
        _RIGHT,
        176,
    )
    chips = [NumberChip(sheet.look, number) for number in range(1, 6)]
    small = [NumberChip(sheet.look, number, 28) for number in range(1, 6)]
    sheet.row([*chips, *small], _RIGHT, 200, middle=True)


def _fields(sheet: Sheet) -> None:
    look, say = sheet.look, sheet.say
    sheet.caption(
        say("Felt: vanlig, fokus, feil med årsak, tomt", "Field: plain, focus, error with cause, empty"),
        _LEFT,
        266,
    )
    room, nobody = ComboBox(look), ComboBox(look)
    room.addItem(say("Møterom Lauv", "Room Lauv"))
    nobody.addItem(say("Ikke valgt", "Not chosen"))
    nobody.setProperty("state", "empty")
    start = LineEdit(look, sheet.texts("looks.clock", seconds=780))
    end = LineEdit(look, sheet.texts("looks.clock", seconds=750))
    fields = [
        Field(look, say("Rom", "Room"), room),
        Field(look, say("Start", "Start"), start),
        Field(look, say("Slutt", "End"), end),
        Field(look, say("Medfasilitator", "Co-facilitator"), nobody),
    ]
    fields[2].set_error(
        say("Slutt er før start. Velg etter 13.00.", "The end is before the start. Choose after 13:00.")
    )
    for at, field in enumerate(fields):
        sheet.place(field, _LEFT + at * 162.8, 290, 151, 106)
    sheet.ring(start)


def _choices(sheet: Sheet) -> None:
    look, say = sheet.look, sheet.say
    sheet.caption(say("Valg", "Choices"), _RIGHT, 266)
    view = SegmentedControl(
        look, sheet.texts, say("Visning", "View"), say("Uke Måned Liste", "Week Month List").split()
    )
    view.set_answer(0)
    offered = CheckBox(look, say("Tilbudt alle", "Offered to all"))
    offered.setChecked(True)
    waves = RadioButton(look, say("To puljer", "Two waves"))
    waves.setChecked(True)
    others: list[QWidget] = [
        view,
        offered,
        CheckBox(look, say("Skrevet ut", "Printed")),
        waves,
        RadioButton(look, say("Skjerm", "Screen")),
    ]
    sheet.row(others, _RIGHT, 290, 21, middle=True)


def _banners(sheet: Sheet) -> None:
    look, say = sheet.look, sheet.say
    sheet.caption(say("Melding: fakta, årsak, neste steg", "Message: fact, cause, next step"), _LEFT, 406)
    banners = [
        (
            Banner(
                look,
                Tone.ACCENT,
                say("Filmen overføres til alle fem", "The film is being sent to all five"),
                say("Du kan fortsette å planlegge imens.", "You can go on planning meanwhile."),
            ),
            430,
            66,
        ),
        (
            Banner(
                look,
                Tone.ATTENTION,
                say("Brille 2 har 19 % batteri", "Headset 2 has 19 % battery"),
                say(
                    "Det holder ca. 25 min, økten varer 90. Sett den til lading nå.",
                    "It lasts about 25 min, the session takes 90. Charge it now.",
                ),
            ),
            506,
            66,
        ),
        (
            Banner(
                look,
                Tone.DANGER,
                say("Kofferten er opptatt 12.30–14.00", "The suitcase is taken 12:30–14:00"),
                say("Ola Prøvestad bruker EV-1.", "Ola Prøvestad uses EV-1."),
                [say("Flytt til 14.15", "Move to 14:15")],
            ),
            582,
            108,
        ),
        (
            Banner(
                look,
                Tone.OK,
                say("Økten er lukket", "The session is closed"),
                say("Protokoll og kursbevis er skrevet ut.", "Protocol and certificates are printed."),
            ),
            700,
            66,
        ),
    ]
    for banner, y, height in banners:
        sheet.place(banner, _LEFT, y, _COLUMN, height)


def _empty(sheet: Sheet) -> None:
    say = sheet.say
    sheet.caption(say("Tom tilstand med veiledning", "Empty state with guidance"), _RIGHT, 406)
    card = Card(sheet.look)
    card.body.addWidget(
        EmptyState(
            sheet.look,
            "calendar-blank",
            say("Ingen økter denne uken", "No sessions this week"),
            say(
                "Planlegg en økt, så minner SimKoffert deg om lading og film dagen før.",
                "Plan a session, and SimKoffert reminds you of charging and film the day before.",
            ),
            say("Ny økt", "New session"),
            other=say("Øv med fem virtuelle briller", "Rehearse with five virtual headsets"),
        )
    )
    sheet.place(card, _RIGHT, 430, _COLUMN, 336)


def _progress(sheet: Sheet) -> None:
    look, say = sheet.look, sheet.say
    sheet.caption(
        say("Fremdrift: alltid med tall, årsak til ventetid og avbryt", "Progress: always with figures"),
        _LEFT,
        788,
    )
    card = Card(look)
    title = say("Overfører «Stemmen stiger»", 'Sending "The voice rises"')
    card.body.addLayout(_line(Label(look, title, "body-strong"), Label(look, "64 %", "body")))
    bar = ProgressBar(look, title)
    bar.set_part(0.64)
    card.body.addWidget(bar)
    rate = say("6,7 av 10,5 GB, fem briller, 118 MB/s", "6.7 of 10.5 GB, five headsets, 118 MB/s")
    left = say("ca. 40 s igjen", "about 40 s left")
    card.body.addLayout(
        _line(Label(look, rate, "small", "text_muted"), Label(look, left, "small", "text_muted"))
    )
    card.body.addSpacing(look.px(2))
    card.body.addWidget(hairline())
    card.body.addSpacing(look.px(6))
    for number, part, tone, words in (
        (1, 1.0, Tone.OK, say("verifisert", "verified")),
        (3, 0.48, Tone.ACCENT, say("1,0 av 2,1 GB", "1.0 of 2.1 GB")),
    ):
        card.body.addLayout(_headset_line(look, number, part, tone, words))
    card.body.addStretch(1)
    sheet.place(card, _LEFT, 812, _COLUMN, 189)


def _headset_line(look: Look, number: int, part: float, tone: Tone, words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(look.px(12))
    row.addWidget(NumberChip(look, number, 24))
    bar = ProgressBar(look, str(number), tone)
    bar.set_part(part)
    row.addWidget(bar)
    label = Label(look, words, "small")
    label.setFixedWidth(look.px(112))
    row.addWidget(label)
    return row


def _line(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(left)
    row.addStretch(1)
    row.addWidget(right)
    return row


def _dialog(sheet: Sheet) -> None:
    look, say = sheet.look, sheet.say
    sheet.caption(
        say("Dialog: bare når noe ikke kan angres", "Dialog: only for what cannot be undone"), _RIGHT, 788
    )
    card = Card(look, padding=22, strong=True)
    card.body.addWidget(Label(look, say("Avbryte økten?", "Abort the session?"), "heading"))
    sentence = say(
        "Oppmøtet beholdes. Økten får tilstanden «avbrutt», og bare en nøytral årsak lagres.",
        'Attendance is kept. The session becomes "aborted"; only a neutral cause is stored.',
    )
    card.body.addWidget(Label(look, sentence, "body", wrap=True))
    cause = ComboBox(look)
    cause.addItem(say("Utstyr", "Equipment"))
    field = Field(look, say("Årsak", "Cause"), cause)
    field.setFixedWidth(look.px(240))
    card.body.addWidget(field)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(Button(look, say("Fortsett økten", "Continue the session")))
    row.addWidget(Button(look, say("Avbryt økten", "Abort the session"), Kind.DANGER))
    card.body.addLayout(row)
    card.body.addStretch(1)
    sheet.place(card, _RIGHT, 812, _COLUMN, 220)


def _band(sheet: Sheet) -> None:
    sheet.caption(
        sheet.say(
            "Fasebånd: hele økten, bredde etter minutter, hake for ferdig",
            "Phase band: the whole session, widths by minutes, a check for done",
        ),
        _LEFT,
        1054,
    )
    band = PhaseBand(sheet.look, sheet.texts, full_names=sheet.texts.lang == "nb")
    band.show_phases(band_examples(sheet, current=8))
    sheet.place(band, _LEFT, 1077, _WHOLE, 30)


def band_examples(sheet: Sheet, current: int) -> list[BandPhase]:
    """The twelve phases of a session with film, one of them current."""
    groups = (
        (
            PhaseGroup.BRIEF,
            "Velkommen Trygghetskontrakt Utstyrsbrief Scenariobrief",
            "Velkommen Trygghet Utstyr Brief",
            "Welcome Contract Equipment Brief",
            (8, 7, 6, 5),
        ),
        (PhaseGroup.FILM, "Film", "Film", "Film", (9,)),
        (PhaseGroup.LANDING, "Landing", "Landing", "Landing", (6,)),
        (
            PhaseGroup.DEBRIEF,
            "Reaksjon Beskrivelse Analyse Anvendelse",
            "Reaksjon Beskrivelse Analyse Anvendelse",
            "Reactions Description Analysis Application",
            (7, 10, 11, 9),
        ),
        (
            PhaseGroup.CLOSING,
            "Oppsummering Evaluering",
            "Oppsummering Evaluering",
            "Summary Evaluation",
            (9, 8),
        ),
    )
    phases: list[BandPhase] = []
    for group, full, short, english, minutes in groups:
        names = zip(full.split(), short.split(), english.split(), minutes, strict=True)
        for long, brief, en, length in names:
            at = len(phases)
            state = PhaseState.DONE if at < current else PhaseState.NEXT
            phases.append(
                BandPhase(
                    name=sheet.say(long, en),
                    short=sheet.say(brief, en),
                    minutes=length,
                    group=group,
                    state=PhaseState.CURRENT if at == current else state,
                    part=0.54 if group is PhaseGroup.FILM else 0.3,
                )
            )
    return phases


def _rows(sheet: Sheet) -> None:
    look, say = sheet.look, sheet.say
    sheet.caption(
        say("Listerad: to linjer, tilstand til høyre", "List row: two lines, the state at the right"),
        _LEFT,
        1128,
    )
    card = Card(look, padding=0)
    card.body.setSpacing(0)
    rows = [
        (
            say("Onsdag 18. nov.", "Wednesday 18 Nov"),
            "08.30–09.30",
            say(
                "Seksjonsmøte, Døgnenhet Nord · 5 deltakere",
                "Section meeting, Inpatients North · 5 participants",
            ),
            SessionState.PLANNED,
        ),
        (
            say("Fredag 20. nov.", "Friday 20 Nov"),
            "09.00–10.30",
            say("Poliklinikk Sør · 4 deltakere", "Outpatients South · 4 participants"),
            SessionState.DRAFT,
        ),
    ]
    made = [
        ListRow(
            look,
            say("Innkomst", "Arrival"),
            where,
            lead=(day, times),
            badge=session_badge(look, state, sheet.texts),
        )
        for day, times, where, state in rows
    ]
    for row in made:
        card.body.addWidget(row)
    made[-1].set_last(last=True)
    made[-1].setCheckable(True)
    made[-1].setChecked(True)
    sheet.place(card, _LEFT, 1152, _WHOLE, 120)
    sheet.inner_ring(_LEFT, 1212, _WHOLE, 60)
