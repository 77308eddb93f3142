"""What may be paid of a bill in a run: how much is due, what is kept of it, what stands against."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from drawbar.flow.bill_state import CLOSED, BillState, open_money, paid_so_far
from drawbar.flow.books import payee
from drawbar.flow.claim import nettable
from drawbar.flow.claim_state import ClaimState
from drawbar.flow.company import Company
from drawbar.flow.decision import Known
from drawbar.flow.payment_payee import PayeeState
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money, total, zero
from drawbar.freight.payee import PayeeChange
from drawbar.freight.reference import ReferenceKind
from drawbar.settlement.payee import NoPayee, Payee, Unheard, in_force, payee_of, recognise
from drawbar.settlement.quick_pay import discount
from drawbar.settlement.run import OpenClaim, Payable, Proposal, propose


class Asked(Struct, frozen=True, kw_only=True):
    """What a run is to pay: what is due ``until`` a day, on ``pay_on``, as known ``at``."""

    run_ref: str
    until: date
    pay_on: date
    at: Instant


def proposal(asked: Asked, known: Known, company: Company) -> Proposal:
    """Return what a run pays of all the bills and claims that are known."""
    bills = [one for one in known.states.values() if isinstance(one, BillState)]
    claims = [one for one in known.states.values() if isinstance(one, ClaimState)]
    carriers = {one.bill.carrier_ref for one in bills}
    changes = {ref: _changes(ref, asked, known, company) for ref in sorted(carriers)}
    candidates = (payable_of(one, asked, changes[one.bill.carrier_ref], company) for one in bills)
    return propose(
        (one for one in candidates if one is not None),
        claims=_claims(claims),
        payees={ref: _payee(ref, asked, told, company) for ref, told in changes.items()},
        run_ref=asked.run_ref,
        until=asked.until,
    )


def payable_of(
    state: BillState, asked: Asked, changes: tuple[PayeeChange, ...], company: Company
) -> Payable | None:
    """Return what is open of a bill in this run, None where nothing is."""
    money = _due(state, asked, company)
    if not money.amount:
        return None
    billed = state.bill
    pro = (one.value for one in billed.references if one.kind is ReferenceKind.PRO)
    return Payable(
        bill_ref=billed.bill_ref,
        carrier_ref=billed.carrier_ref,
        shipment_ref=state.shipment_ref,
        invoice_number=billed.invoice_number,
        pro=next(pro, ""),
        billed=billed.total,
        money=money,
        discount=_kept(state, money, asked, company),
        due_on=min(_due_on(one.due_on, state, asked, company) for one in state.payables),
        against=_against(state, asked, changes, company),
    )


def _due(state: BillState, asked: Asked, company: Company) -> Money:
    """Return what is due by then, zero for nothing; a credit is due at once."""
    if not state.payables:
        return zero(state.bill.currency)
    rest = open_money(state)
    by_then = (
        one.money
        for one in state.payables
        if one.money.amount < 0 or _due_on(one.due_on, state, asked, company) <= asked.until
    )
    due = total(by_then, currency=state.bill.currency) - paid_so_far(state)
    return rest if rest.amount <= 0 else max(min(due, rest), zero(rest.currency))


def _due_on(day: date, state: BillState, asked: Asked, company: Company) -> date:
    """Return when it is due: early where the carrier wants that and we still can."""
    if state.early and _wants_early(state, company) and asked.pay_on <= state.early.pay_by:
        return min(day, asked.pay_on)
    return day


def _kept(state: BillState, money: Money, asked: Asked, company: Company) -> Money:
    terms = state.early if _wants_early(state, company) else None
    return discount(money, terms, pay_on=asked.pay_on)


def _wants_early(state: BillState, company: Company) -> bool:
    carrier = company.carriers.get(state.bill.carrier_ref)
    return bool(state.quick_pay_asked_by) or (carrier is not None and carrier.remittance.quick_pay)


def _against(
    state: BillState, asked: Asked, changes: tuple[PayeeChange, ...], company: Company
) -> str:
    if state.payment_run not in ("", asked.run_ref):
        return f"{state.payment_run} pays it."
    if state.status in CLOSED:
        return f"The bill is {state.status.value}."
    carrier = company.carriers.get(state.bill.carrier_ref)
    if carrier is None:
        return ""  # told with the payee
    meant = recognise(state.bill.remit_to, carrier, on=asked.pay_on, changes=changes)
    return f"{meant.text} {meant.remedy}" if isinstance(meant, Unheard) else ""


def _changes(
    carrier_ref: str, asked: Asked, known: Known, company: Company
) -> tuple[PayeeChange, ...]:
    state = known.states.get(payee(carrier_ref))
    changes = state.changes if isinstance(state, PayeeState) else ()
    return in_force(changes, at=asked.at, cooling_days=company.policy.bank_details_cool_days)


def _payee(
    carrier_ref: str, asked: Asked, changes: tuple[PayeeChange, ...], company: Company
) -> Payee | NoPayee:
    carrier = company.carriers.get(carrier_ref)
    if carrier is None:
        return NoPayee(
            text=f"{carrier_ref} is not in the company folder.",
            remedy="Add its file under partners.",
        )
    return payee_of(carrier, on=asked.pay_on, changes=changes)


def _claims(states: Iterable[ClaimState]) -> tuple[OpenClaim, ...]:
    found = ((one, nettable(one)) for one in states)
    return tuple(
        OpenClaim(claim_ref=one.claim_ref, carrier_ref=one.carrier_ref, money=money)
        for one, money in found
        if money is not None and money.amount > 0
    )
