"""Flat accessorials that the contract grants without asking anybody.

What only an event or a receipt can prove is never owed because a clause names a price for it.
"""

from drawbar.freight.accessorial import AccessorialRate
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Step
from drawbar.freight.contract import Contract
from drawbar.freight.visit import Visit
from drawbar.rating.grant import granted, rounded

NEEDS_PROOF = frozenset(
    {
        ChargeKind.DETENTION,
        ChargeKind.LAYOVER,
        ChargeKind.LUMPER,
        ChargeKind.TONU,
        ChargeKind.REDELIVERY,
        ChargeKind.RECONSIGNMENT,
        ChargeKind.STORAGE,
    }
)


def standing_charges(contract: Contract, visits: tuple[Visit, ...]) -> tuple[AgreedCharge, ...]:
    """Return one charge per clause that needs no approval; a stop-off once per stop on the way.

    ``visits`` are in driving order; the first and the last are not stop-offs.
    """
    rows: dict[ChargeKind, AccessorialRate] = {}
    for row in contract.accessorials:
        if not row.needs_approval and row.kind not in NEEDS_PROOF:
            rows.setdefault(row.kind, row)
    return tuple(
        _charge(contract, row, stop) for row in rows.values() for stop in _stops(row, visits)
    )


def _stops(row: AccessorialRate, visits: tuple[Visit, ...]) -> tuple[int, ...]:
    if row.kind is not ChargeKind.STOP_OFF:
        return (0,)
    return tuple(visit.stop for visit in visits[1:-1])


def _charge(contract: Contract, row: AccessorialRate, stop: int) -> AgreedCharge:
    money = rounded(row.amount, contract)
    step = Step(text=f"flat {money} by clause {row.clause}, no approval needed", result=str(money))
    charge = Charge(kind=row.kind, money=money, stop=stop)
    return granted(contract, charge, clause=row.clause, steps=(step,))
