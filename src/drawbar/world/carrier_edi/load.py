"""A load as this carrier understood it from a 204."""

from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct

from drawbar.world.behaviour import Report
from drawbar.world.carrier_edi.words import Line


class LoadStop(Struct, frozen=True, kw_only=True):
    """A stop: when it opens by the clock on its wall, and where it is."""

    number: int
    opens: datetime
    city: str = ""
    state: str = ""


class Load(Struct, frozen=True, kw_only=True):
    """What was tendered. ``names`` are all names that the tender mentions, its own first."""

    tender: str
    purpose: str
    names: tuple[str, ...]
    shipment: str
    bol: str
    stops: tuple[LoadStop, ...]
    pay: Decimal | None = None

    def wall_time(self, report: Report) -> datetime:
        """Return what the wall of the stop showed when it happened."""
        if report.at is not None:
            return report.at
        stop = next(one for one in self.stops if one.number == report.stop)
        return stop.opens + timedelta(minutes=report.minutes)

    def place(self, number: int) -> str:
        """Return the MS1 of a stop."""
        stop = next((one for one in self.stops if one.number == number), None)
        return f"MS1|{stop.city}|{stop.state}|US\n" if stop else ""


def load_of(lines: list[Line]) -> Load:
    """Return the load that the segments of a 204 tender."""
    names = [(line.at(2), line.at(1)) for line in lines if line.tag == "L11"]
    tender = next(line.at(4) for line in lines if line.tag == "B2")
    return Load(
        tender=tender,
        purpose=next(line.at(1) for line in lines if line.tag == "B2A"),
        names=tuple(dict.fromkeys((tender, *(value for _, value in names)))),
        shipment=next((value for kind, value in names if kind == "SI"), ""),
        bol=next((value for kind, value in names if kind == "BM"), ""),
        stops=tuple(_stops(lines)),
        pay=_pay(lines),
    )


def _pay(lines: list[Line]) -> Decimal | None:
    """Return what the load pays: the charge of the L3, in cents."""
    cents = next((line.at(5) for line in lines if line.tag == "L3"), "")
    return Decimal(cents).scaleb(-2) if cents else None


def _stops(lines: list[Line]) -> list[LoadStop]:
    stops: list[LoadStop] = []
    starts = [index for index, line in enumerate(lines) if line.tag == "S5"]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        part = lines[start:end]
        first = next(line for line in part if line.tag == "G62")
        town = next((line for line in part if line.tag == "N4"), Line("N4", ()))
        opens = datetime.fromisoformat(f"{first.at(2)}T{first.at(4)}")
        number = int(part[0].at(1))
        stops.append(LoadStop(number=number, opens=opens, city=town.at(1), state=town.at(2)))
    return stops
