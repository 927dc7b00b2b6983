"""Names and sentences of the example data: obviously made up, and free of anything about patients."""

from __future__ import annotations

from trainer_app.domain.organisation import UnitType
from trainer_app.domain.people import Profession
from trainer_app.domain.words import Words

OWN = "SI"
"""Short name of the department whose laptop this is."""

VISITING = "VV"
"""A second department that holds sessions of its own."""

DEPARTMENTS = (
    ("BUP Akershus", "AHUS", "Akershus universitetssykehus"),
    ("BUP Vest", "DIA", "Diakonhjemmet Sykehus"),
    ("Nic Waals Institutt", "NWI", "Lovisenberg Diakonale Sykehus"),
    ("BUP Oslo", "OUS", "Oslo universitetssykehus"),
    ("BUP Innlandet", OWN, "Sykehuset Innlandet"),
    ("BUP Vestfold", "SIV", "Sykehuset i Vestfold"),
    ("BUP Telemark", "STHF", "Sykehuset Telemark"),
    ("BUP Østfold", "SØ", "Sykehuset Østfold"),
    ("BUP Sørlandet", "SSHF", "Sørlandet sykehus"),
    ("BUPA Vestre Viken", VISITING, "Vestre Viken"),
)
"""Name, short name, health trust; to be mended by the region."""

OWN_UNITS = (
    ("Døgnenhet Nord", UnitType.INPATIENT),
    ("Akuttenhet Øst", UnitType.ACUTE),
    ("Poliklinikk Sør", UnitType.OUTPATIENT),
    ("Ambulant team", UnitType.OUTREACH),
)
OTHER_UNITS = (("Døgnenhet", UnitType.INPATIENT), ("Poliklinikk", UnitType.OUTPATIENT))

FIRST_NAMES = (
    "Kari",
    "Anne",
    "Ola",
    "Per",
    "Ingrid",
    "Nils",
    "Åse",
    "Øyvind",
    "Ærlend",
    "Marit",
    "Jonas",
    "Silje",
    "Håkon",
    "Sunniva",
    "Tor",
    "Bjørg",
    "Lars",
    "Hedda",
    "Amira",
    "Mikkel",
    "Ronja",
    "Sigurd",
    "Elin",
    "Yusuf",
    "Solveig",
    "Espen",
    "Frøydis",
    "Magnus",
    "Ida",
    "Rune",
)
LAST_NAMES = (
    "Eksempelsen",
    "Påhittmo",
    "Prøvestad",
    "Testrud",
    "Øvingsli",
    "Liksombø",
    "Tenktvik",
    "Oppdiktsen",
    "Skisserud",
    "Utkastdal",
    "Demovåg",
    "Modellås",
    "Mønsterhaug",
    "Simulund",
    "Kladdebakken",
    "Finnesikkje",
)

PROFESSIONS = (
    (Profession.NURSE, 20),
    (Profession.MILIEU_WORKER, 14),
    (Profession.SOCIAL_EDUCATOR, 12),
    (Profession.CHILD_WELFARE_WORKER, 10),
    (Profession.PSYCHOLOGIST, 10),
    (Profession.MENTAL_HEALTH_NURSE, 8),
    (Profession.SOCIAL_WORKER, 7),
    (Profession.SPECIALIST_PSYCHOLOGIST, 6),
    (Profession.SPECIALTY_REGISTRAR, 5),
    (Profession.CONSULTANT, 4),
    (Profession.TEACHER, 3),
    (Profession.STUDENT, 3),
)
"""How often each profession is among the people."""

ROOMS = ("Møterom Lauv", "Møterom Furu", "Undervisningsrom 2")
AFTERCARE_CONTACT = "Fagutviklingssykepleier, vakttelefon 2"

NOTES = (
    Words(nb="God ro i rommet da lyset ble dempet.", en="Calm in the room when the light was dimmed."),
    Words(
        nb="Gruppen beskriver først, og venter med å vurdere.",
        en="The group describes first, and judges later.",
    ),
    Words(nb="Hvem sier ifra når to snakker samtidig?", en="Who speaks up when two talk at once?"),
    Words(
        nb="Ungdommens blikk ble lagt merke til av flere.",
        en="Several noticed where the young person looked.",
    ),
    Words(nb="Ta opp igjen: hvordan vi deler på oppgavene.", en="Take up again: how we share the tasks."),
)
LEARNING_POINTS = (
    Words(
        nb="Én fører ordet, de andre støtter med ro og blikk.", en="One speaks, the others support calmly."
    ),
    Words(nb="Si høyt hva vi gjør, og hvorfor, før vi gjør det.", en="Say aloud what we do, and why, first."),
    Words(nb="Spør direkte, og tål stillheten etterpå.", en="Ask directly, and bear the silence after it."),
    Words(
        nb="Foreldrene trenger en egen person å henvende seg til.", en="Parents need one person to turn to."
    ),
    Words(
        nb="Avtal signalet for å be om hjelp før vi går inn.", en="Agree the signal for help before entering."
    ),
    Words(
        nb="Bruk ungdommens egne ord når vi oppsummerer.",
        en="Use the young person’s own words in the summary.",
    ),
)
OWNER_ROLES = (
    Words(nb="Enhetsleder", en="Unit manager"),
    Words(nb="Fagutviklingssykepleier", en="Practice development nurse"),
    Words(nb="Opplæringskoordinator", en="Training coordinator"),
)
CANCELLED_BECAUSE = Words(nb="For få påmeldte", en="Too few had signed up")
ANONYMISED_BECAUSE = Words(nb="Lagringstiden er over", en="The time of storage is over")
FILM_TITLES = Words(nb="Eksempelfilm: {theme}", en="Example film: {theme}")
