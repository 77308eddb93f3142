"""What every way of writing X12 has to be able to say; each carrier has a way of its own."""

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from drawbar.world.behaviour import Bill, Report
from drawbar.world.carrier_edi.segment import Line, Mail
from drawbar.world.trucker import Known

GROUPS = {"990": "GF", "214": "QM", "210": "IM", "997": "FA"}


APPOINTMENTS = frozenset({"AA", "AB"})
"""They stand in elements of their own."""


def is_appointment(report: Report) -> bool:
    """Say whether a report is of an appointment and not of an event."""
    return report.status in APPOINTMENTS


class Outgoing(Struct, frozen=True, kw_only=True):
    """One interchange to write: where it goes, its number, its time, and the set's body."""

    mail: Mail
    code: str
    control: int
    now: datetime
    body: str


class Dialect(Protocol):
    """How a carrier writes. Bodies are what stands between ST and SE."""

    def receipt(self, lines: list[Line]) -> str:
        """Return the 997 that accepts the set in ``lines``."""

    def answer(self, known: Known, scac: str, now: datetime) -> str:
        """Return the 990 that the load's behaviour asks for."""

    def status(self, known: Known, scac: str, report: Report) -> str:
        """Return a 214 of one event. Raise ``Refusal``."""

    def more(self, body: str, known: Known, report: Report) -> str:
        """Return a 214 with one event more, empty where this carrier says one at a time."""

    def invoice(self, known: Known, scac: str, bill: Bill) -> str:
        """Return a 210."""

    def envelope(self, outgoing: Outgoing) -> bytes:
        """Return the whole interchange."""
