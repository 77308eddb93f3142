"""What a movement costs or earns with a party: the contract that holds, and every charge under it.

Planning, accrual, billing, the audit and the shadow audit all ask here, so they cannot disagree.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct, structs

from drawbar.freight.contract import Basis, Contract, Side
from drawbar.freight.instant import Instant
from drawbar.freight.market import NO_MARKET, Market
from drawbar.freight.movement import Movement
from drawbar.rating.basis import basis_day
from drawbar.rating.exchange import settled_in
from drawbar.rating.shipment import Rated, rate
from drawbar.rating.unrated import Unrated
from drawbar.rating.validity import InForce, in_force_by_basis


class Priced(Struct, frozen=True, tag=True):
    """The charges of a movement, the contract version they come of, the day it was asked for."""

    contract: Contract
    on: date
    rated: Rated


def price(
    contracts: Iterable[Contract],
    movement: Movement,
    *,
    party_ref: str,
    side: Side,
    known_at: Instant,
    market: Market = NO_MARKET,
) -> Priced | Unrated:
    """Return what ``movement`` costs or earns with a party, by what was known at ``known_at``.

    The order of ``contracts`` does not matter; those with others, of the other side, or not yet
    known are passed over.
    """
    if not movement.visits:
        return NOWHERE
    days = days_of(movement)
    found = in_force_by_basis(
        contracts, party_ref=party_ref, side=side, days=days, known_at=known_at
    )
    if not isinstance(found, InForce):
        return Unrated(text=found.text, remedy=found.remedy)
    contract, on = found.contract, days[found.contract.basis]
    asked = in_currency(movement, contract)
    outcome = rate(contract, asked, on=on, market=market.as_known_at(known_at))
    return Priced(contract, on, outcome) if isinstance(outcome, Rated) else outcome


NOWHERE = Unrated(
    text="The movement has no stops, so no day decides its rate.",
    remedy="State at least the pickup and the delivery, each with its zone and when it is due.",
)


def days_of(movement: Movement) -> Mapping[Basis, date]:
    """Return the day by each basis that a contract may go by; the movement has stops."""
    first, last = movement.visits[0], movement.visits[-1]
    tendered_at = movement.tendered_at
    return {
        basis: basis_day(basis, tendered_at=tendered_at, pickup=first, delivery=last)
        for basis in Basis
    }


def in_currency(movement: Movement, contract: Contract) -> Movement:
    """Return the movement with only the approvals in a currency that the contract can take.

    Where it says how money is exchanged that is any, else its own and that of its bills.
    """
    if contract.exchange is not None:
        return movement
    currencies = {contract.currency, settled_in(contract)}
    alike = tuple(one for one in movement.approvals if one.money.currency in currencies)
    return movement if alike == movement.approvals else structs.replace(movement, approvals=alike)
