"""The end of a dispute: what is conceded is paid, what is dropped is expected no more."""

from datetime import timedelta

from msgspec import structs

from drawbar.flow import accrual, approval, tally, voucher
from drawbar.flow.bill_state import BillState, BillStatus
from drawbar.flow.company import Company
from drawbar.flow.contested import item, kind_of
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import bill, shipment
from drawbar.flow.problem import settled
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.freight_bill import DisputeClosed
from drawbar.freight.money import zero
from drawbar.freight.verdict import LineVerdict
from drawbar.matching.concession import backed_by, conceded_uses
from drawbar.settlement.dispute import conclude
from drawbar.subledger.cost import end_dispute
from drawbar.subledger.expected import released_after


class NotInDispute(ValueError):
    """The line is not contested, or its dispute ended before. Name a line that is in dispute."""


def closed(state: BillState, fact: DisputeClosed, known: Known, company: Company) -> Decision:
    """Pay what is conceded of one line, and let go of the rest. Raise ``NotInDispute``."""
    load = known.states.get(shipment(state.shipment_ref))
    assert isinstance(load, ShipmentState)
    if fact.line in state.dropped:
        return NOTHING  # it ended before, and that stands
    verdict = _contested_line(state, fact)
    ending = conclude(verdict.disputed, fact.conceded)
    charges = approval.open_charges(load, used=load.used)
    conceded = conceded_uses(verdict, ending.conceded, agreed=charges)
    used = tally.plus(load.used, conceded)
    rest = approval.open_charges(load, used=used)
    let_go = backed_by(verdict.line, ending.dropped, agreed=rest)
    released = released_after(load.buy, used=used, released=load.released, more=let_go)
    over = structs.replace(
        state,
        dropped=(*state.dropped, fact.line),
        conceded=state.conceded | {fact.line: ending.conceded},
    )
    if not over.disputed.amount:
        over = structs.replace(over, status=BillStatus.APPROVED, reason="")
    after = structs.replace(load, used=used, released=released)
    return joined(
        _booked(over, load, after, verdict, fact, company),
        settled(kind_of(verdict), bill(fact.bill_ref), _ended(fact), item=item(verdict)),
        Decision(notes=((bill(fact.bill_ref), _ended(fact)),)),
    )


def _contested_line(state: BillState, fact: DisputeClosed) -> LineVerdict:
    for verdict in state.verdicts:
        if verdict.line.number == fact.line and verdict.disputed.amount:
            return verdict
    raise NotInDispute(f"line {fact.line} of {fact.bill_ref} is not in dispute")


def _booked(
    over: BillState,
    load: ShipmentState,
    after: ShipmentState,
    verdict: LineVerdict,
    fact: DisputeClosed,
    company: Company,
) -> Decision:
    nothing = zero(over.bill.currency)
    stays = accrual.still_expected(after) or nothing
    conceded = over.conceded[fact.line]
    entries = end_dispute(
        voucher.booked_as(over, load, fact, company),
        conceded=conceded,
        accrued=load.cost.money or nothing,
        stays=stays,
        corrects=load.cost.entry_ref,
    )
    line = structs.replace(verdict.line, money=conceded)
    due_at = fact.learned_at + timedelta(days=voucher.DEFAULT_PAYMENT_DAYS)
    lines = (line,) if conceded.amount else ()
    return voucher.vouchered(over, after, entries, lines, conceded, stays, due_at, company)


def _ended(fact: DisputeClosed) -> str:
    what = f"{fact.conceded} conceded" if fact.conceded.amount else "nothing conceded"
    return f"Dispute about line {fact.line} ended by {fact.closed_by}: {what}, {fact.reason}"
