"""The voucher: what we approved of a bill, for the ERP to pay; a revision pays what is new."""

from msgspec import structs

from drawbar.flow import accrual, document, tally, tax_part
from drawbar.flow.bill_state import BillState, Payable
from drawbar.flow.company import Company, PaidBy
from drawbar.flow.decision import NOTHING, Decision, joined
from drawbar.flow.needs import bill, shipment
from drawbar.flow.problem import raised
from drawbar.flow.shipment_state import Accrual, ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.contract import Contract
from drawbar.freight.delivery import PostJournal, PostVoucher
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.instant import Instant, local_day
from drawbar.freight.ledger import Account, Entry
from drawbar.freight.money import Money, zero
from drawbar.freight.verdict import LineVerdict
from drawbar.settlement.quick_pay import early_terms
from drawbar.settlement.voucher import Settlement, settle
from drawbar.subledger.booking import Booking
from drawbar.subledger.cost import approve_bill
from drawbar.subledger.tax import TaxPart

DEFAULT_PAYMENT_DAYS = 30


def issued(
    before: BillState,
    now: BillState,
    *,
    load: ShipmentState,
    after: ShipmentState,
    contract: Contract | None,
    fact: Fact,
    company: Company,
) -> Decision:
    """Return the bill's new payables as voucher and entry; ``after`` is its shipment with them."""
    received_on = local_day(now.received_at, company.zone)
    offered = early_terms(contract.quick_pay if contract else None, received_on=received_on)
    now = structs.replace(now, early=offered)
    granted = _new_only(before.verdicts, now.verdicts)
    settlement = settle(
        now.bill,
        granted,
        payment_days=contract.payment_days if contract else DEFAULT_PAYMENT_DAYS,
        received_at=now.received_at,
        pod_at=max((pod.learned_at for pod in load.counted_pods(company.carriers)), default=None),
    )
    if now.bill.currency != accrual.currency_of(load, now.bill.currency):
        return Decision(states={bill(now.bill.bill_ref): now, shipment(after.shipment_ref): after})
    booking = booked_as(now, load, fact, company)
    stays = accrual.still_expected(after) or zero(now.bill.currency)
    entries = approve_bill(
        booking,
        payable=settlement.net,
        accrued=load.cost.money or zero(now.bill.currency),
        stays=stays,
        corrects=load.cost.entry_ref,
        tax=tax_of(load, after, settled=tax_part.approved(granted, load, now.bill.currency)),
    )
    posted = vouchered(
        now, after, entries, settlement.lines, settlement.total, stays, settlement.due_at, company
    )
    return joined(posted, _carried(now, settlement, fact))


def tax_of(load: ShipmentState, after: ShipmentState, *, settled: Money) -> TaxPart:
    """Return the tax of an entry after which the load is as in ``after``."""
    currency = settled.currency
    return TaxPart(
        before=load.cost.tax or zero(currency),
        after=tax_part.still_to_bill(after, currency),
        settled=settled,
    )


def booked_as(state: BillState, load: ShipmentState, fact: Fact, company: Company) -> Booking:
    """Return the head of the next entry about a bill."""
    return Booking(
        about=bill(state.bill.bill_ref),
        shipment_ref=load.shipment_ref,
        document_on=local_day(fact.learned_at, company.zone),
        revision=state.revision + 1,
        text=f"{state.bill.carrier_ref} {state.bill.invoice_number} for {load.shipment_ref}",
    )


def vouchered(
    now: BillState,
    after: ShipmentState,
    entries: tuple[Entry, ...],
    lines: tuple[BillLine, ...],
    payable: Money,
    stays: Money,
    due_at: Instant,
    company: Company,
) -> Decision:
    """Return bill and shipment after an entry, with the voucher or journal that posts it."""
    stream = bill(now.bill.bill_ref)
    load_stream = shipment(after.shipment_ref)
    if not entries:
        return Decision(states={stream: now, load_stream: after})
    (entry,) = entries
    tax = tax_part.still_to_bill(after, payable.currency)
    after = structs.replace(
        after, cost=Accrual(money=stays, entry_ref=after.cost.entry_ref, tax=tax)
    )
    revision = now.revision + 1
    key = f"{now.bill.bill_ref}/{revision}"
    now = structs.replace(
        now,
        revision=revision,
        vouchered=(now.vouchered or zero(payable.currency)) + payable,
        documents=document.expected(now.documents, business_key=key, amount=document.debits(entry)),
        payables=(*now.payables, *_payables(entry, key, due_at, company)),
    )
    is_ours = company.policy.payments is PaidBy.DRAWBAR
    payload = PostJournal(entry=entry) if is_ours else _payload(now, lines, payable, due_at, entry)
    note = f"Approved {payable} of {now.bill.total}, due {due_at:%Y-%m-%d}"
    return joined(
        Decision(
            states={stream: now, load_stream: after},
            notes=((stream, note), (load_stream, f"{now.bill.bill_ref}: {note}")),
        ),
        document.post(payload, business_key=key, stream=stream, entry=entry, company=company),
    )


def _payables(entry: Entry, key: str, due_at: Instant, company: Company) -> tuple[Payable, ...]:
    """Return what an entry makes payable; one that only releases an accrual makes nothing so."""
    due_on = local_day(due_at, company.zone)
    return tuple(
        Payable(key=key, money=-line.money, due_on=due_on)
        for line in entry.lines
        if line.account is Account.ACCOUNTS_PAYABLE
    )


def _payload(
    now: BillState, lines: tuple[BillLine, ...], payable: Money, due_at: Instant, entry: Entry
) -> PostVoucher | PostJournal:
    """Return a voucher, or a journal where an entry pays nothing: a release, a credit to net."""
    if payable.amount <= 0:
        return PostJournal(entry=entry)
    return PostVoucher(
        bill_ref=now.bill.bill_ref,
        carrier_ref=now.bill.carrier_ref,
        invoice_number=now.bill.invoice_number,
        revision=now.revision,
        lines=lines,
        total=payable,
        due_at=due_at,
        entry=entry,
    )


def _new_only(
    before: tuple[LineVerdict, ...], now: tuple[LineVerdict, ...]
) -> tuple[LineVerdict, ...]:
    """Return the verdicts with only what they grant beyond the earlier ones."""
    if not before:
        return now
    return tuple(
        structs.replace(
            new, payable=new.payable - old.payable, uses=tally.minus(new.uses, old.uses)
        )
        for old, new in zip(before, now, strict=True)
    )


def _carried(now: BillState, settlement: Settlement, fact: Fact) -> Decision:
    """Give a credit beyond what is payable to a person, who nets it; it is never paid."""
    if not settlement.carried.amount:
        return NOTHING
    return raised(
        CaseKind.OVERPAID,
        bill(now.bill.bill_ref),
        f"{now.bill.carrier_ref} owes us {settlement.carried} on {now.bill.invoice_number}.",
        remedy="Net it with the carrier's next bill, or ask for the money.",
        now=fact.learned_at,
        item="credit",
        money=settlement.carried,
    )
