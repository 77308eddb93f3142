"""A linehaul table by miles and weight: one cell holds, in one of its ways."""

from decimal import Decimal

from msgspec import Struct, structs

from drawbar.freight.charge import Step, quantity
from drawbar.freight.contract import Contract
from drawbar.freight.lane import LaneRate, MileageBand
from drawbar.freight.money import Money
from drawbar.rating.grant import rounded
from drawbar.rating.unrated import Unrated


class OfTable(Struct, frozen=True, kw_only=True):
    """What the table gives, in exact figures; ``by_weight`` where pounds made the amount."""

    amount: Decimal
    by_weight: bool
    steps: tuple[Step, ...]


def asks_weight(lane: LaneRate) -> bool:
    """Return whether a lane's table differs by weight, or is paid by it."""
    return any(
        band.per_cwt is not None or band.from_lb or band.to_lb is not None for band in lane.bands
    )


def of_table(
    contract: Contract, lane: LaneRate, *, miles: Decimal, pounds: Decimal, deficit: bool
) -> OfTable | Unrated:
    """Return the amount of the one cell for ``miles`` and ``pounds``.

    With ``deficit`` all heavier cells are tried too, each at the pounds that it begins at; of equal
    amounts the one of fewer pounds counts.
    """
    over = [band for band in lane.bands if _within(miles, band.from_mi, band.to_mi)]
    cells = [band for band in over if _within(pounds, band.from_lb, band.to_lb)]
    wrong = _not_one(lane, cells, miles, pounds)
    if wrong is not None:
        return wrong
    found = [_priced(contract, cells[0], miles, pounds)]
    if deficit:
        heavier = sorted((one for one in over if one.from_lb > pounds), key=lambda one: one.from_lb)
        found += [_priced(contract, one, miles, one.from_lb) for one in heavier]
    if not all(isinstance(one, OfTable) for one in found):
        return _unclear(lane)
    priced = [one for one in found if isinstance(one, OfTable)]
    best = min(priced, key=lambda one: rounded(one.amount, contract))
    return best if best is priced[0] else _as_heavier(contract, priced[0], best, pounds)


def _as_heavier(contract: Contract, actual: OfTable, best: OfTable, pounds: Decimal) -> OfTable:
    text = (
        f"billed in a heavier band, the actual weight is {quantity(pounds)} lb: as actual it would"
        f" be {rounded(actual.amount, contract)}"
    )
    return structs.replace(best, steps=(Step(text=text), *best.steps))


def _within(figure: Decimal, begin: Decimal, end: Decimal | None) -> bool:
    return begin <= figure and (end is None or figure < end)


def _not_one(
    lane: LaneRate, cells: list[MileageBand], miles: Decimal, pounds: Decimal
) -> Unrated | None:
    if len(cells) == 1:
        return None
    spot = f"{quantity(miles)} miles and {quantity(pounds)} lb"
    if cells:
        return Unrated(
            text=f"{len(cells)} cells of the table of lane {lane.clause} hold for {spot}.",
            remedy="Let the bands of miles and pounds not overlap; an end is not within its band.",
        )
    return Unrated(
        text=f"No cell of the table of lane {lane.clause} holds for {spot}.",
        remedy="Add the missing band of miles or pounds.",
    )


def _priced(
    contract: Contract, cell: MileageBand, miles: Decimal, pounds: Decimal
) -> OfTable | None:
    """Return what a cell costs, None where it does not say exactly one way."""
    by_weight = cell.per_cwt is not None
    match (cell.flat, cell.per_mile, cell.per_cwt):
        case (Decimal() as flat, None, None):
            amount, words = flat, "flat"
        case (None, Decimal() as per_mile, None):
            amount = miles * per_mile
            words = f"{quantity(miles)} miles at {Money(per_mile, contract.currency)} per mile"
        case (None, None, Decimal() as per_cwt):
            amount = pounds * per_cwt / 100
            words = f"{quantity(pounds)} lb at {Money(per_cwt, contract.currency)} per cwt"
        case _:
            return None
    step = Step(text=f"{_spot(cell)}: {words}", result=str(rounded(amount, contract)))
    return OfTable(amount=amount, by_weight=by_weight, steps=(step,))


def _spot(cell: MileageBand) -> str:
    miles = _band(cell.from_mi, cell.to_mi, "miles")
    return f"{miles}, {_band(cell.from_lb, cell.to_lb, 'lb')}"


def _band(begin: Decimal, end: Decimal | None, unit: str) -> str:
    upper = "and more" if end is None else f"to under {quantity(end)}"
    return f"{quantity(begin)} {upper} {unit}"


def _unclear(lane: LaneRate) -> Unrated:
    return Unrated(
        text=f"A cell of the table of lane {lane.clause} does not say exactly one price.",
        remedy="State one of flat, per_mile and per_cwt with each band.",
    )
