"""What a load costs and earns under the firm's contracts: the same rating for every purpose."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct, structs

from drawbar.flow.company import Company
from drawbar.flow.decision import Decision, joined
from drawbar.flow.needs import shipment
from drawbar.flow.problem import raised
from drawbar.flow.proofs import proofs_of
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.tariff import as_known, holding_on, rate
from drawbar.freight.approval import Approval
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.contract import Side
from drawbar.freight.fact import Fact
from drawbar.freight.identity import shipment_ref_of
from drawbar.freight.instant import Instant
from drawbar.freight.lane import LaneRate
from drawbar.freight.money import Money, total
from drawbar.freight.movement import Certificate, Movement, Proof
from drawbar.freight.order import Order, OrderCancelled, Stop
from drawbar.freight.visit import Visit, planned
from drawbar.milestones.account import Account, effective
from drawbar.milestones.log import Log
from drawbar.milestones.rules import MilestoneRules
from drawbar.milestones.visits import visits
from drawbar.rating.approval import with_approvals
from drawbar.rating.basis import basis_day
from drawbar.rating.lane import OnLane, lane_of
from drawbar.rating.pricing import NOWHERE, Priced, days_of, in_currency
from drawbar.rating.shipment import Rated
from drawbar.rating.tonu import Owed, tonu
from drawbar.rating.unrated import Unrated
from drawbar.rating.validity import InForce, Validity

REMEMBERED_ACCOUNTS = 1_000
"""One for each load that was last asked for, as it was reported then."""


class Quoted(Struct, frozen=True, kw_only=True):
    """Carriers with a rate in force for a load; cases for those without."""

    rates: Mapping[str, Rated]
    cases: Decision


def planned_visits(order: Order) -> tuple[Visit, ...]:
    """Return the stops as they are planned, before anybody drove."""
    return tuple(planned(stop) for stop in order.stops)


def rated(
    order: Order, party_ref: str, side: Side, company: Company, *, known_at: Instant
) -> Rated | Unrated:
    """Return the charges of a load as it is planned, or why there are none."""
    planned = movement_of(order, planned_visits(order))
    return charges_of(planned, party_ref, side, company, known_at=known_at)


def charges_of(
    movement: Movement, party_ref: str, side: Side, company: Company, *, known_at: Instant
) -> Rated | Unrated:
    """Return the charges alone of what ``price`` says."""
    outcome = price(movement, party_ref, side, company, known_at=known_at)
    return outcome if isinstance(outcome, Unrated) else outcome.rated


def price(
    movement: Movement, party_ref: str, side: Side, company: Company, *, known_at: Instant
) -> Priced | Unrated:
    """Return what ``rating.pricing.price`` says under the firm's contracts, remembered."""
    if not movement.visits:
        return NOWHERE
    found = contract_for(party_ref, side, company, known_at, movement)
    return price_under(found, movement, company, known_at=known_at)


def price_under(
    found: Validity, movement: Movement, company: Company, *, known_at: Instant
) -> Priced | Unrated:
    """Return what ``price`` says under the contract that ``contract_for`` found for a movement."""
    if not isinstance(found, InForce):
        return Unrated(text=found.text, remedy=found.remedy)
    contract = found.contract
    first, last = movement.visits[0], movement.visits[-1]
    on = basis_day(contract.basis, tendered_at=movement.tendered_at, pickup=first, delivery=last)
    tariffs = company.tariffs[contract.party_ref, contract.side]
    tariff = next(one for one in tariffs if one.contract is contract)
    outcome = rate(as_known(tariff, known_at), in_currency(movement, contract), on)
    return Priced(contract, on, outcome) if isinstance(outcome, Rated) else outcome


def movement_of(
    order: Order,
    driven: tuple[Visit, ...],
    *,
    approvals: tuple[Approval, ...] = (),
    certificates: tuple[Certificate, ...] = (),
    proofs: tuple[Proof, ...] = (),
    tendered_at: Instant | None = None,
) -> Movement:
    """Return a load as rating sees it."""
    return Movement(
        origin=order.pickup.place,
        destination=order.delivery.place,
        visits=driven,
        goods=order.goods,
        equipment=order.equipment,
        service=order.service,
        approvals=approvals,
        certificates=certificates,
        proofs=proofs,
        tendered_at=tendered_at,
    )


def contract_for(
    party_ref: str, side: Side, company: Company, known_at: Instant, movement: Movement
) -> Validity:
    """Return the contract in force on the day that it says decides, or why there is none."""
    with_party = company.tariffs.get((party_ref, side), ())
    known = tuple(one for one in with_party if one.contract.known_at <= known_at)
    return holding_on(known, party_ref, side, tuple(days_of(movement).items()))


def contract_of(load: ShipmentState, company: Company, *, known_at: Instant) -> Validity:
    """Return the contract that the load's carrier bills under, by all that happened so far."""
    movement = as_driven(load, company)
    return contract_for(load.payee_ref, Side.BUY, company, known_at, movement)


def as_driven(
    load: ShipmentState, company: Company, driven: tuple[Visit, ...] | None = None
) -> Movement:
    """Return a load as it was driven so far, with what people approved and scales certified."""
    movement = movement_of(
        load.order,
        visits_of(load, company) if driven is None else driven,
        approvals=load.approvals,
        certificates=load.counted_certificates(company.carriers),
        proofs=proofs_of(load, company),
        tendered_at=load.tendered_at,
    )
    billed = [one.billed_on for one in load.bills if one.billed_on]
    return structs.replace(movement, invoiced_on=min(billed)) if billed else movement


