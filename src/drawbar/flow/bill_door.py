"""What stops a freight bill before anybody looks for its shipment: sums, dates, whom to pay."""

from datetime import timedelta

from msgspec import structs

from drawbar.flow.bill_state import BillState
from drawbar.flow.books import payee
from drawbar.flow.company import Company
from drawbar.flow.decision import Decision, Known
from drawbar.flow.factoring import carriers_of, spoken_for
from drawbar.flow.needs import bill
from drawbar.flow.payment_payee import PayeeState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.freight_bill import BillReceived, FreightBill
from drawbar.freight.instant import Instant, local_day
from drawbar.matching.control_total import Differs, control_total
from drawbar.matching.tally import tally_doubts
from drawbar.settlement.payee import Unheard, in_force, recognise


def does_not_add_up(billed: FreightBill) -> str:
    """Return why a document cannot be paid as it stands, empty where it can."""
    if not billed.lines:
        return "The bill has no lines."
    broken = [line for line in billed.lines if line.money != line.money.rounded()]
    if broken:
        said = ", ".join(f"line {line.number} {line.money}" for line in broken[:5])
        return f"There are parts of a cent: {said}."
    footing = control_total(billed)
    return footing.text if isinstance(footing, Differs) else ""


def weak_points(fact: BillReceived, before: BillState | None) -> tuple[Decision, ...]:
    """Note once, beside a bill, where weight or pieces in its header are not those of its lines."""
    move = fact.bill.move
    doubts = tally_doubts(move) if move and before is None else ()
    return tuple(Decision(notes=((bill(fact.bill.bill_ref), one),)) for one in doubts)


def is_of_the_future(billed: FreightBill, received_at: Instant, company: Company) -> str:
    """Return why the day of a bill cannot be meant, empty where it can."""
    today = local_day(received_at, company.zone)
    days = company.policy.bill_future_days
    if billed.billed_on <= today + timedelta(days=days):
        return ""
    ahead = (billed.billed_on - today).days
    return f"The bill is dated {billed.billed_on}, {ahead} days after it came on {today}."


def payee_doubt(fact: BillReceived, known: Known, company: Company) -> str:
    """Return why whom a bill asks to pay is not paid, empty where it is on file."""
    billed = fact.bill
    carrier = company.carriers.get(billed.carrier_ref)
    if carrier is None or not billed.remit_to:
        return ""
    found = known.states.get(payee(billed.carrier_ref))
    told = found.changes if isinstance(found, PayeeState) else ()
    on = local_day(fact.learned_at, company.zone)
    outcome = recognise(billed.remit_to, carrier, on=on, changes=in_force(told, at=fact.learned_at))
    return outcome.text if isinstance(outcome, Unheard) else ""


def as_carriers(state: BillState, load: ShipmentState, company: Company) -> BillState:
    """Return a factor's bill as one of the carrier that drove the load; any other as it is."""
    billed = state.bill
    sender = billed.carrier_ref
    if load.payee_ref == sender or load.payee_ref not in carriers_of(billed, company):
        return state
    carrier = company.carriers[load.payee_ref]
    asked = billed.remit_to or sender
    whom = recognise(asked, carrier, on=billed.billed_on)
    return structs.replace(
        state,
        bill=spoken_for(structs.replace(billed, remit_to=asked), load.payee_ref),
        payee_doubt=whom.text if isinstance(whom, Unheard) else "",
    )
