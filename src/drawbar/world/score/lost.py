"""What was lost: an order that nobody drove, a delivery that nobody invoiced, a bill left lying.

What the firm says that it has in hand, in an open case or on hold, is not lost.
"""

from collections.abc import Iterable, Iterator

from drawbar.world.score.evidence import Evidence
from drawbar.world.score.finding import Finding
from drawbar.world.score.invoiced import invoices_by_shipment
from drawbar.world.score.outcome import Outcome
from drawbar.world.score.rule import Rules
from drawbar.world.score.story import Story


def lost(
    story: Story, evidence: Evidence, outcomes: Iterable[Outcome], rules: Rules
) -> tuple[Finding, ...]:
    """Return everything that is lost, in order."""
    found = [
        *_orders(story, evidence, rules),
        *_deliveries(story, evidence, rules),
        *_bills(story, outcomes, rules),
    ]
    return tuple(sorted(found))


def _orders(story: Story, evidence: Evidence, rules: Rules) -> Iterator[Finding]:
    traced = {name for tender in evidence.tenders for name in (tender.shipment, *tender.names)}
    traced |= {order for order, _ in story.loads}
    traced |= {word for one in evidence.documents for word in one.text.split()}
    for order in story.orders.values():
        names = {order.order, *order.names}
        is_late = order.entered_at + rules.tender_within <= story.now
        explained = story.is_cancelled(order) or names & (traced | rules.in_hand)
        if is_late and not explained:
            text = f"entered {order.entered_at:%Y-%m-%d %H:%M}, tendered to nobody, in no book"
            yield Finding(rule="order_untouched", subject=order.order, text=text)


def _deliveries(story: Story, evidence: Evidence, rules: Rules) -> Iterator[Finding]:
    invoiced = invoices_by_shipment(story, evidence.documents)
    for load in story.loads.values():
        delivered_at = story.delivered_at(load)
        proven_at = story.proven_at.get(load.order)
        if delivered_at is None or proven_at is None or load.revenue_cents == 0:
            continue
        order = story.orders.get(load.order)
        names = {load.order, load.shipment, *(order.names if order else ())}
        is_late = max(delivered_at, proven_at) + rules.invoice_within <= story.now
        if is_late and load.shipment not in invoiced and not names & rules.in_hand:
            text = f"delivered {delivered_at:%Y-%m-%d}, proven {proven_at:%Y-%m-%d}, not invoiced"
            yield Finding(rule="delivery_not_invoiced", subject=load.order, text=text)


def _bills(story: Story, outcomes: Iterable[Outcome], rules: Rules) -> Iterator[Finding]:
    for one in outcomes:
        bill = one.bill
        load = story.loads.get((bill.order, bill.carrier))
        names = {bill.key, bill.number, bill.order, load.shipment if load else ""}
        is_answered = one.claims or one.is_told or names & rules.in_hand
        if bill.judged and one.is_old and one.payable > 0 and not is_answered:
            text = f"{bill.number} over {one.billed} {bill.currency}, sent {bill.sent_at:%Y-%m-%d}"
            yield Finding(rule="bill_unanswered", subject=bill.key, text=text)
