"""What tests of linehaul by weight and class build on: a contract, a load, breaks of a table."""

from datetime import UTC, date, datetime
from decimal import Decimal

from drawbar.freight.contract import Contract, Side
from drawbar.freight.lane import WeightBreak
from drawbar.freight.movement import Movement
from drawbar.freight.order import Goods
from drawbar.freight.place import Place
from drawbar.freight.visit import Visit

DALLAS = Place(name="Dock", city="Dallas", region="TX", postal_code="75201", zone="America/Chicago")
OMAHA = Place(name="Hub", city="Omaha", region="NE", postal_code="68102", zone="America/Chicago")
DUE = datetime(2026, 3, 10, 15, tzinfo=UTC)
VISITS = tuple(Visit(stop=stop, zone="America/Chicago", due_at=DUE) for stop in (1, 2))


def contract(**terms: object) -> Contract:
    plain = {
        "contract_ref": "ABCD-2026",
        "version": 3,
        "side": Side.BUY,
        "party_ref": "ABCD",
        "currency": "USD",
        "valid_from": date(2026, 1, 1),
        "known_at": datetime(2026, 1, 1, tzinfo=UTC),
        "lanes": (),
    }
    return Contract(**{**plain, **terms})  # type: ignore[arg-type]


def breaks(of: dict[str, str], freight_class: str = "") -> tuple[WeightBreak, ...]:
    """Return the breaks of one class: rates per hundredweight by the pounds they begin at."""
    return tuple(
        WeightBreak(from_lb=Decimal(lb), per_cwt=Decimal(rate), freight_class=freight_class)
        for lb, rate in of.items()
    )


def goods(pounds: str, freight_class: str = "", sku: str = "SKU-1", **more: object) -> Goods:
    plain = {"sku": sku, "pieces": 1, "weight_lb": Decimal(pounds), "freight_class": freight_class}
    return Goods(**{**plain, **more})  # type: ignore[arg-type]


def load(*lines: Goods, **more: object) -> Movement:
    return Movement(origin=DALLAS, destination=OMAHA, visits=VISITS, goods=lines, **more)  # type: ignore[arg-type]
