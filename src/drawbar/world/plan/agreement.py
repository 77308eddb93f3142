"""A rate agreement as the world itself knows it: whole cents, whole minutes, tenths of a percent.

The firm gets the same agreements as files; its rating and this arithmetic never meet.
"""

from datetime import date
from typing import Literal

from msgspec import Struct


class End(Struct, frozen=True):
    """One end of a lane; an empty field is anywhere."""

    state: str = ""
    city: str = ""


class Lane(Struct, frozen=True, kw_only=True):
    """What a lane costs: ``flat``, or ``per_mile`` by the agreed ``miles``; at least ``minimum``.

    Amounts are cents.
    """

    clause: str
    origin: End = End()
    destination: End = End()
    flat: int | None = None
    per_mile: int = 0
    miles: int = 0
    minimum: int = 0

    @property
    def cents(self) -> int:
        """Return the linehaul."""
        return max(self.per_mile * self.miles if self.flat is None else self.flat, self.minimum)


class FuelWeek(Struct, frozen=True, kw_only=True):
    """The fuel surcharge of one week, in tenths of a percent of the linehaul."""

    clause: str
    tenths: int
    valid_from: date
    valid_to: date


class Detention(Struct, frozen=True, kw_only=True):
    """What waiting costs: ``cents`` per started ``increment`` of minutes after the free ones."""

    clause: str
    free: int
    increment: int
    cents: int
    cap: int | None
    grace: int


class Tonu(Struct, frozen=True, kw_only=True):
    """What a truck costs that was ordered and not used, if cancelled less than ``hours`` ahead."""

    clause: str
    cents: int
    hours: int


class Extra(Struct, frozen=True, kw_only=True):
    """A flat accessorial, by charge kind."""

    clause: str
    kind: str
    cents: int
    needs_approval: bool


class Agreement(Struct, frozen=True, kw_only=True):
    """One version of an agreement with one party."""

    ref: str
    version: int
    side: Literal["buy", "sell"]
    party: str
    valid_from: date
    lanes: tuple[Lane, ...]
    fuel: tuple[FuelWeek, ...]
    detention: Detention
    tonu: Tonu
    extras: tuple[Extra, ...] = ()
    payment_days: int = 30

    def lane(self, origin: End, destination: End) -> Lane:
        """Return the lane that names the places most exactly: cities, then states, then any."""
        for exact in (
            (origin, destination),
            (End(origin.state), End(destination.state)),
            (End(), End()),
        ):
            for lane in self.lanes:
                if (lane.origin, lane.destination) == exact:
                    return lane
        raise AssertionError("every agreement has a lane for anywhere")

    def week(self, day: date) -> FuelWeek:
        """Return the fuel week of a local day."""
        return next(one for one in self.fuel if one.valid_from <= day < one.valid_to)

    def accessorial(self, kind: str) -> Extra | None:
        """Return the clause about an accessorial, None where there is none."""
        return next((one for one in self.extras if one.kind == kind), None)