def visits_of(load: ShipmentState, company: Company) -> tuple[Visit, ...]:
    """Return the stops of a load as they were driven."""
    return visits(account_of(load, company), stops=load.order.stops)


def account_of(load: ShipmentState, company: Company) -> Account:
    """Return what was reported of a load and counts, reckoned once for all that ask in a row."""
    minutes = company.policy.sources_agree_minutes
    return _account(load.counted_log(company.carriers), load.order.stops, minutes)


@lru_cache(maxsize=REMEMBERED_ACCOUNTS)
def _account(log: Log, stops: tuple[Stop, ...], together_minutes: int) -> Account:
    return effective(log, stops=stops, rules=MilestoneRules(together_minutes=together_minutes))


def as_planned(load: ShipmentState) -> Movement:
    """Return a load as it was planned and tendered, before anybody drove."""
    return movement_of(load.order, planned_visits(load.order), tendered_at=load.tendered_at)


def amount(charges: Iterable[AgreedCharge], currency: str) -> Money:
    """Return the sum of charges of one currency."""
    return total((one.charge.money for one in charges), currency=currency)


def expected_revenue(order: Order, company: Company, *, known_at: Instant) -> Money | None:
    """Return what the customer will owe for the order as planned, None where nobody can tell."""
    outcome = rated(order, order.customer_ref, Side.SELL, company, known_at=known_at)
    if isinstance(outcome, Unrated) or not outcome.charges:
        return None
    return amount(outcome.charges, outcome.charges[0].charge.money.currency)


def lacking_for(order: Order, company: Company, *, known_at: Instant) -> tuple[str, ...]:
    """Return the indices and sources without whose word an order has no price; empty for none."""
    outcome = rated(order, order.customer_ref, Side.SELL, company, known_at=known_at)
    return outcome.awaits if isinstance(outcome, Unrated) else ()


def expected_cost(order: Order, carrier_ref: str, company: Company, fact: Fact) -> Money | None:
    """Return what the carrier will be owed for the order as planned, None where nobody can tell."""
    outcome = rated(order, carrier_ref, Side.BUY, company, known_at=fact.learned_at)
    if isinstance(outcome, Unrated) or not outcome.charges:
        return None
    return amount(outcome.charges, outcome.charges[0].charge.money.currency)


def guide_for(order: Order, company: Company) -> tuple[str, ...]:
    """Return the carriers of the most exact routing guide; empty where none or two alike fit."""
    lanes = tuple(
        LaneRate(clause=guide.guide_ref, origin=guide.origin, destination=guide.destination)
        for guide in company.guides
    )
    found = lane_of(lanes, origin=order.pickup.place, destination=order.delivery.place)
    if not isinstance(found, OnLane):
        return ()
    guides = {guide.guide_ref: guide.carriers for guide in company.guides}
    return guides[found.lane.clause]


def with_approved(
    load: ShipmentState, charges: tuple[AgreedCharge, ...], company: Company, *, known_at: Instant
) -> tuple[AgreedCharge, ...]:
    """Return the charges of a cancelled load with what a person approved on top of them."""
    if not load.approvals:
        return charges
    movement = as_planned(load)
    found = contract_for(load.payee_ref, Side.BUY, company, known_at, movement)
    if not isinstance(found, InForce):
        return charges
    currency = found.contract.currency
    approvals = tuple(one for one in load.approvals if one.money.currency == currency)
    return with_approvals(found.contract, charges, approvals)


class NotUsed(Struct, frozen=True, kw_only=True):
    """What a truck costs that was ordered and not used, with the reason in words."""

    charges: tuple[AgreedCharge, ...]
    text: str


def not_used(
    planned: ShipmentState, party_ref: str, side: Side, fact: OrderCancelled, company: Company
) -> NotUsed:
    """Return the TONU that a party's contract grants for this cancellation."""
    found = contract_for(party_ref, side, company, fact.learned_at, as_planned(planned))
    if not isinstance(found, InForce):
        return NotUsed(charges=(), text=found.text)
    outcome = tonu(
        found.contract,
        pickup_due_at=planned.order.pickup.due_at,
        cancelled_at=fact.happened_at,
        driver_dispatched=planned.driver_dispatched_at is not None,
        facts=(fact.key,),
    )
    if isinstance(outcome, Owed):
        money = outcome.charge.charge.money
        return NotUsed(charges=(outcome.charge,), text=f"TONU of {money} with {party_ref}")
    return NotUsed(charges=(), text=f"{party_ref}: {outcome.text}")


def priced_carriers(order: Order, guide: Iterable[str], company: Company, fact: Fact) -> Quoted:
    """Return the active carriers of a guide that have a rate for the load."""
    rates: dict[str, Rated] = {}
    cases: list[Decision] = []
    for ref in guide:
        carrier = company.carriers.get(ref)
        if carrier is None or not carrier.active:
            continue
        outcome = rated(order, ref, Side.BUY, company, known_at=fact.learned_at)
        if isinstance(outcome, Rated):
            rates[ref] = outcome
        else:
            cases.append(_unrated(order, ref, outcome, fact))
    return Quoted(rates=rates, cases=joined(*cases))


def _unrated(order: Order, carrier_ref: str, why: Unrated, fact: Fact) -> Decision:
    return raised(
        CaseKind.UNRATED,
        shipment(shipment_ref_of(order.order_ref)),
        f"{carrier_ref} was not asked: {why.text}.",
        remedy=why.remedy,
        now=fact.learned_at,
        item=carrier_ref,
        cause=f"unrated:{carrier_ref}",
    )
