"""A load as a carrier of the small world understood it, whatever line it came over."""

from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct

from drawbar.world.behaviour import Report
from drawbar.world.exchange import Refusal


class LoadStop(Struct, frozen=True, kw_only=True):
    """A stop: when it opens, and where it is.

    ``opens`` is naive where the tender tells the clock on the stop's wall.
    """

    number: int
    opens: datetime
    purpose: str = ""
    city: str = ""
    state: str = ""


class Load(Struct, frozen=True, kw_only=True):
    """What was tendered. ``names`` are all names that the tender mentions, its own first.

    ``named`` are those of them whose kind it tells: shipment, order, po, bol.
    """

    tender: str
    purpose: str
    names: tuple[str, ...]
    shipment: str = ""
    named: dict[str, str] = {}
    stops: tuple[LoadStop, ...] = ()
    pieces: int = 0
    pay: Decimal | None = None

    @property
    def is_cancelled(self) -> bool:
        """Say whether this message takes the load back."""
        return self.purpose == "cancel"

    def stop(self, number: int) -> LoadStop | None:
        """Return a stop by its number, None where the load has no such stop."""
        return next((one for one in self.stops if one.number == number), None)

    def wall_time(self, report: Report) -> datetime:
        """Return when it happened, by the clock that the stops go by. Raise ``Refusal``."""
        if report.at is not None:
            return report.at
        stop = self.stop(report.stop)
        if stop is None:
            raise Refusal("NOT_FOUND", f"{self.tender} has no stop {report.stop}", status=404)
        return stop.opens + timedelta(minutes=report.minutes)
