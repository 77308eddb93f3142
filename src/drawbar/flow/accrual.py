"""The accruals of a shipment: cost from its pickup on, revenue from its delivery, or by policy.

What is accrued is always what is still expected; each change of it is one more balanced entry.
"""

from datetime import date
from typing import assert_never

from msgspec import structs

from drawbar.flow import document, pricing, tax_part
from drawbar.flow.company import Company
from drawbar.flow.conclusion import Conclusion
from drawbar.flow.decision import NOTHING, Decision, joined
from drawbar.flow.exchange_change import by_rate
from drawbar.flow.needs import shipment
from drawbar.flow.shipment_state import Accrual, ShipmentState
from drawbar.flow.supplement import supplement
from drawbar.freight.accrual_point import AccrualPoint
from drawbar.freight.delivery import PostJournal
from drawbar.freight.fact import Fact
from drawbar.freight.instant import Instant, local_day
from drawbar.freight.ledger import Entry
from drawbar.freight.money import Money, zero
from drawbar.matching.concession import counted
from drawbar.milestones.pod import PodIncomplete, PodMissing
from drawbar.subledger.booking import Booking
from drawbar.subledger.cost import accrue_cost, cancel_cost
from drawbar.subledger.expected import open_amount
from drawbar.subledger.revenue import accrue_revenue
from drawbar.subledger.tax import TaxPart, accrued_only


def accrued(
    before: ShipmentState, state: ShipmentState, seen: Conclusion, fact: Fact, company: Company
) -> tuple[ShipmentState, Decision]:
    """Return the shipment with its accruals brought up to date, and the entries that do it.

    ``before`` is the shipment as it was accrued last: what a rate of exchange moved since is told
    apart from what the freight costs.
    """
    state, cost = _cost(before, _counted(state), seen, fact, company)
    state, revenue = _revenue(state, seen, fact, company)
    return state, joined(cost, revenue)


def _counted(state: ShipmentState) -> ShipmentState:
    """Count what was conceded before against what is agreed by now, so that it is paid once."""
    if not state.conceded:
        return state
    now = counted(state.conceded, agreed=state.buy, used=state.used)
    return structs.replace(state, used=now.used, conceded=now.conceded)


def still_expected(state: ShipmentState) -> Money | None:
    """Return what is agreed and neither billed nor released; None where nothing was ever agreed."""
    currency = _currency(state)
    if currency is None:
        return None
    return open_amount(state.buy, used=state.used, released=state.released, currency=currency)


def currency_of(state: ShipmentState, otherwise: str) -> str:
    """Return the currency in which the shipment's cost is agreed, ``otherwise`` if none is."""
    return _currency(state) or otherwise


def _currency(state: ShipmentState) -> str | None:
    if state.buy:
        return state.buy[0].charge.money.currency
    return state.cost.money.currency if state.cost.money else None


def _cost(
    last: ShipmentState, state: ShipmentState, seen: Conclusion, fact: Fact, company: Company
) -> tuple[ShipmentState, Decision]:
    point = company.policy.cost_accrues_at
    expected = still_expected(state) if _is_due(point, state, seen) else None
    if expected is None:
        return state, NOTHING
    before = state.cost.money or zero(expected.currency)
    tax = tax_of(state.cost, after=tax_part.still_to_bill(state, expected.currency))
    if before == expected and not tax.moved.amount:
        return state, NOTHING
    first_at = _happened_at(point, seen) if not state.cost.money else None
    booking = _booking(state, first_at, fact, company)
    if state.cancelled_at and before.amount and expected.amount:
        entries = cancel_cost(
            booking, accrued=before, owed=expected, corrects=state.cost.entry_ref, tax=tax
        )
    else:
        entries = accrue_cost(
            booking,
            expected=expected,
            accrued=before,
            corrects=state.cost.entry_ref,
            exchange=by_rate(last, state, currency=expected.currency),
            tax=tax,
        )
    now = Accrual(money=expected, tax=tax.after)
    return _posted(state, entries, "cost", now, company)


