"""What somebody types at the first start."""

from trainer_app.domain.people import Profession
from trainer_app.services.first_start import FirstStart

TYPED = FirstStart(
    department="BUP Nyvik",
    short_name="NV",
    person="Ola Dikt",
    profession=Profession.NURSE,
    kit="Koffert 1",
    headsets=5,
    room="Rom 1",
)
