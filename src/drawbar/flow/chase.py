"""The chase: a delivered load whose bill is missing is listed from its day, until it is billed.

What the bill will cost stays accrued; the carrier is asked for it once.
"""

from msgspec import structs

from drawbar.flow.company import Company
from drawbar.flow.conclusion import concluded
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Deadline, DeadlineCleared, Decision, Known, joined
from drawbar.flow.needs import shipment
from drawbar.flow.notice import told
from drawbar.flow.problem import raised, settled
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.chase import InvoiceMissing
from drawbar.freight.delivery import TellCarrier, Topic
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.instant import Instant, local_day
from drawbar.freight.money import Money, total
from drawbar.settlement.chase import missing_from, unbilled

DEADLINE = "invoice"  # stored


def watched(
    before: ShipmentState | None, now: ShipmentState, fact: Fact, company: Company
) -> tuple[ShipmentState, Decision]:
    """Return the load with the time from which its bill is missing, and the deadline for it."""
    if before is not None and _same(before, now):
        return now, NOTHING
    due = expected(now, company)
    if due == now.bill_due_at:
        return now, NOTHING
    stream = shipment(now.shipment_ref)
    kept = structs.replace(
        now, bill_due_at=due, bill_missing_at=now.bill_missing_at if due else None
    )
    if due is None:
        because = "It is billed, or nobody has to bill it any more."
        return kept, joined(
            Decision(cleared=(DeadlineCleared(stream=stream, name=DEADLINE),)),
            settled(CaseKind.MISSING_INVOICE, stream, because),
        )
    missing = following(
        InvoiceMissing, fact, about=now.shipment_ref, at=due, shipment_ref=now.shipment_ref
    )
    deadline = Deadline(stream=stream, name=DEADLINE, due_at=due, fact=missing)
    return kept, Decision(deadlines=(deadline,))


def expected(load: ShipmentState, company: Company) -> Instant | None:
    """Return from when the bill of a load is missing; None where none is awaited."""
    days = company.policy.missing_invoice_days
    if days <= 0 or not load.delivered or not load.payee_ref or load.cancelled_at:
        return None
    if not missing_charges(load) and (load.buy or _bills(load)):
        return None
    delivered_at = concluded(load, company).delivered_at
    if delivered_at is None:
        return None
    zone = load.order.delivery.place.zone
    return missing_from(delivered_at, days=days, zone=zone)


def missing_charges(load: ShipmentState) -> tuple[AgreedCharge, ...]:
    """Return what of a load's agreed cost no bill of its carrier speaks of."""
    billed = (line for one in _bills(load) for line in one)
    return unbilled(load.buy, billed=billed, released=load.released)


def missing_money(load: ShipmentState) -> Money | None:
    """Return what the missing bill should come to; None where nothing is priced."""
    charges = missing_charges(load)
    if not charges:
        return None
    currency = charges[0].charge.money.currency
    return total((one.charge.money for one in charges), currency=currency)


def listed(fact: InvoiceMissing, known: Known, company: Company) -> Decision:
    """Put a load on the chase list and ask its carrier for the bill, once."""
    load = known.states.get(shipment(fact.shipment_ref))
    if not isinstance(load, ShipmentState) or load.bill_missing_at:
        return NOTHING
    due = expected(load, company)
    if due is None or due > fact.learned_at:
        return NOTHING  # billed meanwhile, or delivered later than was thought
    stream = shipment(load.shipment_ref)
    kept = structs.replace(load, bill_missing_at=fact.learned_at)
    text = _asks(load, company)
    case = raised(
        CaseKind.MISSING_INVOICE,
        stream,
        f"{load.payee_ref} has not billed {load.shipment_ref},"
        f" delivered {company.policy.missing_invoice_days} days ago.",
        remedy=f'Write to the carrier: "{text}"',
        now=fact.learned_at,
        money=missing_money(load),
    )
    payload = TellCarrier(
        topic=Topic.MISSING_INVOICE,
        about=load.shipment_ref,
        carrier_ref=load.payee_ref,
        shipment_ref=load.shipment_ref,
        text=text,
        money=missing_money(load),
    )
    asked = told(payload, stream=stream, key=load.payee_ref, company=company)
    return joined(Decision(states={stream: kept}), case, asked)


def _asks(load: ShipmentState, company: Company) -> str:
    names = [
        f"{one.kind.value.upper()} {one.value}"
        for one in load.order.references
        if one.kind.value in {"bol", "po"}
    ]
    delivered_at = concluded(load, company).delivered_at
    zone = load.order.delivery.place.zone
    on = f" on {local_day(delivered_at, zone)}" if delivered_at else ""
    kinds = ", ".join(one.charge.kind.value.replace("_", " ") for one in missing_charges(load))
    what = f" for {kinds}" if kinds else ""
    also = f" ({', '.join(names)})" if names else ""
    return f"You delivered {load.shipment_ref}{also}{on}. Please send us your bill{what}."


def _bills(load: ShipmentState) -> list[tuple[BillLine, ...]]:
    return [one.lines for one in load.bills if one.carrier_ref == load.payee_ref]


def _same(before: ShipmentState, now: ShipmentState) -> bool:
    return (
        before.status is now.status
        and before.log is now.log
        and before.pods is now.pods
        and before.bills is now.bills
        and before.buy == now.buy
        and before.released == now.released
        and before.payee_ref == now.payee_ref
        and before.cancelled_at == now.cancelled_at
    )