def _revenue(
    state: ShipmentState, seen: Conclusion, fact: Fact, company: Company
) -> tuple[ShipmentState, Decision]:
    point = company.policy.revenue_accrues_at
    if not state.sell or not _is_due(point, state, seen):
        return state, NOTHING
    owed, currency = supplement(state), state.sell[0].charge.money.currency
    expected = pricing.amount(owed, currency)
    before = state.revenue.money or zero(expected.currency)
    tax = tax_of(state.revenue, after=tax_part.invoiced(owed, currency))
    if before == expected and not tax.moved.amount:
        return state, NOTHING
    first_at = _happened_at(point, seen) if not state.revenue.money else None
    booking = _booking(state, first_at, fact, company)
    entries = accrue_revenue(
        booking, expected=expected, accrued=before, corrects=state.revenue.entry_ref, tax=tax
    )
    now = Accrual(money=expected, tax=tax.after)
    return _posted(state, entries, "revenue", now, company)


def tax_of(booked: Accrual, *, after: Money) -> TaxPart:
    """Return the tax of an entry that leaves ``after`` of it accrued, and pays nothing."""
    return accrued_only(before=booked.tax or zero(after.currency), after=after)


def _is_due(point: AccrualPoint, state: ShipmentState, seen: Conclusion) -> bool:
    """Return whether it stands in the books by now; what a cancelled load owes does at once."""
    if state.cancelled_at:
        return True
    match point:
        case AccrualPoint.TENDER_ACCEPTED:
            return state.award is not None
        case AccrualPoint.PICKED_UP:
            return seen.picked_up
        case AccrualPoint.DELIVERED:
            return seen.delivered
        case AccrualPoint.PROVEN:
            return seen.delivered and not isinstance(seen.proof, PodMissing | PodIncomplete)
        case _:
            assert_never(point)


def _happened_at(point: AccrualPoint, seen: Conclusion) -> Instant | None:
    """Return when the event was that earns it, None where only the fact itself is dated."""
    match point:
        case AccrualPoint.PICKED_UP:
            return seen.departed_at
        case AccrualPoint.DELIVERED:
            return seen.delivered_at
        case AccrualPoint.TENDER_ACCEPTED | AccrualPoint.PROVEN:
            return None
        case _:
            assert_never(point)


def _booking(
    state: ShipmentState, first_at: Instant | None, fact: Fact, company: Company
) -> Booking:
    """Date the first entry by the event that earns it, a later one by the fact that changes it."""
    return Booking(
        about=shipment(state.shipment_ref),
        shipment_ref=state.shipment_ref,
        document_on=_day(first_at or fact.happened_at, company),
        revision=state.turn + 1,
        text=f"{state.shipment_ref} of order {state.order.order_ref}",
    )


def _day(moment: Instant, company: Company) -> date:
    return local_day(moment, company.zone)


def _posted(
    state: ShipmentState, entries: tuple[Entry, ...], side: str, now: Accrual, company: Company
) -> tuple[ShipmentState, Decision]:
    if not entries:
        return state, NOTHING
    stream = shipment(state.shipment_ref)
    documents = state.documents
    parts = []
    for entry in entries:
        key = entry.entry_ref
        documents = document.expected(documents, business_key=key, amount=document.debits(entry))
        journal = PostJournal(entry=entry)
        parts.append(
            document.post(journal, business_key=key, stream=stream, entry=entry, company=company)
        )
        note = f"{entry.purpose.value.replace('_', ' ').capitalize()}: {now.money} is accrued now"
        parts.append(Decision(notes=((stream, note),)))
    accrual = structs.replace(now, entry_ref=entries[-1].entry_ref)
    changed = structs.replace(state, turn=state.turn + 1, documents=documents, **{side: accrual})
    return changed, joined(*parts)
