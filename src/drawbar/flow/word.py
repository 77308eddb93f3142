"""How far somebody's word goes, asked where the money is decided: no door can pass it by.

The doors ask the same before, so that a person learns it at the click.
"""

from collections.abc import Iterable

from drawbar.flow.bill_objection import granted_by, limit_told
from drawbar.flow.bill_state import BillState
from drawbar.flow.company import Company
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.freight_bill import ChargeApproved, DisputeClosed
from drawbar.freight.money import Money
from drawbar.settlement.authority import Authority, Person, authority


class BeyondLimit(ValueError):
    """Somebody would let us pay more than their word is good for. Ask whoever may approve it."""


def far_enough(fact: ChargeApproved, load: ShipmentState, company: Company) -> Authority:
    """Return whether who approved a charge may alone or with a second person; money of nothing may.

    Raise ``BeyondLimit`` for neither.
    """
    person = Person(name=fact.approved_by, role=fact.role)
    if not fact.money.amount:
        return Authority.ALONE
    may = authority(
        fact.money,
        person,
        before=approved_before(person.name, load),
        limits=company.policy.approval_limits,
        currency=company.currency,
    )
    if may is Authority.BEYOND:
        told = limit_told(person, company)
        raise BeyondLimit(f"{fact.money} is more than {person.name} may approve. {told}")
    return may


def approved_before(name: str, load: ShipmentState) -> tuple[Money, ...]:
    """Return what somebody approved of a load before, alone or with another."""
    return tuple(one.money for one in load.approvals if name in (one.approved_by, one.seconded_by))


def refuse_concession(
    fact: DisputeClosed, state: BillState, load: ShipmentState | None, company: Company
) -> None:
    """Raise ``BeyondLimit`` where more is conceded than who conceded it may approve alone.

    What a credit bill gave back already is nobody's word: both together pay nothing.
    """
    if fact.against:
        return
    person = Person(name=fact.closed_by, role=fact.role)
    _refuse(fact.conceded, person, granted_by(person.name, state=state, load=load), company)


def _refuse(money: Money, person: Person, before: Iterable[Money], company: Company) -> None:
    limits = company.policy.approval_limits
    may = authority(money, person, before=before, limits=limits, currency=company.currency)
    if money.amount and may is not Authority.ALONE:
        told = limit_told(person, company)
        raise BeyondLimit(f"{money} is more than {person.name} may approve alone. {told}")
