"""Which tax clauses of a contract hold for a load: by the day of its delivery and by its places.

An exemption by certificate comes first, then the most exact place; a day without any is no guess.
"""

from datetime import date

from msgspec import structs

from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Basis, Contract
from drawbar.freight.movement import Movement
from drawbar.freight.tax import TaxTerms
from drawbar.rating.basis import basis_day
from drawbar.rating.lane_place import Exactness, exactness
from drawbar.rating.unrated import Unrated

Rank = tuple[bool, Exactness, Exactness]


def taxed_as(contract: Contract, movement: Movement) -> Contract | Unrated:
    """Return the contract with only the tax clauses that hold for the load."""
    if not contract.tax:
        return contract
    first, last = movement.visits[0], movement.visits[-1]
    on = basis_day(Basis.DELIVERY, tendered_at=None, pickup=first, delivery=last)
    ranked = [(one, rank) for one in contract.tax if (rank := _rank(one, contract, movement, on))]
    if not ranked:
        return Unrated(
            text=f"No tax clause of {contract.contract_ref} holds for a delivery on {on} there.",
            remedy="State a tax clause for that place and day, with 0 percent where none is due.",
        )
    best: dict[tuple[ChargeKind, ...], Rank] = {}
    for one, rank in ranked:
        kinds = tuple(sorted(one.kinds))
        best[kinds] = max(best.get(kinds, rank), rank)
    held = tuple(one for one, rank in ranked if rank == best[tuple(sorted(one.kinds))])
    return structs.replace(contract, tax=held)


def _rank(terms: TaxTerms, contract: Contract, movement: Movement, on: date) -> Rank | None:
    """Return how exactly a clause is for the load, None where it does not hold for it."""
    begun = terms.valid_from is None or terms.valid_from <= on
    over = terms.valid_to is not None and terms.valid_to <= on
    there = exactness(terms.destination, movement.destination, zones=contract.zones)
    here = exactness(terms.origin, movement.origin, zones=contract.zones)
    if not begun or over or there is None or here is None:
        return None
    return bool(terms.certificate), there, here
