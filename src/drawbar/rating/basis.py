"""Which calendar day decides the rate: the day at the stop, not the day in UTC."""

from datetime import date
from typing import assert_never

from drawbar.freight.contract import Basis
from drawbar.freight.instant import Instant, local_day
from drawbar.freight.visit import Visit


def basis_day(
    contract_basis: Basis, *, tendered_at: Instant | None, pickup: Visit, delivery: Visit
) -> date:
    """Return the local day on which rates are looked up; the planned day until it has happened.

    A tender's day is the day at the pickup, where the load was offered from. A stop's day is that
    of the departure, else of the arrival, else of the appointment.
    """
    match contract_basis:
        case Basis.PICKUP:
            return _day(pickup)
        case Basis.DELIVERY:
            return _day(delivery)
        case Basis.TENDER:
            return _day(pickup) if tendered_at is None else local_day(tendered_at, pickup.zone)
        case _:
            assert_never(contract_basis)


def _day(visit: Visit) -> date:
    return local_day(visit.departed_at or visit.arrived_at or visit.due_at, visit.zone)
